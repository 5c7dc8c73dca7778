//! The rows of a list that gave no record: asking where they go, writing them on the worker.

use crate::jobs::import::rejects;
use crate::model::ListId;
use crate::ui::action::RejectsRequest;
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, RejectsDraft};
use crate::ui::notice::Tone;
use crate::ui::report::{NotSaved, Report};
use crate::words::import::row_problem_text;
use crate::words::lists::rejects_error_text;
use egui::Context;
use std::path::Path;

impl App {
    pub(super) fn ask_for_rejects(&mut self, list: ListId) {
        let Some(session) = &self.session else { return };
        let Some(list) = session.survey().list(list) else {
            return;
        };
        // Read in this run, or a list that lies beside its survey.
        let beside = || Some(session.path().with_file_name(&list.file_name));
        let known = self.view.list_files.get(&list.id).cloned();
        let source = known.or_else(|| beside().filter(|path| path.is_file()));
        self.view.dialog = Some(Dialog::Rejects(RejectsDraft::new(
            list,
            source,
            self.language(),
        )));
    }

    pub(super) fn save_rejects(&mut self, request: RejectsRequest, context: &Context) {
        let Some(session) = &self.session else { return };
        let Some(list) = session.survey().list(request.list).cloned() else {
            return;
        };
        let language = self.language();
        // What somebody has mended there already would be lost, or the survey itself.
        if request.out.exists() {
            let path = request.out.display();
            let text = language.text_with("lists.rejects.exists", &[("path", &path)]);
            return self.say(Tone::Problem, text, context);
        }
        self.worker.run("lists.job.rejects", move |_| {
            let RejectsRequest { source, out, .. } = request;
            let why = |row: &crate::model::RejectedRow| row_problem_text(language, &row.problem);
            let saved = rejects(&source, &list, why).map_err(NotSaved::Rejects);
            let saved = saved.and_then(|rejects| {
                let written = rejects.write(&out).map_err(NotSaved::Io);
                written.map(|()| rejects.rows)
            });
            Report::RejectsSaved { out, saved }
        });
    }

    pub(super) fn take_rejects(
        &mut self,
        out: &Path,
        saved: Result<usize, NotSaved>,
        context: &Context,
    ) {
        let language = self.language();
        let path = out.display();
        let (tone, text) = match saved {
            Ok(rows) => {
                if let Some(Dialog::Rejects(_)) = self.view.dialog {
                    self.view.dialog = None;
                }
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("rows", &rows), ("path", &path)];
                let text = language.text_with("lists.rejects.saved", &values);
                (Tone::Done, text)
            }
            Err(NotSaved::Rejects(error)) => (Tone::Problem, rejects_error_text(language, &error)),
            Err(NotSaved::Io(reason)) => {
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("path", &path), ("reason", &reason)];
                let text = language.text_with("lists.rejects.not_written", &values);
                (Tone::Problem, text)
            }
        };
        self.say(tone, text, context);
    }
}
