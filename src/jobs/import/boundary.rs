//! Geometries of a file as boundaries and positions of the survey: the datum, the ring rules, and
//! what cannot be a place in China.

use crate::geodesy::datum::{is_in_china, to_storage};
use crate::geometry::validity;
use crate::model::{Boundary, Datum, LonLat, RowProblemKind};
use geo::orient::{Direction, Orient};
use geo::{Coord, CoordsIter, LineString, MultiPolygon, Polygon, RemoveRepeatedPoints};

/// Checking whether a ring crosses itself takes time that grows with the square of its positions.
/// Estates have some dozens; beyond this the check before a release looks.
const CHECKED_POSITIONS: usize = 2_000;

/// A closed ring of three corners.
const LEAST_POSITIONS: usize = 4;

/// A boundary that the survey can store.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum BoundaryReading {
    Sound(Boundary),
    /// Kept as drawn although it crosses itself, or without a part that was no area: a person
    /// must look, and a check blocks the release until one has.
    Doubtful(Boundary),
}

/// The stored form of polygons given in `datum`: rings closed, no position twice in a row,
/// outer rings counter-clockwise and holes clockwise (RFC 7946 §3.1.6).
///
/// # Errors
/// `BadPosition`, `OutsideChina`, or `InvalidGeometry` where nothing of it is an area.
pub(super) fn boundary(
    polygons: &MultiPolygon,
    datum: Datum,
) -> Result<BoundaryReading, RowProblemKind> {
    let mut dropped = 0usize;
    let mut kept = Vec::new();
    for polygon in polygons {
        let exterior = ring(polygon.exterior(), datum)?;
        let mut holes = Vec::new();
        for hole in polygon.interiors() {
            match ring(hole, datum)? {
                hole if hole.0.len() >= LEAST_POSITIONS => holes.push(hole),
                _ => dropped += 1,
            }
        }
        match exterior.0.len() >= LEAST_POSITIONS {
            true => kept.push(Polygon::new(exterior, holes)),
            false => dropped += 1,
        }
    }
    if kept.is_empty() {
        return Err(RowProblemKind::InvalidGeometry);
    }
    let boundary = MultiPolygon(kept).orient(Direction::Default);
    let is_checked = boundary.coords_count() <= CHECKED_POSITIONS;
    match dropped > 0 || (is_checked && !validity::problems(&boundary).is_empty()) {
        true => Ok(BoundaryReading::Doubtful(boundary)),
        false => Ok(BoundaryReading::Sound(boundary)),
    }
}

fn ring(line: &LineString, datum: Datum) -> Result<LineString, RowProblemKind> {
    let mut positions = Vec::with_capacity(line.0.len());
    for coord in line {
        positions.push(Coord::from(position(*coord, datum)?));
    }
    let mut ring = LineString(positions).remove_repeated_points();
    ring.close();
    Ok(ring)
}

/// The stored form of a position given in `datum`.
///
/// # Errors
/// `BadPosition` where it is no place on Earth, `OutsideChina` where it is none in China.
pub(super) fn position(coord: Coord, datum: Datum) -> Result<LonLat, RowProblemKind> {
    // NaN is in no range.
    if !((-180.0..=180.0).contains(&coord.x) && (-90.0..=90.0).contains(&coord.y)) {
        return Err(RowProblemKind::BadPosition);
    }
    let stored = to_storage(datum, coord);
    match is_in_china(stored) {
        true => Ok(stored),
        false => Err(RowProblemKind::OutsideChina),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Winding, wkt};

    fn read(polygons: MultiPolygon) -> Result<BoundaryReading, RowProblemKind> {
        boundary(&polygons, Datum::Cgcs2000)
    }

    #[test]
    fn rings_are_closed_turned_and_freed_of_repetitions() {
        let drawn = wkt!(MULTIPOLYGON(((115. 28., 115. 29., 115. 29., 116. 29., 116. 28.),
            (115.2 28.2, 115.8 28.2, 115.8 28.8, 115.2 28.8))));
        let Ok(BoundaryReading::Sound(boundary)) = read(drawn) else {
            panic!("a square with a hole is sound");
        };
        let polygon = &boundary.0[0];
        assert_eq!(polygon.exterior().0.len(), 5);
        assert!(polygon.exterior().is_closed() && polygon.exterior().is_ccw());
        assert!(polygon.interiors()[0].is_cw());
    }

    #[test]
    fn a_ring_that_crosses_itself_is_kept_as_drawn() {
        let bow_tie = wkt!(MULTIPOLYGON(((115. 28., 116. 29., 116. 28., 115. 29., 115. 28.))));
        let Ok(BoundaryReading::Doubtful(boundary)) = read(bow_tie) else {
            panic!("a bow tie is doubtful");
        };
        assert_eq!(boundary.0[0].exterior().0.len(), 5);
    }

    #[test]
    fn a_part_without_an_area_is_left_out_and_said() {
        let parts = wkt!(MULTIPOLYGON(((115. 28., 116. 28., 116. 29.)), ((117. 28., 117. 28.))));
        match read(parts) {
            Ok(BoundaryReading::Doubtful(boundary)) => assert_eq!(boundary.0.len(), 1),
            other => panic!("{other:?}"),
        }
        let line = wkt!(MULTIPOLYGON(((115. 28., 116. 28., 115. 28.))));
        assert_eq!(read(line), Err(RowProblemKind::InvalidGeometry));
        let nothing = MultiPolygon(Vec::new());
        assert_eq!(read(nothing), Err(RowProblemKind::InvalidGeometry));
    }

    #[test]
    fn what_is_no_place_in_china_is_told_from_what_is_no_place() {
        use RowProblemKind::{BadPosition, OutsideChina};
        for (x, y, kind) in [
            (0.0, 0.0, OutsideChina),
            (28.68, 115.9, BadPosition),
            (28.68, 75.9, OutsideChina),
            (2.35, 48.85, OutsideChina),
            (f64::NAN, 28.0, BadPosition),
            (39_500_000.0, 3_170_000.0, BadPosition),
        ] {
            for datum in [Datum::Wgs84, Datum::Bd09] {
                assert_eq!(position(Coord { x, y }, datum), Err(kind), "{x} {y}");
            }
        }
    }
}
