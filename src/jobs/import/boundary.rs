//! Geometries of a file as boundaries and positions of the survey: the system, the ring rules, and
//! what cannot be a place in China.

use super::frame::Frame;
use crate::geodesy::crs::to_storage;
use crate::geodesy::datum::is_in_china;
use crate::geodesy::form::Form;
use crate::geometry::validity;
use crate::model::{AxisOrder, Boundary, Crs, LonLat, RowProblemKind};
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

/// The stored form of polygons given in `frame`: rings closed, no position twice in a row,
/// outer rings counter-clockwise and holes clockwise (RFC 7946 §3.1.6).
///
/// # Errors
/// `BadPosition`, `OutsideChina`, or `InvalidGeometry` where nothing of it is an area.
pub(super) fn boundary(
    polygons: &MultiPolygon,
    frame: Frame,
) -> Result<BoundaryReading, RowProblemKind> {
    let mut dropped = 0usize;
    let mut kept = Vec::new();
    for polygon in polygons {
        let exterior = ring(polygon.exterior(), frame)?;
        let mut holes = Vec::new();
        for hole in polygon.interiors() {
            match ring(hole, frame)? {
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

fn ring(line: &LineString, frame: Frame) -> Result<LineString, RowProblemKind> {
    let mut positions = Vec::with_capacity(line.0.len());
    for coord in line {
        positions.push(Coord::from(position(*coord, frame)?));
    }
    let mut ring = LineString(positions).remove_repeated_points();
    ring.close();
    Ok(ring)
}

/// The stored form of a position given in `frame`.
///
/// # Errors
/// What the pair looks like where that is plainly another system than the declared one;
/// `BadPosition` where it is no place on Earth, `OutsideChina` where it is none in China.
pub(super) fn position(given: Coord, frame: Frame) -> Result<LonLat, RowProblemKind> {
    let coord = frame.order.east_first(given);
    let declared = Form::of_crs(frame.crs);
    match Form::of(coord) {
        Some(form) if form == declared => {}
        Some(form) => return Err(looks_like(form)),
        None if Form::of(AxisOrder::NorthFirst.east_first(coord)) == Some(declared) => {
            return Err(RowProblemKind::SwappedAxes);
        }
        // Not like China: still a place on Earth, or none.
        None => {}
    }
    let is_on_earth = match frame.crs {
        Crs::Degrees(_) => LonLat::from(coord).is_on_earth(),
        Crs::WebMercator(_) | Crs::GaussKruger(..) => coord.x.is_finite() && coord.y.is_finite(),
    };
    let stored = to_storage(frame.crs, coord).filter(|_| is_on_earth);
    match stored.ok_or(RowProblemKind::BadPosition)? {
        stored if is_in_china(stored) => Ok(stored),
        _ => Err(RowProblemKind::OutsideChina),
    }
}

fn looks_like(form: Form) -> RowProblemKind {
    match form {
        Form::Degrees => RowProblemKind::LooksLikeDegrees,
        Form::WebMercator => RowProblemKind::LooksLikeMercator,
        Form::Plain => RowProblemKind::LooksUnzoned,
        Form::Zoned(_) => RowProblemKind::LooksZoned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Datum;
    use geo::{Winding, wkt};

    fn read(polygons: MultiPolygon) -> Result<BoundaryReading, RowProblemKind> {
        let frame = Frame::east_first(Crs::Degrees(Datum::Cgcs2000));
        boundary(&polygons, frame)
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
        use RowProblemKind::*;
        for (x, y, kind) in [
            (0.0, 0.0, OutsideChina),
            (28.68, 115.9, SwappedAxes),
            (115.9, 128.68, BadPosition),
            (2.35, 48.85, OutsideChina),
            (f64::NAN, 28.0, BadPosition),
            (39_500_000.0, 3_170_000.0, LooksZoned),
            (500_000.0, 3_170_000.0, LooksUnzoned),
            (12_901_929.0, 3_334_980.0, LooksLikeMercator),
        ] {
            for datum in [Datum::Wgs84, Datum::Bd09] {
                let frame = Frame::east_first(Crs::Degrees(datum));
                assert_eq!(position(Coord { x, y }, frame), Err(kind), "{x} {y}");
            }
        }
    }

    #[test]
    fn metres_that_are_not_of_the_declared_system_are_named() {
        use RowProblemKind::*;
        for (key, x, y, kind) in [
            ("gk114", 115.9, 28.68, LooksLikeDegrees),
            ("gk114", 38_685_719.7, 3_175_280.9, LooksZoned),
            ("gk114-zone", 685_719.7, 3_175_280.9, LooksUnzoned),
            ("gk114-zone", 39_685_719.7, 3_175_280.9, LooksZoned),
            ("gk117", 3_175_280.9, 685_719.7, SwappedAxes),
            ("gk117", 12_901_929.0, 3_334_980.0, LooksLikeMercator),
            ("web-mercator", 685_719.7, 3_175_280.9, LooksUnzoned),
            ("gk114", 0.0, 0.0, OutsideChina),
            ("web-mercator", 0.0, 0.0, OutsideChina),
            ("gk117", f64::INFINITY, 3.0e6, BadPosition),
        ] {
            let frame = Frame::east_first(Crs::named(key).unwrap());
            assert_eq!(position(Coord { x, y }, frame), Err(kind), "{key} {x} {y}");
        }
    }
}
