//! E11: in the batch that is implemented is nothing without a plan, an implementing unit and its
//! funds (三(三)2–3: «商定改造内容、资金来源», «落实项目实施单位»). Looked at is what a person placed there and
//! what the plans given out list.

use super::{CheckCode, Context, Detail, Finding, ImplementNeed, ProjectDetail, ProjectPart};
use crate::catalogue::BatchLimits;
use crate::model::{Batch, EstateId, Project, Survey};
use crate::rules::batches::{counting_funds, is_funded};
use crate::rules::funding::cost;
use crate::rules::projects::{GivenOut, counted_projects, is_postponed, year_plans};
use std::collections::BTreeSet;

pub(super) fn check(survey: &Survey, context: &Context) -> Vec<Finding> {
    let pack = &context.catalogue.rules.batches;
    implemented(survey)
        .into_iter()
        .filter_map(|id| {
            let lacking = lacking(survey.project(id).map(|project| &**project), pack);
            let part = match lacking.first()? {
                ImplementNeed::Plan => ProjectPart::Content,
                ImplementNeed::Unit => ProjectPart::Units,
                ImplementNeed::Funds => ProjectPart::Funding,
            };
            let detail = Detail::Project(ProjectDetail::NotReady { lacking });
            let finding = Finding::blocks(CheckCode::Implement, detail);
            Some(finding.about(id).of_project(part))
        })
        .collect()
}

/// The estates in the implement batch of any year.
fn implemented(survey: &Survey) -> BTreeSet<EstateId> {
    let placed = counted_projects(survey).filter(|(_, project)| {
        let placement = project.placement.as_ref();
        placement.is_some_and(|placement| placement.batch == Batch::Implement)
    });
    let mut estates: BTreeSet<EstateId> = placed.map(|(estate, _)| estate.id).collect();
    let years: BTreeSet<i32> = year_plans(survey).iter().map(|plan| plan.year).collect();
    for year in years {
        let given_out = GivenOut::of(survey, year);
        let listed = given_out.estates(survey).map(|estate| estate.id);
        estates.extend(listed.filter(|id| {
            let project = survey.project(*id);
            project.is_none_or(|project| !is_postponed(project, year))
        }));
    }
    estates
}

/// A cost that nobody knows is not covered.
fn lacking(project: Option<&Project>, pack: &BatchLimits) -> Vec<ImplementNeed> {
    let has = |need| match (project, need) {
        (None, _) => false,
        (Some(project), ImplementNeed::Plan) => !project.content.is_empty(),
        (Some(project), ImplementNeed::Unit) => !project.implementing_unit.trim().is_empty(),
        (Some(project), ImplementNeed::Funds) => has_funds(project, pack),
    };
    let needs = ImplementNeed::ALL.into_iter();
    needs.filter(|need| !has(*need)).collect()
}

/// As the batches count them: lines that are sure enough, against the whole cost.
fn has_funds(project: &Project, pack: &BatchLimits) -> bool {
    let counting = counting_funds(&project.funding, pack);
    is_funded(cost(&project.content), counting, pack)
}
