//! The first way through a long file: where its features lie, and what columns and shapes they have.

use super::{FeatureFile, Place, State, Window, empty_row};
use crate::formats::geojson::features::FeatureRows;
use crate::formats::geojson::plain::{NotPlain, ShapeKind};
use crate::formats::geojson::system_of;
use crate::formats::{Format, MAX_COLUMNS, RawRow, RawTable, TextEncoding, bad_text};
use serde_json::value::RawValue;
use std::fs::File;
use std::io;
use std::path::Path;

/// Rows of a long file that are read whatever is in them.
pub const READ_ROWS: usize = 1_000;

/// What a feature of a sequence begins with (RFC 8142).
const RECORD_SEPARATOR: u8 = 0x1e;

/// What going through a long file meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Passed<'a> {
    /// A row, read: one of the first [`READ_ROWS`], or one with something new or odd in it.
    Read(&'a RawRow),
    /// One like those before it.
    Skimmed(ShapeKind),
}

/// Goes through a file of one collection or of a sequence of features, in UTF-8, showing every slice
/// of bytes to `see` (for its checksum) and every row to `note`. `None` where the file is anything
/// else, or not quite right: the reader of whole files then tells what it is.
///
/// # Errors
/// Where the file cannot be read.
pub(in crate::formats) fn scan(
    path: &Path,
    see: &mut dyn FnMut(&[u8]),
    note: &mut dyn FnMut(Passed<'_>),
) -> io::Result<Option<RawTable>> {
    let file = File::open(path)?;
    let state = State::of(&file)?;
    let mut scan = Scan {
        window: Window::new(file),
        see,
        note,
        rows: FeatureRows::default(),
        features: Vec::new(),
        table: RawTable::empty(Format::GeoJson, Some(TextEncoding::Utf8)),
    };
    match scan.document() {
        Ok(()) => {}
        Err(Stop::Io(error)) => return Err(error),
        Err(Stop::Other) => return Ok(None),
    }
    let Scan {
        window,
        rows,
        features,
        mut table,
        ..
    } = scan;
    if State::of(&window.file)? != state {
        return Ok(None);
    }
    table.columns = rows.clone().into_columns();
    table.in_file = Some(FeatureFile {
        path: path.to_owned(),
        state,
        features,
        rows,
    });
    Ok(Some(table))
}

struct Scan<'a> {
    window: Window,
    see: &'a mut dyn FnMut(&[u8]),
    note: &'a mut dyn FnMut(Passed<'_>),
    rows: FeatureRows,
    features: Vec<Place>,
    table: RawTable,
}

/// Why a scan ended early.
enum Stop {
    Io(io::Error),
    /// The file is no plain collection and no plain sequence.
    Other,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Scan<'_> {
    fn document(&mut self) -> Result<(), Stop> {
        match self.separator()? {
            Some(separator) => self.sequence(separator),
            None => self.collection(),
        }
    }

    /// What stands between the features of a sequence; `None` where the file begins otherwise.
    fn separator(&mut self) -> Result<Option<u8>, Stop> {
        if self.peek()? == Some(RECORD_SEPARATOR) {
            return Ok(Some(RECORD_SEPARATOR));
        }
        loop {
            let first = self.window.rest();
            match FeatureRows::default().read_plain(first, &mut empty_row()) {
                Ok(_) => return Ok(Some(b'\n')),
                Err(NotPlain::CutOff) if self.more()? => {}
                Err(_) => return Ok(None),
            }
        }
    }

    /// Features by themselves, of which some may be none.
    fn sequence(&mut self, separator: u8) -> Result<(), Stop> {
        let mut row = empty_row();
        while let Some(length) = self.part(separator)? {
            let end = self.window.at + length;
            let part = &self.window.rest()[..length];
            let blank = length - part.trim_ascii_start().len();
            let filled = part.trim_ascii().len();
            if filled > 0 {
                row.row += 1;
                self.window.at += blank;
                self.lone_feature(filled, &mut row)?;
            }
            self.window.at = (end + 1).min(self.window.bytes.len());
        }
        // A file with more broken lines than others is something else.
        let (read, broken) = (self.features.len(), self.table.unreadable.len());
        match separator == RECORD_SEPARATOR || (read > broken && read + broken > 1) {
            true => Ok(()),
            false => Err(Stop::Other),
        }
    }

    /// Passes a feature of this length that is a part of a sequence, or lists what is none.
    fn lone_feature(&mut self, length: usize, row: &mut RawRow) -> Result<(), Stop> {
        let start = self.window.position();
        let bytes = &self.window.rest()[..length];
        if row.row as usize > READ_ROWS
            && let Ok((shape, end)) = self.rows.skim(bytes)
            && end == length
        {
            self.note_skimmed(shape, Place::new(row.row, start, length));
            return Ok(());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Stop::Other)?;
        match self.rows.read(text, row) {
            Ok(()) => self.note(row, start, length),
            Err(rejected) => self.table.unreadable.push(rejected),
        }
        Ok(())
    }

    /// How long the part that comes next is, without the separator behind it; `None` at the end.
    fn part(&mut self, separator: u8) -> Result<Option<usize>, Stop> {
        let mut searched = 0;
        loop {
            let rest = self.window.rest();
            if let Some(more) = memchr::memchr(separator, &rest[searched..]) {
                return Ok(Some(searched + more));
            }
            searched = rest.len();
            if !self.more()? {
                return Ok((searched > 0).then_some(searched));
            }
        }
    }

    fn collection(&mut self) -> Result<(), Stop> {
        let mut met = Vec::new();
        self.take(b'{')?;
        loop {
            let name: String = self.value()?;
            self.take(b':')?;
            match name.as_str() {
                "features" => self.features()?,
                "type" if self.value::<String>()? != "FeatureCollection" => {
                    return Err(Stop::Other);
                }
                "type" => {}
                _ => {
                    let value: Box<RawValue> = self.value()?;
                    if name == "crs" && value.get() != "null" {
                        self.table.set_system(system_of(value.get()));
                    }
                }
            }
            met.push(name);
            match self.next()? {
                b',' => {}
                b'}' => break,
                _ => return Err(Stop::Other),
            }
        }
        let has = |name: &str| met.iter().filter(|other| *other == name).count() == 1;
        let is_whole = has("type") && has("features") && met.iter().all(|name| has(name));
        match is_whole && self.peek()?.is_none() {
            true => Ok(()),
            false => Err(Stop::Other),
        }
    }

    fn features(&mut self) -> Result<(), Stop> {
        self.take(b'[')?;
        if self.peek()? == Some(b']') {
            self.window.at += 1;
            return Ok(());
        }
        let mut row = empty_row();
        for number in 1.. {
            row.row = number;
            self.feature(&mut row)?;
            match self.next()? {
                b',' => {}
                b']' => break,
                _ => return Err(Stop::Other),
            }
        }
        Ok(())
    }

    /// Passes the feature that comes next.
    fn feature(&mut self, row: &mut RawRow) -> Result<(), Stop> {
        self.peek()?;
        let start = self.window.position();
        if row.row as usize > READ_ROWS
            && let Ok((shape, length)) = self.rows.skim(self.window.rest())
        {
            self.window.at += length;
            self.note_skimmed(shape, Place::new(row.row, start, length));
            return Ok(());
        }
        let length = loop {
            match self.rows.read_plain(self.window.rest(), row) {
                Ok(length) => break length,
                Err(NotPlain::CutOff) if self.more()? => {}
                Err(_) => return self.odd_feature(row, start),
            }
        };
        self.window.at += length;
        self.note(row, start, length);
        Ok(())
    }

    fn odd_feature(&mut self, row: &mut RawRow, start: u64) -> Result<(), Stop> {
        let value: Box<RawValue> = self.value()?;
        match self.rows.read_odd(value.get(), row) {
            Ok(()) => self.note(row, start, value.get().len()),
            Err(rejected) => self.table.unreadable.push(rejected),
        }
        Ok(())
    }

    fn note_skimmed(&mut self, shape: ShapeKind, place: Place) {
        (self.note)(Passed::Skimmed(shape));
        self.features.push(place);
    }

    fn note(&mut self, row: &RawRow, start: u64, length: usize) {
        self.table.warnings.extend(bad_text(row, |column| {
            self.rows.name_of(column).map(str::to_owned)
        }));
        (self.note)(Passed::Read(row));
        self.features.push(Place::new(row.row, start, length));
    }

    /// The JSON value that comes next.
    fn value<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, Stop> {
        self.peek()?;
        let mut has_failed = false;
        loop {
            let json = serde_json::Deserializer::from_slice(self.window.rest());
            let mut values = json.into_iter::<T>();
            match values.next() {
                // A number could go on behind the end of the slice, a list or text could not.
                Some(Ok(value)) if values.byte_offset() < self.window.rest().len() => {
                    self.window.at += values.byte_offset();
                    return Ok(value);
                }
                // Of a number that the slice cuts off the parser says that it is none.
                Some(Err(error)) if !error.is_eof() && std::mem::replace(&mut has_failed, true) => {
                    return Err(Stop::Other);
                }
                _ if self.more()? => {}
                _ => return Err(Stop::Other),
            }
        }
    }

    fn take(&mut self, expected: u8) -> Result<(), Stop> {
        match self.next()? == expected {
            true => Ok(()),
            false => Err(Stop::Other),
        }
    }

    fn next(&mut self) -> Result<u8, Stop> {
        let byte = self.peek()?.ok_or(Stop::Other)?;
        self.window.at += 1;
        Ok(byte)
    }

    /// The next byte that is no white space; `None` at the end of the file.
    fn peek(&mut self) -> Result<Option<u8>, Stop> {
        loop {
            match self.window.rest().first().copied() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.window.at += 1,
                Some(byte) => return Ok(Some(byte)),
                None if self.more()? => {}
                None => return Ok(None),
            }
        }
    }

    /// Reads on; `false` at the end of the file, and where there are more columns than a list has.
    fn more(&mut self) -> Result<bool, Stop> {
        if self.rows.columns() > MAX_COLUMNS {
            return Err(Stop::Other);
        }
        let new = self.window.more()?;
        (self.see)(new);
        Ok(!new.is_empty())
    }
}
