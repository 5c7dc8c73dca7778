//! Polygons from sides that have their ground on the left: the walk around each face of a planar
//! graph.
//!
//! `i_overlay` has its own (`extract_shapes`, 4.5.2), but where rings touch it stops on an assertion,
//! turns holes the wrong way, and along a line that crosses itself loses pieces or gives them twice.
//! Its sides, cut at every crossing, are right.

use geo::coordinate_position::{CoordPos, coord_pos_relative_to_ring};
use geo::{Coord, LineString};
use i_overlay::i_float::int::point::IntPoint;
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// From one corner to the next.
pub(super) type Side = (IntPoint, IntPoint);

/// The shapes that `sides` enclose: sides meet at their ends alone, and each has ground on its left.
/// A side with ground on both is given both ways, and parts two shapes. Rings touch themselves and
/// each other at single corners at most; outer rings run counter-clockwise, holes clockwise.
pub(super) fn faces(sides: &BTreeSet<Side>) -> IntShapes {
    let mut shapes = IntShapes::new();
    let mut holes_of_any: Vec<IntContour> = Vec::new();
    for ring in walks(sides) {
        let (outer, holes): (Vec<_>, Vec<_>) = loops(&ring)
            .into_iter()
            .partition(|ring| signed_area(ring) > 0);
        let mut outer = outer.into_iter();
        match (outer.next(), outer.next()) {
            // A walk around a face goes once around it, and in between around the holes that touch.
            (Some(outer), None) => shapes.push(std::iter::once(outer).chain(holes).collect()),
            (Some(first), Some(second)) => {
                let outer = [first, second].into_iter().chain(outer);
                shapes.extend(outer.map(|outer| vec![outer]));
                holes_of_any.extend(holes);
            }
            (None, _) => holes_of_any.extend(holes),
        }
    }
    for hole in holes_of_any {
        let around = (0..shapes.len())
            .filter(|index| is_inside(&hole, &shapes[*index][0]))
            .min_by_key(|index| signed_area(&shapes[*index][0]));
        if let Some(index) = around {
            shapes[index].push(hole);
        }
    }
    shapes
}

/// The sides of contours.
pub(super) fn sides(contour: &[IntPoint]) -> impl Iterator<Item = Side> + '_ {
    let next = contour.iter().cycle().skip(1);
    contour.iter().copied().zip(next.copied())
}

/// Twice the area of a contour; negative where it runs clockwise.
pub(super) fn signed_area(contour: &IntContour) -> i128 {
    sides(contour)
        .map(|(a, b)| i128::from(a.x) * i128::from(b.y) - i128::from(b.x) * i128::from(a.y))
        .sum()
}

/// Every closed walk along the sides that keeps to the left: around one face each.
fn walks(sides: &BTreeSet<Side>) -> Vec<Vec<IntPoint>> {
    let mut leaving: BTreeMap<IntPoint, Vec<IntPoint>> = BTreeMap::new();
    for (from, to) in sides {
        leaving.entry(*from).or_default().push(*to);
    }
    let mut walked = BTreeSet::new();
    let mut walks = Vec::new();
    for start in sides {
        let mut walk = Vec::new();
        let mut side = *start;
        while walked.insert(side) {
            let (from, to) = side;
            walk.push(from);
            let ways = leaving.get(&to).map_or(&[][..], Vec::as_slice);
            // Leftmost, that is the first clockwise from the way back.
            let next = ways.iter().min_by(|a, b| clockwise(to, from, **a, **b));
            match next {
                Some(next) => side = (to, *next),
                None => break,
            }
        }
        walks.push(walk);
    }
    walks
}

/// Which of two directions from `at` comes first, turning clockwise from the direction of `back`;
/// straight back comes last.
fn clockwise(at: IntPoint, back: IntPoint, one: IntPoint, other: IntPoint) -> Ordering {
    let vector = |to: IntPoint| {
        let x = i128::from(to.x) - i128::from(at.x);
        let y = i128::from(to.y) - i128::from(at.y);
        (x, y)
    };
    let cross = |(ax, ay): (i128, i128), (bx, by): (i128, i128)| ax * by - ay * bx;
    let back = vector(back);
    let half = |to: (i128, i128)| match cross(back, to) {
        right if right < 0 => 0,
        0 if back.0 * to.0 + back.1 * to.1 > 0 => 2,
        _ => 1,
    };
    let (one, other) = (vector(one), vector(other));
    half(one)
        .cmp(&half(other))
        .then_with(|| cross(one, other).cmp(&0))
}

/// The simple rings that a walk falls into where it passes a corner again. Out and straight back
/// is none.
fn loops(walk: &[IntPoint]) -> Vec<IntContour> {
    let (mut loops, mut rest) = (Vec::new(), Vec::<IntPoint>::new());
    let mut places = BTreeMap::new();
    for point in walk.iter().chain(walk.first()) {
        if let Some(place) = places.get(point).copied() {
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
    loops
}

/// Whether a ring lies inside another that it may touch at corners, but not along sides.
fn is_inside(ring: &IntContour, around: &IntContour) -> bool {
    let coord = |point: &IntPoint| Coord {
        x: f64::from(point.x),
        y: f64::from(point.y),
    };
    let mut around: LineString = around.iter().map(coord).collect();
    around.close();
    let position = |point| coord_pos_relative_to_ring(coord(point), &around);
    let off_border = ring
        .iter()
        .map(position)
        .find(|p| *p != CoordPos::OnBoundary);
    off_border == Some(CoordPos::Inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all_sides(contours: &[&[(i32, i32)]]) -> BTreeSet<Side> {
        let points = |contour: &&[(i32, i32)]| -> IntContour {
            contour.iter().map(|place| IntPoint::from(*place)).collect()
        };
        let contours: Vec<_> = contours.iter().map(points).collect();
        contours.iter().flat_map(|contour| sides(contour)).collect()
    }

    /// Of each shape, its area and how many holes it has.
    fn found(contours: &[&[(i32, i32)]]) -> Vec<(i128, usize)> {
        let shapes = faces(&all_sides(contours));
        let mut found: Vec<_> = shapes
            .iter()
            .map(|shape| {
                (
                    shape.iter().map(signed_area).sum::<i128>() / 2,
                    shape.len() - 1,
                )
            })
            .collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn faces_are_found_however_rings_touch() {
        let square = &[(0, 0), (10, 0), (10, 10), (0, 10)][..];
        // With corners where the others touch it.
        let pinned = &[
            (0, 0),
            (5, 0),
            (10, 0),
            (10, 5),
            (10, 10),
            (5, 10),
            (0, 10),
            (0, 5),
        ][..];
        // A name, rings, and of each face twice its area and how many holes it has.
        type Case<'a> = (&'a str, &'a [&'a [(i32, i32)]], &'a [(i128, usize)]);
        let cases: &[Case<'_>] = &[
            ("a square", &[square], &[(100, 0)]),
            (
                "with a hole",
                &[square, &[(4, 4), (4, 6), (6, 6), (6, 4)]],
                &[(96, 1)],
            ),
            (
                "with a hole that touches a side",
                &[pinned, &[(5, 0), (4, 4), (6, 4)]],
                &[(96, 1)],
            ),
            (
                "with a hole from side to side: two shapes",
                &[pinned, &[(5, 0), (4, 5), (5, 10), (6, 5)]],
                &[(45, 0), (45, 0)],
            ),
            (
                "with a hole that touches all sides",
                &[pinned, &[(5, 0), (0, 5), (5, 10), (10, 5)]],
                &[(12, 0), (12, 0), (12, 0), (12, 0)],
            ),
            (
                "two that touch at a corner",
                &[square, &[(10, 10), (20, 10), (20, 20), (10, 20)]],
                &[(100, 0), (100, 0)],
            ),
            (
                "two holes that touch at a corner",
                &[
                    square,
                    &[(2, 2), (2, 4), (4, 4), (4, 2)],
                    &[(4, 4), (4, 6), (6, 6), (6, 4)],
                ],
                &[(92, 2)],
            ),
            (
                "an island in a hole, touching it",
                &[
                    square,
                    &[(2, 2), (2, 8), (8, 8), (8, 2)],
                    &[(2, 2), (4, 3), (3, 4)],
                ],
                &[(1, 0), (64, 1)],
            ),
            (
                "parted by a side with ground on both",
                &[pinned, &[(5, 0), (5, 10)]],
                &[(50, 0), (50, 0)],
            ),
            ("a loose end", &[pinned, &[(5, 0), (5, 5)]], &[(100, 0)]),
            ("nothing", &[], &[]),
        ];
        for (name, contours, expected) in cases {
            assert_eq!(&found(contours), expected, "{name}");
        }
    }
}
