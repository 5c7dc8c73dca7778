//! Cutting a boundary along a line.

use super::ShapeProblem;
use crate::model::{Boundary, LonLat};

/// The parts into which `line` cuts `boundary`, largest first; together they are the boundary.
/// A piece of a multipolygon that the line misses stays with the largest part.
///
/// # Errors
/// [`ShapeProblem::DoesNotCross`] where the line does not run from side to side.
pub fn split(_boundary: &Boundary, _line: &[LonLat]) -> Result<Vec<Boundary>, ShapeProblem> {
    Err(ShapeProblem::DoesNotCross)
}
