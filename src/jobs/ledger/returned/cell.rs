//! One cell: what was exported, what the ledger says, what the survey holds.

use super::book::ExportedRow;
use super::{CellEdit, Here};
use crate::catalogue::{Catalogue, CellWords};
use crate::jobs::import::EARLIEST_YEAR;
use crate::jobs::import::values::{self, CellContext, Reading};
use crate::jobs::ledger::cells;
use crate::jobs::ledger::columns::Shown;
use crate::model::{Estate, EstateId, Field, RowProblemKind, Value};
use std::borrow::Cow;

/// What was exported of a record.
#[derive(Clone, Copy)]
pub(super) enum Was<'a> {
    Exported(ExportedRow<'a>),
    /// Nothing is kept, but the record has not changed since.
    AsNow,
    /// Nothing is kept, and the record has changed since.
    Unknown,
}

/// A row of the ledger and its record.
#[derive(Clone, Copy)]
pub(super) struct RowOf<'a> {
    /// As office programs number it.
    pub number: u32,
    pub estate: &'a Estate,
    pub was: Was<'a>,
}

/// What reading cells depends on besides their text.
pub(super) struct CellReader<'a> {
    pub catalogue: &'a Catalogue,
    pub this_year: i32,
}

/// What a cell says of fields: one, or of a range of years three.
type Said = Vec<(Field, Option<Value>)>;

impl CellReader<'_> {
    /// What the cell of `field` asks to be changed. `unit_m2` is that of the heading, and
    /// `is_edited` tells whether the cell of another field was edited itself.
    ///
    /// # Errors
    /// Why nobody can read it.
    pub fn edits(
        &self,
        row: RowOf,
        field: Field,
        theirs: &str,
        unit_m2: Option<f64>,
        is_edited: &dyn Fn(Field) -> bool,
    ) -> Result<Vec<CellEdit>, RowProblemKind> {
        let exported = self.exported(row, field);
        if is_alike(&exported, theirs) {
            return Ok(Vec::new());
        }
        let said = self.said(field, theirs, unit_m2)?;
        if self
            .said(field, &exported, None)
            .is_ok_and(|was| was == said)
        {
            return Ok(Vec::new());
        }
        let others = said.into_iter();
        // The year that stands in its own cell is nearer to what was meant.
        let said = others.filter(|(other, _)| *other == field || !is_edited(*other));
        Ok(said
            .filter_map(|(field, theirs)| self.edit(row, field, theirs))
            .collect())
    }

    /// Whether the cell of `field` is not as it was exported.
    pub fn is_edited(&self, row: RowOf, field: Field, theirs: &str) -> bool {
        !is_alike(&self.exported(row, field), theirs)
    }

    fn edit(&self, row: RowOf, field: Field, theirs: Option<Value>) -> Option<CellEdit> {
        let ours = row.estate.get(&field);
        // Both found out the same.
        if ours == theirs {
            return None;
        }
        Some(CellEdit {
            row: row.number,
            estate: row.estate.id,
            field,
            here: self.here(row, field, ours.as_ref()),
            ours,
            theirs,
        })
    }

    fn here(&self, row: RowOf, field: Field, ours: Option<&Value>) -> Here {
        match row.was {
            Was::AsNow => Here::Unchanged,
            Was::Unknown => Here::Unknown,
            Was::Exported(_) => {
                let exported = self.exported(row, field).into_owned();
                if is_alike(&exported, &self.written(row.estate, field)) {
                    return Here::Unchanged;
                }
                let said = self.said(field, &exported, None);
                let was = said.map(|said| said.into_iter().find(|(it, _)| *it == field));
                match was {
                    Ok(Some((_, was))) if was.as_ref() == ours => Here::Unchanged,
                    _ => Here::Changed { exported },
                }
            }
        }
    }

    /// The text that was exported; what would be exported now where nothing is kept.
    fn exported<'a>(&self, row: RowOf<'a>, field: Field) -> Cow<'a, str> {
        let kept = match row.was {
            Was::Exported(kept) => kept.text(Shown::Field(field)),
            Was::AsNow | Was::Unknown => None,
        };
        match kept {
            Some(kept) => Cow::Borrowed(kept),
            None => Cow::Owned(self.written(row.estate, field)),
        }
    }

    fn written(&self, estate: &Estate, field: Field) -> String {
        cells::value(field, estate.get(&field), self.catalogue).text()
    }

    fn said(
        &self,
        field: Field,
        text: &str,
        heading_unit_m2: Option<f64>,
    ) -> Result<Said, RowProblemKind> {
        let context = CellContext {
            words: self.words(),
            heading_unit_m2,
            years: EARLIEST_YEAR..=self.this_year,
        };
        Ok(match values::read(&field, text, &context)? {
            Reading::NotSurveyed => vec![(field, None)],
            Reading::Value(value) => vec![(field, as_held(field, value)?)],
            Reading::Years(min, max) => vec![
                (Field::BuildYear, None),
                (Field::YearMin, Some(Value::Year(min))),
                (Field::YearMax, Some(Value::Year(max))),
            ],
        })
    }

    fn words(&self) -> &CellWords {
        &self.catalogue.headings.words
    }
}

/// The value as a record gives it back: in its own order, and nothing where it holds nothing.
fn as_held(field: Field, value: Value) -> Result<Option<Value>, RowProblemKind> {
    let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
    let set = estate.set(&field, Some(value));
    set.map_err(|_| RowProblemKind::UnknownCode)?;
    Ok(estate.get(&field))
}

/// Whether two cells read the same. Office programs write the ends of lines in their own way.
pub(super) fn is_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one == other || (one.contains('\n') && one.lines().eq(other.lines()))
}
