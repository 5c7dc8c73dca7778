//! The table beside the shapes (.dbf, dBASE III). Every column is as wide as its longest value: at
//! the 254 bytes that a text may have, a province would not fit. So rows wait in a file of their own
//! until the last one is known.

use super::check_size;
use crate::catalogue::MOST_COLUMNS;
use crate::formats::exchange::output::{Output, at};
use crate::formats::exchange::text::Words;
use crate::formats::exchange::{Cell, Column, ColumnKind, WriteError};
use crate::formats::part::PartFile;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Read, Write};
use std::path::{Path, PathBuf};

const LONGEST_TEXT: usize = 254;
const LONGEST_NAME: usize = 10;
/// Longer numbers are written with an exponent.
const LONGEST_NUMBER: usize = 24;
/// The day that equal tables were all made on: 2019-01-01, years counted from 1900.
const MADE_ON: [u8; 3] = [119, 1, 1];

pub(super) struct Table {
    path: PathBuf,
    columns: Vec<Field>,
    words: Words,
    waiting: Output,
    records: u32,
    /// The row under way. Kept, so that its memory serves the next.
    row: Vec<u8>,
}

struct Field {
    name: String,
    kind: FieldKind,
    /// The most bytes before a decimal point, and behind it.
    whole: usize,
    decimals: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FieldKind {
    Text,
    Number,
    Flag,
}

impl Table {
    pub fn begin(path: &Path, columns: &[Column]) -> Result<Self, WriteError> {
        let no_room = |reason: String| WriteError::NoRoom {
            path: path.to_owned(),
            reason,
        };
        if columns.len() > MOST_COLUMNS {
            return Err(no_room(format!("more than {MOST_COLUMNS} columns")));
        }
        let is_name = |name: &str| name.is_ascii() && (1..=LONGEST_NAME).contains(&name.len());
        if let Some(column) = columns.iter().find(|column| !is_name(&column.short)) {
            return Err(no_room(format!("no name of a column: '{}'", column.short)));
        }
        Ok(Self {
            path: path.to_owned(),
            columns: columns.iter().map(Field::of).collect(),
            words: Words::of_programs(),
            // Beside the table, where there is room for it.
            waiting: Output::create(path)?,
            records: 0,
            row: Vec::new(),
        })
    }

    /// Adds a row; gives the columns whose text was cut.
    pub fn push(&mut self, cells: &[Cell<'_>]) -> Result<Vec<usize>, WriteError> {
        let mut cut = Vec::new();
        self.row.clear();
        for (index, (field, cell)) in self.columns.iter_mut().zip(cells).enumerate() {
            let text = field.text(cell, &self.words);
            let (text, is_cut) = fitting(&text);
            if is_cut {
                cut.push(index);
            }
            field.widen(text);
            // At most 254 bytes.
            self.row.push(text.len() as u8);
            self.row.extend(text.as_bytes());
        }
        self.waiting.write_all(&self.row).map_err(at(&self.path))?;
        self.records += 1;
        let width: usize = self.columns.iter().map(Field::width).sum();
        check_size(&self.path, (width as u64 + 1) * u64::from(self.records))?;
        Ok(cut)
    }

    /// The table, whole.
    pub fn close(self) -> Result<PartFile, WriteError> {
        let path = self.path;
        let mut out = Output::create(&path)?;
        let write = || -> io::Result<PartFile> {
            let waiting = self.waiting.close()?;
            write_header(&mut out, &self.columns, self.records)?;
            let mut rows = BufReader::new(File::open(waiting.path())?);
            for _ in 0..self.records {
                // Not deleted.
                out.write_all(b" ")?;
                for field in &self.columns {
                    let mut length = [0];
                    rows.read_exact(&mut length)?;
                    let mut text = [0; LONGEST_TEXT];
                    let text = &mut text[..usize::from(length[0])];
                    rows.read_exact(text)?;
                    field.write(&mut out, text)?;
                }
            }
            const END: &[u8] = &[0x1a];
            out.write_all(END)?;
            out.close()
        };
        write().map_err(at(&path))
    }
}

impl Field {
    fn of(column: &Column) -> Self {
        // Room for what somebody may write there later.
        let (kind, whole) = match column.kind {
            ColumnKind::Text | ColumnKind::Texts => (FieldKind::Text, 30),
            ColumnKind::Whole | ColumnKind::Year | ColumnKind::Decimal => (FieldKind::Number, 9),
            ColumnKind::Flag => (FieldKind::Flag, 1),
        };
        Self {
            name: column.short.clone(),
            kind,
            whole,
            decimals: 0,
        }
    }

    fn text<'a>(&self, cell: &'a Cell<'_>, words: &'a Words) -> Cow<'a, str> {
        match cell {
            Cell::Flag(true) => Cow::Borrowed("T"),
            Cell::Flag(false) => Cow::Borrowed("F"),
            cell => {
                let text = words.text(cell).unwrap_or_default();
                match (cell, text.len() > LONGEST_NUMBER) {
                    (Cell::Decimal(number), true) => Cow::Owned(format!("{number:e}")),
                    _ => text,
                }
            }
        }
    }

    fn widen(&mut self, text: &str) {
        let (whole, decimals) = match (self.kind, text.split_once('.')) {
            (FieldKind::Number, Some((whole, decimals))) if !text.contains('e') => {
                (whole.len(), decimals.len())
            }
            _ => (text.len(), 0),
        };
        self.whole = self.whole.max(whole);
        self.decimals = self.decimals.max(decimals);
    }

    /// Bytes of every value.
    fn width(&self) -> usize {
        match self.decimals {
            0 => self.whole,
            decimals => self.whole + 1 + decimals,
        }
    }

    fn write(&self, out: &mut Output, text: &[u8]) -> io::Result<()> {
        let mut value = text.to_vec();
        if self.kind == FieldKind::Number && self.decimals > 0 && !text.is_empty() {
            let decimals = text.iter().position(|byte| *byte == b'.');
            let decimals = decimals.map(|point| text.len() - point - 1);
            if !text.contains(&b'e') {
                if decimals.is_none() {
                    value.push(b'.');
                }
                value.extend(vec![b'0'; self.decimals - decimals.unwrap_or(0)]);
            }
        }
        let blank = vec![b' '; self.width().saturating_sub(value.len())];
        match self.kind {
            FieldKind::Number => {
                out.write_all(&blank)?;
                out.write_all(&value)
            }
            // What nobody has said yet.
            FieldKind::Flag if value.is_empty() => out.write_all(b"?"),
            _ => {
                out.write_all(&value)?;
                out.write_all(&blank)
            }
        }
    }
}

fn write_header(out: &mut Output, columns: &[Field], records: u32) -> io::Result<()> {
    const VERSION: u8 = 3;
    const END_OF_COLUMNS: u8 = 0x0d;
    let header = 32 * (columns.len() + 1) + 1;
    let width: usize = 1 + columns.iter().map(Field::width).sum::<usize>();
    out.write_all(&[VERSION])?;
    out.write_all(&MADE_ON)?;
    out.write_all(&records.to_le_bytes())?;
    // Both stay below 65,536: 255 columns of 254 bytes.
    out.write_all(&(header as u16).to_le_bytes())?;
    out.write_all(&(width as u16).to_le_bytes())?;
    out.write_all(&[0; 20])?;
    for field in columns {
        let mut name = field.name.as_bytes().to_vec();
        name.resize(LONGEST_NAME + 1, 0);
        out.write_all(&name)?;
        out.write_all(match field.kind {
            FieldKind::Text => b"C",
            FieldKind::Number => b"N",
            FieldKind::Flag => b"L",
        })?;
        out.write_all(&[0; 4])?;
        out.write_all(&[field.width() as u8, field.decimals as u8])?;
        out.write_all(&[0; 14])?;
    }
    out.write_all(&[END_OF_COLUMNS])
}

/// As much of a text as a column holds, and whether that is less than all. Readers take a zero byte
/// for the end.
fn fitting(text: &str) -> (&str, bool) {
    let text_to_zero = text.split('\0').next().unwrap_or_default();
    let fits = &text_to_zero[..text_to_zero.floor_char_boundary(LONGEST_TEXT)];
    (fits, fits.len() < text.len())
}
