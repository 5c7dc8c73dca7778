//! The ledger 台账: written for an office, and taken back from it.

use super::files::free_beside;
use super::reports::{today, year};
use crate::edit::{Command, Refusal};
use crate::jobs::export::ExchangeFormat;
use crate::jobs::ledger::returned::{Returned, ReturnedError, compare};
use crate::jobs::ledger::{LedgerError, LedgerFileError, write_new_file};
use crate::session::SessionError;
use crate::ui::action::LedgerAction;
use crate::ui::app::App;
use crate::ui::dialog::{Dialog, LedgerDraft};
use crate::ui::notice::Tone;
use crate::ui::report::Report;
use crate::words::ledger as words;
use egui::Context;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

impl App {
    /// Suggests a place beside the survey that is still free.
    pub(super) fn ask_for_ledger(&mut self) {
        let Some(session) = &self.session else { return };
        let named = self.language().text("returned.dialog.file_name");
        let path = free_beside(session.path(), &named, ExchangeFormat::Xlsx.extension());
        let path = path.display().to_string();
        self.view.dialog = Some(Dialog::WriteLedger { path });
    }

    pub(super) fn ask_for_returned_ledger(&mut self) {
        self.view.dialog = Some(Dialog::TakeLedger(Box::<LedgerDraft>::default()));
    }

    pub(super) fn ledger(&mut self, action: LedgerAction, context: &Context) {
        // What was just typed belongs to the survey that a ledger is of.
        self.commit_typed(context);
        match action {
            LedgerAction::Write(path) => self.write_ledger(path),
            LedgerAction::Read(path) => self.read_ledger(path),
            LedgerAction::Take { returned, places } => {
                self.take_from_ledger(&returned, &places, context);
            }
        }
    }

    fn write_ledger(&mut self, path: PathBuf) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        self.worker.run("job.ledger", move |progress| {
            let (year, today) = (year(), today());
            let rows = write_new_file(&survey, &catalogue, (year, today), &path, progress);
            Report::LedgerWritten { path, rows }
        });
    }

    pub(super) fn take_written_ledger(
        &mut self,
        path: &Path,
        rows: Result<usize, LedgerFileError>,
        context: &Context,
    ) {
        match rows {
            Ok(rows) => {
                if matches!(self.view.dialog, Some(Dialog::WriteLedger { .. })) {
                    self.view.dialog = None;
                }
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("rows", &rows), ("path", &path.display())];
                let text = self.language().text_with("returned.written", &values);
                self.say(Tone::Done, text, context);
            }
            Err(LedgerFileError::Ledger(LedgerError::Cancelled(_))) => self.say_cancelled(context),
            Err(error) => {
                let text = words::file_error_text(self.language(), path, &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }

    fn read_ledger(&mut self, path: PathBuf) {
        let Some(session) = &self.session else { return };
        let survey = session.survey().clone();
        let catalogue = self.catalogue.clone();
        self.worker.run("job.ledger_back", move |progress| {
            let year = i32::from(year());
            let returned = compare(&survey, &path, &catalogue, year, progress);
            let returned = returned.map(Arc::new);
            Report::LedgerCompared { path, returned }
        });
    }

    pub(super) fn take_returned_ledger(
        &mut self,
        path: &Path,
        returned: Result<Arc<Returned>, ReturnedError>,
        context: &Context,
    ) {
        let (returned, error) = match returned {
            Ok(returned) => (Some(returned), None),
            Err(error) => (None, Some(error)),
        };
        // Meanwhile it may be about another file.
        if let Some(Dialog::TakeLedger(draft)) = &mut self.view.dialog
            && draft.path() == path
        {
            draft.take(returned);
        }
        match error {
            None => {}
            Some(ReturnedError::Cancelled(_)) => self.say_cancelled(context),
            Some(error) => {
                let text = words::error_text(self.language(), &error);
                self.say(Tone::Problem, text, context);
            }
        }
    }

    fn take_from_ledger(
        &mut self,
        returned: &Returned,
        places: &BTreeSet<usize>,
        context: &Context,
    ) {
        let Some(session) = &self.session else { return };
        let taken = returned
            .accept(session.survey(), places)
            .map_err(|stale| SessionError::from(Refusal::from(stale)));
        let taken = taken.and_then(|accepted| {
            let (cells, estates) = (places.len(), accepted.changes.len());
            self.run(Command::Apply {
                label: accepted.label,
                changes: accepted.changes,
            })?;
            Ok((cells, estates))
        });
        match taken {
            Ok((cells, estates)) => {
                self.view.dialog = None;
                let values: [(&str, &dyn std::fmt::Display); 3] = [
                    ("cells", &cells),
                    ("estates", &estates),
                    ("file", &returned.file),
                ];
                let text = self.language().text_with("returned.taken", &values);
                self.say(Tone::Done, text, context);
            }
            Err(SessionError::Refused(Refusal::Stale(_))) => self.compare_again(context),
            Err(error) => self.say_error(&error, context),
        }
    }

    /// Somebody worked on while the dialog was open: what was changed on both sides may be other
    /// values now.
    fn compare_again(&mut self, context: &Context) {
        let Some(Dialog::TakeLedger(draft)) = &self.view.dialog else {
            return;
        };
        let path = draft.path();
        let text = self.language().text("returned.again").into_owned();
        self.say(Tone::Problem, text, context);
        self.read_ledger(path);
    }
}
