//! The sheet of keys, read from the action table.

use crate::ui::action::Action;
use crate::ui::verb::Verb;
use crate::words::Language;
use egui::Ui;

/// Keys that belong to the map and the facility grid rather than to a verb.
const MORE: &[(&str, &str)] = &[
    ("Enter", "keys.finish_sketch"),
    ("Backspace", "keys.remove_vertex"),
    ("Esc", "keys.park_sketch"),
    ("Delete", "keys.delete_vertex"),
    ("0 1 2 3", "keys.severity"),
    ("5 6 7 8", "keys.group"),
    ("Enter", "keys.form_on"),
    ("Shift+Enter", "keys.form_back"),
    ("Ctrl+R", "keys.repeat_one"),
];

pub(super) fn keys_ui(ui: &mut Ui, language: Language) -> Vec<Action> {
    egui::Grid::new("keys")
        .num_columns(2)
        .striped(true)
        .show(ui, |ui| {
            for verb in Verb::all() {
                if let Some(key) = verb.key_text(ui.ctx()) {
                    ui.strong(key);
                    ui.label(language.text(verb.key()));
                    ui.end_row();
                }
            }
            for (key, text) in MORE {
                ui.strong(*key);
                ui.label(language.text(text));
                ui.end_row();
            }
        });
    Vec::new()
}
