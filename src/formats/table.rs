//! What every reader gives: columns, and rows as the file has them.

use super::geojson::FeatureFile;
use super::layer::raw::System;
use super::{Cells, readable};
use crate::model::{Crs, RejectedRow, RowProblem, RowProblemKind};
use geo::{Coord, MultiPolygon};

/// A list as its file has it: texts, and coordinates in whatever system the file uses.
#[derive(Clone, Debug, PartialEq)]
pub struct RawTable {
    pub format: Format,
    pub encoding: Option<TextEncoding>,
    /// The headings, each once: a blank one is "#3", a repeated one "name (2)".
    pub columns: Vec<String>,
    pub rows: Vec<RawRow>,
    /// Rows of a file too long to hold; there are none in `rows` then.
    pub in_file: Option<FeatureFile>,
    /// Rows that could not be told apart into cells.
    pub unreadable: Vec<RejectedRow>,
    /// What is odd about rows that could be read.
    pub warnings: Vec<RowProblem>,
    /// The system that the file itself names.
    pub crs_hint: Option<Crs>,
    /// What the file calls its system, where nobody here knows it.
    pub unknown_system: Option<String>,
}

impl RawTable {
    pub(super) fn empty(format: Format, encoding: Option<TextEncoding>) -> Self {
        Self {
            format,
            encoding,
            columns: Vec::new(),
            rows: Vec::new(),
            in_file: None,
            unreadable: Vec::new(),
            warnings: Vec::new(),
            crs_hint: None,
            unknown_system: None,
        }
    }

    /// Takes what the file says about its system.
    pub(super) fn set_system(&mut self, system: System) {
        match system {
            System::Named(crs) => self.crs_hint = Some(crs),
            System::Unknown { name } => self.unknown_system = Some(name),
            System::NotNamed => {}
        }
    }

    /// Every data row or feature of the file, readable or not; blank lines are none.
    pub fn rows_read(&self) -> usize {
        self.readable_rows() + self.unreadable.len()
    }

    /// The rows that could be told apart into cells.
    pub fn readable_rows(&self) -> usize {
        self.rows.len() + self.in_file.as_ref().map_or(0, FeatureFile::len)
    }

    /// Goes through the rows in their order, until `take` has an error.
    ///
    /// # Errors
    /// Where rows have stayed in their file, and it cannot be read or is no longer what it was.
    pub fn each_row<E>(
        &self,
        mut take: impl FnMut(&RawRow) -> Result<(), E>,
    ) -> std::io::Result<Result<(), E>> {
        if let Some(file) = &self.in_file {
            return file.each_row(take);
        }
        Ok(self.rows.iter().try_for_each(&mut take))
    }
}

/// A row or feature that nobody can read, with what of it may help to find it in its file.
pub(super) fn unreadable(row: u32, text: &str) -> RejectedRow {
    RejectedRow {
        problem: RowProblem {
            row,
            column: None,
            kind: RowProblemKind::Unreadable,
            value: String::new(),
        },
        text: readable(text),
        set_aside: None,
    }
}

/// One row or feature.
#[derive(Clone, Debug, PartialEq)]
pub struct RawRow {
    /// 1-based, among the file's data rows or features.
    pub row: u32,
    /// In column order.
    pub cells: Cells,
    pub geometry: RawGeometry,
}

/// The geometry of a row, coordinates as the file has them.
#[derive(Clone, Debug, PartialEq)]
pub enum RawGeometry {
    None,
    Point(Coord),
    Polygons(MultiPolygon),
    /// A geometry that is no place of an estate, by its GeoJSON type.
    Unsupported(&'static str),
    /// Text that is no geometry.
    Broken(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    GeoJson,
    Csv,
    GeoPackage,
    Shapefile,
    Kml,
    Gpx,
    /// xlsx, xlsb, xls or ods.
    Sheet,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextEncoding {
    Utf8,
    Utf8WithBom,
    Utf16,
    Gb18030,
    /// Another of the time before Unicode, by its own name.
    Other(&'static str),
}

/// Why a file is no list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    #[error("more than {limit} bytes")]
    TooLarge { limit: usize },
    #[error("more than {limit} columns")]
    TooManyColumns { limit: usize },
    #[error("no text: {0:?}")]
    NoText(NoText),
    /// Positions count from 1, columns in characters.
    #[error("no JSON at line {line}, column {column}: {fault:?}")]
    NoJson {
        line: usize,
        column: usize,
        fault: JsonFault,
    },
    #[error("no GeoJSON: {0:?}")]
    NoGeoJson(GeoJsonFault),
    /// A quotation mark that swallows the rest of the file.
    #[error("the quotation mark opened in line {line} is never closed")]
    OpenQuote { line: u64 },
    /// A survey of this program.
    #[error("a survey, which is opened and not imported")]
    Survey,
    #[error("no heading and no row")]
    Empty,
}

/// What a file that is no text looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    /// Also what .xlsx and .kmz are.
    Zip,
    /// The .xls of old.
    OldExcel,
    /// Also what .gpkg and .mbtiles are.
    Sqlite,
    Shapefile,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonFault {
    /// The file ends too early.
    CutOff,
    /// A character that cannot stand there.
    Syntax,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GeoJsonFault {
    NoObject,
    NoType,
    UnknownType(String),
    /// A feature collection whose `features` are no list.
    NoFeatures,
    /// A member that stands twice, so that nobody knows which is meant.
    RepeatedMember,
}
