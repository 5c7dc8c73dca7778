//! The borders of Jiangxi's counties: which county a point lies in, and a map to find one's way
//! by where there are no tiles. For orientation, no legal border.

use super::CatalogueError;
use crate::model::{Boundary, LonLat};
use geo::{BoundingRect, Coord, Intersects, Rect};
use std::sync::OnceLock;

const FILE: &str = "data/borders/jiangxi_districts.geojson";

/// A county or city district.
#[derive(Clone, Debug, PartialEq)]
pub struct District {
    /// The county code, 6 digits.
    pub code: String,
    pub name: String,
    pub boundary: Boundary,
    bounds: Rect,
}

/// Every county of the province, by code.
#[derive(Debug)]
pub struct Borders {
    districts: Vec<District>,
}

impl Borders {
    /// The borders this program ships, read when first asked for.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Borders> = OnceLock::new();
        SHIPPED.get_or_init(|| {
            Self::parse(include_str!("../../data/borders/jiangxi_districts.geojson"))
                .expect("the compiled-in borders are checked by a test")
        })
    }

    fn parse(text: &str) -> Result<Self, CatalogueError> {
        let wrong = |reason: String| CatalogueError {
            file: FILE.to_owned(),
            reason,
        };
        let collection: geojson::FeatureCollection = text
            .parse::<geojson::GeoJson>()
            .and_then(TryInto::try_into)
            .map_err(|error| wrong(error.to_string()))?;
        let mut districts = Vec::with_capacity(collection.features.len());
        for feature in collection.features {
            districts.push(District::read(feature).map_err(wrong)?);
        }
        districts.sort_by(|a, b| a.code.cmp(&b.code));
        Ok(Self { districts })
    }

    pub fn districts(&self) -> &[District] {
        &self.districts
    }

    pub fn district(&self, county_code: &str) -> Option<&District> {
        let index = self
            .districts
            .binary_search_by(|district| district.code.as_str().cmp(county_code))
            .ok()?;
        Some(&self.districts[index])
    }

    /// The code of the county around this position; `None` outside the province. On a shared
    /// border it is the county with the lower code.
    pub fn county_at(&self, position: LonLat) -> Option<&str> {
        let point = Coord::from(position);
        self.districts
            .iter()
            .find(|district| {
                district.bounds.intersects(&point) && district.boundary.intersects(&point)
            })
            .map(|district| district.code.as_str())
    }
}

impl District {
    /// South-west and north-east corner, in degrees.
    pub fn bounds(&self) -> (LonLat, LonLat) {
        (self.bounds.min().into(), self.bounds.max().into())
    }

    fn read(feature: geojson::Feature) -> Result<Self, String> {
        let text = |key: &str| match feature.property(key).and_then(|value| value.as_str()) {
            Some(text) => Ok(text.to_owned()),
            None => Err(format!("a feature without '{key}'")),
        };
        let (code, name) = (text("code")?, text("name")?);
        let boundary = match feature.geometry.map(geo::Geometry::try_from) {
            Some(Ok(geo::Geometry::MultiPolygon(boundary))) => boundary,
            Some(Ok(geo::Geometry::Polygon(polygon))) => polygon.into(),
            _ => return Err(format!("{code} has no polygon")),
        };
        let bounds = boundary
            .bounding_rect()
            .ok_or_else(|| format!("{code} has an empty polygon"))?;
        Ok(Self {
            code,
            name,
            boundary,
            bounds,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Divisions;
    use super::*;
    use geo::Validation;

    #[test]
    fn the_borders_are_the_counties_of_the_division_list() {
        let borders: Vec<_> = Borders::shipped()
            .districts()
            .iter()
            .map(|district| (district.code.as_str(), district.name.as_str()))
            .collect();
        let divisions: Vec<_> = Divisions::shipped()
            .counties()
            .iter()
            .map(|county| (county.code, county.name))
            .collect();
        assert_eq!(borders, divisions);
    }

    #[test]
    fn every_border_is_a_valid_polygon() {
        let invalid: Vec<_> = Borders::shipped()
            .districts()
            .iter()
            .filter(|district| !district.boundary.is_valid())
            .map(|district| &district.name)
            .collect();
        assert!(invalid.is_empty(), "{invalid:?}");
    }

    #[test]
    fn a_position_lies_in_its_county() {
        let borders = Borders::shipped();
        for (place, position, county) in [
            // Landmarks well inside their county, WGS 84.
            ("滕王阁", LonLat::new(115.8757, 28.6806), Some("360102")),
            ("庐山牯岭", LonLat::new(115.982, 29.566), Some("360483")),
            ("瑞金沙洲坝", LonLat::new(115.99, 25.86), Some("360781")),
            ("长沙", LonLat::new(112.94, 28.23), None),
            ("equator", LonLat::new(115.9, 0.0), None),
            ("nowhere", LonLat::new(f64::NAN, f64::NAN), None),
        ] {
            assert_eq!(borders.county_at(position), county, "{place}");
        }
    }

    #[test]
    fn a_file_that_is_no_border_file_is_an_error() {
        for text in [
            "",
            "{}",
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":null}]}"#,
            r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":"1","name":"x"},"geometry":{"type":"Point","coordinates":[1,2]}}]}"#,
        ] {
            assert!(Borders::parse(text).is_err(), "{text}");
        }
    }
}
