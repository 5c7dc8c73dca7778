//! Changes of projects, and the files of their archive.

use crate::edit::{Command, PlanCommand, Refusal};
use crate::jobs::paper::{self, PaperError};
use crate::model::{Document, EstateId, Paper, Project, ProjectPart};
use crate::session::{Session, SessionError};
use crate::ui::action::{Selection, Workspace};
use crate::ui::app::App;
use crate::ui::delivery::{ProjectAction, ProjectChange, ReadReason, TypedProblem};
use crate::ui::dialog::Dialog;
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use egui::Context;

impl App {
    pub(super) fn project(&mut self, action: ProjectAction, context: &Context) {
        match action {
            ProjectAction::Change { estates, change } => {
                self.change_projects(&estates, change, context);
            }
            ProjectAction::ReadDocument {
                estate,
                reason,
                path,
            } => {
                self.worker
                    .run("job.paper", move |progress| Report::DocumentRead {
                        estate,
                        reason,
                        paper: paper::read(&path, progress),
                    });
            }
        }
    }

    /// Goes to the page of an estate's project.
    pub(super) fn show_project(
        &mut self,
        estate: EstateId,
        part: Option<ProjectPart>,
        context: &Context,
    ) {
        self.go(Workspace::Delivery, context);
        self.view.select(Selection::Only(estate));
        self.delivery.go_to(part);
    }

    /// Makes the change of each as it is now. What was typed and cannot be taken goes back into its
    /// box, with the reason.
    pub(super) fn change_projects(
        &mut self,
        estates: &[EstateId],
        change: ProjectChange,
        context: &Context,
    ) {
        let Some(session) = &self.session else { return };
        let error = match changed(session, estates, &change) {
            Ok(command) => match self.run(command) {
                Ok(()) | Err(SessionError::Refused(Refusal::NothingChanges)) => return,
                Err(error) => Err(error),
            },
            Err(problem) => Ok(problem),
        };
        let typed = match (estates, change) {
            ([estate], ProjectChange::Type(slot, text)) => Some((*estate, slot, text)),
            _ => None,
        };
        let problem = match error {
            Ok(problem) => problem,
            Err(SessionError::Refused(Refusal::Plan(refusal))) if typed.is_some() => {
                TypedProblem::Refused(refusal)
            }
            Err(error) => return self.say_error(&error, context),
        };
        match typed {
            Some((estate, slot, text)) => self.delivery.give_back(estate, slot, text, problem),
            None => self.say(Tone::Problem, problem.text(self.language(), ""), context),
        }
    }

    pub(super) fn take_document(
        &mut self,
        estate: EstateId,
        reason: ReadReason,
        paper: Result<Paper, PaperError>,
        context: &Context,
    ) {
        let paper = match paper {
            Ok(paper) => paper,
            Err(PaperError::Cancelled(_)) => return self.say_cancelled(context),
            Err(PaperError::Io(error)) => {
                let text = self
                    .language()
                    .text_with("delivery.archive.unread", &[("reason", &error)]);
                return self.say(Tone::Problem, text, context);
            }
        };
        match reason {
            ReadReason::Add(kind) => {
                let document = Document {
                    kind,
                    paper,
                    added_at: super::now(),
                    note: String::new(),
                };
                let change = ProjectChange::AddDocument(Box::new(document));
                self.change_projects(&[estate], change, context);
            }
            ReadReason::Check { sha256 } => {
                self.delivery.take_checked(estate, sha256, &paper.sha256);
            }
        }
        if matches!(self.view.dialog, Some(Dialog::Document(_))) {
            self.view.dialog = None;
        }
    }
}

/// The command that makes `change` of each project; what is typed there may be no value.
pub(super) fn changed(
    session: &Session,
    estates: &[EstateId],
    change: &ProjectChange,
) -> Result<Command, TypedProblem> {
    let survey = session.survey();
    let mut projects = Vec::with_capacity(estates.len());
    for id in estates {
        let mut project = match survey.project(*id) {
            Some(project) => (**project).clone(),
            None => Project::new(*id),
        };
        change.apply(&mut project)?;
        projects.push(project);
    }
    let part = change.part();
    Ok(Command::Plan(PlanCommand::PutProjects { projects, part }))
}
