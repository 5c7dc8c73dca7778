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

/// An edit that creates records one by one. Dropped unfinished, nothing of it remains.
pub struct Intake<'a> {
    file: &'a SurveyFile,
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
    /// Begins an edit whose changes come one by one: those of `edit` itself are not looked at.
    ///
    /// # Errors
    /// `ChangedOutside`, `Locked`, and whatever else keeps SQLite from writing.
    pub fn take_in<'a>(&'a mut self, edit: &'a Edit) -> Result<Intake<'a>, StoreError> {
        Intake::begin(self, edit).map_err(|kind| kind.at(&self.path))
    }

    /// Writes the edit of a list that is held in memory; `false` where it is no such edit, or so
    /// short that the usual way is the shorter one.
    pub(super) fn commit_list(&mut self, edit: &Edit) -> Result<bool, StoreError> {
        const LONG: usize = 1_000;
        let Some((list, records)) = edit.changes.split_last() else {
            return Ok(false);
        };
        let is_new = |change: &Change| matches!(change, Change::Estate { before: None, .. });
        let is_list = matches!(list, Change::List { .. });
        if records.len() < LONG || !is_list || !records.iter().all(is_new) {
            return Ok(false);
        }
        let mut intake = self.take_in(edit)?;
        for change in records {
            if let Change::Estate {
                after: Some(estate),
                ..
            } = change
            {
                intake.put(estate)?;
            }
        }
        intake.finish(list)?;
        Ok(true)
    }
}

impl<'a> Intake<'a> {
    fn begin(file: &'a SurveyFile, edit: &'a Edit) -> Result<Self, StoreErrorKind> {
        let connection = &file.connection;
        if data_version(connection)? != file.data_version.get() {
            return Err(StoreErrorKind::ChangedOutside);
        }
        // From here on `drop` takes everything back, the mode of the file too.
        let mut intake = Self { file, open: None };
        connection::begin_intake(connection)?;
        // Nobody had the file to himself while its mode was changed.
        if foreign::any(connection)? {
            return Err(StoreErrorKind::ChangedOutside);
        }
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
        let path = &self.file.path;
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
        let path = &self.file.path;
        self.try_finish(list).map_err(|kind| kind.at(path))
    }

    fn try_finish(&mut self, list: &Change) -> Result<(), StoreErrorKind> {
        let connection = &self.file.connection;
        let Some(mut open) = self.open.take() else {
            return Ok(());
        };
        if let Change::List { id, after, .. } = list {
            record::put_list(connection, *id, after.as_deref())?;
            open.log.add(list)?;
        }
        open.log.finish()?;
        open.records.finish()?;
        open.extents.write(connection, open.edit.at)?;
        for trigger in &open.triggers {
            connection.execute_batch(trigger)?;
        }
        foreign::let_go(connection)?;
        Ok(connection.execute_batch("COMMIT")?)
    }
}

impl Drop for Intake<'_> {
    fn drop(&mut self) {
        // Statements that are not finished would hold the transaction.
        self.open = None;
        let connection = &self.file.connection;
        // What can fail here the next opening does: it takes back what the journal holds.
        if !connection.is_autocommit() {
            let _ = connection.execute_batch("ROLLBACK");
        }
        let _ = connection::end_intake(connection);
        // Changing the mode counts as a change. Where another program used the moment, the version
        // stays the old one, and the next commit is refused.
        if let (Ok(version), Ok(false)) = (data_version(connection), foreign::any(connection)) {
            self.file.data_version.set(version);
        }
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
