//! A workbook that comes back: its sheets as tables, with the rows as office programs number them.

use crate::formats::layer::LayerErrorKind;
use crate::formats::sheet::{Book, Kind};
use crate::formats::{FormatError, MAX_BYTES, RawTable};

/// A workbook of any office program.
pub struct ReturnedBook<'a>(Book<'a>);

/// The rows of a sheet.
pub struct ReturnedSheet {
    pub table: RawTable,
    /// Rows of the sheet up to and with the heading.
    above: u32,
}

impl<'a> ReturnedBook<'a> {
    /// `None` where the content is no workbook.
    ///
    /// # Errors
    /// [`LayerErrorKind`] where it is damaged or too large.
    pub fn open(bytes: &'a [u8]) -> Result<Option<Self>, LayerErrorKind> {
        if bytes.len() > MAX_BYTES {
            return Err(FormatError::TooLarge { limit: MAX_BYTES }.into());
        }
        let Some(kind) = Kind::of(bytes)? else {
            return Ok(None);
        };
        Ok(Some(Self(Book::open(kind, bytes)?)))
    }

    /// The sheet of this name; `None` where the workbook has none.
    ///
    /// # Errors
    /// [`LayerErrorKind`] where the sheet is damaged, or has too many columns.
    pub fn sheet(&mut self, name: &str) -> Result<Option<ReturnedSheet>, LayerErrorKind> {
        if !self.0.names.iter().any(|known| known == name) {
            return Ok(None);
        }
        let (table, above) = self.0.table_below_heading(name)?;
        Ok(Some(ReturnedSheet { table, above }))
    }
}

impl ReturnedSheet {
    /// The number that an office program shows beside a row of the table.
    pub fn shown_row(&self, row: u32) -> u32 {
        self.above.saturating_add(row)
    }
}
