//! One sheet of an Excel workbook: headings for people, filters, codes as text. The place of a record
//! is well-known text in the last column.
//!
//! Rows go to a file of the crate's own as they come: a sheet of a province would not fit into the
//! memory of a laptop.

use super::output::{Output, at};
use super::text::Words;
use super::{Cell, Column, ColumnKind, Layer, Record, RecordWriter, WriteError, Written};
use crate::formats::ledger::{self, Look, book, write_headings};
use crate::formats::wkt;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::path::{Path, PathBuf};

/// What Excel has room for: rows below the heading, and signs in a cell, of two bytes each.
const MOST_ROWS: u32 = 1_048_575;
const LONGEST: usize = 32_767;
/// Whole numbers above this are not exact in a cell.
const EXACT: u64 = 1 << 53;
/// In characters; more than a screen shows of a boundary would hide the columns beside it.
const PLACE_WIDTH: f64 = 16.0;

pub(super) struct XlsxWriter {
    path: PathBuf,
    out: Output,
    book: Workbook,
    looks: Vec<Format>,
    /// Keys of the columns, for what has to be cut.
    keys: Vec<String>,
    words: Words,
    place: Vec<u8>,
    rows: u32,
    cut: Vec<(String, String)>,
}

impl XlsxWriter {
    pub fn begin(path: &Path, layer: &Layer) -> Result<Self, WriteError> {
        let out = Output::create(path)?;
        let mut columns: Vec<_> = layer.columns.iter().map(sheet_column).collect();
        columns.push(ledger::Column {
            heading: wkt::HEADING.to_owned(),
            width: PLACE_WIDTH,
            look: Look::Text,
            hidden: false,
        });
        let looks = columns.iter().map(|column| ledger::format(column.look));
        let looks = looks.collect();
        let book = begin(layer, &columns).map_err(fault(path))?;
        Ok(Self {
            path: path.to_owned(),
            out,
            book,
            looks,
            keys: layer.columns.iter().map(|c| c.key.clone()).collect(),
            words: Words::spoken(),
            place: Vec::new(),
            rows: 0,
            cut: Vec::new(),
        })
    }

    fn write(&mut self, record: &Record<'_>) -> Result<(), XlsxError> {
        let row = self.rows;
        let page = self.book.worksheet_from_index(0)?;
        let cells = record.cells.iter().zip(&self.looks).zip(&self.keys);
        for (index, ((cell, look), key)) in (0_u16..).zip(cells) {
            if let Some(number) = number(cell) {
                page.write_number_with_format(row, index, number, look)?;
                continue;
            }
            let Some(text) = self.words.text(cell) else {
                continue;
            };
            let (fits, is_cut) = fitting(&text);
            if is_cut {
                self.cut.push((record.id.to_string(), key.clone()));
            }
            page.write_string_with_format(row, index, fits, look)?;
        }
        self.place.clear();
        wkt::push(&mut self.place, record.shape);
        // Half a boundary is none.
        if self.place.len() > LONGEST {
            let key = wkt::HEADING.to_owned();
            self.cut.push((record.id.to_string(), key));
        } else if let (Some(look), false) = (self.looks.last(), self.place.is_empty()) {
            let index = self.keys.len() as u16;
            let text = String::from_utf8_lossy(&self.place);
            page.write_string_with_format(row, index, text, look)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), XlsxError> {
        let last_column = self.keys.len() as u16;
        let page = self.book.worksheet_from_index(0)?;
        page.autofilter(0, 0, self.rows, last_column)?;
        self.book.save_to_writer(&mut self.out)
    }
}

impl RecordWriter for XlsxWriter {
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        if self.rows == MOST_ROWS {
            return Err(WriteError::NoRoom {
                path: self.path.clone(),
                reason: format!("more than {MOST_ROWS} rows"),
            });
        }
        self.rows += 1;
        self.write(record).map_err(fault(&self.path))
    }

    fn finish(mut self: Box<Self>) -> Result<Written, WriteError> {
        self.end().map_err(fault(&self.path))?;
        let Self { path, out, cut, .. } = *self;
        out.put().map_err(at(&path))?;
        Ok(Written {
            files: vec![path],
            cut,
        })
    }
}

fn begin(layer: &Layer, columns: &[ledger::Column]) -> Result<Workbook, XlsxError> {
    let mut book = book(&layer.title)?;
    let page: &mut Worksheet = book.add_worksheet_with_constant_memory()?;
    page.set_name(sheet_name(layer))?;
    write_headings(page, columns)?;
    Ok(book)
}

/// The title without what Excel allows in no name of a sheet, and as short as it wants it.
fn sheet_name(layer: &Layer) -> String {
    const LONGEST_NAME: usize = 31;
    let signs = layer
        .title
        .chars()
        .filter(|sign| !"[]:*?/\\'".contains(*sign));
    let name: String = signs.take(LONGEST_NAME).collect();
    match name.trim() {
        "" => layer.name.chars().take(LONGEST_NAME).collect(),
        name => name.to_owned(),
    }
}

fn sheet_column(column: &Column) -> ledger::Column {
    let (look, width) = match column.kind {
        ColumnKind::Text | ColumnKind::Texts => (Look::Text, 20.0),
        ColumnKind::Flag => (Look::Text, 12.0),
        ColumnKind::Whole => (Look::Whole, 11.0),
        ColumnKind::Year => (Look::Year, 10.0),
        ColumnKind::Decimal => (Look::Decimal, 15.0),
    };
    ledger::Column {
        heading: column.heading.clone(),
        width,
        look,
        hidden: false,
    }
}

/// The number of a cell, where Excel keeps it to the last digit.
fn number(cell: &Cell<'_>) -> Option<f64> {
    match cell {
        Cell::Whole(number) if number.unsigned_abs() <= EXACT => Some(*number as f64),
        Cell::Decimal(number) if number.is_finite() => Some(*number),
        _ => None,
    }
}

/// As much of a text as a cell holds, and whether that is less than all.
fn fitting(text: &str) -> (&str, bool) {
    let mut length = 0;
    let over = text.char_indices().find(|(_, sign)| {
        length += sign.len_utf16();
        length > LONGEST
    });
    match over {
        Some((end, _)) => (&text[..end], true),
        None => (text, false),
    }
}

fn fault(path: &Path) -> impl Fn(XlsxError) -> WriteError {
    |error| match error {
        XlsxError::IoError(reason) => at(path)(reason),
        error => WriteError::NoRoom {
            path: path.to_owned(),
            reason: error.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::exchange::Shape;
    use crate::formats::library::Profile;

    fn layer(title: &str) -> Layer {
        Layer {
            name: "estate".to_owned(),
            title: title.to_owned(),
            columns: Vec::new(),
            profile: Profile::Cgcs2000,
        }
    }

    #[test]
    fn one_row_more_than_a_sheet_holds_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.xlsx");
        let mut writer = XlsxWriter::begin(&path, &layer("小区")).unwrap();
        let record = Record {
            id: "1".into(),
            name: "".into(),
            shape: Shape::None,
            cells: Vec::new(),
        };
        writer.rows = MOST_ROWS - 1;
        writer.record(&record).unwrap();
        let refused = writer.record(&record);
        assert!(matches!(refused, Err(WriteError::NoRoom { .. })));
    }

    #[test]
    fn a_sheet_has_a_name_that_excel_takes() {
        for (title, name) in [
            ("小区", "小区"),
            ("'[小区]: 一/二?*\\", "小区 一二"),
            ("[]", "estate"),
            (&"旧".repeat(40), &"旧".repeat(31)),
        ] {
            assert_eq!(sheet_name(&layer(title)), name);
        }
    }
}
