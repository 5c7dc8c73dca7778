//! What lists of many records want to know of the log, without its images.

use super::error::StoreErrorKind;
use crate::model::{EditId, EstateId};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Who changed a record last, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastChange {
    pub at: jiff::Timestamp,
    pub author: String,
}

pub(super) fn estates_of(
    connection: &Connection,
    id: EditId,
) -> Result<Vec<EstateId>, StoreErrorKind> {
    let mut statement = connection.prepare_cached(
        "SELECT key FROM edit_change
         WHERE edit = (SELECT id FROM edit_log WHERE uuid = ?1) AND record = 'estate'
         ORDER BY key",
    )?;
    let mut rows = statement.query([id.to_string()])?;
    let mut estates = Vec::new();
    while let Some(row) = rows.next()? {
        estates.push(estate(&row.get::<_, String>(0)?)?);
    }
    Ok(estates)
}

pub(super) fn last_changes(
    connection: &Connection,
) -> Result<BTreeMap<EstateId, LastChange>, StoreErrorKind> {
    let mut statement = connection.prepare(
        "SELECT last.key, log.at, log.author
         FROM (SELECT key, max(edit) AS edit FROM edit_change WHERE record = 'estate' GROUP BY key) last
         JOIN edit_log log ON log.id = last.edit",
    )?;
    let mut rows = statement.query([])?;
    let mut changes = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (key, at): (String, String) = (row.get(0)?, row.get(1)?);
        let at = at.parse();
        let change = LastChange {
            at: at.map_err(|_| StoreErrorKind::damaged(format!("edit_log: at of {key}")))?,
            author: row.get(2)?,
        };
        changes.insert(estate(&key)?, change);
    }
    Ok(changes)
}

fn estate(key: &str) -> Result<EstateId, StoreErrorKind> {
    key.parse()
        .map_err(|_| StoreErrorKind::damaged(format!("edit_change: key {key}")))
}
