//! What a pair of numbers looks like: degrees, or metres of which projection, in which order.
//!
//! The ranges below hold for China and do not overlap, so that no two systems claim one pair; what
//! they cannot tell is the datum of degrees and the meridian of an easting without a zone number.

use crate::model::{AxisOrder, Crs, Easting};
use geo::Coord;
use std::ops::Range;

/// Degrees of longitude and latitude in China, generously.
const LONGITUDES: Range<f64> = 72.0..138.0;
const LATITUDES: Range<f64> = 0.5..56.0;

/// Metres of web maps.
const MERCATOR_EAST: Range<f64> = 8.0e6..15.4e6;
const MERCATOR_NORTH: Range<f64> = 0.05e6..7.7e6;

/// Metres of a Gauss–Krüger zone: half a million is its meridian.
const PLAIN_EAST: Range<f64> = 0.0..1.0e6;
/// With the zone's number before. Zones 13 to 15 lie in the far west, where the numbers of web
/// maps reach too.
const ZONED_EAST: Range<f64> = 16.0e6..46.0e6;
const ZONE_M: f64 = 1.0e6;
/// From the equator. The south of Hainan is at 1.9 million.
const NORTH: Range<f64> = 1.0e6..6.2e6;

/// What a pair of coordinates of China looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    Degrees,
    WebMercator,
    /// Gauss–Krüger without a zone number.
    Plain,
    /// Gauss–Krüger, the number of the zone before the easting.
    Zoned(u32),
}

impl Form {
    /// Of a pair with the number to the east first; `None` where it is like none in China.
    pub fn of(pair: Coord) -> Option<Self> {
        let is_in = |east: &Range<f64>, north: &Range<f64>| {
            east.contains(&pair.x) && north.contains(&pair.y)
        };
        if is_in(&LONGITUDES, &LATITUDES) {
            Some(Self::Degrees)
        } else if is_in(&MERCATOR_EAST, &MERCATOR_NORTH) {
            Some(Self::WebMercator)
        } else if is_in(&PLAIN_EAST, &NORTH) {
            Some(Self::Plain)
        } else if is_in(&ZONED_EAST, &NORTH) {
            Some(Self::Zoned((pair.x / ZONE_M) as u32))
        } else {
            None
        }
    }

    /// What coordinates of `crs` look like.
    pub fn of_crs(crs: Crs) -> Self {
        match crs {
            Crs::Degrees(_) => Self::Degrees,
            Crs::WebMercator(_) => Self::WebMercator,
            Crs::GaussKruger(_, Easting::Plain) => Self::Plain,
            Crs::GaussKruger(meridian, Easting::WithZone) => Self::Zoned(meridian.zone()),
        }
    }
}

/// The order that most of `pairs` are in, if they are of this form; [`AxisOrder::EastFirst`] where
/// they do not tell.
pub fn order_of(form: Form, pairs: impl IntoIterator<Item = Coord>) -> AxisOrder {
    let (mut east_first, mut north_first) = (0usize, 0usize);
    for pair in pairs {
        let is_form = |order: AxisOrder| Form::of(order.east_first(pair)) == Some(form);
        east_first += usize::from(is_form(AxisOrder::EastFirst));
        north_first += usize::from(is_form(AxisOrder::NorthFirst));
    }
    match north_first > east_first {
        true => AxisOrder::NorthFirst,
        false => AxisOrder::EastFirst,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::crs::from_storage;
    use crate::model::LonLat;
    use proptest::prelude::*;

    #[test]
    fn numbers_that_are_of_no_system_look_like_none() {
        for (x, y) in [
            (0.0, 0.0),
            (f64::NAN, 3.0e6),
            (685_719.7, f64::INFINITY),
            (1.0e12, 3.0e6),
            (-75.0, 28.0),
            (500_000.0, 500_000.0),
        ] {
            assert_eq!(Form::of(Coord { x, y }), None, "{x} {y}");
        }
    }

    #[test]
    fn surveyors_lists_are_north_first() {
        let north_first = [
            (3_175_280.9, 685_719.7),
            (3_175_300.0, 685_800.0),
            (0.0, 0.0),
        ];
        let pairs = || north_first.into_iter().map(Coord::from);
        assert_eq!(order_of(Form::Plain, pairs()), AxisOrder::NorthFirst);
        let turned = pairs().map(|pair| AxisOrder::NorthFirst.east_first(pair));
        assert_eq!(order_of(Form::Plain, turned), AxisOrder::EastFirst);
        assert_eq!(order_of(Form::Zoned(38), pairs()), AxisOrder::EastFirst);
        assert_eq!(order_of(Form::Plain, []), AxisOrder::EastFirst);
    }

    proptest! {
        #[test]
        fn every_place_in_jiangxi_looks_like_its_system_and_only_one_way_round(
            lon in 113.5..118.6f64, lat in 24.4..30.1f64,
        ) {
            for crs in Crs::all() {
                let pair = from_storage(crs, LonLat::new(lon, lat)).unwrap();
                prop_assert_eq!(Form::of(pair), Some(Form::of_crs(crs)), "{:?}", crs);
                prop_assert_eq!(Form::of(AxisOrder::NorthFirst.east_first(pair)), None, "{:?}", crs);
            }
        }
    }
}
