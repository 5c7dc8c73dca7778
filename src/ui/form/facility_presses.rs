//! What the keys of the facility grid do.

use super::Form;
use super::facilities::{at_cell, rest_of, set, visible_cells};
use super::facility_keys::{Cell, essentials};
use crate::catalogue::Items;
use crate::model::{Estate, ItemCode, Severity};
use crate::ui::action::Action;
use egui::{Event, EventFilter, Id, Key, Modifiers, Ui};

/// The keys of the grid, while it has the focus. Ctrl, Alt and function keys pass by.
pub fn keys(ui: &Ui, grid_id: Id, form: &mut Form<'_>, estate: &Estate) {
    ui.memory_mut(|memory| {
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..Default::default()
        };
        memory.set_focus_lock_filter(grid_id, arrows);
    });
    let cells = visible_cells(form.input.items, form.state.open_group);
    form.state.presses.extend(take_presses(ui, &cells));
    // One a frame: the next press builds on what this one changes.
    if let Some((key, modifiers)) = form.state.presses.pop_front() {
        press(form, estate, &cells, key, modifiers);
        ui.ctx().request_repaint();
    }
}

/// The presses that mean something here, taken out of what other views get to see.
fn take_presses(ui: &Ui, cells: &[Cell]) -> Vec<(Key, Modifiers)> {
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
                let ours = is_command_key(*key) || cells.iter().any(|cell| cell.key == Some(*key));
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
    is_arrow(key)
        || matches!(
            key,
            Key::Num0
                | Key::Num1
                | Key::Num2
                | Key::Num3
                | Key::Delete
                | Key::Backspace
                | Key::Enter
                | Key::Equals
                | Key::Plus
        )
}

fn press(form: &mut Form<'_>, estate: &Estate, cells: &[Cell], key: Key, modifiers: Modifiers) {
    let Some(item) = at_cell(form) else {
        return;
    };
    let severity_of = |item| estate.gaps.get(&item).copied();
    let step = |item| match modifiers.shift {
        true => back(severity_of(item)),
        false => onward(severity_of(item)),
    };
    let at = cells.iter().position(|cell| cell.item == item).unwrap_or(0);
    match key {
        Key::Num0 => set(form, item, Some(Severity::Intact)),
        Key::Num1 => set(form, item, Some(Severity::Ageing)),
        Key::Num2 => set(form, item, Some(Severity::Failing)),
        Key::Num3 => set(form, item, Some(Severity::Missing)),
        Key::Delete | Key::Backspace => set(form, item, None),
        Key::Enter => set(form, item, step(item)),
        Key::Equals | Key::Plus => {
            let everything = form.input.items.iter().map(|item| item.code);
            let command = match modifiers.shift || key == Key::Plus {
                true => rest_of(estate, everything),
                false => rest_of(estate, cells.iter().map(|cell| cell.item)),
            };
            form.actions.extend(command.map(Action::Edit));
        }
        Key::ArrowRight => form.state.facility = cells.get(at + 1).or(cells.last()).map(item_of),
        Key::ArrowLeft => form.state.facility = cells.get(at.saturating_sub(1)).map(item_of),
        Key::ArrowDown => {
            let next = below(form.input.items, at);
            form.state.facility = cells.get(next).or(cells.get(at)).map(item_of);
        }
        Key::ArrowUp => {
            let next = above(form.input.items, at);
            form.state.facility = cells.get(next).map(item_of);
        }
        letter => {
            if let Some(cell) = cells.iter().find(|cell| cell.key == Some(letter)) {
                form.state.facility = Some(cell.item);
                set(form, cell.item, step(cell.item));
            }
        }
    }
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
