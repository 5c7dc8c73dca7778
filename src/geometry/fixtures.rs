//! Shapes for tests, in metres east and north of a corner in Nanchang.

use super::plane::Plane;
use crate::model::{Boundary, LonLat};
use geo::{Coord, Polygon};

pub fn plane() -> Plane {
    Plane::at(LonLat::new(115.9, 28.68))
}

pub fn at(east: f64, north: f64) -> LonLat {
    plane().to_degrees(Coord { x: east, y: north })
}

pub fn line(positions: &[(f64, f64)]) -> Vec<LonLat> {
    positions.iter().map(|(x, y)| at(*x, *y)).collect()
}

pub fn polygon(rings: &[&[(f64, f64)]]) -> Polygon {
    let mut rings = rings
        .iter()
        .map(|ring| line(ring).into_iter().map(Coord::from).collect());
    let exterior = rings.next().unwrap();
    Polygon::new(exterior, rings.collect())
}

pub fn shape(rings: &[&[(f64, f64)]]) -> Boundary {
    polygon(rings).into()
}

/// From the south-west corner, so wide and so high.
pub fn rectangle(west: f64, south: f64, width: f64, height: f64) -> Boundary {
    let (east, north) = (west + width, south + height);
    shape(&[&[(west, south), (east, south), (east, north), (west, north)]])
}

/// Its corners in whole centimetres, to compare by eye, each ring from its least corner.
pub fn corners(boundary: &Boundary) -> Vec<Vec<(f64, f64)>> {
    let rings = boundary
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let corner = |c: &Coord| {
        let Coord { x, y } = plane().to_metres((*c).into());
        let rounded = |value: f64| (value * 100.0).round() / 100.0 + 0.0;
        (rounded(x), rounded(y))
    };
    let ring = |ring: &geo::LineString| {
        let mut open: Vec<_> = ring.0[1..].iter().map(corner).collect();
        let least = (0..open.len())
            .min_by(|a, b| open[*a].partial_cmp(&open[*b]).unwrap())
            .unwrap();
        open.rotate_left(least);
        open
    };
    rings.map(ring).collect()
}

/// In m², in the plane.
pub fn area(boundary: &Boundary) -> f64 {
    geo::Area::unsigned_area(&plane().flatten(boundary))
}
