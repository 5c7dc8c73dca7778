//! A row of chips to choose one or several coded values from.
//!
//! A group is one stop of the Tab key, whatever its length: arrows move inside it, Space or Enter
//! or the chip's number picks, Delete takes the answer back. Two minutes an estate leave no time
//! to tab through ten kinds of tenure.

use crate::ui::signs;
use egui::{EventFilter, Id, Key, Modifiers, Response, Role, Sense, Ui, WidgetInfo};

/// One choice.
pub struct Chip {
    pub label: String,
    pub chosen: bool,
}

/// How many of a group's chips can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    One,
    Several,
}

/// What the user did to a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picked {
    Chip(usize),
    /// Back to "not surveyed".
    Nothing,
}

/// Draws the chips. `name` is the field's label, for people who hear the form.
#[must_use]
pub fn chip_group(
    ui: &mut Ui,
    id: Id,
    name: &str,
    choice: Choice,
    chips: &[Chip],
) -> (Response, Option<Picked>) {
    let focused = ui.memory(|memory| memory.has_focus(id));
    let mut at = ui
        .data(|data| data.get_temp::<usize>(id))
        .filter(|_| focused)
        .or_else(|| chips.iter().position(|chip| chip.chosen))
        .unwrap_or(0)
        .min(chips.len().saturating_sub(1));
    let mut picked = None;
    let mut clicked = false;
    if focused {
        picked = keys(ui, id, &mut at, chips.len());
    }
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        for (index, chip) in chips.iter().enumerate() {
            let response = chip_button(ui, name, choice, chip);
            if response.clicked() {
                picked = Some(Picked::Chip(index));
                at = index;
                clicked = true;
            }
            if focused && index == at {
                let ring = signs::focus_ring(ui.visuals());
                ui.painter().rect_stroke(
                    response.rect.expand(1.0),
                    4.0,
                    ring,
                    egui::StrokeKind::Middle,
                );
            }
        }
    });
    ui.data_mut(|data| data.insert_temp(id, at));
    let group = ui.interact(row.response.rect, id, Sense::focusable_noninteractive());
    let role = match choice {
        Choice::One => Role::RadioGroup,
        Choice::Several => Role::Group,
    };
    group.widget_info(|| WidgetInfo::labeled(role, ui.is_enabled(), name));
    if clicked {
        // Only now: in the frame of a click, a widget takes a click on another one, such as its
        // own chip, for a reason to give the focus up.
        group.request_focus();
    }
    if group.gained_focus() {
        group.scroll_to_me(None);
    }
    (group, picked)
}

fn chip_button(ui: &mut Ui, name: &str, choice: Choice, chip: &Chip) -> Response {
    // The group takes the focus for its chips.
    let button = signs::chip(ui, &chip.label, chip.chosen).sense(Sense::CLICK);
    let response = ui.add(button);
    let role = match choice {
        Choice::One => Role::RadioButton,
        Choice::Several => Role::CheckBox,
    };
    // "Estimate" is a choice of two fields: the field's name tells them apart.
    let full_name = format!("{name}: {}", chip.label);
    response.widget_info(|| {
        WidgetInfo::selected(role, ui.is_enabled(), chip.chosen, full_name.as_str())
    });
    response
}

/// The keys of a group that has the focus.
fn keys(ui: &Ui, id: Id, at: &mut usize, count: usize) -> Option<Picked> {
    const DIGITS: [Key; 9] = [
        Key::Num1,
        Key::Num2,
        Key::Num3,
        Key::Num4,
        Key::Num5,
        Key::Num6,
        Key::Num7,
        Key::Num8,
        Key::Num9,
    ];
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(id, arrows);
    });
    ui.input_mut(|input| {
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowRight) || pressed(Key::ArrowDown) {
            *at = (*at + 1).min(count.saturating_sub(1));
        }
        if pressed(Key::ArrowLeft) || pressed(Key::ArrowUp) {
            *at = at.saturating_sub(1);
        }
        if pressed(Key::Delete) || pressed(Key::Backspace) {
            return Some(Picked::Nothing);
        }
        if pressed(Key::Space) || pressed(Key::Enter) {
            return Some(Picked::Chip(*at));
        }
        let digit = DIGITS.iter().take(count).position(|key| pressed(*key))?;
        *at = digit;
        Some(Picked::Chip(digit))
    })
}
