//! What colours the estates on a map, and maps that the team keeps under a name.

use super::codes::{Coded, coded};
use super::item::ItemCode;
use serde::{Deserialize, Serialize};

/// What colours the estates on the map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MapTheme {
    /// Bands of building years.
    BuildYear,
    /// The worst of water, power, road and gas.
    #[default]
    WorstEssential,
    Willingness,
    /// How much of the two-minute survey is done.
    SurveyState,
    /// The verdict of recognition (认定, 三(一)).
    Recognition,
    /// The need score in fifths; an estate whose interval reaches further is marked.
    Score,
    /// 实施、谋划、储备 (四(二)).
    Batch,
    /// Willingness against what the estate lacks: both at once.
    WillingnessNeed,
    /// How bad one content item is.
    Gap(ItemCode),
    /// A count, in classes of as many estates each.
    Amount(Amount),
    /// A field with a closed list of values.
    Category(Category),
}

coded!(
    /// A field that a map can be coloured by value by value.
    Category, "category" {
        Locality = "locality",
        Tenure = "tenure",
        Residential = "residential",
        Exclusions = "exclusions",
        YearBasis = "year_basis",
        WillingnessBasis = "willingness_basis",
    }
);

impl Category {
    /// How many values it has.
    pub const fn values(self) -> u8 {
        match self {
            Self::Locality => 3,
            Self::Tenure => 10,
            Self::Residential => 2,
            // "None" beside the five.
            Self::Exclusions => 6,
            Self::YearBasis | Self::WillingnessBasis => 5,
        }
    }
}

coded!(
    /// A count that a map can be graduated by.
    Amount, "amount" {
        Households = "households",
        /// m²
        FloorArea = "floor_area",
        Buildings = "buildings",
    }
);

coded!(
    /// The colours of graduated classes. Each falls in lightness all the way, so that colour-blind
    /// eyes keep the order; the last also survives a black-and-white print.
    Ramp, "ramp" { Brown = "brown", Blue = "blue", Grey = "grey" }
);

coded!(
    /// How large the symbols are that stand for estates while the map is far away.
    Symbols, "symbols" {
        /// By the count that the theme shows, else by households.
        Proportional = "proportional",
        Even = "even",
    }
);

/// A theme, and how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MapLook {
    pub theme: MapTheme,
    pub ramp: Ramp,
    pub symbols: Symbols,
}

impl Default for MapLook {
    fn default() -> Self {
        Self {
            theme: MapTheme::default(),
            ramp: Ramp::Brown,
            symbols: Symbols::Proportional,
        }
    }
}

impl From<MapTheme> for MapLook {
    fn from(theme: MapTheme) -> Self {
        Self {
            theme,
            ..Self::default()
        }
    }
}

/// A map of the team's, under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedTheme {
    pub name: String,
    pub look: MapLook,
}

impl MapTheme {
    /// The themes that need no further choice, in the order menus show them.
    pub const PLAIN: [MapTheme; 8] = [
        Self::SurveyState,
        Self::WorstEssential,
        Self::BuildYear,
        Self::Willingness,
        Self::Recognition,
        Self::Score,
        Self::Batch,
        Self::WillingnessNeed,
    ];
    pub const AMOUNTS: [MapTheme; 3] = [
        Self::Amount(Amount::Households),
        Self::Amount(Amount::FloorArea),
        Self::Amount(Amount::Buildings),
    ];

    /// Whether its classes are steps of a ramp.
    pub fn is_graduated(self) -> bool {
        matches!(self, Self::Score | Self::Amount(_))
    }

    /// Whether it shows what only the rules know of the whole survey.
    pub fn is_of_rules(self) -> bool {
        matches!(
            self,
            Self::Recognition | Self::Score | Self::Batch | Self::WillingnessNeed
        )
    }

    pub fn key(self) -> &'static str {
        match self {
            Self::BuildYear => "build_year",
            Self::WorstEssential => "worst_essential",
            Self::Willingness => "willingness",
            Self::SurveyState => "survey_state",
            Self::Recognition => "recognition",
            Self::Score => "score",
            Self::Batch => "batch",
            Self::WillingnessNeed => "willingness_need",
            Self::Gap(_) => "gap",
            Self::Amount(Amount::Households) => "households",
            Self::Amount(Amount::FloorArea) => "floor_area",
            Self::Amount(Amount::Buildings) => "buildings",
            Self::Category(category) => category.key(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::*;

    #[test]
    fn a_saved_map_comes_back_and_one_of_a_later_program_costs_only_itself() {
        let item = ItemCode::parse("C04").unwrap();
        let saved = SavedTheme {
            name: "燃气".into(),
            look: MapTheme::Gap(item).into(),
        };
        let mut settings = Settings {
            saved_themes: vec![saved],
            ..Settings::default()
        };
        let text = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&text).unwrap(), settings);
        let later = text.replace("C04", "noise level");
        settings.saved_themes.clear();
        assert_eq!(serde_json::from_str::<Settings>(&later).unwrap(), settings);
    }
}
