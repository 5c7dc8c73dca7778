//! Giving verbs other keys: press a button, then the key. A key that another verb has is named
//! before it is taken away; the keys of the window itself are refused with the reason.

use super::{Captured, DialogInput};
use crate::ui::action::{Action, Preference};
use crate::ui::icons;
use crate::ui::keymap::{Binding, Reserved};
use crate::ui::theme;
use crate::ui::verb::{MENUS, Verb};
use egui::{Align, Button, Event, Key, Layout, Modifiers, RichText, ScrollArea, Ui};

/// How far giving a key has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rebinding {
    Idle,
    /// The next key pressed is meant for this verb.
    Waiting(Verb),
    Pressed(Verb, Binding),
    /// Another verb has it: shall it be taken away?
    Taken {
        verb: Verb,
        binding: Binding,
        holder: Verb,
    },
    Refused {
        verb: Verb,
        binding: Binding,
        reason: Reserved,
    },
}

impl Rebinding {
    /// Takes the key that is waited for before any view sees it.
    pub fn capture(&mut self, ui: &Ui) -> Captured {
        let Rebinding::Waiting(verb) = *self else {
            return Captured::Nothing;
        };
        let pressed = ui.input_mut(|input| {
            let pressed = input.events.iter().find_map(pressed);
            input
                .events
                .retain(|event| !matches!(event, Event::Text(_)) && self::pressed(event).is_none());
            pressed
        });
        match pressed {
            Some((Key::Escape, _)) => *self = Self::Idle,
            Some((key, modifiers)) => {
                *self = Self::Pressed(verb, Binding::pressed(key, modifiers));
            }
            None => {}
        }
        Captured::Keys
    }
}

fn pressed(event: &Event) -> Option<(Key, Modifiers)> {
    match event {
        Event::Key {
            key,
            pressed: true,
            repeat: false,
            modifiers,
            ..
        } => Some((*key, *modifiers)),
        // The window system tells of these as what they do, not as a key.
        Event::Copy => Some((Key::C, Modifiers::COMMAND)),
        Event::Cut => Some((Key::X, Modifiers::COMMAND)),
        Event::Paste(_) => Some((Key::V, Modifiers::COMMAND)),
        _ => None,
    }
}

pub(super) fn keys_ui(
    ui: &mut Ui,
    rebinding: &mut Rebinding,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let mut actions = judge(rebinding, input);
    let message = message_ui(ui, rebinding, input);
    actions.extend(message);
    ui.separator();
    ScrollArea::vertical()
        .max_height(theme::KEYS_HEIGHT)
        // The window is as high as its content, which must not wait for the window.
        .min_scrolled_height(theme::KEYS_HEIGHT)
        .auto_shrink([false, true])
        .show(ui, |ui| {
            for menu in MENUS {
                ui.add_space(4.0);
                ui.strong(input.language.text(menu.key));
                let verbs = menu.groups.iter().copied().flatten();
                egui::Grid::new(menu.key)
                    .num_columns(3)
                    .striped(true)
                    .min_col_width(theme::KEY_WIDTH)
                    .show(ui, |ui| {
                        for verb in verbs {
                            actions.extend(verb_ui(ui, *verb, rebinding, input));
                            ui.end_row();
                        }
                    });
            }
        });
    ui.separator();
    let reset = Button::new(input.language.text("settings.reset_keys"));
    if ui.add(reset).clicked() {
        *rebinding = Rebinding::Idle;
        actions.push(Action::Prefer(Preference::DefaultKeys));
    }
    actions
}

/// What the key just pressed comes to.
fn judge(rebinding: &mut Rebinding, input: &DialogInput<'_>) -> Vec<Action> {
    let Rebinding::Pressed(verb, binding) = *rebinding else {
        return Vec::new();
    };
    let (next, actions) = match (binding.is_free(), input.preferences.keys.holder(binding)) {
        (Err(reason), _) => {
            let refused = Rebinding::Refused {
                verb,
                binding,
                reason,
            };
            (refused, Vec::new())
        }
        (Ok(()), Some(holder)) if holder != verb => {
            let taken = Rebinding::Taken {
                verb,
                binding,
                holder,
            };
            (taken, Vec::new())
        }
        (Ok(()), _) => (Rebinding::Idle, vec![bind(verb, Some(binding))]),
    };
    *rebinding = next;
    actions
}

fn bind(verb: Verb, binding: Option<Binding>) -> Action {
    Action::Prefer(Preference::Key(verb, binding))
}

/// What is to be done now, in a line that is always there, so that nothing jumps.
fn message_ui(ui: &mut Ui, rebinding: &mut Rebinding, input: &DialogInput<'_>) -> Vec<Action> {
    let language = input.language;
    let name = |verb: Verb| language.text(verb.key());
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.set_min_height(theme::BOX_HEIGHT);
        match *rebinding {
            Rebinding::Idle | Rebinding::Pressed(..) => {
                ui.weak(language.text("settings.keys_help"));
            }
            Rebinding::Waiting(verb) => {
                let text = language.text_with("settings.press_key", &[("verb", &name(verb))]);
                ui.strong(text);
            }
            Rebinding::Refused {
                verb,
                binding,
                reason,
            } => {
                let color = theme::Palette::of(ui.visuals()).finding;
                let text = language.text_with(
                    "settings.refused",
                    &[
                        ("key", &binding.text(ui.ctx())),
                        ("reason", &language.text(reason.key())),
                    ],
                );
                ui.colored_label(color, format!("{} {text}", icons::WARNING));
                if ui.button(language.text("settings.other_key")).clicked() {
                    *rebinding = Rebinding::Waiting(verb);
                }
            }
            Rebinding::Taken {
                verb,
                binding,
                holder,
            } => {
                let text = language.text_with(
                    "settings.taken",
                    &[
                        ("key", &binding.text(ui.ctx())),
                        ("holder", &name(holder)),
                        ("verb", &name(verb)),
                    ],
                );
                ui.strong(text);
                if ui.button(language.text("settings.take_key")).clicked() {
                    actions.push(bind(verb, Some(binding)));
                    *rebinding = Rebinding::Idle;
                }
                if ui.button(language.text("settings.keep_key")).clicked() {
                    *rebinding = Rebinding::Idle;
                }
            }
        }
    });
    actions
}

fn verb_ui(
    ui: &mut Ui,
    verb: Verb,
    rebinding: &mut Rebinding,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let keys = &input.preferences.keys;
    let name = language.text(verb.key());
    let named = |key: &str| language.text_with(key, &[("verb", &name)]);
    let mut actions = Vec::new();
    let column = egui::vec2(theme::VERB_WIDTH, theme::BOX_HEIGHT);
    ui.allocate_ui_with_layout(column, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(column);
        ui.add(egui::Label::new(&*name).truncate());
    });
    let text = match *rebinding == Rebinding::Waiting(verb) {
        true => "…".to_owned(),
        false => keys.text(verb, ui.ctx()).unwrap_or_else(|| "–".to_owned()),
    };
    let button = Button::new(text).min_size(egui::vec2(theme::KEY_WIDTH, 0.0));
    let response = ui
        .add(button)
        .accessible_name(named("settings.change_key"))
        .on_hover_text(named("settings.change_key"));
    if response.clicked() {
        *rebinding = Rebinding::Waiting(verb);
    }
    ui.horizontal(|ui| {
        if keys.binding(verb).is_some() {
            let name = named("settings.clear_key");
            if icon_button(ui, icons::CLOSE, name) {
                *rebinding = Rebinding::Idle;
                actions.push(bind(verb, None));
            }
        }
        if !keys.is_default(verb) {
            let name = named("settings.reset_key");
            if icon_button(ui, icons::REVERT, name) {
                *rebinding = Rebinding::Idle;
                actions.push(Action::Prefer(Preference::DefaultKey(verb)));
            }
        }
    });
    actions
}

fn icon_button(ui: &mut Ui, icon: &str, name: String) -> bool {
    let button = Button::new(RichText::new(icon).small()).frame(false);
    let response = ui.add(button).accessible_name(&name);
    response.on_hover_text(name).clicked()
}
