//! GeoPackages of others, of every version: read where they lie, unchanged.

use super::error::{Damage, LayerErrorKind, SkipReason};
use super::raw::{RawLayer, RawShape, System, reach};
use crate::geodesy::wkt::{UnknownCrs, crs_of_wkt};
use crate::geopackage::quoted;
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

/// What can be drawn.
pub(super) fn layers(path: &Path) -> Result<Vec<String>, LayerErrorKind> {
    names(&open(path)?, "features")
}

/// The same, and behind it the tables without geometry: lists all the same.
pub(super) fn tables(path: &Path) -> Result<Vec<String>, LayerErrorKind> {
    let connection = open(path)?;
    let mut names_of_all = names(&connection, "features")?;
    names_of_all.extend(names(&connection, "attributes")?);
    Ok(names_of_all)
}

pub(super) fn read(
    path: &Path,
    layer: Option<&str>,
    progress: &Progress,
) -> Result<RawLayer, LayerErrorKind> {
    let connection = open(path)?;
    let name = match layer {
        Some(wanted) => wanted.to_owned(),
        None => {
            let names = names(&connection, "features")?;
            names.into_iter().next().ok_or(LayerErrorKind::NoLayers)?
        }
    };
    let geometry = geometry_column(&connection, &name)?;
    let system = match &geometry {
        Some((_, srs_id)) => system(&connection, *srs_id)?,
        None => System::NotNamed,
    };
    let mut raw = RawLayer::new(name.clone(), system);
    let table = quoted(&name);
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
    let width = statement.column_count();
    let geometry = match geometry {
        Some((column, _)) => Some(position_of(&column, &columns, width)?),
        None => None,
    };
    let mut rows = statement.query([]).map_err(damaged)?;
    let mut number = 0u32;
    while let Some(row) = rows.next().map_err(damaged)? {
        reach(progress, number as usize)?;
        number = number.saturating_add(1);
        let shape = match geometry.map(|index| row.get_ref(index)) {
            Some(Ok(ValueRef::Blob(blob))) => shape(blob),
            Some(Ok(ValueRef::Null)) | None => Err(SkipReason::NoGeometry),
            Some(_) => Err(SkipReason::Broken),
        };
        let cells = columns.iter().enumerate();
        let cells = cells
            .filter(|(index, _)| Some(*index) != geometry && *index < width)
            .filter_map(|(index, name)| Some((name.clone(), text(row, index)?)));
        raw.add(number, shape, cells);
    }
    Ok(raw)
}

/// The column of the geometries of a layer and the number of their system; `None` where it is a
/// table without.
fn geometry_column(
    connection: &Connection,
    name: &str,
) -> Result<Option<(String, i64)>, LayerErrorKind> {
    let no_such_layer = || LayerErrorKind::NoSuchLayer {
        name: name.to_owned(),
    };
    let sql = "SELECT data_type FROM gpkg_contents WHERE table_name = ?1";
    let data_type = connection.query_row(sql, [name], |row| row.get::<_, String>(0));
    match data_type.optional().map_err(damaged)?.as_deref() {
        Some("attributes") => return Ok(None),
        Some("features") => {}
        _ => return Err(no_such_layer()),
    }
    let sql = "SELECT column_name, srs_id FROM gpkg_geometry_columns WHERE table_name = ?1";
    let column = connection.query_row(sql, [name], |row| Ok((row.get(0)?, row.get(1)?)));
    let column = column.optional().map_err(damaged)?;
    column.map(Some).ok_or_else(no_such_layer)
}

fn position_of(column: &str, columns: &[String], width: usize) -> Result<usize, LayerErrorKind> {
    let is_it = |name: &String| name.eq_ignore_ascii_case(column);
    let found = columns.iter().position(is_it);
    found
        .filter(|index| *index < width)
        .ok_or_else(|| damage(format!("no column {column}")))
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

/// The tables of a kind, in the order in which the file lists them.
fn names(connection: &Connection, data_type: &str) -> Result<Vec<String>, LayerErrorKind> {
    let has = |table: &str| {
        let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = ?1)";
        let found = connection.query_row(sql, [table], |row| row.get::<_, bool>(0));
        found.map_err(damaged)
    };
    if !has("gpkg_contents")? {
        return Err(LayerErrorKind::UnknownFormat);
    }
    // A file of tables alone need not have the other.
    let of_layers = match (data_type, has("gpkg_geometry_columns")?) {
        ("features", true) => "AND table_name IN (SELECT table_name FROM gpkg_geometry_columns)",
        ("features", false) => return Ok(Vec::new()),
        // What QGIS keeps for itself is nobody's list.
        _ => "AND table_name NOT IN ('layer_styles', 'qgis_projects')",
    };
    let sql = format!(
        "SELECT table_name FROM gpkg_contents WHERE data_type = ?1 {of_layers} ORDER BY rowid"
    );
    let mut statement = connection.prepare(&sql).map_err(damaged)?;
    let names = statement.query_map([data_type], |row| row.get(0));
    let names = names.map_err(damaged)?;
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
