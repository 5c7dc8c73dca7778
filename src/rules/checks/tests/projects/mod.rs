//! E07–E13 and W14–W20: projects, and what a county's year costs.

mod errors;
mod warnings;

use super::*;
use crate::model::{
    CentralMoney, EstateId, FundingLine, FundingSource, FundingStatus, PlanItem, Project,
    ProjectPart, Snapshot, WorkType, Yuan,
};
use crate::rules::sample::{ample_budget, complete_project, id, item};

type Found = (&'static str, Option<ProjectPart>, Gravity);

/// What one project shows beside a complete estate, on 29 November 2026.
fn project_found(change: impl FnOnce(&mut Estate, &mut Project)) -> Vec<Found> {
    details(change)
        .into_iter()
        .map(|(found, _)| found)
        .collect()
}

fn details(change: impl FnOnce(&mut Estate, &mut Project)) -> Vec<(Found, ProjectDetail)> {
    let catalogue = Catalogue::shipped();
    let (mut estate, mut project) = (complete_estate(1), complete_project(1));
    change(&mut estate, &mut project);
    let found = check_project(&estate, &project, &context(&catalogue));
    found
        .into_iter()
        .map(|finding| {
            assert_eq!(finding.estate, Some(id(1)));
            let Detail::Project(detail) = finding.detail else {
                panic!("{:?}", finding.detail);
            };
            ((finding.code.key(), finding.part, finding.gravity), detail)
        })
        .collect()
}

fn blocks(code: &'static str, part: ProjectPart) -> Found {
    (code, Some(part), Gravity::Blocks)
}

fn warns(code: &'static str, part: ProjectPart) -> Found {
    (code, Some(part), Gravity::Warns)
}

fn apply(project: &mut Project) {
    for planned in &mut project.content {
        planned.central_money = CentralMoney::AppliedFor;
    }
}

fn content(project: &mut Project, codes: &[&str]) {
    let items = codes.iter();
    project.content = items
        .map(|code| PlanItem::new(item(code), WorkType::Renew))
        .collect();
}

fn central_line(project: &mut Project, amount: u64) {
    project.funding.push(FundingLine {
        source: FundingSource::CentralSubsidy,
        amount: Yuan(amount),
        status: FundingStatus::Intended,
        note: String::new(),
    });
}

/// The findings about projects of a whole survey, with a year that can bear everything.
fn survey_found(
    estates: Vec<Estate>,
    projects: Vec<Project>,
    snapshots: Vec<Snapshot>,
) -> Vec<(Found, EstateId)> {
    let catalogue = Catalogue::shipped();
    let years = [2025, 2026, 2027].map(|year| ample_budget("360102", year));
    let survey = Survey::from_parts(estates, [], [], Settings::default());
    let survey = survey.with_plans(projects, years, snapshots);
    let findings = check(&survey, &[], &context(&catalogue)).into_iter();
    let of_projects = findings.filter(|f| matches!(f.detail, Detail::Project(_)));
    of_projects
        .map(|f| ((f.code.key(), f.part, f.gravity), f.estate.unwrap()))
        .collect()
}
