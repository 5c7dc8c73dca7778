//! Reference layers: maps of others to look at and to take division codes from. They are read and
//! never written.
//!
//! Every format becomes the same [`Layer`] in stored degrees. Bad input is data: a feature that
//! cannot be read is listed beside the others, and only a file that cannot be told apart into
//! features, or whose system nobody knows, is an error.

pub mod divisions;
pub mod known;
mod place;

#[cfg(test)]
mod hostile_tests;
#[cfg(test)]
mod tests;

pub use crate::formats::layer::gpx;
pub use crate::formats::layer::{Damage, LayerError, LayerErrorKind, SkipReason, Skipped};

use crate::formats::file_name;
use crate::formats::layer::FileSet;
use crate::model::{AxisOrder, Crs, LonLat};
use crate::progress::Progress;
use geo::{LineString, MultiPolygon};
use std::path::Path;

/// A layer of somebody else's map.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// The layer's own name, or the file's without its ending.
    pub name: String,
    /// The system its coordinates were read in.
    pub crs: Crs,
    /// Which of the two coordinates came first.
    pub axes: AxisOrder,
    /// The names of the attributes, in the order of the file.
    pub columns: Vec<String>,
    /// The column whose values the features are called by; one of [`Layer::label_columns`].
    pub label_column: Option<usize>,
    pub features: Vec<Feature>,
    pub skipped: Vec<Skipped>,
    /// South-west and north-east corner; `None` without features.
    pub extent: Option<(LonLat, LonLat)>,
}

/// One thing on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Feature {
    /// 1-based, as the file counts.
    pub number: u32,
    pub shape: Shape,
    /// `(index of the column, text)` of the attributes that are not blank, in column order.
    pub cells: Vec<(usize, String)>,
}

/// Points, lines and polygons in stored degrees; most features have one kind only.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    pub points: Vec<LonLat>,
    pub lines: Vec<LineString>,
    pub polygons: MultiPolygon,
}

impl Layer {
    pub fn value<'a>(&self, feature: &'a Feature, column: usize) -> Option<&'a str> {
        let cell = feature.cells.iter().find(|(index, _)| *index == column)?;
        Some(&cell.1)
    }

    /// What a feature is called; empty where it has no name.
    pub fn label<'a>(&self, feature: &'a Feature) -> &'a str {
        self.label_column
            .and_then(|column| self.value(feature, column))
            .unwrap_or_default()
    }

    /// The attributes of a feature with their names.
    pub fn attributes<'a>(
        &'a self,
        feature: &'a Feature,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        let cells = feature.cells.iter();
        cells.filter_map(|(index, text)| Some((self.columns.get(*index)?.as_str(), text.as_str())))
    }

    /// The features that enclose ground, each with the number that the file counts it by.
    pub fn polygons(&self) -> impl Iterator<Item = (u32, MultiPolygon)> {
        let enclosing = self
            .features
            .iter()
            .filter(|f| !f.shape.polygons.0.is_empty());
        enclosing.map(|feature| (feature.number, feature.shape.polygons.clone()))
    }

    /// The columns that may hold names, the likeliest first: those headed as names are, then those
    /// whose values are words.
    pub fn label_columns(&self) -> Vec<usize> {
        let rank = |column: usize| {
            let heading = self.columns[column].to_lowercase();
            let known = NAME_HEADINGS.iter().position(|name| *name == heading);
            known.or_else(|| self.holds_words(column).then_some(NAME_HEADINGS.len()))
        };
        let mut ranked: Vec<(usize, usize)> = (0..self.columns.len())
            .filter_map(|column| Some((rank(column)?, column)))
            .collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, column)| column).collect()
    }

    /// Whether the first values of a column are words rather than numbers.
    fn holds_words(&self, column: usize) -> bool {
        const LOOKED_AT: usize = 100;
        let is_word = |text: &str| text.trim().parse::<f64>().is_err();
        let mut values = self
            .features
            .iter()
            .take(LOOKED_AT)
            .filter_map(|feature| self.value(feature, column))
            .peekable();
        values.peek().is_some() && values.all(is_word)
    }
}

/// Headings of names in Chinese and foreign layers, the better first.
const NAME_HEADINGS: [&str; 14] = [
    "name",
    "名称",
    "小区名称",
    "社区名称",
    "街道名称",
    "xqmc",
    "mc",
    "name_zh",
    "name:zh",
    "label",
    "title",
    "xzqmc",
    "village",
    "town",
];

/// What a layer is called where a survey speaks of it: the file's own name, with the layer's where
/// it was named. A path would mean nothing on another laptop.
pub fn shared_name(path: &Path, layer: Option<&str>) -> String {
    let file = file_name(path);
    match layer {
        Some(layer) => format!("{file} {layer}"),
        None => file,
    }
}

/// The names of the layers in a file: one of most formats, several of a GeoPackage or a zip file.
///
/// # Errors
/// [`LayerError`] where the file cannot be read or is of no known format.
pub fn layers(path: &Path) -> Result<Vec<String>, LayerError> {
    let found = || FileSet::open(path)?.names();
    found().map_err(|kind| LayerError::of(path, kind))
}

/// Reads a layer: the one named, else the first.
///
/// `declared` is the system that a person named: it counts more than what the file says. Without
/// it the file must name one, as GeoJSON, KML and GPX do by their nature.
///
/// # Errors
/// [`LayerError`]: [`LayerErrorKind::NoSystem`] and [`LayerErrorKind::UnknownSystem`] want to be
/// asked again with a declared system.
pub fn read(
    path: &Path,
    layer: Option<&str>,
    declared: Option<Crs>,
    progress: &Progress,
) -> Result<Layer, LayerError> {
    let raw = || FileSet::open(path)?.read(layer, progress);
    raw()
        .and_then(|raw| raw.placed(declared, progress))
        .map_err(|kind| LayerError::of(path, kind))
}
