//! Sketch: corner by corner, for every purpose alike. What is drawn lies in [`Tool::Sketch`], so
//! that it can be parked in the survey file and outlives the window.

use super::Desk;
use super::next::Next;
use super::paint::paint;
use crate::model::LonLat;
use crate::ui::action::Action;
use crate::ui::tool::{Purpose, Sketch, Tool};
use crate::ui::verb::Verb;
use egui::{CursorIcon, Key, Modifiers, PointerButton};

/// `measured` is the line measured last: it stays to be read until Esc or the next click.
pub fn ui(desk: &Desk, sketch: &Sketch, measured: &mut Vec<LonLat>) -> Vec<Action> {
    let next = desk.pointer().map(|at| Next::at(desk, sketch, at));
    let standing = Sketch {
        purpose: sketch.purpose,
        corners: measured.clone(),
    };
    match sketch.purpose == Purpose::Measure && sketch.corners.is_empty() && !measured.is_empty() {
        true => paint(desk, &standing, None),
        false => paint(desk, sketch, next.as_ref()),
    }
    if next.is_some() {
        desk.response.ctx.set_cursor_icon(CursorIcon::Crosshair);
    }
    let mut actions = pointer(desk, sketch);
    actions.extend(keys(desk, sketch, measured));
    actions
}

fn pointer(desk: &Desk, sketch: &Sketch) -> Vec<Action> {
    let response = desk.response;
    let Some(at) = response.interact_pointer_pos() else {
        return Vec::new();
    };
    let finish = Action::Do(Verb::FinishSketch);
    // The first of the two clicks has already set the last corner.
    if response.double_clicked() || response.clicked_by(PointerButton::Secondary) {
        return vec![finish];
    }
    if !response.clicked() {
        return Vec::new();
    }
    let next = Next::at(desk, sketch, at);
    let mut actions = vec![Action::SetTool(Tool::Sketch(next.added_to(sketch)))];
    if next.finishes(sketch) {
        actions.push(finish);
    }
    actions
}

fn keys(desk: &Desk, sketch: &Sketch, measured: &mut Vec<LonLat>) -> Vec<Action> {
    let pressed = |modifiers, key| desk.consumes(modifiers, key);
    if pressed(Modifiers::NONE, Key::Enter) {
        return vec![Action::Do(Verb::FinishSketch)];
    }
    if pressed(Modifiers::NONE, Key::Escape) {
        let measures = sketch.purpose == Purpose::Measure;
        if measures && !(sketch.corners.is_empty() && measured.is_empty()) {
            measured.clear();
            return vec![Action::SetTool(Tool::sketch(Purpose::Measure))];
        }
        return vec![match sketch.is_kept() {
            true => Action::Do(Verb::ParkSketch),
            false => Action::SetTool(Tool::Select),
        }];
    }
    // With nothing drawn yet Ctrl+Z is the survey's undo, which the window handles.
    let takes_back = !sketch.corners.is_empty()
        && (pressed(Modifiers::NONE, Key::Backspace) || pressed(Modifiers::COMMAND, Key::Z));
    match takes_back {
        true => vec![Action::SetTool(Tool::Sketch(sketch.without_last()))],
        false => Vec::new(),
    }
}
