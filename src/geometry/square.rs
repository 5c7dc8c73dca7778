//! Making the corners of a boundary right-angled.
//!
//! As in JOSM: the shape has one main direction, the mean of its nearly square sides modulo a right
//! angle, long sides counting more. Each side within [`TOLERANCE_DEGREES`] of that direction, or square to it,
//! becomes a straight line so directed through its own middle; neighbouring sides that agree share
//! one line, so that a nearly straight corner becomes straight. Corners are where the lines meet. A
//! side at another angle stays oblique, and its ends move only with their other sides.

use super::ShapeProblem;
use super::plane::Plane;
use super::problem::require_sound;
use super::validity::is_sound;
use crate::model::Boundary;
use geo::{Area, Coord, LineString, Polygon};

/// A side this far from square is meant to be oblique.
pub const TOLERANCE_DEGREES: f64 = 20.0;
/// No corner moves farther than this: what would is not a slip of the hand but another shape.
pub const FARTHEST_MOVE_M: f64 = 5.0;
/// Nor farther than this part of the shape's extent (the square root of its area).
pub const FARTHEST_MOVE_SHARE: f64 = 0.1;
/// At least this part of the sides, by length, must be nearly square to each other.
pub const SQUARE_SHARE: f64 = 0.6;
/// A corner that would move less stays, bit for bit: what is square stays as it is.
const STAYS_M: f64 = 1e-6;

/// `boundary` with its nearly right corners right, and its nearly straight ones straight.
///
/// # Errors
/// [`ShapeProblem::NotNearlySquare`], [`ShapeProblem::MovesTooFar`], [`ShapeProblem::Unsound`],
/// [`ShapeProblem::ResultUnsound`] where sides would fall together.
pub fn squared(boundary: &Boundary) -> Result<Boundary, ShapeProblem> {
    require_sound(boundary)?;
    let plane = Plane::of(boundary).ok_or(ShapeProblem::TooFewCorners)?;
    let metres = plane.flatten(boundary);
    let turn = main_direction(&metres);
    let square: f64 = sides(&metres)
        .filter(|side| axis(turned(*side, -turn)).is_some())
        .map(length)
        .sum();
    if square < sides(&metres).map(length).sum::<f64>() * SQUARE_SHARE {
        return Err(ShapeProblem::NotNearlySquare);
    }
    let farthest = FARTHEST_MOVE_M.min(metres.unsigned_area().sqrt() * FARTHEST_MOVE_SHARE);
    let ring = |ring: &LineString| squared_ring(ring, turn, farthest);
    let polygon = |polygon: &Polygon| {
        let holes: Result<_, _> = polygon.interiors().iter().map(ring).collect();
        Ok(Polygon::new(ring(polygon.exterior())?, holes?))
    };
    let polygons: Result<_, ShapeProblem> = metres.iter().map(polygon).collect();
    let squared = plane.unflatten(&Boundary::new(polygons?));
    match is_sound(&squared) {
        true => Ok(squared),
        false => Err(ShapeProblem::ResultUnsound),
    }
}

/// Along or across the main direction.
#[derive(Clone, Copy, PartialEq)]
enum Axis {
    Along,
    Across,
}

/// The axis that a side nearly runs along, once the main direction points east.
fn axis(side: Coord) -> Option<Axis> {
    let tolerance = TOLERANCE_DEGREES.to_radians().sin() * length(side);
    match () {
        () if length(side) == 0.0 => None,
        () if side.y.abs() <= tolerance => Some(Axis::Along),
        () if side.x.abs() <= tolerance => Some(Axis::Across),
        () => None,
    }
}

/// The main direction in radians: that of the side to which most others, by length, are nearly
/// square, and of those the mean. Four times an angle is the same for all four ways a right angle
/// can turn it. Oblique sides have no say, so what is square once is square the second time.
fn main_direction(metres: &Boundary) -> f64 {
    let agreeing =
        |turn: f64| sides(metres).filter(move |side| axis(turned(*side, -turn)).is_some());
    let direction = |side: Coord| side.y.atan2(side.x);
    let best = sides(metres)
        .map(|side| (agreeing(direction(side)).map(length).sum::<f64>(), side))
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let Some((_, best)) = best else {
        return 0.0;
    };
    let sum = agreeing(direction(best)).fold(Coord::zero(), |sum, side| {
        let (sin, cos) = (4.0 * direction(side)).sin_cos();
        sum + Coord { x: cos, y: sin } * length(side)
    });
    sum.y.atan2(sum.x) / 4.0
}

fn squared_ring(ring: &LineString, turn: f64, farthest: f64) -> Result<LineString, ShapeProblem> {
    let open = ring.0.len().saturating_sub(1);
    let before: Vec<Coord> = ring.0[..open].iter().map(|at| turned(*at, -turn)).collect();
    let side = |index: usize| (before[index % open], before[(index + 1) % open]);
    let axes: Vec<_> = (0..open)
        .map(|index| side(index))
        .map(|(from, to)| axis(to - from))
        .collect();
    // A ring of one axis only has no corner to begin a line at.
    let Some(start) = (0..open).find(|index| axes[*index] != axes[(index + open - 1) % open])
    else {
        return Err(ShapeProblem::NotNearlySquare);
    };
    let mut after = before.clone();
    let mut index = start;
    while index < start + open {
        let axis = axes[index % open];
        let end = (index..start + open)
            .find(|next| axes[next % open] != axis)
            .unwrap_or(start + open);
        if let Some(axis) = axis {
            let at = middle((index..end).map(side), axis);
            for corner in index..=end {
                let corner = &mut after[corner % open];
                match axis {
                    Axis::Along => corner.y = at,
                    Axis::Across => corner.x = at,
                }
            }
        }
        index = end;
    }
    let too_far = |(from, to): (&Coord, &Coord)| length(*to - *from) > farthest;
    if before.iter().zip(&after).any(too_far) {
        return Err(ShapeProblem::MovesTooFar);
    }
    // A corner that did not move is not turned there and back.
    let corners = before.iter().zip(&after).zip(&ring.0);
    let corners = corners.map(
        |((before, after), was)| match length(*after - *before) < STAYS_M {
            true => *was,
            false => turned(*after, turn),
        },
    );
    Ok(LineString(corners.collect()))
}

/// Where a line lies across its axis: the mean of its sides' middles by their lengths.
fn middle(sides: impl Iterator<Item = (Coord, Coord)>, axis: Axis) -> f64 {
    let (sum, weight) = sides.fold((0.0, 0.0), |(sum, weight), (from, to)| {
        let (a, b) = match axis {
            Axis::Along => (from.y, to.y),
            Axis::Across => (from.x, to.x),
        };
        let length = length(to - from);
        (sum + (a + b) / 2.0 * length, weight + length)
    });
    sum / weight
}

fn sides(boundary: &Boundary) -> impl Iterator<Item = Coord> + '_ {
    boundary
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
        .flat_map(|ring| ring.lines())
        .map(|side| side.delta())
}

fn length(vector: Coord) -> f64 {
    vector.x.hypot(vector.y)
}

fn turned(at: Coord, radians: f64) -> Coord {
    let (sin, cos) = radians.sin_cos();
    Coord {
        x: at.x * cos - at.y * sin,
        y: at.x * sin + at.y * cos,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, rectangle, shape};
    use crate::geometry::transform::rotated;

    type Ring = &'static [(f64, f64)];

    /// The angles at the corners of the outer ring, in degrees from 0 to 360.
    fn angles(boundary: &Boundary) -> Vec<f64> {
        let metres = crate::geometry::fixtures::plane().flatten(boundary);
        let ring = &metres.0[0].exterior().0;
        let open = &ring[..ring.len() - 1];
        let count = open.len();
        (0..count)
            .map(|index| {
                let (before, at, after) = (
                    open[(index + count - 1) % count],
                    open[index],
                    open[(index + 1) % count],
                );
                let bearing = |to: Coord| (to - at).y.atan2((to - at).x).to_degrees();
                (bearing(before) - bearing(after)).rem_euclid(360.0)
            })
            .collect()
    }

    #[test]
    fn nearly_right_corners_become_right_and_nearly_straight_ones_straight() {
        let cases: &[(&str, Ring, &[f64])] = &[
            (
                "a block",
                &[(0.0, 0.0), (100.0, 2.0), (99.0, 61.0), (1.0, 60.0)],
                &[90.0; 4],
            ),
            (
                "an L",
                &[
                    (0.0, 0.0),
                    (80.0, 1.0),
                    (80.0, 40.0),
                    (41.0, 41.0),
                    (40.0, 81.0),
                    (0.0, 80.0),
                ],
                &[90.0, 90.0, 90.0, 270.0, 90.0, 90.0],
            ),
            (
                "a corner too many on a side",
                &[
                    (0.0, 0.0),
                    (50.0, 1.5),
                    (100.0, 0.0),
                    (100.0, 60.0),
                    (0.0, 60.0),
                ],
                &[90.0, 180.0, 90.0, 90.0, 90.0],
            ),
            (
                "a cut corner stays cut",
                &[
                    (0.0, 0.0),
                    (100.0, 1.0),
                    (100.0, 40.0),
                    (80.0, 60.0),
                    (0.0, 60.0),
                ],
                &[90.0, 90.0, f64::NAN, f64::NAN, 90.0],
            ),
        ];
        for (name, ring, expected) in cases {
            for turn in [0.0, 0.4, 1.2] {
                let drawn = rotated(&shape(&[ring]), turn);
                let after = squared(&drawn).unwrap();
                for (got, expected) in angles(&after).iter().zip(*expected) {
                    let is_right = expected.is_nan() || (got - expected).abs() < 1e-3;
                    assert!(is_right, "{name} turned {turn}: {:?}", angles(&after));
                }
                assert!((area(&after) / area(&drawn) - 1.0).abs() < 0.02, "{name}");
                // Square at once: doing it again does nothing.
                assert_eq!(squared(&after).unwrap(), after, "{name} turned {turn}");
            }
        }
    }

    #[test]
    fn the_angles_are_right_on_the_ground_not_in_degrees() {
        let square_in_metres = rectangle(0.0, 0.0, 60.0, 60.0);
        let turned = rotated(&square_in_metres, 0.7);
        assert_eq!(squared(&turned).unwrap(), turned);
    }

    #[test]
    fn another_shape_is_not_forced_into_squares() {
        for (name, ring, problem) in [
            (
                "a triangle",
                &[(0.0, 0.0), (60.0, 0.0), (30.0, 50.0)][..],
                ShapeProblem::NotNearlySquare,
            ),
            (
                "a hexagon",
                &[
                    (50.0, 0.0),
                    (25.0, 43.0),
                    (-25.0, 43.0),
                    (-50.0, 0.0),
                    (-25.0, -43.0),
                    (25.0, -43.0),
                ],
                ShapeProblem::NotNearlySquare,
            ),
            (
                "a large, rather crooked block",
                &[(0.0, 0.0), (300.0, 60.0), (300.0, 200.0), (0.0, 200.0)],
                ShapeProblem::MovesTooFar,
            ),
            (
                "a small block, off by more than a slip",
                &[(0.0, 0.0), (12.0, 3.0), (12.0, 10.0), (0.0, 10.0)],
                ShapeProblem::MovesTooFar,
            ),
            (
                "a bow tie",
                &[(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)],
                ShapeProblem::Unsound,
            ),
        ] {
            assert_eq!(squared(&shape(&[ring])), Err(problem), "{name}");
        }
    }
}
