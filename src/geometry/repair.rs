//! Making an unsound boundary sound, and saying what that took.

use super::ShapeProblem;
use crate::model::Boundary;

/// A sound boundary, and what had to be done to get it; no fix where nothing was wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    pub boundary: Boundary,
    pub fixes: Vec<Fix>,
}

/// One kind of fix. Sentences: locale files, `fix.<kind>`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fix {
    /// Positions standing twice in a row.
    RepeatedCorners { removed: usize },
    /// A ring running out and straight back, enclosing nothing.
    Spikes { removed: usize },
    /// Rings crossing themselves or each other, cut apart at the crossings.
    Crossings,
    /// Pieces too thin or too small to be meant.
    Slivers { removed: usize, area_m2: f64 },
    /// Rings turned the wrong way round.
    Winding,
}

/// `boundary` made sound.
///
/// # Errors
/// [`ShapeProblem::ZeroArea`] where nothing is left, [`ShapeProblem::BadPosition`].
pub fn repaired(_boundary: &Boundary) -> Result<Repair, ShapeProblem> {
    Err(ShapeProblem::ZeroArea)
}

/// The neighbours that share ground with `boundary`, as indices of the slice given, and how many
/// m². Slivers of overlap don't count: see [`is_sliver`].
pub fn overlaps(_boundary: &Boundary, _neighbours: &[&Boundary]) -> Vec<(usize, f64)> {
    Vec::new()
}
