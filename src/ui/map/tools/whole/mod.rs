//! Move and rotate: what is selected goes whole. A drag inside moves it, the ring above turns it,
//! the arrow keys do both. One gesture is one edit.

mod gesture;
mod paint;

use super::{Desk, REACH_POINTS};
use crate::edit::Command;
use crate::geometry::transform::centre;
use crate::model::{Boundary, EstateId, LonLat, Survey};
use crate::ui::action::Action;
use crate::ui::map::view::View;
use crate::ui::tool::Tool;
use egui::{
    CursorIcon, Key, Modifiers, PointerButton, Pos2, Rect, Role, Sense, Ui, Vec2, WidgetInfo,
};
use geo::Intersects;
use gesture::Held;
use std::sync::Arc;

/// What is moved: boundaries of records that count, by key.
type Whole = Vec<(EstateId, Arc<Boundary>)>;

/// What the tool remembers between frames.
#[derive(Default)]
pub struct Hand {
    held: Held,
    /// Which state of the survey `held` was begun on.
    revision: Option<u64>,
}

/// Whether a drag beginning at the pointer moves the selection and must not pan.
pub fn wants_drag(
    ui: &Ui,
    hand: &Hand,
    view: &View,
    survey: &Survey,
    selection: &[EstateId],
) -> bool {
    if hand.held.is_pointer() {
        return true;
    }
    let at = ui.input(|input| input.pointer.press_origin().or(input.pointer.hover_pos()));
    at.is_some_and(|at| {
        let ids = selection.iter().filter_map(|id| survey.estate(*id));
        ids.filter_map(|estate| estate.boundary.as_deref())
            .any(|boundary| boundary.intersects(&geo::Coord::from(view.unproject(at))))
    })
}

pub fn ui(ui: &Ui, desk: &Desk, hand: &mut Hand) -> Vec<Action> {
    let whole = whole(desk);
    let boundaries: Vec<_> = whole.iter().map(|(_, boundary)| &**boundary).collect();
    let Some(middle) = centre(&boundaries) else {
        return vec![Action::SetTool(Tool::Select)];
    };
    match hand.revision.replace(desk.revision) {
        None => desk.take_keyboard(),
        Some(before) if before != desk.revision => hand.held = Held::Nothing,
        Some(_) => {}
    }
    let escaped = desk.consumes(Modifiers::NONE, Key::Escape);
    let mut actions = Vec::new();
    match (&hand.held, escaped) {
        (Held::Nothing, true) => return vec![Action::SetTool(Tool::Select)],
        // Back to where it lay.
        (_, true) => hand.held = Held::Nothing,
        _ => {}
    }
    let handle = turn_handle(ui, desk, &boundaries);
    begin(desk, hand, &whole, middle, &handle);
    if hand.held.follow(desk, &whole) {
        actions.extend(edit(&whole, &hand.held, desk));
        hand.held = Held::Nothing;
    }
    if desk.consumes(Modifiers::NONE, Key::Enter) {
        actions.push(Action::SetTool(Tool::Select));
    }
    cursor(ui, desk, hand, &boundaries, &handle);
    paint::paint(desk, hand, &whole, middle, handle.rect.center());
    actions
}

fn whole(desk: &Desk) -> Whole {
    let estates = desk
        .selection
        .iter()
        .filter_map(|id| desk.survey.estate(*id));
    estates
        .filter(|estate| estate.standing.is_counted())
        .filter_map(|estate| Some((estate.id, estate.boundary.clone()?)))
        .collect()
}

/// A ring above the selection, or at the edge of the map where that is out of view.
fn turn_handle(ui: &Ui, desk: &Desk, boundaries: &[&Boundary]) -> egui::Response {
    const ABOVE_POINTS: f32 = 34.0;
    let extent = extent(desk, boundaries);
    let room = desk.view.rect.shrink(3.0 * REACH_POINTS);
    let at = extent.center_top() - Vec2::new(0.0, ABOVE_POINTS);
    let at = at.clamp(room.min, room.max);
    let rect = Rect::from_center_size(at, Vec2::splat(3.0 * REACH_POINTS));
    let response = ui.interact(rect, ui.scope_id().with("turn"), Sense::DRAG);
    let name = desk.language.text("shapes.turn");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.clone()));
    response
}

/// What encloses the boundaries on the screen.
fn extent(desk: &Desk, boundaries: &[&Boundary]) -> Rect {
    use geo::BoundingRect;
    let extents = boundaries
        .iter()
        .filter_map(|boundary| boundary.bounding_rect());
    let corners = extents.flat_map(|extent| [extent.min(), extent.max()]);
    let corners: Vec<Pos2> = corners.map(|at| desk.view.project(at.into())).collect();
    Rect::from_points(&corners)
}

fn begin(desk: &Desk, hand: &mut Hand, whole: &Whole, middle: LonLat, handle: &egui::Response) {
    let Some(at) = desk.press_origin().map(|at| desk.view.unproject(at)) else {
        return;
    };
    if handle.drag_started_by(PointerButton::Primary) {
        hand.held = Held::turn(middle, at);
    } else if desk.response.drag_started_by(PointerButton::Primary) && holds(whole, at) {
        hand.held = Held::shift(at);
    }
}

fn holds(whole: &Whole, at: LonLat) -> bool {
    let at = geo::Coord::from(at);
    whole.iter().any(|(_, boundary)| boundary.intersects(&at))
}

/// The edit that a finished gesture is.
fn edit(whole: &Whole, held: &Held, desk: &Desk) -> Option<Action> {
    let change = held.change(desk, whole)?;
    let boundaries = whole
        .iter()
        .map(|(id, boundary)| (*id, Arc::new(change.of(boundary))))
        .collect();
    Some(Action::Edit(Command::ReshapeMany {
        boundaries,
        gesture: change.gesture(),
    }))
}

fn cursor(ui: &Ui, desk: &Desk, hand: &Hand, boundaries: &[&Boundary], handle: &egui::Response) {
    let over = desk
        .pointer()
        .map(|at| geo::Coord::from(desk.view.unproject(at)));
    let is_inside = over.is_some_and(|at| boundaries.iter().any(|b| b.intersects(&at)));
    if handle.contains_pointer() {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    } else if hand.held.is_pointer() || is_inside {
        ui.ctx().set_cursor_icon(CursorIcon::Move);
    }
}
