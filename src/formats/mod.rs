//! Files in the formats of others: lists that are read, the library and the reports that are written.
//!
//! Each format of a list becomes the same table of rows as the file has them. Readers know nothing
//! of fields, datums or surveys (that is `jobs::import`), and bad input is data: one unreadable row
//! is listed beside the good ones, and only a file that cannot be told apart into rows is an error.

mod cells;
mod collection;
mod csv;
mod degrees;
pub mod exchange;
pub mod formula;
pub(crate) mod geojson;
pub mod layer;
pub mod ledger;
pub mod library;
mod open;
pub mod part;
pub mod pdf;
pub mod rejects;
mod ring;
mod sheet;
mod table;
mod text;
mod wkt;

pub use cells::Cells;
pub use collection::CollectionWriter;
pub use geojson::{Passed, READ_ROWS, ShapeKind};
pub use open::{Opened, open, scan};
pub use table::{
    Format, FormatError, GeoJsonFault, JsonFault, NoText, RawGeometry, RawRow, RawTable,
    TextEncoding,
};

use crate::model::{RowProblem, RowProblemKind};
use std::path::Path;

/// More than any list of estates; what is larger is some other kind of file.
pub const MAX_BYTES: usize = 1 << 30;
const MAX_COLUMNS: usize = 1_000;

/// The file's own name, as it came.
pub fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

/// Reads a file's content. `file_name` counts by its extension only, and only where the content
/// itself does not tell.
///
/// # Errors
/// [`FormatError`] where the content is no text, no table and no GeoJSON.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<RawTable, FormatError> {
    if bytes.len() > MAX_BYTES {
        return Err(FormatError::TooLarge { limit: MAX_BYTES });
    }
    let decoded = text::decode(bytes)?;
    let mut table = match format_of(file_name, &decoded.text) {
        Format::GeoJson => geojson::read(&decoded),
        _ => csv::read(&decoded),
    }?;
    list_bad_text(&mut table);
    Ok(table)
}

/// The text of a file in whichever encoding office programs wrote it, without byte order mark.
///
/// # Errors
/// [`FormatError::NoText`].
pub fn read_text(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, FormatError> {
    Ok(text::decode(bytes)?.text)
}

fn list_bad_text(table: &mut RawTable) {
    for row in &table.rows {
        let problems = bad_text(row, |column| table.columns.get(column).cloned());
        table.warnings.extend(problems);
    }
}

/// The cells of a row with text that the encoding had no character for.
fn bad_text(row: &RawRow, column_name: impl Fn(usize) -> Option<String>) -> Vec<RowProblem> {
    if !row.cells.has_bad_text() {
        return Vec::new();
    }
    let is_bad = |(_, text): &(usize, &str)| text.contains(char::REPLACEMENT_CHARACTER);
    let cells = row.cells.iter().filter(is_bad);
    cells
        .map(|(column, text)| RowProblem {
            row: row.row,
            column: column_name(column),
            kind: RowProblemKind::BadText,
            value: readable(text),
        })
        .collect()
}

/// A geometry as GeoJSON, or as the text it is where it is none.
pub(crate) fn geometry_text(geometry: &RawGeometry) -> String {
    use ::geojson::GeometryValue;
    let value = match geometry {
        RawGeometry::None => return String::new(),
        RawGeometry::Unsupported(kind) => return (*kind).to_owned(),
        RawGeometry::Broken(text) => return text.clone(),
        RawGeometry::Point(coord) => GeometryValue::from(&geo::Point(*coord)),
        RawGeometry::Polygons(polygons) => GeometryValue::from(polygons),
    };
    ::geojson::Geometry::new(value).to_string()
}

/// The beginning of a text, short enough for a sentence or a table cell.
pub(crate) fn readable(text: &str) -> String {
    const LENGTH: usize = 200;
    let mut characters = text.trim().chars();
    let mut cut: String = characters.by_ref().take(LENGTH).collect();
    if characters.next().is_some() {
        cut.push('…');
    }
    cut
}

/// What the content says counts more than the ending, where it says something.
fn format_of(file_name: &str, text: &str) -> Format {
    let extension = file_name.rsplit_once('.').map(|(_, e)| e.to_lowercase());
    let text = text.trim_start();
    match extension.as_deref() {
        Some("geojson" | "json" | "geojsonl" | "geojsons" | "ndjson") => Format::GeoJson,
        _ if text.starts_with('\u{1e}') => Format::GeoJson,
        // A heading may begin with a brace, but not with a member of an object.
        _ if text
            .strip_prefix('{')
            .is_some_and(|rest| rest.trim_start().starts_with('"')) =>
        {
            Format::GeoJson
        }
        Some("csv" | "tsv" | "txt") => Format::Csv,
        _ if text.starts_with('{') => Format::GeoJson,
        _ => Format::Csv,
    }
}
