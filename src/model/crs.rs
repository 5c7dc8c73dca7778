//! The coordinate systems that maps and lists of a Chinese county come in.

use super::Datum;
use super::codes::{Coded, coded};
use serde::{Deserialize, Serialize};

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
