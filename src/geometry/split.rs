//! Cutting a boundary along a line.

use super::ShapeProblem;
use super::overlay::{Grid, combine, doubled_area, pinned};
use super::problem::require_sound;
use super::slice::slice;
use super::sliver::{is_sliver, mean_width_m};
use crate::geodesy::measure::area_m2;
use crate::model::{Boundary, LonLat};
use i_overlay::core::overlay_rule::OverlayRule;

/// Where the line runs along a side, rounding leaves pieces narrower than this.
const ROUNDING_M: f64 = 1e-5;
/// The parts are the boundary again to a millionth.
const CONSERVED: f64 = 1e-6;

/// The parts into which `line` cuts `boundary`, largest first; together they are the boundary.
/// Polygons that the line misses stay with the largest part.
///
/// # Errors
/// [`ShapeProblem::DoesNotCross`] where the line does not run from side to side,
/// [`ShapeProblem::LeavesSliver`], [`ShapeProblem::Unsound`].
pub fn split(boundary: &Boundary, line: &[LonLat]) -> Result<Vec<Boundary>, ShapeProblem> {
    require_sound(boundary)?;
    let grid = Grid::over(&[boundary], line)?;
    let path = grid.path(line);
    let corners = path.iter().copied().collect();
    let mut missed = Vec::new();
    let mut parts = Vec::new();
    for polygon in boundary {
        let contours = grid.contours(polygon);
        let contours: Vec<_> = contours.iter().map(|c| pinned(c, &corners)).collect();
        let pieces = slice(&contours, &path);
        let whole: i128 = combine(&contours, &[], OverlayRule::Subject)
            .iter()
            .map(doubled_area)
            .sum();
        let sum: i128 = pieces.iter().map(doubled_area).sum();
        if (whole - sum).abs() as f64 > whole as f64 * CONSERVED {
            return Err(ShapeProblem::ResultUnsound);
        }
        let mut cut = Vec::new();
        for piece in pieces {
            let part = grid.sound_boundary(&[piece])?;
            if part.iter().any(|piece| mean_width_m(piece) > ROUNDING_M) {
                cut.push(part);
            }
        }
        match cut.len() {
            0 | 1 => missed.push(polygon.clone()),
            _ => parts.append(&mut cut),
        }
    }
    if parts.iter().any(is_sliver) {
        return Err(ShapeProblem::LeavesSliver);
    }
    parts.sort_by(|a, b| area_m2(b).total_cmp(&area_m2(a)));
    let largest = parts.first_mut().ok_or(ShapeProblem::DoesNotCross)?;
    largest.0.append(&mut missed);
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, at, corners, line, polygon, rectangle, shape};

    const SQUARE: &[(f64, f64)] = &[(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0)];
    const COURT: &[(f64, f64)] = &[(40.0, 40.0), (60.0, 40.0), (60.0, 60.0), (40.0, 60.0)];

    #[test]
    fn a_line_from_side_to_side_gives_parts_largest_first() {
        type Ring = &'static [(f64, f64)];
        let cases: &[(&str, &[Ring], Ring, &[f64])] = &[
            (
                "straight through",
                &[SQUARE],
                &[(-10.0, 30.0), (110.0, 30.0)],
                &[7000.0, 3000.0],
            ),
            (
                "with a bend",
                &[SQUARE],
                &[(-10.0, 20.0), (50.0, 20.0), (50.0, -10.0)],
                &[9000.0, 1000.0],
            ),
            (
                "from corner to corner",
                &[SQUARE],
                &[(0.0, 0.0), (100.0, 100.0)],
                &[5000.0, 5000.0],
            ),
            (
                "from a side, snapped",
                &[SQUARE],
                &[(33.3, 0.0), (66.7, 100.0)],
                &[5000.0, 5000.0],
            ),
            (
                "through the court",
                &[SQUARE, COURT],
                &[(50.0, -1.0), (50.0, 101.0)],
                &[4800.0, 4800.0],
            ),
            (
                "beside the court",
                &[SQUARE, COURT],
                &[(20.0, -1.0), (20.0, 101.0)],
                &[7600.0, 2000.0],
            ),
            (
                "there and back",
                &[SQUARE],
                &[(-10.0, 30.0), (110.0, 30.0), (110.0, 60.0), (-10.0, 60.0)],
                &[4000.0, 3000.0, 3000.0],
            ),
        ];
        for (name, rings, cut, expected) in cases {
            let whole = shape(rings);
            let parts = split(&whole, &line(cut)).unwrap();
            let areas: Vec<f64> = parts.iter().map(area).collect();
            assert_eq!(areas.len(), expected.len(), "{name}: {areas:?}");
            for (got, expected) in areas.iter().zip(*expected) {
                assert!((got - expected).abs() < 0.01, "{name}: {areas:?}");
            }
            let sum: f64 = parts.iter().map(area_m2).sum();
            assert!((sum / area_m2(&whole) - 1.0).abs() < 1e-6, "{name}");
        }
    }

    #[test]
    fn corners_that_stay_keep_their_bits_and_the_cut_is_common() {
        let whole = shape(&[SQUARE, COURT]);
        let cut = line(&[(-10.0, 31.7), (41.3, 20.9), (113.0, 30.1)]);
        let parts = split(&whole, &cut).unwrap();
        let has = |part: &Boundary, at: &geo::Coord| {
            geo::CoordsIter::coords_iter(part).any(|corner| corner == *at)
        };
        for corner in geo::CoordsIter::coords_iter(&whole) {
            assert!(parts.iter().any(|part| has(part, &corner)), "{corner:?}");
        }
        let bend = at(41.3, 20.9).into();
        assert!(parts.iter().all(|part| has(part, &bend)));
        // A ring that begins on the cut names that corner twice, as its end too.
        let common: std::collections::BTreeSet<_> = geo::CoordsIter::coords_iter(&parts[0])
            .filter(|corner| has(&parts[1], corner))
            .map(|corner| (corner.x.to_bits(), corner.y.to_bits()))
            .collect();
        assert_eq!(common.len(), 3);
    }

    #[test]
    fn a_polygon_that_the_line_misses_stays_with_the_largest_part() {
        let mut whole = shape(&[SQUARE]);
        whole
            .0
            .push(polygon(&[&[(200.0, 0.0), (250.0, 0.0), (250.0, 50.0)]]));
        let parts = split(&whole, &line(&[(-10.0, 30.0), (110.0, 30.0)])).unwrap();
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0].0.len(), 2);
        assert_eq!(corners(&parts[1]).len(), 1);
    }

    #[test]
    fn a_line_that_does_not_cross_is_refused_with_the_reason() {
        let whole = rectangle(0.0, 0.0, 100.0, 100.0);
        for (name, cut, problem) in [
            (
                "ends inside",
                &[(-10.0, 50.0), (50.0, 50.0)][..],
                ShapeProblem::DoesNotCross,
            ),
            (
                "lies inside",
                &[(10.0, 50.0), (50.0, 50.0)],
                ShapeProblem::DoesNotCross,
            ),
            (
                "misses",
                &[(-10.0, 150.0), (110.0, 150.0)],
                ShapeProblem::DoesNotCross,
            ),
            (
                "runs along a side",
                &[(0.0, 0.0), (100.0, 0.0)],
                ShapeProblem::DoesNotCross,
            ),
            ("is a point", &[(50.0, 50.0)], ShapeProblem::DoesNotCross),
            ("is nothing", &[], ShapeProblem::DoesNotCross),
            (
                "shaves a side",
                &[(-10.0, 0.2), (110.0, 0.2)],
                ShapeProblem::LeavesSliver,
            ),
        ] {
            assert_eq!(split(&whole, &line(cut)), Err(problem), "{name}");
        }
        let bow_tie = shape(&[&[(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)]]);
        let cut = line(&[(-1.0, 3.0), (10.0, 3.0)]);
        assert_eq!(split(&bow_tie, &cut), Err(ShapeProblem::Unsound));
        let nowhere = [at(0.0, 0.0), LonLat::new(f64::NAN, 0.0)];
        assert_eq!(split(&whole, &nowhere), Err(ShapeProblem::BadPosition));
    }
}
