//! 年度改造计划, 四(二): a county's year as it was decided, and what has become of it since.

use super::batches::Plan;
use super::score::{Ranked, Weights};
use crate::model::{
    Batch, Budget, BudgetKey, EstateId, ScoreVersion, Survey, YearPlan, YearPlanEntry, Yuan,
};
use std::collections::BTreeMap;

/// What a plan comes to, with the values of today. It has no number yet: the survey gives it.
///
/// What is not admitted is no entry: it is no old estate.
pub fn year_plan(
    plan: &Plan,
    survey: &Survey,
    key: &BudgetKey,
    budget: &Budget,
    weights: &Weights,
) -> YearPlan {
    let entries = plan
        .placed
        .iter()
        .filter(|placed| placed.batch != Batch::NotAdmitted)
        .filter_map(|placed| {
            let estate = survey.estate(placed.estate)?;
            Some(YearPlanEntry {
                estate: estate.id,
                name: estate.name.clone(),
                lib_no: estate.lib_no.clone(),
                batch: placed.batch,
                reason: placed.reason.key().to_owned(),
                low: placed.score.low,
                high: placed.score.high,
                households: estate.households,
                buildings: estate.buildings,
                floor_area_m2: estate.floor_area_m2,
                cost: placed.cost,
                local_fiscal: placed.local_fiscal,
            })
        });
    YearPlan {
        number: String::new(),
        county_code: key.county_code.clone(),
        year: key.year,
        budget: budget.budget,
        capacity: budget.capacity,
        weights: weights.to_map(),
        entries: entries.collect(),
    }
}

/// What became of a frozen plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlanComparison {
    /// In today's plan alone.
    pub entered: Vec<YearPlanEntry>,
    /// In the frozen plan alone.
    pub left: Vec<YearPlanEntry>,
    /// In another batch than then.
    pub moved: Vec<Moved>,
    /// In the same batch or not, with other values than then.
    pub changed: Vec<Changed>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    pub estate: EstateId,
    /// As it is called today.
    pub name: String,
    pub from: Batch,
    pub to: Batch,
    /// The keys of the reasons, then and now.
    pub reasons: [String; 2],
}

#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    pub estate: EstateId,
    pub name: String,
    pub values: Vec<ChangedValue>,
}

/// One value, then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ChangedValue {
    /// Another name; both stand in the entries.
    Name,
    /// The low and the high end of the score.
    Score {
        before: [f64; 2],
        after: [f64; 2],
    },
    Households {
        before: Option<u32>,
        after: Option<u32>,
    },
    Buildings {
        before: Option<u32>,
        after: Option<u32>,
    },
    FloorArea {
        before: Option<f64>,
        after: Option<f64>,
    },
    Cost {
        before: Option<Yuan>,
        after: Option<Yuan>,
    },
    LocalFiscal {
        before: Yuan,
        after: Yuan,
    },
}

/// Compares a frozen plan with what the rules say today, in the order of the plans.
pub fn compare(frozen: &YearPlan, today: &YearPlan) -> PlanComparison {
    let then: BTreeMap<_, _> = frozen.entries.iter().map(|it| (it.estate, it)).collect();
    let now: BTreeMap<_, _> = today.entries.iter().map(|it| (it.estate, it)).collect();
    let mut comparison = PlanComparison::default();
    for entry in &today.entries {
        let Some(before) = then.get(&entry.estate) else {
            comparison.entered.push(entry.clone());
            continue;
        };
        if before.batch != entry.batch {
            comparison.moved.push(Moved {
                estate: entry.estate,
                name: entry.name.clone(),
                from: before.batch,
                to: entry.batch,
                reasons: [before.reason.clone(), entry.reason.clone()],
            });
        }
        let values = changed_values(before, entry);
        if !values.is_empty() {
            comparison.changed.push(Changed {
                estate: entry.estate,
                name: entry.name.clone(),
                values,
            });
        }
    }
    let gone = frozen.entries.iter();
    comparison.left = gone
        .filter(|entry| !now.contains_key(&entry.estate))
        .cloned()
        .collect();
    comparison
}

fn changed_values(before: &YearPlanEntry, after: &YearPlanEntry) -> Vec<ChangedValue> {
    let mut values = Vec::new();
    let mut note = |changed: bool, value| {
        if changed {
            values.push(value);
        }
    };
    note(before.name != after.name, ChangedValue::Name);
    let scores = [[before.low, before.high], [after.low, after.high]];
    note(
        scores[0] != scores[1],
        ChangedValue::Score {
            before: scores[0],
            after: scores[1],
        },
    );
    note(
        before.households != after.households,
        ChangedValue::Households {
            before: before.households,
            after: after.households,
        },
    );
    note(
        before.buildings != after.buildings,
        ChangedValue::Buildings {
            before: before.buildings,
            after: after.buildings,
        },
    );
    note(
        before.floor_area_m2 != after.floor_area_m2,
        ChangedValue::FloorArea {
            before: before.floor_area_m2,
            after: after.floor_area_m2,
        },
    );
    note(
        before.cost != after.cost,
        ChangedValue::Cost {
            before: before.cost,
            after: after.cost,
        },
    );
    note(
        before.local_fiscal != after.local_fiscal,
        ChangedValue::LocalFiscal {
            before: before.local_fiscal,
            after: after.local_fiscal,
        },
    );
    values
}

/// What became of a frozen ranking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RankingComparison {
    /// Ranked today alone, and at which place (1 is the best).
    pub entered: Vec<(EstateId, usize)>,
    /// Ranked then alone, and at which place.
    pub left: Vec<(EstateId, usize)>,
    /// At another place, in the order of today.
    pub moved: Vec<MovedRank>,
    /// With another score, in the order of today.
    pub changed: Vec<ChangedScore>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MovedRank {
    pub estate: EstateId,
    pub from: usize,
    pub to: usize,
}

/// The low and the high end, then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChangedScore {
    pub estate: EstateId,
    pub before: [f64; 2],
    pub after: [f64; 2],
}

/// Compares a frozen ranking with today's.
pub fn compare_ranking(frozen: &ScoreVersion, today: &[Ranked]) -> RankingComparison {
    let places = |ids: &mut dyn Iterator<Item = EstateId>| -> BTreeMap<EstateId, usize> {
        ids.zip(1..).collect()
    };
    let then = places(&mut frozen.ranking.iter().map(|it| it.estate));
    let now = places(&mut today.iter().map(|it| it.estate));
    let mut comparison = RankingComparison::default();
    for (ranked, to) in today.iter().zip(1..) {
        let estate = ranked.estate;
        let Some(from) = then.get(&estate).copied() else {
            comparison.entered.push((estate, to));
            continue;
        };
        if from != to {
            comparison.moved.push(MovedRank { estate, from, to });
        }
        let old = &frozen.ranking[from - 1];
        let (before, after) = ([old.low, old.high], [ranked.score.low, ranked.score.high]);
        if before != after {
            comparison.changed.push(ChangedScore {
                estate,
                before,
                after,
            });
        }
    }
    let gone = frozen.ranking.iter().zip(1..);
    comparison.left = gone
        .filter(|(score, _)| !now.contains_key(&score.estate))
        .map(|(score, place)| (score.estate, place))
        .collect();
    comparison
}

#[cfg(test)]
#[path = "year_plan_tests.rs"]
mod tests;
