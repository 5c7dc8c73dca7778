//! Shapefiles: shapes, the table beside them, and what says in which system they are.

mod records;

use super::error::{Damage, LayerErrorKind, SkipReason};
use super::files::{Entry, Files};
use super::raw::{RawLayer, RawShape, System, reach};
use super::table::Table;
use crate::formats::read_text;
use crate::geodesy::wkt::{UnknownCrs, crs_of_wkt};
use crate::progress::Progress;
use ::shapefile::record::traits::HasXY;
use ::shapefile::{PolygonRing, Shape, ShapeReader};
use geo::{Contains, Coord, LineString, Point, Polygon};
use std::io::Cursor;

pub(super) fn read(
    files: &Files,
    entry: &Entry,
    progress: &Progress,
) -> Result<RawLayer, LayerErrorKind> {
    let code_page = files.beside(entry, "cpg");
    let table = files
        .beside(entry, "dbf")
        .map(|bytes| Table::read(&bytes, code_page.as_deref()))
        .unwrap_or_default();
    let system = match files.beside(entry, "prj") {
        Some(bytes) => system(&bytes),
        None => System::NotNamed,
    };
    let mut layer = RawLayer::new(entry.name.clone(), system);
    let mut rows = table.rows.into_iter();
    let shapes = files.bytes(entry);
    let index = files.beside(entry, "shx");
    let mut count = 0;
    let mut add = |number: usize, shape: Result<RawShape, SkipReason>| {
        reach(progress, number)?;
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        count = number;
        layer.add(number, shape, rows.next().unwrap_or_default());
        Ok(())
    };
    match index {
        Some(index) => read_by_index(shapes, &index, progress, &mut add)?,
        None => read_in_order(shapes, progress, &mut add)?,
    }
    // Rows of the table that no shape is left for.
    for row in rows {
        count = count.saturating_add(1);
        layer.add(count, Err(SkipReason::NoGeometry), row);
    }
    Ok(layer)
}

/// With an index, a broken shape does not lose those behind it. A broken index is none.
fn read_by_index(
    shapes: &[u8],
    index: &[u8],
    progress: &Progress,
    add: &mut impl FnMut(usize, Result<RawShape, SkipReason>) -> Result<(), LayerErrorKind>,
) -> Result<(), LayerErrorKind> {
    let Some(places) = records::places(index) else {
        return read_in_order(shapes, progress, add);
    };
    check_header(shapes)?;
    progress.begin(places.len() as u64);
    for (place, number) in places.into_iter().zip(1..) {
        let shape =
            records::content(shapes, place).and_then(|(content, _)| records::shape(content));
        add(number, shape.ok_or(SkipReason::Broken).and_then(raw))?;
    }
    Ok(())
}

fn read_in_order(
    shapes: &[u8],
    progress: &Progress,
    add: &mut impl FnMut(usize, Result<RawShape, SkipReason>) -> Result<(), LayerErrorKind>,
) -> Result<(), LayerErrorKind> {
    check_header(shapes)?;
    progress.begin(0);
    let (mut place, end) = records::extent(shapes).unwrap_or_default();
    let mut number = 0;
    while place < end {
        number += 1;
        let record = records::content(shapes, place);
        let shape = record.and_then(|(content, _)| records::shape(content));
        // Nobody knows where the next one begins.
        let next = record.filter(|_| shape.is_some()).map(|(_, next)| next);
        add(number, shape.ok_or(SkipReason::Broken).and_then(raw))?;
        place = next.unwrap_or(end);
    }
    Ok(())
}

fn check_header(shapes: &[u8]) -> Result<(), LayerErrorKind> {
    let damaged =
        |error: ::shapefile::Error| LayerErrorKind::Damaged(Damage::Shapefile(error.to_string()));
    ShapeReader::new(Cursor::new(shapes))
        .map(|_| ())
        .map_err(damaged)
}

fn system(bytes: &[u8]) -> System {
    let Ok(text) = read_text(bytes) else {
        return System::NotNamed;
    };
    match crs_of_wkt(text.trim()) {
        Ok(crs) => System::Named(crs),
        Err(UnknownCrs::Other { name }) => System::Unknown { name },
        // A page of the web saved in its place says nothing.
        Err(UnknownCrs::NoText) => System::NotNamed,
    }
}

fn raw(shape: Shape) -> Result<RawShape, SkipReason> {
    let mut raw = RawShape::default();
    match shape {
        Shape::NullShape => return Err(SkipReason::NoGeometry),
        Shape::Multipatch(_) => return Err(SkipReason::Unsupported),
        Shape::Point(point) => raw.points.push(coord(&point)),
        Shape::PointM(point) => raw.points.push(coord(&point)),
        Shape::PointZ(point) => raw.points.push(coord(&point)),
        Shape::Multipoint(points) => raw.points = coords(points.points()),
        Shape::MultipointM(points) => raw.points = coords(points.points()),
        Shape::MultipointZ(points) => raw.points = coords(points.points()),
        Shape::Polyline(line) => raw.lines = lines(line.parts()),
        Shape::PolylineM(line) => raw.lines = lines(line.parts()),
        Shape::PolylineZ(line) => raw.lines = lines(line.parts()),
        Shape::Polygon(polygon) => raw.polygons = polygons(polygon.rings()),
        Shape::PolygonM(polygon) => raw.polygons = polygons(polygon.rings()),
        Shape::PolygonZ(polygon) => raw.polygons = polygons(polygon.rings()),
    }
    Ok(raw)
}

fn coord(point: &impl HasXY) -> Coord {
    Coord {
        x: point.x(),
        y: point.y(),
    }
}

fn coords<P: HasXY>(points: &[P]) -> Vec<Coord> {
    points.iter().map(coord).collect()
}

fn lines<P: HasXY>(parts: &[Vec<P>]) -> Vec<LineString> {
    parts.iter().map(|part| LineString(coords(part))).collect()
}

/// Outer rings with the holes that lie in them, in whatever order the file has both.
fn polygons<P: HasXY>(rings: &[PolygonRing<P>]) -> Vec<Polygon> {
    let ring = |points: &[P]| LineString(coords(points));
    let mut polygons = Vec::new();
    let mut holes = Vec::new();
    for part in rings {
        match part {
            PolygonRing::Outer(points) => polygons.push(Polygon::new(ring(points), Vec::new())),
            PolygonRing::Inner(points) => holes.push((polygons.len(), ring(points))),
        }
    }
    for (before, hole) in holes {
        let is_in = |polygon: &Polygon| {
            let first = hole.0.first();
            first.is_some_and(|corner| polygon.contains(&Point(*corner)))
        };
        // Mostly it is in the ring just before it.
        let last = before.checked_sub(1);
        let around = match last.filter(|last| is_in(&polygons[*last])) {
            Some(last) => Some(last),
            None => polygons.iter().position(is_in).or(last),
        };
        match around {
            Some(around) => polygons[around].interiors_push(hole),
            // Turned the wrong way round.
            None => polygons.push(Polygon::new(hole, Vec::new())),
        }
    }
    polygons
}
