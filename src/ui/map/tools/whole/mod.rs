//! Move and rotate: what is selected goes whole. A drag inside moves it, the ring above turns it,
//! the arrow keys do both. One gesture is one edit.

mod gesture;
mod lifted;
mod paint;

use super::{Desk, REACH_POINTS};
use crate::edit::Command;
use crate::ui::action::Action;
use crate::ui::map::view::View;
use crate::ui::tool::Tool;
use egui::{CursorIcon, Key, Modifiers, PointerButton, Rect, Role, Sense, Ui, Vec2, WidgetInfo};
use gesture::Held;
use lifted::Lifted;
use std::sync::Arc;

/// What the tool remembers between frames.
#[derive(Default)]
pub struct Hand {
    held: Held,
    lifted: Option<Arc<Lifted>>,
}

/// Whether a drag beginning at the pointer moves the selection and must not pan.
pub fn wants_drag(ui: &Ui, hand: &Hand, view: &View) -> bool {
    let at = ui.input(|input| input.pointer.press_origin().or(input.pointer.hover_pos()));
    let holds = |lifted: &Arc<Lifted>| at.is_some_and(|at| lifted.holds(view.unproject(at)));
    hand.held.is_pointer() || hand.lifted.as_ref().is_some_and(holds)
}

pub fn ui(ui: &Ui, desk: &Desk, hand: &mut Hand) -> Vec<Action> {
    if hand.lifted.is_none() {
        desk.take_keyboard();
    }
    let as_before = hand.lifted.take().filter(|lifted| lifted.is_of(desk));
    if as_before.is_none() {
        // What was begun was begun on something else.
        hand.held = Held::Nothing;
    }
    let Some(lifted) = as_before.or_else(|| Lifted::of(desk).map(Arc::new)) else {
        return vec![Action::SetTool(Tool::Select)];
    };
    hand.lifted = Some(lifted.clone());
    match (&hand.held, desk.consumes(Modifiers::NONE, Key::Escape)) {
        (Held::Nothing, true) => return vec![Action::SetTool(Tool::Select)],
        // Back to where it lay.
        (_, true) => hand.held = Held::Nothing,
        _ => {}
    }
    let handle = turn_handle(ui, desk, &lifted);
    begin(desk, hand, &lifted, &handle);
    let mut actions = Vec::new();
    if hand.held.follow(desk, &lifted) {
        actions.extend(edit(desk, &hand.held, &lifted));
        hand.held = Held::Nothing;
    }
    if desk.consumes(Modifiers::NONE, Key::Enter) {
        actions.push(Action::SetTool(Tool::Select));
    }
    cursor(desk, hand, &lifted, &handle);
    paint::paint(desk, &hand.held, &lifted, handle.rect.center());
    actions
}

/// A ring above the selection, or at the edge of the map where that is out of view.
fn turn_handle(ui: &Ui, desk: &Desk, lifted: &Lifted) -> egui::Response {
    const ABOVE_POINTS: f32 = 34.0;
    let top = lifted.extent(&desk.view).center_top();
    let room = desk.view.rect.shrink(3.0 * REACH_POINTS);
    let at = (top - Vec2::new(0.0, ABOVE_POINTS)).clamp(room.min, room.max);
    let rect = Rect::from_center_size(at, Vec2::splat(3.0 * REACH_POINTS));
    let response = ui.interact(rect, ui.scope_id().with("turn"), Sense::DRAG);
    let name = desk.language.text("shapes.turn");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
    response
}

fn begin(desk: &Desk, hand: &mut Hand, lifted: &Lifted, handle: &egui::Response) {
    let Some(at) = desk.press_origin().map(|at| desk.view.unproject(at)) else {
        return;
    };
    if handle.drag_started_by(PointerButton::Primary) {
        hand.held = Held::turn(lifted.middle, at);
    } else if desk.response.drag_started_by(PointerButton::Primary) && lifted.holds(at) {
        hand.held = Held::shift(at);
    }
}

/// The edit that a finished gesture is.
fn edit(desk: &Desk, held: &Held, lifted: &Lifted) -> Option<Action> {
    let change = held.change(desk, lifted)?;
    let all = lifted.ids.iter().zip(&lifted.boundaries);
    let boundaries = all
        .map(|(id, boundary)| (*id, Arc::new(change.of(boundary))))
        .collect();
    Some(Action::Edit(Command::ReshapeMany {
        boundaries,
        gesture: change.gesture(),
    }))
}

fn cursor(desk: &Desk, hand: &Hand, lifted: &Lifted, handle: &egui::Response) {
    let over = desk.pointer().map(|at| desk.view.unproject(at));
    let icon = match over.is_some_and(|at| lifted.holds(at)) {
        _ if handle.contains_pointer() => CursorIcon::Grab,
        _ if hand.held.is_pointer() => CursorIcon::Move,
        true => CursorIcon::Move,
        false => return,
    };
    desk.response.ctx.set_cursor_icon(icon);
}
