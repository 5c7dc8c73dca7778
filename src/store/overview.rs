//! What a survey file says of itself, without reading its records.

use super::connection;
use super::error::{StoreError, StoreErrorKind};
use super::layer::Layer;
use super::{brought_up_to_date, record, schema};
use crate::model::{ItemCode, Settings};
use rusqlite::Connection;
use serde::de::IgnoredAny;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A survey file at a glance.
#[derive(Clone, Debug, PartialEq)]
pub struct Overview {
    pub settings: Settings,
    /// Estates and register rows.
    pub records: u64,
    /// Headings of imported columns without a field, of records here and there. A record in between
    /// may have one that is not among them.
    pub other_seen: BTreeSet<String>,
    /// Facility items that the file has no column for, of the same records.
    pub items_seen: BTreeSet<ItemCode>,
}

/// Looks at a survey without changing a byte on disk, whether or not somebody has it open.
///
/// # Errors
/// As [`super::SurveyFile::open`].
pub fn overview(path: &Path) -> Result<Overview, StoreError> {
    look(path).map_err(|kind| kind.at(path))
}

fn look(path: &Path) -> Result<Overview, StoreErrorKind> {
    let connection = connection::to_read(path)?;
    let version = schema::version(&connection)?;
    schema::refuse_newer(version, schema::STEPS)?;
    let connection = brought_up_to_date(connection, version, schema::STEPS)?;
    let mut overview = Overview {
        settings: record::read_settings(&connection)?,
        records: 0,
        other_seen: BTreeSet::new(),
        items_seen: BTreeSet::new(),
    };
    for layer in [Layer::Estate, Layer::RegisterRow] {
        overview.take(&connection, layer)?;
    }
    Ok(overview)
}

impl Overview {
    fn take(&mut self, connection: &Connection, layer: Layer) -> Result<(), StoreErrorKind> {
        /// Lists are long and their rows alike.
        const SAMPLES: i64 = 1_000;
        let table = layer.table();
        let sql = format!("SELECT count(*), min(fid), max(fid) FROM {table}");
        let (count, first, last): (i64, Option<i64>, Option<i64>) =
            connection.query_row(&sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        self.records += u64::try_from(count).unwrap_or_default();
        let (Some(first), Some(last)) = (first, last) else {
            return Ok(());
        };
        let sql = format!(
            "SELECT fid, other, gaps_added FROM {table} WHERE fid >= ?1 ORDER BY fid LIMIT 1"
        );
        let mut statement = connection.prepare(&sql)?;
        let step = (last.saturating_sub(first) / SAMPLES).max(1);
        let mut next = first;
        while next <= last {
            let mut rows = statement.query([next])?;
            let Some(row) = rows.next()? else { break };
            // Text that another program left there is told of where the record is read.
            let keys = |column: &str| {
                let json: Option<String> = row.get(column).unwrap_or_default();
                let keys: Option<BTreeMap<String, IgnoredAny>> =
                    json.and_then(|json| serde_json::from_str(&json).ok());
                keys.unwrap_or_default().into_keys()
            };
            self.other_seen.extend(keys("other"));
            self.items_seen
                .extend(keys("gaps_added").filter_map(|key| ItemCode::parse(&key)));
            let fid: i64 = row.get(0)?;
            next = fid.max(next).saturating_add(step);
        }
        Ok(())
    }
}
