//! The datums that Chinese maps use, and the way from each to what the survey stores.
//!
//! CGCS2000 and WGS 84 are one datum here: they differ by less than a hand can draw. GCJ-02 (Amap,
//! Tencent) shifts every position inside China by up to 700 m; BD-09 (Baidu) shifts GCJ-02 once
//! more. Neither was ever published; the formulas are the ones that every open library carries.
//! Positions in a shifted datum are plain [`Coord`]s, so that none is taken for a stored [`LonLat`].

use crate::model::{Datum, LonLat};
use geo::Coord;
use std::f64::consts::PI;
use std::ops::RangeInclusive;

/// The rectangle outside which GCJ-02 shifts nothing, as the published formulas draw it. It is
/// also what import calls "in China": generous, but it catches swapped axes, zeros and metres.
const CHINA_LON: RangeInclusive<f64> = 72.004..=137.8347;
const CHINA_LAT: RangeInclusive<f64> = 0.8293..=55.8271;

/// The ellipsoid that the GCJ-02 formulas use: Krasovsky 1940.
const KRASOVSKY_RADIUS_M: f64 = 6_378_245.0;
const KRASOVSKY_ECCENTRICITY_SQUARED: f64 = 0.006_693_421_622_965_943;

/// What BD-09 adds to a turned and stretched GCJ-02 position, in degrees.
const BD09_OFFSET: Coord = Coord {
    x: 0.0065,
    y: 0.006,
};
const BD09_WAVE: f64 = PI * 3000.0 / 180.0;

/// Where an inverse stops: 0.1 mm on the ground.
const INVERSE_TOLERANCE_DEGREES: f64 = 1e-9;
/// Each step gains two to three digits, so this is never reached but by a position that is no number.
const INVERSE_STEPS: usize = 20;

/// The stored position of `position`, which a source gave in `datum`, in degrees.
///
/// A shifted position is rounded to 1e-9 degrees: sines differ in their last digits between
/// systems, and two teams who import one list must store the same.
pub fn to_storage(datum: Datum, position: Coord) -> LonLat {
    match datum {
        Datum::Wgs84 | Datum::Cgcs2000 => position.into(),
        Datum::Gcj02 => rounded(unshifted(position, gcj02_from_wgs84)).into(),
        Datum::Bd09 => {
            let gcj02 = unshifted(position, bd09_from_gcj02);
            rounded(unshifted(gcj02, gcj02_from_wgs84)).into()
        }
    }
}

/// Where a map in `datum` shows a stored position, in degrees.
pub fn from_storage(datum: Datum, position: LonLat) -> Coord {
    let position = Coord::from(position);
    match datum {
        Datum::Wgs84 | Datum::Cgcs2000 => position,
        Datum::Gcj02 => gcj02_from_wgs84(position),
        Datum::Bd09 => bd09_from_gcj02(gcj02_from_wgs84(position)),
    }
}

/// `position` of datum `from` in datum `to`, in degrees.
pub fn convert(from: Datum, to: Datum, position: Coord) -> Coord {
    match from == to {
        true => position,
        false => from_storage(to, to_storage(from, position)),
    }
}

/// Whether a stored position lies in the rectangle around China.
pub fn is_in_china(position: LonLat) -> bool {
    contains(position.into())
}

fn contains(at: Coord) -> bool {
    CHINA_LON.contains(&at.x) && CHINA_LAT.contains(&at.y)
}

fn gcj02_from_wgs84(at: Coord) -> Coord {
    if !contains(at) {
        return at;
    }
    let (x, y) = (at.x - 105.0, at.y - 35.0);
    let wave = |amplitude: f64, angle: f64| amplitude * (angle * PI).sin();
    // Metres east and north, then degrees.
    let ripple = (wave(20.0, 6.0 * x) + wave(20.0, 2.0 * x)) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + ripple
        + (wave(20.0, x) + wave(40.0, x / 3.0)) * 2.0 / 3.0
        + (wave(150.0, x / 12.0) + wave(300.0, x / 30.0)) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + ripple
        + (wave(20.0, y) + wave(40.0, y / 3.0)) * 2.0 / 3.0
        + (wave(160.0, y / 12.0) + wave(320.0, y / 30.0)) * 2.0 / 3.0;
    let latitude = at.y.to_radians();
    let magic = 1.0 - KRASOVSKY_ECCENTRICITY_SQUARED * latitude.sin().powi(2);
    let meridian_radius =
        KRASOVSKY_RADIUS_M * (1.0 - KRASOVSKY_ECCENTRICITY_SQUARED) / (magic * magic.sqrt());
    let parallel_radius = KRASOVSKY_RADIUS_M / magic.sqrt() * latitude.cos();
    Coord {
        x: at.x + (east / parallel_radius).to_degrees(),
        y: at.y + (north / meridian_radius).to_degrees(),
    }
}

fn bd09_from_gcj02(at: Coord) -> Coord {
    let radius = at.x.hypot(at.y) + 0.000_02 * (at.y * BD09_WAVE).sin();
    let angle = at.y.atan2(at.x) + 0.000_003 * (at.x * BD09_WAVE).cos();
    Coord {
        x: radius * angle.cos(),
        y: radius * angle.sin(),
    } + BD09_OFFSET
}

/// The position that `shift` moves to `target`. The shifts change slowly, so taking the error of
/// a guess off the guess converges; the usual one-step inverses are up to a metre off.
fn unshifted(target: Coord, shift: impl Fn(Coord) -> Coord) -> Coord {
    let mut guess = target;
    for _ in 0..INVERSE_STEPS {
        let error = shift(guess) - target;
        guess = guess - error;
        if error.x.abs().max(error.y.abs()) < INVERSE_TOLERANCE_DEGREES / 10.0 {
            break;
        }
    }
    guess
}

fn rounded(at: Coord) -> Coord {
    let round = |degrees: f64| (degrees * 1e9).round() / 1e9;
    Coord {
        x: round(at.x),
        y: round(at.y),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::measure::distance_m;
    use crate::model::Coded;
    use proptest::prelude::*;

    const VECTORS: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/testdata/coords/gcoord_china_cities_half.json"
    );

    fn apart_m(a: Coord, b: Coord) -> f64 {
        distance_m(a.into(), b.into())
    }

    #[test]
    fn places_agree_with_gcoord_within_a_metre_each_way() {
        let Ok(text) = std::fs::read_to_string(VECTORS) else {
            return eprintln!("skipped: {VECTORS} is absent");
        };
        let places: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
        let at = |place: &serde_json::Value, datum: &str| {
            let at = &place["coords"][datum];
            Coord {
                x: at[0].as_f64().unwrap(),
                y: at[1].as_f64().unwrap(),
            }
        };
        assert!(places.len() > 300);
        let mut worst: f64 = 0.0;
        for place in &places {
            for (one, name) in [(Datum::Gcj02, "GCJ02"), (Datum::Bd09, "BD09")] {
                let (wgs84, shifted) = (at(place, "WGS84"), at(place, name));
                let there = apart_m(convert(Datum::Wgs84, one, wgs84), shifted);
                let back = apart_m(convert(one, Datum::Wgs84, shifted), wgs84);
                worst = worst.max(there).max(back);
                assert!(there < 1.0 && back < 1.0, "{name} {there} {back} {place}");
            }
        }
        eprintln!("worst {worst:.3} m of {} places", places.len());
    }

    #[test]
    fn outside_china_gcj02_shifts_nothing() {
        for (x, y) in [(139.69, 35.68), (-0.13, 51.5), (0.0, 0.0), (28.68, 115.9)] {
            let at = Coord { x, y };
            assert_eq!(convert(Datum::Wgs84, Datum::Gcj02, at), at);
            assert!(!is_in_china(at.into()));
        }
        assert!(is_in_china(LonLat::new(115.9, 28.68)));
    }

    #[test]
    fn a_position_that_is_no_number_stays_none() {
        for datum in Datum::ALL {
            for x in [f64::NAN, f64::INFINITY, 1e300] {
                let stored = to_storage(*datum, Coord { x, y: 1.0 });
                assert!(!is_in_china(stored), "{datum:?} {x}");
            }
        }
    }

    proptest! {
        #[test]
        fn an_inverse_meets_a_ten_millionth_of_a_degree(x in 74.0..134.0f64, y in 18.0..53.0f64) {
            for datum in [Datum::Gcj02, Datum::Bd09] {
                let shifted = Coord { x, y };
                let again = from_storage(datum, to_storage(datum, shifted));
                let apart = (again.x - x).abs().max((again.y - y).abs());
                prop_assert!(apart < 1e-7, "{datum:?} {apart:e}");
            }
        }

        #[test]
        fn a_position_in_jiangxi_comes_back_within_a_centimetre(
            x in 113.5..118.6f64, y in 24.4..30.1f64,
        ) {
            let at = Coord { x, y };
            for datum in Datum::ALL {
                let back = convert(*datum, Datum::Cgcs2000, convert(Datum::Cgcs2000, *datum, at));
                prop_assert!(apart_m(at, back) < 0.01, "{datum:?} {:?}", apart_m(at, back));
            }
        }
    }
}
