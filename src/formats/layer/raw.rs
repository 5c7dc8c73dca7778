//! A layer as its file has it: coordinates, attributes, and what it says of its system.

use super::error::SkipReason;
use crate::model::Crs;
use crate::progress::{Cancelled, Progress};
use geo::{Coord, LineString, Polygon};
use indexmap::IndexSet;

/// Features between two looks at whether to stop.
const PROGRESS_STEP: usize = 256;

/// A layer as its file has it.
pub(crate) struct RawLayer {
    pub name: String,
    pub system: System,
    pub columns: IndexSet<String>,
    pub features: Vec<RawFeature>,
}

/// A feature, or its attributes and why it has no shape.
pub(crate) struct RawFeature {
    pub number: u32,
    pub shape: Result<RawShape, SkipReason>,
    pub cells: Vec<(usize, String)>,
}

/// What a file says about the system of its coordinates.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum System {
    Named(Crs),
    Unknown { name: String },
    NotNamed,
}

/// Geometry in the coordinates of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RawShape {
    pub points: Vec<Coord>,
    pub lines: Vec<LineString>,
    pub polygons: Vec<Polygon>,
}

impl RawLayer {
    pub fn new(name: String, system: System) -> Self {
        Self {
            name,
            system,
            columns: IndexSet::new(),
            features: Vec::new(),
        }
    }

    pub fn add(
        &mut self,
        number: u32,
        shape: Result<RawShape, SkipReason>,
        cells: impl IntoIterator<Item = (String, String)>,
    ) {
        let shape = shape.and_then(|shape| match shape.is_empty() {
            true => Err(SkipReason::NoGeometry),
            false => Ok(shape),
        });
        let columns = &mut self.columns;
        let mut cells: Vec<_> = cells
            .into_iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(name, text)| (columns.insert_full(name).0, text))
            .collect();
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        self.features.push(RawFeature {
            number,
            shape,
            cells,
        });
    }

    pub fn first_coords(&self) -> impl Iterator<Item = Coord> {
        self.features
            .iter()
            .filter_map(|feature| feature.shape.as_ref().ok()?.first_coord())
    }
}

/// Says that `feature` features are read, now and then.
pub(crate) fn reach(progress: &Progress, feature: usize) -> Result<(), Cancelled> {
    match feature % PROGRESS_STEP {
        0 => progress.reach(feature as u64),
        _ => Ok(()),
    }
}

impl RawShape {
    pub fn is_empty(&self) -> bool {
        self.first_coord().is_none()
    }

    pub fn first_coord(&self) -> Option<Coord> {
        let of_line = |line: &LineString| line.0.first().copied();
        self.points
            .first()
            .copied()
            .or_else(|| self.lines.iter().find_map(of_line))
            .or_else(|| self.polygons.iter().find_map(|p| of_line(p.exterior())))
    }
}
