//! Making the corners of a boundary right-angled.

use super::ShapeProblem;
use crate::model::Boundary;

/// No corner moves farther than this: what would is not a drawing slip but another shape.
pub const FARTHEST_MOVE_M: f64 = 5.0;

/// `boundary` with its nearly right corners right, and its nearly straight ones straight.
///
/// # Errors
/// [`ShapeProblem::NotNearlySquare`], [`ShapeProblem::MovesTooFar`].
pub fn squared(_boundary: &Boundary) -> Result<Boundary, ShapeProblem> {
    Err(ShapeProblem::NotNearlySquare)
}
