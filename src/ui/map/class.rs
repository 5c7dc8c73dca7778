//! Map themes as data: which class an estate falls into, with a sign and a word for each, so that
//! the map, its legend and its labels say the same thing and never by colour alone.

use crate::catalogue::{
    Item, Items, SURVEY_ANSWERS, Utility, is_surveyed, missing_must_haves, must_haves,
};
use crate::model::{Coded, Estate, Field, ItemCode, Severity, Willingness, YearBand};
use crate::ui::action::MapTheme;
use crate::ui::theme::Palette;
use crate::words::Language;
use crate::words::fields::{coded_label, severity_label};
use egui::Color32;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What an estate counts as under a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Not surveyed; for years also a range that spans two bands.
    Unknown,
    Severity(Severity),
    Built(YearBand),
    Willing(Willingness),
    Survey(Progress),
}

/// How much of the two-minute survey (DOMAIN §3) is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    /// Nothing but what a list or a drawing gives: name, place, codes.
    NotStarted,
    Partly,
    /// Every must-have (★ in DOMAIN §3) is answered.
    Complete,
}

/// How a class is filled, so that it can be told apart without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern {
    Plain,
    Hatched,
}

impl Class {
    /// Every class of every theme; an index into this list is what the GPU holds for an estate.
    pub const ALL: [Class; 16] = [
        Class::Unknown,
        Class::Severity(Severity::Missing),
        Class::Severity(Severity::Failing),
        Class::Severity(Severity::Ageing),
        Class::Severity(Severity::Intact),
        Class::Built(YearBand::To1980),
        Class::Built(YearBand::To1990),
        Class::Built(YearBand::To1999),
        Class::Built(YearBand::In2000),
        Class::Built(YearBand::Later),
        Class::Willing(Willingness::Strong),
        Class::Willing(Willingness::Fair),
        Class::Willing(Willingness::Weak),
        Class::Survey(Progress::NotStarted),
        Class::Survey(Progress::Partly),
        Class::Survey(Progress::Complete),
    ];

    /// The classes of a theme in the order its legend shows them.
    pub fn of_theme(theme: MapTheme) -> Vec<Class> {
        let mut classes: Vec<_> = Self::ALL
            .into_iter()
            .filter(|class| class.theme() == Some(theme))
            .collect();
        // The survey state is always known: an untouched estate is "not started".
        if theme != MapTheme::SurveyState {
            classes.push(Class::Unknown);
        }
        classes
    }

    fn theme(self) -> Option<MapTheme> {
        match self {
            Self::Unknown => None,
            Self::Severity(_) => Some(MapTheme::WorstEssential),
            Self::Built(_) => Some(MapTheme::BuildYear),
            Self::Willing(_) => Some(MapTheme::Willingness),
            Self::Survey(_) => Some(MapTheme::SurveyState),
        }
    }

    pub fn index(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::Severity(severity) => 4 - severity.degree(),
            Self::Built(band) => 5 + band as u8,
            Self::Willing(willingness) => 10 + willingness as u8,
            Self::Survey(progress) => 13 + progress as u8,
        }
    }

    /// A short sign that stands beside the name on the map.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Unknown => "？",
            Self::Severity(Severity::Intact) => "0",
            Self::Severity(Severity::Ageing) => "1",
            Self::Severity(Severity::Failing) => "2",
            Self::Severity(Severity::Missing) => "3",
            Self::Built(YearBand::To1980) => "≤1980",
            Self::Built(YearBand::To1990) => "81–90",
            Self::Built(YearBand::To1999) => "91–99",
            Self::Built(YearBand::In2000) => "2000",
            Self::Built(YearBand::Later) => ">2000",
            Self::Willing(Willingness::Strong) | Self::Survey(Progress::Complete) => "●",
            Self::Willing(Willingness::Fair) | Self::Survey(Progress::Partly) => "◎",
            Self::Willing(Willingness::Weak) | Self::Survey(Progress::NotStarted) => "○",
        }
    }

    pub fn word(self, language: Language) -> Cow<'static, str> {
        let key = match self {
            Self::Severity(severity) => return severity_label(language, Some(severity)),
            Self::Willing(willingness) => return coded_label(language, willingness),
            Self::Unknown => "map.class.unknown",
            Self::Built(band) => return language.text(&format!("map.class.{}", band.key())),
            Self::Survey(Progress::NotStarted) => "map.class.not_started",
            Self::Survey(Progress::Partly) => "map.class.partly",
            Self::Survey(Progress::Complete) => "map.class.complete",
        };
        language.text(key)
    }

    pub fn color(self, palette: &Palette) -> Color32 {
        match self {
            Self::Unknown => palette.not_surveyed,
            Self::Severity(severity) => palette.severity(Some(severity)),
            Self::Built(band) => palette.year_bands[band as usize],
            Self::Willing(willingness) => palette.willingness(Some(willingness)),
            Self::Survey(progress) => palette.progress[progress as usize],
        }
    }

    pub fn pattern(self) -> Pattern {
        match self {
            Self::Unknown => Pattern::Hatched,
            _ => Pattern::Plain,
        }
    }
}

/// The class of one estate under `theme`.
pub fn class_of(theme: MapTheme, estate: &Estate, items: &Items) -> Class {
    Classifier::new(theme, items).class_of(estate)
}

/// One row of a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegendEntry {
    pub class: Class,
    pub estates: usize,
}

/// Every class of `theme` with its count, also those without an estate: an empty class is news.
pub fn legend(theme: MapTheme, counts: &BTreeMap<Class, usize>) -> Vec<LegendEntry> {
    Class::of_theme(theme)
        .into_iter()
        .map(|class| LegendEntry {
            class,
            estates: counts.get(&class).copied().unwrap_or(0),
        })
        .collect()
}

/// `class_of` for many estates: what has to be looked up in the catalogue is looked up once.
pub struct Classifier<'a> {
    theme: MapTheme,
    items: &'a Items,
    must_haves: Vec<Field>,
    /// The items that tell of water, power, road or gas.
    essential: BTreeSet<ItemCode>,
}

impl<'a> Classifier<'a> {
    pub fn new(theme: MapTheme, items: &'a Items) -> Self {
        let tells = |item: &&Item| {
            let mut essential = Utility::ESSENTIAL.iter();
            essential.any(|utility| item.utilities.contains(utility))
        };
        Self {
            theme,
            items,
            must_haves: must_haves(items),
            essential: items.iter().filter(tells).map(|item| item.code).collect(),
        }
    }

    pub fn class_of(&self, estate: &Estate) -> Class {
        match self.theme {
            MapTheme::WorstEssential => {
                let gaps = estate.gaps.iter();
                let essential = gaps.filter(|(code, _)| self.essential.contains(*code));
                let worst = essential.map(|(_, severity)| *severity).max();
                worst.map_or(Class::Unknown, Class::Severity)
            }
            MapTheme::BuildYear => estate.year_band().map_or(Class::Unknown, Class::Built),
            MapTheme::Willingness => estate.willingness.map_or(Class::Unknown, Class::Willing),
            MapTheme::SurveyState => Class::Survey(self.progress(estate)),
        }
    }

    fn progress(&self, estate: &Estate) -> Progress {
        let mut surveyed = SURVEY_ANSWERS.iter();
        let untouched = estate.gaps.is_empty()
            && estate.years().is_none()
            && !surveyed.any(|field| estate.get(field).is_some());
        if untouched {
            return Progress::NotStarted;
        }
        // The first open one decides, so that an estate hardly begun costs hardly anything.
        let mut must_haves = self.must_haves.iter();
        let complete = must_haves.all(|field| is_surveyed(estate, field, self.items))
            && missing_must_haves(estate, self.items).is_empty();
        match complete {
            true => Progress::Complete,
            false => Progress::Partly,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{EstateId, LonLat, Tenure, WillingnessBasis, YearBasis};
    use std::sync::Arc;

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
            (estate.build_year, estate.year_min, estate.year_max) =
                (build_year, year_min, year_max);
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
                assert!(!word.contains("map.") && !word.contains("code."), "{word}");
            }
            for theme in MapTheme::ALL {
                let key = format!("map.theme.{}", theme.key());
                assert_ne!(language.text(&key), key);
            }
        }
    }

    #[test]
    fn a_legend_shows_every_class_of_its_theme_also_the_empty_ones() {
        let counts = BTreeMap::from([(Class::Unknown, 3)]);
        for theme in MapTheme::ALL {
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
}
