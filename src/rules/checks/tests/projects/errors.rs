//! E07–E13, and W20 beside E10.

use super::*;
use crate::model::{Batch, BudgetKey, Coded, MilestoneKind, Placement, Signer, Standing, Utility};
use crate::rules::sample::given_out;
use jiff::civil::date;

#[test]
fn a_project_that_is_done_in_time_gives_no_finding() {
    assert_eq!(project_found(|_, _| ()), []);
    assert_eq!(
        project_found(|_, project| *project = Project::new(id(1))),
        []
    );
    let all = survey_found(vec![complete_estate(1)], vec![complete_project(1)], vec![]);
    assert_eq!(all, []);
}

#[test]
fn e07_an_application_renews_two_of_water_power_road_and_gas_or_adds_a_lift() {
    let fails = [blocks("E07", ProjectPart::Content)];
    let asked = |codes: &'static [&'static str]| {
        project_found(|_, project| {
            content(project, codes);
            apply(project);
        })
    };
    assert_eq!(asked(&["C05", "C06"]), []);
    assert_eq!(asked(&["B10"]), [], "a lift alone");
    assert_eq!(asked(&["C05"]), fails);
    // Nobody asks of a plan without central money.
    assert_eq!(project_found(|_, project| content(project, &["C05"])), []);
    // A funding line asks as well as an item does.
    let by_line = project_found(|_, project| {
        content(project, &["C05"]);
        central_line(project, 10);
    });
    assert_eq!(by_line, fails);
    let named = details(|_, project| {
        content(project, &["C05"]);
        apply(project);
    });
    let utilities = vec![Utility::Water];
    assert_eq!(named[0].1, ProjectDetail::FailsSubsidy { utilities });
}

#[test]
fn e08_nothing_rides_along_in_an_application() {
    let rides = [blocks("E08", ProjectPart::Content)];
    let new = |estate: &mut Estate| estate.build_year = Some(2008);
    let surely_none = project_found(|estate, project| {
        new(estate);
        apply(project);
    });
    assert_eq!(surely_none, rides);
    assert_eq!(
        project_found(|estate, _| new(estate)),
        [],
        "nothing is applied for"
    );
    // Undetermined is not "no": E01 keeps it from the release, and nobody is accused.
    let unknown = project_found(|estate, project| {
        (estate.build_year, estate.year_min, estate.year_max) = (None, None, None);
        apply(project);
    });
    assert_eq!(unknown, []);

    let with = |code: &str, link: &str, money| {
        let mut planned = PlanItem::new(item(code), WorkType::Renew);
        planned.central_money = money;
        planned.link_reason = link.to_owned();
        project_found(|_, project| {
            apply(project);
            project.content.push(planned);
        })
    };
    use CentralMoney::{AppliedFor, NotAsked};
    assert_eq!(with("D99", "", AppliedFor), rides, "on no list");
    assert_eq!(with("D99", "", NotAsked), []);
    assert_eq!(
        with("C20", " ", AppliedFor),
        rides,
        "outside, and nothing links it"
    );
    assert_eq!(with("C20", "小区唯一出入口", AppliedFor), []);
}

/// The detail of each E09 of a survey with these costs to the county and this capacity.
fn e09(costs: &[u64], capacity: Option<u64>) -> Vec<Detail> {
    let catalogue = Catalogue::shipped();
    let numbers = || 1..=u32::try_from(costs.len()).unwrap();
    let projects = numbers().zip(costs).map(|(number, cost)| {
        let mut project = complete_project(number);
        project.funding[0].amount = Yuan(*cost);
        project
    });
    let (key, mut budget) = ample_budget("360102", 2026);
    budget.capacity = capacity.map(Yuan);
    let survey = Survey::from_parts(numbers().map(complete_estate), [], [], Settings::default());
    let survey = survey.with_plans(projects, [(key.clone(), budget)], []);
    let findings = check(&survey, &[], &context(&catalogue)).into_iter();
    let e09 = findings.filter(|f| f.code == CheckCode::Capacity);
    e09.map(|finding| {
        assert_eq!(finding.gravity, Gravity::Blocks);
        assert_eq!(finding.budget, Some(key.clone()));
        finding.detail
    })
    .collect()
}

#[test]
fn e09_a_year_costs_the_county_no_more_than_it_can_bear() {
    let over = |planned, capacity| {
        vec![Detail::Project(ProjectDetail::OverCapacity {
            county_code: "360102".into(),
            year: 2026,
            planned: Yuan(planned),
            capacity: Yuan(capacity),
        })]
    };
    assert_eq!(e09(&[30, 40], Some(70)), [], "to the last yuan");
    assert_eq!(e09(&[30, 41], Some(70)), over(71, 70));
    assert_eq!(e09(&[1], Some(0)), over(1, 0));
    // Undetermined: nobody assessed it, and there is something to bear.
    let missing = Detail::Project(ProjectDetail::CapacityMissing {
        county_code: "360102".into(),
        year: 2026,
        planned: Yuan(70),
    });
    assert_eq!(e09(&[30, 40], None), [missing]);
    assert_eq!(e09(&[0], None), []);
    assert_eq!(e09(&[], None), []);
}

#[test]
fn e10_central_money_belongs_to_one_named_project() {
    let of_line = |change: fn(&mut Project)| {
        project_found(|_, project| {
            central_line(project, 10);
            change(project);
        })
    };
    assert_eq!(of_line(|_| ()), []);
    let nothing_built = of_line(|project| project.content.clear());
    assert_eq!(nothing_built, [blocks("E10", ProjectPart::Content)]);
    let no_year = of_line(|project| project.year = None);
    assert_eq!(no_year, [blocks("E10", ProjectPart::Year)]);
    // Without central money the same is merely not planned yet.
    assert_eq!(project_found(|_, project| project.year = None), []);
}

#[test]
fn e10_and_w20_a_project_on_a_record_that_counts_no_more_is_told_of() {
    let withdrawn = Standing::Withdrawn {
        reason: "已拆除".into(),
    };
    let merged = Standing::Merged {
        into: id(2),
        replaced: vec![],
    };
    let part = Standing::PartOf { parent: id(2) };
    let found = |standing: Option<Standing>, central: u64| {
        let mut estates = vec![complete_estate(2)];
        if let Some(standing) = standing {
            estates.push(Estate {
                standing,
                ..complete_estate(1)
            });
        }
        let mut project = complete_project(1);
        central_line(&mut project, central);
        survey_found(estates, vec![project], vec![])
    };
    for standing in [Some(withdrawn), Some(merged), Some(part), None] {
        let blocking = [(blocks("E10", ProjectPart::Funding), id(1))];
        assert_eq!(found(standing.clone(), 10), blocking, "{standing:?}");
        let warning = [(warns("W20", ProjectPart::Year), id(1))];
        assert_eq!(found(standing.clone(), 0), warning, "{standing:?}");
    }
    assert_eq!(found(Some(Standing::Counted), 0), []);
}

#[test]
fn e11_what_is_implemented_has_a_plan_a_unit_and_its_funds() {
    let placed = |batch, change: fn(&mut Project)| {
        let mut project = complete_project(1);
        project.placement = Some(Placement {
            year: 2026,
            batch,
            by: "住建局".into(),
            reason: "汛期隐患".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        });
        change(&mut project);
        survey_found(vec![complete_estate(1)], vec![project], vec![])
    };
    let lacks = |part| vec![(blocks("E11", part), id(1))];
    use Batch::Implement;
    assert_eq!(placed(Implement, |_| ()), []);
    assert_eq!(
        placed(Implement, |p| p.implementing_unit = " ".into()),
        lacks(ProjectPart::Units)
    );
    assert_eq!(
        placed(Implement, |p| p.content.clear()),
        lacks(ProjectPart::Content)
    );
    let short = |p: &mut Project| p.funding[1].amount = Yuan(49);
    assert_eq!(placed(Implement, short), lacks(ProjectPart::Funding));
    let intended = |p: &mut Project| p.funding[1].status = FundingStatus::Intended;
    assert_eq!(placed(Implement, intended), lacks(ProjectPart::Funding));
    // Undetermined: a cost that nobody knows is not covered.
    let unknown = |p: &mut Project| p.content[0].cost = None;
    assert_eq!(placed(Implement, unknown), lacks(ProjectPart::Funding));
    assert_eq!(placed(Batch::Planned, short), []);
}

#[test]
fn e11_holds_for_what_the_plan_given_out_lists() {
    let plan = || vec![given_out("360102", 2026, &[id(1)])];
    let estates = || vec![complete_estate(1)];
    assert_eq!(
        survey_found(estates(), vec![complete_project(1)], plan()),
        []
    );
    let lacking = [(blocks("E11", ProjectPart::Content), id(1))];
    assert_eq!(survey_found(estates(), vec![], plan()), lacking);
}

#[test]
fn e12_nothing_is_reached_before_what_it_follows() {
    let reach = |project: &mut Project, kind, month, day| {
        let milestone = project.milestones.entry(kind).or_default();
        milestone.actual = Some(date(2026, month, day));
    };
    let reversed = [blocks("E12", ProjectPart::Milestones)];
    use MilestoneKind::{Finish, Start};
    assert_eq!(project_found(|_, p| reach(p, Finish, 4, 30)), reversed);
    assert_eq!(
        project_found(|_, p| reach(p, Finish, 5, 1)),
        [],
        "on the day it began"
    );
    assert_eq!(
        project_found(|_, p| reach(p, Start, 1, 31)),
        reversed,
        "before its approval"
    );
    // Undetermined: a day that is not on record contradicts none.
    assert_eq!(
        project_found(|_, p| {
            reach(p, Finish, 6, 30);
            p.milestones.remove(&MilestoneKind::Approval);
        }),
        []
    );
}

#[test]
fn e12_no_more_are_satisfied_than_answered() {
    let evaluated = |answered, satisfied| {
        project_found(|_, project| {
            let evaluation = project.evaluation.as_mut().unwrap();
            (evaluation.answered, evaluation.satisfied) = (answered, satisfied);
        })
    };
    assert_eq!(evaluated(Some(9), Some(9)), []);
    let contradicts = [blocks("E12", ProjectPart::Evaluation)];
    assert_eq!(evaluated(Some(9), Some(10)), contradicts);
    assert_eq!(evaluated(None, Some(10)), []);
}

#[test]
fn e13_all_six_sign_the_acceptance() {
    for signer in Signer::ALL {
        let found = details(|_, project| _ = project.signatures.remove(signer));
        let missing = vec![*signer];
        let expected = (
            blocks("E13", ProjectPart::Signatures),
            ProjectDetail::SignaturesMissing { missing },
        );
        assert_eq!(found, [expected]);
    }
    // Not accepted yet, nobody need have signed.
    let open = project_found(|_, project| {
        project.signatures.clear();
        project.milestones.remove(&MilestoneKind::Acceptance);
    });
    assert_eq!(open, []);
}

#[test]
fn a_county_pays_for_what_its_plan_lists_and_not_for_what_was_put_off() {
    let catalogue = Catalogue::shipped();
    let survey = Survey::from_parts([1, 2].map(complete_estate), [], [], Settings::default());
    let survey = survey.with_plans(
        [1, 2].map(complete_project),
        [],
        [given_out("360102", 2026, &[id(1)])],
    );
    let findings = check(&survey, &[], &context(&catalogue));
    let e09: Vec<_> = findings
        .iter()
        .filter(|f| f.code == CheckCode::Capacity)
        .collect();
    let key = BudgetKey {
        county_code: "360102".into(),
        year: 2026,
    };
    assert_eq!(e09.len(), 1);
    assert_eq!(e09[0].budget, Some(key));
    let json = serde_json::to_value(&e09[0].detail).unwrap();
    assert_eq!(
        (&json["kind"], &json["planned_yuan"]),
        (&"capacity_missing".into(), &50.into())
    );
}
