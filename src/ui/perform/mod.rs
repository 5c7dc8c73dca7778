//! Carrying out what the views asked for: the one place where the window changes anything.

mod buildings;
mod comfort;
mod drafts;
mod files;
mod finding;
mod photos;
mod presets;
mod reports;
mod shapes;
mod sketch;
mod tagging;
mod toggles;
mod tools;
mod verbs;

pub(super) use drafts::KeptDrafts;
pub(super) use reports::year;

use super::action::{Action, Workspace};
use super::app::App;
use super::notice::Tone;
use crate::edit::{Command, Refusal};
use crate::session::{Committed, SessionError};
use crate::words::edit as edit_words;
use egui::Context;

impl App {
    pub(super) fn perform(&mut self, action: Action, context: &Context) {
        match action {
            Action::Edit(command) => self.edit(command, context),
            Action::Do(verb) => self.do_verb(verb, context),
            Action::Select(selection) => self.view.select(selection),
            Action::SelectBuilding(id) => self.select_building(id),
            Action::AddBuilding(new) => self.add_typed_building(new, context),
            Action::ShowOnMap(id) => self.show_on_map(&[id]),
            Action::Review(pair) => {
                self.go(Workspace::Review, context);
                self.view.pair = Some(pair);
                self.show_on_map(&[pair.a(), pair.b()]);
            }
            Action::GoToField(estate, field) => {
                self.go(Workspace::Survey, context);
                self.view.selection = vec![estate];
                self.form.go_to(field);
            }
            Action::Finished(estate) => self.finished(estate, context),
            Action::Paste(text) => self.paste(&text, context),
            Action::Preset(action) => self.preset(action, context),
            Action::SetTool(tool) => self.set_tool(tool, context),
            Action::SetTheme(theme) => {
                self.preferences.theme = theme;
                self.prefer(context);
            }
            Action::SetLanguage(language) => {
                self.preferences.language = language;
                self.prefer(context);
            }
            Action::SetWorkspace(workspace) => self.go(workspace, context),
            Action::PointAt(at) => self.view.pointed_at = at,
            Action::CreateSurvey { path, county_code } => {
                self.create_survey(&path, county_code, context);
            }
            Action::OpenSurvey(path) => self.open_survey(&path, context),
            Action::SaveCopy(path) => self.save_copy(&path, context),
            Action::OpenTiles(path) => self.open_tiles(&path, context),
            Action::PreviewSource(path) => self.preview_source(path),
            Action::Import(request) => self.import(*request),
            Action::Release(settings) => self.start_release(settings),
            Action::Browse(browse) => self.browse(browse, context),
            Action::ShowDialog(dialog) => self.view.dialog = Some(*dialog),
            Action::CloseDialog => self.view.dialog = None,
            Action::Notice(text) => self.say(Tone::Problem, text, context),
            Action::DismissNotice(index) => self.view.notices.dismiss(index),
            Action::CancelJob => self.worker.cancel_all(),
        }
    }

    /// Changes the workspace; what was being typed in the form becomes an edit before it is gone.
    fn go(&mut self, workspace: Workspace, context: &Context) {
        self.commit_typed(context);
        self.view.workspace = workspace;
    }

    fn commit_typed(&mut self, context: &Context) {
        if let Some(session) = &self.session {
            for action in self.form.commit_typed(session.survey()) {
                self.perform(action, context);
            }
        }
    }

    pub(super) fn say(&mut self, tone: Tone, text: String, context: &Context) {
        let now = context.input(|input| input.time);
        self.view.notices.say(tone, text, now);
    }

    fn edit(&mut self, command: Command, context: &Context) {
        match self.run(command) {
            // Pressing a key twice is no mistake worth a notice.
            Ok(()) | Err(SessionError::Refused(Refusal::NothingChanges)) => {}
            Err(error) => self.say_error(&error, context),
        }
    }

    /// Runs a command; the survey has changed on disk before this returns.
    fn run(&mut self, command: Command) -> Result<(), SessionError> {
        let Some(session) = &mut self.session else {
            return Ok(());
        };
        let decides = matches!(command, Command::Decide(_));
        self.tagging.note_command(&command);
        let committed = session.run(command)?;
        self.tagging.note(&committed.label, &committed.changed);
        if let Some(created) = committed.created {
            self.view.selection = vec![created];
            self.form.go_to(crate::model::Field::Name);
        }
        self.after_commit(&committed);
        if decides {
            self.next_pair();
        }
        Ok(())
    }

    pub(super) fn say_error(&mut self, error: &SessionError, context: &Context) {
        let text = edit_words::session_error_text(self.language(), error, &self.catalogue.items);
        self.say(Tone::Problem, text, context);
    }

    pub(super) fn after_commit(&mut self, _committed: &Committed) {
        if let Some(session) = &self.session {
            self.view.drop_missing(session.survey());
        }
        self.freshness = super::app::Freshness::Stale;
    }

    fn undo_or_redo(
        &mut self,
        step: fn(&mut crate::session::Session) -> Result<Committed, SessionError>,
        key: &str,
        context: &Context,
    ) {
        let Some(session) = &mut self.session else {
            return;
        };
        match step(session) {
            Ok(committed) => {
                self.after_commit(&committed);
                let language = self.language();
                let what = edit_words::edit_text(language, &committed.label, &self.catalogue.items);
                self.select_changed(&committed);
                let text = language.text_with(key, &[("what", &what)]);
                self.say(Tone::Done, text, context);
            }
            Err(error) => self.say_error(&error, context),
        }
    }

    /// Undo goes back to the record it changed, so that the user sees what happened.
    fn select_changed(&mut self, committed: &Committed) {
        let Some(session) = &self.session else { return };
        let changed: Vec<_> = committed
            .changed
            .iter()
            .filter_map(|key| match key {
                crate::model::RecordKey::Estate(id) => session.survey().estate(*id).map(|e| e.id),
                _ => None,
            })
            .collect();
        if let [id] = changed.as_slice() {
            self.view.selection = vec![*id];
        }
    }

    pub(super) fn show_on_map(&mut self, ids: &[crate::model::EstateId]) {
        if let Some(session) = &self.session {
            self.map.show_estates(session.survey(), ids);
        }
    }

    fn next_pair(&mut self) {
        let (Some(session), Some(evaluation)) = (&self.session, &self.evaluation) else {
            return;
        };
        if let Some(pair) = super::review::next_open(evaluation, session.survey(), self.view.pair) {
            self.view.pair = Some(pair);
            self.show_on_map(&[pair.a(), pair.b()]);
        }
    }
}
