//! Tracing: with it on, a click on the border that the last corner lies on takes the corners
//! between; Ctrl or Shift takes those of the other way round.

use super::Desk;
use super::snap::Target;
use crate::geometry::snap::SnapTarget;
use crate::geometry::trace::{along, along_other_way};
use crate::model::{Boundary, LonLat};

/// What a click on `target` adds after the corner `last`, the target itself last.
pub fn path(desk: &Desk, last: Option<LonLat>, target: &Target) -> Vec<LonLat> {
    let stretch = last.and_then(|last| stretch(desk, last, target));
    match stretch {
        // Its first position is the last corner.
        Some(mut stretch) => stretch.split_off(1),
        None => vec![target.at],
    }
}

fn stretch(desk: &Desk, last: LonLat, target: &Target) -> Option<Vec<LonLat>> {
    let of_reference = matches!(
        target.to,
        SnapTarget::ReferenceVertex | SnapTarget::ReferenceEdge
    );
    if !desk.tracing.is_on() || of_reference || last == target.at {
        return None;
    }
    // A place on an edge is rounded, so that it can lie a hair outside.
    const HAIR_DEGREES: f64 = 1e-8;
    let hair = geo::coord! { x: HAIR_DEGREES, y: HAIR_DEGREES };
    let here = geo::Coord::from(target.at);
    let around = geo::Rect::new(here - hair, here + hair);
    let mut near: Vec<_> = desk.scene.within(around).collect();
    near.sort_by_key(|slot| slot.estate.id);
    let borders = near.iter().filter_map(|slot| slot.boundary());
    let borders: Vec<&Boundary> = borders.collect();
    let modifiers = desk.response.ctx.input(|input| input.modifiers);
    let stretch = match modifiers.command || modifiers.shift {
        true => along_other_way(last, target.at, borders),
        false => along(last, target.at, borders),
    };
    stretch.filter(|stretch| stretch.len() >= 2)
}
