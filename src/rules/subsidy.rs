//! The rule of the central subsidy, 三(二): «改造内容须包括对水、电、路、气4项设施中至少2项进行更新；或者…
//! 包括加装电梯».
//!
//! Different utilities count, not items: four items on water are one. An item that the list marks
//! "configured" counts for sure only where the county holds it for a renewal; else the plan passes
//! only if it counts, and says so.

use crate::catalogue::{Item, Items, SubsidyLimits, SubsidyWeight};
use crate::model::{Coded, Condition, ItemCode, PlanItem, Utility};
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SubsidyOutcome {
    Pass,
    /// Only if the items that need a county's configuration count.
    PassIfConfigured,
    Fail,
}

impl Coded for SubsidyOutcome {
    const DOMAIN: &'static str = "subsidy_outcome";
    const ALL: &'static [Self] = &[Self::Pass, Self::PassIfConfigured, Self::Fail];

    fn key(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::PassIfConfigured => "pass_if_configured",
            Self::Fail => "fail",
        }
    }
}

/// The verdict about a plan, and what it was drawn from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Subsidy {
    pub outcome: SubsidyOutcome,
    /// The items that count, in the order of the list.
    pub counting: Vec<ItemCode>,
    /// The items that count only if the county configures them.
    pub configured: Vec<ItemCode>,
    /// What the counting items renew; a lift among them.
    pub utilities: BTreeSet<Utility>,
    /// What the configured items would add.
    pub if_configured: BTreeSet<Utility>,
    /// The items of a utility or lift that do not count, and why.
    pub not_counting: Vec<(ItemCode, NotCounting)>,
}

/// Why work on a utility does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotCounting {
    /// Repair, maintenance and clearing are no renewal («更新»).
    Work,
    /// «具备条件»: it is not there, so it will not be built.
    ConditionFails,
    /// C07 serves three utilities, and nobody chose which.
    UtilitiesNotChosen,
    /// The list says that it does not count.
    Listed,
}

/// How the whole content of a plan stands to the rule.
pub fn judge(content: &[PlanItem], items: &Items, pack: &SubsidyLimits) -> Subsidy {
    let mut counting = BTreeSet::new();
    let mut configured = BTreeSet::new();
    let mut utilities = BTreeSet::new();
    let mut if_configured = BTreeSet::new();
    let mut not_counting = BTreeSet::new();
    for planned in content {
        // An item that is not on the list is a finding of its own, and renews nothing here.
        let Some(item) = items.get(planned.item) else {
            continue;
        };
        if item.utilities.is_empty() {
            continue;
        }
        match standing(planned, item, pack) {
            Ok(Counts::Surely) => {
                counting.insert(item.code);
                utilities.extend(renewed(planned, item));
            }
            Ok(Counts::IfConfigured) => {
                configured.insert(item.code);
                if_configured.extend(renewed(planned, item));
            }
            Err(why) => {
                not_counting.insert((item.code, why));
            }
        }
    }
    if_configured = &if_configured - &utilities;
    let outcome = if passes(&utilities, pack) {
        SubsidyOutcome::Pass
    } else if passes(&(&utilities | &if_configured), pack) {
        SubsidyOutcome::PassIfConfigured
    } else {
        SubsidyOutcome::Fail
    };
    Subsidy {
        outcome,
        counting: counting.into_iter().collect(),
        configured: configured.into_iter().collect(),
        utilities,
        if_configured,
        not_counting: not_counting.into_iter().collect(),
    }
}

enum Counts {
    Surely,
    IfConfigured,
}

fn standing(planned: &PlanItem, item: &Item, pack: &SubsidyLimits) -> Result<Counts, NotCounting> {
    let counts = match item.subsidy {
        SubsidyWeight::No => return Err(NotCounting::Listed),
        SubsidyWeight::Yes => Counts::Surely,
        SubsidyWeight::Configured if pack.configured_items.contains(&item.code) => Counts::Surely,
        SubsidyWeight::Configured => Counts::IfConfigured,
    };
    if !pack.counting_work.contains(&planned.work) {
        Err(NotCounting::Work)
    } else if item.condition.is_some() && planned.condition == Some(Condition::Fails) {
        Err(NotCounting::ConditionFails)
    } else if renewed(planned, item).is_empty() {
        Err(NotCounting::UtilitiesNotChosen)
    } else {
        Ok(counts)
    }
}

/// What a planned item renews: its one utility, or of several those that were chosen.
pub fn renewed(planned: &PlanItem, item: &Item) -> BTreeSet<Utility> {
    let served: BTreeSet<Utility> = item.utilities.iter().copied().collect();
    match served.len() {
        0 | 1 => served,
        _ => &served & &planned.utilities,
    }
}

fn passes(utilities: &BTreeSet<Utility>, pack: &SubsidyLimits) -> bool {
    let essential = Utility::ESSENTIAL.iter();
    let renewed = essential.filter(|utility| utilities.contains(utility));
    utilities.contains(&Utility::Lift) || renewed.count() >= pack.least_utilities
}

#[cfg(test)]
#[path = "subsidy_tests.rs"]
mod tests;
