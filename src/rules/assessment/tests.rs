use super::*;
use crate::model::{
    CommunityReturn, CommunityState, Estate, EstateId, FundingLine, FundingSource, FundingStatus,
    ManagementBody, MilestoneKind, Project, ProjectIssue, Settings, Signer, Snapshot, Standing,
    Yuan,
};
use crate::rules::fate::judge;
use crate::rules::sample::{complete_estate, complete_project, given_out, id};
use jiff::civil::date;
use proptest::prelude::*;

use Measure::{Buildings, Estates, FloorArea, Households};
use Progress::{Accepted, Finished, Planned, Started};

const COUNTY: &str = "360102";

fn survey(estates: Vec<Estate>, projects: Vec<Project>, snapshots: Vec<Snapshot>) -> Survey {
    let survey = Survey::from_parts(estates, [], [], Settings::default());
    survey.with_plans(projects, [], snapshots)
}

fn assessed(survey: &Survey, county_code: &str, year: i32) -> AssessmentFigures {
    let catalogue = Catalogue::shipped();
    let scope = Scope {
        county_code: county_code.into(),
        year,
        today: date(2026, 11, 29),
    };
    assess(survey, &judge(survey, &catalogue), &scope, &catalogue)
}

fn of(figures: &AssessmentFigures, figure: Figure) -> Option<f64> {
    figures.figures.get(&figure.key()).copied()
}

#[track_caller]
fn expect(figures: &AssessmentFigures, expected: &[(Figure, Option<f64>)]) {
    for (figure, value) in expected {
        assert_eq!(of(figures, *figure), *value, "{figure:?}");
    }
}

/// Estate and project of a number; the project as far as the change leaves it.
fn two(change: impl Fn(u32, &mut Estate, &mut Project)) -> Survey {
    let (mut estates, mut projects) = (Vec::new(), Vec::new());
    for number in 1..=2 {
        let (mut estate, mut project) = (complete_estate(number), complete_project(number));
        change(number, &mut estate, &mut project);
        estates.push(estate);
        projects.push(project);
    }
    survey(estates, projects, vec![])
}

#[test]
fn each_figure_has_a_key_of_its_own_that_is_read_back() {
    let all = Figure::all();
    let keys: BTreeSet<String> = all.iter().map(|figure| figure.key()).collect();
    assert_eq!(keys.len(), all.len());
    for figure in all {
        assert_eq!(Figure::from_key(&figure.key()), Some(figure));
    }
    assert_eq!(Figure::from_key("of_a_later_program"), None);
}

#[test]
fn progress_is_told_in_estates_households_buildings_and_square_metres() {
    let survey = two(|number, _, project| {
        if number == 2 {
            project.milestones.remove(&MilestoneKind::Finish);
            project.milestones.remove(&MilestoneKind::Acceptance);
        }
    });
    let figures = assessed(&survey, COUNTY, 2026);
    for (progress, estates) in [
        (Planned, 2.0),
        (Started, 2.0),
        (Finished, 1.0),
        (Accepted, 1.0),
    ] {
        expect(
            &figures,
            &[
                (Figure::Reached(progress, Estates), Some(estates)),
                (Figure::Reached(progress, Households), Some(200.0 * estates)),
                (Figure::Reached(progress, Buildings), Some(8.0 * estates)),
                (
                    Figure::Reached(progress, FloorArea),
                    Some(14_000.0 * estates),
                ),
                (Figure::Unknown(progress, Households), Some(0.0)),
            ],
        );
    }
}

#[test]
fn what_nobody_knows_is_counted_beside_and_is_no_zero() {
    let one_unknown = two(|number, estate, _| {
        if number == 2 {
            estate.households = None;
        }
    });
    expect(
        &assessed(&one_unknown, COUNTY, 2026),
        &[
            (Figure::Reached(Finished, Households), Some(200.0)),
            (Figure::Unknown(Finished, Households), Some(1.0)),
            (Figure::Unknown(Finished, Buildings), Some(0.0)),
        ],
    );
    let nothing_known = two(|_, estate, project| {
        estate.households = None;
        project.content[0].cost = None;
    });
    expect(
        &assessed(&nothing_known, COUNTY, 2026),
        &[
            (Figure::Reached(Finished, Households), None),
            (Figure::Unknown(Finished, Households), Some(2.0)),
            (Figure::Cost, None),
            (Figure::CostUnknown, Some(2.0)),
            (Figure::FundingMissing, None),
        ],
    );
    // Of no estate at all nothing is unknown.
    let nobody = assessed(&survey(vec![], vec![], vec![]), COUNTY, 2026);
    expect(
        &nobody,
        &[
            (Figure::Reached(Planned, Households), Some(0.0)),
            (Figure::ManagementCoverage, None),
            (Figure::SatisfiedShare, None),
        ],
    );
    // Nor is it −0, which a person would read.
    let mut values = nobody.figures.values();
    assert!(values.all(|value| value.is_sign_positive()));
}

#[test]
fn another_county_and_another_year_are_left_out() {
    let survey = two(|number, estate, project| {
        if number == 1 {
            estate.county_code = "360103".into();
        } else {
            project.year = Some(2027);
        }
    });
    let planned = |county, year| {
        of(
            &assessed(&survey, county, year),
            Figure::Reached(Planned, Estates),
        )
    };
    assert_eq!(planned(COUNTY, 2026), Some(0.0));
    assert_eq!(planned(COUNTY, 2027), Some(1.0));
    assert_eq!(planned("360103", 2026), Some(1.0));
    assert_eq!(planned("", 2026), Some(1.0));
}

#[test]
fn an_acceptance_without_a_signature_is_none() {
    let survey = two(|_, _, project| _ = project.signatures.remove(&Signer::Supervisor));
    expect(
        &assessed(&survey, COUNTY, 2026),
        &[
            (Figure::Reached(Finished, Estates), Some(2.0)),
            (Figure::Reached(Accepted, Estates), Some(0.0)),
        ],
    );
}

#[test]
fn what_the_plan_given_out_lists_is_what_is_planned() {
    let plan = given_out(COUNTY, 2026, &[id(1), id(3)]);
    let survey = survey(
        vec![complete_estate(1), complete_estate(2), complete_estate(3)],
        vec![
            complete_project(1),
            complete_project(2),
            Project {
                year: Some(2027),
                ..complete_project(3)
            },
        ],
        vec![plan],
    );
    expect(
        &assessed(&survey, COUNTY, 2026),
        &[
            (Figure::Reached(Planned, Estates), Some(2.0)),
            // The first as planned; the second is on no plan.
            (Figure::Reached(Started, Estates), Some(2.0)),
            (Figure::OutsidePlan, Some(1.0)),
            (Figure::Postponed, Some(1.0)),
        ],
    );
}

#[test]
fn a_duplicate_counts_once_and_is_told_of() {
    let merged = Estate {
        standing: Standing::Merged {
            into: id(1),
            replaced: vec![],
        },
        ..complete_estate(2)
    };
    let part = Estate {
        standing: Standing::PartOf { parent: id(1) },
        ..complete_estate(3)
    };
    let projects = vec![
        complete_project(1),
        complete_project(2),
        complete_project(3),
    ];
    let plan = given_out(COUNTY, 2026, &[id(1), id(2), id(3)]);
    let survey = survey(vec![complete_estate(1), merged, part], projects, vec![plan]);
    expect(
        &assessed(&survey, COUNTY, 2026),
        &[
            (Figure::Reached(Planned, Estates), Some(1.0)),
            (Figure::Reached(Started, Estates), Some(1.0)),
            (Figure::FundingTotal, Some(0.01)),
            (Figure::DuplicatesRemoved, Some(1.0)),
            (Figure::PartsCountedOnce, Some(1.0)),
        ],
    );
}

#[test]
fn money_is_told_by_source_and_by_how_sure_it_is() {
    let survey = two(|number, _, project| {
        if number == 2 {
            project.funding[0].status = FundingStatus::Intended;
            project.funding.push(FundingLine {
                source: FundingSource::Donation,
                amount: Yuan(10_000),
                status: FundingStatus::Committed,
                note: String::new(),
            });
        }
    });
    expect(
        &assessed(&survey, COUNTY, 2026),
        &[
            (Figure::FundingTotal, Some(1.02)),
            (Figure::FundingIntended, Some(0.005)),
            (Figure::FundingCommitted, Some(1.0)),
            (Figure::FundingReceived, Some(0.015)),
            (Figure::FundingOf(FundingSource::LocalFiscal), Some(0.01)),
            (Figure::FundingOf(FundingSource::Donation), Some(1.0)),
            (Figure::FundingOf(FundingSource::CentralSubsidy), Some(0.0)),
            (Figure::Cost, Some(0.02)),
            (Figure::FundingMissing, Some(0.0)),
        ],
    );
}

#[test]
fn results_are_told_of_finished_estates() {
    let survey = two(|number, _, project| {
        if number == 1 {
            let management = project.management.as_mut().unwrap();
            management.body = Some(ManagementBody::CommunityActing);
            project.issues = vec![ProjectIssue {
                issue: "屋面渗漏".into(),
                cause: String::new(),
                remedy: String::new(),
                found_on: None,
                solved_on: None,
            }];
        } else {
            project.management = None;
            let evaluation = project.evaluation.as_mut().unwrap();
            (evaluation.answered, evaluation.satisfied) = (Some(300), None);
        }
    });
    expect(
        &assessed(&survey, COUNTY, 2026),
        &[
            (Figure::Evaluated, Some(2.0)),
            // Of the second nobody counted the satisfied.
            (Figure::HouseholdsAnswered, Some(100.0)),
            (Figure::HouseholdsSatisfied, Some(90.0)),
            (Figure::SatisfiedShare, Some(0.9)),
            (Figure::OpenIssues, Some(1.0)),
            (Figure::Managed, Some(1.0)),
            (Figure::ManagedByCommunity, Some(1.0)),
            (Figure::ManagementCoverage, Some(0.5)),
        ],
    );
}

#[test]
fn what_is_overdue_on_the_day_is_told() {
    let survey = two(|number, _, project| {
        if number == 1 {
            project.milestones.clear();
        }
    });
    expect(
        &assessed(&survey, COUNTY, 2026),
        &[
            (Figure::StartOverdue, Some(1.0)),
            (Figure::FinishOverdue, Some(0.0)),
        ],
    );
}

#[test]
fn a_community_is_confirmed_by_a_signed_list_or_a_nil_return_that_holds() {
    let answer = |code: &str, state| CommunityReturn {
        code: code.parse().unwrap(),
        state,
        signed_by: String::new(),
        signed_on: None,
        note: String::new(),
        paper: None,
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        recorded_by: String::new(),
    };
    use CommunityState::{NilReturn, SignedList};
    // The estate lies in the first, and contradicts a nil return there.
    let confirmed = |first| {
        let answers = [
            answer("360102002001", first),
            answer("360102002002", NilReturn),
            answer("360103001001", SignedList),
        ];
        let survey = survey(vec![complete_estate(1)], vec![], vec![]).with_communities(answers);
        let of = |county| {
            of(
                &assessed(&survey, county, 2026),
                Figure::CommunitiesConfirmed,
            )
        };
        (of(COUNTY), of(""))
    };
    assert_eq!(confirmed(SignedList), (Some(2.0), Some(3.0)));
    assert_eq!(confirmed(NilReturn), (Some(1.0), Some(2.0)));
}

#[test]
fn a_comparison_tells_what_was_not_known_apart_from_zero() {
    let now = assessed(&two(|_, _, _| ()), COUNTY, 2026);
    let before = assessed(&survey(vec![], vec![], vec![]), COUNTY, 2026);
    let changes = compare(&now, &before);
    let change = |figure| {
        let found = changes
            .iter()
            .find(|change| change.figure == figure)
            .unwrap();
        (found.now, found.before, found.change())
    };
    let estates = change(Figure::Reached(Planned, Estates));
    assert_eq!(estates, (Some(2.0), Some(0.0), Some(2.0)));
    assert_eq!(change(Figure::ManagementCoverage), (Some(1.0), None, None));
}

/// Four estates in three counties, with anything known or not and a project or none.
fn any_survey() -> impl Strategy<Value = Survey> {
    let one = (
        0..3_u32,
        any::<Option<u16>>(),
        0..3_u32,
        0..1_000_000_u64,
        any::<[bool; 3]>(),
        0..5_u32,
    );
    proptest::collection::vec(one, 0..9).prop_map(|drawn| {
        let (mut estates, mut projects) = (Vec::new(), Vec::new());
        for (number, (county, households, state, amount, has, merged)) in (1..).zip(drawn) {
            let mut estate = complete_estate(number);
            estate.county_code = format!("36010{}", county + 2);
            estate.households = households.map(u32::from);
            if merged == 0 && number > 1 {
                estate.standing = Standing::Merged {
                    into: id(1),
                    replaced: vec![],
                };
            }
            let mut project = complete_project(number);
            project.year = Some(if state == 2 { 2027 } else { 2026 });
            project.funding[0].amount = Yuan(amount);
            if state == 1 {
                project.milestones.remove(&MilestoneKind::Finish);
                project.milestones.remove(&MilestoneKind::Acceptance);
            }
            if has[0] {
                project.management = None;
            }
            if has[1] {
                project.content[0].cost = None;
            }
            estates.push(estate);
            if has[2] {
                projects.push(project);
            }
        }
        let plans = vec![given_out("360102", 2026, &[id(1), id(2)])];
        survey(estates, projects, plans)
    })
}

proptest! {
    #[test]
    fn the_figures_of_a_survey_are_the_sums_of_its_counties(survey in any_survey()) {
        let whole = assessed(&survey, "", 2026);
        let counties: Vec<_> = counties(&survey)
            .iter()
            .map(|county| assessed(&survey, county, 2026))
            .collect();
        for figure in Figure::all().into_iter().filter(|figure| figure.adds_up()) {
            let parts = counties.iter().filter_map(|figures| of(figures, figure));
            let sum: f64 = parts.sum();
            let told = of(&whole, figure).unwrap_or(0.0);
            prop_assert!((told - sum).abs() < 1e-6, "{figure:?}: {told} is not {sum}");
        }
    }

    #[test]
    fn what_is_further_is_never_more(survey in any_survey()) {
        let figures = assessed(&survey, "", 2026);
        let reached = |progress| of(&figures, Figure::Reached(progress, Estates)).unwrap();
        prop_assert!(reached(Started) >= reached(Finished));
        prop_assert!(reached(Finished) >= reached(Accepted));
        let outside = of(&figures, Figure::OutsidePlan).unwrap();
        prop_assert!(reached(Planned) + outside >= reached(Started));
    }

    /// E09 asks of each county's year exactly what its planned estates cost the county.
    #[test]
    fn what_a_year_costs_the_county_is_the_sum_of_its_lines(survey in any_survey()) {
        use crate::rules::checks::local_fiscal_of_years;
        let plan: BTreeSet<EstateId> = [id(1), id(2)].map(|one| survey.root(one)).into();
        for (key, told) in local_fiscal_of_years(&survey) {
            let mut sum = 0;
            for project in survey.projects() {
                let estate = survey.estate(project.estate).unwrap();
                let is_there = estate.standing.is_counted() && estate.county_code == key.county_code;
                let by_plan = key.county_code == "360102" && key.year == 2026;
                let listed = plan.contains(&estate.id);
                let is_planned = project.year == Some(key.year) && (!by_plan || listed);
                let lines = project.funding.iter();
                let own = lines.filter(|line| line.source == FundingSource::LocalFiscal);
                if is_there && is_planned {
                    sum += own.map(|line| line.amount.0).sum::<u64>();
                }
            }
            prop_assert_eq!(told, Yuan(sum), "{:?}", key);
        }
    }
}
