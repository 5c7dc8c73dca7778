//! Sheets of office programs: xlsx, xlsb, xls and ods. Formulas give the value stored with them.
//!
//! Cells are kept as they come, by row: a sheet with one cell in each corner is two cells, and no
//! rectangle of billions.

mod cell;
mod ods;
mod xls;
mod xlsx;

use super::csv::Columns;
use super::layer::{Damage, LayerErrorKind, check_unpacked_size, names_in_zip};
use super::wkt::take_places;
use super::{Format, FormatError, MAX_COLUMNS, RawGeometry, RawRow, RawTable};
use crate::formats;
use crate::model::{RowProblem, RowProblemKind};
pub(super) use cell::number_text;

use calamine::{Cell, Data, DataRef, Ods, Reader, Sheets, Xls, Xlsb, Xlsx};
use cell::Text;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The beginning of an .xls, and of every other file of its time.
const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// More cells than a list of estates has, and few enough for the memory of a laptop.
const MOST_CELLS: u64 = 20_000_000;

/// Cells that are not blank, by row and column, both from 0.
type Cells = BTreeMap<u32, BTreeMap<u32, Text>>;

/// Which program's file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Xlsx,
    Xlsb,
    Xls,
    Ods,
}

impl Kind {
    /// By the content alone; `None` where it is no sheet.
    ///
    /// # Errors
    /// Where a zip file is damaged.
    pub fn of(bytes: &[u8]) -> Result<Option<Self>, LayerErrorKind> {
        if bytes.starts_with(OLD_OFFICE) {
            return Ok(Some(Self::Xls));
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return Ok(None);
        }
        let names = names_in_zip(bytes)?;
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        Ok(match () {
            () if has("xl/workbook.bin") => Some(Self::Xlsb),
            () if has("[Content_Types].xml") && names.iter().any(|n| n.starts_with("xl/")) => {
                Some(Self::Xlsx)
            }
            () if has("content.xml") && has("META-INF/manifest.xml") => Some(Self::Ods),
            () => None,
        })
    }
}

/// The names of the sheets, hidden ones too, and what one of them holds.
pub(super) struct Book<'a> {
    file: Sheets<Cursor<&'a [u8]>>,
    pub names: Vec<String>,
}

impl<'a> Book<'a> {
    /// # Errors
    /// [`Damage::Sheet`]; [`LayerErrorKind::TooLarge`] where it unpacks to more than is read.
    pub fn open(kind: Kind, bytes: &'a [u8]) -> Result<Self, LayerErrorKind> {
        match kind {
            Kind::Xls => xls::check_size(bytes)?,
            Kind::Xlsx => {
                check_unpacked_size(bytes)?;
                xlsx::check_size(bytes)?;
            }
            Kind::Xlsb => check_unpacked_size(bytes)?,
            Kind::Ods => {
                check_unpacked_size(bytes)?;
                ods::check_size(bytes)?;
            }
        }
        let bytes = Cursor::new(bytes);
        let file = guarded(|| {
            Ok(match kind {
                Kind::Xlsx => Sheets::Xlsx(Xlsx::new(bytes).map_err(damaged)?),
                Kind::Xlsb => Sheets::Xlsb(Xlsb::new(bytes).map_err(damaged)?),
                Kind::Xls => Sheets::Xls(Xls::new(bytes).map_err(damaged)?),
                Kind::Ods => Sheets::Ods(Ods::new(bytes).map_err(damaged)?),
            })
        })?;
        let names = file.sheet_names();
        Ok(Self { file, names })
    }

    /// The rows below the heading of a sheet.
    ///
    /// # Errors
    /// [`Damage::Sheet`], [`FormatError::TooManyColumns`].
    pub fn table(&mut self, name: &str) -> Result<RawTable, LayerErrorKind> {
        Ok(self.table_below_heading(name)?.0)
    }

    /// As [`table`](Self::table), with how many rows of the sheet stand up to and with the heading:
    /// a row of the table is that many rows further down in the sheet.
    ///
    /// # Errors
    /// As [`table`](Self::table).
    pub fn table_below_heading(&mut self, name: &str) -> Result<(RawTable, u32), LayerErrorKind> {
        table(guarded(|| cells(&mut self.file, name))?)
    }
}

fn cells(file: &mut Sheets<Cursor<&[u8]>>, name: &str) -> Result<Cells, LayerErrorKind> {
    let mut cells = Cells::new();
    match file {
        Sheets::Xlsx(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
            while let Some(cell) = reader.next_cell().map_err(damaged)? {
                take_cell(&mut cells, &cell)?;
            }
        }
        Sheets::Xlsb(book) => {
            let mut reader = book.worksheet_cells_reader(name).map_err(damaged)?;
            while let Some(cell) = reader.next_cell().map_err(damaged)? {
                take_cell(&mut cells, &cell)?;
            }
        }
        Sheets::Xls(_) | Sheets::Ods(_) => {
            take_range(&mut cells, &file.worksheet_range(name).map_err(damaged)?)?;
        }
    }
    Ok(cells)
}

fn take_cell(cells: &mut Cells, cell: &Cell<DataRef>) -> Result<(), LayerErrorKind> {
    take(cells, cell.get_position(), &cell.get_value().clone().into())
}

fn take_range(cells: &mut Cells, range: &calamine::Range<Data>) -> Result<(), LayerErrorKind> {
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let row = top.saturating_add(u32::try_from(row).unwrap_or(u32::MAX));
        let column = left.saturating_add(u32::try_from(column).unwrap_or(u32::MAX));
        take(cells, (row, column), value)?;
    }
    Ok(())
}

fn take(cells: &mut Cells, (row, column): (u32, u32), value: &Data) -> Result<(), LayerErrorKind> {
    let Some(text) = Text::of(value) else {
        return Ok(());
    };
    if column as usize >= MAX_COLUMNS {
        return Err(FormatError::TooManyColumns { limit: MAX_COLUMNS }.into());
    }
    cells.entry(row).or_default().insert(column, text);
    Ok(())
}

/// The heading is the first row with two cells: what stands alone above it is a title.
fn table(cells: Cells) -> Result<(RawTable, u32), LayerErrorKind> {
    let mut table = RawTable::empty(Format::Sheet, None);
    let is_heading = |row: &BTreeMap<u32, Text>| row.len() > 1;
    let heading = cells.iter().find(|(_, row)| is_heading(row));
    let Some((first, heading)) = heading.or_else(|| cells.iter().next()) else {
        return Ok((table, 0));
    };
    let mut columns = Columns::default();
    let last = heading.keys().next_back().copied().unwrap_or_default();
    for column in 0..=last {
        columns.push(heading.get(&column).map_or("", |cell| &cell.text))?;
    }
    for (at, row) in cells.iter().filter(|(at, _)| *at > first) {
        let number = at - first;
        let mut texts = formats::Cells::default();
        for (column, cell) in row {
            let column = *column as usize;
            while columns.names().len() <= column {
                columns.push("")?;
            }
            if cell.is_error {
                table.warnings.push(RowProblem {
                    row: number,
                    column: columns.names().get(column).cloned(),
                    kind: RowProblemKind::CellError,
                    value: cell.text.clone(),
                });
            } else {
                texts.push(column, &cell.text);
            }
        }
        table.rows.push(RawRow {
            row: number,
            cells: texts,
            geometry: RawGeometry::None,
        });
    }
    table.columns = columns.into_names();
    take_places(&mut table);
    Ok((table, first.saturating_add(1)))
}

/// The reader of sheets stops the program at some damaged files: such a file is damaged, no more.
fn guarded<T>(read: impl FnOnce() -> Result<T, LayerErrorKind>) -> Result<T, LayerErrorKind> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(damaged("unreadable")))
}

fn damaged(error: impl std::fmt::Display) -> LayerErrorKind {
    LayerErrorKind::Damaged(Damage::Sheet(error.to_string()))
}
