//! A row of chips to choose one or several coded values from.
//!
//! A group is one stop of the Tab key, whatever its length: arrows move inside it, Space or the
//! chip's digit picks, Delete takes the answer back, Enter is done with it. Two minutes an estate
//! leave no time to tab through ten kinds of tenure.

use super::onward::Then;
use crate::ui::keymap::DIGITS;
use crate::ui::signs;
use egui::{
    Align2, EventFilter, FontId, Id, Key, Modifiers, Response, Role, Sense, Ui, WidgetInfo, vec2,
};

/// One choice.
pub struct Chip {
    pub label: String,
    pub chosen: bool,
    pub digit: Option<Digit>,
    pub answers: Answers,
}

/// Whether a choice leaves anything to add.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    /// It is the whole answer: its digit goes on to the next field.
    Alone,
    WithOthers,
}

/// A key of the top row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digit(u8);

impl Digit {
    /// The digit of the chip at `index`: 1 to 9, and 0 for the tenth, as on the keyboard.
    pub fn of_index(index: usize) -> Option<Self> {
        match u8::try_from(index) {
            Ok(index @ 0..=8) => Some(Self(index + 1)),
            Ok(9) => Some(Self(0)),
            _ => None,
        }
    }

    /// The digit that a code such as `X4` ends with.
    pub fn of_code(code: &str) -> Option<Self> {
        let last = code.chars().last()?.to_digit(10)?;
        u8::try_from(last).ok().map(Self)
    }

    pub const ZERO: Self = Self(0);

    fn key(self) -> Key {
        DIGITS[usize::from(self.0) % DIGITS.len()]
    }
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

/// A group that has been drawn.
pub struct Group {
    pub response: Response,
    pub picked: Option<Picked>,
    pub then: Then,
}

/// Draws the chips. `name` is the field's label, for people who hear the form.
#[must_use]
pub fn chip_group(ui: &mut Ui, id: Id, name: &str, choice: Choice, chips: &[Chip]) -> Group {
    let focused = ui.memory(|memory| memory.has_focus(id));
    let mut at = ui
        .data(|data| data.get_temp::<usize>(id))
        .filter(|_| focused)
        .or_else(|| chips.iter().position(|chip| chip.chosen))
        .unwrap_or(0)
        .min(chips.len().saturating_sub(1));
    let (mut picked, mut then) = (None, Then::Stay);
    let mut clicked = false;
    if focused {
        (picked, then) = keys(ui, id, &mut at, chips);
    }
    let row = ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (index, chip) in chips.iter().enumerate() {
            let response = chip_button(ui, name, choice, chip);
            if response.clicked() {
                picked = Some(Picked::Chip(index));
                at = index;
                clicked = true;
            }
            if focused {
                paint_digit(ui, chip, response.rect);
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
    Group {
        response: group,
        picked,
        then,
    }
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

/// The chip's key, in the room that every button leaves at its left.
fn paint_digit(ui: &Ui, chip: &Chip, rect: egui::Rect) {
    let Some(Digit(digit)) = chip.digit else {
        return;
    };
    let ink = match chip.chosen {
        true => signs::chosen_ink(ui.visuals()),
        false => ui.visuals().text_color(),
    };
    ui.painter().text(
        rect.left_top() + vec2(2.0, 0.0),
        Align2::LEFT_TOP,
        digit,
        FontId::proportional(10.0),
        ink,
    );
}

/// The keys of a group that has the focus.
fn keys(ui: &Ui, id: Id, at: &mut usize, chips: &[Chip]) -> (Option<Picked>, Then) {
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(id, arrows);
    });
    ui.input_mut(|input| {
        // First, or Enter alone would match it too.
        if input.consume_key(Modifiers::SHIFT, Key::Enter) {
            return (None, Then::GoBack);
        }
        let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
        if pressed(Key::ArrowRight) || pressed(Key::ArrowDown) {
            *at = (*at + 1).min(chips.len().saturating_sub(1));
        }
        if pressed(Key::ArrowLeft) || pressed(Key::ArrowUp) {
            *at = at.saturating_sub(1);
        }
        if pressed(Key::Delete) || pressed(Key::Backspace) {
            return (Some(Picked::Nothing), Then::Stay);
        }
        if pressed(Key::Space) {
            return (Some(Picked::Chip(*at)), Then::Stay);
        }
        if pressed(Key::Enter) {
            return (None, Then::Done);
        }
        let hit = |chip: &Chip| chip.digit.is_some_and(|digit| pressed(digit.key()));
        match chips.iter().position(hit) {
            Some(index) => {
                *at = index;
                let then = match chips[index].answers {
                    Answers::Alone => Then::GoOn,
                    Answers::WithOthers => Then::Stay,
                };
                (Some(Picked::Chip(index)), then)
            }
            None => (None, Then::Stay),
        }
    })
}
