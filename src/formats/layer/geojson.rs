//! GeoJSON with every kind of geometry.

use super::error::{LayerErrorKind, SkipReason};
use super::raw::{RawLayer, RawShape, System, reach};
use crate::formats::geojson::{Content, Document, coord, document, feature, system_of};
use crate::formats::read_text;
use crate::model::{Crs, Datum};
use crate::progress::Progress;
use ::geojson::{Geometry, GeometryValue, Position};
use geo::{LineString, Polygon};

pub(super) fn read(
    name: String,
    bytes: &[u8],
    progress: &Progress,
) -> Result<RawLayer, LayerErrorKind> {
    let text = read_text(bytes)?;
    let Document { crs, content } = document(&text)?;
    let mut layer = RawLayer::new(name, system(crs));
    let features = match content {
        Content::Features(features) => features,
        Content::Geometry(text) => {
            layer.add(1, shape(text), []);
            return Ok(layer);
        }
    };
    progress.begin(features.len() as u64);
    for ((index, text), number) in features.into_iter().enumerate().zip(1..) {
        reach(progress, index)?;
        match feature(text) {
            Some((cells, Some(geometry))) => layer.add(number, shape(geometry), cells),
            Some((cells, None)) => layer.add(number, Err(SkipReason::NoGeometry), cells),
            None => layer.add(number, Err(SkipReason::Broken), []),
        }
    }
    Ok(layer)
}

/// RFC 7946 §4: without a `crs` member, longitude and latitude of WGS 84.
fn system(member: Option<&str>) -> System {
    match member.filter(|member| *member != "null").map(system_of) {
        None => System::Named(Crs::Degrees(Datum::Wgs84)),
        Some(system) => system,
    }
}

fn shape(text: &str) -> Result<RawShape, SkipReason> {
    let geometry: Geometry = serde_json::from_str(text).map_err(|_| SkipReason::Broken)?;
    let mut shape = RawShape::default();
    take(&geometry, &mut shape);
    Ok(shape)
}

/// Collections in collections are as deep as serde_json lets text be, and no deeper.
fn take(geometry: &Geometry, shape: &mut RawShape) {
    match &geometry.value {
        GeometryValue::Point { coordinates } => shape.points.push(coord(coordinates)),
        GeometryValue::MultiPoint { coordinates } => {
            shape.points.extend(coordinates.iter().map(coord));
        }
        GeometryValue::LineString { coordinates } => shape.lines.push(line(coordinates)),
        GeometryValue::MultiLineString { coordinates } => {
            shape.lines.extend(coordinates.iter().map(|l| line(l)));
        }
        GeometryValue::Polygon { coordinates } => shape.polygons.extend(polygon(coordinates)),
        GeometryValue::MultiPolygon { coordinates } => {
            let polygons = coordinates.iter().filter_map(|rings| polygon(rings));
            shape.polygons.extend(polygons);
        }
        GeometryValue::GeometryCollection { geometries } => {
            geometries.iter().for_each(|part| take(part, shape));
        }
    }
}

fn polygon(rings: &[Vec<Position>]) -> Option<Polygon> {
    let mut rings = rings.iter().map(|ring| line(ring));
    Some(Polygon::new(rings.next()?, rings.collect()))
}

fn line(positions: &[Position]) -> LineString {
    LineString(positions.iter().map(coord).collect())
}
