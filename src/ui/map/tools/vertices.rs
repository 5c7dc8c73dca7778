//! Edit vertices: corners are dragged, a drag on a side's middle makes a corner, Delete or a
//! right click takes one away. One gesture is one edit.

use super::readout::area_text;
use super::ring::{
    Corner, RingProblem, corners, problem_text, with_inserted, with_moved, with_removed,
};
use super::{Desk, REACH_POINTS};
use crate::edit::Command;
use crate::geodesy::measure::area_m2;
use crate::geometry::validity::is_sound;
use crate::model::{Boundary, EstateId, LonLat, Survey};
use crate::ui::action::Action;
use crate::ui::map::labels::paint_haloed;
use crate::ui::map::outline::{self, Dash};
use crate::ui::theme::MAP_LABEL_SIZE;
use crate::ui::tool::Tool;
use egui::{
    CursorIcon, FontId, Key, Modifiers, PointerButton, Pos2, Rect, Response, Sense, Stroke, Ui,
    Vec2, vec2,
};
use std::sync::Arc;

/// A corner in the hand, and the boundary as it would be.
#[derive(Clone, Debug)]
pub struct Grab {
    estate: EstateId,
    corner: Corner,
    boundary: Boundary,
    /// From the pointer to the corner when it was taken.
    offset: Vec2,
}

/// Beyond this many corners in view only some get a handle; zooming in gives the others theirs.
const MOST_HANDLES: usize = 400;
/// A side shorter than this on the screen has no room for a middle.
const MIDDLE_FROM_POINTS: f32 = 34.0;

pub fn ui(
    ui: &Ui,
    desk: &Desk,
    survey: &Survey,
    estate: EstateId,
    grab: &mut Option<Grab>,
) -> Vec<Action> {
    let Some(stored) = survey
        .estate(estate)
        .and_then(|record| record.boundary.clone())
    else {
        *grab = None;
        return vec![Action::SetTool(Tool::Select)];
    };
    grab.take_if(|grab| grab.estate != estate);
    let mut actions = Vec::new();
    let handles = handles(ui, desk, estate, &stored);
    if grab.is_none() {
        *grab = handles
            .iter()
            .find_map(|handle| handle.grabbed(desk, estate, &stored));
    }
    let hovered = handles
        .iter()
        .find(|handle| handle.response.contains_pointer());
    match grab {
        Some(held) => {
            held.follow(ui, desk);
            if !ui.input(|input| input.pointer.primary_down()) {
                actions.extend(held.released(desk, &stored));
                *grab = None;
            }
        }
        None => actions.extend(removal(ui, desk, estate, &stored, &handles, hovered)),
    }
    if !ui.ctx().text_edit_focused()
        && ui.input_mut(|input| {
            input.consume_key(Modifiers::NONE, Key::Escape)
                || input.consume_key(Modifiers::NONE, Key::Enter)
        })
    {
        match grab.take() {
            // The first Escape lets the corner go back to where it was.
            Some(_) => {}
            None => actions.push(Action::SetTool(Tool::Select)),
        }
    }
    if hovered.is_some() || grab.is_some() {
        ui.ctx().set_cursor_icon(CursorIcon::Grab);
    }
    let shown = grab.as_ref().map_or(&*stored, |grab| &grab.boundary);
    paint(desk, shown, hovered);
    actions
}

struct Handle {
    kind: HandleKind,
    at: Pos2,
    response: Response,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HandleKind {
    Corner(Corner),
    /// The middle of the side that begins at the corner.
    Middle(Corner),
}

/// The handles in view, each a widget of its own above the map, so that dragging one does not pan.
fn handles(ui: &Ui, desk: &Desk, estate: EstateId, boundary: &Boundary) -> Vec<Handle> {
    let all = corners(boundary);
    let inside = |at: Pos2| desk.view.rect.contains(at);
    let seen = all.iter().filter(|(_, at)| inside(desk.view.project(*at)));
    let every = seen.count().div_ceil(MOST_HANDLES).max(1);
    let sense = Sense::click_and_drag();
    let widget = |kind: HandleKind, at: Pos2| {
        let (name, corner) = match kind {
            HandleKind::Corner(corner) => ("corner", corner),
            HandleKind::Middle(corner) => ("middle", corner),
        };
        let id = ui.scope_id().with((name, estate, corner));
        let rect = Rect::from_center_size(at, Vec2::splat(2.0 * REACH_POINTS));
        Handle {
            kind,
            at,
            response: ui.interact(rect, id, sense),
        }
    };
    let mut handles = Vec::new();
    for (index, (corner, at)) in all.iter().enumerate().step_by(every) {
        let here = desk.view.project(*at);
        let next = following(&all, index);
        let there = desk.view.project(next);
        let middle = here + (there - here) / 2.0;
        if here.distance(there) >= MIDDLE_FROM_POINTS && inside(middle) {
            handles.push(widget(HandleKind::Middle(*corner), middle));
        }
    }
    // Corners after middles: the later widget is on top.
    for (corner, at) in all.iter().step_by(every) {
        let here = desk.view.project(*at);
        if inside(here) {
            handles.push(widget(HandleKind::Corner(*corner), here));
        }
    }
    handles
}

/// The corner after `index` in the same ring.
fn following(all: &[(Corner, LonLat)], index: usize) -> LonLat {
    let (corner, at) = all[index];
    let same_ring = |other: &Corner| (other.polygon, other.ring) == (corner.polygon, corner.ring);
    let next = all.get(index + 1).filter(|(other, _)| same_ring(other));
    let first = || all.iter().find(|(other, _)| same_ring(other));
    next.or_else(first).map_or(at, |(_, at)| *at)
}

impl Handle {
    fn grabbed(&self, desk: &Desk, estate: EstateId, stored: &Boundary) -> Option<Grab> {
        if !self.response.drag_started_by(PointerButton::Primary) {
            return None;
        }
        let pressed = self
            .response
            .ctx
            .input(|input| input.pointer.press_origin());
        let offset = self.at - pressed.unwrap_or(self.at);
        let (corner, boundary) = match self.kind {
            HandleKind::Corner(corner) => (corner, stored.clone()),
            HandleKind::Middle(corner) => {
                let at = desk.view.unproject(self.at);
                let position = corner.position + 1;
                let added = Corner { position, ..corner };
                (added, with_inserted(stored, corner, at))
            }
        };
        Some(Grab {
            estate,
            corner,
            boundary,
            offset,
        })
    }
}

impl Grab {
    fn follow(&mut self, ui: &Ui, desk: &Desk) {
        if let Some(pointer) = ui.input(|input| input.pointer.interact_pos()) {
            let to = desk.view.unproject(pointer + self.offset);
            self.boundary = with_moved(&self.boundary, self.corner, to);
        }
    }

    fn released(&self, desk: &Desk, stored: &Boundary) -> Option<Action> {
        if self.boundary == *stored {
            return None;
        }
        Some(reshape(desk, self.estate, self.boundary.clone()))
    }
}

fn reshape(desk: &Desk, estate: EstateId, boundary: Boundary) -> Action {
    match is_sound(&boundary) {
        true => Action::Edit(Command::Reshape {
            estate,
            boundary: Arc::new(boundary),
        }),
        false => Action::Notice(problem_text(RingProblem::CrossesItself, desk.language)),
    }
}

/// A right click on a corner, or Delete over it.
fn removal(
    ui: &Ui,
    desk: &Desk,
    estate: EstateId,
    stored: &Boundary,
    handles: &[Handle],
    hovered: Option<&Handle>,
) -> Option<Action> {
    let clicked = handles
        .iter()
        .find(|handle| handle.response.clicked_by(PointerButton::Secondary));
    let deleted = hovered.filter(|_| {
        !ui.ctx().text_edit_focused()
            && ui.input_mut(|input| {
                input.consume_key(Modifiers::NONE, Key::Delete)
                    || input.consume_key(Modifiers::NONE, Key::Backspace)
            })
    });
    let HandleKind::Corner(corner) = clicked.or(deleted)?.kind else {
        return None;
    };
    Some(match with_removed(stored, corner) {
        Ok(boundary) => reshape(desk, estate, boundary),
        Err(problem) => Action::Notice(problem_text(problem, desk.language)),
    })
}

fn paint(desk: &Desk, boundary: &Boundary, hovered: Option<&Handle>) {
    let palette = desk.palette;
    let color = match is_sound(boundary) {
        true => palette.sketch,
        false => palette.invalid,
    };
    let rings = outline::rings(boundary, &desk.view);
    let stroke = Stroke::new(2.0, color);
    outline::paint_with_halo(desk.painter, &rings, stroke, palette.halo, Dash::Solid);
    let all = corners(boundary);
    for (index, (corner, at)) in all.iter().enumerate() {
        let here = desk.view.project(*at);
        let there = desk.view.project(following(&all, index));
        let is = |kind| hovered.is_some_and(|handle| handle.kind == kind);
        let edge = Stroke::new(1.5, color);
        if here.distance(there) >= MIDDLE_FROM_POINTS {
            let radius = if is(HandleKind::Middle(*corner)) {
                5.0
            } else {
                3.0
            };
            let middle = here + (there - here) / 2.0;
            desk.painter.circle(middle, radius, color, Stroke::NONE);
        }
        let radius = if is(HandleKind::Corner(*corner)) {
            7.0
        } else {
            5.0
        };
        desk.painter.circle(here, radius, palette.handle, edge);
    }
    if let Some(pointer) = desk.pointer() {
        let text = area_text(area_m2(boundary), desk.language);
        let font = FontId::proportional(MAP_LABEL_SIZE);
        let galley = desk.painter.layout_no_wrap(text, font, palette.label);
        let at = pointer + vec2(14.0, 12.0);
        paint_haloed(desk.painter, at, galley, palette.label, palette.halo);
    }
}
