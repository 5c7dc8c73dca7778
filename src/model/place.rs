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

    /// Whether these are a longitude and a latitude; "not a number" is none.
    pub fn is_on_earth(self) -> bool {
        self.lon.abs() <= 180.0 && self.lat.abs() <= 90.0
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
    use geo::{Coord, LineString, MultiPolygon, Polygon};
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::sync::Arc;

    type Rings = Vec<Vec<[f64; 2]>>;

    pub fn serialize<S: Serializer>(
        boundary: &Arc<Boundary>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        Polygons(boundary).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Arc<Boundary>, D::Error> {
        Vec::<Rings>::deserialize(deserializer).map(from_arrays)
    }

    /// Written straight from the boundary: the log holds one for every record of a long list.
    struct Polygons<'a>(&'a Boundary);
    struct RingsOf<'a>(&'a Polygon);
    struct Positions<'a>(&'a LineString);

    impl Serialize for Polygons<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(self.0.iter().map(RingsOf))
        }
    }

    impl Serialize for RingsOf<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let rings = std::iter::once(self.0.exterior()).chain(self.0.interiors());
            serializer.collect_seq(rings.map(Positions))
        }
    }

    impl Serialize for Positions<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq(self.0.0.iter().map(|at| [at.x, at.y]))
        }
    }

    fn from_arrays(polygons: Vec<Rings>) -> Arc<Boundary> {
        let line = |ring: Vec<[f64; 2]>| {
            LineString(ring.into_iter().map(|[x, y]| Coord { x, y }).collect())
        };
        let polygons = polygons.into_iter().map(|rings| {
            let mut rings = rings.into_iter().map(line);
            let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
            Polygon::new(exterior, rings.collect())
        });
        Arc::new(MultiPolygon(polygons.collect()))
    }

    /// The same for a boundary that may be absent.
    pub mod option {
        use super::{Boundary, Polygons, Rings, from_arrays};
        use serde::{Deserialize, Deserializer, Serialize, Serializer};
        use std::sync::Arc;

        pub fn serialize<S: Serializer>(
            boundary: &Option<Arc<Boundary>>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            boundary.as_deref().map(Polygons).serialize(serializer)
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Arc<Boundary>>, D::Error> {
            Ok(Option::<Vec<Rings>>::deserialize(deserializer)?.map(from_arrays))
        }
    }
}
