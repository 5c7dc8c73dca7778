//! The polygons and holes of a boundary: added and taken away.

use super::ShapeProblem;
use super::validity::{self, BoundaryProblem, RingIndex};
use crate::model::{Boundary, LonLat};
use geo::{Coord, Orient, Polygon, orient::Direction};

/// The boundary that a ring of corners encloses, closed or not, turned counter-clockwise.
///
/// # Errors
/// What is wrong with the ring.
pub fn ring_boundary(corners: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    let ring = corners.iter().map(|at| Coord::from(*at)).collect();
    let boundary = Boundary::from(Polygon::new(ring, Vec::new()).orient(Direction::Default));
    match validity::problems(&boundary)
        .into_iter()
        .find(|problem| !problem.is_harmless())
    {
        None => Ok(boundary),
        Some(BoundaryProblem::Empty | BoundaryProblem::TooFewPositions { .. }) => {
            Err(ShapeProblem::TooFewCorners)
        }
        Some(BoundaryProblem::BadPosition { .. }) => Err(ShapeProblem::BadPosition),
        Some(BoundaryProblem::ZeroArea { .. }) => Err(ShapeProblem::ZeroArea),
        Some(_) => Err(ShapeProblem::CrossesItself),
    }
}

/// `boundary` with the hole `ring`, which must lie inside one of its polygons and beside its holes.
///
/// # Errors
/// What is wrong with the ring, or [`ShapeProblem::HoleOutside`].
pub fn with_hole(_boundary: &Boundary, _ring: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    Err(ShapeProblem::HoleOutside)
}

/// `boundary` with one more polygon, which must not share ground or a side with the others.
///
/// # Errors
/// What is wrong with the ring, or [`ShapeProblem::PartOverlaps`].
pub fn with_part(_boundary: &Boundary, _ring: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    Err(ShapeProblem::PartOverlaps)
}

/// `boundary` without a hole, or, where `at` is an outer ring, without that polygon.
///
/// # Errors
/// [`ShapeProblem::NoSuchRing`], [`ShapeProblem::LastPart`].
pub fn without_ring(_boundary: &Boundary, _at: RingIndex) -> Result<Boundary, ShapeProblem> {
    Err(ShapeProblem::NoSuchRing)
}
