//! A rule pack: every number of policy, with the authority it comes from. Results name it.

use super::{
    BatchLimits, CatalogueError, ContentLimits, DedupeLimits, DeliveryLimits, Item, ScoreLimits,
    SubsidyLimits, parse,
};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RulePack {
    pub id: String,
    pub version: String,
    pub title: String,
    pub authority: String,
    /// The document's number, e.g. 赣建城〔2019〕26号.
    pub document: String,
    pub effective_from: String,
    /// The document's own words behind each rule and check, by its key: `R2`, `X1`, `E03`.
    #[serde(default)]
    pub clauses: BTreeMap<String, Clause>,
    pub recognition: Recognition,
    pub checks: CheckLimits,
    pub dedupe: DedupeLimits,
    pub coverage: CoverageLimits,
    pub score: ScoreLimits,
    pub subsidy: SubsidyLimits,
    pub content: ContentLimits,
    pub batches: BatchLimits,
    pub delivery: DeliveryLimits,
    /// What a county adds to the list of the guidance («制定具体的改造内容清单»).
    #[serde(default)]
    pub items: Vec<Item>,
}

/// Where a rule stands in the document, and what it says there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Clause {
    /// E.g. 三(一).
    pub clause: String,
    pub quote: String,
}

/// DOMAIN §1.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Recognition {
    /// «建成于2000年以前»
    pub cutoff_year: i32,
    /// The text is ambiguous about the year 2000 itself; counted by default, with a warning.
    pub cutoff_year_counts: bool,
    /// R3: the least severity, 0..3, that is a confirmed gap.
    pub min_gap_severity: u8,
    /// R4 with counts: the least share of answers in favour …
    pub min_agree_share: f64,
    /// … of at least this share of the households asked.
    pub min_returned_share: f64,
}

/// DOMAIN §6. The ratios are `[least, most]`; to breach one is a warning.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CheckLimits {
    /// A building year before it is a slip of the pen.
    pub earliest_build_year: i32,
    pub floor_area_per_household_m2: [f64; 2],
    pub households_per_building: [f64; 2],
    pub floor_area_per_ground_area: [f64; 2],
}

/// DOMAIN §8: what is listed as a gap. The guidance has no numbers for it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CoverageLimits {
    /// A polygon of somebody's map is covered if at least this share of it lies in boundaries.
    pub covered_share: f64,
    /// Sheds and the like: nobody lives in less.
    pub least_m2: f64,
    /// A polygon smaller than this is a house and no estate: it is joined to its neighbours …
    pub house_m2: f64,
    /// … that lie this near …
    pub cluster_m: f64,
    /// … as long as all of them fit into a square of this side.
    pub most_cluster_m: f64,
    /// The side of a cell of the grid that a town is searched by.
    pub cell_m: u32,
}

impl RulePack {
    pub(super) const SHIPPED: &str = include_str!("../../data/rule_packs/JX-2019-26.json");

    /// The pack this program ships.
    ///
    /// # Errors
    /// Never in a build whose tests pass.
    pub fn shipped() -> Result<Self, CatalogueError> {
        parse("data/rule_packs/JX-2019-26.json", Self::SHIPPED)
    }

    /// The clause behind a rule or check with its words, as tables have it: 三(一)「…」.
    pub fn cited(&self, key: &str) -> Option<String> {
        let clause = self.clauses.get(key)?;
        Some(format!("{}「{}」", clause.clause, clause.quote))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quote_stands_in_the_guidance() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/domain/guidance-2019-26.txt"
        );
        let Ok(guidance) = std::fs::read_to_string(path) else {
            eprintln!("skipped: {path} is absent");
            return;
        };
        let without_spaces = |text: &str| text.split_whitespace().collect::<String>();
        let guidance = without_spaces(&guidance);
        for (key, clause) in RulePack::shipped().unwrap().clauses {
            assert!(guidance.contains(&without_spaces(&clause.quote)), "{key}");
        }
    }
}
