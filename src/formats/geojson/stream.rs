//! Many features, read from their file slice by slice: once to learn where they lie and what they
//! have (`scan`), and again whenever the rows are gone through. They are never held as a whole.

mod scan;

pub(in crate::formats) use scan::scan;
pub use scan::{Passed, READ_ROWS};

use super::features::FeatureRows;
use crate::formats::{Cells, RawGeometry, RawRow};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::time::SystemTime;

/// Bytes read at once.
const SLICE: usize = 1 << 20;

/// Features that stay in their file.
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
