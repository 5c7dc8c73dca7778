//! Where a person looked and found nothing: a table of attributes beside the layers.

use super::error::{ReadProblem, StoreErrorKind};
use super::record::{parsed, read_rows, text};
use crate::model::{GridCell, LonLat, SearchId, Searched, SearchedPlace};
use rusqlite::{Connection, Row, Transaction, named_params};

pub(super) const TABLE: &str = "searched";

/// The columns, in the order QGIS shows them, each with its type.
pub(super) const COLUMNS: [(&str, &str); 11] = [
    ("uuid", "TEXT NOT NULL UNIQUE"),
    ("layer", "TEXT"),
    ("feature", "INTEGER"),
    ("cell_column", "INTEGER"),
    ("cell_row", "INTEGER"),
    ("cell_size_m", "INTEGER"),
    ("lon", "DOUBLE"),
    ("lat", "DOUBLE"),
    ("reason", "TEXT"),
    ("searched_by", "TEXT"),
    ("searched_at", "TEXT NOT NULL"),
];

pub(super) fn put(
    transaction: &Transaction<'_>,
    id: SearchId,
    searched: Option<&Searched>,
) -> Result<(), StoreErrorKind> {
    let Some(searched) = searched else {
        let mut delete = transaction.prepare_cached("DELETE FROM searched WHERE uuid = ?1")?;
        delete.execute([id.to_string()])?;
        return Ok(());
    };
    let (layer, feature, cell) = match &searched.place {
        SearchedPlace::Feature { layer, feature } => (Some(layer), Some(*feature), None),
        SearchedPlace::Cell(cell) => (None, None, Some(cell)),
    };
    // An update keeps the fid, and the columns another program added.
    let mut put = transaction.prepare_cached(
        "INSERT INTO searched (uuid, layer, feature, cell_column, cell_row, cell_size_m, lon, lat,
           reason, searched_by, searched_at)
         VALUES (:uuid, :layer, :feature, :column, :row, :size, :lon, :lat, :reason, :by, :at)
         ON CONFLICT (uuid) DO UPDATE SET layer = :layer, feature = :feature,
           cell_column = :column, cell_row = :row, cell_size_m = :size, lon = :lon, lat = :lat,
           reason = :reason, searched_by = :by, searched_at = :at",
    )?;
    put.execute(named_params! {
        ":uuid": id.to_string(), ":layer": layer, ":feature": feature,
        ":column": cell.map(|cell| cell.column), ":row": cell.map(|cell| cell.row),
        ":size": cell.map(|cell| cell.size_m), ":lon": searched.at.lon, ":lat": searched.at.lat,
        ":reason": searched.reason, ":by": searched.searched_by,
        ":at": searched.searched_at.to_string(),
    })?;
    Ok(())
}

pub(super) fn read(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<Searched>, StoreErrorKind> {
    let sql = "SELECT fid, uuid, layer, feature, cell_column, cell_row, cell_size_m, lon, lat,
                 reason, searched_by, searched_at
               FROM searched ORDER BY fid";
    read_rows(connection, sql, TABLE, problems, |row| {
        let place = place(row)?;
        // A row whose key is not that of its place would come back under another one.
        let id: SearchId = parsed(row, "uuid")?;
        (id == place.id()).then_some(())?;
        Some(Searched {
            place,
            at: LonLat::new(row.get("lon").ok()?, row.get("lat").ok()?),
            reason: text(row, "reason").unwrap_or_default(),
            searched_by: text(row, "searched_by").unwrap_or_default(),
            searched_at: parsed(row, "searched_at")?,
        })
    })
}

fn place(row: &Row<'_>) -> Option<SearchedPlace> {
    let feature: Option<u32> = row.get("feature").ok()?;
    Some(match feature {
        Some(feature) => SearchedPlace::Feature {
            layer: text(row, "layer")?,
            feature,
        },
        None => SearchedPlace::Cell(GridCell {
            column: row.get("cell_column").ok()?,
            row: row.get("cell_row").ok()?,
            size_m: row.get("cell_size_m").ok()?,
        }),
    })
}
