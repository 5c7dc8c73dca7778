//! Records on their way to other programs: one table of columns, and a writer for each format.
//!
//! Which columns there are and what they are called says a template (`jobs::export`); here is only
//! how a format writes them. Writers take one record at a time, so that a survey need not fit into
//! memory, and equal records give equal bytes. A file appears under its name once it is whole.

mod csv;
mod geojson;
mod geopackage;
mod kml;
mod output;
mod shapefile;
mod style;
mod text;
mod xlsx;
mod xml;

use crate::formats::library::Profile;
use crate::model::{Boundary, LonLat};
use geo::CoordsIter;
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// A format that a survey can be exported to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExchangeFormat {
    GeoJson,
    GeoPackage,
    Shapefile,
    Kml,
    Csv,
    Xlsx,
}

impl ExchangeFormat {
    pub const ALL: [Self; 6] = [
        Self::GeoJson,
        Self::GeoPackage,
        Self::Shapefile,
        Self::Kml,
        Self::Csv,
        Self::Xlsx,
    ];

    /// The ending of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::GeoJson => "geojson",
            Self::GeoPackage => "gpkg",
            Self::Shapefile => "shp",
            Self::Kml => "kml",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format that the ending of `path` asks for, whatever its case.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_lowercase();
        Self::ALL
            .into_iter()
            .find(|format| format.extension() == extension)
    }

    /// A file that stands there and that an export to `path` may replace or take away, the one
    /// asked for before others. Where there is none, nobody has to be asked.
    pub fn in_the_way(self, path: &Path) -> Option<PathBuf> {
        let beside = match self {
            Self::Shapefile => shapefile::beside(path),
            _ => Vec::new(),
        };
        let mut files = std::iter::once(path.to_owned()).chain(beside);
        files.find(|file| file.exists())
    }
}

/// What all records of an export have in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// ASCII, as tables and layers are called.
    pub name: String,
    /// What people call it, in Chinese.
    pub title: String,
    pub columns: Vec<Column>,
    /// How GeoJSON names the coordinate system; the other formats have their own way.
    pub profile: Profile,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// The stable key that programs know it by.
    pub key: String,
    /// The same in at most ten ASCII bytes, as a Shapefile wants it; no two columns share one.
    pub short: String,
    /// What people know it by, with its unit: the heading of CSV and Excel, an alias elsewhere.
    pub heading: String,
    pub kind: ColumnKind,
    /// What coded values mean, in form order: `(value as written, label)`.
    pub labels: Vec<(String, String)>,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// Codes too: what begins with a zero stays as it is.
    Text,
    /// Several texts: an array where the format has one, else joined by "、".
    Texts,
    Whole,
    /// Takes no thousands separator.
    Year,
    Decimal,
    /// Yes or no.
    Flag,
}

/// One record, with a cell for each column of its layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Record<'a> {
    pub id: Cow<'a, str>,
    /// What people call it.
    pub name: Cow<'a, str>,
    pub shape: Shape<'a>,
    pub cells: Vec<Cell<'a>>,
}

/// Where a record is, in CGCS2000 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape<'a> {
    /// Nobody knows yet.
    None,
    Point(LonLat),
    Outline(&'a Boundary),
}

impl Shape<'_> {
    /// The shape, or none where it is no place on Earth: no format has an honest way to write one.
    pub(crate) fn on_earth(self) -> Self {
        let is_place = match self {
            Self::None => false,
            Self::Point(at) => at.is_on_earth(),
            Self::Outline(boundary) => {
                let mut corners = boundary.coords_iter();
                boundary.iter().any(|part| !part.exterior().0.is_empty())
                    && corners.all(|corner| LonLat::from(corner).is_on_earth())
            }
        };
        if is_place { self } else { Self::None }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Not surveyed: null, and never "no" or zero.
    Empty,
    Text(Cow<'a, str>),
    /// An empty list is an explicit "none", where the format can tell it from nothing.
    Texts(Vec<Cow<'a, str>>),
    Whole(i64),
    Decimal(f64),
    Flag(bool),
}

/// What an export has written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Every file, the one that was asked for first.
    pub files: Vec<PathBuf>,
    /// Texts that the format had no room for and that were cut: `(id, column key)`.
    pub cut: Vec<(String, String)>,
}

/// Why nothing was written. What stood under the name before still stands there.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("{path} cannot be written")]
    Io {
        path: PathBuf,
        #[source]
        reason: std::io::Error,
    },
    /// The format has no room for this, in the words of its crate.
    #[error("{path}: {reason}")]
    NoRoom { path: PathBuf, reason: String },
}

/// Takes records one by one. Dropped unfinished, it leaves nothing behind.
pub trait RecordWriter {
    /// # Errors
    /// [`WriteError`].
    fn record(&mut self, record: &Record<'_>) -> Result<(), WriteError>;

    /// Puts the files under their names.
    ///
    /// # Errors
    /// [`WriteError`].
    fn finish(self: Box<Self>) -> Result<Written, WriteError>;
}

/// Begins a file of this format. `layer` says what each of its records holds.
///
/// # Errors
/// [`WriteError`].
pub fn writer(
    format: ExchangeFormat,
    path: &Path,
    layer: &Layer,
) -> Result<Box<dyn RecordWriter>, WriteError> {
    Ok(match format {
        ExchangeFormat::GeoJson => Box::new(geojson::GeoJsonWriter::begin(path, layer)?),
        ExchangeFormat::GeoPackage => Box::new(geopackage::GeoPackageWriter::begin(path, layer)?),
        ExchangeFormat::Shapefile => Box::new(shapefile::ShapefileWriter::begin(path, layer)?),
        ExchangeFormat::Kml => Box::new(kml::KmlWriter::begin(path, layer)?),
        ExchangeFormat::Csv => Box::new(csv::CsvWriter::begin(path, layer)?),
        ExchangeFormat::Xlsx => Box::new(xlsx::XlsxWriter::begin(path, layer)?),
    })
}
