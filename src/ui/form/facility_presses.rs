//! What the keys of the facility grid do.
//!
//! A facility's letter steps intact → ageing → failing → missing and stays, Shift steps back.
//! 0–3 grade the cell that the keyboard is on and go on to the next one that is open; Space steps
//! it, Delete clears it. "=" calls the rest of the visible cells intact, "+" the rest of all items.
//! 5–9 unfold a group. Enter is done with the grid.
//!
//! Keys mean their place where a layout has no Latin letters, and egui turns the input method off
//! while no text box has the cursor (`platform_output.ime` is `None`): the letters work with a
//! Chinese input method on.

use super::Form;
use super::facilities::{Rest, at_cell, fold_group, rest_command, set, state_of, visible_cells};
use super::facility_keys::{Cell, essentials, group_of_key, groups};
use super::onward::Then;
use super::row::repeat_by_key;
use crate::catalogue::Items;
use crate::model::{Field, ItemCode, Severity};
use crate::ui::action::Action;
use egui::{Event, EventFilter, Id, Key, Modifiers, Ui};

/// The keys of the grid, while it has the focus. Ctrl, Alt and function keys pass by.
pub fn keys(ui: &Ui, grid_id: Id, form: &mut Form<'_>) {
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(grid_id, arrows);
    });
    if let Some(item) = at_cell(form) {
        repeat_by_key(ui, form, Field::Gap(item));
    }
    let cells = visible_cells(form.input.items, form.state.grid.open_group);
    for (key, modifiers) in take_presses(ui, form.input.items, &cells) {
        press(ui, form, &cells, key, modifiers);
    }
}

/// The presses that mean something here, taken out of what other views get to see. The window
/// hands over one a frame: each builds on what the one before changed.
fn take_presses(ui: &Ui, items: &Items, cells: &[Cell]) -> Vec<(Key, Modifiers)> {
    let groups = groups(items);
    let mut presses = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Key {
                key,
                pressed: true,
                repeat,
                modifiers,
                ..
            } if !modifiers.command && !modifiers.ctrl && !modifiers.alt => {
                let ours = is_command_key(*key)
                    || group_of_key(*key, &groups).is_some()
                    || cells.iter().any(|cell| cell.key == Some(*key));
                // A key held down must not run through the severities.
                if ours && (!repeat || is_arrow(*key)) {
                    presses.push((*key, *modifiers));
                }
                !ours
            }
            _ => true,
        });
    });
    presses
}

fn is_arrow(key: Key) -> bool {
    matches!(
        key,
        Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown
    )
}

fn is_command_key(key: Key) -> bool {
    let others = [
        Key::Delete,
        Key::Backspace,
        Key::Enter,
        Key::Space,
        Key::Equals,
        Key::Plus,
    ];
    is_arrow(key) || graded(key).is_some() || others.contains(&key)
}

/// The severity that a digit sets.
fn graded(key: Key) -> Option<Severity> {
    match key {
        Key::Num0 => Some(Severity::Intact),
        Key::Num1 => Some(Severity::Ageing),
        Key::Num2 => Some(Severity::Failing),
        Key::Num3 => Some(Severity::Missing),
        _ => None,
    }
}

fn press(ui: &Ui, form: &mut Form<'_>, cells: &[Cell], key: Key, modifiers: Modifiers) {
    let Some(item) = at_cell(form) else {
        return;
    };
    let at = cells.iter().position(|cell| cell.item == item).unwrap_or(0);
    match key {
        Key::Delete | Key::Backspace => set(form, item, None),
        Key::Space => step(form, item, modifiers),
        Key::Enter => {
            let then = match modifiers.shift {
                true => Then::GoBack,
                false => Then::Done,
            };
            form.go(ui, Field::Gap(item), then);
        }
        Key::Equals | Key::Plus => {
            let rest = match modifiers.shift || key == Key::Plus {
                true => Rest::Everything,
                false => Rest::Shown,
            };
            say_rest_intact(ui, form, item, rest);
        }
        Key::ArrowRight => form.state.grid.at = cells.get(at + 1).or(cells.last()).map(item_of),
        Key::ArrowLeft => form.state.grid.at = cells.get(at.saturating_sub(1)).map(item_of),
        Key::ArrowDown => {
            let next = below(form.input.items, at);
            form.state.grid.at = cells.get(next).or(cells.get(at)).map(item_of);
        }
        Key::ArrowUp => {
            let next = above(form.input.items, at);
            form.state.grid.at = cells.get(next).map(item_of);
        }
        key => {
            if let Some(severity) = graded(key) {
                grade(ui, form, cells, at, severity);
            } else if let Some(group) = group_of_key(key, &groups(form.input.items)) {
                fold_group(form, group);
            } else if let Some(cell) = cells.iter().find(|cell| cell.key == Some(key)) {
                form.state.grid.at = Some(cell.item);
                step(form, cell.item, modifiers);
            }
        }
    }
}

fn step(form: &mut Form<'_>, item: ItemCode, modifiers: Modifiers) {
    let severity = state_of(form, item).severity();
    let severity = match modifiers.shift {
        true => back(severity),
        false => onward(severity),
    };
    set(form, item, severity);
}

/// Grades a cell and goes on: from a must-have to the next must-have, from another item to the
/// next of its group that nobody has looked at.
fn grade(ui: &Ui, form: &mut Form<'_>, cells: &[Cell], at: usize, severity: Severity) {
    let item = cells[at].item;
    set(form, item, Some(severity));
    if at < essentials(form.input.items).len() {
        form.go(ui, Field::Gap(item), Then::GoOn);
        return;
    }
    let open = |cell: &&Cell| state_of(form, cell.item).severity().is_none();
    if let Some(next) = cells[at + 1..].iter().find(open) {
        form.state.grid.at = Some(next.item);
    }
}

fn say_rest_intact(ui: &Ui, form: &mut Form<'_>, item: ItemCode, rest: Rest) {
    let Some(command) = rest_command(form, rest) else {
        return;
    };
    form.actions.push(Action::Edit(command));
    // Whatever was open here is answered by this one press.
    let is_gap = |field: &Field| matches!(field, Field::Gap(_));
    let answered = form.open.iter().copied().find(is_gap);
    form.open
        .retain(|field| !is_gap(field) || Some(*field) == answered);
    form.go(ui, answered.unwrap_or(Field::Gap(item)), Then::GoOn);
}

fn item_of(cell: &Cell) -> ItemCode {
    cell.item
}

/// The must-haves lie side by side, the items of a group one beneath the other.
fn below(items: &Items, at: usize) -> usize {
    let essentials = essentials(items).len();
    if at < essentials { essentials } else { at + 1 }
}

fn above(items: &Items, at: usize) -> usize {
    let essentials = essentials(items).len();
    match at {
        at if at < essentials => at,
        at if at == essentials => 0,
        at => at - 1,
    }
}

/// The first press says "I looked: intact".
pub fn onward(severity: Option<Severity>) -> Option<Severity> {
    Some(severity.map_or(Severity::Intact, Severity::next))
}

/// The way back, through "not surveyed".
pub fn back(severity: Option<Severity>) -> Option<Severity> {
    match severity {
        Some(Severity::Intact) => None,
        Some(Severity::Ageing) => Some(Severity::Intact),
        Some(Severity::Failing) => Some(Severity::Ageing),
        Some(Severity::Missing) => Some(Severity::Failing),
        None => Some(Severity::Missing),
    }
}
