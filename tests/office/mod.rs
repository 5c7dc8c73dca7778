//! What an office program does with a ledger 台账: reads it, edits it, sorts it and saves it anew.

use calamine::{Data, Reader, SheetVisible, Xlsx, open_workbook};
use rust_xlsxwriter::{Workbook, Worksheet};
use std::path::Path;

type Rows = Vec<Vec<Data>>;

/// Saves a workbook under another name, with other texts in some cells of the sheet 台账:
/// `(name of the estate, heading, text)`. Its rows come the other way round.
pub fn edit(from: &Path, to: &Path, edits: &[(&str, &str, &str)]) {
    let mut book: Xlsx<_> = open_workbook(from).unwrap();
    let sheets = book.sheets_metadata().to_vec();
    let mut written = Workbook::new();
    for sheet in sheets {
        let range = book.worksheet_range(&sheet.name).unwrap();
        let mut rows: Rows = range.rows().map(<[Data]>::to_vec).collect();
        if sheet.name == "台账" {
            for edit in edits {
                type_into(&mut rows, *edit);
            }
            rows[1..].reverse();
        }
        let page = written.add_worksheet();
        page.set_name(&sheet.name).unwrap();
        page.set_very_hidden(sheet.visible == SheetVisible::VeryHidden);
        write(page, rows);
    }
    written.save(to).unwrap();
}

fn type_into(rows: &mut Rows, (estate, heading, text): (&str, &str, &str)) {
    let column_of = |rows: &Rows, heading: &str| {
        let is = |cell: &Data| *cell == Data::String(heading.to_owned());
        rows[0].iter().position(is).unwrap()
    };
    let (named, column) = (column_of(rows, "小区名称"), column_of(rows, heading));
    let is = |row: &&mut Vec<Data>| row[named] == Data::String(estate.to_owned());
    rows.iter_mut().find(is).unwrap()[column] = Data::String(text.to_owned());
}

fn write(page: &mut Worksheet, rows: Rows) {
    for (row, cells) in (0_u32..).zip(rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Data::String(text) => drop(page.write_string(row, column, text).unwrap()),
                Data::Float(number) => drop(page.write_number(row, column, number).unwrap()),
                Data::Empty => {}
                other => panic!("{other:?}"),
            }
        }
    }
}
