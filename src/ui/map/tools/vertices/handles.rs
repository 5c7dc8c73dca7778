//! The handles of a boundary: a widget on each corner, and one on the middle of each side.

use super::Desk;
use crate::model::{Boundary, EstateId, LonLat};
use crate::ui::map::tools::REACH_POINTS;
use crate::ui::map::tools::corners::OUTER;
use crate::ui::map::tools::ring::{Corner, corners};
use egui::{Pos2, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

/// Beyond this many corners in view only some get a handle; zooming in gives the others theirs.
const MOST_HANDLES: usize = 400;
/// A side shorter than this on the screen has no room for a middle.
pub const MIDDLE_FROM_POINTS: f32 = 34.0;

pub struct Handle {
    pub kind: HandleKind,
    pub place: LonLat,
    /// The same on the screen.
    pub at: Pos2,
    pub response: Response,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleKind {
    Corner(Corner),
    /// The middle of the side that begins at the corner.
    Middle(Corner),
}

/// The handles in view, each a widget of its own above the map, so that dragging one does not pan.
pub fn handles(ui: &Ui, desk: &Desk, estate: EstateId, boundary: &Boundary) -> Vec<Handle> {
    let all = corners(boundary);
    let inside = |at: Pos2| desk.view.rect.contains(at);
    let seen = all.iter().filter(|(_, at)| inside(desk.view.project(*at)));
    let every = seen.count().div_ceil(MOST_HANDLES).max(1);
    let widget = |kind: HandleKind, place: LonLat| {
        let (name, corner) = match kind {
            HandleKind::Corner(corner) => ("corner", corner),
            HandleKind::Middle(corner) => ("middle", corner),
        };
        let at = desk.view.project(place);
        let id = ui.scope_id().with((name, estate, corner));
        let rect = Rect::from_center_size(at, Vec2::splat(2.0 * REACH_POINTS));
        let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name_of(desk, kind)));
        Handle {
            kind,
            place,
            at,
            response,
        }
    };
    let mut handles = Vec::new();
    for (index, (corner, at)) in all.iter().enumerate().step_by(every) {
        let next = following(&all, index);
        let middle = LonLat::new((at.lon + next.lon) / 2.0, (at.lat + next.lat) / 2.0);
        let length = desk.view.project(*at).distance(desk.view.project(next));
        if length >= MIDDLE_FROM_POINTS && inside(desk.view.project(middle)) {
            handles.push(widget(HandleKind::Middle(*corner), middle));
        }
    }
    // Corners after middles: the later widget is on top.
    for (corner, at) in all.iter().step_by(every) {
        if inside(desk.view.project(*at)) {
            handles.push(widget(HandleKind::Corner(*corner), *at));
        }
    }
    handles
}

/// "Corner 3", or "Corner 3 of part 2, ring 1" where there are several rings.
fn name_of(desk: &Desk, kind: HandleKind) -> String {
    let (key, corner) = match kind {
        HandleKind::Corner(corner) => ("corner", corner),
        HandleKind::Middle(corner) => ("middle", corner),
    };
    let number = corner.position + 1;
    let key = format!("shapes.{key}");
    match corner.ring_index() == OUTER {
        true => desk.language.text_with(&key, &[("number", &number)]),
        false => desk.language.text_with(
            &format!("{key}_of_ring"),
            &[
                ("number", &number),
                ("part", &(corner.polygon + 1)),
                ("ring", &corner.ring),
            ],
        ),
    }
}

/// The corner after `index` in the same ring.
pub fn following(all: &[(Corner, LonLat)], index: usize) -> LonLat {
    let (corner, at) = all[index];
    let same_ring = |other: &Corner| other.ring_index() == corner.ring_index();
    let next = all.get(index + 1).filter(|(other, _)| same_ring(other));
    // The first of its ring stands as many places before as its position says.
    let first = || index.checked_sub(corner.position).and_then(|i| all.get(i));
    next.or_else(first).map_or(at, |(_, at)| *at)
}
