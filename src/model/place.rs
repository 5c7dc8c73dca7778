//! Where a record lies: CGCS2000 degrees, longitude first, numerically the same as WGS 84 here.

use serde::{Deserialize, Serialize};

/// A position in degrees. GCJ-02 and BD-09 positions never get this type: see `geodesy::datum`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LonLat {
    pub lon: f64,
    pub lat: f64,
}

impl LonLat {
    pub fn new(lon: f64, lat: f64) -> Self {
        Self { lon, lat }
    }

    pub fn is_finite(self) -> bool {
        self.lon.is_finite() && self.lat.is_finite()
    }
}

impl From<LonLat> for geo::Coord {
    fn from(position: LonLat) -> Self {
        geo::Coord {
            x: position.lon,
            y: position.lat,
        }
    }
}

impl From<geo::Coord> for LonLat {
    fn from(coord: geo::Coord) -> Self {
        Self::new(coord.x, coord.y)
    }
}

/// One or more polygons with holes, in degrees.
pub type Boundary = geo::MultiPolygon<f64>;

/// A boundary as nested arrays of `[lon, lat]`: polygons, rings (outer first), positions.
pub mod nested_arrays {
    use super::Boundary;
    use geo::{Coord, LineString, Polygon};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    type Rings = Vec<Vec<[f64; 2]>>;

    pub fn serialize<S: Serializer>(
        boundary: &Option<Arc<Boundary>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let ring = |line: &LineString| line.0.iter().map(|c| [c.x, c.y]).collect::<Vec<_>>();
        let polygons = boundary.as_ref().map(|boundary| {
            boundary
                .iter()
                .map(|polygon| {
                    std::iter::once(polygon.exterior())
                        .chain(polygon.interiors())
                        .map(ring)
                        .collect::<Rings>()
                })
                .collect::<Vec<_>>()
        });
        polygons.serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Arc<Boundary>>, D::Error> {
        let line = |ring: Vec<[f64; 2]>| {
            LineString(ring.into_iter().map(|[x, y]| Coord { x, y }).collect())
        };
        let polygons = Option::<Vec<Rings>>::deserialize(deserializer)?;
        Ok(polygons.map(|polygons| {
            let polygons = polygons.into_iter().map(|rings| {
                let mut rings = rings.into_iter().map(line);
                let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
                Polygon::new(exterior, rings.collect())
            });
            Arc::new(geo::MultiPolygon(polygons.collect()))
        }))
    }
}
