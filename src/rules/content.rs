//! The content of a plan (改造内容, 三(二)): what the gaps ask for, and what is wrong with what was
//! planned.

use crate::catalogue::{Catalogue, ContentLimits, Item, Items};
use crate::model::{Condition, Estate, ItemCode, PlanItem, Severity, Utility, WorkType};
use serde::Serialize;
use std::collections::BTreeSet;

/// A plan for the surveyed gaps of an estate, in the order of the list: each with the work that the
/// text names or its severity asks for. What it costs and whether conditions hold, a person says.
///
/// C20–C27 are never proposed: that they are «与小区直接相关» needs a reason of a person's own.
pub fn propose(estate: &Estate, catalogue: &Catalogue) -> Vec<PlanItem> {
    let pack = &catalogue.rules.content;
    let gaps = estate.gaps.iter();
    gaps.filter(|(_, severity)| severity.degree() >= pack.propose_from)
        .filter_map(|(code, severity)| {
            let item = catalogue.items.get(*code)?;
            (!item.linked_outside).then(|| proposed(estate, item, *severity, catalogue))
        })
        .collect()
}

fn proposed(estate: &Estate, item: &Item, severity: Severity, catalogue: &Catalogue) -> PlanItem {
    let pack = &catalogue.rules.content;
    let work = work_for(item.code, severity, pack);
    let mut planned = PlanItem::new(item.code, work);
    if let Some(unit) = pack.unit_of_item.get(&item.code) {
        planned.unit.clone_from(unit);
    }
    if item.utilities.len() > 1 {
        planned.utilities = failing(estate, item, &catalogue.items, pack);
    }
    planned
}

/// The work that a gap asks for: what the text names for the item, else what its severity needs.
pub fn work_for(item: ItemCode, severity: Severity, pack: &ContentLimits) -> WorkType {
    let named = pack.work_of_item.get(&item);
    let needed = || pack.work_by_severity.get(&severity);
    // A pack without a word for this severity leaves the choice to a person; renewal is the text's
    // own «更新».
    named.or_else(needed).copied().unwrap_or(WorkType::Renew)
}

/// Of the utilities that an item serves, those whose own facility was found to lag.
fn failing(estate: &Estate, item: &Item, items: &Items, pack: &ContentLimits) -> BTreeSet<Utility> {
    let lags = |utility: &Utility| {
        let leading = items.leading(*utility)?;
        let severity = estate.gaps.get(&leading.code)?;
        Some(severity.degree() >= pack.propose_from)
    };
    let served = item.utilities.iter().copied();
    served
        .filter(|utility| lags(utility).unwrap_or(false))
        .collect()
}

/// What a plan item lacks, or what must not be in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ContentProblem {
    /// «无关建设内容», 四(三): neither the guidance nor the county lists it.
    NotOnList {
        item: ItemCode,
    },
    /// It stands in the plan more than once: it would be paid twice.
    Twice {
        item: ItemCode,
    },
    /// «具备条件», «有条件», «确需安装»: nobody said whether the condition holds …
    ConditionUnknown {
        item: ItemCode,
    },
    /// … it does not hold …
    ConditionFails {
        item: ItemCode,
    },
    /// … or it holds, and nobody said why.
    ConditionReasonMissing {
        item: ItemCode,
    },
    /// C20–C27: why is it «与小区直接相关»?
    LinkReasonMissing {
        item: ItemCode,
    },
    /// C07: which of water, power and gas?
    UtilitiesNotChosen {
        item: ItemCode,
    },
    NoQuantity {
        item: ItemCode,
    },
    /// A quantity without a unit says nothing.
    NoUnit {
        item: ItemCode,
    },
    NoCost {
        item: ItemCode,
    },
}

impl ContentProblem {
    pub fn item(self) -> ItemCode {
        match self {
            Self::NotOnList { item }
            | Self::Twice { item }
            | Self::ConditionUnknown { item }
            | Self::ConditionFails { item }
            | Self::ConditionReasonMissing { item }
            | Self::LinkReasonMissing { item }
            | Self::UtilitiesNotChosen { item }
            | Self::NoQuantity { item }
            | Self::NoUnit { item }
            | Self::NoCost { item } => item,
        }
    }

    /// The stable ASCII key.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotOnList { .. } => "not_on_list",
            Self::Twice { .. } => "twice",
            Self::ConditionUnknown { .. } => "condition_unknown",
            Self::ConditionFails { .. } => "condition_fails",
            Self::ConditionReasonMissing { .. } => "condition_reason_missing",
            Self::LinkReasonMissing { .. } => "link_reason_missing",
            Self::UtilitiesNotChosen { .. } => "utilities_not_chosen",
            Self::NoQuantity { .. } => "no_quantity",
            Self::NoUnit { .. } => "no_unit",
            Self::NoCost { .. } => "no_cost",
        }
    }
}

/// Every problem of a plan, item by item in the order it was planned.
pub fn problems(content: &[PlanItem], items: &Items) -> Vec<ContentProblem> {
    let mut problems = Vec::new();
    let mut met = BTreeSet::new();
    for planned in content {
        let code = planned.item;
        if !met.insert(code) {
            problems.push(ContentProblem::Twice { item: code });
        }
        match items.get(code) {
            Some(item) => problems.extend(of_item(planned, item)),
            None => problems.push(ContentProblem::NotOnList { item: code }),
        }
        match planned.quantity {
            None => problems.push(ContentProblem::NoQuantity { item: code }),
            Some(_) if planned.unit.trim().is_empty() => {
                problems.push(ContentProblem::NoUnit { item: code });
            }
            Some(_) => {}
        }
        if planned.cost.is_none() {
            problems.push(ContentProblem::NoCost { item: code });
        }
    }
    problems
}

fn of_item(planned: &PlanItem, item: &Item) -> Vec<ContentProblem> {
    let code = item.code;
    let mut problems = Vec::new();
    if item.condition.is_some() {
        match planned.condition {
            None => problems.push(ContentProblem::ConditionUnknown { item: code }),
            Some(Condition::Fails) => problems.push(ContentProblem::ConditionFails { item: code }),
            Some(Condition::Holds) if planned.condition_reason.trim().is_empty() => {
                problems.push(ContentProblem::ConditionReasonMissing { item: code });
            }
            Some(Condition::Holds) => {}
        }
    }
    if lacks_link_reason(planned, item) {
        problems.push(ContentProblem::LinkReasonMissing { item: code });
    }
    if item.utilities.len() > 1 && super::subsidy::renewed(planned, item).is_empty() {
        problems.push(ContentProblem::UtilitiesNotChosen { item: code });
    }
    problems
}

/// A utility whose gap is severe, while a plan does nothing but change how the estate looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ForShow {
    pub utility: Utility,
    pub severity: Severity,
}

/// «防止搞形象工程», 四(二): the worst severe gap of water, power, road or gas beside a plan of nothing
/// but appearance. `None` where nothing is planned, where something else is planned too, or where no
/// severe gap is known.
pub fn for_show(
    content: &[PlanItem],
    estate: &Estate,
    items: &Items,
    pack: &ContentLimits,
) -> Option<ForShow> {
    let is_appearance = |planned: &PlanItem| pack.appearance_groups.contains(&planned.item.group());
    if content.is_empty() || !content.iter().all(is_appearance) {
        return None;
    }
    let severe = Utility::ESSENTIAL.iter().filter_map(|utility| {
        let severity = items.utility_severity(estate, *utility)?;
        (severity.degree() >= pack.severe_from).then_some(ForShow {
            utility: *utility,
            severity,
        })
    });
    // Of equally bad ones the first in the text's order.
    severe.max_by_key(|show| (show.severity, std::cmp::Reverse(show.utility)))
}

/// C20–C27 are taken in where they are «与小区直接相关», and somebody has to say why.
pub(crate) fn lacks_link_reason(planned: &PlanItem, item: &Item) -> bool {
    item.linked_outside && planned.link_reason.trim().is_empty()
}

#[cfg(test)]
#[path = "content_tests.rs"]
mod tests;
