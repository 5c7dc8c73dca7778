//! A rule pack: every number of policy, with the authority it comes from. Results name it.

use super::{CatalogueError, DedupeLimits, parse};
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct RulePack {
    pub id: String,
    pub version: String,
    pub title: String,
    pub authority: String,
    /// The document's number, e.g. 赣建城〔2019〕26号.
    pub document: String,
    pub effective_from: String,
    pub recognition: Recognition,
    pub checks: CheckLimits,
    pub dedupe: DedupeLimits,
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

/// DOMAIN §6: bounds whose breach is a warning, `[least, most]`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct CheckLimits {
    pub floor_area_per_household_m2: [f64; 2],
    pub households_per_building: [f64; 2],
    pub floor_area_per_ground_area: [f64; 2],
}

impl RulePack {
    pub(super) fn shipped() -> Result<Self, CatalogueError> {
        parse(
            "data/rule_packs/JX-2019-26.json",
            include_str!("../../data/rule_packs/JX-2019-26.json"),
        )
    }
}
