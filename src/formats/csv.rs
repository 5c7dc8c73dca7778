//! Lists with one row a line: comma, semicolon or tab, quoted where needed.

use super::formula::unguarded;
use super::table::{Format, FormatError, RawGeometry, RawRow, RawTable};
use super::text::Decoded;
use super::wkt::take_places;
use super::{Cells, MAX_COLUMNS};
use crate::model::{RowProblem, RowProblemKind};
use ::csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeSet;

/// In order of preference where two tell the same number of columns.
const DELIMITERS: [u8; 3] = *b",\t;";

/// Reads a table whose first row is its heading.
///
/// A row with too few or too many cells is kept, with a warning; cells beyond the heading get
/// columns of their own. A row of blank cells is none, but it counts in the numbering. The
/// apostrophe that keeps a text from being a formula is taken away.
///
/// # Errors
/// [`FormatError::OpenQuote`] where a quotation mark would swallow the rest of the file,
/// [`FormatError::Empty`] where there is not even a heading.
pub(super) fn read(decoded: &Decoded) -> Result<RawTable, FormatError> {
    let text = &decoded.text;
    let delimiter = delimiter_of(text);
    let mut records = records(text, delimiter);
    let heading = records.next().ok_or(FormatError::Empty)?;
    let mut columns = Columns::default();
    for cell in &heading {
        columns.push(unguarded(cell))?;
    }
    let width = heading.len();
    let mut table = RawTable::empty(Format::Csv, Some(decoded.encoding));
    let mut last = heading;
    for (row, record) in (1..).zip(records) {
        let cells: Cells = record
            .iter()
            .enumerate()
            .map(|(column, cell)| (column, unguarded(cell)))
            .filter(|(_, cell)| !cell.trim().is_empty())
            .collect();
        let last_column = cells.iter().next_back().map(|(column, _)| column);
        let beyond = last_column.is_some_and(|column| column >= width);
        if !cells.is_empty() && (record.len() < width || beyond) {
            table.warnings.push(RowProblem {
                row,
                column: None,
                kind: RowProblemKind::WrongCellCount,
                value: format!("{} / {width}", record.len()),
            });
        }
        if let Some(column) = last_column {
            while columns.names.len() <= column {
                columns.push("")?;
            }
            table.rows.push(RawRow {
                row,
                cells,
                geometry: RawGeometry::None,
            });
        }
        last = record;
    }
    if let Some(line) = open_quote(text, &last, delimiter) {
        return Err(FormatError::OpenQuote { line });
    }
    table.columns = columns.names;
    take_places(&mut table);
    Ok(table)
}

fn records(text: &str, delimiter: u8) -> impl Iterator<Item = StringRecord> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes())
        .into_records()
        // Neither the text nor a flexible record can fail: both errors are about something else.
        .map_while(Result::ok)
}

fn delimiter_of(text: &str) -> u8 {
    let width = |delimiter: u8| records(text, delimiter).next().map_or(0, |r| r.len());
    // Reversed, because of equals `max_by_key` takes the last.
    let best = DELIMITERS.into_iter().rev().max_by_key(|d| width(*d));
    best.unwrap_or(DELIMITERS[0])
}

/// The line of a quotation mark that the last record opens and nothing closes.
fn open_quote(text: &str, last: &StringRecord, delimiter: u8) -> Option<u64> {
    let position = last.position()?;
    let start = usize::try_from(position.byte()).ok()?;
    let mut line = position.line();
    let mut opened = None;
    let mut at_start = true;
    for byte in text.as_bytes().get(start..)? {
        match (*byte, opened) {
            // A doubled quotation mark closes and opens again, which comes to the same.
            (b'"', Some(_)) => opened = None,
            (b'"', None) if at_start => opened = Some(line),
            _ => {}
        }
        line += u64::from(*byte == b'\n');
        at_start =
            opened.is_none() && (*byte == delimiter || matches!(*byte, b'\n' | b'\r' | b'"'));
    }
    opened
}

/// The headings, each made unique.
#[derive(Default)]
pub(super) struct Columns {
    names: Vec<String>,
    taken: BTreeSet<String>,
}

impl Columns {
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn into_names(self) -> Vec<String> {
        self.names
    }

    /// # Errors
    /// [`FormatError::TooManyColumns`].
    pub fn push(&mut self, heading: &str) -> Result<(), FormatError> {
        if self.names.len() >= MAX_COLUMNS {
            return Err(FormatError::TooManyColumns { limit: MAX_COLUMNS });
        }
        let words: Vec<&str> = heading.split_whitespace().collect();
        let plain = match words.is_empty() {
            true => format!("#{}", self.names.len() + 1),
            false => words.join(" "),
        };
        let mut name = plain.clone();
        let mut times = 1;
        while !self.taken.insert(name.clone()) {
            times += 1;
            name = format!("{plain} ({times})");
        }
        self.names.push(name);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{TextEncoding, read};

    fn table(text: &str) -> RawTable {
        read("list.csv", text.as_bytes()).unwrap()
    }

    fn texts(table: &RawTable) -> Vec<Vec<(usize, &str)>> {
        table
            .rows
            .iter()
            .map(|row| row.cells.iter().collect())
            .collect()
    }

    #[test]
    fn delimiters_and_quotes_are_found() {
        for text in [
            "名称,地址\n甲,\"八一大道,12号\"\n",
            "名称;地址\r\n甲;八一大道,12号\r\n",
            "名称\t地址\n甲\t八一大道,12号",
            "\u{feff}名称,地址\n甲,\"八一大道,12号\"",
        ] {
            let table = table(text);
            assert_eq!(table.columns, ["名称", "地址"], "{text}");
            assert_eq!(texts(&table), [[(0, "甲"), (1, "八一大道,12号")]], "{text}");
            assert_eq!(table.warnings, [], "{text}");
        }
    }

    #[test]
    fn a_doubled_quotation_mark_and_a_line_break_stay_in_their_cell() {
        let table = table("name,note\n甲,\"two \"\"words\"\"\nin two lines\"\n乙,5\" pipe");
        let (one, two) = ("two \"words\"\nin two lines", "5\" pipe");
        assert_eq!(
            texts(&table),
            [[(0, "甲"), (1, one)], [(0, "乙"), (1, two)]]
        );
    }

    #[test]
    fn ragged_rows_are_kept_and_listed() {
        let table = table("a,b\n1\n1,2,3\n1,2,,\n,\n\n1,2");
        let rows = table.rows.iter().map(|row| row.row).collect::<Vec<_>>();
        assert_eq!(rows, [1, 2, 3, 5]);
        assert_eq!(table.columns, ["a", "b", "#3"]);
        assert_eq!(texts(&table)[1], [(0, "1"), (1, "2"), (2, "3")]);
        let ragged: Vec<_> = table.warnings.iter().map(|w| (w.row, w.kind)).collect();
        assert_eq!(
            ragged,
            [
                (1, RowProblemKind::WrongCellCount),
                (2, RowProblemKind::WrongCellCount)
            ]
        );
    }

    #[test]
    fn every_column_has_a_name_of_its_own() {
        assert_eq!(
            table("name,,name,\"建成\n年份\",name").columns,
            ["name", "#2", "name (2)", "建成 年份", "name (3)"]
        );
    }

    #[test]
    fn a_quotation_mark_that_swallows_the_rest_is_an_error_with_its_line() {
        for (text, line) in [
            ("a,b\n1,2\n\"3,4\n5,6\n7,8\n", Some(3)),
            ("a,b\n1,2\n3,\"4\"\"\n5,6\n", Some(3)),
            ("a,\"b\n1,2", Some(1)),
            ("a,b\n3,\"4\n5\"\n", None),
            ("a,b\n3,\"\"\n", None),
            ("a,b\n3,\"", Some(2)),
        ] {
            let found = match read("list.csv", text.as_bytes()) {
                Err(FormatError::OpenQuote { line }) => Some(line),
                _ => None,
            };
            assert_eq!(found, line, "{text:?}");
        }
    }

    #[test]
    fn gb18030_is_read_and_bytes_that_are_no_character_are_listed() {
        let text = "小区名称,地址\n洪都新村,中大道\n㑇坊,";
        let mut bytes = encoding_rs::GB18030.encode(text).0.into_owned();
        bytes.push(0xff);
        let table = read("list.csv", &bytes).unwrap();
        assert_eq!(table.encoding, Some(TextEncoding::Gb18030));
        assert_eq!(table.columns, ["小区名称", "地址"]);
        assert_eq!(texts(&table)[1][0], (0, "㑇坊"));
        assert_eq!(table.warnings.len(), 1);
        assert_eq!(table.warnings[0].kind, RowProblemKind::BadText);
        assert_eq!(
            (table.warnings[0].row, table.warnings[0].column.as_deref()),
            (2, Some("地址"))
        );
    }

    #[test]
    fn nothing_is_no_table() {
        for text in ["", "\n\n", "\u{feff}"] {
            assert_eq!(read("list.csv", text.as_bytes()), Err(FormatError::Empty));
        }
    }
}
