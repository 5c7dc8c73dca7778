//! Projects, budgets and what was held fast: tables of attributes beside the layers.
//!
//! A project and a snapshot are kept whole in their `record`, as JSON; the columns beside it repeat
//! what other programs want to list and to sort by.

use super::column::to_json;
use super::error::{ReadProblem, StoreErrorKind};
use super::record::{parsed, read_rows, text};
use crate::model::{
    Budget, BudgetKey, EstateId, MilestoneKind, Paper, Project, Snapshot, SnapshotContent,
    SnapshotId, Yuan,
};
use rusqlite::{Connection, Row, Transaction, params};

pub(super) const PROJECTS: &str = "project";
pub(super) const BUDGETS: &str = "budget";
pub(super) const SNAPSHOTS: &str = "snapshot";

/// The columns of each table, in the order QGIS shows them, each with its type.
pub(super) const PROJECT_COLUMNS: [(&str, &str); 9] = [
    ("estate", "TEXT NOT NULL UNIQUE"),
    ("year", "INTEGER"),
    ("implementing_unit", "TEXT"),
    ("supervisor", "TEXT"),
    ("approved_on", "DATE"),
    ("started_on", "DATE"),
    ("finished_on", "DATE"),
    ("accepted_on", "DATE"),
    ("record", "TEXT NOT NULL"),
];
pub(super) const BUDGET_COLUMNS: [(&str, &str); 8] = [
    ("key", "TEXT NOT NULL UNIQUE"),
    ("county_code", "TEXT"),
    ("year", "INTEGER"),
    ("budget_yuan", "INTEGER"),
    ("capacity_yuan", "INTEGER"),
    ("basis", "TEXT"),
    ("file_name", "TEXT"),
    ("sha256", "TEXT"),
];
pub(super) const SNAPSHOT_COLUMNS: [(&str, &str); 6] = [
    ("uuid", "TEXT NOT NULL UNIQUE"),
    ("kind", "TEXT"),
    ("title", "TEXT"),
    ("taken_at", "TEXT"),
    ("taken_by", "TEXT"),
    ("record", "TEXT NOT NULL"),
];

pub(super) fn put_project(
    transaction: &Transaction<'_>,
    id: EstateId,
    project: Option<&Project>,
) -> Result<(), StoreErrorKind> {
    let Some(project) = project else {
        return remove(transaction, PROJECTS, "estate", &id.to_string());
    };
    // An update keeps the fid, and the columns another program added.
    let mut put = transaction.prepare_cached(
        "INSERT INTO project (estate, year, implementing_unit, supervisor, approved_on, started_on,
           finished_on, accepted_on, record)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (estate) DO UPDATE SET year = ?2, implementing_unit = ?3, supervisor = ?4,
           approved_on = ?5, started_on = ?6, finished_on = ?7, accepted_on = ?8, record = ?9",
    )?;
    let reached = |kind| project.reached(kind).map(|day| day.to_string());
    put.execute(params![
        id.to_string(),
        project.year,
        project.implementing_unit,
        project.supervisor,
        reached(MilestoneKind::Approval),
        reached(MilestoneKind::Start),
        reached(MilestoneKind::Finish),
        reached(MilestoneKind::Acceptance),
        to_json(project),
    ])?;
    Ok(())
}

pub(super) fn put_budget(
    transaction: &Transaction<'_>,
    key: &BudgetKey,
    budget: Option<&Budget>,
) -> Result<(), StoreErrorKind> {
    let Some(budget) = budget else {
        return remove(transaction, BUDGETS, "key", &key.to_string());
    };
    let mut put = transaction.prepare_cached(
        "INSERT INTO budget (key, county_code, year, budget_yuan, capacity_yuan, basis, file_name, sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (key) DO UPDATE SET budget_yuan = ?4, capacity_yuan = ?5, basis = ?6,
           file_name = ?7, sha256 = ?8",
    )?;
    // Far below i64: `Yuan` is bounded where it is made.
    let yuan = |amount: Option<Yuan>| amount.map(|amount| amount.0 as i64);
    let paper = budget.paper.as_ref();
    put.execute(params![
        key.to_string(),
        key.county_code,
        key.year,
        yuan(budget.budget),
        yuan(budget.capacity),
        budget.basis,
        paper.map(|paper| &paper.file_name),
        paper.map(|paper| &paper.sha256),
    ])?;
    Ok(())
}

pub(super) fn put_snapshot(
    transaction: &Transaction<'_>,
    id: SnapshotId,
    snapshot: Option<&Snapshot>,
) -> Result<(), StoreErrorKind> {
    let Some(snapshot) = snapshot else {
        return remove(transaction, SNAPSHOTS, "uuid", &id.to_string());
    };
    let mut put = transaction.prepare_cached(
        "INSERT INTO snapshot (uuid, kind, title, taken_at, taken_by, record)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (uuid) DO UPDATE SET kind = ?2, title = ?3, taken_at = ?4, taken_by = ?5,
           record = ?6",
    )?;
    let kind = match snapshot.content {
        SnapshotContent::Scores(_) => "scores",
        SnapshotContent::YearPlan(_) => "year_plan",
        SnapshotContent::Assessment(_) => "assessment",
    };
    put.execute(params![
        id.to_string(),
        kind,
        snapshot.title,
        snapshot.taken_at.to_string(),
        snapshot.taken_by,
        to_json(snapshot),
    ])?;
    Ok(())
}

fn remove(
    transaction: &Transaction<'_>,
    table: &str,
    column: &str,
    key: &str,
) -> Result<(), StoreErrorKind> {
    let sql = format!("DELETE FROM {table} WHERE {column} = ?1");
    transaction.prepare_cached(&sql)?.execute([key])?;
    Ok(())
}

pub(super) fn read_projects(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<Project>, StoreErrorKind> {
    let sql = "SELECT fid, estate, record FROM project ORDER BY fid";
    read_rows(connection, sql, PROJECTS, problems, |row| {
        let project: Project = record(row)?;
        (project.estate == parsed(row, "estate")?).then_some(project)
    })
}

pub(super) fn read_budgets(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<(BudgetKey, Budget)>, StoreErrorKind> {
    let sql = "SELECT fid, key, budget_yuan, capacity_yuan, basis, file_name, sha256
               FROM budget ORDER BY fid";
    read_rows(connection, sql, BUDGETS, problems, |row| {
        let budget = Budget {
            budget: yuan(row, "budget_yuan")?,
            capacity: yuan(row, "capacity_yuan")?,
            basis: text(row, "basis").unwrap_or_default(),
            paper: text(row, "file_name")
                .zip(text(row, "sha256"))
                .map(|(file_name, sha256)| Paper { file_name, sha256 }),
        };
        Some((parsed(row, "key")?, budget))
    })
}

pub(super) fn read_snapshots(
    connection: &Connection,
    problems: &mut Vec<ReadProblem>,
) -> Result<Vec<Snapshot>, StoreErrorKind> {
    let sql = "SELECT fid, uuid, record FROM snapshot ORDER BY fid";
    read_rows(connection, sql, SNAPSHOTS, problems, |row| {
        let snapshot: Snapshot = record(row)?;
        (snapshot.id == parsed(row, "uuid")?).then_some(snapshot)
    })
}

fn record<T: serde::de::DeserializeOwned>(row: &Row<'_>) -> Option<T> {
    serde_json::from_str(&text(row, "record")?).ok()
}

/// `Some(None)` where no amount was given, `None` where it is none.
fn yuan(row: &Row<'_>, column: &str) -> Option<Option<Yuan>> {
    let amount: Option<i64> = row.get(column).ok()?;
    match amount {
        Some(amount) => u64::try_from(amount).ok().map(|amount| Some(Yuan(amount))),
        None => Some(None),
    }
}
