//! Goes through the rows of a returned ledger.

use super::book::{EditedLedger, Exported, ExportedRow, text_at};
use super::cell::{CellReader, RowOf, Was, is_alike};
use super::{CellEdit, Remark, Returned, ReturnedError};
use crate::catalogue::Catalogue;
use crate::formats::RawRow;
use crate::jobs::ledger::columns::{OwnColumn, Shown};
use crate::jobs::ledger::estates::stamp;
use crate::model::{Estate, EstateId, Field, RowProblem, RowProblemKind, Survey};
use crate::progress::Progress;
use std::collections::BTreeMap;
use std::path::Path;

/// Rows between two looks at whether to stop.
const PROGRESS_STEP: usize = 256;

/// Holds the ledger at `path` against `survey`. Nothing is changed.
///
/// `this_year` bounds building years.
///
/// # Errors
/// [`ReturnedError`]; rows, columns and cells that cannot be taken are no errors.
pub fn compare(
    survey: &Survey,
    path: &Path,
    catalogue: &Catalogue,
    this_year: i32,
    progress: &Progress,
) -> Result<Returned, ReturnedError> {
    let ledger = EditedLedger::open(path, catalogue)?;
    let rows = &ledger.sheet.table.rows;
    progress.begin(rows.len() as u64);
    let mut comparison = Comparison::new(survey, &ledger, catalogue, this_year);
    for (index, row) in rows.iter().enumerate() {
        if index % PROGRESS_STEP == 0 {
            progress.reach(index as u64)?;
        }
        comparison.row(row);
    }
    let is_unknown = |remark: &Remark| matches!(remark, Remark::UnknownNumber { .. });
    if comparison.rows == 0 && comparison.unknown.iter().any(is_unknown) {
        return Err(ReturnedError::OtherSurvey { file: ledger.file });
    }
    progress.reach(rows.len() as u64)?;
    let (rows, edits, remarks) = comparison.finish();
    Ok(Returned {
        file: ledger.file,
        rows,
        edits,
        remarks,
    })
}

/// The record with this number, however a person spelt it.
fn id_of(number: &str) -> Option<EstateId> {
    uuid::Uuid::parse_str(number.trim()).ok().map(EstateId)
}

struct Comparison<'a> {
    survey: &'a Survey,
    ledger: &'a EditedLedger,
    catalogue: &'a Catalogue,
    reader: CellReader<'a>,
    /// The rows that the number of each record stands in.
    numbers: BTreeMap<EstateId, Vec<u32>>,
    /// Cells with a formula that failed, by row and column.
    failed: BTreeMap<(u32, &'a str), &'a str>,
    units_m2: Vec<Option<f64>>,
    rows: usize,
    edits: Vec<CellEdit>,
    remarks: Vec<Remark>,
    unknown: Vec<Remark>,
    own: BTreeMap<OwnColumn, Vec<u32>>,
}

impl<'a> Comparison<'a> {
    fn new(
        survey: &'a Survey,
        ledger: &'a EditedLedger,
        catalogue: &'a Catalogue,
        this_year: i32,
    ) -> Self {
        let table = &ledger.sheet.table;
        let mut numbers = BTreeMap::<EstateId, Vec<u32>>::new();
        for row in &table.rows {
            if let Some(id) = id_of(ledger.text(row, Shown::ID)) {
                let rows = numbers.entry(id).or_default();
                rows.push(ledger.sheet.shown_row(row.row));
            }
        }
        let failed = table.warnings.iter().filter_map(|warning| {
            let column = warning.column.as_deref()?;
            Some(((warning.row, column), warning.value.as_str()))
        });
        let names = table.columns.iter();
        Self {
            survey,
            ledger,
            catalogue,
            reader: CellReader {
                catalogue,
                this_year,
            },
            numbers,
            failed: failed.collect(),
            units_m2: names
                .map(|name| catalogue.headings.area_unit_m2(name))
                .collect(),
            rows: 0,
            edits: Vec::new(),
            remarks: Vec::new(),
            unknown: Vec::new(),
            own: BTreeMap::new(),
        }
    }

    fn row(&mut self, row: &'a RawRow) {
        let shown_row = self.ledger.sheet.shown_row(row.row);
        let number = self.ledger.text(row, Shown::ID).trim();
        let name = || self.ledger.text(row, Shown::Field(Field::Name)).to_owned();
        if number.is_empty() {
            let remark = Remark::NoNumber {
                row: shown_row,
                name: name(),
            };
            return self.unknown.push(remark);
        }
        let estate = id_of(number).and_then(|id| self.survey.estate(id));
        let Some(estate) = estate.map(AsRef::as_ref) else {
            let number = number.to_owned();
            let remark = Remark::UnknownNumber {
                row: shown_row,
                number,
            };
            return self.unknown.push(remark);
        };
        self.rows += 1;
        let rows = self.numbers.get(&estate.id).filter(|rows| rows.len() > 1);
        if let Some(rows) = rows {
            // Said once, at the first of them.
            if rows.first() == Some(&shown_row) {
                let rows = rows.clone();
                let name = name();
                self.remarks.push(Remark::Repeated { rows, name });
            }
            return;
        }
        if !estate.standing.is_counted() {
            let remark = Remark::NotCounted {
                row: shown_row,
                name: name(),
            };
            return self.remarks.push(remark);
        }
        let of = RowOf {
            number: shown_row,
            estate,
            was: self.was(row, estate),
        };
        self.cells(row, of);
    }

    fn was(&self, row: &RawRow, estate: &Estate) -> Was<'a> {
        let exported = self.ledger.exported.as_ref();
        if let Some(kept) = exported.and_then(|kept| kept.row(&estate.id.to_string())) {
            return Was::Exported(kept);
        }
        let is_as_now = self.ledger.text(row, Shown::STAMP).trim() == stamp(estate);
        match is_as_now {
            true => Was::AsNow,
            false => Was::Unknown,
        }
    }

    fn cells(&mut self, row: &'a RawRow, of: RowOf<'a>) {
        let ledger = self.ledger;
        for (column, shown) in ledger.columns.iter().enumerate() {
            let name = ledger.sheet.table.columns[column].as_str();
            match shown {
                Some(Shown::Field(field)) => {
                    if let Some(value) = self.failed.get(&(row.row, name)) {
                        let problem = (RowProblemKind::CellError, *value);
                        self.unreadable(of, name, problem);
                        continue;
                    }
                    self.cell(of, *field, (column, name), row);
                }
                Some(Shown::Own(own)) => self.own(of, *own, text_at(row, column)),
                None => {}
            }
        }
    }

    fn cell(&mut self, of: RowOf<'a>, field: Field, column: (usize, &str), row: &RawRow) {
        let (at, name) = column;
        let theirs = text_at(row, at);
        let ledger = self.ledger;
        let is_edited = |other: Field| {
            let shown = Shown::Field(other);
            let is_there = ledger.columns.contains(&Some(shown));
            is_there && self.reader.is_edited(of, other, ledger.text(row, shown))
        };
        let unit = self.units_m2.get(at).copied().flatten();
        match self.reader.edits(of, field, theirs, unit, &is_edited) {
            Ok(edits) => self.edits.extend(edits),
            Err(kind) => self.unreadable(of, name, (kind, theirs)),
        }
    }

    fn unreadable(&mut self, of: RowOf, column: &str, problem: (RowProblemKind, &str)) {
        let (kind, value) = problem;
        self.remarks.push(Remark::Unreadable(RowProblem {
            row: of.number,
            column: Some(column.to_owned()),
            kind,
            value: value.trim().to_owned(),
        }));
    }

    /// Notes a value of the program's own that was edited: it is worked out anew.
    fn own(&mut self, of: RowOf, own: OwnColumn, theirs: &str) {
        let Was::Exported(kept) = of.was else {
            return;
        };
        let was = kept.text(Shown::Own(own));
        if was.is_some_and(|was| !is_alike(was, theirs)) {
            self.own.entry(own).or_default().push(of.number);
        }
    }

    /// The rows that were exported and are not in the ledger any more.
    fn rows_gone(&self, exported: &Exported) -> Option<Remark> {
        let is_gone = |number: &str| id_of(number).is_none_or(|id| !self.numbers.contains_key(&id));
        let gone = exported.rows().filter(|(number, _)| is_gone(number));
        let name = |row: ExportedRow| row.text(Shown::Field(Field::Name)).map(str::to_owned);
        let names: Vec<_> = gone.map(|(_, row)| name(row).unwrap_or_default()).collect();
        (!names.is_empty()).then_some(Remark::RowsGone { names })
    }

    fn finish(mut self) -> (usize, Vec<CellEdit>, Vec<Remark>) {
        let mut remarks = std::mem::take(&mut self.remarks);
        remarks.append(&mut self.unknown);
        for (own, rows) in std::mem::take(&mut self.own) {
            let column = Shown::Own(own).heading(self.catalogue);
            remarks.push(Remark::OwnColumn { column, rows });
        }
        remarks.extend(match &self.ledger.exported {
            None => Some(Remark::NothingKept),
            Some(exported) => self.rows_gone(exported),
        });
        remarks.extend(self.ledger.column_remarks(self.catalogue));
        (self.rows, self.edits, remarks)
    }
}
