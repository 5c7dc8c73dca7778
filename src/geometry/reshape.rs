//! Redrawing a stretch of a boundary along a line.

use super::ShapeProblem;
use super::overlay::{Grid, combine, doubled_area, flat, pinned};
use super::problem::require_sound;
use super::slice::slice;
use super::sliver::is_sliver_polygon;
use crate::model::{Boundary, LonLat};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};

/// `boundary` with its ring led along `line` wherever the line meets it twice: what the line
/// encloses outside is added, what it cuts off inside is taken away. Of a polygon cut in two the
/// larger piece stays. Ends of the line that lead nowhere do nothing.
///
/// # Errors
/// [`ShapeProblem::DoesNotMeetTwice`] where nothing is enclosed or cut off,
/// [`ShapeProblem::LeavesSliver`] where only slivers are, [`ShapeProblem::Unsound`],
/// [`ShapeProblem::ResultUnsound`].
pub fn reshaped(boundary: &Boundary, line: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    require_sound(boundary)?;
    let grid = Grid::over(&[boundary], line)?;
    let path = grid.path(line);
    let mut changes = Changes::default();
    let mut kept: Vec<IntContour> = Vec::new();
    for polygon in boundary {
        let contours = with_corners_of(&path, &grid.contours(polygon));
        let mut pieces = meant(&grid, slice(&contours, &path), &mut changes);
        changes.cut |= pieces.len() > 1;
        match pieces.is_empty() {
            true => kept.extend(contours),
            false => kept.extend(pieces.swap_remove(0)),
        }
    }
    let added = enclosed(&grid, boundary, &path, &mut changes);
    match changes {
        Changes {
            cut: false,
            added: false,
            slivers: true,
        } => Err(ShapeProblem::LeavesSliver),
        Changes {
            cut: false,
            added: false,
            slivers: false,
        } => Err(ShapeProblem::DoesNotMeetTwice),
        _ => {
            let mut ground = combine(&kept, &flat(&added), OverlayRule::Union);
            // What was added beside a piece that was cut off goes with it.
            ground.retain(|shape| shares_ground(shape, &kept));
            // A loop of the line that lies apart encloses ground of nobody.
            let before = grid.all_contours(boundary);
            let changed = combine(&before, &flat(&ground), OverlayRule::Xor);
            match meant(&grid, changed, &mut changes).is_empty() {
                true => Err(ShapeProblem::DoesNotMeetTwice),
                false => grid.sound_boundary(&ground),
            }
        }
    }
}

/// What the line did so far.
#[derive(Default)]
struct Changes {
    cut: bool,
    added: bool,
    slivers: bool,
}

/// The pieces that are no slivers, largest first.
fn meant(grid: &Grid, pieces: IntShapes, changes: &mut Changes) -> IntShapes {
    let count = pieces.len();
    let is_sliver = |piece: &IntShape| {
        let piece = grid.boundary(std::slice::from_ref(piece));
        piece.iter().all(is_sliver_polygon)
    };
    let mut meant: Vec<_> = pieces.into_iter().filter(|p| !is_sliver(p)).collect();
    changes.slivers |= meant.len() < count;
    meant.sort_by_key(|piece| std::cmp::Reverse(doubled_area(piece)));
    meant
}

/// What the line encloses together with rings: beside the boundary, or in one of its holes, of
/// which the largest piece stays a hole.
fn enclosed(
    grid: &Grid,
    boundary: &Boundary,
    path: &[IntPoint],
    changes: &mut Changes,
) -> IntShapes {
    let ground = with_corners_of(path, &grid.all_contours(boundary));
    let frame = grid.frame();
    let outside = combine(
        std::slice::from_ref(&frame),
        &ground,
        OverlayRule::Difference,
    );
    let mut added = Vec::new();
    for region in outside {
        let is_open = touches_frame(&region, &frame);
        let pieces = slice(&region, path);
        if pieces.len() < 2 || (!is_open && changes.cut) {
            // A line right through an estate with a court cuts the court too, and fills no part.
            continue;
        }
        let mut pieces = meant(grid, pieces, changes);
        match is_open {
            true => pieces.retain(|piece| !touches_frame(piece, &frame)),
            false => drop(pieces.drain(..1.min(pieces.len()))),
        }
        changes.added |= !pieces.is_empty();
        added.append(&mut pieces);
    }
    added
}

fn with_corners_of(path: &[IntPoint], contours: &[IntContour]) -> Vec<IntContour> {
    let corners = path.iter().copied().collect();
    contours.iter().map(|c| pinned(c, &corners)).collect()
}

fn touches_frame(shape: &IntShape, frame: &IntContour) -> bool {
    shape.iter().flatten().any(|point| frame.contains(point))
}

fn shares_ground(shape: &IntShape, ground: &[IntContour]) -> bool {
    !combine(shape, ground, OverlayRule::Intersect).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, corners, line, rectangle, shape};

    type Ring = &'static [(f64, f64)];
    const SQUARE: Ring = &[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
    const COURT: Ring = &[(40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0)];

    #[test]
    fn the_ring_follows_the_line_where_it_meets_it_twice() {
        let cases: &[(&str, &[Ring], Ring, f64)] = &[
            (
                "out and in again: added",
                &[SQUARE],
                &[(90.0, 20.0), (120.0, 20.0), (120.0, 80.0), (90.0, 80.0)],
                11_200.0,
            ),
            (
                "in and out again: taken away",
                &[SQUARE],
                &[(110.0, 20.0), (80.0, 20.0), (80.0, 80.0), (110.0, 80.0)],
                8800.0,
            ),
            (
                "from corner to corner outside, snapped",
                &[SQUARE],
                &[(100.0, 0.0), (110.0, 50.0), (100.0, 100.0)],
                10_500.0,
            ),
            (
                "from side to side inside, snapped",
                &[SQUARE],
                &[(33.3, 0.0), (33.3, 100.0)],
                6670.0,
            ),
            (
                "zigzag over one side",
                &[SQUARE],
                &[
                    (110.0, 10.0),
                    (80.0, 10.0),
                    (80.0, 50.0),
                    (130.0, 50.0),
                    (130.0, 90.0),
                    (90.0, 90.0),
                ],
                10_000.0 - 800.0 + 1200.0,
            ),
            (
                "a court made smaller",
                &[SQUARE, COURT],
                &[(35.0, 45.0), (65.0, 45.0)],
                10_000.0 - 300.0,
            ),
            (
                "a court made larger",
                &[SQUARE, COURT],
                &[(50.0, 50.0), (70.0, 42.0), (70.0, 58.0), (50.0, 55.0)],
                // 20 at x = 60, 40, 57.5 … by hand below.
                f64::NAN,
            ),
            (
                "right through, court and all",
                &[SQUARE, COURT],
                &[(45.0, -10.0), (45.0, 110.0)],
                5500.0 - 300.0,
            ),
            (
                "through, and around what was cut off",
                &[SQUARE],
                &[
                    (30.0, -10.0),
                    (30.0, 120.0),
                    (-20.0, 120.0),
                    (-20.0, 50.0),
                    (5.0, 50.0),
                ],
                7000.0,
            ),
        ];
        for (name, rings, drawn, expected) in cases {
            let after = reshaped(&shape(rings), &line(drawn)).unwrap();
            let expected = match expected.is_nan() {
                // From the hole's side at x = 60 the line runs at y = 46 out and 56.5 back.
                true => 10_000.0 - 400.0 - 10.0 * (10.5 + 16.0) / 2.0,
                false => *expected,
            };
            assert!(
                (area(&after) - expected).abs() < 0.1,
                "{name}: {} {:?}",
                area(&after),
                corners(&after)
            );
        }
    }

    #[test]
    fn what_the_line_does_not_touch_keeps_its_bits() {
        let before = shape(&[SQUARE, COURT]);
        let after = reshaped(
            &before,
            &line(&[(90.0, 20.3), (121.0, 20.7), (119.0, 80.1), (90.0, 80.2)]),
        )
        .unwrap();
        for corner in geo::CoordsIter::coords_iter(&before) {
            assert!(geo::CoordsIter::coords_iter(&after).any(|c| c == corner));
        }
    }

    #[test]
    fn a_line_across_the_gap_of_two_polygons_bridges_it() {
        let mut before = rectangle(0.0, 0.0, 50.0, 50.0);
        before.0.extend(rectangle(60.0, 0.0, 50.0, 50.0));
        let drawn = line(&[(50.0, 40.0), (60.0, 40.0), (60.0, 10.0), (50.0, 10.0)]);
        let after = reshaped(&before, &drawn).unwrap();
        assert_eq!(after.0.len(), 1);
        assert!((area(&after) - 5300.0).abs() < 0.1);
    }

    #[test]
    fn a_line_that_encloses_nothing_is_refused() {
        let before = shape(&[SQUARE, COURT]);
        for (name, drawn, problem) in [
            (
                "outside",
                &[(-10.0, -10.0), (200.0, -10.0)][..],
                ShapeProblem::DoesNotMeetTwice,
            ),
            (
                "inside",
                &[(10.0, 10.0), (20.0, 10.0)],
                ShapeProblem::DoesNotMeetTwice,
            ),
            (
                "in once",
                &[(-10.0, 10.0), (20.0, 10.0)],
                ShapeProblem::DoesNotMeetTwice,
            ),
            (
                "into the court",
                &[(20.0, 50.0), (50.0, 50.0)],
                ShapeProblem::DoesNotMeetTwice,
            ),
            (
                "along a side",
                &[(0.0, 0.0), (100.0, 0.0)],
                ShapeProblem::DoesNotMeetTwice,
            ),
            ("nothing", &[], ShapeProblem::DoesNotMeetTwice),
            (
                "a shave",
                &[(0.0, 0.0), (50.0, -0.2), (100.0, 0.0)],
                ShapeProblem::LeavesSliver,
            ),
        ] {
            assert_eq!(reshaped(&before, &line(drawn)), Err(problem), "{name}");
        }
    }
}
