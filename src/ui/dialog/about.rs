//! What this program is, whose rules it follows, whose data it ships.

use crate::catalogue::RulePack;
use crate::ui::action::Action;
use crate::words::Language;
use egui::Ui;

pub(super) fn about_ui(ui: &mut Ui, language: Language) -> Vec<Action> {
    ui.heading(language.text("app.name"));
    ui.label(language.text_with(
        "dialog.about.version",
        &[("version", &env!("CARGO_PKG_VERSION"))],
    ));
    ui.add_space(8.0);
    ui.label(language.text("dialog.about.purpose"));
    if let Ok(pack) = RulePack::shipped() {
        let text = language.text_with(
            "dialog.about.rules",
            &[("id", &pack.id), ("document", &pack.document)],
        );
        ui.label(text);
    }
    ui.add_space(8.0);
    ui.label(language.text("dialog.about.licences"));
    Vec::new()
}
