//! One pass over a survey for everything that planning asks of each estate. Made once for each state
//! of the survey; other weights, other budgets and other years are worked out from it at once.

use crate::catalogue::{Catalogue, RulePack};
use crate::model::{Budget, BudgetKey, Estate, EstateId, Pair, Survey, Verdict, YearPlan};
use crate::progress::{Cancelled, Progress};
use crate::rules::batches::{
    Candidate, Duplicates, Movement, Placed, Plan, fill_scored, sensitivity,
};
use crate::rules::recognition::{RecognitionVerdict, recognise};
use crate::rules::score::{self, Interval, Ranked, ScoreParts, Weights};
use crate::rules::subsidy::{self, Subsidy};
use crate::rules::year_plan::year_plan;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// How many records are looked at between two looks at whether to stop.
const STRIDE: usize = 4096;

/// Every estate that counts, with what planning asks of it.
#[derive(Clone, Debug)]
pub struct Planning {
    /// In the order of the keys.
    pub rows: Vec<PlanningRow>,
    /// By whose numbers.
    pub pack: Arc<RulePack>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlanningRow {
    pub estate: EstateId,
    /// 6 digits: the record's own, else the survey's; empty where neither is known.
    pub county_code: String,
    pub verdict: RecognitionVerdict,
    pub parts: ScoreParts,
    /// Of its planned content; `None` where nothing is planned.
    pub subsidy: Option<Subsidy>,
    /// Scored with the pack's own weights.
    pub candidate: Candidate,
}

/// Looks at every estate that counts. `open_pairs` are those that may be one estate and that nobody
/// has decided (E03).
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn planning(
    survey: &Survey,
    catalogue: &Catalogue,
    open_pairs: &[Pair],
    progress: &Progress,
) -> Result<Planning, Cancelled> {
    let counted: Vec<&Arc<Estate>> = survey.counted().collect();
    let mut rows = Vec::with_capacity(counted.len());
    progress.begin(counted.len() as u64);
    for some in counted.chunks(STRIDE) {
        let looked_at = some.par_iter().map(|estate| row(survey, estate, catalogue));
        rows.par_extend(looked_at);
        progress.reach(rows.len() as u64)?;
    }
    mark_open(survey, open_pairs, &mut rows);
    Ok(Planning {
        rows,
        pack: Arc::new(catalogue.rules.clone()),
    })
}

/// E03: both records of a pair that nobody has decided wait, as long as both may count.
fn mark_open(survey: &Survey, open_pairs: &[Pair], rows: &mut [PlanningRow]) {
    let unsure = survey
        .decisions()
        .filter(|decision| decision.verdict == Verdict::Unsure)
        .map(|decision| decision.pair);
    for pair in open_pairs.iter().copied().chain(unsure) {
        let at = |id: EstateId| {
            let at = rows.binary_search_by_key(&id, |row| row.estate).ok()?;
            (rows[at].verdict != RecognitionVerdict::NotRecognised).then_some(at)
        };
        if let (Some(a), Some(b)) = (at(pair.a()), at(pair.b())) {
            rows[a].candidate.duplicates = Duplicates::Open;
            rows[b].candidate.duplicates = Duplicates::Open;
        }
    }
}

fn row(survey: &Survey, estate: &Estate, catalogue: &Catalogue) -> PlanningRow {
    let rules = &catalogue.rules;
    let project = survey.project(estate.id).map(|project| &**project);
    let recognised = recognise(estate, &catalogue.items, &rules.recognition);
    let parts = score::parts(estate, &catalogue.items, &rules.score);
    let subsidy = project
        .filter(|project| !project.content.is_empty())
        .map(|project| subsidy::judge(&project.content, &catalogue.items, &rules.subsidy));
    let candidate = Candidate::of(
        estate,
        project,
        &recognised,
        Duplicates::None,
        parts,
        subsidy.as_ref(),
        catalogue,
    );
    PlanningRow {
        estate: estate.id,
        county_code: county_of(survey, estate).to_owned(),
        verdict: recognised.verdict,
        parts,
        subsidy,
        candidate,
    }
}

/// The county whose plan an estate is in.
pub fn county_of<'a>(survey: &'a Survey, estate: &'a Estate) -> &'a str {
    match estate.county_code.is_empty() {
        true => &survey.settings().county_code,
        false => &estate.county_code,
    }
}

impl Planning {
    pub fn weights(&self) -> Weights {
        Weights::of_pack(&self.pack.score)
    }

    pub fn row(&self, estate: EstateId) -> Option<&PlanningRow> {
        let at = self.rows.binary_search_by_key(&estate, |row| row.estate);
        at.ok().map(|at| &self.rows[at])
    }

    /// Every county with an estate.
    pub fn counties(&self) -> BTreeSet<&str> {
        self.rows
            .iter()
            .map(|row| row.county_code.as_str())
            .collect()
    }

    /// Every estate, best first.
    pub fn ranked(&self, weights: &Weights) -> Vec<Ranked> {
        let parts: Vec<_> = self
            .rows
            .iter()
            .map(|row| (row.estate, row.parts))
            .collect();
        score::rank(&parts, weights)
    }

    /// The batches of one county's year.
    pub fn plan(&self, key: &BudgetKey, budget: &Budget, weights: &Weights) -> Plan {
        let scored = self.scored(&key.county_code, weights);
        fill_scored(&scored, key.year, budget, &self.pack.batches)
    }

    /// The batches of a year, county by county, each within the budget that the survey holds for it.
    pub fn plans(&self, survey: &Survey, year: i32, weights: &Weights) -> BTreeMap<String, Plan> {
        let mut of_county: BTreeMap<&str, Vec<(&Candidate, Interval)>> = BTreeMap::new();
        for row in &self.rows {
            let scored = (&row.candidate, weights.score(&row.parts));
            of_county.entry(&row.county_code).or_default().push(scored);
        }
        let of_county = of_county.into_iter();
        of_county
            .map(|(county_code, scored)| {
                let key = BudgetKey {
                    county_code: county_code.to_owned(),
                    year,
                };
                let budget = survey.budget(&key).cloned().unwrap_or_default();
                let plan = fill_scored(&scored, year, &budget, &self.pack.batches);
                (key.county_code, plan)
            })
            .collect()
    }

    /// Where every estate stands in `year`: in the plan of its own project's year where that has
    /// come, else in the plan of `year`. What was implemented last year is no plan for this one.
    pub fn standings(
        &self,
        survey: &Survey,
        year: i32,
        weights: &Weights,
    ) -> BTreeMap<EstateId, Placed> {
        let own_year = |estate: EstateId| {
            let own = self.row(estate).and_then(|row| row.candidate.year);
            own.filter(|own| *own < year).unwrap_or(year)
        };
        let years: BTreeSet<i32> = self.rows.iter().map(|row| own_year(row.estate)).collect();
        let mut standings = BTreeMap::new();
        for some_year in years {
            let plans = self.plans(survey, some_year, weights).into_values();
            let placed = plans.flat_map(|plan| plan.placed);
            let own = placed.filter(|placed| own_year(placed.estate) == some_year);
            standings.extend(own.map(|placed| (placed.estate, placed)));
        }
        standings
    }

    /// Who would enter or leave the implemented batch of a county's year if a weight moved.
    pub fn sensitivity(
        &self,
        key: &BudgetKey,
        budget: &Budget,
        weights: &Weights,
    ) -> Vec<Movement> {
        let candidates: Vec<_> = self.of_county(&key.county_code).collect();
        let pack = &self.pack;
        sensitivity(
            &candidates,
            key.year,
            budget,
            weights,
            &pack.score,
            &pack.batches,
        )
    }

    /// The yearly plan that a freeze would issue today.
    pub fn year_plan(
        &self,
        survey: &Survey,
        key: &BudgetKey,
        budget: &Budget,
        weights: &Weights,
    ) -> YearPlan {
        let plan = self.plan(key, budget, weights);
        year_plan(&plan, survey, key, budget, weights)
    }

    fn of_county(&self, county_code: &str) -> impl Iterator<Item = &Candidate> {
        let rows = self
            .rows
            .iter()
            .filter(move |row| row.county_code == county_code);
        rows.map(|row| &row.candidate)
    }

    fn scored(&self, county_code: &str, weights: &Weights) -> Vec<(&Candidate, Interval)> {
        let candidates = self.of_county(county_code);
        candidates
            .map(|candidate| (candidate, weights.score(&candidate.parts)))
            .collect()
    }
}

#[cfg(test)]
#[path = "planning_tests.rs"]
mod tests;
