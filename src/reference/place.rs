//! From coordinates as a file has them to stored degrees.

use super::{Feature, Layer, LayerErrorKind, Shape, SkipReason, Skipped};
use crate::formats::layer::raw::{RawFeature, RawLayer, RawShape, System, reach};
use crate::geodesy::crs::to_storage;
use crate::geodesy::form::{Form, order_of};
use crate::model::{AxisOrder, Crs, LonLat};
use crate::progress::Progress;
use geo::{Coord, LineString, MultiPolygon, Polygon};

impl RawLayer {
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
        let had_features = self.features.iter().any(|feature| feature.shape.is_ok());
        let mut layer = Layer {
            name: self.name,
            crs,
            axes,
            columns: self.columns.into_iter().collect(),
            label_column: None,
            features: Vec::with_capacity(self.features.len()),
            skipped: Vec::new(),
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
            let placed = shape.and_then(|shape| {
                let placed = shape.placed(crs, axes, &mut extent);
                placed.ok_or(SkipReason::BadPosition)
            });
            match placed {
                Ok(shape) => layer.features.push(Feature {
                    number,
                    shape,
                    cells,
                }),
                Err(reason) => layer.skipped.push(Skipped { number, reason }),
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
}

impl RawShape {
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
