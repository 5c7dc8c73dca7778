//! What other programs changed in the layers while the survey was closed. Triggers in the file
//! note which rows they wrote (`schema/foreign.rs`); what the rows were before is in the edit log.

use super::error::StoreErrorKind;
use super::layer::Layer;
use super::log;
use crate::model::{BuildingId, Change, EstateId, Survey};
use rusqlite::{Connection, OptionalExtension, Transaction};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The layers whose rows QGIS users edit.
pub(super) const LAYERS: [Layer; 4] = [
    Layer::Estate,
    Layer::RegisterRow,
    Layer::Building,
    Layer::BuildingPoint,
];

/// From here to [`let_go`] in the same transaction, what is written is our own.
pub(super) fn hold(transaction: &Connection) -> Result<(), StoreErrorKind> {
    set_held(transaction, true)
}

pub(super) fn let_go(transaction: &Connection) -> Result<(), StoreErrorKind> {
    set_held(transaction, false)
}

fn set_held(transaction: &Connection, held: bool) -> Result<(), StoreErrorKind> {
    let mut update = transaction.prepare_cached("UPDATE own_write SET held = ?1")?;
    update.execute([held])?;
    Ok(())
}

/// What the noted rows were when this program wrote them last, and what they are in `survey`,
/// which was read from this very file. Rows that came back to what they were are no change.
pub(super) fn changes(
    connection: &Connection,
    survey: &Survey,
) -> Result<Vec<Change>, StoreErrorKind> {
    let touched = touched(connection)?;
    let mut changes = Vec::new();
    for id in touched.estates.into_iter().map(EstateId) {
        let before = match log::last_image(connection, "estate", &id.to_string())? {
            Some(Change::Estate { after, .. }) => after,
            _ => None,
        };
        let after = survey.estate(id).cloned();
        if before != after {
            changes.push(Change::Estate { id, before, after });
        }
    }
    for id in touched.buildings.into_iter().map(BuildingId) {
        let before = match log::last_image(connection, "building", &id.to_string())? {
            Some(Change::Building { after, .. }) => after,
            _ => None,
        };
        let after = survey.building(id).cloned();
        if before != after {
            changes.push(Change::Building { id, before, after });
        }
    }
    Ok(changes)
}

/// Whether a row is noted.
pub(super) fn any(connection: &Connection) -> Result<bool, StoreErrorKind> {
    let sql = "SELECT EXISTS (SELECT 1 FROM foreign_change)";
    Ok(connection.query_row(sql, [], |row| row.get(0))?)
}

pub(super) fn forget(transaction: &Transaction<'_>) -> Result<(), StoreErrorKind> {
    transaction.execute("DELETE FROM foreign_change", [])?;
    Ok(())
}

#[derive(Default)]
struct Touched {
    estates: BTreeSet<Uuid>,
    buildings: BTreeSet<Uuid>,
}

fn touched(connection: &Connection) -> Result<Touched, StoreErrorKind> {
    let mut touched = Touched::default();
    for layer in LAYERS {
        let keys = match layer {
            Layer::Estate | Layer::RegisterRow => &mut touched.estates,
            Layer::Building | Layer::BuildingPoint | Layer::Photo => &mut touched.buildings,
        };
        // A row that QGIS added has had no key when it was noted; reading the file gave it one.
        let now = format!("SELECT uuid FROM {} WHERE fid = ?1", layer.table());
        let mut now = connection.prepare(&now)?;
        let mut noted =
            connection.prepare("SELECT DISTINCT fid, uuid FROM foreign_change WHERE layer = ?1")?;
        let mut rows = noted.query([layer.table()])?;
        while let Some(row) = rows.next()? {
            let fid: i64 = row.get(0)?;
            let there = now.query_row([fid], |row| text(row, 0)).optional()?;
            let spellings = [text(row, 1)?, there.flatten()];
            let parsed = spellings.into_iter().flatten();
            keys.extend(parsed.filter_map(|key| Uuid::parse_str(key.trim()).ok()));
        }
    }
    Ok(touched)
}

/// `None` for whatever is no text: other programs write what they like.
fn text(row: &rusqlite::Row<'_>, index: usize) -> rusqlite::Result<Option<String>> {
    let value = row.get_ref(index)?;
    Ok(value.as_str().ok().map(str::to_owned))
}
