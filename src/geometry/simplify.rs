//! Fewer corners for nearly the same shape.

use super::ShapeProblem;
use super::plane::Plane;
use super::problem::require_sound;
use super::validity::is_sound;
use crate::model::Boundary;
use geo::{Coord, LineString, Polygon, Simplify};

/// How often a ring that would come out unsound is tried again with half the tolerance.
const HALVINGS: i32 = 6;

/// `boundary` without the corners that matter less than `tolerance_m`: the old ring stays within
/// that distance of the new one. It stays sound, and no ring falls below a triangle. The corners
/// that stay keep their bits.
///
/// # Errors
/// [`ShapeProblem::Unsound`] where it was not sound before.
pub fn simplified(boundary: &Boundary, tolerance_m: f64) -> Result<Boundary, ShapeProblem> {
    require_sound(boundary)?;
    let plane = Plane::of(boundary).ok_or(ShapeProblem::TooFewCorners)?;
    let mut metres = plane.flatten(boundary);
    let rings = metres.iter().enumerate().flat_map(|(index, polygon)| {
        (0..=polygon.interiors().len()).map(move |ring| (index, ring))
    });
    // Ramer–Douglas–Peucker keeps the distance but not the topology, so each ring is tried in
    // company with the others as they are by then.
    for (polygon, ring) in rings.collect::<Vec<_>>() {
        let sounder = (0..HALVINGS).find_map(|halvings| {
            let tolerance = tolerance_m * f64::from(-halvings).exp2();
            let mut candidate = metres.clone();
            let shape = candidate.0.get_mut(polygon)?;
            *shape = with_simplified(shape, ring, tolerance);
            is_sound(&plane.unflatten(&candidate)).then_some(candidate)
        });
        if let Some(sounder) = sounder {
            metres = sounder;
        }
    }
    Ok(plane.unflatten(&metres))
}

fn with_simplified(polygon: &Polygon, ring: usize, tolerance_m: f64) -> Polygon {
    let (mut exterior, mut holes) = polygon.clone().into_inner();
    let line = match ring {
        0 => Some(&mut exterior),
        hole => holes.get_mut(hole - 1),
    };
    if let Some(line) = line {
        let fewer = from_farthest(line).simplify(tolerance_m);
        // A closed triangle has four positions.
        if (4..line.0.len()).contains(&fewer.0.len()) {
            *line = fewer;
        }
    }
    Polygon::new(exterior, holes)
}

/// The ring from its corner farthest from the first: the algorithm never drops the corner that a
/// ring begins at, and the one where the drawing began may be on a straight side.
fn from_farthest(ring: &LineString) -> LineString {
    let open = &ring.0[..ring.0.len().saturating_sub(1)];
    let Some(first) = open.first() else {
        return ring.clone();
    };
    let distance = |at: &Coord| (at.x - first.x).hypot(at.y - first.y);
    let farthest = (0..open.len())
        .max_by(|a, b| distance(&open[*a]).total_cmp(&distance(&open[*b])))
        .unwrap_or(0);
    let mut corners = open.to_vec();
    corners.rotate_left(farthest);
    let mut ring = LineString(corners);
    ring.close();
    ring
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{corners, shape};
    use geo::CoordsIter;

    type Ring = &'static [(f64, f64)];

    #[test]
    fn corners_that_matter_less_than_the_tolerance_go() {
        let cases: &[(&str, Ring, f64, usize)] = &[
            (
                "a corner on a straight side, the first of all",
                &[
                    (50.0, 0.0),
                    (100.0, 0.0),
                    (100.0, 60.0),
                    (0.0, 60.0),
                    (0.0, 0.0),
                ],
                0.1,
                4,
            ),
            (
                "a shaky side",
                &[
                    (0.0, 0.0),
                    (20.0, 0.4),
                    (40.0, -0.3),
                    (60.0, 0.2),
                    (80.0, -0.4),
                    (100.0, 0.0),
                    (100.0, 60.0),
                    (0.0, 60.0),
                ],
                0.5,
                4,
            ),
            (
                "the same, less than the hand shook",
                &[
                    (0.0, 0.0),
                    (20.0, 0.4),
                    (40.0, -0.3),
                    (60.0, 0.2),
                    (80.0, -0.4),
                    (100.0, 0.0),
                    (100.0, 60.0),
                    (0.0, 60.0),
                ],
                0.1,
                8,
            ),
            (
                "a triangle, whatever is asked",
                &[(0.0, 0.0), (9.0, 0.0), (0.0, 9.0)],
                1000.0,
                3,
            ),
        ];
        for (name, ring, tolerance, expected) in cases {
            let before = shape(&[ring]);
            let after = simplified(&before, *tolerance).unwrap();
            assert_eq!(corners(&after)[0].len(), *expected, "{name}");
            let kept = |c: Coord| before.coords_iter().any(|was| was == c);
            assert!(after.coords_iter().all(kept), "{name}");
        }
    }

    #[test]
    fn a_hole_is_not_left_outside() {
        // Without its bay the outer ring would run through the hole.
        let before = shape(&[
            &[
                (0.0, 0.0),
                (100.0, 0.0),
                (100.0, 50.0),
                (50.0, 58.0),
                (0.0, 50.0),
            ],
            &[(45.0, 51.0), (55.0, 51.0), (50.0, 56.0)],
        ]);
        for tolerance in [1.0, 5.0, 10.0, 100.0] {
            let after = simplified(&before, tolerance).unwrap();
            assert!(is_sound(&after), "{tolerance}");
            assert_eq!(after.0[0].interiors().len(), 1, "{tolerance}");
        }
        assert_eq!(
            simplified(&before, 0.0).unwrap().coords_iter().count(),
            before.coords_iter().count()
        );
    }

    #[test]
    fn what_is_unsound_is_not_simplified() {
        let bow_tie = shape(&[&[(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)]]);
        assert_eq!(simplified(&bow_tie, 1.0), Err(ShapeProblem::Unsound));
    }
}
