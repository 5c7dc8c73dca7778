//! Opening, creating, copying; preferences; dialogs of the system.

use super::reports::{now, today};
use crate::demo;
use crate::jobs::review_queue::ReviewQueue;
use crate::model::Settings;
use crate::session::{Session, SessionError};
use crate::ui::action::{Action, Browse};
use crate::ui::app::{App, Freshness, Kept};
use crate::ui::coverage::CoverageState;
use crate::ui::delivery::DeliveryState;
use crate::ui::dialog::Dialog;
use crate::ui::files::FileKind;
use crate::ui::form::FormState;
use crate::ui::history::HistoryState;
use crate::ui::notice::Tone;
use crate::ui::places::Places;
use crate::ui::preferences::Brightness;
use crate::ui::review::ReviewState;
use crate::ui::table::TableState;
use crate::ui::today::Today;
use crate::ui::view::View;
use crate::words::{demo as demo_words, store as store_words};
use egui::{Context, Theme, ViewportCommand};
use std::path::{Path, PathBuf};

/// Where a sample opened from the window lies: among the user's documents.
fn sample_folder() -> PathBuf {
    directories::UserDirs::new()
        .and_then(|folders| folders.document_dir().map(Path::to_owned))
        .unwrap_or_else(std::env::temp_dir)
        .join("jiugai-sample")
}

/// A file beside the survey that is not there yet: its plain name, else the name with the day.
pub(super) fn free_beside(survey: &Path, name: &str, ending: &str) -> PathBuf {
    let plain = survey.with_file_name(format!("{name}.{ending}"));
    match plain.exists() {
        true => survey.with_file_name(format!("{name} {}.{ending}", today())),
        false => plain,
    }
}

impl App {
    pub(super) fn create_survey(&mut self, path: &Path, county_code: String, context: &Context) {
        let settings = Settings {
            county_code,
            ..Settings::default()
        };
        let session = Session::create(path, settings, self.author());
        self.take_session(session, "notice.created", path, context);
    }

    pub(super) fn open_survey(&mut self, path: &Path, context: &Context) {
        let session = Session::open(path, self.author());
        self.take_session(session, "notice.opened", path, context);
    }

    /// Puts the bundled sample into the user's documents and opens it.
    pub(super) fn open_sample(&mut self, context: &Context) {
        let folder = sample_folder();
        let survey = folder.join(demo::SURVEY);
        if !survey.exists() {
            let begun = demo::begin(&folder, self.author(), &self.catalogue, now());
            if let Err(error) = begun {
                let text =
                    demo_words::demo_error_text(self.language(), &error, &self.catalogue.items);
                self.say(Tone::Problem, text, context);
                return;
            }
        }
        self.open_survey(&survey, context);
    }

    fn take_session(
        &mut self,
        session: Result<Session, SessionError>,
        notice: &str,
        path: &Path,
        context: &Context,
    ) {
        match session {
            Ok(session) => {
                self.close_survey();
                self.worker.forget_all();
                self.view = View::default();
                self.places = Places::default();
                self.history = HistoryState::default();
                self.evaluation = None;
                self.duplicates.forget();
                self.review = ReviewState::default();
                self.review_queue = ReviewQueue::default();
                self.coverage = CoverageState::default();
                self.planner.forget();
                self.delivery = DeliveryState::default();
                self.freshness = Freshness::Stale;
                self.map.show_survey(session.survey());
                // Its cache goes by revision, and every file starts at the same one.
                self.table = TableState::with_columns(&self.preferences.columns);
                self.today = Today::default();
                let problems = store_words::read_problems(self.language(), session.problems());
                let changed_outside = session.changed_outside();
                self.session = Some(session);
                if let Err(reason) = self.take_rules() {
                    self.say(Tone::Problem, reason, context);
                }
                self.preferences.remember(path);
                self.save_preferences();
                self.open_tiles_beside(path, context);
                self.open_pictures(context);
                let title = format!(
                    "{} — {}",
                    path.file_name().unwrap_or_default().to_string_lossy(),
                    self.language().text("app.name")
                );
                context.send_viewport_cmd(ViewportCommand::Title(title));
                let text = self
                    .language()
                    .text_with(notice, &[("path", &path.display())]);
                self.say(Tone::Done, text, context);
                if changed_outside > 0 {
                    let text = self
                        .language()
                        .text_with("notice.changed_outside", &[("records", &changed_outside)]);
                    self.say(Tone::Problem, text, context);
                }
                if let Some(problems) = problems {
                    self.say(Tone::Problem, problems, context);
                }
                self.resume_sketch(context);
                self.resume_drafts(context);
                self.resume_tagging(context);
            }
            Err(error) => self.say_error(&error, context),
        }
    }

    /// Lets go of the open survey, with what was being typed in it.
    pub(in crate::ui) fn close_survey(&mut self) {
        let Some(mut session) = self.session.take() else {
            return;
        };
        let note = match &mut self.view.dialog {
            Some(Dialog::Photos(dialog)) => dialog.typed_note(),
            _ => None,
        };
        for (estate, change) in self.delivery.commit_typed(session.survey()) {
            // Nobody is there any more to read why a value was refused.
            if let Ok(command) = super::projects::changed(&session, &[estate], &change)
                && let Err(_refused) = session.run(command)
            {}
        }
        self.delivery.forget();
        let typed = self.form.commit_typed(session.survey());
        for action in typed.into_iter().chain(note) {
            // Nobody is there any more to read why a value was refused.
            if let Action::Edit(command) = action
                && let Err(_refused) = session.run(command)
            {}
        }
        self.leave_drafts(&mut session);
        // Keys of imported rows are the same in every file: no draft may cross over.
        self.form = FormState::default();
        // A journal that could not be written back now is written back at the next opening.
        let _ = session.close();
    }

    pub(super) fn save_copy(&mut self, path: &Path, context: &Context) {
        let Some(session) = &self.session else { return };
        match session.save_copy(path) {
            Ok(()) => {
                self.view.dialog = None;
                let text = self
                    .language()
                    .text_with("notice.copied", &[("path", &path.display())]);
                self.say(Tone::Done, text, context);
                self.hand_over_pictures(path);
            }
            Err(error) => self.say_error(&error, context),
        }
    }

    pub(super) fn browse(&mut self, browse: Browse, context: &Context) {
        let title = self.preferences.language.text("dialog.browse");
        if let (Browse::Open(FileKind::Source), Some(Dialog::Import(_))) =
            (browse, &self.view.dialog)
        {
            return self.pick_lists(&title, context);
        }
        let picked = match browse {
            Browse::Open(kind) => self.files.open(&title, kind),
            Browse::Save(kind) => {
                let dialog = self.view.dialog.as_ref();
                let suggested = dialog.and_then(Dialog::file_name);
                let suggested = suggested.unwrap_or_else(|| "survey.gpkg".to_owned());
                self.files.save(&title, kind, &suggested)
            }
            Browse::Folder => self.files.folder(&title),
        };
        match picked {
            Some(path) => match &mut self.view.dialog {
                Some(dialog) => dialog.set_path(&path),
                None => self.release.set_folder(&path),
            },
            None => {
                let text = self.language().text("notice.no_dialog").into_owned();
                self.say(Tone::Done, text, context);
            }
        }
    }

    /// Lists to import: one goes into the path box, several are read one after the other.
    fn pick_lists(&mut self, title: &str, context: &Context) {
        let mut paths = self.files.open_many(title, FileKind::Source);
        let Some(dialog) = &mut self.view.dialog else {
            return;
        };
        match (paths.len(), dialog) {
            (0, _) => {
                let text = self.language().text("notice.no_dialog").into_owned();
                self.say(Tone::Done, text, context);
            }
            (1, dialog) => dialog.set_path(&paths.remove(0)),
            (_, _) => self.ask_about_lists(paths, context),
        }
    }

    /// Makes the window look as the preferences say.
    pub(in crate::ui) fn apply_preferences(&mut self, context: &Context) {
        context.set_theme(match self.preferences.brightness {
            Brightness::Light => Theme::Light,
            Brightness::Dark => Theme::Dark,
        });
        let preferences = &self.preferences;
        self.basemap
            .apply(&preferences.basemap, preferences.online_tiles, context);
        self.apply_references(context);
        self.my_position.apply(&self.preferences.position, context);
    }

    /// Does what the user has just chosen, and keeps it for the next start.
    pub(super) fn prefer(&mut self, context: &Context) {
        self.apply_preferences(context);
        self.kept = Kept::NotYet;
    }

    /// Keeps what was chosen once the hand has let go: a slider chooses anew in every frame.
    pub(in crate::ui) fn keep_preferences(&mut self, context: &Context) {
        let is_held = context.input(|input| input.pointer.any_down());
        if self.kept == Kept::NotYet && !is_held {
            self.save_preferences();
        }
    }

    pub(in crate::ui) fn save_preferences(&mut self) {
        self.kept = Kept::Yes;
        if let Some(file) = &self.preferences_file
            // Preferences that cannot be kept cost a click next time, nothing more.
            && let Err(_unwritable) = self.preferences.save(file)
        {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_not_suggested() {
        let folder = tempfile::tempdir().unwrap();
        let survey = folder.path().join("洪都.gpkg");
        let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        let suggested = || name(free_beside(&survey, "台账", "xlsx"));
        assert_eq!(suggested(), "台账.xlsx");
        std::fs::write(folder.path().join("台账.xlsx"), "old").unwrap();
        assert_eq!(suggested(), format!("台账 {}.xlsx", today()));
    }
}
