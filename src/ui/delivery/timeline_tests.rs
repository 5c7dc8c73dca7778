use super::*;
use crate::model::Milestone;
use crate::rules::delivery::Stage;
use crate::rules::projects::Seat;
use crate::ui::test_bench::id;
use std::sync::Arc;

fn project(milestones: &[(MilestoneKind, Option<Date>, Option<Date>)]) -> Project {
    let mut project = Project::new(id(1));
    for (kind, planned, actual) in milestones {
        let milestone = Milestone {
            planned: *planned,
            actual: *actual,
            delay_reason: String::new(),
        };
        project.milestones.insert(*kind, milestone);
    }
    project
}

fn row(project: Project) -> Row {
    Row {
        estate: project.estate,
        name: "洪都新村".into(),
        county_code: "360102".into(),
        project: Some(Arc::new(project)),
        seat: Seat::Counted,
        stage: Stage::Planned,
        late: Vec::new(),
        cost: None,
    }
}

#[test]
fn work_under_way_goes_on_until_today_and_finished_work_ends_on_its_day() {
    let (start, finish) = (date(2027, 6, 1), date(2027, 12, 20));
    let today = date(2027, 9, 1);
    let begun = project(&[(MilestoneKind::Start, Some(finish), Some(start))]);
    let bar = |to, end| {
        Some(Bar {
            from: start,
            to,
            end,
        })
    };
    assert_eq!(actual_bar(&begun, today), bar(today, End::Open));
    let done = project(&[
        (MilestoneKind::Start, Some(start), Some(start)),
        (MilestoneKind::Finish, Some(finish), Some(finish)),
    ]);
    assert_eq!(actual_bar(&done, today), bar(finish, End::Known));
    assert_eq!(planned_bar(&done), bar(finish, End::Known));
    let nothing = project(&[(MilestoneKind::Approval, Some(start), Some(start))]);
    assert_eq!(actual_bar(&nothing, today), None);
    assert_eq!(planned_bar(&nothing), None);
    // Days that contradict each other make no bar that runs backwards.
    let wrong = project(&[
        (MilestoneKind::Start, Some(finish), None),
        (MilestoneKind::Finish, Some(start), None),
    ]);
    assert_eq!(planned_bar(&wrong), None);
}

#[test]
fn the_days_shown_hold_the_whole_year_and_what_its_projects_took() {
    let of = |rows: &[Row]| Days::of(2027, rows.iter());
    let plain = of(&[]);
    assert_eq!(
        (plain.from, plain.to),
        (date(2027, 1, 1), date(2028, 3, 31))
    );
    let long = row(project(&[
        (MilestoneKind::Approval, None, Some(date(2026, 11, 5))),
        (MilestoneKind::Acceptance, Some(date(2028, 6, 10)), None),
    ]));
    let days = of(&[long]);
    assert_eq!((days.from, days.to), (date(2026, 11, 1), date(2028, 6, 30)));
    assert_eq!(days.share(days.from), 0.0);
    assert_eq!(days.share(days.to), 1.0);
    assert_eq!(days.months().count(), 20);
    // A slip of the pen does not press everything else together.
    let slip = row(project(&[(
        MilestoneKind::Start,
        None,
        Some(date(2100, 1, 1)),
    )]));
    assert_eq!(of(&[slip]).to, date(2029, 2, 28));
}
