//! Writing an edit into the log change by change.

use super::image::Image;
use crate::model::{Change, Edit, EditKind, Estate};
use crate::store::column::to_json;
use crate::store::error::StoreErrorKind;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, params};
use uuid::Uuid;

/// An edit that is being written.
pub(in crate::store) struct Appender<'a> {
    connection: &'a Connection,
    log_id: i64,
    insert: CachedStatement<'a>,
    changes: u32,
    /// Of the last change; the next one is written into the same memory.
    image: Vec<u8>,
}

impl<'a> Appender<'a> {
    /// Writes the edit itself; what it changes is still to come, and its owners are not noted.
    pub(in crate::store) fn begin(
        connection: &'a Connection,
        edit: &Edit,
    ) -> Result<Self, StoreErrorKind> {
        Ok(Self {
            connection,
            log_id: header_of(connection, edit)?,
            insert: connection.prepare_cached(
                "INSERT INTO edit_change (edit, record, key, before, after) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?,
            changes: 0,
            image: Vec::new(),
        })
    }

    pub(in crate::store) fn add(&mut self, change: &Change) -> Result<(), StoreErrorKind> {
        let image = Image::of(change);
        let Image {
            record,
            key,
            before,
            after,
        } = image;
        let values = params![self.log_id, record, key, before, after];
        self.insert.execute(values)?;
        self.changes += 1;
        Ok(())
    }

    /// The same for a record that was not there before.
    pub(in crate::store) fn add_created(&mut self, estate: &Estate) -> Result<(), StoreErrorKind> {
        self.image.clear();
        serde_json::to_writer(&mut self.image, estate).map_err(StoreErrorKind::damaged)?;
        let mut key = Uuid::encode_buffer();
        let key: &str = estate.id.0.hyphenated().encode_lower(&mut key);
        let after = ValueRef::Text(&self.image);
        let values = params![
            self.log_id,
            "estate",
            key,
            None::<&str>,
            ToSqlOutput::Borrowed(after)
        ];
        self.insert.execute(values)?;
        self.changes += 1;
        Ok(())
    }

    /// Notes how many changes there were.
    pub(in crate::store) fn finish(self) -> Result<(), StoreErrorKind> {
        self.connection
            .prepare_cached("UPDATE edit_log SET changes = ?2 WHERE id = ?1")?
            .execute(params![self.log_id, self.changes])?;
        Ok(())
    }
}

/// Writes the row of an edit; gives its number.
fn header_of(connection: &Connection, edit: &Edit) -> Result<i64, StoreErrorKind> {
    let (kind, target) = match edit.kind {
        EditKind::Do => ("do", None),
        EditKind::Undo(target) => ("undo", Some(target)),
        EditKind::Redo(target) => ("redo", Some(target)),
        EditKind::Barrier => ("barrier", None),
    };
    connection
        .prepare_cached(
            "INSERT INTO edit_log (uuid, label, kind, kind_target, author, device, at, changes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)",
        )?
        .execute(params![
            edit.id.to_string(),
            to_json(&edit.label),
            kind,
            target.map(|target| target.to_string()),
            edit.author,
            edit.device,
            edit.at.to_string(),
        ])?;
    Ok(connection.last_insert_rowid())
}
