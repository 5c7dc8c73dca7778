//! The edit log: what undo, the audit trail and team merge are read from. Rows are only added.

mod append;
mod image;

pub(super) use append::Appender;

use super::error::StoreErrorKind;
use crate::model::{Change, Edit, EditId, EditKind, EditLabel, EstateId};
use image::Image;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// An edit without its images.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditHeader {
    pub id: EditId,
    pub label: EditLabel,
    pub kind: EditKind,
    pub author: String,
    pub device: String,
    pub at: jiff::Timestamp,
    /// How many records it changed.
    pub changes: u32,
}

/// One edit as it touched one estate.
#[derive(Clone, Debug, PartialEq)]
pub struct EditOfEstate {
    pub position: LogPosition,
    pub header: EditHeader,
    pub effect: Effect,
    /// `None` where it touched its buildings or photos alone.
    pub change: Option<Change>,
}

/// Whether an edit still holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    InForce,
    Undone,
}

/// A place in the log, to go on reading from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogPosition(i64);

pub(super) fn append(connection: &Connection, edit: &Edit) -> Result<(), StoreErrorKind> {
    let mut appender = Appender::begin(connection, edit)?;
    for change in &edit.changes {
        appender.add(change)?;
    }
    appender.finish()?;
    let owners: BTreeSet<EstateId> = edit.changes.iter().flat_map(Change::owners).collect();
    let mut insert = connection.prepare_cached(
        "INSERT INTO edit_owner (estate, edit)
         SELECT ?1, id FROM edit_log WHERE uuid = ?2",
    )?;
    for estate in owners {
        insert.execute(params![estate.to_string(), edit.id.to_string()])?;
    }
    Ok(())
}

/// Every edit, oldest first.
pub(super) fn history(connection: &Connection) -> Result<Vec<EditHeader>, StoreErrorKind> {
    let mut statement = connection.prepare(&format!("{SELECT_HEADER} ORDER BY id"))?;
    let mut rows = statement.query([])?;
    let mut headers = Vec::new();
    while let Some(row) = rows.next()? {
        headers.push(header(row)?);
    }
    Ok(headers)
}

/// The last change of a record; `None` where the log has none.
pub(super) fn last_image(
    connection: &Connection,
    record: &str,
    key: &str,
) -> Result<Option<Change>, StoreErrorKind> {
    let mut statement = connection.prepare_cached(
        "SELECT record, key, before, after FROM edit_change
         WHERE key = ?1 AND record = ?2 ORDER BY id DESC LIMIT 1",
    )?;
    let image = statement
        .query_row([key, record], |row| {
            Ok(Image {
                record: row.get(0)?,
                key: row.get(1)?,
                before: row.get(2)?,
                after: row.get(3)?,
            })
        })
        .optional()?;
    image.map(|image| image.change()).transpose()
}

/// One edit with its images; `None` where the log has none of this id.
pub(super) fn edit(connection: &Connection, id: EditId) -> Result<Option<Edit>, StoreErrorKind> {
    let found = connection
        .query_row(
            &format!("{SELECT_HEADER} WHERE uuid = ?1"),
            [id.to_string()],
            |row| Ok((row.get::<_, i64>("id")?, header(row))),
        )
        .optional()?;
    let Some((log_id, header)) = found else {
        return Ok(None);
    };
    let header = header?;
    let mut statement = connection.prepare_cached(
        "SELECT record, key, before, after FROM edit_change WHERE edit = ?1 ORDER BY id",
    )?;
    let mut rows = statement.query([log_id])?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        let image = Image {
            record: row.get(0)?,
            key: row.get(1)?,
            before: row.get(2)?,
            after: row.get(3)?,
        };
        changes.push(image.change()?);
    }
    Ok(Some(Edit {
        id: header.id,
        label: header.label,
        kind: header.kind,
        author: header.author,
        device: header.device,
        at: header.at,
        changes,
    }))
}

/// At most `most` edits that touched an estate, its buildings or its photos, newest first, from
/// those older than `older_than`. Steps of undo and redo are told as the effect of the edit that
/// they took back or did again.
pub(super) fn history_of(
    connection: &Connection,
    estate: EstateId,
    older_than: Option<LogPosition>,
    most: u32,
) -> Result<Vec<EditOfEstate>, StoreErrorKind> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT l.id, l.uuid, l.label, l.kind, l.kind_target, l.author, l.device, l.at, l.changes,
                c.record, c.key, c.before, c.after,
                (SELECT step.kind FROM edit_log step WHERE step.kind_target = l.uuid
                 ORDER BY step.id DESC LIMIT 1) AS last_step
         FROM edit_log l
         LEFT JOIN edit_change c ON c.edit = l.id AND c.key = ?1 AND c.record = 'estate'
         WHERE l.id IN ({EDITS_OF_ESTATE}) AND l.id < ?2 AND l.kind IN ('do', 'barrier')
         ORDER BY l.id DESC LIMIT ?3"
    ))?;
    let older_than = older_than.map_or(i64::MAX, |position| position.0);
    let mut rows = statement.query(params![estate.to_string(), older_than, most])?;
    let mut edits = Vec::new();
    while let Some(row) = rows.next()? {
        let last_step: Option<String> = row.get("last_step")?;
        let change = match row.get::<_, Option<String>>("record")? {
            Some(record) => {
                let image = Image {
                    record,
                    key: row.get("key")?,
                    before: row.get("before")?,
                    after: row.get("after")?,
                };
                Some(image.change()?)
            }
            None => None,
        };
        edits.push(EditOfEstate {
            position: LogPosition(row.get("id")?),
            header: header(row)?,
            effect: match last_step.as_deref() {
                Some("undo") => Effect::Undone,
                _ => Effect::InForce,
            },
            change,
        });
    }
    Ok(edits)
}

/// How many edits `history_of` has to tell of.
pub(super) fn count_edits_of(
    connection: &Connection,
    estate: EstateId,
) -> Result<u32, StoreErrorKind> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT count(*) FROM edit_log l
         WHERE l.id IN ({EDITS_OF_ESTATE}) AND l.kind IN ('do', 'barrier')"
    ))?;
    Ok(statement.query_row([estate.to_string()], |row| row.get(0))?)
}

/// The edits that touched estate `?1` itself, or its buildings and photos.
const EDITS_OF_ESTATE: &str = "SELECT edit FROM edit_change WHERE key = ?1 AND record = 'estate'
    UNION SELECT edit FROM edit_owner WHERE estate = ?1";

const SELECT_HEADER: &str =
    "SELECT id, uuid, label, kind, kind_target, author, device, at, changes FROM edit_log";

fn header(row: &Row<'_>) -> Result<EditHeader, StoreErrorKind> {
    let id: i64 = row.get("id")?;
    let spoilt = |column: &str| StoreErrorKind::damaged(format!("edit_log {id}: {column}"));
    let text = |column: &str| row.get::<_, String>(column).map_err(StoreErrorKind::from);
    let target = || -> Result<EditId, StoreErrorKind> {
        let target: Option<String> = row.get("kind_target")?;
        let target = target.and_then(|target| target.parse().ok());
        target.ok_or_else(|| spoilt("kind_target"))
    };
    Ok(EditHeader {
        id: text("uuid")?.parse().map_err(|_| spoilt("uuid"))?,
        label: serde_json::from_str(&text("label")?).map_err(|_| spoilt("label"))?,
        kind: match text("kind")?.as_str() {
            "do" => EditKind::Do,
            "undo" => EditKind::Undo(target()?),
            "redo" => EditKind::Redo(target()?),
            "barrier" => EditKind::Barrier,
            _ => return Err(spoilt("kind")),
        },
        author: text("author")?,
        device: text("device")?,
        at: text("at")?.parse().map_err(|_| spoilt("at"))?,
        changes: row.get("changes")?,
    })
}
