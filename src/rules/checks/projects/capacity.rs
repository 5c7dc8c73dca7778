//! E09: «确保市、县的改造计划与其财政承受能力匹配», 四(三). What the estates planned for a year cost the county itself
//! is within what it can bear, and somebody assessed that («切实评估论证», 四(二)).

use super::{CheckCode, Detail, Finding, ProjectDetail};
use crate::model::{BudgetKey, Survey, Yuan};
use crate::rules::funding::sums;
use crate::rules::projects::{GivenOut, is_postponed, planned_for};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(survey: &Survey) -> Vec<Finding> {
    let sums = local_fiscal_of_years(survey);
    sums.into_iter()
        .filter_map(|(key, planned)| {
            let (county_code, year) = (key.county_code.clone(), key.year);
            let capacity = survey.budget(&key).and_then(|budget| budget.capacity);
            let detail = match capacity {
                None if planned > Yuan::ZERO => ProjectDetail::CapacityMissing {
                    county_code,
                    year,
                    planned,
                },
                Some(capacity) if planned > capacity => ProjectDetail::OverCapacity {
                    county_code,
                    year,
                    planned,
                    capacity,
                },
                _ => return None,
            };
            let finding = Finding::blocks(CheckCode::Capacity, Detail::Project(detail));
            Some(finding.of_budget(key))
        })
        .collect()
}

/// What the estates planned for each county's year cost the county, whatever the status of the
/// line: an intention to pay has to be borne as well.
pub fn local_fiscal_of_years(survey: &Survey) -> BTreeMap<BudgetKey, Yuan> {
    let mut sums_of_years: BTreeMap<BudgetKey, Yuan> = BTreeMap::new();
    let years: BTreeSet<i32> = crate::rules::assessment::years(survey);
    for year in years {
        let given_out = GivenOut::of(survey, year);
        for id in planned_for(survey, year, &given_out) {
            let (Some(estate), Some(project)) = (survey.estate(id), survey.project(id)) else {
                continue;
            };
            // It costs the year that it was put off into.
            if is_postponed(project, year) {
                continue;
            }
            let key = BudgetKey {
                county_code: estate.county_code.clone(),
                year,
            };
            let sum = sums_of_years.entry(key).or_default();
            *sum = *sum + sums(project).local_fiscal;
        }
    }
    sums_of_years
}
