//! What is wrong with a boundary, as data (E05). Drafts are saved all the same: nothing here is
//! refused, and nothing panics, whatever a file held.
//!
//! A ring that is not closed cannot be told apart here: `geo::Polygon` closes every ring it gets.

use crate::model::{Boundary, LonLat};
use geo::algorithm::line_intersection::{LineIntersection, line_intersection};
use geo::algorithm::validation::{InvalidMultiPolygon, InvalidPolygon, RingRole};
use geo::kernels::{Kernel, Orientation, RobustKernel};
use geo::{
    Area, BoundingRect, ConvexHull, Coord, Intersects, Line, LineString, MultiPolygon, Polygon,
    Validation,
};
use serde::Serialize;

/// Which ring of a boundary, counted from 0; ring 0 of a polygon is its outer one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RingIndex {
    pub polygon: usize,
    pub ring: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum BoundaryProblem {
    /// No polygon at all, or one without an outer ring.
    Empty,
    /// A coordinate that is no number, or no place on Earth.
    BadPosition { at: RingIndex },
    /// Fewer than three different positions.
    TooFewPositions { at: RingIndex },
    /// The ring crosses or touches itself, here.
    SelfCrossing { at: RingIndex, position: LonLat },
    /// All on one line.
    ZeroArea { at: RingIndex },
    /// The same position twice in a row: harmless, but a slip of the hand.
    RepeatedPosition { at: RingIndex, position: LonLat },
    /// A hole that is not inside the outer ring, or shares a side with it.
    HoleOutside { at: RingIndex },
    /// Two holes of one polygon that share ground or a side.
    HolesOverlap { at: RingIndex, other: RingIndex },
    /// Two polygons of the boundary that share ground: it would be counted twice.
    PolygonsOverlap { polygon: usize, other: usize },
    /// Two polygons that share a side and should be one.
    PolygonsTouch { polygon: usize, other: usize },
}

impl BoundaryProblem {
    /// Whether the boundary encloses its ground all the same.
    pub fn is_harmless(&self) -> bool {
        matches!(self, Self::RepeatedPosition { .. })
    }
}

/// Everything wrong with `boundary`, in the order of its polygons and rings; empty where it is sound.
pub fn problems(boundary: &Boundary) -> Vec<BoundaryProblem> {
    if boundary.0.is_empty() {
        return vec![BoundaryProblem::Empty];
    }
    let mut problems = Vec::new();
    // Sound polygons only are compared with each other: geo's topology expects them.
    let mut sound = Vec::new();
    for (index, polygon) in boundary.iter().enumerate() {
        let found = polygon_problems(index, polygon);
        if found.iter().all(BoundaryProblem::is_harmless) {
            sound.push((index, polygon));
        }
        problems.extend(found);
    }
    for (position, (index, polygon)) in sound.iter().enumerate() {
        for (other_index, other) in &sound[position + 1..] {
            problems.extend(pair_problem(*index, polygon, *other_index, other));
        }
    }
    problems
}

/// Whether `boundary` encloses its ground: nothing is wrong with it, or nothing that matters.
pub fn is_sound(boundary: &Boundary) -> bool {
    problems(boundary).iter().all(BoundaryProblem::is_harmless)
}

fn polygon_problems(index: usize, polygon: &Polygon) -> Vec<BoundaryProblem> {
    if polygon.exterior().0.is_empty() {
        return vec![BoundaryProblem::Empty];
    }
    let mut problems = Vec::new();
    for (ring_index, ring) in rings(polygon).enumerate() {
        let at = RingIndex {
            polygon: index,
            ring: ring_index,
        };
        problems.extend(ring_problem(at, ring));
    }
    let rings_are_sound = problems.iter().all(BoundaryProblem::is_harmless);
    if rings_are_sound && !polygon.interiors().is_empty() {
        let found = polygon.validation_errors();
        problems.extend(found.into_iter().map(|error| hole_problem(index, error)));
    }
    // geo names a hole that lies along the outer ring twice over.
    problems.dedup();
    problems
}

fn rings(polygon: &Polygon) -> impl Iterator<Item = &LineString> {
    std::iter::once(polygon.exterior()).chain(polygon.interiors())
}

/// The gravest problem of one ring alone.
fn ring_problem(at: RingIndex, ring: &LineString) -> Option<BoundaryProblem> {
    // First of all: topology on "not a number" would panic.
    if !ring.0.iter().all(|at| LonLat::from(*at).is_on_earth()) {
        return Some(BoundaryProblem::BadPosition { at });
    }
    if is_plainly_simple(ring) {
        return None;
    }
    // A ring without the position that closes it, as a polygon of its own.
    let alone = Polygon::new(ring.clone(), Vec::new());
    let positions = &alone.exterior().0;
    let repeated = positions.windows(2).find(|pair| pair[0] == pair[1]);
    match alone.validation_errors().into_iter().next() {
        Some(InvalidPolygon::TooFewPointsInRing(_)) => {
            Some(BoundaryProblem::TooFewPositions { at })
        }
        // Not the ring's own area: that of a bow tie is zero too.
        _ if alone.convex_hull().unsigned_area() == 0.0 => Some(BoundaryProblem::ZeroArea { at }),
        Some(_) => Some(BoundaryProblem::SelfCrossing {
            at,
            position: first_crossing(ring).unwrap_or(positions[0]).into(),
        }),
        None => repeated.map(|pair| BoundaryProblem::RepeatedPosition {
            at,
            position: pair[0].into(),
        }),
    }
}

/// Beyond so many sides the full check, which does not compare each with each, is the quicker one.
const MOST_COMPARED: usize = 64;
/// Degrees below which areas come near to what a float calls nothing.
const LEAST_REACH: f64 = 1e-9;

/// Whether no two sides of a ring meet but neighbours in their corner: so it is with nearly every
/// ring, and told in a fraction of the time that the full check takes. "No" only means to look
/// closer.
fn is_plainly_simple(ring: &LineString) -> bool {
    let count = ring.0.len().saturating_sub(1);
    if !(3..=MOST_COMPARED).contains(&count) || !ring.is_closed() {
        return false;
    }
    let reaches = |rect: geo::Rect| rect.width() > LEAST_REACH && rect.height() > LEAST_REACH;
    if !ring.bounding_rect().is_some_and(reaches) {
        return false;
    }
    let turns =
        |a: Coord, b: Coord, c: Coord| RobustKernel::orient2d(a, b, c) != Orientation::Collinear;
    let corners = &ring.0;
    let is_bent = turns(corners[count - 1], corners[0], corners[1])
        && corners.windows(3).all(|at| turns(at[0], at[1], at[2]));
    let side = |index: usize| Line::new(corners[index], corners[index + 1]);
    is_bent
        && (0..count).all(|first| {
            // Neighbours are left out: they meet, and are no fold where the ring is bent.
            let last = if first == 0 { count - 1 } else { count };
            (first + 2..last).all(|second| are_apart(side(first), side(second)))
        })
}

/// Whether two sides plainly have no point in common.
fn are_apart(one: Line, other: Line) -> bool {
    let beside = |a: [f64; 2], b: [f64; 2]| a[0].max(a[1]) < b[0].min(b[1]);
    let (x, other_x) = ([one.start.x, one.end.x], [other.start.x, other.end.x]);
    let (y, other_y) = ([one.start.y, one.end.y], [other.start.y, other.end.y]);
    let on_one_side = |line: Line, of: Line| {
        let start = RobustKernel::orient2d(line.start, line.end, of.start);
        let end = RobustKernel::orient2d(line.start, line.end, of.end);
        start == end && start != Orientation::Collinear
    };
    beside(x, other_x)
        || beside(other_x, x)
        || beside(y, other_y)
        || beside(other_y, y)
        || on_one_side(one, other)
        || on_one_side(other, one)
}

/// Where a ring first meets itself other than at the end that two neighbouring sides share.
fn first_crossing(ring: &LineString) -> Option<Coord> {
    let sides: Vec<_> = ring.lines().filter(|side| side.start != side.end).collect();
    for (index, side) in sides.iter().enumerate() {
        for other in &sides[index + 1..] {
            match line_intersection(*side, *other) {
                Some(LineIntersection::SinglePoint { intersection, .. })
                    if side.end != other.start && side.start != other.end =>
                {
                    return Some(intersection);
                }
                Some(LineIntersection::Collinear { intersection })
                    if intersection.start != intersection.end =>
                {
                    return Some(intersection.start);
                }
                _ => {}
            }
        }
    }
    None
}

fn hole_problem(polygon: usize, error: InvalidPolygon) -> BoundaryProblem {
    let at = |role: RingRole| RingIndex {
        polygon,
        ring: match role {
            RingRole::Exterior => 0,
            RingRole::Interior(hole) => hole + 1,
        },
    };
    match error {
        InvalidPolygon::IntersectingRingsOnALine(RingRole::Exterior, hole)
        | InvalidPolygon::IntersectingRingsOnAnArea(RingRole::Exterior, hole)
        | InvalidPolygon::InteriorRingNotContainedInExteriorRing(hole) => {
            BoundaryProblem::HoleOutside { at: at(hole) }
        }
        InvalidPolygon::IntersectingRingsOnALine(one, other)
        | InvalidPolygon::IntersectingRingsOnAnArea(one, other) => BoundaryProblem::HolesOverlap {
            at: at(one),
            other: at(other),
        },
        InvalidPolygon::TooFewPointsInRing(ring) => {
            BoundaryProblem::TooFewPositions { at: at(ring) }
        }
        InvalidPolygon::NonFiniteCoord(ring, _) => BoundaryProblem::BadPosition { at: at(ring) },
        // Rings were judged alone before; named all the same should geo find more in company.
        InvalidPolygon::SelfIntersection(ring) => BoundaryProblem::ZeroArea { at: at(ring) },
    }
}

fn pair_problem(
    index: usize,
    polygon: &Polygon,
    other_index: usize,
    other: &Polygon,
) -> Option<BoundaryProblem> {
    let apart = match (polygon.bounding_rect(), other.bounding_rect()) {
        (Some(one), Some(two)) => !one.intersects(&two),
        _ => true,
    };
    if apart {
        return None;
    }
    let both = MultiPolygon(vec![polygon.clone(), other.clone()]);
    both.validation_errors()
        .into_iter()
        .find_map(|error| match error {
            InvalidMultiPolygon::ElementsOverlaps(..) => Some(BoundaryProblem::PolygonsOverlap {
                polygon: index,
                other: other_index,
            }),
            InvalidMultiPolygon::ElementsTouchOnALine(..) => Some(BoundaryProblem::PolygonsTouch {
                polygon: index,
                other: other_index,
            }),
            InvalidMultiPolygon::InvalidPolygon(..) => None,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Positions = &'static [(f64, f64)];

    fn polygon(rings: &[Positions]) -> Polygon {
        let mut rings = rings.iter().map(|ring| LineString::from(ring.to_vec()));
        let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Polygon::new(exterior, rings.collect())
    }

    const SQUARE: Positions = &[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
    const HOLE: Positions = &[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0)];

    fn at(polygon: usize, ring: usize) -> RingIndex {
        RingIndex { polygon, ring }
    }

    #[test]
    fn each_problem_of_a_boundary_is_named_with_its_ring() {
        use BoundaryProblem as P;
        let cases: &[(&str, Vec<Polygon>, Vec<P>)] = &[
            ("a square", vec![polygon(&[SQUARE])], vec![]),
            (
                "a square with a hole",
                vec![polygon(&[SQUARE, HOLE])],
                vec![],
            ),
            ("nothing", vec![], vec![P::Empty]),
            ("no ring", vec![polygon(&[])], vec![P::Empty]),
            (
                "a position that is no number",
                vec![polygon(&[&[(0.0, 0.0), (f64::NAN, 0.0), (1.0, 1.0)]])],
                vec![P::BadPosition { at: at(0, 0) }],
            ),
            (
                "metres instead of degrees",
                vec![polygon(&[&[
                    (390_000.0, 3_170_000.0),
                    (390_100.0, 3_170_000.0),
                    (390_100.0, 3_170_100.0),
                ]])],
                vec![P::BadPosition { at: at(0, 0) }],
            ),
            (
                "two corners",
                vec![polygon(&[&[(0.0, 0.0), (1.0, 1.0), (1.0, 1.0)]])],
                vec![P::TooFewPositions { at: at(0, 0) }],
            ),
            (
                "a line",
                vec![polygon(&[&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]])],
                vec![P::ZeroArea { at: at(0, 0) }],
            ),
            (
                "an uneven bow tie",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (4.0, 4.0),
                    (4.0, 0.0),
                    (0.0, 6.0),
                ]])],
                vec![P::SelfCrossing {
                    at: at(0, 0),
                    position: LonLat::new(2.4, 2.4),
                }],
            ),
            (
                "an even bow tie",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (4.0, 4.0),
                    (4.0, 0.0),
                    (0.0, 4.0),
                ]])],
                vec![P::SelfCrossing {
                    at: at(0, 0),
                    position: LonLat::new(2.0, 2.0),
                }],
            ),
            (
                "a spike",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (4.0, 0.0),
                    (4.0, 4.0),
                    (2.0, 4.0),
                    (2.0, 6.0),
                    (2.0, 4.0),
                    (0.0, 4.0),
                ]])],
                vec![P::SelfCrossing {
                    at: at(0, 0),
                    position: LonLat::new(2.0, 4.0),
                }],
            ),
            (
                "a corner clicked twice",
                vec![polygon(&[&[
                    (0.0, 0.0),
                    (4.0, 0.0),
                    (4.0, 0.0),
                    (4.0, 4.0),
                ]])],
                vec![P::RepeatedPosition {
                    at: at(0, 0),
                    position: LonLat::new(4.0, 0.0),
                }],
            ),
            (
                "a hole elsewhere",
                vec![polygon(&[SQUARE, &[(8.0, 8.0), (9.0, 8.0), (9.0, 9.0)]])],
                vec![P::HoleOutside { at: at(0, 1) }],
            ),
            (
                "a hole along a side",
                vec![polygon(&[SQUARE, &[(0.0, 1.0), (1.0, 1.0), (0.0, 2.0)]])],
                vec![P::HoleOutside { at: at(0, 1) }],
            ),
            (
                "two holes on one ground",
                vec![polygon(&[
                    SQUARE,
                    HOLE,
                    &[(1.5, 1.5), (3.0, 1.5), (3.0, 3.0)],
                ])],
                vec![P::HolesOverlap {
                    at: at(0, 1),
                    other: at(0, 2),
                }],
            ),
            (
                "two polygons on one ground",
                vec![polygon(&[SQUARE]), polygon(&[HOLE])],
                vec![P::PolygonsOverlap {
                    polygon: 0,
                    other: 1,
                }],
            ),
            (
                "two polygons with a common side",
                vec![
                    polygon(&[SQUARE]),
                    polygon(&[&[(4.0, 0.0), (8.0, 0.0), (8.0, 4.0), (4.0, 4.0)]]),
                ],
                vec![P::PolygonsTouch {
                    polygon: 0,
                    other: 1,
                }],
            ),
        ];
        for (name, polygons, expected) in cases {
            assert_eq!(
                &problems(&MultiPolygon(polygons.clone())),
                expected,
                "{name}"
            );
        }
    }

    fn any_coordinate() -> impl Strategy<Value = f64> {
        prop_oneof![
            8 => (-3i32..3).prop_map(f64::from),
            4 => -200.0..200.0f64,
            1 => Just(f64::NAN),
            1 => Just(f64::INFINITY),
            1 => Just(f64::MIN_POSITIVE),
            1 => Just(f64::MAX),
        ]
    }

    #[test]
    fn a_house_is_plainly_simple_and_what_meets_itself_is_not() {
        let house: Positions = &[(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (2.0, 5.0), (0.0, 3.0)];
        let bow_tie: Positions = &[(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0)];
        let touching: Positions = &[(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (2.0, 0.0), (0.0, 4.0)];
        let fold: Positions = &[(0.0, 0.0), (4.0, 0.0), (2.0, 0.0), (2.0, 4.0)];
        let point: Positions = &[(1.0, 1.0), (1.0, 1.0), (1.0, 1.0)];
        for (ring, expected) in [
            (house, true),
            (SQUARE, true),
            (bow_tie, false),
            (touching, false),
            (fold, false),
            (point, false),
        ] {
            let ring = polygon(&[ring]);
            assert_eq!(is_plainly_simple(ring.exterior()), expected, "{ring:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_plainly_simple_passes_the_full_check(
            positions in proptest::collection::vec((0i8..6, 0i8..6), 3..8),
        ) {
            let positions = positions.into_iter().map(|(x, y)| (f64::from(x), f64::from(y)));
            let alone = Polygon::new(LineString::from_iter(positions), Vec::new());
            if is_plainly_simple(alone.exterior()) {
                prop_assert!(alone.validation_errors().is_empty());
                prop_assert!(alone.convex_hull().unsigned_area() > 0.0);
            }
        }
    }

    proptest! {
        #[test]
        fn no_boundary_makes_the_check_panic(
            polygons in prop::collection::vec(
                prop::collection::vec(
                    prop::collection::vec((any_coordinate(), any_coordinate()), 0..8), 0..3), 0..3)
        ) {
            let polygon = |rings: &Vec<Vec<(f64, f64)>>| {
                let mut rings = rings.iter().map(|ring| LineString::from(ring.clone()));
                let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
                Polygon::new(exterior, rings.collect())
            };
            let _ = problems(&MultiPolygon(polygons.iter().map(polygon).collect()));
        }
    }
}
