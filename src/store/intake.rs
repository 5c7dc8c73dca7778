//! A long list on its way into the file: one edit like any other, but its records come one by one
//! and are never held together. Until the last is in and the edit is finished, the file is as it
//! was for everybody else; a program that ends in the middle leaves a journal, by which the next
//! one takes everything back.

use super::SurveyFile;
use super::connection;
use super::error::{StoreError, StoreErrorKind};
use super::foreign;
use super::layer::{Extents, Inserter};
use super::log;
use super::{column, data_version, record};
use crate::model::{Change, Edit, Estate};
use rusqlite::{Connection, OptionalExtension};
use std::path::Path;

/// An edit that creates records one by one. Dropped unfinished, nothing of it remains.
pub struct Intake<'a> {
    path: &'a Path,
    connection: &'a Connection,
    /// `None` once it is finished.
    open: Option<Open<'a>>,
}

struct Open<'a> {
    edit: &'a Edit,
    records: Inserter<'a, Estate>,
    log: log::Appender<'a>,
    extents: Extents,
    /// Triggers of ours that would run for every row, as they are made again.
    triggers: Vec<String>,
}

impl SurveyFile {
    /// Begins an edit whose changes come one by one; `edit` has none itself.
    ///
    /// # Errors
    /// `ChangedOutside`, `Locked`, and whatever else keeps SQLite from writing.
    pub fn take_in<'a>(&'a mut self, edit: &'a Edit) -> Result<Intake<'a>, StoreError> {
        let path = &self.path;
        let begun = if self.is_changed_outside() {
            Err(StoreErrorKind::ChangedOutside)
        } else {
            Intake::begin(self, edit)
        };
        begun.map_err(|kind| kind.at(path))
    }

    fn is_changed_outside(&self) -> bool {
        !data_version(&self.connection).is_ok_and(|version| version == self.data_version)
    }
}

impl<'a> Intake<'a> {
    fn begin(file: &'a SurveyFile, edit: &'a Edit) -> Result<Self, StoreErrorKind> {
        let connection = &file.connection;
        connection::begin_intake(connection)?;
        let mut intake = Self {
            path: &file.path,
            connection,
            open: None,
        };
        // From here on `drop` takes everything back.
        foreign::hold(connection)?;
        let triggers = take_triggers(connection)?;
        intake.open = Some(Open {
            edit,
            records: file.estates.inserter(connection)?,
            log: log::Appender::begin(connection, edit)?,
            extents: Extents::default(),
            triggers,
        });
        Ok(intake)
    }

    /// Writes a record that is not in the survey yet.
    ///
    /// # Errors
    /// `Unstorable`, `DiskFull` and whatever else keeps SQLite from writing. The intake is to be
    /// dropped then.
    pub fn put(&mut self, estate: &Estate) -> Result<(), StoreError> {
        let path = self.path;
        self.try_put(estate).map_err(|kind| kind.at(path))
    }

    fn try_put(&mut self, estate: &Estate) -> Result<(), StoreErrorKind> {
        let Some(open) = &mut self.open else {
            return Ok(());
        };
        if let Some(column) = column::unstorable(estate) {
            let record = estate.id.0;
            return Err(StoreErrorKind::Unstorable { record, column });
        }
        open.records.insert(estate, &mut open.extents)?;
        open.log.add_created(estate)
    }

    /// Writes the list that the records are of, and ends the edit. On disk when this returns.
    ///
    /// # Errors
    /// As [`Intake::put`]; the file then is as it was.
    pub fn finish(mut self, list: &Change) -> Result<(), StoreError> {
        let path = self.path;
        self.try_finish(list).map_err(|kind| kind.at(path))
    }

    fn try_finish(&mut self, list: &Change) -> Result<(), StoreErrorKind> {
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        if let Change::List { id, after, .. } = list {
            record::put_list(self.connection, *id, after.as_deref())?;
            open.log.add(list)?;
        }
        open.log.finish()?;
        open.records.finish()?;
        open.extents.write(self.connection, open.edit.at)?;
        for trigger in &open.triggers {
            self.connection.execute_batch(trigger)?;
        }
        foreign::let_go(self.connection)?;
        Ok(self.connection.execute_batch("COMMIT")?)
    }
}

impl Drop for Intake<'_> {
    fn drop(&mut self) {
        // Statements that are not finished would hold the transaction.
        self.open = None;
        // What can fail here the next opening does: it takes back what the journal holds.
        if !self.connection.is_autocommit() {
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        let _ = connection::end_intake(self.connection);
    }
}

/// Drops the triggers that an insertion would run, and gives the statements that make them again:
/// the R-trees are built in the end, and what is written here is nobody else's.
fn take_triggers(connection: &Connection) -> Result<Vec<String>, StoreErrorKind> {
    let mut taken = Vec::new();
    for layer in ["estate", "register_row"] {
        for name in [
            format!("rtree_{layer}_geom_insert"),
            format!("foreign_{layer}_insert"),
        ] {
            let sql = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?1";
            let sql = connection.query_row(sql, [&name], |row| row.get::<_, String>(0));
            // What another program took away is not brought back.
            if let Some(sql) = sql.optional()? {
                connection.execute_batch(&format!("DROP TRIGGER \"{name}\""))?;
                taken.push(sql);
            }
        }
    }
    Ok(taken)
}
