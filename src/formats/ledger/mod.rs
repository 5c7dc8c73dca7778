//! Plain tables as the sheets of an Excel workbook, and what comes back of them. What stands in
//! them is `jobs::ledger`'s.

mod returned;

pub use returned::{ReturnedBook, ReturnedSheet};

use super::sheet::number_text;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

/// One sheet: headings, and rows of as many cells.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    pub name: String,
    pub columns: Vec<Column>,
    pub rows: Vec<Vec<Cell>>,
    pub visibility: Visibility,
}

/// Who sees a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    Shown,
    /// Not even in the list of hidden sheets: it is for the program that reads the file again.
    VeryHidden,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub heading: String,
    /// In characters of the standard letter; a Chinese one takes two.
    pub width: f64,
    pub look: Look,
    pub hidden: bool,
}

/// How the cells of a column show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Codes too: what begins with a zero must stay as it is.
    Text,
    /// A year takes no thousands separators.
    Year,
    Whole,
    Decimal,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Not surveyed.
    Empty,
    Text(String),
    Number(f64),
    /// A formula and what it comes to, for readers that do not calculate.
    Formula {
        formula: String,
        result: f64,
    },
}

impl Cell {
    /// The text that a reader of the workbook finds in the cell; empty where it is blank.
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) | Self::Formula { result: number, .. } => number_text(*number),
        }
    }
}

/// Why there is no workbook.
#[derive(Debug, thiserror::Error)]
#[error("sheet {sheet}: {reason}")]
pub struct WorkbookError {
    pub sheet: String,
    /// In the words of the crate: too many rows, too long a text.
    pub reason: String,
}

/// The bytes of a workbook. The same sheets give the same bytes: no clock is asked.
///
/// # Errors
/// [`WorkbookError`] where Excel has no room for what should stand there.
pub fn workbook(title: &str, sheets: &[Sheet]) -> Result<Vec<u8>, WorkbookError> {
    let fault = |sheet: &str| {
        let sheet = sheet.to_owned();
        move |error: XlsxError| WorkbookError {
            sheet,
            reason: error.to_string(),
        }
    };
    let mut book = book(title).map_err(fault(title))?;
    for sheet in sheets {
        write(book.add_worksheet(), sheet).map_err(fault(&sheet.name))?;
    }
    book.save_to_buffer().map_err(fault(title))
}

/// A workbook without sheets, made on a day of its own.
pub(in crate::formats) fn book(title: &str) -> Result<Workbook, XlsxError> {
    let made = ExcelDateTime::from_ymd(2019, 1, 1)?;
    let mut book = Workbook::new();
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&made),
    );
    Ok(book)
}

/// The headings of a page, which stay in sight.
pub(in crate::formats) fn write_headings(
    page: &mut Worksheet,
    columns: &[Column],
) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::VerticalCenter);
    page.set_freeze_panes(1, 0)?;
    for (index, column) in (0_u16..).zip(columns) {
        page.set_column_width(index, column.width)?;
        page.set_column_format(index, &format(column.look))?;
        if column.hidden {
            page.set_column_hidden(index)?;
        }
        page.write_string_with_format(0, index, &column.heading, &heading)?;
    }
    Ok(())
}

fn write(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    page.set_name(&sheet.name)?;
    page.set_very_hidden(sheet.visibility == Visibility::VeryHidden);
    write_headings(page, &sheet.columns)?;
    let looks: Vec<Format> = sheet.columns.iter().map(|c| format(c.look)).collect();
    let mut last = 0;
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        last = row;
        for ((column, cell), look) in (0_u16..).zip(cells).zip(&looks) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => page.write_string_with_format(row, column, text, look)?,
                Cell::Number(number) => {
                    page.write_number_with_format(row, column, *number, look)?
                }
                Cell::Formula { formula, result } => {
                    let formula = Formula::new(formula).set_result(result.to_string());
                    page.write_formula_with_format(row, column, formula, look)?
                }
            };
        }
    }
    if let Some(last_column) = (sheet.columns.len() as u16).checked_sub(1) {
        page.autofilter(0, 0, last, last_column)?;
    }
    Ok(())
}

pub(in crate::formats) fn format(look: Look) -> Format {
    Format::new().set_num_format(match look {
        Look::Text => "@",
        Look::Year => "0",
        Look::Whole => "#,##0",
        Look::Decimal => "#,##0.00",
    })
}

/// The cells of a column below its heading, as a formula on another sheet names them.
pub fn range(sheet: &str, column: usize, rows: usize) -> String {
    let name = column_name(column);
    let last = rows.max(1) + 1;
    format!("'{sheet}'!${name}$2:${name}${last}")
}

/// `A` for the first column, `AA` for the 27th.
pub fn column_name(column: usize) -> String {
    let letter = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => letter.to_string(),
        rest => format!("{}{letter}", column_name(rest - 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_excel_names_them() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")] {
            assert_eq!(column_name(column), name);
        }
        assert_eq!(range("台账", 1, 3), "'台账'!$B$2:$B$4");
    }
}
