//! The checks of projects and of what a county's year costs (DOMAIN §6), one a file. A project is
//! looked at where its record counts; one on a record that was merged or withdrawn since is told of,
//! and asked for no more.

mod acceptance;
mod capacity;
mod central_lines;
mod detail;
mod earlier_plans;
mod fiscal;
mod for_show;
mod free_riders;
mod implement;
mod late;
mod management;
mod milestones;
mod seats;
mod subsidy;

pub use capacity::local_fiscal_of_years;
pub use detail::{ImplementNeed, ProjectDetail};

use super::{CheckCode, Context, Detail, Finding};
use crate::model::{Estate, Project, ProjectPart, Survey};
use crate::rules::batches;
use crate::rules::fate::Judgements;
use crate::rules::projects::counted_projects;
use crate::rules::recognition::{Recognised, recognise};

/// A project and the record that it belongs to.
struct Looked<'a> {
    estate: &'a Estate,
    project: &'a Project,
    recognised: &'a Recognised,
    context: &'a Context<'a>,
}

/// What concerns projects, by project, then by county and year.
pub(super) fn check(survey: &Survey, judgements: &Judgements, context: &Context) -> Vec<Finding> {
    let mut findings = seats::check(survey);
    let earlier = earlier_plans::EarlierPlans::of(survey);
    for (estate, project) in counted_projects(survey) {
        let Some(judgement) = judgements.get(&estate.id) else {
            continue;
        };
        findings.extend(look(&Looked {
            estate,
            project,
            recognised: &judgement.recognised,
            context,
        }));
        findings.extend(earlier.check(project));
    }
    findings.extend(implement::check(survey, context));
    findings.extend(capacity::check(survey));
    findings
}

/// The findings that one project shows by itself; quick enough to ask after every keystroke.
pub fn check_project(estate: &Estate, project: &Project, context: &Context) -> Vec<Finding> {
    let catalogue = context.catalogue;
    let recognised = recognise(estate, &catalogue.items, &catalogue.rules.recognition);
    look(&Looked {
        estate,
        project,
        recognised: &recognised,
        context,
    })
}

fn look(at: &Looked) -> Vec<Finding> {
    let mut findings = subsidy::check(at);
    findings.extend(free_riders::check(at));
    findings.extend(central_lines::check(at));
    findings.extend(milestones::check(at));
    findings.extend(acceptance::check(at));
    findings.extend(late::check(at));
    findings.extend(for_show::check(at));
    findings.extend(fiscal::check(at));
    findings.extend(management::check(at));
    findings
}

/// Whether central money is applied for: by an item, or as a funding line.
fn asks_central_money(project: &Project) -> bool {
    batches::asks_central_money(&project.content, &project.funding)
}

fn blocks(at: &Looked, code: CheckCode, part: ProjectPart, detail: ProjectDetail) -> Finding {
    Finding::blocks(code, Detail::Project(detail))
        .about(at.estate.id)
        .of_project(part)
}

fn warns(at: &Looked, code: CheckCode, part: ProjectPart, detail: ProjectDetail) -> Finding {
    Finding::warns(code, Detail::Project(detail))
        .about(at.estate.id)
        .of_project(part)
}
