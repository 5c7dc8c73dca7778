//! What is wrong with a sketch as it stands, found while it is drawn. It may be drawn on all the
//! same: only finishing it is refused.

use crate::geodesy::measure::area_m2;
use crate::geometry::clip::OVERLAP_WIDTH_M;
use crate::geometry::crop::cropped;
use crate::geometry::sliver::{is_sliver, mean_width_m};
use crate::geometry::validity::BoundaryProblem;
use crate::model::{Boundary, EstateId, LonLat};
use geo::bool_ops::FillRule;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Area, BooleanOps, BoundingRect, ConvexHull, Coord, Line};
use rstar::primitives::{GeomWithData, Line as Side};
use rstar::{RTree, RTreeObject};

/// Where, and what.
#[derive(Clone, Debug, PartialEq)]
pub enum Flaw {
    /// Two sides cross or touch here.
    Crossing(LonLat),
    /// The same corner twice in a row.
    Repeated(LonLat),
    /// All corners lie on one line.
    NoArea,
    /// Too thin to be meant.
    Sliver,
    /// A stored boundary that is, marked in its middle.
    Thin(LonLat),
    /// What is wrong with a ring of a stored boundary as a whole, marked at its first corner.
    Ring {
        at: LonLat,
        problem: BoundaryProblem,
    },
    Overlap {
        neighbour: EstateId,
        /// Shared by both.
        ground: Boundary,
        area_m2: f64,
    },
}

impl Flaw {
    /// Whether a boundary with it is not sound.
    pub fn spoils(&self) -> bool {
        match self {
            Self::Crossing(_) | Self::NoArea => true,
            Self::Ring { problem, .. } => !problem.is_harmless(),
            Self::Repeated(_) | Self::Sliver | Self::Thin(_) | Self::Overlap { .. } => false,
        }
    }
}

/// Whether the last corner is joined to the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Ring,
    Line,
}

/// More marks than this are not read any more.
const MOST_CROSSINGS: usize = 20;

/// What is wrong with the corners themselves.
pub fn of_corners(corners: &[LonLat], form: Form) -> Vec<Flaw> {
    let repeated = corners.windows(2).filter(|pair| pair[0] == pair[1]);
    let mut flaws: Vec<_> = repeated.map(|pair| Flaw::Repeated(pair[0])).collect();
    flaws.extend(crossings(corners, form).into_iter().map(Flaw::Crossing));
    flaws
}

/// What is wrong with the ground that a ring encloses.
pub fn of_ground(ring: &Boundary) -> Option<Flaw> {
    // Not the ring's own area: that of a bow tie is zero too.
    if ring.convex_hull().unsigned_area() == 0.0 {
        return Some(Flaw::NoArea);
    }
    is_sliver(ring).then_some(Flaw::Sliver)
}

/// Ground that `ring` shares with neighbours, which "avoid overlap" would cut off.
pub fn overlaps<'a>(
    ring: &Boundary,
    neighbours: impl IntoIterator<Item = (EstateId, &'a Boundary)>,
) -> Vec<Flaw> {
    let overlap = |(neighbour, ground): (EstateId, &Boundary)| {
        // A ring of many corners has few of them near one neighbour.
        let near = cropped(ring, ground.bounding_rect()?);
        let mut shared = near.intersection_with_fill_rule(ground, FillRule::NonZero);
        shared.0.retain(|part| mean_width_m(part) > OVERLAP_WIDTH_M);
        (!shared.0.is_empty()).then(|| Flaw::Overlap {
            neighbour,
            area_m2: area_m2(&shared),
            ground: shared,
        })
    };
    neighbours.into_iter().filter_map(overlap).collect()
}

/// Where sides meet that are not neighbours in the ring, the first [`MOST_CROSSINGS`] of them.
fn crossings(corners: &[LonLat], form: Form) -> Vec<LonLat> {
    let closing = match (form, corners) {
        (Form::Ring, [first, _, _, ..]) => Some(*first),
        _ => None,
    };
    let mut along: Vec<Coord> = corners.iter().map(|at| Coord::from(*at)).collect();
    along.extend(closing.map(Coord::from));
    along.dedup();
    let sides: Vec<_> = along.windows(2).map(|w| Line::new(w[0], w[1])).collect();
    let entry = |(index, side): (usize, &Line)| {
        let ends = [side.start, side.end].map(|at| [at.x, at.y]);
        GeomWithData::new(Side::new(ends[0], ends[1]), index)
    };
    let tree = RTree::bulk_load(sides.iter().enumerate().map(entry).collect());
    let is_ring = closing.is_some();
    let mut found = Vec::new();
    for (index, side) in sides.iter().enumerate() {
        let envelope = entry((index, side)).envelope();
        let near = tree.locate_in_envelope_intersecting(envelope);
        let mut later: Vec<_> = near
            .map(|other| other.data)
            .filter(|o| *o > index)
            .collect();
        later.sort_unstable();
        for other in later {
            let follows = other == index + 1 || (is_ring && index == 0 && other + 1 == sides.len());
            match line_intersection(*side, sides[other]) {
                Some(LineIntersection::SinglePoint { intersection, .. }) if !follows => {
                    found.push(intersection.into());
                }
                Some(LineIntersection::Collinear { intersection })
                    if intersection.start != intersection.end =>
                {
                    found.push(intersection.start.into());
                }
                _ => {}
            }
            if found.len() == MOST_CROSSINGS {
                return found;
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> LonLat {
        LonLat::new(115.9 + x / 1000.0, 28.6 + y / 1000.0)
    }

    fn corners(places: &[(f64, f64)]) -> Vec<LonLat> {
        places.iter().map(|(x, y)| at(*x, *y)).collect()
    }

    #[test]
    fn each_place_where_a_sketch_meets_itself_is_marked() {
        let square = [(0.0, 0.0), (4.0, 0.0), (4.0, 4.0), (0.0, 4.0)];
        let bow_tie = [(0.0, 0.0), (4.0, 4.0), (4.0, 0.0), (0.0, 4.0)];
        let back = [(0.0, 0.0), (4.0, 0.0), (2.0, 0.0), (2.0, 3.0)];
        let pentagram = [(0.0, 3.0), (4.0, 3.0), (0.5, 0.0), (2.0, 5.0), (3.5, 0.0)];
        for (name, places, form, expected) in [
            ("a square", &square[..], Form::Ring, 0),
            ("its first three corners", &square[..3], Form::Ring, 0),
            ("a bow tie", &bow_tie, Form::Ring, 1),
            ("the line of a bow tie", &bow_tie[..3], Form::Line, 0),
            ("a line over itself", &bow_tie, Form::Line, 1),
            // Along the first side, and where the third leaves it.
            ("out and back", &back, Form::Line, 2),
            ("a pentagram", &pentagram, Form::Ring, 5),
            ("two corners", &square[..2], Form::Ring, 0),
            ("nothing", &[], Form::Ring, 0),
        ] {
            let found = crossings(&corners(places), form);
            assert_eq!(found.len(), expected, "{name}: {found:?}");
        }
    }

    #[test]
    fn a_corner_set_twice_is_marked_and_is_no_crossing() {
        let flaws = of_corners(
            &corners(&[(0.0, 0.0), (4.0, 0.0), (4.0, 0.0), (4.0, 4.0)]),
            Form::Ring,
        );
        assert_eq!(flaws, [Flaw::Repeated(at(4.0, 0.0))]);
    }

    #[test]
    fn only_neighbours_with_common_ground_overlap() {
        let square = |x: f64| -> Boundary {
            geo::Rect::new(Coord::from(at(x, 0.0)), at(x + 2.0, 2.0).into())
                .to_polygon()
                .into()
        };
        let estate = |n| EstateId(uuid::Uuid::from_u128(n));
        let grounds = [square(1.0), square(2.0), square(5.0)];
        let neighbours = grounds
            .iter()
            .zip(1..)
            .map(|(ground, n)| (estate(n), ground));
        let flaws = overlaps(&square(0.0), neighbours);
        let [
            Flaw::Overlap {
                neighbour, area_m2, ..
            },
        ] = &flaws[..]
        else {
            panic!("{flaws:?}");
        };
        assert_eq!(*neighbour, estate(1));
        assert!((area_m2 - 21_670.0).abs() < 60.0, "{area_m2}");
    }
}
