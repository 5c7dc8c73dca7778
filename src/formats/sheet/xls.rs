//! How large the sheets of an .xls would become: the reader of sheets makes a whole rectangle of
//! each, and two cells in opposite corners make one of sixteen million.

use super::{MOST_CELLS, damaged};
use crate::formats::layer::LayerErrorKind;
use std::io::{Cursor, Read};

/// Where a workbook may lie: since Excel 97, and before.
const STREAMS: [&str; 2] = ["/Workbook", "/Book"];
const BEGIN: u16 = 0x0809;
/// What a sheet says of its own size.
const DIMENSIONS: u16 = 0x0200;
/// Several numbers side by side; the last column stands at the end.
const NUMBERS: u16 = 0x00bd;
/// Formula, number, label, truth and their older forms: each begins with row and column.
const CELLS: [u16; 13] = [
    0x0002, 0x0003, 0x0004, 0x0005, 0x0006, 0x00d6, 0x00fd, 0x0203, 0x0204, 0x0205, 0x0206, 0x027e,
    0x0406,
];

/// # Errors
/// Where the sheets would hold more cells than are read, or are damaged.
pub(super) fn check_size(bytes: &[u8]) -> Result<(), LayerErrorKind> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let stream = STREAMS.into_iter().find(|name| file.is_stream(name));
    let stream = stream.ok_or_else(|| damaged("no workbook"))?;
    let mut content = Vec::new();
    // No stream is longer than its file, whatever it says.
    let stream = file.open_stream(stream).map_err(damaged)?;
    let mut stream = stream.take(bytes.len() as u64);
    stream.read_to_end(&mut content).map_err(damaged)?;
    match cells(&content).max(cells_told(&content)) > MOST_CELLS {
        true => Err(damaged(format!("> {MOST_CELLS} cells"))),
        false => Ok(()),
    }
}

/// The records of a workbook, each with its kind.
fn records(content: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = content;
    std::iter::from_fn(move || {
        let ([kind, length], body) = two_numbers(rest)?;
        let (record, next) = body.split_at_checked(usize::from(length))?;
        rest = next;
        Some((kind, record))
    })
}

/// The cells of all rectangles together.
fn cells(content: &[u8]) -> u64 {
    let mut total = 0_u64;
    let mut sheet = Rectangle::default();
    for (kind, record) in records(content) {
        let Some(([row, column], _)) = two_numbers(record) else {
            continue;
        };
        match kind {
            BEGIN => total = total.saturating_add(std::mem::take(&mut sheet).size()),
            NUMBERS => {
                let last = record.last_chunk().map(|bytes| u16::from_le_bytes(*bytes));
                sheet.include(row, column);
                sheet.include(row, last.unwrap_or(column));
            }
            _ if CELLS.contains(&kind) => sheet.include(row, column),
            _ => {}
        }
    }
    total.saturating_add(sheet.size())
}

/// The cells that the largest sheet says it has: the reader makes room for them beforehand.
fn cells_told(content: &[u8]) -> u64 {
    let sheets = records(content).filter(|(kind, _)| *kind == DIMENSIONS);
    let told = sheets.map(|(_, record)| size_told(record));
    told.max().unwrap_or_default()
}

/// Rows and columns, the first and the one behind the last; rows take four bytes since Excel 97.
fn size_told(record: &[u8]) -> u64 {
    let number = |at: usize, bytes: usize| {
        let field = record.get(at..at + bytes).unwrap_or_default();
        field
            .iter()
            .rev()
            .fold(0u64, |number, byte| number << 8 | u64::from(*byte))
    };
    let (first, behind, columns) = match record.len() {
        10 => (number(0, 2), number(2, 2), number(6, 2)),
        _ => (number(0, 4), number(4, 4), number(10, 2)),
    };
    match behind {
        // An empty sheet.
        0 => 0,
        _ => behind.wrapping_sub(first).saturating_mul(columns.max(1)),
    }
}

fn two_numbers(bytes: &[u8]) -> Option<([u16; 2], &[u8])> {
    let (head, rest) = bytes.split_first_chunk::<4>()?;
    let [a, b, c, d] = *head;
    Some((
        [u16::from_le_bytes([a, b]), u16::from_le_bytes([c, d])],
        rest,
    ))
}

/// First and last row, first and last column.
#[derive(Default)]
struct Rectangle(Option<[u16; 4]>);

impl Rectangle {
    fn include(&mut self, row: u16, column: u16) {
        let [top, bottom, left, right] = self.0.unwrap_or([row, row, column, column]);
        self.0 = Some([
            top.min(row),
            bottom.max(row),
            left.min(column),
            right.max(column),
        ]);
    }

    fn size(&self) -> u64 {
        let Some([top, bottom, left, right]) = self.0 else {
            return 0;
        };
        (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, body: &[u16]) -> Vec<u8> {
        let head = [kind, 2 * body.len() as u16];
        head.iter()
            .chain(body)
            .flat_map(|number| number.to_le_bytes())
            .collect()
    }

    #[test]
    fn each_sheet_counts_with_the_rectangle_around_its_cells() {
        let corners = [record(0x0203, &[0, 0, 9]), record(0x00fd, &[9, 4, 9])].concat();
        let sheet = [record(BEGIN, &[0x0600, 0x0010]), corners].concat();
        assert_eq!(cells(&sheet), 50);
        assert_eq!(cells(&[sheet.clone(), sheet].concat()), 100);
        let numbers = record(NUMBERS, &[3, 2, 9, 9, 7]);
        assert_eq!(cells(&numbers), 6);
        assert_eq!(cells(&[]), 0);
    }

    #[test]
    fn a_sheet_that_says_it_is_larger_than_any_is_found() {
        let told = |body: &[u16]| cells_told(&record(DIMENSIONS, body));
        assert_eq!(told(&[0, 0, 2, 0, 0, 3, 0]), 6);
        assert_eq!(told(&[0, 2, 0, 3, 0]), 6);
        assert!(told(&[0, 0, 0, 0xff00, 0, 3, 0]) > MOST_CELLS);
        // The last row before the first: the reader counts backwards, and far.
        assert!(told(&[9, 0, 2, 0, 0, 3, 0]) > MOST_CELLS);
    }

    #[test]
    fn corners_of_many_sheets_are_refused() {
        let corners = [record(0x0203, &[0, 0]), record(0x0203, &[65_535, 255])].concat();
        let sheet = [record(BEGIN, &[0x0600, 0x0010]), corners].concat();
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let mut stream = file.create_stream("/Workbook").unwrap();
        std::io::Write::write_all(&mut stream, &[sheet.clone(), sheet].concat()).unwrap();
        drop(stream);
        let bytes = file.into_inner().into_inner();
        let error = check_size(&bytes).unwrap_err().to_string();
        assert!(error.contains("20000000"), "{error}");
    }
}
