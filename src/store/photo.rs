//! The layer of photos: a point where the camera was, and what is known about the picture.

use super::blob;
use super::error::{ReadProblem, ReadProblemKind, StoreErrorKind};
use super::layer::{Extents, Layer};
use crate::model::{Coded, EstateId, LonLat, Photo, PhotoId, PhotoKind};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, Transaction, named_params};

/// The attribute columns, in the order QGIS shows them, each with its type.
pub(super) const COLUMNS: [(&str, &str); 8] = [
    ("sha256", "TEXT NOT NULL UNIQUE"),
    ("file_name", "TEXT"),
    ("kind", "TEXT"),
    ("bytes", "INTEGER"),
    ("estate", "TEXT"),
    // A time by the camera's clock: DATETIME would claim to know its zone.
    ("taken_at", "TEXT"),
    ("added_at", "TEXT"),
    ("note", "TEXT"),
];

pub(super) fn put(
    transaction: &Transaction<'_>,
    id: PhotoId,
    photo: Option<&Photo>,
    extents: &mut Extents,
) -> Result<(), StoreErrorKind> {
    let Some(photo) = photo else {
        let mut delete = transaction.prepare_cached("DELETE FROM photo WHERE sha256 = ?1")?;
        delete.execute([id.to_string()])?;
        return Ok(());
    };
    let geometry = photo.position.map(blob::of_position);
    extents.include(
        Layer::Photo.table(),
        geometry.as_deref().and_then(blob::bounds),
    );
    let (sha256, bytes) = (id.to_string(), i64::try_from(photo.bytes).ok());
    let estate = photo.estate.map(|estate| estate.to_string());
    let taken_at = photo.taken_at.map(|time| time.to_string());
    let added_at = photo.added_at.to_string();
    let values = named_params! {
        ":geom": geometry, ":sha256": sha256, ":file_name": photo.file_name,
        ":kind": photo.kind.key(), ":bytes": bytes, ":estate": estate,
        ":taken_at": taken_at, ":added_at": added_at, ":note": photo.note,
    };
    // An update keeps the fid, and the columns another program added.
    let mut update = transaction.prepare_cached(
        "UPDATE photo SET geom = :geom, file_name = :file_name, kind = :kind, bytes = :bytes,
           estate = :estate, taken_at = :taken_at, added_at = :added_at, note = :note
         WHERE sha256 = :sha256",
    )?;
    if update.execute(values)? == 0 {
        let mut insert = transaction.prepare_cached(
            "INSERT INTO photo (geom, sha256, file_name, kind, bytes, estate, taken_at, added_at, note)
             VALUES (:geom, :sha256, :file_name, :kind, :bytes, :estate, :taken_at, :added_at, :note)",
        )?;
        insert.execute(values)?;
    }
    Ok(())
}

pub(super) fn read(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<Photo>, StoreErrorKind> {
    let sql = "SELECT fid, geom, sha256, file_name, kind, bytes, estate, taken_at, added_at, note
               FROM photo ORDER BY sha256";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut photos = Vec::new();
    while let Some(row) = rows.next()? {
        let mut spoilt = Vec::new();
        match read_row(row, &mut spoilt) {
            Some(photo) => photos.push(photo),
            // Without them nobody could tell which picture it is.
            None => spoilt = vec![ReadProblemKind::UnreadableRow],
        }
        let fid = row.get("fid")?;
        let name: String = row.get("file_name").unwrap_or_default();
        problems.extend(spoilt.into_iter().map(|kind| ReadProblem {
            table: Layer::Photo.table(),
            fid,
            name: name.clone(),
            kind,
        }));
    }
    Ok(photos)
}

fn read_row(row: &Row<'_>, spoilt: &mut Vec<ReadProblemKind>) -> Option<Photo> {
    let text = |column: &str| row.get::<_, String>(column).ok();
    Some(Photo {
        id: text("sha256")?.parse::<PhotoId>().ok()?,
        kind: PhotoKind::from_key(&text("kind")?)?,
        bytes: u64::try_from(row.get::<_, i64>("bytes").ok()?).ok()?,
        added_at: text("added_at")?.parse().ok()?,
        file_name: text("file_name").unwrap_or_default(),
        note: text("note").unwrap_or_default(),
        estate: parsed::<EstateId>(row, "estate", spoilt),
        taken_at: parsed(row, "taken_at", spoilt),
        position: position(row, spoilt),
    })
}

/// The value of a column that may be empty, as QGIS leaves it where a person emptied the cell.
fn parsed<T: std::str::FromStr>(
    row: &Row<'_>,
    column: &str,
    spoilt: &mut Vec<ReadProblemKind>,
) -> Option<T> {
    let text: String = row
        .get(column)
        .ok()
        .filter(|text: &String| !text.is_empty())?;
    let value = text.trim().parse().ok();
    if value.is_none() {
        let column = column.to_owned();
        spoilt.push(ReadProblemKind::UnknownValue {
            column,
            value: text,
        });
    }
    value
}

fn position(row: &Row<'_>, spoilt: &mut Vec<ReadProblemKind>) -> Option<LonLat> {
    let position = match row.get_ref("geom").ok()? {
        ValueRef::Null => return None,
        ValueRef::Blob(bytes) => blob::position(bytes),
        _ => Err(blob::Unreadable),
    };
    position.unwrap_or_else(|_| {
        spoilt.push(ReadProblemKind::UnreadableGeometry);
        None
    })
}
