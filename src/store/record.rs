//! The records that are no rows of a layer: decisions, lists and settings.

use super::column::to_json;
use super::error::{ReadProblem, ReadProblemKind, StoreErrorKind};
use super::schema::VERSION_KEY;
use crate::model::{Coded, Crs, Decision, ImportList, ListId, Pair, Settings};
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};
use serde_json::Value as Json;

pub(super) fn put_decision(
    transaction: &Transaction<'_>,
    pair: Pair,
    decision: Option<&Decision>,
) -> Result<(), StoreErrorKind> {
    let (a, b) = (pair.a().to_string(), pair.b().to_string());
    let Some(decision) = decision else {
        let mut delete =
            transaction.prepare_cached("DELETE FROM estate_decision WHERE a = ?1 AND b = ?2")?;
        delete.execute([a, b])?;
        return Ok(());
    };
    let mut put = transaction.prepare_cached(
        "INSERT OR REPLACE INTO estate_decision (a, b, verdict, decided_at, decided_by, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    put.execute(params![
        a,
        b,
        decision.verdict.key(),
        decision.decided_at.to_string(),
        decision.decided_by,
        decision.note,
    ])?;
    Ok(())
}

pub(super) fn read_decisions(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<Decision>, StoreErrorKind> {
    let sql = "SELECT rowid, a, b, verdict, decided_at, decided_by, note FROM estate_decision ORDER BY a, b";
    read_rows(connection, sql, "estate_decision", problems, |row| {
        Some(Decision {
            pair: Pair::new(parsed(row, "a")?, parsed(row, "b")?)?,
            verdict: coded(row, "verdict")?,
            decided_at: parsed(row, "decided_at")?,
            decided_by: text(row, "decided_by")?,
            note: text(row, "note")?,
        })
    })
}

pub(super) fn put_list(
    transaction: &Connection,
    id: ListId,
    list: Option<&ImportList>,
) -> Result<(), StoreErrorKind> {
    let Some(list) = list else {
        transaction.execute("DELETE FROM import_list WHERE uuid = ?1", [id.to_string()])?;
        return Ok(());
    };
    transaction.execute(
        "INSERT OR REPLACE INTO import_list
           (uuid, file_name, sha256, role, datum, imported_at, rows_read, mapping, rejected, kind)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            id.to_string(),
            list.file_name,
            list.sha256,
            list.role.key(),
            list.crs.key(),
            list.imported_at.to_string(),
            list.rows_read,
            to_json(&list.mapping),
            to_json(&list.rejected),
            list.kind.key(),
        ],
    )?;
    Ok(())
}

pub(super) fn read_lists(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<ImportList>, StoreErrorKind> {
    let sql = "SELECT rowid, uuid, file_name, sha256, role, datum, imported_at, rows_read, mapping, rejected, kind
               FROM import_list ORDER BY uuid";
    read_rows(connection, sql, "import_list", problems, |row| {
        Some(ImportList {
            id: parsed(row, "uuid")?,
            file_name: text(row, "file_name")?,
            sha256: text(row, "sha256")?,
            role: serde_json::from_value(Json::String(text(row, "role")?)).ok()?,
            kind: coded(row, "kind")?,
            crs: Crs::from_key(&text(row, "datum")?)?,
            imported_at: parsed(row, "imported_at")?,
            rows_read: row.get("rows_read").ok()?,
            mapping: serde_json::from_str(&text(row, "mapping")?).ok()?,
            rejected: serde_json::from_str(&text(row, "rejected")?).ok()?,
        })
    })
}

/// One row a setting, so that a setting a later version adds is one more row.
pub(super) fn put_settings(
    transaction: &Transaction<'_>,
    settings: &Settings,
) -> Result<(), StoreErrorKind> {
    let Ok(Json::Object(rows)) = serde_json::to_value(settings) else {
        return Err(StoreErrorKind::damaged("settings"));
    };
    let mut put = transaction
        .prepare_cached("INSERT OR REPLACE INTO setting (key, value) VALUES (?1, ?2)")?;
    for (key, value) in rows {
        put.execute(params![key, value.to_string()])?;
    }
    Ok(())
}

pub(super) fn read_settings(connection: &Connection) -> Result<Settings, StoreErrorKind> {
    let mut statement =
        connection.prepare("SELECT key, value FROM setting WHERE key <> ?1 ORDER BY key")?;
    let mut rows = statement.query([VERSION_KEY])?;
    let mut settings = serde_json::Map::new();
    while let Some(row) = rows.next()? {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        let value = serde_json::from_str(&value)
            .map_err(|error| StoreErrorKind::damaged(format!("setting {key}: {error}")))?;
        settings.insert(key, value);
    }
    serde_json::from_value(Json::Object(settings))
        .map_err(|error| StoreErrorKind::damaged(format!("setting: {error}")))
}

pub(super) fn keep(
    connection: &Connection,
    key: &str,
    text: Option<&str>,
) -> Result<(), StoreErrorKind> {
    match text {
        Some(text) => connection.execute(
            "INSERT OR REPLACE INTO kept (key, text) VALUES (?1, ?2)",
            [key, text],
        )?,
        None => connection.execute("DELETE FROM kept WHERE key = ?1", [key])?,
    };
    Ok(())
}

pub(super) fn kept(connection: &Connection, key: &str) -> Result<Option<String>, StoreErrorKind> {
    let sql = "SELECT text FROM kept WHERE key = ?1";
    Ok(connection
        .query_row(sql, [key], |row| row.get(0))
        .optional()?)
}

/// Reads each row that can be read and reports each that cannot.
pub(super) fn read_rows<T>(
    connection: &Connection,
    sql: &str,
    table: &'static str,
    problems: &mut Vec<ReadProblem>,
    read: impl Fn(&Row<'_>) -> Option<T>,
) -> Result<Vec<T>, StoreErrorKind> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        match read(row) {
            Some(record) => records.push(record),
            None => problems.push(ReadProblem {
                table,
                fid: row.get(0)?,
                name: String::new(),
                kind: ReadProblemKind::UnreadableRow,
            }),
        }
    }
    Ok(records)
}

pub(super) fn text(row: &Row<'_>, column: &str) -> Option<String> {
    row.get(column).ok()
}

pub(super) fn parsed<T: std::str::FromStr>(row: &Row<'_>, column: &str) -> Option<T> {
    text(row, column)?.parse().ok()
}

pub(super) fn coded<C: Coded>(row: &Row<'_>, column: &str) -> Option<C> {
    C::from_key(&text(row, column)?)
}
