//! The ledger 台账: where one is written to, and what of an edited one is taken back.

mod look;

use super::DialogInput;
use super::paths::{path_row, path_ui, with_ending};
use crate::jobs::export::ExchangeFormat;
use crate::jobs::ledger::returned::Returned;
use crate::ui::action::{Action, Browse, LedgerAction};
use crate::ui::files::FileKind;
use crate::words::Language;
use egui::{Button, Ui};
use look::Look;
use std::path::PathBuf;
use std::sync::Arc;

/// A ledger that comes back.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LedgerDraft {
    path: String,
    step: Step,
}

#[derive(Clone, Debug, Default, PartialEq)]
enum Step {
    #[default]
    Choose,
    Reading,
    Look(Box<Look>),
}

impl LedgerDraft {
    /// Another file is another ledger: what was found in the one before goes.
    pub fn set_path(&mut self, path: String) {
        *self = Self {
            path,
            step: Step::Choose,
        };
    }

    /// Shows what a ledger asks for; `None` where it could not be read.
    pub fn take(&mut self, returned: Option<Arc<Returned>>) {
        self.step = match returned {
            Some(returned) => Step::Look(Box::new(Look::new(returned))),
            None => Step::Choose,
        };
    }

    pub fn path(&self) -> PathBuf {
        PathBuf::from(self.path.trim())
    }
}

/// Asks where the ledger goes.
pub(super) fn write_ui(ui: &mut Ui, path: &mut String, language: Language) -> Vec<Action> {
    ui.label(language.text("returned.dialog.write_help"));
    ui.add_space(8.0);
    let browse = Browse::Save(FileKind::Ledger);
    path_ui(
        ui,
        path,
        language,
        (browse, "returned.dialog.write"),
        |path| {
            let path = with_ending(&path.to_string_lossy(), ExchangeFormat::Xlsx.extension());
            Action::Ledger(LedgerAction::Write(path))
        },
    )
}

/// Asks for the edited ledger, then shows what it asks for.
pub(super) fn take_ui(
    ui: &mut Ui,
    draft: &mut LedgerDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("returned.dialog.take_help"));
    ui.add_space(8.0);
    let before = draft.path.clone();
    let browse = Browse::Open(FileKind::EditedLedger);
    let entered = path_row(ui, &mut draft.path, language, browse, &mut actions);
    if draft.path != before {
        draft.step = Step::Choose;
    }
    ui.add_space(8.0);
    match &mut draft.step {
        Step::Choose => {
            let ready = !draft.path.trim().is_empty();
            let button = Button::new(language.text("returned.dialog.compare"));
            let clicked = ui.add_enabled(ready, button).clicked();
            if ready && (clicked || entered) {
                actions.push(Action::Ledger(LedgerAction::Read(draft.path())));
                draft.step = Step::Reading;
            }
        }
        Step::Reading => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label(language.text("returned.dialog.reading"));
            });
        }
        Step::Look(look) => actions.extend(look::look_ui(ui, look, input)),
    }
    actions
}
