//! W14–W19.

use super::*;
use crate::model::{MilestoneKind, Severity, Standing};
use crate::rules::sample::given_out;
use jiff::civil::date;

#[test]
fn w14_what_passes_only_if_open_items_count_is_undetermined() {
    // Power surely; of sewers («维修污水管网») the text leaves open whether they are water renewed.
    let configured = item("C02");
    let found = details(|_, project| {
        content(project, &["C04", "C02"]);
        apply(project);
    });
    let items = vec![configured];
    let expected = (
        warns("W14", ProjectPart::Content),
        ProjectDetail::SubsidyIfConfigured { items },
    );
    assert_eq!(found, [expected]);
}

#[test]
fn w15_a_late_start_and_finish_warn_each_and_once() {
    let late = warns("W15", ProjectPart::Milestones);
    let start = |project: &mut Project, month, day| {
        let milestone = project.milestones.entry(MilestoneKind::Start).or_default();
        milestone.actual = Some(date(2026, month, day));
    };
    assert_eq!(project_found(|_, p| start(p, 8, 31)), []);
    assert_eq!(project_found(|_, p| start(p, 9, 1)), [late]);
    // Late by its own plan too: one warning is enough.
    let twice = project_found(|_, p| {
        let milestone = p.milestones.entry(MilestoneKind::Start).or_default();
        milestone.planned = Some(date(2026, 6, 1));
        start(p, 9, 1);
    });
    assert_eq!(twice, [late]);
    let own = project_found(|_, p| {
        let milestone = p.milestones.entry(MilestoneKind::Start).or_default();
        milestone.planned = Some(date(2026, 4, 30));
    });
    assert_eq!(own, [late]);
    // Of the approval the guidance says no day.
    let approval = project_found(|_, p| {
        let milestone = p.milestones.entry(MilestoneKind::Approval).or_default();
        milestone.planned = Some(date(2026, 1, 20));
    });
    assert_eq!(approval, []);
    // Undetermined: the table of festivals ends.
    let unknown = project_found(|_, p| {
        p.year = Some(2040);
        for (kind, milestone) in &mut p.milestones {
            let year = match kind {
                MilestoneKind::Approval | MilestoneKind::Start => 2040,
                MilestoneKind::Finish | MilestoneKind::Acceptance => 2041,
            };
            let day = milestone.actual.unwrap();
            milestone.actual = Some(date(year, day.month(), day.day()));
        }
    });
    assert_eq!(unknown, [late]);
}

#[test]
fn w16_nothing_but_appearance_while_a_utility_is_in_a_bad_way() {
    let for_show = |severity: Option<Severity>, codes: &'static [&'static str]| {
        project_found(|estate, project| {
            for code in ["C04", "C05", "C06", "C12"] {
                estate.gaps.insert(item(code), Severity::Intact);
            }
            match severity {
                Some(severity) => estate.gaps.insert(item("C05"), severity),
                None => estate.gaps.remove(&item("C05")),
            };
            content(project, codes);
        })
    };
    let warned = [warns("W16", ProjectPart::Content)];
    assert_eq!(for_show(Some(Severity::Missing), &["A01", "A02"]), warned);
    assert_eq!(for_show(Some(Severity::Missing), &["A01", "C05"]), []);
    assert_eq!(for_show(Some(Severity::Intact), &["A01"]), []);
    assert_eq!(for_show(None, &["A01"]), [], "not surveyed is not severe");
    assert_eq!(for_show(Some(Severity::Missing), &[]), []);
}

#[test]
fn w17_somebody_besides_the_treasury_should_pay() {
    let paid = |sources: &'static [FundingSource]| {
        project_found(|_, project| {
            let line = project.funding[0].clone();
            let sources = sources.iter();
            let lines = sources.map(|source| FundingLine {
                source: *source,
                ..line.clone()
            });
            project.funding = lines.collect();
        })
    };
    use FundingSource::{CentralSubsidy, LocalFiscal, WaterCompany};
    let warned = [warns("W17", ProjectPart::Funding)];
    assert_eq!(paid(&[LocalFiscal]), warned);
    assert_eq!(paid(&[LocalFiscal, CentralSubsidy]), warned);
    assert_eq!(paid(&[LocalFiscal, WaterCompany]), []);
    assert_eq!(paid(&[]), [], "nobody said who pays");
}

#[test]
fn w18_a_finished_estate_has_somebody_who_stands_for_the_owners() {
    let warned = [warns("W18", ProjectPart::Management)];
    assert_eq!(
        project_found(|_, project| project.management = None),
        warned
    );
    let acting = project_found(|_, project| {
        let management = project.management.as_mut().unwrap();
        management.body = Some(crate::model::ManagementBody::CommunityActing);
    });
    assert_eq!(acting, []);
    let under_way = project_found(|_, project| {
        project.management = None;
        project.milestones.remove(&MilestoneKind::Finish);
        project.milestones.remove(&MilestoneKind::Acceptance);
    });
    assert_eq!(under_way, []);
}

#[test]
fn w19_an_estate_of_an_earlier_plan_warns() {
    let found = |plan_year, project_year| {
        let project = Project {
            year: project_year,
            ..complete_project(1)
        };
        let plans = vec![given_out("360102", plan_year, &[id(1)])];
        survey_found(vec![complete_estate(1)], vec![project], plans)
    };
    let warned = [(warns("W19", ProjectPart::Year), id(1))];
    assert_eq!(found(2025, Some(2026)), warned);
    assert_eq!(found(2026, Some(2026)), []);
    assert_eq!(found(2027, Some(2026)), []);
    assert_eq!(found(2025, None), [], "meant for no year");
    // Through a record that was merged since.
    let merged = Estate {
        standing: Standing::Merged {
            into: id(1),
            replaced: vec![],
        },
        ..complete_estate(2)
    };
    let plans = vec![given_out("360102", 2025, &[id(2)])];
    let estates = vec![complete_estate(1), merged];
    assert_eq!(
        survey_found(estates, vec![complete_project(1)], plans),
        warned
    );
}
