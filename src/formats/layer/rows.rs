//! From the features of a layer to the rows of a list.

use super::error::{LayerErrorKind, SkipReason};
use super::raw::{RawFeature, RawLayer, RawShape};
use crate::formats::table::unreadable;
use crate::formats::{Format, FormatError, MAX_COLUMNS, RawGeometry, RawRow, RawTable};
use geo::MultiPolygon;

/// A layer as a list: every feature is a row, those without a shape too.
///
/// # Errors
/// [`FormatError::TooManyColumns`].
pub(in crate::formats) fn table_of(
    raw: RawLayer,
    format: Format,
) -> Result<RawTable, LayerErrorKind> {
    if raw.columns.len() > MAX_COLUMNS {
        return Err(FormatError::TooManyColumns { limit: MAX_COLUMNS }.into());
    }
    let mut table = RawTable {
        columns: raw.columns.into_iter().collect(),
        rows: Vec::with_capacity(raw.features.len()),
        ..RawTable::empty(format, None)
    };
    table.set_system(raw.system);
    for feature in raw.features {
        let RawFeature {
            number,
            shape,
            cells,
        } = feature;
        let geometry = match shape {
            Ok(shape) => geometry(shape),
            Err(SkipReason::NoGeometry) => RawGeometry::None,
            Err(SkipReason::Unsupported) => RawGeometry::Unsupported("Surface"),
            Err(SkipReason::Broken | SkipReason::BadPosition) => {
                let text = joined(&cells, &table.columns);
                table.unreadable.push(unreadable(number, &text));
                continue;
            }
        };
        table.rows.push(RawRow {
            row: number,
            cells: cells.into_iter().collect(),
            geometry,
        });
    }
    Ok(table)
}

/// What of a shape can be a place of an estate.
fn geometry(mut shape: RawShape) -> RawGeometry {
    match (shape.points.len(), shape.lines.len(), shape.polygons.len()) {
        (1, 0, 0) => RawGeometry::Point(shape.points.remove(0)),
        (0, 0, 1..) => RawGeometry::Polygons(MultiPolygon(shape.polygons)),
        (_, 0, 0) => RawGeometry::Unsupported("MultiPoint"),
        (0, 1, 0) => RawGeometry::Unsupported("LineString"),
        (0, _, 0) => RawGeometry::Unsupported("MultiLineString"),
        _ => RawGeometry::Unsupported("GeometryCollection"),
    }
}

/// What is left of a feature whose shape cannot be read, to find it in its file.
fn joined(cells: &[(usize, String)], columns: &[String]) -> String {
    let cells: Vec<String> = cells
        .iter()
        .filter_map(|(column, text)| Some(format!("{}={text}", columns.get(*column)?)))
        .collect();
    cells.join(", ")
}
