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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::{area_m2, distance_m, perimeter_m};
    use crate::geometry::fixtures::{at, corners, rectangle};
    use std::f64::consts::FRAC_PI_2;

    #[test]
    fn a_moved_boundary_keeps_its_size_on_the_ground() {
        let before = rectangle(0.0, 0.0, 200.0, 120.0);
        for (east, north) in [(100.0, 0.0), (0.0, -250.0), (5000.0, 30_000.0)] {
            let after = moved_by(&before, east, north);
            assert!((area_m2(&after) / area_m2(&before) - 1.0).abs() < 1e-5);
            assert!((perimeter_m(&after) / perimeter_m(&before) - 1.0).abs() < 1e-5);
        }
        let after = moved(&before, at(0.0, 0.0), at(30.0, 10.0));
        assert_eq!(
            corners(&after),
            [[(30.0, 10.0), (230.0, 10.0), (230.0, 130.0), (30.0, 130.0)]]
        );
    }

    #[test]
    fn neighbours_moved_or_turned_together_keep_their_corners_common() {
        let (left, right) = (
            rectangle(0.0, 0.0, 50.0, 40.0),
            rectangle(50.0, 0.0, 30.0, 40.0),
        );
        let common = |one: &Boundary, other: &Boundary| {
            let corners = geo::CoordsIter::coords_iter(one);
            let is_common = |c: &Coord| geo::CoordsIter::coords_iter(other).any(|o| o == *c);
            corners.filter(is_common).count()
        };
        let (from, to) = (at(3.3, 4.4), at(1234.5, -678.9));
        assert_eq!(common(&moved(&left, from, to), &moved(&right, from, to)), 2);
        let centre = centre(&[&left, &right]).unwrap();
        assert!(distance_m(centre, at(40.0, 20.0)) < 0.01);
        let turned = |b: &Boundary| rotated_about(b, centre, 0.3);
        assert_eq!(common(&turned(&left), &turned(&right)), 2);
    }

    #[test]
    fn a_quarter_turn_about_the_middle_is_a_quarter_turn_on_the_ground() {
        let after = rotated(&rectangle(0.0, 0.0, 80.0, 40.0), FRAC_PI_2);
        assert_eq!(
            corners(&after),
            [[(20.0, -20.0), (60.0, -20.0), (60.0, 60.0), (20.0, 60.0)]]
        );
        let (centre, east, north) = (at(0.0, 0.0), at(10.0, 0.0), at(0.0, 10.0));
        assert!((turn(centre, east, north) - FRAC_PI_2).abs() < 1e-6);
        assert!((turn(centre, north, east) + FRAC_PI_2).abs() < 1e-6);
        // Over the west, where the bearing jumps.
        let (above, below) = (at(-10.0, 1.0), at(-10.0, -1.0));
        assert!((turn(centre, above, below) - 2.0 * 0.1f64.atan()).abs() < 1e-6);
    }

    #[test]
    fn three_points_make_a_rectangle_on_either_side() {
        for (c, north) in [((70.0, 30.0), 30.0), ((-20.0, -30.0), -30.0)] {
            let (a, b) = (at(0.0, 0.0), at(60.0, 0.0));
            let drawn = rectangle_corners(a, b, at(c.0, c.1));
            assert_eq!(drawn[..2], [a, b]);
            assert!(distance_m(drawn[2], at(60.0, north)) < 1e-4);
            assert!(distance_m(drawn[3], at(0.0, north)) < 1e-4);
            let boundary = super::rectangle(a, b, at(c.0, c.1)).unwrap();
            assert!((area_m2(&boundary) - 1800.0).abs() < 0.1);
        }
        for (b, c) in [((60.0, 0.0), (30.0, 0.0)), ((0.0, 0.0), (30.0, 9.0))] {
            let flat = super::rectangle(at(0.0, 0.0), at(b.0, b.1), at(c.0, c.1));
            assert!(flat.is_err(), "{flat:?}");
        }
    }

    #[test]
    fn nothing_stays_nothing() {
        let nothing = Boundary::new(vec![]);
        assert_eq!(rotated(&nothing, 1.0), nothing);
        assert_eq!(moved_by(&nothing, 1.0, 1.0), nothing);
    }
}
