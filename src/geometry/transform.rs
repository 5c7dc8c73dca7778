//! Moving and turning whole boundaries, and rectangles from three points.

use super::ShapeProblem;
use super::plane::Plane;
use crate::model::{Boundary, LonLat};
use geo::{Centroid, Coord, MapCoords};

/// `boundary` as `from` is moved to `to`; lengths and angles on the ground stay as they were.
/// Boundaries moved by the same two positions keep their common corners common.
pub fn moved(boundary: &Boundary, from: LonLat, to: LonLat) -> Boundary {
    let (before, after) = (Plane::at(from), Plane::at(to));
    boundary.map_coords(|at| after.to_degrees(before.to_metres(at.into())).into())
}

/// `boundary` moved by metres east and north.
pub fn moved_by(boundary: &Boundary, east_m: f64, north_m: f64) -> Boundary {
    match centre(&[boundary]) {
        Some(from) => moved(boundary, from, offset(from, east_m, north_m)),
        None => boundary.clone(),
    }
}

/// The position `east_m` and `north_m` metres from `at`.
pub fn offset(at: LonLat, east_m: f64, north_m: f64) -> LonLat {
    Plane::at(at).to_degrees(Coord {
        x: east_m,
        y: north_m,
    })
}

/// The centroid of several boundaries together; `None` where they have no position.
pub fn centre(boundaries: &[&Boundary]) -> Option<LonLat> {
    let all: Vec<_> = boundaries.iter().flat_map(|b| b.iter().cloned()).collect();
    Boundary::new(all).centroid().map(|point| point.0.into())
}

/// `boundary` turned about its centroid; counter-clockwise is positive.
pub fn rotated(boundary: &Boundary, radians: f64) -> Boundary {
    match centre(&[boundary]) {
        Some(centre) => rotated_about(boundary, centre, radians),
        None => boundary.clone(),
    }
}

/// `boundary` turned about `centre`; counter-clockwise is positive. Boundaries turned about one
/// centre keep their common corners common.
pub fn rotated_about(boundary: &Boundary, centre: LonLat, radians: f64) -> Boundary {
    let plane = Plane::at(centre);
    let (sin, cos) = radians.sin_cos();
    boundary.map_coords(|at| {
        let Coord { x, y } = plane.to_metres(at.into());
        let turned = Coord {
            x: x * cos - y * sin,
            y: x * sin + y * cos,
        };
        plane.to_degrees(turned).into()
    })
}

/// The angle on the ground by which a pointer dragged from `from` to `to` turns about `centre`, in
/// radians, counter-clockwise positive.
pub fn turn(centre: LonLat, from: LonLat, to: LonLat) -> f64 {
    let plane = Plane::at(centre);
    let bearing = |at: LonLat| {
        let Coord { x, y } = plane.to_metres(at);
        y.atan2(x)
    };
    let turned = bearing(to) - bearing(from);
    turned.sin().atan2(turned.cos())
}

/// The corners of the rectangle with the side `a`–`b` whose opposite side runs through `c`,
/// counter-clockwise or clockwise as `c` lies; `a` and `b` keep their exact bits.
pub fn rectangle_corners(a: LonLat, b: LonLat, c: LonLat) -> [LonLat; 4] {
    let plane = Plane::at(a);
    let (side, across) = (plane.to_metres(b), plane.to_metres(c));
    let length = side.x.hypot(side.y);
    if length == 0.0 {
        return [a, b, b, a];
    }
    let depth = (side.x * across.y - side.y * across.x) / length;
    let normal = Coord {
        x: -side.y / length * depth,
        y: side.x / length * depth,
    };
    [
        a,
        b,
        plane.to_degrees(side + normal),
        plane.to_degrees(normal),
    ]
}

/// The rectangle with the side `a`–`b` whose opposite side runs through `c`.
///
/// # Errors
/// [`ShapeProblem::ZeroArea`] where `c` lies on the side, or the side has no length.
pub fn rectangle(a: LonLat, b: LonLat, c: LonLat) -> Result<Boundary, ShapeProblem> {
    super::parts::ring_boundary(&rectangle_corners(a, b, c))
}
