//! The sheets of a returned ledger: which column shows what, and what the cells were.

use super::{Remark, ReturnedError};
use crate::catalogue::{Catalogue, Target};
use crate::formats::layer::{LayerError, LayerErrorKind};
use crate::formats::ledger::{ReturnedBook, ReturnedSheet};
use crate::formats::{RawRow, file_name};
use crate::jobs::ledger::cells::word;
use crate::jobs::ledger::columns::{Shown, shown};
use crate::jobs::ledger::exported;
use std::collections::BTreeMap;
use std::path::Path;

/// The sheet 台账 as it came back, and what it was.
pub(super) struct EditedLedger {
    pub file: String,
    pub sheet: ReturnedSheet,
    /// What each column shows; `None` for one that somebody added.
    pub columns: Vec<Option<Shown>>,
    /// `None` where the sheet 原值 is gone.
    pub exported: Option<Exported>,
}

/// The sheet 原值.
pub(super) struct Exported {
    columns: BTreeMap<Shown, usize>,
    /// By the number of the record, as it is written.
    rows: BTreeMap<String, RawRow>,
}

/// The cells of one record as they were exported.
#[derive(Clone, Copy)]
pub(super) struct ExportedRow<'a> {
    columns: &'a BTreeMap<Shown, usize>,
    row: &'a RawRow,
}

/// The text of a cell, empty where it is blank.
pub(super) fn text_at(row: &RawRow, column: usize) -> &str {
    row.cells.get(column).unwrap_or_default()
}

impl EditedLedger {
    /// # Errors
    /// [`ReturnedError`] where the file is no workbook, or no ledger.
    pub fn open(path: &Path, catalogue: &Catalogue) -> Result<Self, ReturnedError> {
        let failed = |kind| ReturnedError::File(LayerError::of(path, kind));
        let file = file_name(path);
        let bytes = std::fs::read(path).map_err(|error| failed(LayerErrorKind::Io(error)))?;
        let Some(mut book) = ReturnedBook::open(&bytes).map_err(failed)? else {
            return Err(ReturnedError::NoWorkbook { file });
        };
        let name = word("sheets", "ledger");
        let sheet = book.sheet(name).map_err(failed)?;
        let Some(sheet) = sheet else {
            let sheet = name.to_owned();
            return Err(ReturnedError::NoSheet { file, sheet });
        };
        let kept = book.sheet(exported::name()).map_err(failed)?;
        let columns = columns(&sheet.table.columns, catalogue);
        if !columns.contains(&Some(Shown::ID)) {
            return Err(ReturnedError::NoNumbers {
                file,
                sheet: name.to_owned(),
                column: Shown::ID.heading(catalogue),
            });
        }
        Ok(Self {
            file,
            sheet,
            columns,
            exported: kept.and_then(|sheet| Exported::of(sheet, catalogue)),
        })
    }

    /// The text of a row under the column that shows this, empty where there is none.
    pub fn text<'a>(&self, row: &'a RawRow, shown: Shown) -> &'a str {
        let column = self.columns.iter().position(|it| *it == Some(shown));
        column.map_or("", |column| text_at(row, column))
    }

    /// What became of the columns.
    pub fn column_remarks(&self, catalogue: &Catalogue) -> Vec<Remark> {
        let is_gone = |it: &Shown| match it {
            Shown::Field(_) => !self.columns.contains(&Some(*it)),
            // The program writes them anew.
            Shown::Own(_) => false,
        };
        let gone = shown(catalogue).into_iter().filter(is_gone);
        let gone: Vec<_> = gone.map(|it| it.heading(catalogue)).collect();
        let names = self.sheet.table.columns.iter().zip(&self.columns);
        let added = names.filter(|(_, shown)| shown.is_none());
        let added: Vec<_> = added.map(|(name, _)| name.clone()).collect();
        let mut remarks = Vec::new();
        if !gone.is_empty() {
            remarks.push(Remark::ColumnsGone { columns: gone });
        }
        if !added.is_empty() {
            remarks.push(Remark::ColumnsAdded { columns: added });
        }
        remarks
    }
}

/// By the heading that was written; a field whose heading was retyped, as the import knows it.
fn columns(names: &[String], catalogue: &Catalogue) -> Vec<Option<Shown>> {
    let written: BTreeMap<String, Shown> = shown(catalogue)
        .into_iter()
        .map(|it| (it.heading(catalogue), it))
        .collect();
    let find = |name: &String| written.get(name.trim()).copied();
    let mut columns: Vec<Option<Shown>> = names.iter().map(find).collect();
    let guesses = catalogue.headings.guess(names, None);
    for (at, guess) in guesses.into_iter().enumerate() {
        let Some(Target::Field(field)) = guess.map(|guess| guess.target) else {
            continue;
        };
        let shown = Some(Shown::Field(field));
        if columns[at].is_none() && !columns.contains(&shown) {
            columns[at] = shown;
        }
    }
    columns
}

impl Exported {
    /// `None` where the sheet is not what was written there.
    fn of(sheet: ReturnedSheet, catalogue: &Catalogue) -> Option<Self> {
        let table = sheet.table;
        let place = |it: Shown| {
            let key = it.key();
            let at = table.columns.iter().position(|name| *name == key)?;
            Some((it, at))
        };
        let columns: BTreeMap<Shown, usize> =
            shown(catalogue).into_iter().filter_map(place).collect();
        let id = *columns.get(&Shown::ID)?;
        let keyed = |row: RawRow| (text_at(&row, id).to_owned(), row);
        let rows = table.rows.into_iter().map(keyed).collect();
        Some(Self { columns, rows })
    }

    pub fn row(&self, number: &str) -> Option<ExportedRow<'_>> {
        let row = self.rows.get(number)?;
        let columns = &self.columns;
        Some(ExportedRow { columns, row })
    }

    /// The numbers of all records that were exported.
    pub fn rows(&self) -> impl Iterator<Item = (&str, ExportedRow<'_>)> {
        let columns = &self.columns;
        self.rows
            .iter()
            .map(move |(number, row)| (number.as_str(), ExportedRow { columns, row }))
    }
}

impl<'a> ExportedRow<'a> {
    /// `None` where the column was not exported: an item that the catalogue had not then.
    pub fn text(&self, shown: Shown) -> Option<&'a str> {
        let column = self.columns.get(&shown)?;
        Some(text_at(self.row, *column))
    }
}
