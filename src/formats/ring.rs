//! Which way round a ring runs: formats differ in what they ask for.

use geo::winding_order::WindingOrder;
use geo::{Coord, LineString, Winding};

/// Takes the corners of a ring in turn, so that it runs as `order` says. The first is the last too.
pub(super) fn each_corner(ring: &LineString, order: WindingOrder, take: impl FnMut(&Coord)) {
    match ring.winding_order() {
        Some(found) if found != order => ring.0.iter().rev().for_each(take),
        _ => ring.0.iter().for_each(take),
    }
}
