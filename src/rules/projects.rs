//! Which record a project belongs to now, 四(三) «落实到具体项目»: a record may have been merged, or
//! withdrawn, after its project was entered. The project stays where it is; nothing is lost, and
//! nothing moves by itself.

use crate::model::{Estate, EstateId, Project, Standing, Survey};
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

/// The project of the physical estate that `estate` is a record of: its own, or that of the record
/// that counts it.
pub fn project_of(survey: &Survey, estate: EstateId) -> Option<&Arc<Project>> {
    let own = survey.project(estate);
    own.or_else(|| survey.project(survey.root(estate)))
}

/// The projects of the records that count, each with its record: what plans and figures add up.
pub fn counted_projects(survey: &Survey) -> impl Iterator<Item = (&Arc<Estate>, &Arc<Project>)> {
    survey.projects().filter_map(|project| {
        let estate = survey.estate(project.estate)?;
        estate.standing.is_counted().then_some((estate, project))
    })
}
