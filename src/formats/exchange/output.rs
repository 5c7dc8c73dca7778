//! One file of text under way.

use super::WriteError;
use crate::formats::part::PartFile;
use std::fs::File;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

/// Enough that the disk is asked for large pieces.
const BUFFER_BYTES: usize = 1 << 18;

/// A file that is written from front to back, and stands under its name once it is whole.
pub(super) struct Output {
    // Before the part, so that the file is closed when the part removes it.
    out: BufWriter<File>,
    part: PartFile,
}

impl Output {
    pub fn create(path: &Path) -> Result<Self, WriteError> {
        let (part, file) = PartFile::create(path).map_err(at(path))?;
        Ok(Self {
            out: BufWriter::with_capacity(BUFFER_BYTES, file),
            part,
        })
    }

    /// Writes over the beginning of the file. Nothing may be written after it.
    pub fn rewrite_head(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.rewind()?;
        self.out.write_all(bytes)
    }

    /// Writes what is left through to the disk and puts the file in place.
    pub fn put(self) -> io::Result<()> {
        self.close()?.put()
    }

    /// Writes what is left through to the disk; the file is still to be put in place.
    pub fn close(self) -> io::Result<PartFile> {
        let file = self
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(self.part)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Seek for Output {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
}

/// Says of which file an error is.
pub(super) fn at(path: &Path) -> impl Fn(io::Error) -> WriteError {
    |reason| WriteError::Io {
        path: path.to_owned(),
        reason,
    }
}
