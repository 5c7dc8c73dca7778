//! What a view of projects asks for: one change, made to each project as it is by then. Two
//! changes of one frame (a text that is done, a button that was pressed) do not undo each other.

use super::slot::{Lines, Slot};
use super::typed::TypedProblem;
use crate::model::{
    CentralMoney, Condition, Document, DocumentKind, FundingSource, FundingStatus, Management,
    ManagementBody, ManagementMode, PlanItem, Project, ProjectPart, Utility, WorkType,
};

/// A change of a project.
#[derive(Clone, Debug, PartialEq)]
pub enum ProjectChange {
    /// What was typed at a place.
    Type(Slot, String),
    AddItems(Vec<PlanItem>),
    Work(usize, WorkType),
    Condition(usize, Option<Condition>),
    /// Of an item that serves several: whether the work renews this one.
    Renews(usize, Utility, Renews),
    CentralMoney(usize, CentralMoney),
    Source(usize, FundingSource),
    Status(usize, FundingStatus),
    Body(Option<ManagementBody>),
    Mode(Option<ManagementMode>),
    AddDocument(Box<Document>),
    DocumentKind(usize, DocumentKind),
    Remove(Lines, usize),
}

/// Whether a work renews a utility.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renews {
    Yes,
    No,
}

impl ProjectChange {
    pub fn part(&self) -> ProjectPart {
        match self {
            Self::Type(slot, _) => slot.part(),
            Self::AddItems(_)
            | Self::Work(..)
            | Self::Condition(..)
            | Self::Renews(..)
            | Self::CentralMoney(..)
            | Self::Remove(Lines::Content, _) => ProjectPart::Content,
            Self::Source(..) | Self::Status(..) | Self::Remove(Lines::Funding, _) => {
                ProjectPart::Funding
            }
            Self::Body(_) | Self::Mode(_) => ProjectPart::Management,
            Self::Remove(Lines::Issues, _) => ProjectPart::Issues,
            Self::AddDocument(_) | Self::DocumentKind(..) | Self::Remove(Lines::Documents, _) => {
                ProjectPart::Documents
            }
        }
    }

    /// Makes the change. A line that is gone meanwhile takes nothing.
    ///
    /// # Errors
    /// Why a typed text is no value.
    pub fn apply(&self, project: &mut Project) -> Result<(), TypedProblem> {
        let item = |project: &mut Project, line: usize, change: &dyn Fn(&mut PlanItem)| {
            project.content.get_mut(line).into_iter().for_each(change);
        };
        match self {
            Self::Type(slot, text) => slot.set(project, text)?,
            Self::AddItems(items) => project.content.extend(items.iter().cloned()),
            Self::Work(line, work) => item(project, *line, &|item| item.work = *work),
            Self::Condition(line, condition) => {
                item(project, *line, &|item| item.condition = *condition);
            }
            Self::Renews(line, utility, renews) => item(project, *line, &|item| {
                match renews {
                    Renews::Yes => item.utilities.insert(*utility),
                    Renews::No => item.utilities.remove(utility),
                };
            }),
            Self::CentralMoney(line, asked) => {
                item(project, *line, &|item| item.central_money = *asked);
            }
            Self::Source(line, source) => {
                if let Some(line) = project.funding.get_mut(*line) {
                    line.source = *source;
                }
            }
            Self::Status(line, status) => {
                if let Some(line) = project.funding.get_mut(*line) {
                    line.status = *status;
                }
            }
            Self::Body(body) => change_management(project, |management| management.body = *body),
            Self::Mode(mode) => change_management(project, |management| management.mode = *mode),
            Self::AddDocument(document) => project.documents.push((**document).clone()),
            Self::DocumentKind(line, kind) => {
                if let Some(document) = project.documents.get_mut(*line) {
                    document.kind = *kind;
                }
            }
            Self::Remove(lines, line) => remove(project, *lines, *line),
        }
        Ok(())
    }
}

fn change_management(project: &mut Project, change: impl FnOnce(&mut Management)) {
    let mut management = project.management.clone().unwrap_or_default();
    change(&mut management);
    project.management = Some(management).filter(|it| *it != Management::default());
}

fn remove(project: &mut Project, lines: Lines, line: usize) {
    fn take<T>(from: &mut Vec<T>, line: usize) {
        if line < from.len() {
            from.remove(line);
        }
    }
    match lines {
        Lines::Content => take(&mut project.content, line),
        Lines::Funding => take(&mut project.funding, line),
        Lines::Issues => take(&mut project.issues, line),
        Lines::Documents => take(&mut project.documents, line),
    }
}
