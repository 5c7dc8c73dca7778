//! Making one boundary of several neighbours.

use super::ShapeProblem;
use crate::model::Boundary;

/// The union of `boundaries`. Gaps between neighbours no wider than `tolerance_m` are closed;
/// no outer corner moves.
///
/// # Errors
/// [`ShapeProblem::NothingToJoin`] below two, [`ShapeProblem::Apart`] where one of them touches no
/// other within the tolerance.
pub fn join(_boundaries: &[&Boundary], _tolerance_m: f64) -> Result<Boundary, ShapeProblem> {
    Err(ShapeProblem::NothingToJoin)
}
