//! What the communities answered: a table of attributes that QGIS and GDAL list beside the layers.

use super::error::{ReadProblem, StoreErrorKind};
use super::record::{coded, parsed, read_rows, text};
use crate::model::{Coded, CommunityCode, CommunityReturn, Paper};
use rusqlite::{Connection, Row, Transaction, params};

pub(super) const TABLE: &str = "community_return";

/// The columns, in the order QGIS shows them, each with its type.
pub(super) const COLUMNS: [(&str, &str); 9] = [
    ("code", "TEXT NOT NULL UNIQUE"),
    ("state", "TEXT NOT NULL"),
    ("signed_by", "TEXT"),
    ("signed_on", "DATE"),
    ("note", "TEXT"),
    ("file_name", "TEXT"),
    ("sha256", "TEXT"),
    ("recorded_at", "TEXT NOT NULL"),
    ("recorded_by", "TEXT"),
];

pub(super) fn put(
    transaction: &Transaction<'_>,
    code: CommunityCode,
    answer: Option<&CommunityReturn>,
) -> Result<(), StoreErrorKind> {
    let Some(answer) = answer else {
        let mut delete =
            transaction.prepare_cached("DELETE FROM community_return WHERE code = ?1")?;
        delete.execute([code.as_str()])?;
        return Ok(());
    };
    // An update keeps the fid, and the columns another program added.
    let mut put = transaction.prepare_cached(
        "INSERT INTO community_return
           (code, state, signed_by, signed_on, note, file_name, sha256, recorded_at, recorded_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (code) DO UPDATE SET state = ?2, signed_by = ?3, signed_on = ?4, note = ?5,
           file_name = ?6, sha256 = ?7, recorded_at = ?8, recorded_by = ?9",
    )?;
    let paper = answer.paper.as_ref();
    put.execute(params![
        code.as_str(),
        answer.state.key(),
        answer.signed_by,
        answer.signed_on.map(|day| day.to_string()),
        answer.note,
        paper.map(|paper| &paper.file_name),
        paper.map(|paper| &paper.sha256),
        answer.recorded_at.to_string(),
        answer.recorded_by,
    ])?;
    Ok(())
}

pub(super) fn read(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<CommunityReturn>, StoreErrorKind> {
    let sql = "SELECT fid, code, state, signed_by, signed_on, note, file_name, sha256, recorded_at,
                 recorded_by
               FROM community_return ORDER BY fid";
    read_rows(connection, sql, TABLE, problems, |row| {
        Some(CommunityReturn {
            code: parsed(row, "code")?,
            state: coded(row, "state")?,
            signed_by: text(row, "signed_by").unwrap_or_default(),
            signed_on: day(row)?,
            note: text(row, "note").unwrap_or_default(),
            paper: text(row, "file_name")
                .zip(text(row, "sha256"))
                .map(|(file_name, sha256)| Paper { file_name, sha256 }),
            recorded_at: parsed(row, "recorded_at")?,
            recorded_by: text(row, "recorded_by").unwrap_or_default(),
        })
    })
}

/// `Some(None)` where no day was given, `None` where it is none.
fn day(row: &Row<'_>) -> Option<Option<jiff::civil::Date>> {
    match text(row, "signed_on") {
        Some(text) if !text.trim().is_empty() => text.trim().parse().ok().map(Some),
        _ => Some(None),
    }
}
