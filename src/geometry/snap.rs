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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::distance_m;
    use crate::geometry::fixtures::{at, line, rectangle};

    #[test]
    fn a_corner_within_reach_wins_over_a_nearer_side() {
        let block = rectangle(0.0, 0.0, 100.0, 60.0);
        let cases = [
            (
                "on a corner",
                (0.0, 0.0),
                Some((SnapTarget::Vertex, (0.0, 0.0))),
            ),
            (
                "near a corner",
                (4.0, 1.0),
                Some((SnapTarget::Vertex, (0.0, 0.0))),
            ),
            (
                "near a side",
                (50.0, 3.0),
                Some((SnapTarget::Edge, (50.0, 0.0))),
            ),
            (
                "near a side, outside",
                (50.0, -3.0),
                Some((SnapTarget::Edge, (50.0, 0.0))),
            ),
            ("in the middle", (50.0, 30.0), None),
            ("far off", (500.0, 0.0), None),
        ];
        for (name, pointer, expected) in cases {
            let found = nearest(at(pointer.0, pointer.1), 5.0, [&block]);
            assert_eq!(
                found.map(|snap| snap.to),
                expected.map(|(to, _)| to),
                "{name}"
            );
            if let (Some(snap), Some((_, place))) = (found, expected) {
                assert!(distance_m(snap.at, at(place.0, place.1)) < 1e-3, "{name}");
            }
        }
    }

    #[test]
    fn a_corner_snapped_to_keeps_its_bits() {
        let block = rectangle(0.1, 0.2, 33.3, 44.4);
        for corner in geo::CoordsIter::coords_iter(&block) {
            let near = LonLat::new(corner.x + 1e-6, corner.y - 1e-6);
            assert_eq!(nearest(near, 1.0, [&block]).unwrap().at, corner.into());
        }
    }

    #[test]
    fn ties_do_not_depend_on_the_order_of_shapes() {
        let (left, right) = (
            rectangle(0.0, 0.0, 10.0, 10.0),
            rectangle(12.0, 0.0, 10.0, 10.0),
        );
        let pointer = at(11.0, 5.0);
        let one = nearest(pointer, 5.0, [&left, &right]);
        assert_eq!(one, nearest(pointer, 5.0, [&right, &left]));
        assert_eq!(one.unwrap().to, SnapTarget::Edge);
    }

    #[test]
    fn the_best_of_several_closes_the_ring_first_and_takes_the_reference_last() {
        let pointer = at(1.0, 1.0);
        let block = rectangle(0.0, 0.0, 10.0, 10.0);
        let reference = rectangle(1.0, 1.0, 10.0, 10.0);
        let sketch = line(&[(2.0, 2.0), (9.0, 9.0)]);
        let of_survey = nearest(pointer, 5.0, [&block]);
        let of_reference = nearest(pointer, 5.0, [&reference]).map(Snap::of_reference);
        let of_sketch = start_of_sketch(pointer, 5.0, &sketch);
        let all = [of_reference, of_survey, of_sketch];
        let to = |snaps: &[Option<Snap>]| best(snaps.iter().flatten().copied()).map(|s| s.to);
        assert_eq!(to(&all), Some(SnapTarget::SketchStart));
        assert_eq!(to(&all[..2]), Some(SnapTarget::Vertex));
        assert_eq!(to(&all[..1]), Some(SnapTarget::ReferenceVertex));
        assert_eq!(start_of_sketch(pointer, 5.0, &[]), None);
    }

    #[test]
    fn open_lines_have_no_side_between_their_ends() {
        let lane = line(&[(0.0, 0.0), (50.0, 0.0), (50.0, 50.0)]);
        let middle = at(25.0, 25.0);
        assert_eq!(nearest_on_lines(middle, 5.0, [lane.as_slice()]), None);
        let beside = nearest_on_lines(at(25.0, 1.0), 5.0, [lane.as_slice()]);
        assert_eq!(beside.unwrap().to, SnapTarget::Edge);
    }

    #[test]
    fn a_shape_with_positions_that_are_none_is_passed_over() {
        let broken = geo::Polygon::new(
            geo::LineString(vec![
                Coord {
                    x: f64::NAN,
                    y: 28.0,
                },
                Coord {
                    x: 115.9,
                    y: f64::INFINITY,
                },
            ]),
            vec![],
        );
        assert_eq!(nearest(at(0.0, 0.0), 5.0, [&Boundary::from(broken)]), None);
    }
}
