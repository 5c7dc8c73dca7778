//! The batches of every county under the weights and the budget of the moment, and what the map's
//! themes show of them. Made anew when one of them moves, never otherwise.

use crate::jobs::planning::Planning;
use crate::model::{Batch, Budget, BudgetKey, EstateId, Survey, Yuan};
use crate::rules::batches::{Placed, Plan};
use crate::rules::score::{ScorePart, Weights};
use crate::ui::map::{Chosen, EstateFacts, ThemeFacts};
use rayon::prelude::*;
use std::sync::Arc;

/// What a ranking was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct RankingKey {
    /// Counts the passes of the rules over the survey.
    pub planning: u64,
    /// Of the survey that the budgets are from.
    pub revision: u64,
    pub year: i32,
    pub weights: Weights,
    pub what_if: Option<WhatIf>,
}

/// A budget that is tried out and saved nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIf {
    pub county_code: String,
    pub budget: Yuan,
}

/// Where an estate stands: in which of the plans, and at which place of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub plan: u32,
    pub at: u32,
}

pub struct Ranking {
    pub key: RankingKey,
    pub planning: Arc<Planning>,
    /// By county code.
    pub plans: Vec<(String, Plan)>,
    /// For each row of `planning`.
    places: Vec<Place>,
    pub facts: ThemeFacts,
}

impl Ranking {
    /// `changes` names this ranking to those who remember what they made of it.
    pub fn new(planning: Arc<Planning>, survey: &Survey, key: RankingKey, changes: u64) -> Self {
        let weights = &key.weights;
        let mut plans = planning.plans(survey, key.year, weights);
        if let Some(what_if) = &key.what_if {
            let of = BudgetKey {
                county_code: what_if.county_code.clone(),
                year: key.year,
            };
            let budget = Budget {
                budget: Some(what_if.budget),
                ..survey.budget(&of).cloned().unwrap_or_default()
            };
            let plan = planning.plan(&of, &budget, weights);
            plans.insert(of.county_code, plan);
        }
        let plans: Vec<_> = plans.into_iter().collect();
        let without = weights.with(ScorePart::Willingness, 0.0);
        let mut by_estate: Vec<_> = planning
            .rows
            .par_iter()
            .map(|row| {
                let score = weights.score(&row.parts);
                let need = without.score(&row.parts);
                let facts = EstateFacts {
                    verdict: Some(row.verdict),
                    score: Some([score.low, score.high]),
                    need: Some([need.low, need.high]),
                    ..EstateFacts::default()
                };
                (row.estate, facts)
            })
            .collect();
        let mut places = vec![Place { plan: 0, at: 0 }; planning.rows.len()];
        for (plan_index, (_, plan)) in plans.iter().enumerate() {
            let index = |placed: &Placed| {
                let row = |row: &crate::jobs::planning::PlanningRow| row.estate;
                planning.rows.binary_search_by_key(&placed.estate, row).ok()
            };
            let rows: Vec<_> = plan.placed.par_iter().map(index).collect();
            for (at, (placed, row)) in plan.placed.iter().zip(rows).enumerate() {
                let Some(row) = row else { continue };
                let facts = &mut by_estate[row].1;
                facts.batch = Some(placed.batch);
                facts.chosen = match placed.batch {
                    Batch::Implement => Chosen::Yes,
                    _ => Chosen::No,
                };
                places[row] = Place {
                    plan: plan_index as u32,
                    at: at as u32,
                };
            }
        }
        Self {
            key,
            planning,
            plans,
            places,
            facts: ThemeFacts { by_estate, changes },
        }
    }

    pub fn changes(&self) -> u64 {
        self.facts.changes
    }

    pub fn plan(&self, county_code: &str) -> Option<&Plan> {
        let found = self.plans.iter().find(|(code, _)| code == county_code);
        found.map(|(_, plan)| plan)
    }

    pub fn placed(&self, place: Place) -> &Placed {
        &self.plans[place.plan as usize].1.placed[place.at as usize]
    }

    /// Where an estate stands; `None` for one that the rules have not seen yet.
    pub fn place_of(&self, estate: EstateId) -> Option<Place> {
        let rows = &self.planning.rows;
        let row = rows.binary_search_by_key(&estate, |row| row.estate).ok()?;
        let place = self.places[row];
        (self.placed(place).estate == estate).then_some(place)
    }

    /// The places of a county, or of all; best first within each county.
    pub fn places(&self, county_code: Option<&str>) -> Vec<Place> {
        let of_scope = |(_, (code, _)): &(usize, &(String, Plan))| {
            county_code.is_none_or(|county| county == code)
        };
        let plans = self.plans.iter().enumerate().filter(of_scope);
        plans
            .flat_map(|(plan, (_, found))| {
                (0..found.placed.len()).map(move |at| Place {
                    plan: plan as u32,
                    at: at as u32,
                })
            })
            .collect()
    }
}

/// What the implemented estates of a plan come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    pub estates: usize,
    pub households: u64,
    pub floor_area_m2: f64,
    /// Estates whose households or floor area nobody counted.
    pub uncounted: usize,
}

impl Sums {
    pub fn of<'a>(plans: impl Iterator<Item = &'a Plan>, survey: &Survey) -> Self {
        let mut sums = Self::default();
        for placed in plans.flat_map(|plan| plan.of_batch(Batch::Implement)) {
            let Some(estate) = survey.estate(placed.estate) else {
                continue;
            };
            sums.estates += 1;
            sums.households += estate.households.map_or(0, u64::from);
            sums.floor_area_m2 += estate.floor_area_m2.unwrap_or(0.0);
            if estate.households.is_none() || estate.floor_area_m2.is_none() {
                sums.uncounted += 1;
            }
        }
        sums
    }
}
