//! Reports on paper: asking where they go, making them on the worker, telling what was written.

use super::files::free_beside;
use super::reports::today;
use crate::catalogue::Divisions;
use crate::jobs::report::{self, Facts, ReportError, Request, Target, Wanted, Written, safe_name};
use crate::ui::action::ReportRequest;
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, ReportDraft};
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use crate::words::fields::record_name;
use crate::words::reports as words;
use egui::Context;

impl App {
    /// Asks where the sheets of the selected estates go.
    pub(super) fn ask_for_sheets(&mut self) {
        let wanted: Vec<_> = self
            .view
            .selection
            .iter()
            .copied()
            .map(Wanted::Sheet)
            .collect();
        let name = match self.view.selection.as_slice() {
            [id] => self.session.as_ref().and_then(|session| {
                let survey = session.survey();
                let estate = survey.estate(*id)?;
                Some(record_name(self.language(), survey, estate))
            }),
            _ => None,
        };
        let named = match name {
            Some(name) => self
                .language()
                .text_with("report.dialog.sheet_name", &[("name", &name)]),
            None => self
                .language()
                .text("report.dialog.folder_name")
                .into_owned(),
        };
        self.ask_for_report(wanted, &named);
    }

    pub(super) fn ask_for_county_report(&mut self) {
        let Some(session) = &self.session else { return };
        let wanted = report::counties(session.survey());
        let place = match wanted.as_slice() {
            [Wanted::County(code)] => Divisions::shipped().name(code),
            _ => None,
        };
        let named = match (place, wanted.len()) {
            (Some(place), _) => self
                .language()
                .text_with("report.dialog.county_name", &[("county", &place)]),
            (None, 1) => {
                let whole = self.language().text("report.county.whole");
                self.language()
                    .text_with("report.dialog.county_name", &[("county", &whole)])
            }
            (None, _) => {
                let folder = self.language().text("report.dialog.counties_folder");
                folder.into_owned()
            }
        };
        self.ask_for_report(wanted, &named);
    }

    /// Suggests a place beside the survey that is still free.
    fn ask_for_report(&mut self, wanted: Vec<Wanted>, named: &str) {
        let Some(session) = &self.session else { return };
        let named = safe_name(named);
        let path = match wanted.len() {
            1 => free_beside(session.path(), &named, "pdf"),
            // A folder takes further reports.
            _ => session.path().with_file_name(named),
        };
        let path = path.display().to_string();
        self.view.dialog = Some(Dialog::Report(ReportDraft { wanted, path }));
    }

    pub(super) fn print(&mut self, request: ReportRequest, context: &Context) {
        let Some(session) = &self.session else { return };
        // What was just typed belongs on paper as well, so it is committed before the snapshot.
        let path = session.path().to_owned();
        self.commit_typed(context);
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        let language = self.language();
        let request = Request {
            wanted: request.wanted,
            target: request.target,
            survey_file: path,
            today: today(),
            year: None,
            known: self.duplicates.known(),
        };
        self.view.dialog = None;
        self.worker.run("job.report", move |progress| {
            let compose = |facts: &Facts<'_>| words::compose(language, facts);
            let written = report::write(&survey, &catalogue, &request, &compose, progress);
            Report::Printed {
                target: request.target,
                written,
            }
        });
    }

    pub(super) fn take_printed(
        &mut self,
        target: Target,
        written: Result<Vec<Written>, ReportError>,
        context: &Context,
    ) {
        let language = self.language();
        match written {
            Ok(written) => {
                for report in written.iter().filter(|report| !report.missing.is_empty()) {
                    let text = words::missing_text(language, report);
                    self.say(Tone::Problem, text, context);
                }
                let pages: usize = written.iter().map(|report| report.pages).sum();
                let text = match (target, written.as_slice()) {
                    (Target::Folder(folder), many) => language.text_with(
                        "report.dialog.done_folder",
                        &[("count", &many.len()), ("path", &folder.display())],
                    ),
                    (Target::File(path), _) => language.text_with(
                        "report.written",
                        &[("path", &path.display()), ("pages", &pages)],
                    ),
                };
                self.say(Tone::Done, text, context);
            }
            Err(ReportError::Cancelled(_)) => self.say_cancelled(context),
            Err(error) => {
                let text = words::report_error_text(language, &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }
}
