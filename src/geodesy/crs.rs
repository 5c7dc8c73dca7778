//! Coordinates of every [`Crs`], and the way from each to what the survey stores and back.
//!
//! The projections are proj4rs's; only the choice of parameters is ours.

use super::datum;
use crate::model::{Crs, Easting, LonLat, Meridian};
use geo::Coord;
use proj4rs::Proj;
use proj4rs::adaptors::transform_vertex_2d;
use std::sync::LazyLock;

/// What stands before an easting, in metres: the number of the zone.
const ZONE_M: f64 = 1_000_000.0;

/// The stored position of `coordinates`, which a source gave in `crs`: degrees, or metres east and
/// north. `None` where the projection has no such place.
pub fn to_storage(crs: Crs, coordinates: Coord) -> Option<LonLat> {
    let degrees = match crs {
        Crs::Degrees(_) => coordinates,
        _ => {
            let plain = Coord {
                x: coordinates.x - zone_m(crs),
                y: coordinates.y,
            };
            PROJECTIONS.of(crs)?.unproject(plain)?
        }
    };
    let position = datum::to_storage(crs.datum(), degrees);
    position.is_finite().then_some(position)
}

/// The coordinates in `crs` of a stored position: degrees, or metres east and north. `None` where
/// the projection does not reach, such as the poles of a Mercator map.
pub fn from_storage(crs: Crs, position: LonLat) -> Option<Coord> {
    let degrees = datum::from_storage(crs.datum(), position);
    match crs {
        Crs::Degrees(_) => Some(degrees),
        _ => {
            let plain = PROJECTIONS.of(crs)?.project(degrees)?;
            Some(Coord {
                x: plain.x + zone_m(crs),
                y: plain.y,
            })
        }
    }
}

/// `coordinates` of `from` in `to`; the same bits where both are one. `None` where either does not
/// reach.
pub fn convert(from: Crs, to: Crs, coordinates: Coord) -> Option<Coord> {
    match from == to {
        true => Some(coordinates),
        false => from_storage(to, to_storage(from, coordinates)?),
    }
}

/// Degrees from the central meridian beyond which another zone is meant: Jiangxi is 5° wide and
/// has two.
const FAR_DEGREES: f64 = 4.0;

/// Whether coordinates of `crs` are unlikely to be meant for `position`. They are still exact.
pub fn is_far_from_meridian(crs: Crs, position: LonLat) -> bool {
    match crs {
        Crs::GaussKruger(meridian, _) => (position.lon - meridian.degrees()).abs() > FAR_DEGREES,
        Crs::Degrees(_) | Crs::WebMercator(_) => false,
    }
}

fn zone_m(crs: Crs) -> f64 {
    match crs {
        Crs::GaussKruger(meridian, Easting::WithZone) => f64::from(meridian.zone()) * ZONE_M,
        _ => 0.0,
    }
}

/// A projection, and the degrees of its ellipsoid: no datum is changed between the two.
struct Projection {
    degrees: Proj,
    metres: Proj,
}

impl Projection {
    fn of(ellipsoid: &str, projection: &str) -> Option<Self> {
        let parsed = |text: String| Proj::from_proj_string(&text).ok();
        Some(Self {
            degrees: parsed(format!("+proj=longlat {ellipsoid} +no_defs"))?,
            metres: parsed(format!("{projection} {ellipsoid} +units=m +no_defs"))?,
        })
    }

    fn project(&self, degrees: Coord) -> Option<Coord> {
        let (x, y) = (degrees.x.to_radians(), degrees.y.to_radians());
        moved(&self.degrees, &self.metres, (x, y))
    }

    fn unproject(&self, metres: Coord) -> Option<Coord> {
        let at = moved(&self.metres, &self.degrees, (metres.x, metres.y))?;
        Some(Coord {
            x: at.x.to_degrees(),
            y: at.y.to_degrees(),
        })
    }
}

fn moved(from: &Proj, to: &Proj, at: (f64, f64)) -> Option<Coord> {
    let (x, y) = transform_vertex_2d(from, to, at).ok()?;
    (x.is_finite() && y.is_finite()).then_some(Coord { x, y })
}

/// Parsed once. `None` only where a text below were wrong, which the tests would show.
struct Projections {
    mercator: Option<Projection>,
    east_114: Option<Projection>,
    east_117: Option<Projection>,
}

impl Projections {
    fn of(&self, crs: Crs) -> Option<&Projection> {
        match crs {
            Crs::Degrees(_) => None,
            Crs::WebMercator(_) => self.mercator.as_ref(),
            Crs::GaussKruger(Meridian::East114, _) => self.east_114.as_ref(),
            Crs::GaussKruger(Meridian::East117, _) => self.east_117.as_ref(),
        }
    }
}

static PROJECTIONS: LazyLock<Projections> = LazyLock::new(|| {
    let zone = |meridian: Meridian| {
        // The ellipsoid of CGCS2000 has the measures of GRS 80; scale 1 at the meridian.
        let degrees = meridian.degrees();
        let projection = format!("+proj=etmerc +lat_0=0 +lon_0={degrees} +k=1 +x_0=500000 +y_0=0");
        Projection::of("+ellps=GRS80", &projection)
    };
    // Web maps project the degrees of an ellipsoid as if they were of a sphere.
    let mercator = "+proj=merc +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0";
    Projections {
        mercator: Projection::of("+a=6378137 +b=6378137", mercator),
        east_114: zone(Meridian::East114),
        east_117: zone(Meridian::East117),
    }
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::distance_m;
    use crate::model::Datum;
    use proptest::prelude::*;

    #[test]
    fn a_zone_number_stands_before_the_easting_and_nothing_else_changes() {
        let at = LonLat::new(117.0, 28.5);
        for (meridian, zone, plain_x) in [
            (Meridian::East114, 38_000_000.0, None),
            (Meridian::East117, 39_000_000.0, Some(500_000.0)),
        ] {
            let plain = from_storage(Crs::GaussKruger(meridian, Easting::Plain), at).unwrap();
            let zoned = from_storage(Crs::GaussKruger(meridian, Easting::WithZone), at).unwrap();
            assert_eq!((zoned.x - plain.x, zoned.y), (zone, plain.y));
            if let Some(x) = plain_x {
                assert!((plain.x - x).abs() < 1e-6, "{}", plain.x);
            }
        }
    }

    #[test]
    fn what_no_projection_reaches_is_none() {
        let pole = LonLat::new(0.0, 90.0);
        assert_eq!(from_storage(Crs::WebMercator(Datum::Wgs84), pole), None);
        for crs in Crs::all() {
            let nowhere = Coord {
                x: f64::NAN,
                y: 1.0,
            };
            assert_eq!(to_storage(crs, nowhere), None, "{crs:?}");
        }
    }

    /// Positions, and what GDAL makes of them in each system.
    const BY_GDAL: &str = include_str!("../../tests/fixtures/gauss_kruger.csv");

    #[test]
    fn a_hundred_places_agree_with_gdal_within_a_millimetre_each_way() {
        let mut lines = BY_GDAL.lines().filter(|line| !line.starts_with('#'));
        let systems: Vec<Crs> = lines
            .next()
            .unwrap()
            .split(',')
            .filter_map(|name| Crs::of_epsg(name.strip_prefix("x_")?.parse().ok()?))
            .collect();
        assert_eq!(systems.len(), 5);
        let mut worst: f64 = 0.0;
        let mut places = 0;
        for line in lines {
            let numbers: Vec<f64> = line.split(',').map(|n| n.parse().unwrap()).collect();
            let at = LonLat::new(numbers[0], numbers[1]);
            for (crs, by_gdal) in systems.iter().zip(numbers[2..].chunks(2)) {
                let theirs = Coord {
                    x: by_gdal[0],
                    y: by_gdal[1],
                };
                let ours = from_storage(*crs, at).unwrap();
                let there = (ours.x - theirs.x).hypot(ours.y - theirs.y);
                let back = distance_m(to_storage(*crs, theirs).unwrap(), at);
                worst = worst.max(there).max(back);
                assert!(
                    there < 0.001 && back < 0.001,
                    "{crs:?} {there} {back} {line}"
                );
            }
            places += 1;
        }
        assert_eq!(places, 100);
        eprintln!("worst {worst:e} m");
    }

    proptest! {
        #[test]
        fn a_position_in_jiangxi_comes_back_within_a_centimetre_from_every_system(
            lon in 113.5..118.6f64, lat in 24.4..30.1f64,
        ) {
            let at = LonLat::new(lon, lat);
            for crs in Crs::all() {
                let there = from_storage(crs, at).unwrap();
                let back = to_storage(crs, there).unwrap();
                prop_assert!(distance_m(at, back) < 0.01, "{crs:?} {}", distance_m(at, back));
            }
        }
    }
}
