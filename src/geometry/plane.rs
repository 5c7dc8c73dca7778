//! A flat picture in metres beside a shape. Degrees are not square at 28° north, so an angle or a
//! length is worked out here and nowhere else.
//!
//! The picture is affine, so a shape that is sound in degrees is sound in metres. Within 2 km of
//! its origin it is right to a decimetre.

use crate::geodesy::measure::{LocalMetres, local_metres};
use crate::model::{Boundary, LonLat};
use geo::{BoundingRect, Coord, MapCoords};

/// Metres east and north of an origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plane {
    origin: LonLat,
    scale: LocalMetres,
}

impl Plane {
    pub fn at(origin: LonLat) -> Self {
        Self {
            origin,
            scale: local_metres(origin),
        }
    }

    /// The plane at the middle of `boundary`'s extent; `None` where it has no position.
    pub fn of(boundary: &Boundary) -> Option<Self> {
        let extent = boundary.bounding_rect()?;
        Some(Self::at(extent.center().into()))
    }

    pub fn origin(&self) -> LonLat {
        self.origin
    }

    pub fn to_metres(&self, at: LonLat) -> Coord {
        Coord {
            x: (at.lon - self.origin.lon) * self.scale.per_degree_lon,
            y: (at.lat - self.origin.lat) * self.scale.per_degree_lat,
        }
    }

    /// The inverse of [`to_metres`](Self::to_metres), bit for bit: the difference of two near
    /// longitudes is exact, and what scaling there and back costs is far below one bit of a degree.
    pub fn to_degrees(&self, metres: Coord) -> LonLat {
        LonLat::new(
            metres.x / self.scale.per_degree_lon + self.origin.lon,
            metres.y / self.scale.per_degree_lat + self.origin.lat,
        )
    }

    /// A boundary in metres.
    pub fn flatten(&self, boundary: &Boundary) -> Boundary {
        boundary.map_coords(|at| self.to_metres(at.into()))
    }

    /// A boundary in metres back in degrees; a corner that did not move keeps its exact bits.
    pub fn unflatten(&self, metres: &Boundary) -> Boundary {
        metres.map_coords(|at| self.to_degrees(at).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::distance_m;
    use proptest::prelude::*;

    #[test]
    fn a_metre_is_a_metre_both_ways() {
        let plane = Plane::at(LonLat::new(115.9, 28.68));
        for (east, north) in [(100.0, 0.0), (0.0, 100.0), (-60.0, 80.0)] {
            let to = plane.to_degrees(Coord { x: east, y: north });
            let distance = distance_m(plane.origin(), to);
            assert!((distance - 100.0).abs() < 1e-3, "{distance}");
        }
    }

    proptest! {
        #[test]
        fn a_corner_that_did_not_move_keeps_its_bits(
            origin in (113.0..119.0f64, 24.0..31.0f64),
            offset in (-0.1..0.1f64, -0.1..0.1f64),
        ) {
            let plane = Plane::at(LonLat::new(origin.0, origin.1));
            let at = LonLat::new(origin.0 + offset.0, origin.1 + offset.1);
            prop_assert_eq!(plane.to_degrees(plane.to_metres(at)), at);
        }
    }
}
