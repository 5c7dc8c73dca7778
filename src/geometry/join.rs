//! Making one boundary of several neighbours.

use super::ShapeProblem;
use super::overlay::{Grid, combine, flat};
use super::plane::Plane;
use super::problem::require_sound;
use super::sliver::{NO_WIDTH_M, mean_width_m};
use crate::model::Boundary;
use geo::buffer::{BufferStyle, LineJoin};
use geo::{Buffer, Contains, Distance, Euclidean, InteriorPoint, Polygon};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_shape::int::shape::{IntContour, IntShapes};

/// Corners sharper than this (radians) are cut off by a buffer, not drawn out to a needle.
const SHARPEST: f64 = 0.2;

/// The union of `boundaries`. Gaps between neighbours no wider than `tolerance_m` are closed;
/// no outer corner moves.
///
/// # Errors
/// [`ShapeProblem::NothingToJoin`] below two, [`ShapeProblem::Apart`] where one of them touches no
/// other within the tolerance, [`ShapeProblem::Unsound`].
pub fn join(boundaries: &[&Boundary], tolerance_m: f64) -> Result<Boundary, ShapeProblem> {
    if boundaries.len() < 2 {
        return Err(ShapeProblem::NothingToJoin);
    }
    let grid = sound_grid(boundaries)?;
    let union = united(&grid, boundaries);
    let gaps = gaps(&grid, boundaries, &union, tolerance_m);
    let closed = combine(&flat(&union), &flat(&gaps), OverlayRule::Union);
    let joined = grid.sound_boundary(&without_cracks(&grid, closed))?;
    match are_one(boundaries, &joined) {
        true => Ok(joined),
        false => Err(ShapeProblem::Apart),
    }
}

/// The union of `boundaries` as they are, touching or not.
///
/// # Errors
/// [`ShapeProblem::NothingToJoin`] where there are none, [`ShapeProblem::Unsound`].
pub fn union(boundaries: &[&Boundary]) -> Result<Boundary, ShapeProblem> {
    if boundaries.is_empty() {
        return Err(ShapeProblem::NothingToJoin);
    }
    let grid = sound_grid(boundaries)?;
    grid.sound_boundary(&united(&grid, boundaries))
}

fn sound_grid(boundaries: &[&Boundary]) -> Result<Grid, ShapeProblem> {
    for boundary in boundaries {
        require_sound(boundary)?;
    }
    Grid::over(boundaries, &[])
}

fn united(grid: &Grid, boundaries: &[&Boundary]) -> IntShapes {
    boundaries.iter().fold(Vec::new(), |union, boundary| {
        let more = grid.all_contours(boundary);
        combine(&flat(&union), &more, OverlayRule::Union)
    })
}

/// What lies between two or more of the boundaries and is nowhere wider than the tolerance: the
/// morphological closing, less what it fills in within one boundary.
fn gaps(grid: &Grid, boundaries: &[&Boundary], union: &IntShapes, tolerance_m: f64) -> IntShapes {
    if tolerance_m <= 0.0 {
        return Vec::new();
    }
    let plane = grid.plane();
    let buffer = |shape: &Boundary, by: f64| {
        shape.buffer_with_style(BufferStyle::new(by).line_join(LineJoin::Miter(SHARPEST)))
    };
    // A gap as wide as the tolerance should close, whatever its last bit.
    let reach = (tolerance_m + NO_WIDTH_M) / 2.0;
    let grown = buffer(&plane.flatten(&grid.boundary(union)), reach);
    let closed = plane.unflatten(&buffer(&grown, -reach));
    // Buffers give corners back nearly; the corner meant is the one that was there.
    let closed: Vec<IntContour> = rings(&closed)
        .map(|ring| grid.contour_near(ring, NO_WIDTH_M))
        .collect();
    let inputs: Vec<Boundary> = boundaries.iter().map(|b| plane.flatten(b)).collect();
    combine(&closed, &flat(union), OverlayRule::Difference)
        .into_iter()
        .filter(|piece| {
            let piece = grid.boundary(std::slice::from_ref(piece));
            is_gap(&piece, &plane, &inputs)
        })
        .collect()
}

fn is_gap(piece: &Boundary, plane: &Plane, inputs: &[Boundary]) -> bool {
    if !piece.iter().any(|p| mean_width_m(p) > NO_WIDTH_M) {
        return false;
    }
    let piece = plane.flatten(piece);
    let touches = |input: &&Boundary| Euclidean.distance(&piece, *input) <= NO_WIDTH_M;
    inputs.iter().filter(touches).count() >= 2
}

/// Without the holes that are nothing but rounding between borders that are one.
fn without_cracks(grid: &Grid, shapes: IntShapes) -> IntShapes {
    let is_crack = |contour: &IntContour| {
        let hole = grid.boundary(&[vec![contour.clone()]]);
        hole.iter().all(|hole| mean_width_m(hole) <= NO_WIDTH_M)
    };
    let mended = |mut shape: Vec<IntContour>| {
        let holes = shape.split_off(1.min(shape.len()));
        shape.extend(holes.into_iter().filter(|hole| !is_crack(hole)));
        shape
    };
    shapes.into_iter().map(mended).collect()
}

/// Whether the polygons of the union tie all inputs together: each holds ground of some of them.
fn are_one(inputs: &[&Boundary], union: &Boundary) -> bool {
    let holder = |polygon: &Polygon| {
        let inside = polygon.interior_point()?;
        union.iter().position(|whole| whole.contains(&inside))
    };
    let held: Vec<Vec<Option<usize>>> = inputs
        .iter()
        .map(|input| input.iter().map(holder).collect())
        .collect();
    let mut tied = vec![false; inputs.len()];
    let mut reached: Vec<Option<usize>> = held[0].clone();
    tied[0] = true;
    // Each round ties at least one more input, or ends.
    while let Some(next) = (0..inputs.len())
        .find(|input| !tied[*input] && held[*input].iter().any(|of| reached.contains(of)))
    {
        tied[next] = true;
        reached.extend(&held[next]);
    }
    tied.into_iter().all(|tied| tied)
}

fn rings(boundary: &Boundary) -> impl Iterator<Item = &geo::LineString> {
    boundary
        .iter()
        .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, corners, rectangle, shape};
    use geo::CoordsIter;

    fn joined(shapes: &[Boundary], tolerance_m: f64) -> Result<Boundary, ShapeProblem> {
        join(&shapes.iter().collect::<Vec<_>>(), tolerance_m)
    }

    #[test]
    fn neighbours_become_one_ring() {
        let left = rectangle(0.0, 0.0, 50.0, 40.0);
        let cases: &[(&str, &[Boundary], f64)] = &[
            (
                "with a common side",
                &[rectangle(50.0, 0.0, 30.0, 40.0)],
                3200.0,
            ),
            (
                "with half a side",
                &[rectangle(50.0, 20.0, 30.0, 40.0)],
                3200.0,
            ),
            ("overlapping", &[rectangle(40.0, 10.0, 30.0, 20.0)], 2400.0),
            ("with a gap", &[rectangle(50.4, 0.0, 29.6, 40.0)], 3200.0),
            (
                "with a gap and a step",
                &[rectangle(50.4, 10.0, 30.0, 20.0)],
                2608.0,
            ),
            (
                "in a row, the last touching the second alone",
                &[
                    rectangle(80.0, 0.0, 10.0, 40.0),
                    rectangle(50.0, 0.0, 30.0, 40.0),
                ],
                3600.0,
            ),
        ];
        for (name, others, expected) in cases {
            let all: Vec<_> = std::iter::once(left.clone())
                .chain(others.iter().cloned())
                .collect();
            let union = joined(&all, 0.5).unwrap();
            assert_eq!(corners(&union).len(), 1, "{name}: {:?}", corners(&union));
            assert!(
                (area(&union) - expected).abs() < 0.05,
                "{name}: {}",
                area(&union)
            );
            // Outer corners keep their bits: here all of the first one's western ones.
            for corner in left.coords_iter().filter(|c| c.x < 115.9001) {
                assert!(union.coords_iter().any(|c| c == corner), "{name}");
            }
        }
    }

    #[test]
    fn a_courtyard_stays_open_and_a_notch_of_one_estate_too() {
        let notched = shape(&[&[
            (0.0, 0.0),
            (100.0, 0.0),
            (100.0, 50.0),
            (60.3, 50.0),
            (60.3, 20.0),
            (60.0, 20.0),
            (60.0, 50.0),
            (0.0, 50.0),
        ]]);
        let ring = [
            notched.clone(),
            shape(&[&[
                (100.0, 0.0),
                (140.0, 0.0),
                (140.0, 90.0),
                (0.0, 90.0),
                (0.0, 60.0),
                (120.0, 60.0),
                (120.0, 40.0),
                (100.0, 40.0),
            ]]),
        ];
        let union = joined(&ring, 0.5).unwrap();
        let whole = area(&ring[0]) + area(&ring[1]);
        assert!((area(&union) - whole).abs() < 0.01);
    }

    #[test]
    fn what_does_not_touch_is_refused() {
        let left = rectangle(0.0, 0.0, 50.0, 40.0);
        for (name, others, problem) in [
            ("alone", vec![], ShapeProblem::NothingToJoin),
            (
                "far",
                vec![rectangle(60.0, 0.0, 9.0, 9.0)],
                ShapeProblem::Apart,
            ),
            (
                "a metre off",
                vec![rectangle(51.0, 0.0, 9.0, 9.0)],
                ShapeProblem::Apart,
            ),
            (
                "at a corner",
                vec![rectangle(50.0, 40.0, 9.0, 9.0)],
                ShapeProblem::Apart,
            ),
            (
                "one of two",
                vec![
                    rectangle(50.0, 0.0, 9.0, 40.0),
                    rectangle(0.0, 90.0, 9.0, 9.0),
                ],
                ShapeProblem::Apart,
            ),
            (
                "a bow tie",
                vec![shape(&[&[(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)]])],
                ShapeProblem::Unsound,
            ),
        ] {
            let all: Vec<_> = std::iter::once(left.clone()).chain(others).collect();
            assert_eq!(joined(&all, 0.5), Err(problem), "{name}");
        }
    }

    #[test]
    fn the_union_of_what_lies_apart_has_several_polygons() {
        let (left, right) = (
            rectangle(0.0, 0.0, 9.0, 9.0),
            rectangle(60.0, 0.0, 9.0, 9.0),
        );
        assert_eq!(union(&[&left, &right]).unwrap().0.len(), 2);
    }
}
