//! CSV as Excel opens it by a double click: UTF-8 with a byte order mark, lines ended by CR LF, the
//! headings that people know. The place of a record is well-known text in the last column, where
//! GDAL and QGIS find it.

use super::output::{Output, at};
use super::text::Words;
use super::{Cell, Layer, Record, RecordWriter, WriteError, Written};
use crate::formats::formula::guarded;
use crate::formats::library::csv_of;
use crate::formats::wkt;
use std::io;
use std::path::{Path, PathBuf};

pub(super) struct CsvWriter {
    path: PathBuf,
    csv: ::csv::Writer<Output>,
    words: Words,
    /// The place under way. Kept, so that its memory serves the next.
    place: Vec<u8>,
}

impl CsvWriter {
    pub fn begin(path: &Path, layer: &Layer) -> Result<Self, WriteError> {
        let mut csv = csv_of(Output::create(path)?).map_err(at(path))?;
        let headings = layer.columns.iter().map(|column| column.heading.as_str());
        let headings = headings.chain([wkt::HEADING]).map(guarded);
        csv.write_record(headings.map(|heading| heading.into_owned()))
            .map_err(io::Error::from)
            .map_err(at(path))?;
        Ok(Self {
            path: path.to_owned(),
            csv,
            words: Words::spoken(),
            place: Vec::new(),
        })
    }

    fn write(&mut self, record: &Record<'_>) -> ::csv::Result<()> {
        for cell in &record.cells {
            let text = self.words.text(cell).unwrap_or_default();
            match cell {
                // A number calculates nothing, below zero or not.
                Cell::Whole(_) | Cell::Decimal(_) => self.csv.write_field(text.as_ref())?,
                _ => self.csv.write_field(guarded(&text).as_ref())?,
            }
        }
        self.place.clear();
        wkt::push(&mut self.place, record.shape);
        self.csv.write_field(&self.place)?;
        self.csv.write_record(None::<&[u8]>)
    }
}

impl RecordWriter for CsvWriter {
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        self.write(record)
            .map_err(io::Error::from)
            .map_err(at(&self.path))
    }

    fn finish(self: Box<Self>) -> Result<Written, WriteError> {
        let path = self.path;
        let out = self.csv.into_inner();
        let put = out
            .map_err(|error| error.into_error())
            .and_then(Output::put);
        put.map_err(at(&path))?;
        Ok(Written {
            files: vec![path],
            cut: Vec::new(),
        })
    }
}
