//! "Avoid overlap": what is left of a boundary beside its neighbours.

use super::ShapeProblem;
use crate::model::Boundary;

/// A boundary without the ground of its neighbours, and what was taken from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clipped {
    pub boundary: Boundary,
    /// Geodesic, in m²: overlap and slivers together.
    pub removed_m2: f64,
    /// The neighbours that took something, as indices of the slice given.
    pub by: Vec<usize>,
}

/// `boundary` without the ground of `neighbours`; the corners along them are the neighbours' own.
/// Slivers that the cut leaves are dropped.
///
/// # Errors
/// [`ShapeProblem::InsideNeighbours`] where nothing is left.
pub fn without(_boundary: &Boundary, _neighbours: &[&Boundary]) -> Result<Clipped, ShapeProblem> {
    Err(ShapeProblem::InsideNeighbours)
}
