use super::*;
use crate::catalogue::Catalogue;
use crate::model::{
    Batch, Coded, Evaluation, ItemCode, Management, ManagementBody, ManagementMode, Milestone,
    MilestoneKind, Placement, PlanItem, Project, Signer, WorkType,
};
use crate::rules::sample::id;
use jiff::ToSpan;
use jiff::civil::Date;

use MilestoneKind::{Acceptance, Approval, Finish, Start};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn project_of_2026(change: impl FnOnce(&mut Project)) -> Project {
    let mut project = Project::new(id(1));
    project.year = Some(2026);
    change(&mut project);
    project
}

fn reach(project: &mut Project, kind: MilestoneKind, on: &str) {
    project.milestones.entry(kind).or_default().actual = Some(day(on));
}

fn plan(project: &mut Project, kind: MilestoneKind, on: &str) {
    project.milestones.entry(kind).or_default().planned = Some(day(on));
}

fn sign_all(project: &mut Project) {
    let signers = Signer::ALL.iter();
    project.signatures = signers.map(|signer| (*signer, day("2026-12-20"))).collect();
}

/// What is late on `today`: the milestone, the measure and how far.
fn late_on(
    today: &str,
    change: impl FnOnce(&mut Project),
) -> Vec<(MilestoneKind, Against, Extent)> {
    let catalogue = Catalogue::shipped();
    let late = lateness(&project_of_2026(change), day(today), &catalogue);
    late.into_iter()
        .map(|late| (late.milestone, late.against, late.extent))
        .collect()
}

#[test]
fn each_stage_is_read_from_what_is_on_record() {
    let agreed = |p: &mut Project| {
        let item = ItemCode::parse("C05").unwrap();
        p.content = vec![PlanItem::new(item, WorkType::Renew)];
        p.agreed_on = Some(day("2026-01-05"));
    };
    let managed = |p: &mut Project| {
        p.management = Some(Management {
            body: Some(ManagementBody::OwnersCommittee),
            mode: Some(ManagementMode::SelfManagement),
            ..Management::default()
        });
    };
    let evaluated = |p: &mut Project| {
        p.evaluation = Some(Evaluation {
            answered: Some(3),
            ..Evaluation::default()
        });
    };
    let accepted = |p: &mut Project| {
        reach(p, Acceptance, "2026-12-20");
        sign_all(p);
    };
    type Change<'a> = Box<dyn Fn(&mut Project) + 'a>;
    let cases: Vec<(Stage, Change)> = vec![
        (Stage::Recognised, Box::new(|_| ())),
        // 三(三)2: content alone was not agreed with anybody.
        (
            Stage::Recognised,
            Box::new(|p| {
                agreed(p);
                p.agreed_on = None;
            }),
        ),
        (
            Stage::Recognised,
            Box::new(|p| p.agreed_on = Some(day("2026-01-05"))),
        ),
        (Stage::Planned, Box::new(agreed)),
        (
            Stage::Approved,
            Box::new(|p| {
                agreed(p);
                reach(p, Approval, "2026-02-01");
            }),
        ),
        (Stage::Started, Box::new(|p| reach(p, Start, "2026-05-01"))),
        // A day that is planned is none that was reached.
        (
            Stage::Recognised,
            Box::new(|p| plan(p, Start, "2026-05-01")),
        ),
        (
            Stage::Finished,
            Box::new(|p| reach(p, Finish, "2026-12-01")),
        ),
        // 三(三)4: a day without all six signatures is no acceptance.
        (
            Stage::Recognised,
            Box::new(|p| reach(p, Acceptance, "2026-12-20")),
        ),
        (Stage::Accepted, Box::new(accepted)),
        (
            Stage::Evaluated,
            Box::new(|p| {
                accepted(p);
                evaluated(p);
            }),
        ),
        (
            Stage::Managed,
            Box::new(|p| {
                accepted(p);
                managed(p);
            }),
        ),
        // 三(四): «改造后的小区». What it had before is no stage of the project.
        (
            Stage::Started,
            Box::new(|p| {
                reach(p, Start, "2026-05-01");
                managed(p);
                evaluated(p);
            }),
        ),
    ];
    for (number, (expected, change)) in cases.into_iter().enumerate() {
        assert_eq!(stage(&project_of_2026(change)), expected, "case {number}");
    }
}

#[test]
fn the_steps_show_what_is_open_before_the_stage() {
    let project = project_of_2026(|p| reach(p, Finish, "2026-12-01"));
    let done = steps(&project).map(|step| step.is_done);
    assert_eq!(done, [true, false, false, false, true, false, false, false]);
    assert_eq!(steps(&project)[4].on, Some(day("2026-12-01")));
}

#[test]
fn work_starts_by_the_end_of_august_and_is_finished_before_the_next_spring_festival() {
    let catalogue = Catalogue::shipped();
    // The festival of the following calendar year: 2019 → 25 January 2020, 2026 → 6 February 2027.
    for (year, finish) in [
        (2019, "2020-01-24"),
        (2026, "2027-02-05"),
        (2033, "2034-02-18"),
    ] {
        assert_eq!(
            deadline(Start, year, &catalogue),
            Some(day(&format!("{year}-08-31")))
        );
        assert_eq!(deadline(Finish, year, &catalogue), Some(day(finish)));
    }
    assert_eq!(
        deadline(Finish, 2040, &catalogue),
        None,
        "outside the table"
    );
    assert_eq!(deadline(Finish, i32::MAX, &catalogue), None);
    assert_eq!(deadline(Approval, 2026, &catalogue), None);
    assert_eq!(deadline(Acceptance, 2026, &catalogue), None);
}

#[test]
fn a_county_sets_its_own_days() {
    let mut catalogue = Catalogue::shipped();
    catalogue.rules.delivery.start_by_month = 6;
    catalogue.rules.delivery.finish_days_before_festival = 7;
    assert_eq!(
        deadline(Start, 2026, &catalogue),
        Some(day("2026-06-30")),
        "June has no 31st"
    );
    assert_eq!(deadline(Finish, 2026, &catalogue), Some(day("2027-01-30")));
}

#[test]
fn the_end_of_august_is_in_time_and_the_first_of_september_is_late() {
    let last_day = day("2026-08-31");
    let reached = |days| vec![(Start, Against::Guidance, Extent::Reached { last_day, days })];
    let started = |on: &'static str| late_on("2026-12-01", move |p| reach(p, Start, on));
    assert_eq!(started("2026-08-31"), []);
    assert_eq!(started("2026-09-01"), reached(1));
    assert_eq!(started("2026-10-01"), reached(31));
    let overdue = |days| vec![(Start, Against::Guidance, Extent::Overdue { last_day, days })];
    assert_eq!(late_on("2026-08-31", |_| ()), []);
    assert_eq!(late_on("2026-09-01", |_| ()), overdue(1));
}

#[test]
fn the_spring_festival_lies_across_the_year_end() {
    let last_day = day("2027-02-05");
    let started = |p: &mut Project| reach(p, Start, "2026-05-01");
    for (today, expected) in [
        ("2026-02-18", None),
        ("2026-12-31", None),
        ("2027-01-01", None),
        ("2027-02-05", None),
        ("2027-02-06", Some(Extent::Overdue { last_day, days: 1 })),
        ("2027-03-01", Some(Extent::Overdue { last_day, days: 24 })),
    ] {
        let extents: Vec<_> = late_on(today, started)
            .into_iter()
            .map(|late| late.2)
            .collect();
        assert_eq!(extents, Vec::from_iter(expected), "{today}");
    }
    for (finished, expected) in [
        ("2026-12-31", None),
        ("2027-02-05", None),
        ("2027-02-06", Some(Extent::Reached { last_day, days: 1 })),
    ] {
        let late = late_on("2028-01-01", |p| {
            started(p);
            reach(p, Finish, finished);
        });
        let extents: Vec<_> = late.into_iter().map(|late| late.2).collect();
        assert_eq!(extents, Vec::from_iter(expected), "{finished}");
    }
}

#[test]
fn a_plan_that_aims_too_late_warns_before_it_is() {
    let last_day = day("2026-08-31");
    let late = late_on("2026-03-01", |p| plan(p, Start, "2026-09-10"));
    let meant = Extent::MeantFor { last_day, days: 10 };
    assert_eq!(late, [(Start, Against::Guidance, meant)]);
}

#[test]
fn the_projects_own_days_hold_too() {
    let late = late_on("2026-06-11", |p| {
        plan(p, Approval, "2026-06-10");
        plan(p, Start, "2026-07-01");
    });
    let last_day = day("2026-06-10");
    let overdue = Extent::Overdue { last_day, days: 1 };
    assert_eq!(late, [(Approval, Against::OwnPlan, overdue)]);
    assert_eq!(
        late_on("2026-06-10", |p| plan(p, Approval, "2026-06-10")),
        []
    );
}

#[test]
fn a_reason_explains_and_the_warning_stands() {
    let catalogue = Catalogue::shipped();
    let project = project_of_2026(|p| {
        let milestone = Milestone {
            actual: Some(day("2026-09-05")),
            delay_reason: "汛期停工".into(),
            ..Milestone::default()
        };
        p.milestones.insert(Start, milestone);
    });
    let late = lateness(&project, day("2026-10-01"), &catalogue);
    assert_eq!(late.len(), 1);
    assert_eq!(
        (late[0].days(), late[0].reason.as_str()),
        (Some(5), "汛期停工")
    );
    assert!(!late[0].is_overdue());
}

#[test]
fn what_cannot_be_told_is_said_and_not_guessed() {
    // Finished in time, so it had started in time.
    assert_eq!(
        late_on("2027-01-01", |p| reach(p, Finish, "2026-08-20")),
        []
    );
    // Finished in December: whether it began by August nobody wrote down.
    let last_day = day("2026-08-31");
    assert_eq!(
        late_on("2027-01-01", |p| reach(p, Finish, "2026-12-20")),
        [(
            Start,
            Against::Guidance,
            Extent::DayNotRecorded { last_day }
        )]
    );
    let of_2040 = |today, change: fn(&mut Project)| {
        late_on(today, |p| {
            p.year = Some(2040);
            reach(p, Start, "2040-05-01");
            change(p);
        })
    };
    let unknown = [(Finish, Against::Guidance, Extent::NoFestival { year: 2041 })];
    assert_eq!(of_2040("2041-01-05", |_| ()), unknown);
    assert_eq!(
        of_2040("2041-03-05", |p| reach(p, Finish, "2041-01-15")),
        unknown
    );
    // No Spring Festival is before New Year.
    assert_eq!(of_2040("2040-12-31", |_| ()), []);
    assert_eq!(
        of_2040("2041-03-05", |p| reach(p, Finish, "2040-12-20")),
        []
    );
}

#[test]
fn what_is_in_no_years_plan_is_not_held_to_its_days() {
    assert_eq!(late_on("2027-06-01", |p| p.year = None), []);
    let placed = |batch| Placement {
        year: 2026,
        batch,
        by: "住建局".into(),
        reason: "资金不足".into(),
        at: jiff::Timestamp::UNIX_EPOCH,
    };
    assert_eq!(
        late_on("2027-06-01", |p| p.placement = Some(placed(Batch::Reserve))),
        []
    );
    let by_placement = late_on("2026-09-01", |p| {
        p.year = None;
        p.placement = Some(placed(Batch::Implement));
    });
    assert_eq!(by_placement.len(), 1);
}

#[test]
fn each_day_of_delay_is_one_more() {
    let catalogue = Catalogue::shipped();
    let project = project_of_2026(|_| ());
    let first = day("2026-09-01");
    for after in 0..200 {
        let today = first + after.days();
        let late = lateness(&project, today, &catalogue);
        assert_eq!(late[0].days(), Some(after + 1));
    }
}
