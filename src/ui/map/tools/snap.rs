//! What a corner is drawn to: a vertex or an edge of an estate, of the sketch, of a reference
//! layer. The target is shown with its name before the click.

use super::Desk;
use crate::geometry::snap::{Snap, SnapTarget, best, nearest, nearest_on_lines, start_of_sketch};
use crate::model::{EstateId, LonLat};
use crate::words::fields::record_name;
use egui::{Align2, Pos2, Rect, Shape, Stroke, Vec2, vec2};
use std::collections::BTreeSet;

/// A place that the pointer is drawn to.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    pub at: LonLat,
    pub to: SnapTarget,
    /// Whose vertex or edge it is.
    pub name: String,
}

/// What is being drawn, where a corner may be drawn to it as well.
#[derive(Clone, Copy)]
pub enum Own<'a> {
    /// A line, whose last corner is where it goes on.
    Line(&'a [LonLat]),
    /// A ring, which its first corner closes.
    Ring(&'a [LonLat]),
    /// Estates whose own vertices and edges do not count, because they are in the hand.
    Estates(&'a BTreeSet<EstateId>),
}

impl Desk<'_> {
    /// Whether corners are drawn to what is near: switched on, and not held off with Alt.
    pub fn snaps(&self) -> bool {
        let held_off = self.response.ctx.input(|input| input.modifiers.alt);
        self.aids.snapping.is_on() && !held_off
    }

    /// What a corner at `pointer` is drawn to; `None` where it stays where it is.
    pub fn snap(&self, pointer: Pos2, own: Own) -> Option<Target> {
        let here = self.view.unproject(pointer);
        let tolerance_m = f64::from(self.aids.snap_points) * self.view.metres_per_point();
        if !self.snaps() {
            // Closing the ring is no snapping: it is how a ring is ended.
            let start = own.start(here, tolerance_m)?;
            return Some(self.target(start, None));
        }
        let reach = self.around(pointer);
        let mut near: Vec<_> = self.scene.within(reach).collect();
        near.sort_by_key(|slot| slot.estate.id);
        let of_estates = near.iter().filter_map(|slot| {
            let boundary = slot.boundary().filter(|_| !own.is(slot.estate.id))?;
            let snap = nearest(here, tolerance_m, [boundary])?;
            Some((
                snap,
                Some(record_name(self.language, self.survey, &slot.estate)),
            ))
        });
        let of_own = own.snaps(here, tolerance_m).map(|snap| (snap, None));
        let of_guides = self.guides.iter().filter_map(|guides| {
            let (snap, name) = guides.nearest(here, tolerance_m, reach)?;
            Some((snap, Some(name.to_owned())))
        });
        let all: Vec<_> = of_estates.chain(of_own).chain(of_guides).collect();
        let snap = best(all.iter().map(|(snap, _)| *snap))?;
        let name = all.into_iter().find(|(other, _)| *other == snap)?.1;
        Some(self.target(snap, name))
    }

    fn target(&self, snap: Snap, name: Option<String>) -> Target {
        let own = || self.language.text("map.snap.sketch").into_owned();
        Target {
            at: snap.at,
            to: snap.to,
            name: name.unwrap_or_else(own),
        }
    }

    /// What lies within the tolerance of `pointer`, in degrees.
    pub fn around(&self, pointer: Pos2) -> geo::Rect {
        // A point more: estates are compared by rounded extents.
        let reach = Vec2::splat(self.aids.snap_points + 1.0);
        let corner = |at: Pos2| geo::Coord::from(self.view.unproject(at));
        geo::Rect::new(corner(pointer - reach), corner(pointer + reach))
    }

    /// A square on a vertex, a cross on an edge, a ring on the first corner, and the name.
    pub fn paint_target(&self, target: &Target) {
        const SIZE: f32 = 7.0;
        let at = self.view.project(target.at);
        let color = self.palette.snap;
        let halo = Stroke::new(4.5, self.palette.halo);
        let line = Stroke::new(2.0, color);
        let square = Rect::from_center_size(at, Vec2::splat(2.0 * SIZE));
        for stroke in [halo, line] {
            match target.to {
                SnapTarget::SketchStart => {
                    self.painter.circle_stroke(at, SIZE + 1.0, stroke);
                }
                SnapTarget::Vertex | SnapTarget::ReferenceVertex => {
                    let inside = egui::StrokeKind::Middle;
                    self.painter.rect_stroke(square, 0.0, stroke, inside);
                }
                SnapTarget::Edge | SnapTarget::ReferenceEdge => {
                    let ends = [
                        [square.left_top(), square.right_bottom()],
                        [square.left_bottom(), square.right_top()],
                    ];
                    let lines = ends.map(|ends| Shape::line_segment(ends, stroke));
                    self.painter.extend(lines);
                }
            }
        }
        let key = match target.to {
            SnapTarget::SketchStart => "map.snap.start",
            SnapTarget::Vertex | SnapTarget::ReferenceVertex => "map.snap.vertex",
            SnapTarget::Edge | SnapTarget::ReferenceEdge => "map.snap.edge",
        };
        let text = self.language.text_with(key, &[("name", &target.name)]);
        // Above the pointer: what is measured stands below it.
        let corner = at + vec2(SIZE + 5.0, -SIZE - 2.0);
        self.write(corner, Align2::LEFT_BOTTOM, [(text.as_str(), color)]);
    }
}

impl Own<'_> {
    fn is(&self, estate: EstateId) -> bool {
        matches!(self, Self::Estates(own) if own.contains(&estate))
    }

    fn start(&self, here: LonLat, tolerance_m: f64) -> Option<Snap> {
        match self {
            // Below three corners there is nothing to close.
            Self::Ring(ring) if ring.len() >= 3 => start_of_sketch(here, tolerance_m, ring),
            _ => None,
        }
    }

    fn snaps(&self, here: LonLat, tolerance_m: f64) -> impl Iterator<Item = Snap> {
        let corners = match self {
            Self::Ring(corners) | Self::Line(corners) => *corners,
            Self::Estates(_) => &[],
        };
        // Not the corner that was set last: a second one on it is a slip of the hand.
        let before = &corners[..corners.len().saturating_sub(1)];
        let start = self.start(here, tolerance_m);
        start
            .into_iter()
            .chain(nearest_on_lines(here, tolerance_m, [before]))
    }
}
