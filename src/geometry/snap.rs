//! What a pointer near existing shapes means: their corner, or a place on their side.

use super::plane::Plane;
use crate::model::{Boundary, LonLat};
use geo::{ClosestPoint, Coord, Line, Point};

/// A place that the pointer snaps to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Snap {
    /// A corner keeps its exact bits, so that neighbours share it.
    pub at: LonLat,
    pub to: SnapTarget,
    /// From the pointer.
    pub distance_m: f64,
}

/// What kind of place it is, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SnapTarget {
    /// The first corner of the sketch: closes the ring.
    SketchStart,
    Vertex,
    ReferenceVertex,
    Edge,
    ReferenceEdge,
}

impl Snap {
    /// The same place as one of a reference layer.
    pub fn of_reference(self) -> Self {
        let to = match self.to {
            SnapTarget::Vertex => SnapTarget::ReferenceVertex,
            SnapTarget::Edge => SnapTarget::ReferenceEdge,
            other => other,
        };
        Self { to, ..self }
    }
}

/// The place of `shapes` to snap to within `tolerance_m`: a corner wins over a side, then the
/// nearer wins, then the one farther west and south.
pub fn nearest<'a>(
    pointer: LonLat,
    tolerance_m: f64,
    shapes: impl IntoIterator<Item = &'a Boundary>,
) -> Option<Snap> {
    let rings = shapes
        .into_iter()
        .flat_map(|shape| shape.iter())
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    nearest_on(
        pointer,
        tolerance_m,
        rings.map(|ring| ring.0.iter().copied()),
    )
}

/// The same for open lines.
pub fn nearest_on_lines<'a>(
    pointer: LonLat,
    tolerance_m: f64,
    lines: impl IntoIterator<Item = &'a [LonLat]>,
) -> Option<Snap> {
    let lines = lines.into_iter();
    nearest_on(
        pointer,
        tolerance_m,
        lines.map(|line| line.iter().map(|at| Coord::from(*at))),
    )
}

/// The first corner of the sketch, where the pointer is within `tolerance_m` of it.
pub fn start_of_sketch(pointer: LonLat, tolerance_m: f64, sketch: &[LonLat]) -> Option<Snap> {
    let start = nearest_on_lines(pointer, tolerance_m, [sketch.get(..1)?])?;
    Some(Snap {
        to: SnapTarget::SketchStart,
        ..start
    })
}

/// The best of several, e.g. of the survey, the sketch and a reference layer.
pub fn best(snaps: impl IntoIterator<Item = Snap>) -> Option<Snap> {
    snaps.into_iter().min_by(|a, b| {
        a.to.cmp(&b.to)
            .then(a.distance_m.total_cmp(&b.distance_m))
            .then(a.at.lon.total_cmp(&b.at.lon))
            .then(a.at.lat.total_cmp(&b.at.lat))
    })
}

fn nearest_on(
    pointer: LonLat,
    tolerance_m: f64,
    lines: impl Iterator<Item = impl Iterator<Item = Coord>>,
) -> Option<Snap> {
    let plane = Plane::at(pointer);
    let mut found: Option<Snap> = None;
    let mut offer = |snap: Snap| {
        if snap.distance_m <= tolerance_m {
            found = best(found.into_iter().chain([snap]));
        }
    };
    for line in lines {
        let mut previous: Option<Coord> = None;
        for corner in line {
            let metres = plane.to_metres(corner.into());
            offer(Snap {
                at: corner.into(),
                to: SnapTarget::Vertex,
                distance_m: metres.x.hypot(metres.y),
            });
            if let Some(previous) = previous.replace(metres)
                && let Some(place) = on_side(previous, metres)
            {
                offer(Snap {
                    at: plane.to_degrees(place),
                    to: SnapTarget::Edge,
                    distance_m: place.x.hypot(place.y),
                });
            }
        }
    }
    found
}

/// The place of a side nearest to the plane's origin, where it is not one of its ends.
fn on_side(from: Coord, to: Coord) -> Option<Coord> {
    match Line::new(from, to).closest_point(&Point::new(0.0, 0.0)) {
        geo::Closest::SinglePoint(place) | geo::Closest::Intersection(place) => {
            (place.0 != from && place.0 != to).then_some(place.0)
        }
        geo::Closest::Indeterminate => None,
    }
}
