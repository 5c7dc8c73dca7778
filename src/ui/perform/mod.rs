//! Carrying out what the views asked for: the one place where the window changes anything.

mod basemap;
mod buildings;
mod bulk;
mod comfort;
mod coverage;
mod drafts;
mod drop;
mod export;
mod files;
mod finding;
mod ledger;
mod lists;
mod photos;
mod planning;
mod presets;
mod printing;
mod projects;
mod references;
mod rejects;
mod reports;
mod review;
mod rules;
mod shapes;
mod sketch;
mod tagging;
mod toggles;
mod tools;
mod verbs;

pub(super) use drafts::KeptDrafts;
pub(super) use reports::{now, today, year};

use super::action::{Action, Workspace};
use super::app::App;
use super::notice::Tone;
use super::places::{self, Step};
use crate::edit::{Command, Refusal};
use crate::model::Change;
use crate::session::{Committed, SessionError};
use crate::words::edit as edit_words;
use egui::Context;
use std::collections::BTreeSet;

impl App {
    pub(super) fn perform(&mut self, action: Action, context: &Context) {
        match action {
            Action::Edit(command) => self.edit(command, context),
            Action::Do(verb) => self.do_verb(verb, context),
            Action::DoFromPalette(verb) => self.do_from_palette(verb, context),
            Action::Prefer(preference) => self.take_preference(preference, context),
            Action::Select(selection) => self.view.select(selection),
            Action::SelectBuilding(id) => self.select_building(id),
            Action::AddBuilding(new) => self.add_typed_building(new, context),
            Action::ShowOnMap(id) => self.show_on_map(&[id]),
            Action::ShowOutline(outline) => self.show_outline(outline),
            Action::OlderHistory => self.read_older_history(context),
            Action::Review(pair) => {
                self.go(Workspace::Review, context);
                // From here on the keys are the review's, not the list's.
                context.memory_mut(|memory| memory.stop_text_input());
                self.open_pair(pair);
            }
            Action::Bulk(action) => self.bulk(action, context),
            Action::PairField(key) => self.pair_field(key, context),
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
                self.preferences.look.theme = theme;
                self.prefer(context);
            }
            Action::SetLook(look) => {
                self.preferences.look = look;
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
            Action::Reference(action) => self.reference(action, context),
            Action::Basemap(action) => self.basemap(action, context),
            Action::PreviewSource(path, layer) => self.preview_source(path, layer),
            Action::CompareSystems(read) => self.compare_systems(*read),
            Action::Import(request) => self.import(*request),
            Action::CompareNewer(request) => self.compare_newer(*request),
            Action::TakeNewer => self.take_newer(context),
            Action::SaveTemplate(template) => self.save_template(&template, context),
            Action::MendRows(list) => self.ask_for_rejects(list),
            Action::SaveRejects(request) => self.save_rejects(*request, context),
            Action::CountExport(order) => self.count_export(*order),
            Action::Export(order) => self.export(*order, context),
            Action::Release(settings) => self.start_release(settings),
            Action::Report(request) => self.print(*request, context),
            Action::Ledger(action) => self.ledger(action, context),
            Action::Browse(browse) => self.browse(browse, context),
            Action::ShowDialog(dialog) => self.view.dialog = Some(*dialog),
            Action::CloseDialog => {
                self.commit_note(context);
                self.view.dialog = None;
            }
            Action::Photo(action) => self.photo(action, context),
            Action::Coverage(action) => self.cover(action, context),
            Action::Rules(action) => self.rules_file(action, context),
            Action::ShowCommunity(code) => {
                self.go(Workspace::Coverage, context);
                self.coverage.show_community(code);
            }
            Action::AttachPaper { community, path } => self.read_paper(community, path),
            Action::Project(action) => self.project(*action, context),
            Action::ShowProject(estate, part) => self.show_project(estate, part, context),
            Action::Drop(paths) => self.take_dropped(paths, context),
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
            let typed = self.delivery.commit_typed(session.survey());
            for action in self.form.commit_typed(session.survey()) {
                self.perform(action, context);
            }
            for (estate, change) in typed {
                self.change_projects(&[estate], change, context);
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
        self.tagging.note(&committed.label, committed.estates());
        self.after_commit(&committed);
        if let Some(created) = committed.created {
            self.view.selection = vec![created];
            self.form.go_to(crate::model::Field::Name);
        }
        if decides {
            self.next_pair();
        }
        Ok(())
    }

    pub(super) fn say_error(&mut self, error: &SessionError, context: &Context) {
        let text = edit_words::session_error_text(self.language(), error, &self.catalogue.items);
        self.say(Tone::Problem, text, context);
    }

    /// Remembers where an edit was made, and takes in that the survey is another one. To be
    /// called before the selection follows the edit.
    pub(super) fn after_commit(&mut self, committed: &Committed) {
        self.places.begin(committed.edit, self.place());
        self.survey_changed(committed);
    }

    fn survey_changed(&mut self, committed: &Committed) {
        if let Some(session) = &self.session {
            self.view.drop_missing(session.survey());
        }
        // A command only takes rules that can be read; undo goes back to some that could.
        let _ = self.take_rules();
        self.follow_duplicates(committed.estates().collect());
        self.freshness = super::app::Freshness::Stale;
    }

    fn undo_or_redo(&mut self, step: Step, context: &Context) {
        let Some(session) = &mut self.session else {
            return;
        };
        let (taken, key) = match step {
            Step::Undo => (session.undo(), "notice.undone"),
            Step::Redo => (session.redo(), "notice.redone"),
        };
        match taken {
            Ok(committed) => {
                let language = self.language();
                let what = edit_words::edit_text(language, &committed.label, &self.catalogue.items);
                self.go_back(&committed, step, context);
                let text = language.text_with(key, &[("what", &what)]);
                self.say(Tone::Done, text, context);
            }
            Err(error) => self.say_error(&error, context),
        }
    }

    /// Goes back to where the edit was made, so that the user sees what happened. The map moves
    /// only where it does not show it anyway.
    fn go_back(&mut self, committed: &Committed, step: Step, context: &Context) {
        let Some(session) = &self.session else { return };
        let survey = session.survey();
        let of_photos = committed.changes.iter().filter_map(|change| match change {
            Change::Photo { id, .. } => survey.photo(*id)?.estate,
            _ => None,
        });
        let changed: BTreeSet<_> = committed
            .estates()
            .chain(of_photos)
            .filter(|id| survey.estate(*id).is_some())
            .collect();
        let changed: Vec<_> = changed.into_iter().collect();
        let bounds = places::changed_bounds(&committed.changes);
        let hidden = bounds.filter(|bounds| !self.map.shows(*bounds));
        let place = self.places.of(committed.edit, step).cloned();
        match &place {
            Some(place) => {
                if place.workspace != self.view.workspace {
                    self.go(place.workspace, context);
                }
                self.view.pair = place.pair;
                self.view.selection = places::selection_to_return_to(&place.selection, &changed);
            }
            None if changed.is_empty() => {}
            None => self.view.selection = changed,
        }
        self.survey_changed(committed);
        if let Some(bounds) = hidden {
            match place.map(|place| place.look) {
                Some(look) if self.map.would_show(bounds, look.center, look.zoom) => {
                    self.map.set_view(look.center, look.zoom);
                }
                _ => self.map.fit(bounds),
            }
        }
    }

    pub(super) fn show_on_map(&mut self, ids: &[crate::model::EstateId]) {
        if let Some(session) = &self.session {
            self.map.show_estates(session.survey(), ids);
        }
    }
}
