//! Classes, their signs and words.

use super::*;
use crate::catalogue::{Catalogue, Utility};
use crate::model::{Estate, EstateId, LonLat, MapTheme, Tenure, WillingnessBasis, YearBasis};
use std::collections::BTreeSet;
use std::sync::Arc;

fn all_themes() -> impl Iterator<Item = MapTheme> {
    let gap = MapTheme::Gap(crate::model::ItemCode::parse("C04").unwrap());
    MapTheme::PLAIN
        .into_iter()
        .chain(MapTheme::AMOUNTS)
        .chain([gap])
        .chain(Category::ALL.iter().copied().map(MapTheme::Category))
}

fn estate() -> Estate {
    Estate::new(EstateId(uuid::Uuid::nil()))
}

#[test]
fn an_index_names_one_class_and_back() {
    for (index, class) in Class::ALL.into_iter().enumerate() {
        assert_eq!(usize::from(class.index()), index, "{class:?}");
    }
}

#[test]
fn the_year_2000_is_a_band_of_its_own() {
    let items = Catalogue::shipped().items;
    for (build_year, year_min, year_max, class) in [
        (Some(1980), None, None, Class::Built(YearBand::To1980)),
        (Some(1981), None, None, Class::Built(YearBand::To1990)),
        (Some(1990), None, None, Class::Built(YearBand::To1990)),
        (Some(1999), None, None, Class::Built(YearBand::To1999)),
        (Some(2000), None, None, Class::Built(YearBand::In2000)),
        (Some(2001), None, None, Class::Built(YearBand::Later)),
        (None, Some(1982), Some(1986), Class::Built(YearBand::To1990)),
        (None, None, Some(1975), Class::Built(YearBand::To1980)),
        // A range over two bands, or open towards another band, proves no band.
        (None, Some(1979), Some(1986), Class::Unknown),
        (None, Some(1995), None, Class::Unknown),
        (None, None, None, Class::Unknown),
    ] {
        let mut estate = estate();
        (estate.build_year, estate.year_min, estate.year_max) = (build_year, year_min, year_max);
        let found = class_of(MapTheme::BuildYear, &estate, &items);
        assert_eq!(found, class, "{build_year:?} {year_min:?} {year_max:?}");
    }
}

#[test]
fn the_worst_of_water_power_road_and_gas_decides_and_nothing_else() {
    let items = Catalogue::shipped().items;
    let mut estate = estate();
    let class = |estate: &Estate| class_of(MapTheme::WorstEssential, estate, &items);
    assert_eq!(class(&estate), Class::Unknown);
    let other = items.iter().find(|item| item.utilities.is_empty()).unwrap();
    estate.gaps.insert(other.code, Severity::Missing);
    assert_eq!(class(&estate), Class::Unknown);
    let water = items.leading(Utility::Water).unwrap().code;
    let gas = items.leading(Utility::Gas).unwrap().code;
    estate.gaps.insert(water, Severity::Intact);
    assert_eq!(class(&estate), Class::Severity(Severity::Intact));
    estate.gaps.insert(gas, Severity::Failing);
    assert_eq!(class(&estate), Class::Severity(Severity::Failing));
    assert_eq!(items.worst_essential(&estate), Some(Severity::Failing));
}

#[test]
fn a_survey_is_complete_when_every_must_have_is_filled() {
    let items = Catalogue::shipped().items;
    let state = |estate: &Estate| class_of(MapTheme::SurveyState, estate, &items);
    let mut estate = estate();
    estate.name = "洪都新村".into();
    estate.position = Some(LonLat::new(115.9, 28.7));
    assert_eq!(state(&estate), Class::Survey(Progress::NotStarted));
    estate.build_year = Some(1987);
    assert_eq!(state(&estate), Class::Survey(Progress::Partly));

    let square = geo::Rect::new((115.9, 28.7), (115.901, 28.701)).to_polygon();
    estate.boundary = Some(Arc::new(square.into()));
    estate.county_code = "360102".into();
    estate.street_code = "360102001".into();
    estate.community_codes.insert("360102001001".into());
    estate.locality = Some(crate::model::Locality::City);
    estate.address = "洪都中大道1号".into();
    estate.year_basis = Some(YearBasis::Told);
    estate.households = Some(320);
    estate.floor_area_m2 = Some(24_000.0);
    estate.buildings = Some(12);
    estate.tenure.insert(Tenure::Reformed);
    estate.residential = Some(true);
    // The explicit "none": an empty set is an answer, `None` is not.
    estate.exclusions = Some(BTreeSet::new());
    estate.willingness = Some(Willingness::Strong);
    estate.willingness_basis = Some(WillingnessBasis::DoorToDoor);
    for utility in Utility::ESSENTIAL {
        assert_eq!(state(&estate), Class::Survey(Progress::Partly));
        let item = items.leading(utility).unwrap().code;
        estate.gaps.insert(item, Severity::Ageing);
    }
    assert_eq!(state(&estate), Class::Survey(Progress::Complete));
    estate.exclusions = None;
    assert_eq!(state(&estate), Class::Survey(Progress::Partly));
}

#[test]
fn every_class_has_a_word_in_every_language() {
    for language in Language::ALL {
        for class in Class::ALL {
            let word = class.word(language);
            assert!(
                !["map.", "code.", "planner."]
                    .iter()
                    .any(|key| word.contains(key)),
                "{word}"
            );
        }
        for theme in all_themes() {
            // A field is called what the form calls it.
            if !matches!(theme, MapTheme::Category(_)) {
                let key = format!("map.theme.{}", theme.key());
                assert_ne!(language.text(&key), key);
            }
        }
    }
}

#[test]
fn a_legend_shows_every_class_of_its_theme_also_the_empty_ones() {
    let counts = BTreeMap::from([(Class::Unknown.into(), 3)]);
    for theme in all_themes() {
        let rows = legend(theme, &counts);
        let signs: BTreeSet<_> = rows.iter().map(|row| row.class.sign()).collect();
        assert_eq!(
            signs.len(),
            rows.len(),
            "{theme:?}: two classes share a sign"
        );
        let unknown = rows.iter().find(|row| row.class == Class::Unknown);
        assert_eq!(
            unknown.map(|row| row.estates),
            (theme != MapTheme::SurveyState).then_some(3)
        );
    }
}
