//! Leaving something out needs a reason: the register shows it for ever («不重不漏»).

use crate::edit::Command;
use crate::model::{EstateId, ListId};
use crate::ui::action::Action;
use crate::words::Language;
use egui::{Button, TextEdit, Ui};

pub(super) fn withdraw_ui(
    ui: &mut Ui,
    estate: EstateId,
    name: &str,
    reason: &mut String,
    language: Language,
) -> Vec<Action> {
    ui.label(language.text_with("dialog.withdraw.help", &[("name", &name)]));
    reason_ui(ui, reason, language, |reason| Command::Withdraw {
        estate,
        reason,
    })
}

pub(super) fn set_aside_ui(
    ui: &mut Ui,
    list: ListId,
    row: u32,
    reason: &mut String,
    language: Language,
) -> Vec<Action> {
    ui.label(language.text_with("dialog.set_aside.help", &[("row", &row)]));
    reason_ui(ui, reason, language, |reason| Command::SetAsideRow {
        list,
        row,
        reason,
    })
}

fn reason_ui(
    ui: &mut Ui,
    reason: &mut String,
    language: Language,
    command: impl FnOnce(String) -> Command,
) -> Vec<Action> {
    let label = language.text("dialog.withdraw.reason");
    ui.label(&*label);
    let response = ui.add(TextEdit::multiline(reason).desired_rows(3));
    response.accessible_name(label.as_ref());
    let button = Button::new(language.text("dialog.withdraw.confirm"));
    let given = !reason.trim().is_empty();
    let response = ui
        .add_enabled(given, button)
        .on_disabled_hover_text(language.text("reason.reason_needed"));
    match response.clicked() {
        true => vec![
            Action::Edit(command(reason.trim().to_owned())),
            Action::CloseDialog,
        ],
        false => Vec::new(),
    }
}
