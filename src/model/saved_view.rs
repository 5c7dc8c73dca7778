//! Saved views of the list: which records, in which order, with which columns. Kept in the survey
//! file, so that a team shares them.

use super::codes::{Severity, Willingness, YearBand, coded};
use super::item::ItemCode;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A condition on the records listed. What each asks of a record: `search::filter`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Filter {
    WaitsForBoundary,
    /// Nobody has answered anything that a survey asks, beyond what a list said.
    NotSurveyed,
    /// Must-haves are open.
    NotFullySurveyed,
    Errors,
    Warnings,
    /// Touched today by whoever looks.
    MineToday,
    Community(String),
    Street(String),
    /// `None`: the year is unknown, or its range spans two bands.
    Built(Option<YearBand>),
    /// `at_least: None`: nobody has looked at the item.
    Gap {
        item: ItemCode,
        at_least: Option<Severity>,
    },
    /// `None`: not asked.
    Willingness(Option<Willingness>),
    /// Merged, part of another or withdrawn: what is not listed otherwise.
    NotCounted,
}

coded!(
    /// A column of the list, and what it is sorted by.
    ListColumn, "list_column" {
        State = "state",
        Name = "name",
        Year = "year",
        Households = "households",
        FloorArea = "floor_area",
        Buildings = "buildings",
        Address = "address",
        Community = "community",
        WorstEssential = "worst_essential",
        Water = "water",
        Power = "power",
        Road = "road",
        Gas = "gas",
        Willingness = "willingness",
        Issues = "issues",
        LibNo = "lib_no",
        Origin = "origin",
        LastChange = "last_change",
    }
);

impl ListColumn {
    /// The columns a list has until somebody chooses others.
    pub const DEFAULT: [ListColumn; 7] = [
        Self::State,
        Self::Name,
        Self::Year,
        Self::Households,
        Self::WorstEssential,
        Self::Willingness,
        Self::Issues,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    Ascending,
    Descending,
}

impl Direction {
    pub fn turned(self) -> Self {
        match self {
            Self::Ascending => Self::Descending,
            Self::Descending => Self::Ascending,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    pub by: ListColumn,
    pub direction: Direction,
}

impl Default for Sort {
    /// What is left to do comes first.
    fn default() -> Self {
        Self {
            by: ListColumn::State,
            direction: Direction::Ascending,
        }
    }
}

/// A view of the list under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    pub name: String,
    #[serde(default)]
    pub query: String,
    #[serde(default)]
    pub filters: BTreeSet<Filter>,
    #[serde(default)]
    pub sort: Sort,
    pub columns: Vec<ListColumn>,
}

#[cfg(test)]
mod tests {
    use super::super::Settings;

    #[test]
    fn a_view_that_is_not_understood_costs_only_itself() {
        let text = r#"{ "rule_pack": "JX-2019-26", "saved_views": [
            { "name": "危房", "filters": ["danger_level"], "columns": ["name"] },
            { "name": "待画", "filters": ["waits_for_boundary", {"built": null}], "columns": ["name"] }
        ] }"#;
        let settings: Settings = serde_json::from_str(text).unwrap();
        let names: Vec<_> = settings.saved_views.iter().map(|view| &view.name).collect();
        assert_eq!(names, ["待画"]);
    }

    #[test]
    fn a_survey_of_before_has_no_views() {
        let settings: Settings = serde_json::from_str(r#"{ "rule_pack": "JX-2019-26" }"#).unwrap();
        assert_eq!(settings, Settings::default());
    }
}
