//! CSV as Excel opens it by a double click: UTF-8 with a byte order mark, lines ended by CR LF.

use crate::formats::formula::guarded;
use std::io::{self, Write};

/// A writer of CSV, the byte order mark written.
///
/// # Errors
/// What writing to `out` gives.
pub fn csv_of<W: Write>(mut out: W) -> io::Result<csv::Writer<W>> {
    out.write_all("\u{feff}".as_bytes())?;
    Ok(csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(out))
}

/// A table under way; every row has as many cells as the heading, and none is a formula.
pub struct Table<W: Write, const COLUMNS: usize> {
    csv: csv::Writer<W>,
}

impl<W: Write, const COLUMNS: usize> Table<W, COLUMNS> {
    /// # Errors
    /// What writing to `out` gives.
    pub fn begin(out: W, headings: [&str; COLUMNS]) -> io::Result<Self> {
        let mut csv = csv_of(out)?;
        csv.write_record(headings)?;
        Ok(Self { csv })
    }

    /// # Errors
    /// What writing gives.
    pub fn row(&mut self, cells: [&str; COLUMNS]) -> io::Result<()> {
        let cells = cells.map(guarded);
        Ok(self
            .csv
            .write_record(cells.iter().map(|cell| cell.as_bytes()))?)
    }

    /// # Errors
    /// What writing gives.
    pub fn end(mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn excel_finds_a_byte_order_mark_and_a_csv_reader_the_cells() {
        let mut out = Vec::new();
        let mut table = Table::begin(&mut out, ["name", "note"]).unwrap();
        table.row(["洪都新村,一期", "说\"好\"\n换行"]).unwrap();
        table.end().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("\u{feff}name,note\r\n"));
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        assert_eq!(&row[0], "洪都新村,一期");
        assert_eq!(&row[1], "说\"好\"\n换行");
    }
}
