//! Which estates a new boundary must not share ground with.

use crate::model::{Boundary, Estate, EstateId, Standing, Survey};
use geo::{BoundingRect, Intersects};

/// A record that counts its own ground. What lies inside another and is counted there is none, so
/// a block can be drawn where its estate is.
pub fn is_neighbour(estate: &Estate, own: Option<EstateId>) -> bool {
    estate.standing == Standing::Counted && Some(estate.id) != own
}

/// The neighbours whose extent meets that of `shape`, in the order of the survey.
pub fn near<'a>(
    survey: &'a Survey,
    shape: &Boundary,
    own: Option<EstateId>,
) -> Vec<(&'a Estate, &'a Boundary)> {
    let Some(extent) = shape.bounding_rect() else {
        return Vec::new();
    };
    let meets = |boundary: &Boundary| {
        let other = boundary.bounding_rect();
        other.is_some_and(|other| other.intersects(&extent))
    };
    survey
        .estates()
        .filter(|estate| is_neighbour(estate, own))
        .filter_map(|estate| Some((estate.as_ref(), estate.boundary.as_deref()?)))
        .filter(|(_, boundary)| meets(boundary))
        .collect()
}
