//! The columns of the sheet 台账, left to right: some of the program's own, the fields, and more of
//! its own.

use super::cells::{heading, word};
use crate::catalogue::Catalogue;
use crate::model::Field;

/// What a column of the sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shown {
    Field(Field),
    Own(OwnColumn),
}

/// What the program gives or works out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum OwnColumn {
    LibNo,
    County,
    Street,
    Standing,
    Verdict,
    Batch,
    ScoreLow,
    ScoreHigh,
    Source,
    SourceId,
    Id,
    Stamp,
}

/// The columns before the fields.
const LEADING: [OwnColumn; 6] = [
    OwnColumn::LibNo,
    OwnColumn::County,
    OwnColumn::Street,
    OwnColumn::Standing,
    OwnColumn::Verdict,
    OwnColumn::Batch,
];

/// The columns after the fields.
const TRAILING: [OwnColumn; 6] = [
    OwnColumn::ScoreLow,
    OwnColumn::ScoreHigh,
    OwnColumn::Source,
    OwnColumn::SourceId,
    OwnColumn::Id,
    OwnColumn::Stamp,
];

impl OwnColumn {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::LibNo => "lib_no",
            Self::County => "county",
            Self::Street => "street",
            Self::Standing => "standing",
            Self::Verdict => "verdict",
            Self::Batch => "batch",
            Self::ScoreLow => "score_low",
            Self::ScoreHigh => "score_high",
            Self::Source => "source",
            Self::SourceId => "source_id",
            Self::Id => "id",
            Self::Stamp => "stamp",
        }
    }

    /// Where it stands, of those before the fields: sums name some of them.
    pub(super) fn place(self) -> Option<usize> {
        LEADING.iter().position(|own| *own == self)
    }
}

impl Shown {
    pub(super) const ID: Self = Self::Own(OwnColumn::Id);
    pub(super) const STAMP: Self = Self::Own(OwnColumn::Stamp);

    /// The stable ASCII key: that of a field is no key of an own column.
    pub(super) fn key(self) -> String {
        match self {
            Self::Field(field) => field.key(),
            Self::Own(own) => own.key().to_owned(),
        }
    }

    pub(super) fn heading(self, catalogue: &Catalogue) -> String {
        match self {
            Self::Field(field) => heading(field, catalogue),
            Self::Own(own) => word("columns", own.key()).to_owned(),
        }
    }
}

/// What the columns of the sheet show.
pub(super) fn shown(catalogue: &Catalogue) -> Vec<Shown> {
    let gaps = catalogue.items.iter().map(|item| Field::Gap(item.code));
    let own = |columns: [OwnColumn; 6]| columns.into_iter().map(Shown::Own);
    let fields = plain_fields().chain(gaps).map(Shown::Field);
    own(LEADING).chain(fields).chain(own(TRAILING)).collect()
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
