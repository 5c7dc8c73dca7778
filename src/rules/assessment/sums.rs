//! The adding up.

use super::{Figure, Measure, Progress, Scope};
use crate::catalogue::Catalogue;
use crate::model::{
    Coded, Estate, EstateId, FundingSource, MilestoneKind, Project, Standing, Survey, Yuan,
};
use crate::rules::acceptance::{Acceptance, acceptance};
use crate::rules::communities::{CommunityStanding, communities};
use crate::rules::delivery::{has_come, lateness, year_named};
use crate::rules::fate::Judgements;
use crate::rules::projects::{GivenOut, counted_projects, is_postponed, planned_for};
use crate::rules::{evaluation, funding, management};
use std::collections::BTreeMap;
use std::sync::Arc;

type Figures = BTreeMap<Figure, f64>;
type Sited<'a> = (&'a Arc<Estate>, &'a Arc<Project>);

pub(super) fn figures(
    survey: &Survey,
    judgements: &Judgements,
    scope: &Scope,
    catalogue: &Catalogue,
) -> Figures {
    let mut figures = Figures::new();
    let given_out = GivenOut::of(survey, scope.year);
    let of_year: Vec<Sited> = counted_projects(survey)
        .filter(|(estate, project)| {
            lies_in(estate, scope) && is_of_year(estate, project, scope, &given_out)
        })
        .collect();
    progress(&mut figures, survey, scope, &of_year, &given_out);
    overdue(&mut figures, scope, &of_year, catalogue);
    money(&mut figures, &of_year);
    results(&mut figures, &of_year);
    register(&mut figures, survey, judgements, scope);
    figures
}

fn lies_in(estate: &Estate, scope: &Scope) -> bool {
    scope.county_code.is_empty() || estate.county_code == scope.county_code
}

/// Whether a project belongs to the year that is assessed: it is meant for it, or nobody says for
/// which year and the plan given out lists it. Of one that was put off, what was built still counts.
fn is_of_year(estate: &Estate, project: &Project, scope: &Scope, given_out: &GivenOut) -> bool {
    match year_named(project) {
        Some(year) => year == scope.year,
        None => given_out.lists(estate.id),
    }
}

fn progress(
    figures: &mut Figures,
    survey: &Survey,
    scope: &Scope,
    of_year: &[Sited],
    given_out: &GivenOut,
) {
    let mut planned = planned_for(survey, scope.year, given_out);
    let is_here = |id: &EstateId| survey.estate(*id).is_some_and(|one| lies_in(one, scope));
    planned.retain(is_here);
    let planned_estates = planned.iter().filter_map(|id| survey.estate(*id));
    measure(figures, Progress::Planned, planned_estates);
    for (progress, kind) in [
        (Progress::Started, MilestoneKind::Start),
        (Progress::Finished, MilestoneKind::Finish),
    ] {
        let reached = of_year
            .iter()
            .filter(|(_, project)| has_come(project, kind));
        measure(figures, progress, reached.map(|(estate, _)| *estate));
    }
    let accepted = of_year.iter().filter(|(_, project)| is_accepted(project));
    measure(
        figures,
        Progress::Accepted,
        accepted.map(|(estate, _)| *estate),
    );
    let outside = of_year.iter().filter(|(estate, project)| {
        has_come(project, MilestoneKind::Start) && !planned.contains(&estate.id)
    });
    count(figures, Figure::OutsidePlan, outside.count());
    let postponed = planned.iter().filter(|id| {
        let project = survey.project(**id);
        project.is_some_and(|project| is_postponed(project, scope.year))
    });
    count(figures, Figure::Postponed, postponed.count());
}

fn is_accepted(project: &Project) -> bool {
    matches!(acceptance(project), Acceptance::Complete { .. })
}

/// Adds up the measures of `estates`; what is not known of some is counted beside.
fn measure<'a>(
    figures: &mut Figures,
    progress: Progress,
    estates: impl Iterator<Item = &'a Arc<Estate>>,
) {
    let estates: Vec<&Arc<Estate>> = estates.collect();
    for measure in Measure::ALL {
        let values = estates.iter().map(|estate| match measure {
            Measure::Estates => Some(1.0),
            Measure::Households => estate.households.map(f64::from),
            Measure::Buildings => estate.buildings.map(f64::from),
            Measure::FloorArea => estate.floor_area_m2,
        });
        let known: Vec<f64> = values.flatten().collect();
        let unknown = estates.len() - known.len();
        if measure != Measure::Estates {
            count(figures, Figure::Unknown(progress, measure), unknown);
        }
        // Of estates of which nothing is known the sum is not 0.
        if unknown == 0 || !known.is_empty() {
            let sum = add_up(known);
            figures.insert(Figure::Reached(progress, measure), sum);
        }
    }
}

fn overdue(figures: &mut Figures, scope: &Scope, of_year: &[Sited], catalogue: &Catalogue) {
    for (figure, kind) in [
        (Figure::StartOverdue, MilestoneKind::Start),
        (Figure::FinishOverdue, MilestoneKind::Finish),
    ] {
        let overdue = of_year.iter().filter(|(_, project)| {
            let late = lateness(project, scope.today, catalogue);
            late.iter()
                .any(|late| late.milestone == kind && late.is_overdue())
        });
        count(figures, figure, overdue.count());
    }
}

fn money(figures: &mut Figures, of_year: &[Sited]) {
    let sums: Vec<_> = of_year
        .iter()
        .map(|(_, project)| funding::sums(project))
        .collect();
    let mut add = |figure, amounts: Vec<Yuan>| {
        let sum: Yuan = amounts.into_iter().sum();
        figures.insert(figure, sum.wan());
    };
    add(
        Figure::FundingTotal,
        sums.iter().map(|s| s.total()).collect(),
    );
    add(
        Figure::FundingIntended,
        sums.iter().map(|s| s.intended).collect(),
    );
    add(
        Figure::FundingCommitted,
        sums.iter().map(|s| s.committed).collect(),
    );
    add(
        Figure::FundingReceived,
        sums.iter().map(|s| s.received).collect(),
    );
    for source in FundingSource::ALL.iter().copied() {
        let of_source = sums
            .iter()
            .filter_map(|s| s.by_source.get(&source).copied());
        add(Figure::FundingOf(source), of_source.collect());
    }
    let costs: Vec<Yuan> = sums.iter().filter_map(|s| s.cost).collect();
    let unknown = sums.len() - costs.len();
    if unknown == 0 || !costs.is_empty() {
        add(Figure::Cost, costs);
        add(
            Figure::FundingMissing,
            sums.iter().filter_map(|s| s.missing).collect(),
        );
    }
    count(figures, Figure::CostUnknown, unknown);
}

fn results(figures: &mut Figures, of_year: &[Sited]) {
    let projects = || of_year.iter().map(|(_, project)| *project);
    let evaluated = projects().filter(|project| evaluation::is_evaluated(project));
    count(figures, Figure::Evaluated, evaluated.count());
    // Only where both counts are known can one be held against the other.
    let answers: Vec<(u32, u32)> = projects()
        .filter(|project| evaluation::satisfied_share(project).is_some())
        .filter_map(|project| project.evaluation.as_ref())
        .filter_map(|found| found.answered.zip(found.satisfied))
        .collect();
    let answered = add_up(answers.iter().map(|(answered, _)| f64::from(*answered)));
    let satisfied = add_up(answers.iter().map(|(_, satisfied)| f64::from(*satisfied)));
    figures.insert(Figure::HouseholdsAnswered, answered);
    figures.insert(Figure::HouseholdsSatisfied, satisfied);
    if answered > 0.0 {
        figures.insert(Figure::SatisfiedShare, satisfied / answered);
    }
    let issues = projects().map(|project| evaluation::open_issues(project).count());
    count(figures, Figure::OpenIssues, issues.sum());

    let finished: Vec<_> = projects()
        .filter(|project| has_come(project, MilestoneKind::Finish))
        .collect();
    let managed = finished
        .iter()
        .filter(|project| management::is_managed(project));
    let managed = managed.count();
    let by_community = finished
        .iter()
        .filter(|project| management::is_managed(project) && management::is_stopgap(project));
    count(figures, Figure::Managed, managed);
    count(figures, Figure::ManagedByCommunity, by_community.count());
    if !finished.is_empty() {
        let coverage = managed as f64 / finished.len() as f64;
        figures.insert(Figure::ManagementCoverage, coverage);
    }
}

/// «不重不漏», as the survey stands, whatever the year.
fn register(figures: &mut Figures, survey: &Survey, judgements: &Judgements, scope: &Scope) {
    let here = || survey.estates().filter(|estate| lies_in(estate, scope));
    let merged = here().filter(|e| matches!(e.standing, Standing::Merged { .. }));
    count(figures, Figure::DuplicatesRemoved, merged.count());
    let parts = here().filter(|e| matches!(e.standing, Standing::PartOf { .. }));
    count(figures, Figure::PartsCountedOnce, parts.count());
    let communities = communities(survey, judgements).into_iter();
    let communities: Vec<_> = communities
        .filter(|community| community.code.as_str().starts_with(&scope.county_code))
        .collect();
    let confirmed = communities.iter().filter(|community| {
        matches!(
            community.standing(survey),
            CommunityStanding::Signed | CommunityStanding::Nil
        )
    });
    count(figures, Figure::CommunitiesConfirmed, confirmed.count());
    let asked = communities.iter().filter(|community| community.must_answer);
    count(figures, Figure::CommunitiesToAnswer, asked.count());
}

fn count(figures: &mut Figures, figure: Figure, number: usize) {
    figures.insert(figure, number as f64);
}

/// The sum of nothing is 0; `Iterator::sum` of floats gives −0.
fn add_up(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, |sum, value| sum + value)
}
