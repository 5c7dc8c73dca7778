//! Which system is this list in? Its points as each plausible one would place them, for a person
//! to look at and choose: the system is never guessed.

use super::frame::pairs;
use super::source::Source;
use super::{ImportError, ImportSettings, Mapping};
use crate::catalogue::{Borders, Catalogue};
use crate::geodesy::crs::to_storage;
use crate::geodesy::form::{Form, order_of};
use crate::model::{AxisOrder, Crs, ListKind, ListRole, LonLat};
use geo::Coord;
use std::path::Path;

/// Points enough to see a shift by.
const MOST_POINTS: usize = 2_000;

/// A way to read a list that puts most of its points into Jiangxi.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The systems that all read the list this way: CGCS2000 and WGS 84 are one.
    pub systems: Vec<Crs>,
    pub axes: AxisOrder,
    /// Where the points would lie, in the order of the rows, at most some thousand of them.
    pub places: Vec<LonLat>,
    /// How many lie in the county of the survey; 0 where it has none.
    pub in_county: usize,
    pub in_province: usize,
}

/// The plausible ways to read the positions of a list, those that fit `county` best first. None
/// where the list has no positions, or where no system puts most of them into Jiangxi.
///
/// `mapping` says which columns hold the coordinates; `county` is the code of the survey's county.
///
/// # Errors
/// [`ImportError::Io`], [`ImportError::Format`], [`ImportError::Layer`].
pub fn candidates(
    path: &Path,
    layer: Option<&str>,
    mapping: &Mapping,
    role: ListRole,
    county: Option<&str>,
    catalogue: &Catalogue,
) -> Result<Vec<Candidate>, ImportError> {
    let source = Source::open(path, layer)?;
    let table = &source.opened.table;
    let words = &catalogue.headings_for(role).words;
    let settings = ImportSettings {
        // Which columns hold numbers does not depend on what they mean.
        crs: Crs::Degrees(crate::model::Datum::Wgs84),
        role,
        kind: ListKind::default(),
        layer: layer.map(str::to_owned),
        mapping: mapping.clone(),
    };
    let all = pairs(table, &settings, words).map_err(|reason| source.unreadable(reason))?;
    let step = all.len().div_ceil(MOST_POINTS).max(1);
    let given: Vec<Coord> = all.into_iter().step_by(step).collect();
    Ok(ways_to_read(&given, county))
}

/// As [`candidates`], of pairs of numbers.
pub fn ways_to_read(given: &[Coord], county: Option<&str>) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    for crs in Crs::all() {
        let form = Form::of_crs(crs);
        let axes = order_of(form, given.iter().copied());
        let place = |given: &Coord| {
            let pair = axes.east_first(*given);
            let is_form = Form::of(pair) == Some(form);
            is_form.then(|| to_storage(crs, pair)).flatten()
        };
        let places: Vec<LonLat> = given.iter().filter_map(place).collect();
        if let Some(same) = found.iter_mut().find(|other| other.places == places) {
            same.systems.push(crs);
            continue;
        }
        let counties: Vec<&str> = places
            .iter()
            .filter_map(|place| Borders::shipped().county_at(*place))
            .collect();
        if counties.len() * 2 <= given.len() {
            continue;
        }
        found.push(Candidate {
            systems: vec![crs],
            axes,
            in_county: counties.iter().filter(|at| Some(**at) == county).count(),
            in_province: counties.len(),
            places,
        });
    }
    found.sort_by_key(|way| std::cmp::Reverse((way.in_county, way.in_province)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geodesy::crs::from_storage;
    use crate::geodesy::measure::distance_m;

    const NANCHANG_DONGHU: &str = "360102";

    fn read(crs: &str, axes: AxisOrder) -> Vec<Candidate> {
        let crs = Crs::named(crs).unwrap();
        let given: Vec<Coord> = [(115.89, 28.69), (115.90, 28.70), (115.91, 28.695)]
            .into_iter()
            .map(|(lon, lat)| from_storage(crs, LonLat::new(lon, lat)).unwrap())
            .map(|pair| axes.east_first(pair))
            .chain([Coord { x: 0.0, y: 0.0 }])
            .collect();
        ways_to_read(&given, Some(NANCHANG_DONGHU))
    }

    #[test]
    fn degrees_may_be_of_three_datums_that_lie_some_hundred_metres_apart() {
        let ways = read("bd09", AxisOrder::EastFirst);
        let systems: Vec<_> = ways.iter().flat_map(|way| &way.systems).collect();
        assert_eq!(ways.len(), 3, "{systems:?}");
        assert_eq!(systems.len(), 4);
        let apart = distance_m(ways[0].places[0], ways[1].places[0]);
        assert!((200.0..2_000.0).contains(&apart), "{apart}");
    }

    #[test]
    fn a_zone_number_leaves_one_system_and_the_county_tells_the_meridian_without_one() {
        let zoned = read("gk114-zone", AxisOrder::NorthFirst);
        assert_eq!(zoned.len(), 1);
        assert_eq!(zoned[0].systems, [Crs::named("gk114-zone").unwrap()]);
        assert_eq!(
            (zoned[0].axes, zoned[0].in_county),
            (AxisOrder::NorthFirst, 3)
        );
        let plain = read("gk117", AxisOrder::EastFirst);
        assert_eq!(plain[0].systems, [Crs::named("gk117").unwrap()]);
        assert_eq!(plain[0].in_county, 3);
    }

    #[test]
    fn a_list_without_places_in_jiangxi_has_no_system() {
        assert_eq!(ways_to_read(&[], None), []);
        let beijing = [Coord { x: 116.4, y: 39.9 }];
        assert_eq!(ways_to_read(&beijing, None), []);
        let nonsense = [Coord {
            x: f64::NAN,
            y: 3.0e6,
        }];
        assert_eq!(ways_to_read(&nonsense, None), []);
    }
}
