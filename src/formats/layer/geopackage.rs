//! GeoPackages of others, of every version: read where they lie, unchanged.

use super::error::{Damage, LayerErrorKind, SkipReason};
use super::raw::{RawLayer, RawShape, System, reach};
use crate::geodesy::wkt::{UnknownCrs, crs_of_wkt};
use crate::model::Crs;
use crate::progress::Progress;
use crate::sqlite::{open_to_read, open_unwritten};
use geo::{Geometry, Polygon};
use geo_traits::to_geo::ToGeoGeometry;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row};
use std::path::Path;

/// Whether the file is a survey of this program: such a file is opened, and its records are not
/// somebody's list.
pub(in crate::formats) fn is_survey(path: &Path) -> Result<bool, LayerErrorKind> {
    let sql = "SELECT count(*) = 2 FROM sqlite_master
               WHERE type = 'table' AND name IN ('edit_log', 'estate_decision')";
    let found = open(path)?.query_row(sql, [], |row| row.get(0));
    found.map_err(damaged)
}

pub(super) fn layers(path: &Path) -> Result<Vec<String>, LayerErrorKind> {
    names(&open(path)?)
}

pub(super) fn read(
    path: &Path,
    layer: Option<&str>,
    progress: &Progress,
) -> Result<RawLayer, LayerErrorKind> {
    let connection = open(path)?;
    let names = names(&connection)?;
    let name = match layer {
        Some(wanted) => names
            .into_iter()
            .find(|name| name == wanted)
            .ok_or_else(|| LayerErrorKind::NoSuchLayer {
                name: wanted.to_owned(),
            })?,
        None => names.into_iter().next().ok_or(LayerErrorKind::NoLayers)?,
    };
    let (column, srs_id) = connection
        .query_row(
            "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1",
            [&name],
            |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)),
        )
        .map_err(damaged)?;
    let mut raw = RawLayer::new(name.clone(), system(&connection, srs_id)?);
    let table = format!("\"{}\"", name.replace('"', "\"\""));
    let count = connection
        .query_row(&format!("SELECT count(*) FROM {table}"), [], |row| {
            row.get::<_, i64>(0)
        })
        .map_err(damaged)?;
    progress.begin(u64::try_from(count).unwrap_or_default());
    let mut statement = connection
        .prepare(&format!("SELECT * FROM {table}"))
        .map_err(damaged)?;
    let columns = columns(&connection, &name)?;
    let geometry = columns
        .iter()
        .position(|name| name.eq_ignore_ascii_case(&column))
        .ok_or_else(|| damage(format!("no column {column}")))?;
    let width = statement.column_count();
    if geometry >= width {
        return Err(damage(format!("no column {column}")));
    }
    let mut rows = statement.query([]).map_err(damaged)?;
    let mut number = 0u32;
    while let Some(row) = rows.next().map_err(damaged)? {
        reach(progress, number as usize)?;
        number = number.saturating_add(1);
        let shape = match row.get_ref(geometry) {
            Ok(ValueRef::Blob(blob)) => shape(blob),
            Ok(ValueRef::Null) => Err(SkipReason::NoGeometry),
            _ => Err(SkipReason::Broken),
        };
        let cells = columns.iter().enumerate();
        let cells = cells
            .filter(|(index, _)| *index != geometry && *index < width)
            .filter_map(|(index, name)| Some((name.clone(), text(row, index)?)));
        raw.add(number, shape, cells);
    }
    Ok(raw)
}

/// The columns of a table, in its order. As bytes: rusqlite's own list stops the program where the
/// name of a column is no text, as in a damaged file.
fn columns(connection: &Connection, table: &str) -> Result<Vec<String>, LayerErrorKind> {
    // Hidden columns of virtual tables are in no `SELECT *`.
    let sql =
        "SELECT CAST(name AS BLOB) FROM pragma_table_xinfo(?1) WHERE hidden <> 1 ORDER BY cid";
    let mut statement = connection.prepare(sql).map_err(damaged)?;
    let names = statement.query_map([table], |row| {
        let name: Vec<u8> = row.get(0)?;
        Ok(String::from_utf8_lossy(&name).into_owned())
    });
    let names = names.map_err(damaged)?;
    names.collect::<Result<_, _>>().map_err(damaged)
}

/// Opens the file so that nothing is written beside it, unless its writer left a log there.
fn open(path: &Path) -> Result<Connection, LayerErrorKind> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    let opened = match std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        true => open_to_read(path),
        false => open_unwritten(path),
    };
    opened.map_err(damaged)
}

fn names(connection: &Connection) -> Result<Vec<String>, LayerErrorKind> {
    let has_contents = connection
        .query_row(
            "SELECT count(*) FROM sqlite_master
             WHERE name IN ('gpkg_contents', 'gpkg_geometry_columns')",
            [],
            |row| row.get::<_, i64>(0),
        )
        .map_err(damaged)?;
    if has_contents < 2 {
        return Err(LayerErrorKind::UnknownFormat);
    }
    let sql = "SELECT c.table_name FROM gpkg_contents c
               JOIN gpkg_geometry_columns g ON g.table_name = c.table_name
               WHERE c.data_type = 'features' ORDER BY c.rowid";
    let mut statement = connection.prepare(sql).map_err(damaged)?;
    let names = statement.query_map([], |row| row.get(0)).map_err(damaged)?;
    names.collect::<Result<_, _>>().map_err(damaged)
}

fn system(connection: &Connection, srs_id: i64) -> Result<System, LayerErrorKind> {
    // Clause 1.1.2.1.2: undefined Cartesian and undefined geographic.
    if matches!(srs_id, -1 | 0) {
        return Ok(System::NotNamed);
    }
    let row = connection
        .query_row(
            "SELECT organization, organization_coordsys_id, srs_name, definition
             FROM gpkg_spatial_ref_sys WHERE srs_id = ?1",
            [srs_id],
            |row| {
                let text = |index: usize| row.get::<_, Option<String>>(index);
                Ok((
                    text(0)?.unwrap_or_default(),
                    row.get::<_, Option<i64>>(1)?,
                    text(2)?.unwrap_or_default(),
                    text(3)?.unwrap_or_default(),
                ))
            },
        )
        .optional()
        .map_err(damaged)?;
    let Some((organization, code, name, definition)) = row else {
        let name = srs_id.to_string();
        return Ok(System::Unknown { name });
    };
    let by_code = code
        .filter(|_| organization.eq_ignore_ascii_case("EPSG"))
        .and_then(|code| Crs::of_epsg(u32::try_from(code).ok()?));
    Ok(match by_code.map_or_else(|| crs_of_wkt(&definition), Ok) {
        Ok(crs) => System::Named(crs),
        Err(UnknownCrs::Other { name: own }) if name.is_empty() => System::Unknown { name: own },
        Err(_) => System::Unknown {
            name: match code {
                Some(code) => format!("{name} ({organization}:{code})"),
                None => name,
            },
        },
    })
}

/// A value as text; `None` for none and for pictures.
fn text(row: &Row<'_>, index: usize) -> Option<String> {
    match row.get_ref(index).ok()? {
        ValueRef::Null | ValueRef::Blob(_) => None,
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(bytes) => Some(String::from_utf8_lossy(bytes).into_owned()),
    }
}

/// GeoPackage 1.4, clause 2.1.3: "GP", version, flags, srs_id, envelope; then WKB.
fn shape(blob: &[u8]) -> Result<RawShape, SkipReason> {
    const EXTENDED: u8 = 0b0010_0000;
    let (head, rest) = blob.split_at_checked(8).ok_or(SkipReason::Broken)?;
    let [b'G', b'P', _, flags, ..] = head else {
        return Err(SkipReason::Broken);
    };
    if flags & EXTENDED != 0 {
        return Err(SkipReason::Unsupported);
    }
    let envelope = match (flags >> 1) & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(SkipReason::Broken),
    };
    let wkb = rest.get(envelope..).ok_or(SkipReason::Broken)?;
    let wkb = wkb::reader::read_wkb(wkb).map_err(|_| SkipReason::Broken)?;
    let geometry = wkb.try_to_geometry().ok_or(SkipReason::NoGeometry)?;
    let mut shape = RawShape::default();
    take(geometry, &mut shape);
    Ok(shape)
}

/// Collections in collections are as deep as the reader lets them be, and no deeper.
fn take(geometry: Geometry, shape: &mut RawShape) {
    match geometry {
        Geometry::Point(point) => shape.points.push(point.0),
        Geometry::MultiPoint(points) => shape.points.extend(points.into_iter().map(|p| p.0)),
        Geometry::LineString(line) => shape.lines.push(line),
        Geometry::MultiLineString(lines) => shape.lines.extend(lines.0),
        Geometry::Line(line) => shape.lines.push(line.into()),
        Geometry::Polygon(polygon) => shape.polygons.push(polygon),
        Geometry::MultiPolygon(polygons) => shape.polygons.extend(polygons.0),
        Geometry::Rect(rect) => shape.polygons.push(rect.to_polygon()),
        Geometry::Triangle(triangle) => shape.polygons.push(Polygon::from(triangle)),
        Geometry::GeometryCollection(parts) => {
            parts.0.into_iter().for_each(|part| take(part, shape));
        }
    }
}

fn damage(reason: String) -> LayerErrorKind {
    LayerErrorKind::Damaged(Damage::GeoPackage(reason))
}

fn damaged(error: rusqlite::Error) -> LayerErrorKind {
    damage(error.to_string())
}
