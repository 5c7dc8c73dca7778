//! GeoJSON: the stable keys as properties, lists as arrays, and null for what was not surveyed.

use super::output::{Output, at};
use super::{Cell, Layer, Record, RecordWriter, WriteError, Written};
use crate::formats::CollectionWriter;
use std::io;
use std::path::{Path, PathBuf};

pub(super) struct GeoJsonWriter {
    path: PathBuf,
    collection: CollectionWriter<Output>,
    /// Before each value: the separator, the key as JSON and the colon.
    keys: Vec<Vec<u8>>,
}

impl GeoJsonWriter {
    pub fn begin(path: &Path, layer: &Layer) -> Result<Self, WriteError> {
        let out = Output::create(path)?;
        let collection = CollectionWriter::begin(out, layer.profile, &layer.name);
        let keys = layer.columns.iter().enumerate().map(|(index, column)| {
            let mut key = if index > 0 { b",".to_vec() } else { Vec::new() };
            serde_json::to_writer(&mut key, &column.key)?;
            key.push(b':');
            Ok(key)
        });
        Ok(Self {
            collection: collection.map_err(at(path))?,
            keys: keys.collect::<io::Result<_>>().map_err(at(path))?,
            path: path.to_owned(),
        })
    }
}

impl RecordWriter for GeoJsonWriter {
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError> {
        let keys = &self.keys;
        let properties = |line: &mut Vec<u8>| properties(line, keys, &record.cells);
        self.collection
            .feature(&record.id, record.shape, properties)
            .map_err(at(&self.path))
    }

    fn finish(self: Box<Self>) -> Result<Written, WriteError> {
        let path = self.path;
        let put = self.collection.end().and_then(Output::put);
        put.map_err(at(&path))?;
        Ok(Written {
            files: vec![path],
            cut: Vec::new(),
        })
    }
}

fn properties(line: &mut Vec<u8>, keys: &[Vec<u8>], cells: &[Cell<'_>]) -> io::Result<()> {
    line.push(b'{');
    for (key, cell) in keys.iter().zip(cells) {
        line.extend(key);
        match cell {
            Cell::Empty => line.extend(b"null"),
            Cell::Text(text) => serde_json::to_writer(&mut *line, text)?,
            Cell::Texts(texts) => serde_json::to_writer(&mut *line, texts)?,
            Cell::Whole(number) => serde_json::to_writer(&mut *line, number)?,
            // JSON has no infinity: serde_json writes null.
            Cell::Decimal(number) => serde_json::to_writer(&mut *line, number)?,
            Cell::Flag(flag) => serde_json::to_writer(&mut *line, flag)?,
        }
    }
    line.push(b'}');
    Ok(())
}
