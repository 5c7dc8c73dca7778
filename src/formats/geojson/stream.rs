//! A long collection, read from its file slice by slice: once to learn where its features lie and
//! what they have, and again whenever its rows are gone through. It is never held as a whole.

use super::features::FeatureRows;
use super::plain::{NotPlain, ShapeKind};
use super::system_of;
use crate::formats::{
    Cells, Format, MAX_COLUMNS, RawGeometry, RawRow, RawTable, TextEncoding, bad_text,
};
use serde_json::value::RawValue;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Rows of a long file that are read whatever is in them.
pub const READ_ROWS: usize = 1_000;

/// Bytes read at once.
const SLICE: usize = 1 << 20;

/// The features of a collection that stay in its file.
#[derive(Clone, Debug)]
pub struct FeatureFile {
    path: PathBuf,
    state: State,
    features: Vec<Place>,
    rows: FeatureRows,
}

/// What changes when somebody writes the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    length: u64,
    written: Option<SystemTime>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    row: u32,
    length: u32,
    start: u64,
}

impl Place {
    fn new(row: u32, start: u64, length: usize) -> Self {
        let length = u32::try_from(length).unwrap_or(u32::MAX);
        Self { row, length, start }
    }
}

impl PartialEq for FeatureFile {
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && self.state == other.state && self.features == other.features
    }
}

impl State {
    fn of(file: &File) -> io::Result<Self> {
        let metadata = file.metadata()?;
        Ok(Self {
            length: metadata.len(),
            written: metadata.modified().ok(),
        })
    }
}

impl FeatureFile {
    /// How many features could be read.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Reads the features again, each as the same row as before, until `take` has an error.
    ///
    /// # Errors
    /// Where the file cannot be read; `InvalidData` where it is no longer the one it was.
    pub fn each_row<E>(
        &self,
        mut take: impl FnMut(&RawRow) -> Result<(), E>,
    ) -> io::Result<Result<(), E>> {
        let changed = || io::Error::from(io::ErrorKind::InvalidData);
        let file = File::open(&self.path)?;
        if State::of(&file)? != self.state {
            return Err(changed());
        }
        let mut window = Window::new(file);
        let mut rows = self.rows.clone();
        let mut row = empty_row();
        for place in &self.features {
            window.go_to(place.start)?;
            let bytes = window.at_least(place.length as usize)?;
            let bytes = bytes.get(..place.length as usize).ok_or_else(changed)?;
            row.row = place.row;
            if rows.read_plain(bytes, &mut row) != Ok(bytes.len()) {
                let text = std::str::from_utf8(bytes).map_err(|_| changed())?;
                rows.read_odd(text, &mut row).map_err(|_| changed())?;
            }
            if let Err(error) = take(&row) {
                return Ok(Err(error));
            }
        }
        match State::of(&window.file)? == self.state {
            true => Ok(Ok(())),
            false => Err(changed()),
        }
    }
}

fn empty_row() -> RawRow {
    RawRow {
        row: 0,
        cells: Cells::default(),
        geometry: RawGeometry::None,
    }
}

/// What going through a long file meets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Passed<'a> {
    /// A row, read: one of the first [`READ_ROWS`], or one with something new or odd in it.
    Read(&'a RawRow),
    /// One like those before it.
    Skimmed(ShapeKind),
}

/// Goes through a file of one collection in UTF-8, showing every slice of bytes to `see` (for its
/// checksum) and every row to `note`. `None` where the file is anything else, or not quite right:
/// the reader of whole files then tells what it is.
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
    match scan.collection() {
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
    /// The file is no plain collection.
    Other,
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Scan<'_> {
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
            (self.note)(Passed::Skimmed(shape));
            self.features.push(Place::new(row.row, start, length));
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

/// A part of a file in memory.
struct Window {
    file: File,
    bytes: Vec<u8>,
    /// Where `bytes` begin in the file.
    start: u64,
    /// The place in `bytes` up to which everything is read.
    at: usize,
}

impl Window {
    fn new(file: File) -> Self {
        Self {
            file,
            bytes: Vec::new(),
            start: 0,
            at: 0,
        }
    }

    fn position(&self) -> u64 {
        self.start + self.at as u64
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// Reads another slice behind what is not read yet; gives it, empty at the end of the file.
    fn more(&mut self) -> io::Result<&[u8]> {
        self.bytes.drain(..self.at);
        self.start += self.at as u64;
        self.at = 0;
        let held = self.bytes.len();
        // What is longer than a slice is read twice as fast each time.
        let length = SLICE.max(held) as u64;
        (&self.file).take(length).read_to_end(&mut self.bytes)?;
        Ok(&self.bytes[held..])
    }

    /// Goes to a place in the file that lies further on.
    fn go_to(&mut self, position: u64) -> io::Result<()> {
        let ahead = usize::try_from(position.saturating_sub(self.start)).unwrap_or(usize::MAX);
        if ahead <= self.bytes.len() {
            self.at = ahead;
            return Ok(());
        }
        self.bytes.clear();
        self.at = 0;
        self.start = position;
        self.file.seek(SeekFrom::Start(position))?;
        Ok(())
    }

    /// What comes next: as many bytes or more, unless the file ends.
    fn at_least(&mut self, length: usize) -> io::Result<&[u8]> {
        while self.rest().len() < length && !self.more()?.is_empty() {}
        Ok(self.rest())
    }
}
