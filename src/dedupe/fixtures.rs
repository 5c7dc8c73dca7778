//! Records for the tests of this folder: metres east and north of one place in Nanchang.

use crate::model::{Boundary, Estate, EstateId, LonLat};
use geo::{Coord, Rect};
use std::sync::Arc;

const ORIGIN: LonLat = LonLat {
    lon: 115.9,
    lat: 28.68,
};

/// The position so many metres east and north.
pub fn position(east: f64, north: f64) -> LonLat {
    let scale = crate::geodesy::measure::local_metres(ORIGIN);
    LonLat::new(
        ORIGIN.lon + east / scale.per_degree_lon,
        ORIGIN.lat + north / scale.per_degree_lat,
    )
}

/// A square by its south-west corner and its side.
pub fn square(east: f64, north: f64, side: f64) -> Boundary {
    rectangle(east, north, side, side)
}

pub fn rectangle(east: f64, north: f64, width: f64, height: f64) -> Boundary {
    let (min, max) = (
        position(east, north),
        position(east + width, north + height),
    );
    let corners: (Coord, Coord) = (min.into(), max.into());
    Boundary::new(vec![Rect::new(corners.0, corners.1).to_polygon()])
}

/// A register row without a position. Its id comes from its name, so that tests are repeatable.
pub fn estate(name: &str) -> Estate {
    let mut bytes = [0u8; 16];
    for (at, byte) in name.bytes().enumerate() {
        bytes[at % 16] = bytes[at % 16].rotate_left(3) ^ byte;
    }
    let mut estate = Estate::new(EstateId(uuid::Uuid::from_bytes(bytes)));
    estate.name = name.into();
    estate
}

pub fn at(name: &str, east: f64, north: f64) -> Estate {
    let mut estate = estate(name);
    estate.position = Some(position(east, north));
    estate
}

pub fn outlined(name: &str, boundary: Boundary) -> Estate {
    let mut estate = estate(name);
    estate.boundary = Some(Arc::new(boundary));
    estate
}
