//! What GeoPackage asks of a file and of a layer in it, and what QGIS finds there besides: titles of
//! columns, words for coded values, a style. Surveys and exports are made of the same parts.

pub mod blob;
pub mod rtree;

use rusqlite::{Connection, Result, params};

/// EPSG:4490, CGCS2000 longitude and latitude.
pub const CGCS2000_SRS_ID: i32 = 4490;

/// "GPKG"
const APPLICATION_ID: i32 = 0x4750_4B47;
/// GeoPackage 1.3: the highest version that GDAL 3.6 and older read without a warning.
const GEOPACKAGE_VERSION: i32 = 10_300;

/// A layer of features, their geometry in the column `geom` and their key in `fid`.
pub struct LayerDefinition<'a> {
    pub table: &'a str,
    /// The same for no two layers of a file.
    pub title: &'a str,
    pub description: &'a str,
    /// As GeoPackage spells it.
    pub geometry_type: &'a str,
}

/// An attribute column of a layer, as GeoPackage describes it.
pub struct ColumnDefinition<'a> {
    pub name: String,
    pub sql_type: &'static str,
    pub heading: Option<String>,
    pub description: Option<String>,
    pub holds_json: bool,
    /// The domain of coded values that a value is one of.
    pub domain: Option<&'a str>,
}

/// Makes an empty database a GeoPackage without layers.
pub fn begin(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", GEOPACKAGE_VERSION)?;
    connection.execute_batch(include_str!("geopackage.sql"))
}

/// Adds a layer, its columns with their headings. It has no R-tree yet.
pub fn add_layer(
    connection: &Connection,
    layer: &LayerDefinition<'_>,
    columns: &[ColumnDefinition<'_>],
) -> Result<()> {
    let (table, geometry) = (layer.table, layer.geometry_type);
    let definitions: String = columns
        .iter()
        .map(|column| format!(", {} {}", quoted(&column.name), column.sql_type))
        .collect();
    connection.execute_batch(&format!(
        "CREATE TABLE {} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry}{definitions})",
        quoted(table)
    ))?;
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
         VALUES (?1, 'features', ?2, ?3, ?4)",
        params![table, layer.title, layer.description, CGCS2000_SRS_ID],
    )?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        params![table, geometry, CGCS2000_SRS_ID],
    )?;
    for column in columns {
        // GDAL and QGIS show `name` as the heading.
        connection.execute(
            "INSERT INTO gpkg_data_columns VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)",
            params![
                table,
                column.name,
                column.heading,
                column.description,
                column.holds_json.then_some("application/json"),
                column.domain,
            ],
        )?;
    }
    Ok(())
}

/// Adds the R-tree of a layer, empty, and the triggers that keep it.
pub fn add_rtree(connection: &Connection, table: &str) -> Result<()> {
    connection.execute_batch(&include_str!("rtree.sql").replace("{t}", table))
}

/// Adds the words for the coded values of a domain, in form order.
pub fn add_codes<'a>(
    connection: &Connection,
    domain: &str,
    codes: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<()> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO gpkg_data_column_constraints (constraint_name, constraint_type, value, description)
         VALUES (?1, 'enum', ?2, ?3)",
    )?;
    for (value, label) in codes {
        insert.execute([domain, value, label])?;
    }
    Ok(())
}

/// Adds the table of styles, where QGIS looks for them.
pub fn add_styles(connection: &Connection) -> Result<()> {
    connection.execute_batch(include_str!("styles.sql"))
}

/// Adds the style that QGIS draws a layer with, as QML.
pub fn add_style(connection: &Connection, table: &str, style: &str) -> Result<()> {
    connection.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
                                   styleName, styleQML, useAsDefault, description, owner)
         VALUES ('', '', ?1, 'geom', ?1, ?2, 1, '', '')",
        [table, style],
    )?;
    Ok(())
}

/// An identifier of SQL.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
