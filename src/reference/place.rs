//! From coordinates as a file has them to stored degrees.

use super::error::{LayerErrorKind, SkipReason, Skipped};
use super::{Feature, Layer, Shape};
use crate::geodesy::crs::to_storage;
use crate::geodesy::form::{Form, order_of};
use crate::model::{AxisOrder, Crs, LonLat};
use crate::progress::{Cancelled, Progress};
use geo::{Coord, LineString, MultiPolygon, Polygon};
use indexmap::IndexSet;

/// Features between two looks at whether to stop.
const PROGRESS_STEP: usize = 256;

/// A layer as its file has it.
pub(super) struct RawLayer {
    pub name: String,
    pub system: System,
    columns: IndexSet<String>,
    features: Vec<RawFeature>,
    skipped: Vec<Skipped>,
}

struct RawFeature {
    number: u32,
    shape: RawShape,
    cells: Vec<(usize, String)>,
}

/// What a file says about the system of its coordinates.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum System {
    Named(Crs),
    Unknown { name: String },
    NotNamed,
}

/// Geometry in the coordinates of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct RawShape {
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
            skipped: Vec::new(),
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
        match shape {
            Ok(shape) => {
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
            Err(reason) => self.skipped.push(Skipped { number, reason }),
        }
    }

    /// The layer in stored degrees.
    ///
    /// # Errors
    /// Where nobody said which system the file is in, or none of its positions is of it.
    pub fn placed(
        self,
        declared: Option<Crs>,
        progress: &Progress,
    ) -> Result<Layer, LayerErrorKind> {
        let looks_like = self.first_coords().find_map(Form::of);
        let crs = match (declared, self.system.clone()) {
            (Some(declared), _) => declared,
            (None, System::Named(crs)) => crs,
            (None, System::Unknown { name }) => return Err(LayerErrorKind::UnknownSystem { name }),
            (None, System::NotNamed) => return Err(LayerErrorKind::NoSystem { looks_like }),
        };
        let axes = match crs {
            Crs::Degrees(_) => AxisOrder::EastFirst,
            _ => order_of(Form::of_crs(crs), self.first_coords()),
        };
        // Degrees taken for metres would lie on the equator, which is on Earth all the same.
        let forms = || {
            self.first_coords()
                .filter_map(|pair| Form::of(axes.east_first(pair)))
        };
        if forms().next().is_some() && forms().all(|form| form != Form::of_crs(crs)) {
            return Err(LayerErrorKind::NotOfSystem { crs, looks_like });
        }
        let had_features = !self.features.is_empty();
        let mut layer = Layer {
            name: self.name,
            crs,
            axes,
            columns: self.columns.into_iter().collect(),
            label_column: None,
            features: Vec::with_capacity(self.features.len()),
            skipped: self.skipped,
            extent: None,
        };
        let mut extent = Extent::default();
        progress.begin(self.features.len() as u64);
        for (index, raw) in self.features.into_iter().enumerate() {
            reach(progress, index)?;
            let RawFeature {
                number,
                shape,
                cells,
            } = raw;
            match shape.placed(crs, axes, &mut extent) {
                Some(shape) => layer.features.push(Feature {
                    number,
                    shape,
                    cells,
                }),
                None => layer.skipped.push(Skipped {
                    number,
                    reason: SkipReason::BadPosition,
                }),
            }
        }
        if had_features && layer.features.is_empty() {
            return Err(LayerErrorKind::NotOfSystem { crs, looks_like });
        }
        layer.skipped.sort_by_key(|skipped| skipped.number);
        layer.extent = extent.corners();
        layer.label_column = layer.label_columns().first().copied();
        Ok(layer)
    }

    fn first_coords(&self) -> impl Iterator<Item = Coord> {
        self.features
            .iter()
            .filter_map(|feature| feature.shape.first_coord())
    }
}

/// Says that `feature` features are read, now and then.
pub(super) fn reach(progress: &Progress, feature: usize) -> Result<(), Cancelled> {
    match feature % PROGRESS_STEP {
        0 => progress.reach(feature as u64),
        _ => Ok(()),
    }
}

impl RawShape {
    fn is_empty(&self) -> bool {
        self.first_coord().is_none()
    }

    fn first_coord(&self) -> Option<Coord> {
        let of_line = |line: &LineString| line.0.first().copied();
        self.points
            .first()
            .copied()
            .or_else(|| self.lines.iter().find_map(of_line))
            .or_else(|| self.polygons.iter().find_map(|p| of_line(p.exterior())))
    }

    /// `None` where one of its positions is no place.
    fn placed(self, crs: Crs, axes: AxisOrder, extent: &mut Extent) -> Option<Shape> {
        let mut grown = *extent;
        let mut at = |given: Coord| {
            let position = stored(given, crs, axes)?;
            grown.take_in(position);
            Some(position)
        };
        let mut line = |line: &LineString| {
            let positions = line.0.iter().map(|coord| at(*coord).map(Coord::from));
            Some(LineString(positions.collect::<Option<Vec<_>>>()?))
        };
        let mut lines = Vec::with_capacity(self.lines.len());
        for given in self.lines.iter().filter(|line| !line.0.is_empty()) {
            lines.push(line(given)?);
        }
        let mut polygons = Vec::with_capacity(self.polygons.len());
        for given in &self.polygons {
            if given.exterior().0.is_empty() {
                continue;
            }
            let exterior = line(given.exterior())?;
            let mut holes = Vec::with_capacity(given.interiors().len());
            for hole in given.interiors().iter().filter(|hole| !hole.0.is_empty()) {
                holes.push(line(hole)?);
            }
            polygons.push(Polygon::new(exterior, holes));
        }
        let points = self.points.iter().map(|coord| at(*coord));
        let shape = Shape {
            points: points.collect::<Option<Vec<_>>>()?,
            lines,
            polygons: MultiPolygon(polygons),
        };
        *extent = grown;
        Some(shape)
    }
}

fn stored(given: Coord, crs: Crs, axes: AxisOrder) -> Option<LonLat> {
    let pair = axes.east_first(given);
    to_storage(crs, pair).filter(|position| position.is_on_earth())
}

#[derive(Clone, Copy, Default)]
struct Extent(Option<[f64; 4]>);

impl Extent {
    fn take_in(&mut self, at: LonLat) {
        let [west, south, east, north] = self.0.unwrap_or([at.lon, at.lat, at.lon, at.lat]);
        self.0 = Some([
            west.min(at.lon),
            south.min(at.lat),
            east.max(at.lon),
            north.max(at.lat),
        ]);
    }

    fn corners(self) -> Option<(LonLat, LonLat)> {
        let [west, south, east, north] = self.0?;
        Some((LonLat::new(west, south), LonLat::new(east, north)))
    }
}
