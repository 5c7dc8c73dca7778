//! The sheet 台账: every record that counts or may count, one a row.

use super::LedgerInput;
use super::cells::{column, field_column, number, sheet as named, text, value, word};
use super::columns::{OwnColumn, Shown, shown};
use crate::catalogue::Divisions;
use crate::formats::ledger::{Cell, Column, Look, Sheet};
use crate::jobs::checksum::hexadecimal;
use crate::jobs::release::{order_in_library, source_of};
use crate::model::{Coded, Estate};
use crate::rules::batches::Placed;
use crate::rules::fate::{Fate, Judgement};
use sha2::{Digest, Sha256};

/// A record of the sheet, with what the sums need.
pub(super) struct Row<'a> {
    pub estate: &'a Estate,
    pub judgement: &'a Judgement,
    pub placed: Option<&'a Placed>,
}

impl Row<'_> {
    pub(super) fn counts(&self) -> bool {
        self.judgement.fate == Fate::Kept
    }

    pub(super) fn standing(&self) -> &'static str {
        word("fate", self.judgement.fate.key())
    }

    pub(super) fn verdict(&self) -> &'static str {
        word("recognition", self.judgement.recognised.verdict.key())
    }

    pub(super) fn batch(&self) -> &'static str {
        self.placed
            .map_or("", |placed| word("batch", placed.batch.key()))
    }
}

/// In the order of the library.
pub(super) fn rows<'a>(input: &LedgerInput<'a>) -> Vec<Row<'a>> {
    let row = |estate: &'a std::sync::Arc<Estate>| {
        let judgement = input.judgements.get(&estate.id)?;
        let belongs = matches!(judgement.fate, Fate::Kept | Fate::Open(_));
        belongs.then(|| Row {
            estate,
            judgement,
            placed: input.placed.get(&estate.id),
        })
    };
    let mut rows: Vec<Row> = input.survey.estates().filter_map(row).collect();
    rows.sort_by_cached_key(|row| order_in_library(row.estate));
    rows
}

pub(super) fn sheet(input: &LedgerInput, rows: &[Row]) -> Sheet {
    let catalogue = input.catalogue;
    let shown = shown(catalogue);
    let column = |shown: &Shown| match *shown {
        Shown::Field(field) => field_column(field, catalogue),
        Shown::Own(own) => own_column(own),
    };
    let columns = shown.iter().map(column).collect();
    let cell = |row: &Row, shown: &Shown| match *shown {
        Shown::Field(field) => value(field, row.estate.get(&field), catalogue),
        Shown::Own(own) => own_cell(own, row, input),
    };
    let cells = |row: &Row| shown.iter().map(|shown| cell(row, shown)).collect();
    let rows: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    named("ledger", columns, rows)
}

fn own_cell(own: OwnColumn, row: &Row, input: &LedgerInput) -> Cell {
    let estate = row.estate;
    match own {
        OwnColumn::LibNo => text(estate.lib_no.as_deref().unwrap_or_default()),
        OwnColumn::County => text(division(&estate.county_code)),
        OwnColumn::Street => text(division(&estate.street_code)),
        OwnColumn::Standing => text(row.standing()),
        OwnColumn::Verdict => text(row.verdict()),
        OwnColumn::Batch => text(row.batch()),
        OwnColumn::ScoreLow => number(row.placed.map(|placed| placed.score.low)),
        OwnColumn::ScoreHigh => number(row.placed.map(|placed| placed.score.high)),
        OwnColumn::Source => text(source_of(input.survey, estate)),
        OwnColumn::SourceId => {
            let origin = estate.origin.as_ref();
            text(origin.map_or("", |origin| &origin.source_id))
        }
        OwnColumn::Id => text(estate.id.to_string()),
        OwnColumn::Stamp => text(stamp(estate)),
    }
}

fn own_column(own: OwnColumn) -> Column {
    let (look, width) = match own {
        OwnColumn::ScoreLow | OwnColumn::ScoreHigh => (Look::Decimal, 12.0),
        OwnColumn::Source | OwnColumn::SourceId => (Look::Text, 16.0),
        OwnColumn::Id => (Look::Text, 38.0),
        _ => (Look::Text, 14.0),
    };
    Column {
        hidden: own == OwnColumn::Stamp,
        ..column(own.key(), width, look)
    }
}

pub(super) fn division(code: &str) -> &'static str {
    Divisions::shipped().name(code).unwrap_or_default()
}

/// Which state of the record a row shows: a ledger that comes back is held against it.
pub(super) fn stamp(estate: &Estate) -> String {
    // A record is a plain struct with text keys: it always has a JSON.
    let json = serde_json::to_vec(estate).unwrap_or_default();
    let digest = Sha256::digest(&json);
    hexadecimal(&digest[..6])
}
