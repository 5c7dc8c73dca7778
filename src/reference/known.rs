//! What is known of a place's divisions: its county from the shipped borders, street and community
//! from a layer where one is meant to say so.

use super::divisions::Divisions;
use crate::catalogue::Borders;
use crate::model::{Boundary, DivisionCodes, DivisionsAt, LonLat};
use geo::InteriorPoint;
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct KnownDivisions {
    pub layer: Option<Arc<Divisions>>,
}

impl DivisionsAt for KnownDivisions {
    fn at_position(&self, at: LonLat) -> DivisionCodes {
        let codes = match &self.layer {
            Some(layer) => layer.at_position(at),
            None => DivisionCodes::default(),
        };
        // A layer of streets is nearer to the ground than borders made for a whole province.
        let county = || Borders::shipped().county_at(at).map(str::to_owned);
        DivisionCodes {
            county: codes.county.or_else(county),
            ..codes
        }
    }

    fn at_boundary(&self, boundary: &Boundary) -> DivisionCodes {
        let inside = boundary.interior_point();
        inside.map_or_else(DivisionCodes::default, |point| {
            self.at_position(point.0.into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_any_layer_the_county_is_known_and_outside_the_province_nothing() {
        let known = KnownDivisions::default();
        let nanchang = known.at_position(LonLat::new(115.902, 28.681));
        assert_eq!(nanchang.county.as_deref(), Some("360102"));
        assert_eq!((nanchang.street, nanchang.community), (None, None));
        assert!(known.at_position(LonLat::new(121.5, 31.2)).is_empty());
    }
}
