//! The sheet 台账: every record that counts or may count, one a row.

use super::LedgerInput;
use super::cells::{column, field_column, number, sheet as named, text, value, word};
use crate::catalogue::Divisions;
use crate::formats::ledger::{Cell, Column, Look, Sheet};
use crate::jobs::checksum::hexadecimal;
use crate::jobs::release::{order_in_library, source_of};
use crate::model::{Coded, Estate, Field};
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

/// The columns before the fields; sums name some of them.
const LEADING: [&str; 6] = ["lib_no", "county", "street", "standing", "verdict", "batch"];

/// Where a column of the program's own stands.
pub(super) fn own_column(key: &str) -> Option<usize> {
    LEADING.iter().position(|own| *own == key)
}

/// Where the column of a field stands.
pub(super) fn field_at(field: Field) -> Option<usize> {
    let at = plain_fields().position(|plain| plain == field)?;
    Some(LEADING.len() + at)
}

fn plain_fields() -> impl Iterator<Item = Field> {
    let plain = Field::PLAIN.iter().copied();
    plain.filter(|field| *field != Field::Boundary)
}

pub(super) fn sheet(input: &LedgerInput, rows: &[Row]) -> Sheet {
    let catalogue = input.catalogue;
    let fields: Vec<Field> = plain_fields()
        .chain(catalogue.items.iter().map(|item| Field::Gap(item.code)))
        .collect();
    let mut columns: Vec<Column> = LEADING
        .iter()
        .map(|key| column(key, 14.0, Look::Text))
        .collect();
    columns.extend(fields.iter().map(|field| field_column(*field, catalogue)));
    columns.extend([
        column("score_low", 12.0, Look::Decimal),
        column("score_high", 12.0, Look::Decimal),
        column("source", 16.0, Look::Text),
        column("source_id", 16.0, Look::Text),
        column("id", 38.0, Look::Text),
        Column {
            hidden: true,
            ..column("stamp", 14.0, Look::Text)
        },
    ]);
    let cells = |row: &Row| {
        let estate = row.estate;
        let mut cells = vec![
            text(estate.lib_no.as_deref().unwrap_or_default()),
            text(division(&estate.county_code)),
            text(division(&estate.street_code)),
            text(row.standing()),
            text(row.verdict()),
            text(row.batch()),
        ];
        let values = fields.iter();
        cells.extend(values.map(|field| value(*field, estate.get(field), catalogue)));
        let origin = estate.origin.as_ref();
        cells.extend([
            number(row.placed.map(|placed| placed.score.low)),
            number(row.placed.map(|placed| placed.score.high)),
            text(source_of(input.survey, estate)),
            text(origin.map_or("", |origin| &origin.source_id)),
            text(estate.id.to_string()),
            text(stamp(estate)),
        ]);
        cells
    };
    let rows: Vec<Vec<Cell>> = rows.iter().map(cells).collect();
    named("ledger", columns, rows)
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
