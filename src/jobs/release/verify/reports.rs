//! `checks.json` and `reconciliation.json`: as many findings, rows and places as the manifest says.

use super::{Figure, Looked};
use crate::rules::fate::RowCount;
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize)]
struct Checks {
    findings: Vec<Finding>,
}

#[derive(Deserialize)]
struct Finding {
    gravity: String,
    /// The empty must-haves of a record share one line.
    fields: Vec<String>,
}

#[derive(Deserialize)]
struct Reconciliation {
    reconciled_against: Vec<List>,
    rows: RowCount,
    drawn_here: RowCount,
    searched: Searched,
}

#[derive(Deserialize)]
struct List {
    sha256: Option<String>,
    rows: RowCount,
}

#[derive(Deserialize)]
struct Searched {
    places: u64,
    cells: u64,
    each: Vec<Value>,
}

impl Looked<'_> {
    pub(super) fn checks(&mut self, file: &str, bytes: &[u8]) {
        let checks: Checks = match serde_json::from_slice(bytes) {
            Ok(checks) => checks,
            Err(error) => return self.unreadable(file, error.to_string()),
        };
        let count = |gravity: &str| {
            let lines = checks.findings.iter().filter(|f| f.gravity == gravity);
            lines.map(|f| f.fields.len().max(1) as u64).sum()
        };
        let expected = self.manifest.checks;
        self.compare(file, Figure::Blocking, count("blocks"), expected.blocking);
        self.compare(file, Figure::Warnings, count("warns"), expected.warnings);
    }

    pub(super) fn reconciliation(&mut self, file: &str, bytes: &[u8]) {
        let told: Reconciliation = match serde_json::from_slice(bytes) {
            Ok(told) => told,
            Err(error) => return self.unreadable(file, error.to_string()),
        };
        let manifest = self.manifest;
        self.same_rows(file, &told.rows, &manifest.tally.total);
        self.same_rows(file, &told.drawn_here, &manifest.tally.drawn_here);
        for list in &manifest.reconciled_against {
            let sum = |rows: &mut dyn Iterator<Item = &RowCount>| {
                let mut sum = RowCount::default();
                rows.for_each(|rows| sum.add(rows));
                sum
            };
            // The same file may have been imported twice.
            let mut here = told
                .reconciled_against
                .iter()
                .filter(|told| told.sha256.as_deref() == Some(&list.sha256))
                .map(|told| &told.rows);
            let mut there = manifest
                .reconciled_against
                .iter()
                .filter(|told| told.sha256 == list.sha256)
                .map(|told| &told.rows);
            let (here, there) = (sum(&mut here), sum(&mut there));
            self.same_rows(file, &here, &there);
        }
        let searched = told.searched.places.saturating_add(told.searched.cells);
        let each = told.searched.each.len() as u64;
        self.compare(file, Figure::Searched, searched, each);
    }

    pub(super) fn same_rows(&mut self, file: &str, here: &RowCount, there: &RowCount) {
        for (figure, here, there) in [
            (Figure::Rows, here.rows_in, there.rows_in),
            (Figure::Kept, here.kept, there.kept),
            (Figure::Merged, here.merged, there.merged),
            (Figure::Excluded, here.excluded, there.excluded),
            (Figure::Open, here.open, there.open),
        ] {
            self.compare(file, figure, here, there);
        }
    }
}
