//! The menu bar, the tool bar and the palette: three views of the action table.

use super::action::{Action, Workspace};
use super::availability::Reason;
use super::icons;
use super::keymap::Keymap;
use super::verb::{MENUS, Take, Toggle, Verb};
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
                actions.extend(entries(ui, menu.groups, &input.entries()));
            });
        }
    });
    actions
}

impl<'a> BarInput<'a> {
    fn entries(&self) -> EntryInput<'a> {
        EntryInput {
            language: self.language,
            available: self.available,
            is_on: self.is_on,
            keys: self.keys,
        }
    }
}

/// What the entries of a menu need to know of the rest of the window.
pub(super) struct EntryInput<'a> {
    pub language: Language,
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
    pub is_on: &'a dyn Fn(Verb) -> bool,
    pub keys: &'a Keymap,
}

/// The entries of a menu, with a line between its groups. Choosing one closes it.
#[must_use]
pub(super) fn entries(ui: &mut Ui, groups: &[&[Verb]], input: &EntryInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        if index > 0 {
            ui.separator();
        }
        for verb in *group {
            if entry(ui, *verb, input).clicked() {
                actions.push(Action::Do(*verb));
                ui.close();
            }
        }
    }
    actions
}

/// A verb in a menu: its icon, its name, its key, and why it cannot be used.
fn entry(ui: &mut Ui, verb: Verb, input: &EntryInput<'_>) -> egui::Response {
    let name = input.language.text(verb.key());
    let available = (input.available)(verb);
    let text = RichText::new(label(verb, &name));
    let mut button = Button::new(text).selected((input.is_on)(verb));
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

/// The tools that are one click away, in groups. Where the window is narrow the last of them are
/// in a menu at the end.
const TOOL_BAR: &[&[Verb]] = &[
    &[Verb::Import],
    &[Verb::Undo, Verb::Redo],
    &[Verb::NextRecord],
    &[Verb::FitSurvey, Verb::FitSelection],
    &[
        Verb::Take(Take::Select),
        Verb::Take(Take::Draw),
        Verb::Take(Take::Rectangle),
        Verb::Take(Take::Vertices),
        Verb::Take(Take::Move),
        Verb::Take(Take::Split),
        Verb::Take(Take::Measure),
    ],
    &[
        Verb::Toggle(Toggle::Snapping),
        Verb::Toggle(Toggle::Tracing),
        Verb::Toggle(Toggle::AvoidOverlap),
    ],
    &[
        Verb::Take(Take::Reshape),
        Verb::Take(Take::Hole),
        Verb::Take(Take::Part),
        Verb::Take(Take::Building),
        Verb::Toggle(Toggle::SharedBorders),
    ],
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
        actions.extend(tools_ui(ui, input));
    });
    actions
}

fn tools_ui(ui: &mut Ui, input: &BarInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    let mut left_over = Vec::new();
    let padding = ui.spacing().button_padding.x;
    let button = super::theme::ICON_SIZE + 2.0 * padding + ui.spacing().item_spacing.x;
    for group in TOOL_BAR {
        if left_over.is_empty() {
            ui.separator();
        }
        for verb in *group {
            // Room for this one, and for the menu of those that have none.
            if !left_over.is_empty() || ui.available_width() < 2.0 * button {
                left_over.push(*verb);
            } else if tool_button(ui, input, *verb) {
                actions.push(Action::Do(*verb));
            }
        }
    }
    if !left_over.is_empty() {
        let name = input.language.text("menu.more_tools");
        let icon = RichText::new(icons::DOTS).size(super::theme::ICON_SIZE);
        let menu = ui.menu_button(icon, |ui| {
            actions.extend(entries(ui, &[&left_over], &input.entries()));
        });
        let response = menu.response.accessible_name(name.as_ref());
        response.on_hover_text(name);
    }
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
