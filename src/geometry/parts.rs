//! The polygons and holes of a boundary: added and taken away.

use super::ShapeProblem;
use super::plane::Plane;
use super::problem::require_sound;
use super::sliver::{NO_WIDTH_M, mean_width_m};
use super::validity::{self, BoundaryProblem, RingIndex, is_sound};
use crate::model::{Boundary, LonLat};
use geo::orient::Direction;
use geo::{Coord, Distance, Euclidean, LineString, MapCoords, Orient, Point, Polygon};

/// The boundary that a ring of corners encloses, closed or not, turned counter-clockwise.
///
/// # Errors
/// What is wrong with the ring.
pub fn ring_boundary(corners: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    let ring = corners.iter().map(|at| Coord::from(*at)).collect();
    let boundary = Boundary::from(Polygon::new(ring, Vec::new()).orient(Direction::Default));
    match validity::problems(&boundary)
        .into_iter()
        .find(|problem| !problem.is_harmless())
    {
        // Corners on one line enclose a little all the same, by rounding.
        None if boundary.iter().all(|p| mean_width_m(p) <= NO_WIDTH_M) => {
            Err(ShapeProblem::ZeroArea)
        }
        None => Ok(boundary),
        Some(BoundaryProblem::Empty | BoundaryProblem::TooFewPositions { .. }) => {
            Err(ShapeProblem::TooFewCorners)
        }
        Some(BoundaryProblem::BadPosition { .. }) => Err(ShapeProblem::BadPosition),
        Some(BoundaryProblem::ZeroArea { .. }) => Err(ShapeProblem::ZeroArea),
        Some(_) => Err(ShapeProblem::CrossesItself),
    }
}

/// `boundary` with the hole `ring`, which must lie inside one of its polygons and beside its holes.
///
/// # Errors
/// What is wrong with the ring, [`ShapeProblem::HoleOutside`], [`ShapeProblem::Unsound`].
pub fn with_hole(boundary: &Boundary, ring: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    require_sound(boundary)?;
    let hole = outer_ring(ring)?;
    let with_hole_in = |index: usize| {
        let mut pierced = boundary.clone();
        let polygon = pierced.0.get_mut(index)?;
        polygon.interiors_push(hole.clone());
        let pierced = pierced.orient(Direction::Default);
        is_sound(&pierced).then_some(pierced)
    };
    (0..boundary.0.len())
        .find_map(with_hole_in)
        .ok_or(ShapeProblem::HoleOutside)
}

/// `boundary` with one more polygon, which must not share ground or a side with the others.
///
/// # Errors
/// What is wrong with the ring, [`ShapeProblem::PartOverlaps`], [`ShapeProblem::Unsound`].
pub fn with_part(boundary: &Boundary, ring: &[LonLat]) -> Result<Boundary, ShapeProblem> {
    require_sound(boundary)?;
    let mut whole = boundary.clone();
    whole.0.extend(ring_boundary(ring)?);
    match is_sound(&whole) {
        true => Ok(whole),
        false => Err(ShapeProblem::PartOverlaps),
    }
}

/// `boundary` without a hole, or, where `at` is an outer ring, without that polygon. The rest may
/// be as unsound as before.
///
/// # Errors
/// [`ShapeProblem::NoSuchRing`], [`ShapeProblem::LastPart`].
pub fn without_ring(boundary: &Boundary, at: RingIndex) -> Result<Boundary, ShapeProblem> {
    let mut rest = boundary.clone();
    let polygon = rest.0.get(at.polygon).ok_or(ShapeProblem::NoSuchRing)?;
    match at.ring {
        0 if boundary.0.len() == 1 => Err(ShapeProblem::LastPart),
        0 => {
            rest.0.remove(at.polygon);
            Ok(rest)
        }
        ring if ring <= polygon.interiors().len() => {
            let (exterior, mut holes) = polygon.clone().into_inner();
            holes.remove(ring - 1);
            rest.0[at.polygon] = Polygon::new(exterior, holes);
            Ok(rest)
        }
        _ => Err(ShapeProblem::NoSuchRing),
    }
}

/// Which ring of `boundary` runs nearest to `pointer`, for a tool that takes one away.
pub fn nearest_ring(boundary: &Boundary, pointer: LonLat) -> Option<RingIndex> {
    let plane = Plane::at(pointer);
    let distance = |ring: &LineString| {
        let ring = ring.map_coords(|at| plane.to_metres(at.into()));
        Euclidean.distance(&ring, &Point::new(0.0, 0.0))
    };
    let rings = boundary.iter().enumerate().flat_map(|(polygon, shape)| {
        let rings = std::iter::once(shape.exterior()).chain(shape.interiors());
        rings
            .enumerate()
            .map(move |(ring, line)| (RingIndex { polygon, ring }, line))
    });
    rings
        .min_by(|(_, a), (_, b)| distance(a).total_cmp(&distance(b)))
        .map(|(index, _)| index)
}

fn outer_ring(corners: &[LonLat]) -> Result<LineString, ShapeProblem> {
    let polygon = ring_boundary(corners)?.into_iter().next();
    Ok(polygon.ok_or(ShapeProblem::TooFewCorners)?.into_inner().0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, line, rectangle, shape};

    type Ring = &'static [(f64, f64)];
    const SQUARE: Ring = &[(0.0, 0.0), (40.0, 0.0), (40.0, 40.0), (0.0, 40.0)];
    const COURT: Ring = &[(10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0)];

    fn at(polygon: usize, ring: usize) -> RingIndex {
        RingIndex { polygon, ring }
    }

    #[test]
    fn a_hole_goes_into_the_polygon_around_it() {
        let mut whole = rectangle(100.0, 0.0, 9.0, 9.0);
        whole.0.extend(shape(&[SQUARE]));
        let pierced = with_hole(&whole, &line(COURT)).unwrap();
        assert_eq!(pierced.0[1].interiors().len(), 1);
        assert!((area(&pierced) - (81.0 + 1500.0)).abs() < 0.01);
        assert_eq!(without_ring(&pierced, at(1, 1)).unwrap(), whole);
    }

    #[test]
    fn a_hole_that_is_not_inside_is_refused() {
        let whole = shape(&[SQUARE, COURT]);
        use ShapeProblem as P;
        for (name, ring, problem) in [
            (
                "outside",
                &[(50.0, 0.0), (60.0, 0.0), (60.0, 9.0)][..],
                P::HoleOutside,
            ),
            (
                "over the border",
                &[(30.0, 30.0), (50.0, 30.0), (50.0, 35.0)],
                P::HoleOutside,
            ),
            (
                "along the border",
                &[(0.0, 30.0), (5.0, 30.0), (0.0, 35.0)],
                P::HoleOutside,
            ),
            (
                "over a hole",
                &[(15.0, 15.0), (30.0, 15.0), (30.0, 30.0)],
                P::HoleOutside,
            ),
            (
                "in a hole",
                &[(12.0, 12.0), (18.0, 12.0), (18.0, 18.0)],
                P::HoleOutside,
            ),
            (
                "around everything",
                &[(-9.0, -9.0), (90.0, -9.0), (90.0, 90.0), (-9.0, 90.0)],
                P::HoleOutside,
            ),
            (
                "a line",
                &[(30.0, 30.0), (32.0, 32.0), (34.0, 34.0)],
                P::ZeroArea,
            ),
            (
                "two corners",
                &[(30.0, 30.0), (32.0, 32.0)],
                P::TooFewCorners,
            ),
            (
                "a bow tie",
                &[(25.0, 25.0), (35.0, 35.0), (35.0, 25.0), (25.0, 35.0)],
                P::CrossesItself,
            ),
        ] {
            assert_eq!(with_hole(&whole, &line(ring)), Err(problem), "{name}");
        }
        let bow_tie = shape(&[&[(0.0, 0.0), (40.0, 40.0), (40.0, 0.0), (0.0, 40.0)]]);
        assert_eq!(with_hole(&bow_tie, &line(COURT)), Err(P::Unsound));
    }

    #[test]
    fn a_part_lies_beside_the_others() {
        let whole = shape(&[SQUARE, COURT]);
        let beside = line(&[(50.0, 0.0), (50.0, 9.0), (60.0, 9.0), (60.0, 0.0)]);
        let both = with_part(&whole, &beside).unwrap();
        assert_eq!(both.0.len(), 2);
        assert_eq!(without_ring(&both, at(1, 0)).unwrap(), whole);
        // An island in the court is one too.
        assert!(with_part(&whole, &line(&[(12.0, 12.0), (18.0, 12.0), (18.0, 18.0)])).is_ok());
        for ring in [
            &[(30.0, 0.0), (50.0, 0.0), (50.0, 40.0)][..],
            &[(40.0, 0.0), (50.0, 0.0), (50.0, 40.0), (40.0, 40.0)],
        ] {
            assert_eq!(
                with_part(&whole, &line(ring)),
                Err(ShapeProblem::PartOverlaps)
            );
        }
    }

    #[test]
    fn the_last_part_and_rings_that_are_not_there_stay() {
        let whole = shape(&[SQUARE, COURT]);
        for (index, problem) in [
            (at(0, 0), ShapeProblem::LastPart),
            (at(0, 2), ShapeProblem::NoSuchRing),
            (at(1, 0), ShapeProblem::NoSuchRing),
        ] {
            assert_eq!(without_ring(&whole, index), Err(problem), "{index:?}");
        }
    }

    #[test]
    fn the_nearest_ring_is_found_from_inside_and_outside() {
        let whole = shape(&[SQUARE, COURT]);
        use crate::geometry::fixtures::at as place;
        for (pointer, ring) in [
            ((-5.0, 5.0), 0),
            ((15.0, 15.0), 1),
            ((3.0, 20.0), 0),
            ((22.0, 15.0), 1),
        ] {
            let found = nearest_ring(&whole, place(pointer.0, pointer.1));
            assert_eq!(found, Some(at(0, ring)), "{pointer:?}");
        }
        assert_eq!(nearest_ring(&Boundary::new(vec![]), place(0.0, 0.0)), None);
    }
}
