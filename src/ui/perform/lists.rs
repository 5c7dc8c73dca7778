//! Lists one after the other: what was read, newer versions under review, mappings that are kept.

use super::reports::now;
use crate::catalogue::Items;
use crate::edit::Command;
use crate::jobs::import::newer::{NewVersion, Newer, NewerError, compare};
use crate::jobs::import::{ImportError, Preview, Source, Template};
use crate::jobs::report::safe_name;
use crate::model::{ImportList, RowProblem};
use crate::ui::action::NewerRequest;
use crate::ui::app::App;
use crate::ui::dialog::{AfterImport, Dialog};
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use crate::words::import::import_error_text;
use crate::words::lists as words;
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The saved mappings that fit what was read.
pub(super) fn fitting(
    folder: Option<&Path>,
    preview: &Result<Preview, ImportError>,
    items: &Items,
) -> Vec<Template> {
    let (Some(folder), Ok(preview)) = (folder, preview) else {
        return Vec::new();
    };
    let columns: Vec<_> = preview.columns.iter().map(|c| c.name.clone()).collect();
    Template::fitting(folder, &columns, items)
}

impl App {
    /// Beside the preferences; `None` where this system has no place for them.
    pub(super) fn templates_folder(&self) -> Option<PathBuf> {
        let preferences = self.preferences_file.as_ref()?;
        Some(preferences.with_file_name("mappings"))
    }

    pub(super) fn save_template(&mut self, template: &Template, context: &Context) {
        let language = self.language();
        let Some(folder) = self.templates_folder() else {
            let text = language.text("lists.template.no_folder").into_owned();
            return self.say(Tone::Problem, text, context);
        };
        let path = folder.join(format!("{}.json", safe_name(&template.name)));
        // Where the folder cannot be made, saving says why.
        let _ = std::fs::create_dir_all(&folder);
        let (tone, text) = match template.save(&path) {
            Ok(()) => {
                let values: [(&str, &dyn std::fmt::Display); 1] = [("path", &path.display())];
                let text = language.text_with("lists.template.saved", &values);
                (Tone::Done, text)
            }
            Err(error) => (Tone::Problem, words::template_error_text(language, &error)),
        };
        self.say(tone, text, context);
    }

    pub(super) fn take_preview(
        &mut self,
        path: PathBuf,
        preview: Result<Preview, ImportError>,
        templates: Vec<Template>,
        context: &Context,
    ) {
        let Some(Dialog::Import(draft)) = &mut self.view.dialog else {
            return;
        };
        match preview {
            Ok(preview) => {
                let survey = self.session.as_ref().map(|session| &**session.survey());
                if let Some(action) = draft.set_preview(path, preview, templates, survey) {
                    self.perform(action, context);
                }
            }
            Err(error) => {
                draft.stop_reading(&path);
                let text = import_error_text(self.language(), &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }

    /// Holds a file against a list on the worker, which reads the history by itself.
    pub(super) fn compare_newer(&mut self, request: NewerRequest) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        let mut since = session.since_list();
        let catalogue = self.catalogue.clone();
        let now = now();
        self.worker.run("lists.job.compare", move |progress| {
            // What nobody can read is taken for changed here.
            let mut changed_here = |estate| since.changed(estate).ok();
            let layer = request.settings.layer.as_deref();
            let newer = Source::open(&request.path, layer)
                .map_err(NewerError::from)
                .and_then(|source| {
                    let version = NewVersion {
                        source,
                        settings: &request.settings,
                        changed_here: &mut changed_here,
                    };
                    compare(&survey, request.list, version, &catalogue, now, progress)
                });
            Report::ComparedNewer {
                path: request.path,
                newer: Box::new(newer),
            }
        });
    }

    pub(super) fn take_compared_newer(
        &mut self,
        path: &Path,
        newer: Result<Newer, NewerError>,
        context: &Context,
    ) {
        match (newer, &mut self.view.dialog) {
            (Ok(newer), Some(Dialog::Import(draft))) => draft.set_newer(path, newer),
            (Ok(_), _) => {}
            (Err(NewerError::Import(ImportError::Cancelled(_))), _) => self.say_cancelled(context),
            (Err(error), _) => {
                let text = words::newer_error_text(self.language(), &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }

    /// Takes in the newer version under review, as one edit.
    pub(super) fn take_newer(&mut self, context: &Context) {
        let (Some(session), Some(Dialog::Import(draft))) =
            (&mut self.session, &mut self.view.dialog)
        else {
            return;
        };
        let Some((update, path, warnings)) = draft.decided(session.survey()) else {
            return;
        };
        let command = Command::Apply {
            label: update.label,
            changes: update.changes,
        };
        match session.run(command) {
            Ok(committed) => {
                let survey = session.survey().clone();
                let values: [(&str, &dyn std::fmt::Display); 1] =
                    [("file", &update.list.file_name)];
                let text = self.language().text_with("lists.newer.taken_in", &values);
                self.after_commit(&committed);
                self.view.list_files.insert(update.list.id, path);
                self.map.show_survey(&survey);
                self.say(Tone::Done, text, context);
                self.after_list(update.list, warnings, context);
            }
            Err(error) => {
                // Compared again, it is about the survey as it is now.
                draft.back_to_mapping();
                self.say_error(&error, context);
            }
        }
    }

    /// A list is in the survey: the next one is read, or what is odd shown, or the dialog closed.
    pub(super) fn after_list(
        &mut self,
        list: Arc<ImportList>,
        warnings: Vec<RowProblem>,
        context: &Context,
    ) {
        let Some(Dialog::Import(draft)) = &mut self.view.dialog else {
            return;
        };
        match draft.finish(list, warnings) {
            AfterImport::Next(action) => self.perform(*action, context),
            AfterImport::Look => {}
            AfterImport::Close => self.view.dialog = None,
        }
    }
}
