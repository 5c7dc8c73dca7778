//! Borders that several records share: corners at the same place, within [`SAME_PLACE_DEGREES`].

use super::validity::RingIndex;
use crate::model::{Boundary, EstateId, LonLat};

/// A tenth of a millimetre: nearer corners are one corner.
pub const SAME_PLACE_DEGREES: f64 = 1e-9;

/// A corner of a record's boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedCorner {
    pub estate: EstateId,
    pub ring: RingIndex,
    /// In the ring, counted from 0; the closing position is corner 0.
    pub position: usize,
}

/// Every corner of `boundaries` that lies at `at`.
pub fn coincident(_boundaries: &[(EstateId, &Boundary)], _at: LonLat) -> Vec<SharedCorner> {
    Vec::new()
}

/// The boundaries that have a corner at `from`, with it moved to `to`. They may be unsound: see
/// [`validity`](super::validity).
pub fn move_shared(
    _boundaries: &[(EstateId, &Boundary)],
    _from: LonLat,
    _to: LonLat,
) -> Vec<(EstateId, Boundary)> {
    Vec::new()
}

/// The boundaries with a side along `edge`, where `at` is nearest to it, with the new corner `at`
/// in that side: a corner inserted on a shared border is inserted in the neighbour too.
pub fn insert_shared(
    _boundaries: &[(EstateId, &Boundary)],
    _edge: (LonLat, LonLat),
    _at: LonLat,
) -> Vec<(EstateId, Boundary)> {
    Vec::new()
}
