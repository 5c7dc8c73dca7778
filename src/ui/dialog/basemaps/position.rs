//! Where the surveyor's position comes from.

use crate::position::{SPEEDS, ports};
use crate::ui::action::{Action, Browse, Preference};
use crate::ui::dialog::paths::path_row;
use crate::ui::dialog::{DialogInput, toggle};
use crate::ui::files::FileKind;
use crate::ui::my_position::{PositionFrom, PositionSetting};
use crate::ui::theme;
use crate::ui::verb::Verb;
use egui::{Button, ComboBox, TextEdit, Ui};
use std::path::PathBuf;

/// What is typed on this page, and the ports as they were found last.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PositionDraft {
    pub(super) track: String,
    port: String,
    speed: Option<u32>,
    /// Name and description; `None` before anybody has looked.
    found: Option<Vec<(String, String)>>,
}

/// The kinds of sources, as the page offers them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Gpsd,
    Serial,
    Track,
}

pub(super) fn position_ui(
    ui: &mut Ui,
    draft: &mut PositionDraft,
    input: &DialogInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let setting = &input.preferences.position;
    let mut changed = setting.clone();
    let mut actions = Vec::new();
    ui.label(language.text("layers.position.help"));
    toggle(
        ui,
        &mut changed.shown,
        &language.text("layers.position.show"),
    );
    ui.add_space(4.0);
    let kind = match &setting.from {
        PositionFrom::Gpsd => Kind::Gpsd,
        PositionFrom::Serial { .. } => Kind::Serial,
        PositionFrom::Track { .. } => Kind::Track,
    };
    for (one, key) in [
        (Kind::Gpsd, "layers.position.gpsd"),
        (Kind::Serial, "layers.position.serial"),
        (Kind::Track, "layers.position.track"),
    ] {
        if ui.radio(kind == one, language.text(key)).clicked() && kind != one {
            changed.from = match one {
                Kind::Gpsd => PositionFrom::Gpsd,
                Kind::Serial => PositionFrom::Serial {
                    port: draft.port.clone(),
                    speed: draft.speed,
                },
                Kind::Track => PositionFrom::Track {
                    path: PathBuf::from(draft.track.trim()),
                },
            };
        }
    }
    match kind {
        Kind::Gpsd => {}
        Kind::Serial => serial_ui(ui, draft, &mut changed, input),
        Kind::Track => {
            let browse = Browse::Open(FileKind::Layer);
            let entered = path_row(ui, &mut draft.track, language, browse, &mut actions);
            let ready = !draft.track.trim().is_empty();
            let button = Button::new(language.text("layers.position.read"));
            if (ui.add_enabled(ready, button).clicked() || entered) && ready {
                let path = PathBuf::from(draft.track.trim());
                // Relative to wherever the program was started: another file after the next start.
                let path = std::path::absolute(&path).unwrap_or(path);
                changed.from = PositionFrom::Track { path };
            }
        }
    }
    if let Some(status) = &input.my_position {
        ui.add_space(4.0);
        ui.horizontal_wrapped(|ui| {
            ui.label(status);
            if ui.small_button(language.text("layers.retry")).clicked() {
                actions.push(Action::Prefer(Preference::RetryPosition));
            }
            let go = language.text("verb.go_to_position");
            if ui.small_button(go).clicked() {
                actions.push(Action::Do(Verb::GoToPosition));
            }
        });
    }
    if changed != *setting {
        actions.push(Action::Prefer(Preference::Position(changed)));
    }
    actions
}

fn serial_ui(
    ui: &mut Ui,
    draft: &mut PositionDraft,
    changed: &mut PositionSetting,
    input: &DialogInput<'_>,
) {
    let language = input.language;
    let PositionFrom::Serial { port, speed } = &mut changed.from else {
        return;
    };
    // Asking the system takes a while on some: once, and when told to.
    let found = draft.found.get_or_insert_with(found_ports);
    ui.horizontal(|ui| {
        let label = language.text("layers.position.port");
        ui.label(&*label);
        let combo = ComboBox::from_id_salt("port").selected_text(port.as_str());
        let response = combo.width(theme::ADDRESS_WIDTH / 2.0).show_ui(ui, |ui| {
            for (name, description) in &*found {
                let text = match description.is_empty() {
                    true => name.clone(),
                    false => format!("{name} – {description}"),
                };
                if ui.selectable_label(port == name, text).clicked() {
                    port.clone_from(name);
                }
            }
        });
        response.response.accessible_name(&*label);
        let typed = language.text("layers.position.port_typed");
        let edit = TextEdit::singleline(&mut draft.port)
            .hint_text("COM3")
            .desired_width(90.0);
        let response = ui.add(edit).accessible_name(&*typed);
        if response.lost_focus() && !draft.port.trim().is_empty() {
            port.clone_from(&draft.port);
        }
        if ui.button(language.text("layers.position.look")).clicked() {
            *found = found_ports();
        }
    });
    ui.horizontal(|ui| {
        let label = language.text("layers.position.speed");
        ui.label(&*label);
        let any = language.text("layers.position.any_speed");
        let selected = speed.map_or(any.to_string(), |speed| speed.to_string());
        let response = ComboBox::from_id_salt("speed")
            .selected_text(selected)
            .show_ui(ui, |ui| {
                ui.selectable_value(speed, None, &*any);
                for usual in SPEEDS {
                    ui.selectable_value(speed, Some(usual), usual.to_string());
                }
            });
        response.response.accessible_name(&*label);
    });
    draft.speed = *speed;
}

fn found_ports() -> Vec<(String, String)> {
    let found = ports().into_iter();
    found
        .map(|port| (port.name, port.description.unwrap_or_default()))
        .collect()
}
