//! What a line cuts a shape into.
//!
//! `i_overlay` slices wrongly along a line that crosses itself (4.5.2: pieces overlap or are lost).
//! So the loops of the line are taken off first and cut out of the shape as the polygons that they
//! are; what is left is a simple line, and that it slices well.

use super::overlay::combine;
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Coord, Line};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShape, IntShapes};
use i_overlay::string::overlay::StringOverlay;
use i_overlay::string::rule::StringRule;
use std::collections::BTreeMap;

/// The pieces into which `path` cuts what `contours` enclose. A loose end cuts nothing.
pub(super) fn slice(contours: &[IntContour], path: &[IntPoint]) -> IntShapes {
    let (loops, simple) = loops_and_rest(&noded(path));
    let whole = combine(contours, &[], OverlayRule::Subject);
    let parts = loops.into_iter().fold(whole, |pieces, ring| {
        let ring = [ring];
        let cut = |piece: &IntShape| {
            let mut parts = combine(piece, &ring, OverlayRule::Intersect);
            parts.extend(combine(piece, &ring, OverlayRule::Difference));
            parts
        };
        pieces.iter().flat_map(cut).collect()
    });
    let pieces = parts.iter().flat_map(|part| slice_simply(part, &simple));
    // A loose end leaves its way in and out behind; even-odd cancels them.
    pieces
        .flat_map(|piece| combine(&piece, &[], OverlayRule::Subject))
        .collect()
}

fn slice_simply(contours: &[IntContour], path: &[IntPoint]) -> IntShapes {
    let mut overlay = StringOverlay::with_shape_contours(contours);
    overlay.add_string_path(path);
    match overlay.build_graph_view(FillRule::EvenOdd) {
        Some(graph) => graph.extract_shapes(StringRule::Slice),
        None => Vec::new(),
    }
}

/// The path with a corner wherever it meets itself.
fn noded(path: &[IntPoint]) -> Vec<IntPoint> {
    let coord = |point: IntPoint| Coord {
        x: f64::from(point.x),
        y: f64::from(point.y),
    };
    // Both are on the grid, or between points of it: within 32 bits.
    let point = |at: Coord| IntPoint::new(at.x.round() as i32, at.y.round() as i32);
    let sides: Vec<Line> = path
        .windows(2)
        .map(|ends| Line::new(coord(ends[0]), coord(ends[1])))
        .collect();
    let meetings = |side: &Line| {
        let mut on: Vec<IntPoint> = sides
            .iter()
            .filter_map(|other| line_intersection(*side, *other))
            .flat_map(|meeting| match meeting {
                LineIntersection::SinglePoint { intersection, .. } => vec![point(intersection)],
                LineIntersection::Collinear { intersection } => {
                    vec![point(intersection.start), point(intersection.end)]
                }
            })
            .collect();
        let start = point(side.start);
        on.sort_by_key(|at| at.sqr_distance(start));
        on
    };
    let mut noded: Vec<IntPoint> = path.first().copied().into_iter().collect();
    noded.extend(sides.iter().flat_map(meetings));
    noded.extend(path.last());
    noded.dedup();
    noded
}

/// The loops that a noded path makes, each as a contour, and the simple path between its ends.
fn loops_and_rest(path: &[IntPoint]) -> (Vec<IntContour>, Vec<IntPoint>) {
    let (mut loops, mut rest) = (Vec::new(), Vec::<IntPoint>::new());
    let mut places = BTreeMap::new();
    for point in path {
        if let Some(place) = places.get(point).copied() {
            // Out and straight back encloses nothing.
            if rest.len() - place > 2 {
                loops.push(rest[place..].to_vec());
            }
            for gone in rest.drain(place + 1..) {
                places.remove(&gone);
            }
        } else {
            places.insert(*point, rest.len());
            rest.push(*point);
        }
    }
    (loops, rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::overlay::doubled_area;

    fn points(places: &[(i32, i32)]) -> Vec<IntPoint> {
        places.iter().map(|place| IntPoint::from(*place)).collect()
    }

    #[test]
    fn a_line_that_crosses_itself_cuts_its_loops_out() {
        let square = [points(&[(0, 0), (100, 0), (100, 100), (0, 100)])];
        for (name, path, expected) in [
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
                "there and back",
                vec![(-10, 50), (110, 50), (-10, 50)],
                vec![10_000],
            ),
            (
                "a ring on a stem, closed where it crosses it",
                vec![(-10, 50), (60, 50), (60, 70), (40, 70), (40, 40)],
                vec![400, 9600],
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
