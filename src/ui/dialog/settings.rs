//! What a user prefers on this laptop. Every choice holds at once; there is nothing to confirm.

use super::rebind::{Rebinding, keys_ui};
use super::{DialogInput, toggle};
use crate::ui::action::{Action, Preference};
use crate::ui::preferences::Brightness;
use crate::words::Language;
use egui::{DragValue, Response, TextEdit, Ui};

/// What the dialog remembers while it is open.
#[derive(Clone, Debug, PartialEq)]
pub struct SettingsDraft {
    page: Page,
    /// The author's name as it is being typed.
    author: String,
    pub(super) rebinding: Rebinding,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Page {
    General,
    Keys,
}

impl SettingsDraft {
    /// `author` is the name that the user chose, empty for the system's.
    pub fn new(author: String) -> Self {
        Self {
            page: Page::General,
            author,
            rebinding: Rebinding::Idle,
        }
    }
}

pub(super) fn settings_ui(
    ui: &mut Ui,
    draft: &mut SettingsDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    ui.horizontal(|ui| {
        for (page, key) in [
            (Page::General, "settings.general"),
            (Page::Keys, "settings.keys"),
        ] {
            let name = input.language.text(key);
            if ui.selectable_label(draft.page == page, name).clicked() {
                draft.page = page;
                draft.rebinding = Rebinding::Idle;
            }
        }
    });
    ui.separator();
    match draft.page {
        Page::General => general_ui(ui, draft, input),
        Page::Keys => keys_ui(ui, &mut draft.rebinding, input),
    }
}

fn general_ui(ui: &mut Ui, draft: &mut SettingsDraft, input: &DialogInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    egui::Grid::new("settings")
        .num_columns(2)
        .spacing([24.0, 12.0])
        .show(ui, |ui| {
            row(ui, input, "settings.language", |ui, _| {
                language_ui(ui, input, &mut actions);
            });
            row(ui, input, "settings.brightness", |ui, _| {
                brightness_ui(ui, input, &mut actions);
            });
            row(ui, input, "settings.author", |ui, name| {
                author_ui(ui, &mut draft.author, name, input, &mut actions);
            });
            row(ui, input, "settings.auto_advance", |ui, name| {
                let mut switch = input.preferences.auto_advance;
                let label = input.language.text("settings.auto_advance_does");
                let response = toggle(ui, &mut switch, &label).accessible_name(name);
                if response.changed() {
                    actions.push(Action::Prefer(Preference::AutoAdvance(switch)));
                }
            });
            row(ui, input, "settings.snap_points", |ui, name| {
                let mut points = input.preferences.drawing.snap_points;
                let box_ = DragValue::new(&mut points)
                    .range(4.0..=30.0)
                    .speed(0.2)
                    .fixed_decimals(0);
                if ui.add(box_).accessible_name(name).changed() {
                    actions.push(Action::Prefer(Preference::SnapPoints(points)));
                }
                ui.weak(input.language.text("settings.snap_points_help"));
            });
        });
    actions
}

/// A labelled line; `add` draws the control and gives it the label as its name.
fn row(ui: &mut Ui, input: &DialogInput<'_>, key: &str, add: impl FnOnce(&mut Ui, &str)) {
    let name = input.language.text(key);
    ui.label(&*name);
    ui.horizontal(|ui| add(ui, &name));
    ui.end_row();
}

fn language_ui(ui: &mut Ui, input: &DialogInput<'_>, actions: &mut Vec<Action>) {
    for language in Language::ALL {
        // Each in its own words, for whoever cannot read the other.
        let name = language.text("settings.own_name");
        if ui.radio(input.language == language, name).clicked() {
            actions.push(Action::SetLanguage(language));
        }
    }
}

fn brightness_ui(ui: &mut Ui, input: &DialogInput<'_>, actions: &mut Vec<Action>) {
    for (brightness, key) in [
        (Brightness::Light, "settings.light"),
        (Brightness::Dark, "settings.dark"),
    ] {
        let name = input.language.text(key);
        let chosen = input.preferences.brightness == brightness;
        if ui.radio(chosen, name).clicked() {
            actions.push(Action::Prefer(Preference::Brightness(brightness)));
        }
    }
}

fn author_ui(
    ui: &mut Ui,
    author: &mut String,
    name: &str,
    input: &DialogInput<'_>,
    actions: &mut Vec<Action>,
) {
    let text = TextEdit::singleline(author).hint_text(input.system_author);
    let response: Response = ui.add(text).accessible_name(name);
    let help = input.language.text("settings.author_help");
    if response.on_hover_text(help).changed() {
        let chosen = author.trim();
        let chosen = (!chosen.is_empty()).then(|| chosen.to_owned());
        actions.push(Action::Prefer(Preference::Author(chosen)));
    }
}
