//! The files of a release, read back: libraries as estates, tables as rows with named cells.

use crate::formats::formula::unguarded;
use csv::StringRecord;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Where a file stops being what a release holds: the line or row, and why.
pub(super) type Unreadable = String;

/// A library file. Properties stay text until somebody asks: a province's would fill the memory.
#[derive(Debug, Deserialize)]
pub(super) struct Library {
    #[serde(default)]
    pub crs: Option<Value>,
    pub features: Vec<Feature>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Feature {
    pub id: String,
    pub geometry: Box<RawValue>,
    pub properties: Box<RawValue>,
}

impl Library {
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, Unreadable> {
        let library: Self = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
        for feature in &library.features {
            serde_json::from_str::<Map<String, Value>>(feature.properties.get())
                .map_err(|error| format!("{}: {error}", feature.id))?;
        }
        Ok(library)
    }

    /// The coordinate system that the file names.
    pub(super) fn crs_name(&self) -> Option<&str> {
        self.crs.as_ref()?["properties"]["name"].as_str()
    }

    pub(super) fn by_id(&self) -> BTreeMap<&str, &Feature> {
        let features = self.features.iter();
        features.map(|f| (f.id.as_str(), f)).collect()
    }
}

impl Feature {
    /// Empty where it holds anything else: [`Library::parse`] has looked.
    pub(super) fn properties(&self) -> Map<String, Value> {
        serde_json::from_str(self.properties.get()).unwrap_or_default()
    }
}

/// A table of a release.
#[derive(Debug)]
pub(super) struct Sheet {
    headings: Vec<String>,
    rows: Vec<StringRecord>,
}

impl Sheet {
    /// Reads a table that has at least these columns.
    pub(super) fn parse(bytes: &[u8], columns: &[&str]) -> Result<Self, Unreadable> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::Reader::from_reader(bytes);
        let headings = reader.headers().map_err(|e| e.to_string())?.clone();
        let headings: Vec<String> = headings.iter().map(str::to_owned).collect();
        let lacks = |column: &&&str| !headings.iter().any(|heading| heading == **column);
        if let Some(column) = columns.iter().find(lacks) {
            return Err(format!("{column}?"));
        }
        let rows: Result<Vec<_>, _> = reader.records().collect();
        Ok(Self {
            headings,
            rows: rows.map_err(|e| e.to_string())?,
        })
    }

    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows, each with its line in a spreadsheet: the heading is line 1.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let rows = self.rows.iter().zip(2..);
        rows.map(|(cells, line)| Row {
            headings: &self.headings,
            cells,
            line,
        })
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    headings: &'a [String],
    cells: &'a StringRecord,
    pub line: u64,
}

impl<'a> Row<'a> {
    /// The cell of this column; empty where there is none.
    pub(super) fn cell(&self, column: &str) -> &'a str {
        let index = self.headings.iter().position(|heading| heading == column);
        let cell = index.and_then(|index| self.cells.get(index));
        unguarded(cell.unwrap_or_default())
    }
}
