//! The sheet 台账: every record that counts or may count, one a row.

use super::LedgerInput;
use super::cells::{column, field_column, heading, number, sheet as named, text, value, word};
use crate::catalogue::{Catalogue, Divisions};
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

/// The columns after the fields.
const TRAILING: [&str; 6] = [
    "score_low",
    "score_high",
    "source",
    "source_id",
    "id",
    "stamp",
];

/// What a column of the sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    Field(Field),
    /// What the program gives or works out, by its key.
    Own(&'static str),
}

impl Shown {
    pub(super) const ID: Self = Self::Own("id");
    pub(super) const STAMP: Self = Self::Own("stamp");

    /// The stable ASCII key: that of a field is no key of an own column.
    pub(super) fn key(self) -> String {
        match self {
            Self::Field(field) => field.key(),
            Self::Own(key) => key.to_owned(),
        }
    }

    pub(super) fn heading(self, catalogue: &Catalogue) -> String {
        match self {
            Self::Field(field) => heading(field, catalogue),
            Self::Own(key) => word("columns", key).to_owned(),
        }
    }
}

/// What the columns of the sheet show, left to right.
pub(super) fn shown(catalogue: &Catalogue) -> Vec<Shown> {
    let own = |keys: [&'static str; 6]| keys.into_iter().map(Shown::Own);
    let fields = fields(catalogue).map(Shown::Field);
    own(LEADING).chain(fields).chain(own(TRAILING)).collect()
}

fn fields(catalogue: &Catalogue) -> impl Iterator<Item = Field> {
    let gaps = catalogue.items.iter().map(|item| Field::Gap(item.code));
    plain_fields().chain(gaps)
}

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
    let fields: Vec<Field> = fields(catalogue).collect();
    let column = |shown| match shown {
        Shown::Field(field) => field_column(field, catalogue),
        Shown::Own(key) => own_column_of(key),
    };
    let columns = shown(catalogue).into_iter().map(column).collect();
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

fn own_column_of(key: &str) -> Column {
    let (look, width) = match key {
        "score_low" | "score_high" => (Look::Decimal, 12.0),
        "source" | "source_id" => (Look::Text, 16.0),
        "id" => (Look::Text, 38.0),
        _ => (Look::Text, 14.0),
    };
    Column {
        hidden: key == "stamp",
        ..column(key, width, look)
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
