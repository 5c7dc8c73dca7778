//! W19: it is already in an earlier year's plan that was given out (四(二), «合理确定年度改造任务»): counted twice
//! in two years' tasks, or put off. A plan drawn up in another county's name holds all the same.

use super::{CheckCode, Detail, Finding, ProjectDetail, ProjectPart};
use crate::model::{Batch, EstateId, Project, Survey};
use crate::rules::delivery::plan_year;
use crate::rules::projects::year_plans;
use std::collections::BTreeMap;

/// Which plans list each estate for implementation: year and number.
pub(super) struct EarlierPlans<'a>(BTreeMap<EstateId, BTreeMap<i32, &'a str>>);

impl<'a> EarlierPlans<'a> {
    pub(super) fn of(survey: &'a Survey) -> Self {
        let mut plans: BTreeMap<EstateId, BTreeMap<i32, &str>> = BTreeMap::new();
        for plan in year_plans(survey) {
            let entries = plan.entries.iter();
            for entry in entries.filter(|entry| entry.batch == Batch::Implement) {
                let of_estate = plans.entry(survey.root(entry.estate)).or_default();
                of_estate.insert(plan.year, &plan.number);
            }
        }
        Self(plans)
    }

    pub(super) fn check(&self, project: &Project) -> Option<Finding> {
        let planned = plan_year(project)?;
        let (year, number) = self.0.get(&project.estate)?.range(..planned).next_back()?;
        let detail = ProjectDetail::PlannedBefore {
            number: (*number).to_owned(),
            year: *year,
        };
        Some(
            Finding::warns(CheckCode::PlannedBefore, Detail::Project(detail))
                .about(project.estate)
                .of_project(ProjectPart::Year),
        )
    }
}
