//! What the guidance lists, as data: content items, field headings, rule packs.
//!
//! Everything here is read from `data/`, so that a county can copy and change it; the shipped
//! files are compiled in, so that a lone executable works.

mod borders;
mod cell_words;
mod dedupe_limits;
mod delivery_limits;
mod divisions;
mod export_source;
mod export_template;
mod fold;
mod headings;
mod items;
mod ledger_words;
mod must_have;
mod own_rules;
mod pack_values;
mod planning_limits;
mod rule_pack;
mod shared;
mod spring_festivals;

pub use crate::model::Utility;
pub use borders::{Borders, District};
pub use cell_words::CellWords;
pub use dedupe_limits::{DatumShiftLimits, DedupeLimits, EvidenceLimits, TermLimits};
pub use delivery_limits::DeliveryLimits;
pub use divisions::{DIVISIONS_NAME, DIVISIONS_VERSION, Division, Divisions};
pub use export_source::{Known, Needs, OTHER, Source, nearest};
pub use export_template::{
    ColumnFault, ColumnOrigin, ExportTemplate, MOST_COLUMNS, TemplateColumn, TemplateError,
    TemplateFault, WhichRecords,
};
pub use fold::{Folded, comparable};
pub use headings::{Guess, Headings, Likeness, Target};
pub use items::{Item, Items, SubsidyWeight};
pub use ledger_words::LedgerWords;
pub use must_have::{
    SURVEY_ANSWERS, is_surveyed, lacks_exclusion_note, missing_must_haves, must_haves,
};
pub use pack_values::{PackValue, WrongPackValue};
pub use planning_limits::{
    AfterFirstMiss, BatchLimits, ContentLimits, LevelShares, Readiness, ScoreLimits, ScoreWeights,
    SubsidyLimits,
};
pub use rule_pack::{CheckLimits, Clause, CoverageLimits, Recognition, RulePack};
pub use shared::{is_shared, open_values, shared_values};
pub use spring_festivals::SpringFestivals;

use crate::model::ListRole;

/// A data file that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {reason}")]
pub struct CatalogueError {
    pub file: String,
    pub reason: String,
}

/// The shipped items, headings and rule pack.
#[derive(Clone, Debug)]
pub struct Catalogue {
    pub items: Items,
    pub headings: Headings,
    /// Of lists of buildings.
    pub building_headings: Headings,
    pub rules: RulePack,
    pub spring_festivals: SpringFestivals,
}

impl Catalogue {
    /// What this program ships: `data/catalogue` and `data/rule_packs/JX-2019-26.json`.
    pub fn shipped() -> Self {
        // Compiled-in files: the tests of this module read each, so they cannot fail later.
        let items = Items::shipped().expect("data/catalogue/items.json is checked by a test");
        Self {
            headings: Headings::shipped(&items)
                .expect("data/catalogue/fields.json is checked by a test"),
            building_headings: Headings::shipped_for_buildings()
                .expect("data/catalogue/fields.json is checked by a test"),
            items,
            rules: RulePack::shipped().expect("the shipped rule pack is checked by a test"),
            spring_festivals: SpringFestivals::shipped()
                .expect("data/calendar/spring_festival.json is checked by a test"),
        }
    }
}

impl Catalogue {
    /// The headings that a list of this role may have.
    pub fn headings_for(&self, role: ListRole) -> &Headings {
        match role {
            ListRole::Estates | ListRole::Register => &self.headings,
            ListRole::Buildings => &self.building_headings,
        }
    }
}

/// Parses a compiled-in or user-given JSON file.
fn parse<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<T, CatalogueError> {
    serde_json::from_str(text).map_err(|error| CatalogueError {
        file: file.to_owned(),
        reason: error.to_string(),
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shipped_files_are_sound() {
        let items = super::Items::shipped().unwrap();
        super::Headings::shipped(&items).unwrap();
        super::Headings::shipped_for_buildings().unwrap();
        super::RulePack::shipped().unwrap();
        super::SpringFestivals::shipped().unwrap();
    }
}
