//! "Avoid overlap": what is left of a boundary beside its neighbours.

use super::ShapeProblem;
use super::overlay::{Grid, combine, flat, is_on_earth};
use super::problem::require_sound;
use super::sliver::{is_sliver_polygon, mean_width_m};
use crate::geodesy::measure::area_m2;
use crate::model::Boundary;
use geo::{BoundingRect, CoordsIter, Intersects};
use i_overlay::core::overlay_rule::OverlayRule;

/// Common ground narrower than this on the average is two borders not quite the same.
pub const OVERLAP_WIDTH_M: f64 = 0.01;

/// A boundary without the ground of its neighbours, and what was taken from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clipped {
    pub boundary: Boundary,
    /// Geodesic, in m²: overlap and slivers together.
    pub removed_m2: f64,
    /// The neighbours that took something, as indices of the slice given.
    pub by: Vec<usize>,
}

/// `boundary` without the ground of `neighbours`; the corners along them are the neighbours' own.
/// Slivers that the cut leaves are dropped. Where nothing overlaps, the boundary is as it was.
///
/// # Errors
/// [`ShapeProblem::InsideNeighbours`] where nothing is left, [`ShapeProblem::Unsound`].
pub fn without(boundary: &Boundary, neighbours: &[&Boundary]) -> Result<Clipped, ShapeProblem> {
    require_sound(boundary)?;
    let by: Vec<usize> = overlaps(boundary, neighbours)
        .into_iter()
        .map(|(index, _)| index)
        .collect();
    if by.is_empty() {
        return Ok(Clipped {
            boundary: boundary.clone(),
            removed_m2: 0.0,
            by,
        });
    }
    // All that are near: a wedge too thin to count as a whole has a thicker end.
    let near: Vec<&Boundary> = near(boundary, neighbours).map(|(_, shape)| shape).collect();
    let all: Vec<&Boundary> = std::iter::once(boundary).chain(near.clone()).collect();
    let grid = Grid::over(&all, &[])?;
    let rest = near
        .iter()
        .fold(grid.all_contours(boundary), |rest, shape| {
            flat(&combine(
                &rest,
                &grid.all_contours(shape),
                OverlayRule::Difference,
            ))
        });
    let mut rest = grid.boundary(&combine(&rest, &[], OverlayRule::Subject));
    rest.0.retain(|polygon| !is_sliver_polygon(polygon));
    if rest.0.is_empty() {
        return Err(ShapeProblem::InsideNeighbours);
    }
    require_sound(&rest).map_err(|_| ShapeProblem::ResultUnsound)?;
    Ok(Clipped {
        removed_m2: (area_m2(boundary) - area_m2(&rest)).max(0.0),
        boundary: rest,
        by,
    })
}

/// The neighbours that share ground with `boundary`, as indices of the slice given, and how many
/// m² (geodesic). Borders that miss each other by less than [`OVERLAP_WIDTH_M`] don't count.
pub fn overlaps(boundary: &Boundary, neighbours: &[&Boundary]) -> Vec<(usize, f64)> {
    near(boundary, neighbours)
        .filter_map(|(index, neighbour)| {
            let area = common_m2(boundary, neighbour)?;
            (area > 0.0).then_some((index, area))
        })
        .collect()
}

/// The neighbours whose extents meet that of `boundary`; what is no shape is no neighbour.
fn near<'a>(
    boundary: &Boundary,
    neighbours: &[&'a Boundary],
) -> impl Iterator<Item = (usize, &'a Boundary)> {
    let extent = boundary.bounding_rect();
    let is_near = move |other: &Boundary| {
        extent
            .zip(other.bounding_rect())
            .is_some_and(|(one, two)| one.intersects(&two))
            && other.coords_iter().all(|at| is_on_earth(&at))
    };
    let all = neighbours.iter().copied().enumerate();
    all.filter(move |(_, neighbour)| is_near(neighbour))
}

/// `None` where a position is no place on Earth: what is no shape overlaps nothing.
fn common_m2(one: &Boundary, other: &Boundary) -> Option<f64> {
    let grid = Grid::over(&[one, other], &[]).ok()?;
    let common = combine(
        &grid.all_contours(one),
        &grid.all_contours(other),
        OverlayRule::Intersect,
    );
    let mut common = grid.boundary(&common);
    common.0.retain(|p| mean_width_m(p) > OVERLAP_WIDTH_M);
    Some(area_m2(&common))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, corners, rectangle, shape};

    #[test]
    fn the_overlap_goes_and_is_told() {
        let drawn = rectangle(0.0, 0.0, 100.0, 100.0);
        let far = rectangle(500.0, 0.0, 10.0, 10.0);
        let cases: &[(&str, Boundary, &[usize], f64)] = &[
            ("beside", rectangle(100.0, 0.0, 50.0, 50.0), &[], 0.0),
            (
                "over a side",
                rectangle(90.0, -10.0, 50.0, 200.0),
                &[1],
                1000.0,
            ),
            (
                "in a corner",
                rectangle(90.0, 90.0, 50.0, 50.0),
                &[1],
                100.0,
            ),
            ("inside", rectangle(40.0, 40.0, 20.0, 20.0), &[1], 400.0),
            ("across", rectangle(40.0, -10.0, 20.0, 200.0), &[1], 2000.0),
            // A tenth of a metre is left beyond it: a sliver.
            (
                "all but a strip",
                rectangle(0.1, 0.0, 40.0, 100.0),
                &[1],
                4010.0,
            ),
            ("by a hair", rectangle(99.995, 0.0, 50.0, 100.0), &[], 0.0),
        ];
        for (name, neighbour, by, removed) in cases {
            let clipped = without(&drawn, &[&far, neighbour]).unwrap();
            assert_eq!(&clipped.by, by, "{name}");
            assert!(
                (clipped.removed_m2 - removed).abs() < 1.0,
                "{name}: {clipped:?}"
            );
            assert!(
                (area(&clipped.boundary) + removed - 10_000.0).abs() < 0.1,
                "{name}"
            );
            assert!(
                overlaps(&clipped.boundary, &[neighbour]).is_empty(),
                "{name}"
            );
        }
        let strip = rectangle(0.0, 0.0, 99.9, 100.0);
        assert_eq!(
            without(&drawn, &[&strip]),
            Err(ShapeProblem::InsideNeighbours)
        );
        let around = rectangle(-1.0, -1.0, 200.0, 200.0);
        assert_eq!(
            without(&drawn, &[&around]),
            Err(ShapeProblem::InsideNeighbours)
        );
    }

    #[test]
    fn the_new_border_is_the_neighbours_own() {
        let neighbour = shape(&[&[(70.3, -20.1), (90.7, 33.3), (80.9, 120.2), (150.0, 50.0)]]);
        let drawn = rectangle(0.0, 0.0, 100.0, 100.0);
        let clipped = without(&drawn, &[&neighbour]).unwrap();
        let inside = neighbour.coords_iter().nth(1).unwrap();
        assert!(clipped.boundary.coords_iter().any(|c| c == inside));
        // Untouched, bit for bit.
        let west: Vec<_> = drawn.coords_iter().filter(|c| c.x < 115.9001).collect();
        assert!(
            west.iter()
                .all(|w| clipped.boundary.coords_iter().any(|c| c == *w))
        );
        assert_eq!(corners(&clipped.boundary).len(), 2);
    }

    #[test]
    fn a_sketch_that_is_no_shape_overlaps_nothing() {
        let drawn = rectangle(0.0, 0.0, 100.0, 100.0);
        assert!(overlaps(&Boundary::new(vec![]), &[&drawn]).is_empty());
        let nowhere = shape(&[&[(0.0, 0.0), (f64::NAN, 1.0), (1.0, 1.0)]]);
        assert!(overlaps(&nowhere, &[&drawn]).is_empty());
        assert!(overlaps(&drawn, &[&nowhere]).is_empty());
        let neighbour = rectangle(50.0, 0.0, 100.0, 100.0);
        let clipped = without(&drawn, &[&nowhere, &neighbour]).unwrap();
        assert_eq!(clipped.by, [1]);
    }
}
