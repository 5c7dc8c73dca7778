//! The menu bar, the tool bar and the palette: three views of the action table.

use super::action::{Action, Workspace};
use super::availability::Reason;
use super::keymap::Keymap;
use super::verb::{MENUS, Take, Verb};
use crate::words::Language;
use egui::{Button, RichText, Ui, vec2};

/// What the bars need to know of the rest of the window.
pub struct BarInput<'a> {
    pub language: Language,
    pub workspace: Workspace,
    pub keys: &'a Keymap,
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
    /// Whether a verb that switches something is on.
    pub is_on: &'a dyn Fn(Verb) -> bool,
    /// How many items wait in a workspace.
    pub waiting: &'a dyn Fn(Workspace) -> Option<usize>,
}

#[must_use]
pub fn menu_bar_ui(ui: &mut Ui, input: &BarInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    egui::MenuBar::new().ui(ui, |ui| {
        for menu in MENUS {
            ui.menu_button(input.language.text(menu.key), |ui| {
                for (index, group) in menu.groups.iter().enumerate() {
                    if index > 0 {
                        ui.separator();
                    }
                    for verb in *group {
                        if verb_button(ui, input, *verb).clicked() {
                            actions.push(Action::Do(*verb));
                            ui.close();
                        }
                    }
                }
            });
        }
    });
    actions
}

fn verb_button(ui: &mut Ui, input: &BarInput<'_>, verb: Verb) -> egui::Response {
    let name = input.language.text(verb.key());
    let available = (input.available)(verb);
    let mut button = Button::new(RichText::new(label(verb, &name))).selected((input.is_on)(verb));
    if let Some(key) = input.keys.text(verb, ui.ctx()) {
        button = button.shortcut_text(key);
    }
    let response = ui.add_enabled(available.is_ok(), button);
    let response = response.accessible_name(name.as_ref());
    match available {
        Ok(()) => response,
        Err(reason) => response.on_disabled_hover_text(input.language.text(reason.key())),
    }
}

fn label(verb: Verb, name: &str) -> String {
    match verb.icon() {
        "" => name.to_owned(),
        icon => format!("{icon} {name}"),
    }
}

/// The tools that are one click away, in groups.
const TOOL_BAR: &[&[Verb]] = &[
    &[Verb::Import],
    &[Verb::Undo, Verb::Redo],
    &[
        Verb::Take(Take::Select),
        Verb::Take(Take::Draw),
        Verb::Take(Take::Vertices),
    ],
    &[Verb::FitSurvey, Verb::FitSelection],
    &[Verb::NextWaiting],
];

#[must_use]
pub fn tool_bar_ui(ui: &mut Ui, input: &BarInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.horizontal(|ui| {
        for workspace in Workspace::ALL {
            let verb = Verb::Go(workspace);
            let name = input.language.text(verb.key());
            let text = match (input.waiting)(workspace) {
                Some(count) if count > 0 => format!("{} {name}  {count}", verb.icon()),
                _ => format!("{} {name}", verb.icon()),
            };
            let available = (input.available)(verb);
            let response = ui.add_enabled(
                available.is_ok(),
                Button::new(RichText::new(text).strong())
                    .selected(workspace == input.workspace)
                    .min_size(vec2(0.0, super::theme::TOOL_HEIGHT)),
            );
            let response = response.accessible_name(name.as_ref());
            if response.clicked() {
                actions.push(Action::Do(verb));
            }
            if let Err(reason) = available {
                response.on_disabled_hover_text(input.language.text(reason.key()));
            }
        }
        for group in TOOL_BAR {
            ui.separator();
            for verb in *group {
                if tool_button(ui, input, *verb) {
                    actions.push(Action::Do(*verb));
                }
            }
        }
    });
    actions
}

fn tool_button(ui: &mut Ui, input: &BarInput<'_>, verb: Verb) -> bool {
    let name = input.language.text(verb.key());
    let available = (input.available)(verb);
    let response = ui.add_enabled(
        available.is_ok(),
        Button::new(RichText::new(verb.icon()).size(super::theme::ICON_SIZE))
            .selected((input.is_on)(verb))
            .min_size(vec2(0.0, super::theme::TOOL_HEIGHT)),
    );
    let response = response.accessible_name(name.as_ref());
    let hint = match input.keys.text(verb, ui.ctx()) {
        Some(key) => format!("{name} ({key})"),
        None => name.into_owned(),
    };
    let clicked = response.clicked();
    match available {
        Ok(()) => response.on_hover_text(hint),
        Err(reason) => response
            .on_disabled_hover_text(format!("{hint}\n{}", input.language.text(reason.key()))),
    };
    clicked
}
