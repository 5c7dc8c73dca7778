//! GeoJSON: a feature collection, one feature, or a bare geometry.
//!
//! The document is cut into raw features first and each is parsed alone, so that one broken
//! feature does not lose the others. The cutting keeps no stack, and what is parsed is limited to
//! the depth serde_json allows: no nesting overflows. A long file is never held whole (`stream`).

mod features;
mod plain;
mod stream;

pub use plain::ShapeKind;
pub(super) use stream::scan;
pub use stream::{FeatureFile, Passed, READ_ROWS};

use super::layer::raw::System;
use super::table::{Format, FormatError, GeoJsonFault, JsonFault, RawGeometry, RawRow, RawTable};
use super::text::Decoded;
use super::{Cells, MAX_COLUMNS, readable};
use crate::model::Crs;
use ::geojson::{Geometry, GeometryValue, Position};
use features::FeatureRows;
use geo::{Coord, LineString, MultiPolygon, Polygon};
use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::error::Category;
use serde_json::value::RawValue;

/// A feature's own `id`, beside its properties; named as OpenStreetMap's exports name it.
const ID_COLUMN: &str = "@id";

#[derive(Deserialize)]
struct Root<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    features: Option<&'a RawValue>,
    #[serde(borrow)]
    crs: Option<&'a RawValue>,
}

#[derive(Deserialize)]
struct RawFeature<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    geometry: Option<&'a RawValue>,
    /// Values stay text: a 20-digit id must not become a rounded number.
    #[serde(borrow)]
    properties: Option<IndexMap<String, &'a RawValue>>,
    #[serde(borrow)]
    id: Option<&'a RawValue>,
}

/// Reads the features, each with its properties as text.
///
/// # Errors
/// [`FormatError::NoJson`] with the place where the document breaks, [`FormatError::NoGeoJson`]
/// where it is other JSON.
pub(super) fn read(decoded: &Decoded) -> Result<RawTable, FormatError> {
    let document = document(decoded.text.as_ref())?;
    let mut table = RawTable::empty(Format::GeoJson, Some(decoded.encoding));
    if let Some(member) = document.crs {
        table.set_system(system_of(member));
    }
    let features = match document.content {
        Content::Features(features) => features,
        Content::Geometry(text) => {
            table.rows.push(RawRow {
                row: 1,
                cells: Cells::default(),
                geometry: geometry(text),
            });
            return Ok(table);
        }
    };
    let mut rows = FeatureRows::default();
    for (number, feature) in (1..).zip(features) {
        let mut row = RawRow {
            row: number,
            cells: Cells::default(),
            geometry: RawGeometry::None,
        };
        match rows.read(feature, &mut row) {
            Ok(()) => table.rows.push(row),
            Err(rejected) => table.unreadable.push(rejected),
        }
        if rows.columns() > MAX_COLUMNS {
            return Err(FormatError::TooManyColumns { limit: MAX_COLUMNS });
        }
    }
    table.columns = rows.into_columns();
    Ok(table)
}

/// A document, cut into features.
pub(crate) struct Document<'a> {
    /// The `crs` member.
    pub crs: Option<&'a str>,
    pub content: Content<'a>,
}

pub(crate) enum Content<'a> {
    Features(Vec<&'a str>),
    /// The document is a bare geometry.
    Geometry(&'a str),
}

/// Cuts a document into its features without looking into them.
///
/// # Errors
/// [`FormatError::NoJson`], [`FormatError::NoGeoJson`].
pub(crate) fn document(text: &str) -> Result<Document<'_>, FormatError> {
    let root = match root(text) {
        Ok(root) => root,
        Err(error) => {
            let features = sequence(text).ok_or(error)?;
            return Ok(Document {
                crs: None,
                content: Content::Features(features),
            });
        }
    };
    let kind = root
        .kind
        .ok_or(FormatError::NoGeoJson(GeoJsonFault::NoType))?;
    let content = match string(kind).as_str() {
        "FeatureCollection" => root
            .features
            .and_then(|features| serde_json::from_str::<Vec<&RawValue>>(features.get()).ok())
            .map(|features| features.into_iter().map(RawValue::get).collect())
            .map(Content::Features)
            .ok_or(FormatError::NoGeoJson(GeoJsonFault::NoFeatures))?,
        "Feature" => Content::Features(vec![text]),
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
        | "GeometryCollection" => Content::Geometry(text),
        other => {
            let fault = GeoJsonFault::UnknownType(readable(other));
            return Err(FormatError::NoGeoJson(fault));
        }
    };
    Ok(Document {
        crs: root.crs.map(RawValue::get),
        content,
    })
}

/// The texts of a sequence (RFC 8142), each behind a record separator; or the lines of a file where
/// most are features by themselves.
fn sequence(text: &str) -> Option<Vec<&str>> {
    const RECORD_SEPARATOR: char = '\u{1e}';
    let text = text.trim_start();
    let parts = |at: char| {
        text.split(at)
            .map(str::trim)
            .filter(|part| !part.is_empty())
    };
    if text.starts_with(RECORD_SEPARATOR) {
        return Some(parts(RECORD_SEPARATOR).collect());
    }
    let lines: Vec<&str> = parts('\n').collect();
    let is_whole = |line: &&&str| {
        line.starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
    };
    let whole = lines.iter().filter(is_whole).count();
    (lines.len() > 1 && whole * 2 > lines.len()).then_some(lines)
}

/// The names of properties, and their values as text.
pub(crate) type Properties = Vec<(String, String)>;

/// The properties of a feature as text, its id among them, and its geometry as JSON. `None` where
/// the text is no feature.
pub(crate) fn feature(text: &str) -> Option<(Properties, Option<&str>)> {
    let feature = serde_json::from_str::<RawFeature>(text)
        .ok()
        .filter(|_| text.trim_start().starts_with('{'))
        .filter(|feature| feature.kind.is_some_and(|kind| string(kind) == "Feature"))?;
    let id = feature.id.map(|id| (ID_COLUMN.to_owned(), id));
    let cells = feature.properties.into_iter().flatten().chain(id);
    let cells = cells
        .map(|(name, value)| (name, property(value)))
        .filter(|(_, text)| !text.trim().is_empty())
        .collect();
    Some((cells, feature.geometry.map(RawValue::get)))
}

fn root(text: &str) -> Result<Root<'_>, FormatError> {
    if !text.trim_start().starts_with('{') {
        let parsed = serde_json::from_str::<serde::de::IgnoredAny>(text);
        parsed.map_err(|error| no_json(text, &error))?;
        return Err(FormatError::NoGeoJson(GeoJsonFault::NoObject));
    }
    serde_json::from_str(text).map_err(|error| match error.classify() {
        // The members are raw, so their content is not looked at: only a repetition is left.
        Category::Data => FormatError::NoGeoJson(GeoJsonFault::RepeatedMember),
        _ => no_json(text, &error),
    })
}

fn no_json(text: &str, error: &serde_json::Error) -> FormatError {
    let line = text.lines().nth(error.line().saturating_sub(1));
    let before = line.and_then(|line| line.as_bytes().get(..error.column()));
    let column = before.map_or(error.column(), |bytes| {
        String::from_utf8_lossy(bytes).chars().count()
    });
    FormatError::NoJson {
        line: error.line(),
        column,
        fault: match error.is_eof() {
            true => JsonFault::CutOff,
            false => JsonFault::Syntax,
        },
    }
}

/// A property as text: strings as they are, null as nothing, everything else as its JSON.
fn property(value: &RawValue) -> String {
    match value.get() {
        "null" => String::new(),
        text if text.starts_with('"') => string(value),
        json => json.to_owned(),
    }
}

/// The content of a JSON string. One that no text can stand for (half a surrogate pair) keeps its
/// spelling with a mark, so that it is listed as bad text.
fn string(value: &RawValue) -> String {
    serde_json::from_str(value.get())
        .unwrap_or_else(|_| format!("{}{}", value.get(), char::REPLACEMENT_CHARACTER))
}

fn geometry(text: &str) -> RawGeometry {
    let Ok(geometry) = serde_json::from_str::<Geometry>(text) else {
        return RawGeometry::Broken(text.to_owned());
    };
    match &geometry.value {
        GeometryValue::Point { coordinates } => RawGeometry::Point(coord(coordinates)),
        GeometryValue::MultiPoint { coordinates } if coordinates.len() == 1 => {
            RawGeometry::Point(coord(&coordinates[0]))
        }
        GeometryValue::Polygon { coordinates } => {
            RawGeometry::Polygons(MultiPolygon(vec![polygon(coordinates)]))
        }
        GeometryValue::MultiPolygon { coordinates } => RawGeometry::Polygons(MultiPolygon(
            coordinates.iter().map(|rings| polygon(rings)).collect(),
        )),
        other => RawGeometry::Unsupported(other.type_name()),
    }
}

fn polygon(rings: &[Vec<Position>]) -> Polygon {
    let mut rings = rings
        .iter()
        .map(|ring| LineString(ring.iter().map(coord).collect()));
    let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Polygon::new(exterior, rings.collect())
}

/// Heights are dropped. A position without two numbers is none, which `is_finite` finds.
pub(crate) fn coord(position: &Position) -> Coord {
    match position.as_slice() {
        [x, y, ..] => Coord { x: *x, y: *y },
        _ => Coord {
            x: f64::NAN,
            y: f64::NAN,
        },
    }
}

/// RFC 7946 did away with `crs`, the Chinese profiles keep it.
pub(crate) fn system_of(member: &str) -> System {
    let value: serde_json::Value = serde_json::from_str(member).unwrap_or_default();
    let name = value.pointer("/properties/name").and_then(|n| n.as_str());
    // The oldest form has the bare number.
    let code = value.pointer("/properties/code").map(ToString::to_string);
    let name = name.or(code.as_deref()).unwrap_or(member);
    match Crs::named(name.trim_matches('"')) {
        Some(crs) => System::Named(crs),
        None => System::Unknown {
            name: readable(name),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::read;

    fn table(text: &str) -> RawTable {
        read("estates.geojson", text.as_bytes()).unwrap()
    }

    fn error(text: &str) -> FormatError {
        read("estates.geojson", text.as_bytes()).unwrap_err()
    }

    fn feature(geometry: &str, properties: &str) -> String {
        format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
    }

    fn collection(features: &[&str]) -> String {
        let features = features.join(",");
        format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
    }

    #[test]
    fn properties_stay_text_in_their_order() {
        let properties = r#"{"name":"洪都新村","id":12345678901234567890123,"hh":120.0,"open":true,
            "none":null,"list":["a"],"blank":" "}"#;
        let text = format!("\u{feff}{}", collection(&[&feature("null", properties)]));
        let table = table(&text);
        assert_eq!(
            table.columns,
            ["name", "id", "hh", "open", "list"],
            "blank properties are no columns"
        );
        let cells: Vec<_> = table.rows[0].cells.iter().map(|(_, t)| t).collect();
        let id = "12345678901234567890123";
        assert_eq!(cells, ["洪都新村", id, "120.0", "true", "[\"a\"]"]);
    }

    #[test]
    fn a_broken_feature_does_not_lose_the_good_ones() {
        let good = feature(
            r#"{"type":"Point","coordinates":[115.9,28.6]}"#,
            r#"{"name":"甲"}"#,
        );
        let twice = r#"{"type":"Feature","geometry":null,"geometry":null,"properties":{}}"#;
        let table = table(&collection(&[&good, "null", "[]", twice, "{}", "7", &good]));
        let rows: Vec<_> = table.rows.iter().map(|row| row.row).collect();
        let broken: Vec<_> = table.unreadable.iter().map(|r| r.problem.row).collect();
        assert_eq!((rows, broken), (vec![1, 7], vec![2, 3, 4, 5, 6]));
        assert_eq!(table.rows_read(), 7);
    }

    #[test]
    fn each_kind_of_geometry_is_told_apart() {
        let ring = "[[1,1],[2,1],[2,2]]";
        for (text, expected) in [
            (
                r#"{"type":"Point","coordinates":[1,2,9]}"#.to_owned(),
                "point",
            ),
            (
                r#"{"type":"MultiPoint","coordinates":[[1,2]]}"#.to_owned(),
                "point",
            ),
            (
                r#"{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}"#.to_owned(),
                "MultiPoint",
            ),
            (
                r#"{"type":"LineString","coordinates":[[1,2],[3,4]]}"#.to_owned(),
                "LineString",
            ),
            (
                format!(r#"{{"type":"Polygon","coordinates":[{ring}]}}"#),
                "polygons",
            ),
            (
                format!(r#"{{"type":"MultiPolygon","coordinates":[[{ring}],[{ring}]]}}"#),
                "polygons",
            ),
            (
                r#"{"type":"Polygon","coordinates":[["a"]]}"#.to_owned(),
                "broken",
            ),
            (
                r#"{"type":"Circle","coordinates":[1,2]}"#.to_owned(),
                "broken",
            ),
            ("null".to_owned(), "none"),
        ] {
            let kind = match &table(&feature(&text, "null")).rows[0].geometry {
                RawGeometry::None => "none",
                RawGeometry::Point(_) => "point",
                RawGeometry::Polygons(_) => "polygons",
                RawGeometry::Unsupported(kind) => kind,
                RawGeometry::Broken(_) => "broken",
            };
            assert_eq!(kind, expected, "{text}");
        }
    }

    #[test]
    fn a_broken_document_says_where() {
        for (text, line, column, fault) in [
            ("{\n\"类型\": ,\n}", 2, 7, JsonFault::Syntax),
            (
                "{\"type\":\"FeatureCollection\",\n\"features\":[",
                2,
                12,
                JsonFault::CutOff,
            ),
            ("", 1, 0, JsonFault::CutOff),
        ] {
            assert_eq!(
                error(text),
                FormatError::NoJson {
                    line,
                    column,
                    fault
                },
                "{text}"
            );
        }
    }

    #[test]
    fn nesting_does_not_overflow_the_stack() {
        let deep = "[".repeat(200_000);
        assert!(matches!(error(&deep), FormatError::NoJson { .. }));
        let closed = format!("{deep}{}", "]".repeat(200_000));
        assert_eq!(
            error(&closed),
            FormatError::NoGeoJson(GeoJsonFault::NoObject)
        );
        let geometry = format!(r#"{{"type":"Polygon","coordinates":{closed}}}"#);
        let table = table(&collection(&[&feature(
            &geometry,
            &format!(r#"{{"a":{closed}}}"#),
        )]));
        assert!(matches!(table.rows[0].geometry, RawGeometry::Broken(_)));
        let mut nested = r#"{"type":"Point","coordinates":[1,2]}"#.to_owned();
        for _ in 0..20_000 {
            nested = format!(r#"{{"type":"GeometryCollection","geometries":[{nested}]}}"#);
        }
        assert_eq!(read("a.geojson", nested.as_bytes()).unwrap().rows_read(), 1);
    }

    #[test]
    fn the_systems_that_a_file_may_name_are_known_and_others_do_not_pass() {
        use crate::model::{Datum, Easting, Meridian};
        let with = |name: &str| {
            format!(
                r#"{{"type":"FeatureCollection","features":[],
                "crs":{{"type":"name","properties":{{"name":"{name}"}}}}}}"#
            )
        };
        let cgcs2000 = Crs::Degrees(Datum::Cgcs2000);
        let wgs84 = Crs::Degrees(Datum::Wgs84);
        for (name, crs) in [
            ("urn:ogc:def:crs:EPSG::4490", cgcs2000),
            ("EPSG:4490", cgcs2000),
            ("CGCS2000", cgcs2000),
            ("urn:ogc:def:crs:OGC:1.3:CRS84", wgs84),
            ("urn:ogc:def:crs:EPSG::4326", wgs84),
            ("WGS 84", wgs84),
            ("urn:ogc:def:crs:EPSG::3857", Crs::WebMercator(Datum::Wgs84)),
            (
                "urn:ogc:def:crs:EPSG::4547",
                Crs::GaussKruger(Meridian::East114, Easting::Plain),
            ),
            (
                "EPSG:4527",
                Crs::GaussKruger(Meridian::East117, Easting::WithZone),
            ),
        ] {
            assert_eq!(table(&with(name)).crs_hint, Some(crs), "{name}");
        }
        let code = r#"{"type":"FeatureCollection","features":[],
            "crs":{"type":"EPSG","properties":{"code":4548}}}"#;
        let expected = Crs::GaussKruger(Meridian::East117, Easting::Plain);
        assert_eq!(table(code).crs_hint, Some(expected));
        for name in ["EPSG:32650", "Beijing 1954", "CGCS2000 / GK 114E"] {
            let table = table(&with(name));
            assert_eq!(table.unknown_system.as_deref(), Some(name));
            assert_eq!(table.crs_hint, None);
        }
        let null = r#"{"type":"FeatureCollection","features":[],"crs":null}"#;
        assert_eq!(table(null).crs_hint, None);
    }

    #[test]
    fn other_json_is_named() {
        for (text, fault) in [
            ("[]", GeoJsonFault::NoObject),
            ("\"a\"", GeoJsonFault::NoObject),
            ("{}", GeoJsonFault::NoType),
            (
                r#"{"type":"Topology"}"#,
                GeoJsonFault::UnknownType("Topology".into()),
            ),
            (
                r#"{"type":"FeatureCollection","features":{}}"#,
                GeoJsonFault::NoFeatures,
            ),
            (r#"{"type":"FeatureCollection"}"#, GeoJsonFault::NoFeatures),
            (
                r#"{"type":"Feature","type":"Point"}"#,
                GeoJsonFault::RepeatedMember,
            ),
        ] {
            assert_eq!(error(text), FormatError::NoGeoJson(fault), "{text}");
        }
    }
}
