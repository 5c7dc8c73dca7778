//! Projects beside the records and the yearly plans: which record a project belongs to now, 四(三) «落实到具体项目»: a record may have been merged, or
//! withdrawn, after its project was entered. The project stays where it is; nothing is lost, and
//! nothing moves by itself.

use super::delivery::plan_year;
use crate::model::{
    Batch, Estate, EstateId, Project, Snapshot, SnapshotContent, Standing, Survey, YearPlan,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Where a project sits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// On a record that counts.
    Counted,
    /// On a record that is counted by another one, which is given.
    CountedBy(EstateId),
    /// On a record that a person withdrew.
    Withdrawn,
    /// On a record that is not there.
    Gone,
}

/// Where the project of `estate` sits now.
pub fn seat(survey: &Survey, estate: EstateId) -> Seat {
    let Some(record) = survey.estate(estate) else {
        return Seat::Gone;
    };
    match &record.standing {
        Standing::Counted => Seat::Counted,
        Standing::Withdrawn { .. } => Seat::Withdrawn,
        Standing::Merged { .. } | Standing::PartOf { .. } => Seat::CountedBy(survey.root(estate)),
    }
}

/// The projects of the records that count, each with its record: what plans and figures add up.
pub fn counted_projects(survey: &Survey) -> impl Iterator<Item = (&Arc<Estate>, &Arc<Project>)> {
    survey.projects().filter_map(|project| {
        let estate = survey.estate(project.estate)?;
        estate.standing.is_counted().then_some((estate, project))
    })
}

/// What the yearly plans given out say of a year: of each county with one, the estates that the
/// last one lists for implementation, each physical one once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GivenOut(BTreeMap<String, BTreeSet<EstateId>>);

impl GivenOut {
    /// Of the plans of `year`.
    pub fn of(survey: &Survey, year: i32) -> Self {
        let plans = year_plans(survey).into_iter();
        let plans = plans.filter(|plan| plan.year == year);
        Self(
            plans
                .map(|plan| {
                    let entries = plan.entries.iter();
                    let listed = entries.filter(|entry| entry.batch == Batch::Implement);
                    let listed = listed.map(|entry| survey.root(entry.estate)).collect();
                    (plan.county_code.clone(), listed)
                })
                .collect(),
        )
    }

    pub fn has_plan_of(&self, county_code: &str) -> bool {
        self.0.contains_key(county_code)
    }

    pub fn lists(&self, estate: EstateId) -> bool {
        self.0.values().any(|listed| listed.contains(&estate))
    }

    /// Every estate listed that still counts.
    pub fn estates<'a>(&'a self, survey: &'a Survey) -> impl Iterator<Item = &'a Arc<Estate>> {
        let listed = self.0.values().flatten();
        let estates = listed.filter_map(|id| survey.estate(*id));
        estates.filter(|estate| estate.standing.is_counted())
    }
}

/// The estates planned for a year: what the plans given out list; in a county without one, the
/// projects meant for the year.
pub fn planned_for(survey: &Survey, year: i32, given_out: &GivenOut) -> BTreeSet<EstateId> {
    let listed = given_out.estates(survey).map(|estate| estate.id);
    let meant = counted_projects(survey).filter(|(estate, project)| {
        !given_out.has_plan_of(&estate.county_code) && plan_year(project) == Some(year)
    });
    listed.chain(meant.map(|(estate, _)| estate.id)).collect()
}

/// Whether a project that the plan of `year` lists was put off into another year since.
pub fn is_postponed(project: &Project, year: i32) -> bool {
    project.year.is_some_and(|meant| meant != year)
}

/// The yearly plans given out, in the order they were.
pub fn year_plans(survey: &Survey) -> Vec<&YearPlan> {
    let mut taken: Vec<&Arc<Snapshot>> = survey.snapshots().collect();
    taken.sort_by_key(|snapshot| (snapshot.taken_at, snapshot.id));
    let plans = taken.into_iter().filter_map(|one| match &one.content {
        SnapshotContent::YearPlan(plan) => Some(plan),
        SnapshotContent::Scores(_) | SnapshotContent::Assessment(_) => None,
    });
    plans.collect()
}
