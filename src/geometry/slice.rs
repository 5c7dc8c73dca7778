//! What a line cuts a shape into.

use super::faces::{Side, faces, sides};
use super::overlay::{combine, pinned};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};
use i_overlay::string::clip::ClipRule;
use i_overlay::string::overlay::StringOverlay;
use std::collections::BTreeSet;

/// The pieces into which `path` cuts what `contours` enclose. The line may cross itself; a loose end
/// of it cuts nothing.
pub(super) fn slice(contours: &[IntContour], path: &[IntPoint]) -> IntShapes {
    let inside = clipped(contours, path);
    let corners: BTreeSet<IntPoint> = inside.iter().flat_map(|side| [side.0, side.1]).collect();
    let mut all: BTreeSet<Side> = combine(contours, &[], OverlayRule::Subject)
        .iter()
        .flatten()
        .map(|contour| pinned(contour, &corners))
        .flat_map(|contour| sides(&contour).collect::<Vec<_>>())
        .collect();
    for (from, to) in inside {
        let is_border = all.contains(&(from, to)) != all.contains(&(to, from));
        if !is_border {
            all.extend([(from, to), (to, from)]);
        }
    }
    let shapes = faces(&all);
    // The way in along a loose end and out again may touch the border once more.
    shapes
        .iter()
        .flat_map(|piece| combine(piece, &[], OverlayRule::Subject))
        .collect()
}

/// The sides of `path` inside what `contours` enclose, cut wherever they meet anything.
fn clipped(contours: &[IntContour], path: &[IntPoint]) -> Vec<Side> {
    let mut overlay = StringOverlay::with_shape_contours(contours);
    overlay.add_string_path(path);
    let inside = ClipRule {
        invert: false,
        boundary_included: false,
    };
    let paths = overlay.clip_string_lines(FillRule::EvenOdd, inside);
    let sides = paths.iter().flat_map(|path| path.windows(2));
    sides.map(|ends| (ends[0], ends[1])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::overlay::doubled_area;

    fn points(places: &[(i32, i32)]) -> Vec<IntPoint> {
        places.iter().map(|place| IntPoint::from(*place)).collect()
    }

    #[test]
    fn a_line_cuts_wherever_it_meets_the_border_or_itself() {
        let square = [points(&[(0, 0), (100, 0), (100, 100), (0, 100)])];
        for (name, path, expected) in [
            ("through", vec![(-10, 40), (110, 40)], vec![4000, 6000]),
            (
                "there and back",
                vec![(-10, 50), (110, 50), (-10, 50)],
                vec![5000, 5000],
            ),
            ("ending inside", vec![(-10, 50), (50, 50)], vec![10_000]),
            ("along a side", vec![(0, 0), (100, 0)], vec![10_000]),
            (
                "through, with a loop inside",
                vec![(-10, 50), (60, 50), (60, 70), (40, 70), (40, 30), (110, 30)],
                vec![400, 3800, 5800],
            ),
            (
                "a closed ring",
                vec![(20, 20), (40, 20), (40, 40), (20, 40), (20, 20)],
                vec![400, 9600],
            ),
            (
                "a ring on a stem, closed where it crosses it",
                vec![(-10, 50), (60, 50), (60, 70), (40, 70), (40, 40)],
                vec![400, 9600],
            ),
            (
                "in and out over one side",
                vec![
                    (10, 10),
                    (10, -10),
                    (30, -10),
                    (30, 10),
                    (50, 10),
                    (50, -10),
                ],
                vec![200, 9800],
            ),
        ] {
            let mut areas: Vec<i128> = slice(&square, &points(&path))
                .iter()
                .map(|piece| doubled_area(piece) / 2)
                .collect();
            areas.sort_unstable();
            assert_eq!(areas, expected, "{name}");
        }
    }
}
