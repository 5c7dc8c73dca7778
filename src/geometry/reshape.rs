//! Redrawing a stretch of a boundary along a line.

use super::ShapeProblem;
use crate::model::{Boundary, LonLat};

/// `boundary` with the stretch of a ring between the first and the last place where `line` meets
/// it replaced by the line: a line drawn outside adds ground, one drawn inside takes it away. Of
/// the two rings that this can give, the one with more of the old ground is kept.
///
/// # Errors
/// [`ShapeProblem::DoesNotMeetTwice`], [`ShapeProblem::ResultUnsound`].
pub fn reshaped(_boundary: &Boundary, _line: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    Err(ShapeProblem::DoesNotMeetTwice)
}
