//! The coordinate systems that maps and lists of a Chinese county come in.

use super::Datum;
use super::codes::{Coded, coded};
use geo::Coord;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

coded!(
    /// 中央经线: the central meridians of the 3-degree zones that Jiangxi lies in.
    Meridian, "meridian" {
        /// 114°E, zone 38.
        East114 = "114",
        /// 117°E, zone 39.
        East117 = "117",
    }
);

coded!(
    /// Whether eastings begin with the number of their zone (38 500 000) or not (500 000).
    Easting, "easting" { Plain = "plain", WithZone = "with_zone" }
);

/// How pairs of numbers mean places on the ground. The first is always the one to the east.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Crs {
    /// Longitude and latitude.
    Degrees(Datum),
    /// Metres of the projection that web maps use (EPSG:3857), from longitudes and latitudes of
    /// this datum.
    WebMercator(Datum),
    /// Metres of a 3-degree Gauss–Krüger zone of CGCS2000.
    GaussKruger(Meridian, Easting),
}

/// Which of the two numbers comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum AxisOrder {
    /// As maps have it: x to the east, y to the north.
    #[default]
    EastFirst,
    /// As Chinese surveyors have it: X to the north, Y to the east; or latitude first.
    NorthFirst,
}

impl AxisOrder {
    pub const ALL: [Self; 2] = [Self::EastFirst, Self::NorthFirst];

    /// The pair with the number to the east first.
    pub fn east_first(self, given: Coord) -> Coord {
        match self {
            Self::EastFirst => given,
            Self::NorthFirst => Coord {
                x: given.y,
                y: given.x,
            },
        }
    }
}

impl Meridian {
    /// Degrees east of Greenwich.
    pub fn degrees(self) -> f64 {
        match self {
            Self::East114 => 114.0,
            Self::East117 => 117.0,
        }
    }

    /// The number of its 3-degree zone.
    pub fn zone(self) -> u32 {
        match self {
            Self::East114 => 38,
            Self::East117 => 39,
        }
    }
}

impl Crs {
    /// Every one of them, degrees first, in the order that forms offer them.
    pub fn all() -> impl Iterator<Item = Self> {
        let degrees = Datum::ALL.iter().map(|datum| Self::Degrees(*datum));
        let projected = Meridian::ALL.iter().flat_map(|meridian| {
            Easting::ALL
                .iter()
                .map(|easting| Self::GaussKruger(*meridian, *easting))
        });
        let mercator = Datum::ALL.iter().map(|datum| Self::WebMercator(*datum));
        degrees.chain(projected).chain(mercator)
    }

    /// The datum that its longitudes and latitudes are of.
    pub fn datum(self) -> Datum {
        match self {
            Self::Degrees(datum) | Self::WebMercator(datum) => datum,
            Self::GaussKruger(..) => Datum::Cgcs2000,
        }
    }

    /// The stable ASCII key, as lists and the command line carry it: `gcj02`, `gk114-zone`. The
    /// key of degrees is their datum's.
    pub fn key(self) -> &'static str {
        use {Easting::*, Meridian::*};
        match self {
            Self::Degrees(datum) => datum.key(),
            Self::GaussKruger(East114, Plain) => "gk114",
            Self::GaussKruger(East114, WithZone) => "gk114-zone",
            Self::GaussKruger(East117, Plain) => "gk117",
            Self::GaussKruger(East117, WithZone) => "gk117-zone",
            Self::WebMercator(Datum::Wgs84) => "web-mercator",
            Self::WebMercator(Datum::Cgcs2000) => "web-mercator-cgcs2000",
            Self::WebMercator(Datum::Gcj02) => "web-mercator-gcj02",
            Self::WebMercator(Datum::Bd09) => "web-mercator-bd09",
        }
    }

    /// The system with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().find(|crs| crs.key() == key)
    }

    /// The system that `name` names as programs write it: a [`key`](Self::key), `EPSG:4547`,
    /// `urn:ogc:def:crs:EPSG::4547`, `CRS84`. Upper and lower case are the same.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim();
        if let Some(crs) = Self::from_key(&name.to_ascii_lowercase()) {
            return Some(crs);
        }
        let last = name.rsplit([':', '/', '#']).next().unwrap_or(name);
        let last = last.to_ascii_uppercase().replace(['_', ' '], "");
        match last.as_str() {
            "CGCS2000" | "CHINAGEODETICCOORDINATESYSTEM2000" => {
                Some(Self::Degrees(Datum::Cgcs2000))
            }
            "CRS84" | "CRS84H" | "WGS84" => Some(Self::Degrees(Datum::Wgs84)),
            code => Self::of_epsg(code.parse().ok()?),
        }
    }

    /// The system of an EPSG code; `None` for those that no map of Jiangxi should need.
    pub fn of_epsg(code: u32) -> Option<Self> {
        use {Easting::*, Meridian::*};
        Some(match code {
            4326 | 4979 => Self::Degrees(Datum::Wgs84),
            4490 | 4480 => Self::Degrees(Datum::Cgcs2000),
            // Before 3857 had its number, others were in use for it.
            3857 | 3785 | 900_913 | 102_100 | 102_113 => Self::WebMercator(Datum::Wgs84),
            4547 => Self::GaussKruger(East114, Plain),
            4526 => Self::GaussKruger(East114, WithZone),
            4548 => Self::GaussKruger(East117, Plain),
            4527 => Self::GaussKruger(East117, WithZone),
            _ => return None,
        })
    }

    /// The system that a name in words means, such as «CGCS2000 / 3-degree Gauss-Kruger CM 117E»
    /// or «CGCS2000_3_Degree_GK_Zone_39».
    pub fn of_name(name: &str) -> Option<Self> {
        let folded: String = name
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect();
        if !folded.contains("CGCS2000") || !folded.contains("3DEGREE") {
            return None;
        }
        let has = |part: &str| folded.contains(part);
        Meridian::ALL.iter().find_map(|meridian| {
            let (central, zone) = (meridian.key(), meridian.zone());
            if has(&format!("CM{central}")) || folded.ends_with(&format!("{central}E")) {
                return Some(Self::GaussKruger(*meridian, Easting::Plain));
            }
            has(&format!("ZONE{zone}")).then_some(Self::GaussKruger(*meridian, Easting::WithZone))
        })
    }
}

/// [`Crs`] as its key, where files have long held the key of a datum.
pub(super) mod as_key {
    use super::{Crs, Deserialize, Deserializer, Serializer};
    use serde::de::Error;

    pub fn serialize<S: Serializer>(crs: &Crs, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(crs.key())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Crs, D::Error> {
        let key = String::deserialize(deserializer)?;
        Crs::from_key(&key).ok_or_else(|| D::Error::custom(format!("no system '{key}'")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_system_has_a_key_of_its_own() {
        let keys: std::collections::BTreeSet<_> = Crs::all().map(Crs::key).collect();
        assert_eq!(keys.len(), Crs::all().count());
        for crs in Crs::all() {
            assert_eq!(Crs::from_key(crs.key()), Some(crs));
            assert_eq!(Crs::named(&crs.key().to_ascii_uppercase()), Some(crs));
        }
    }

    #[test]
    fn the_numbers_of_jiangxi_s_systems_are_known_and_no_others() {
        use {Easting::*, Meridian::*};
        for (code, crs) in [
            (4326, Crs::Degrees(Datum::Wgs84)),
            (4490, Crs::Degrees(Datum::Cgcs2000)),
            (4547, Crs::GaussKruger(East114, Plain)),
            (4526, Crs::GaussKruger(East114, WithZone)),
            (4548, Crs::GaussKruger(East117, Plain)),
            (4527, Crs::GaussKruger(East117, WithZone)),
            (3857, Crs::WebMercator(Datum::Wgs84)),
        ] {
            assert_eq!(Crs::of_epsg(code), Some(crs), "{code}");
            for name in [
                format!("EPSG:{code}"),
                format!("urn:ogc:def:crs:EPSG::{code}"),
                format!("http://www.opengis.net/def/crs/EPSG/0/{code}"),
            ] {
                assert_eq!(Crs::named(&name), Some(crs), "{name}");
            }
        }
        // Beijing 54, Xi'an 80, UTM and a zone that Jiangxi does not touch.
        for code in [0, 4214, 4610, 2422, 32650, 4546, 4549, u32::MAX] {
            assert_eq!(Crs::of_epsg(code), None, "{code}");
        }
        for name in ["", "EPSG:", "EPSG:-1", "Mars 2000", "EPSG:99999999999999"] {
            assert_eq!(Crs::named(name), None, "{name}");
        }
    }
}
