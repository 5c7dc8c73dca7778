//! Whose list it is, chosen.

use crate::model::{Coded, ListKind};
use crate::words::{Language, fields};
use egui::{ComboBox, Ui};

/// A list to choose from, under this name; whether another was chosen.
pub fn kind_ui(ui: &mut Ui, kind: &mut ListKind, name: &str, language: Language) -> bool {
    let before = *kind;
    let combo = ComboBox::from_id_salt(("list kind", name))
        .selected_text(fields::coded_label(language, *kind));
    let response = combo.show_ui(ui, |ui| {
        for choice in ListKind::ALL {
            let label = fields::coded_label(language, *choice);
            ui.selectable_value(kind, *choice, label);
        }
    });
    response.response.accessible_name(name);
    before != *kind
}
