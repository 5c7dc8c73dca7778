use super::*;
use crate::model::{EstateId, MilestoneKind, Project, Yuan};
use crate::rules::delivery::{Against, Extent, Late};
use crate::rules::projects::Seat;
use crate::ui::test_bench::id;
use jiff::civil::date;
use std::sync::Arc;

fn row(number: u128, name: &str, year: Option<i32>, stage: Stage) -> Row {
    let mut project = Project::new(id(number));
    project.year = year;
    project.implementing_unit = format!("{name}实施单位");
    Row {
        estate: id(number),
        name: name.to_owned(),
        county_code: "360102".into(),
        project: Some(Arc::new(project)),
        seat: Seat::Counted,
        stage,
        late: Vec::new(),
        cost: Some(Yuan(number as u64)),
    }
}

fn late(milestone: MilestoneKind, extent: Extent) -> Late {
    Late {
        milestone,
        against: Against::Guidance,
        extent,
        reason: String::new(),
    }
}

fn overdue(days: i32) -> Extent {
    let last_day = date(2027, 8, 31);
    Extent::Overdue { last_day, days }
}

fn rows() -> Vec<Row> {
    let mut rows = vec![
        row(1, "八一路", Some(2027), Stage::Started),
        row(2, "北门", None, Stage::Planned),
        row(3, "洪都", Some(2026), Stage::Managed),
        row(4, "西门", Some(2027), Stage::Approved),
    ];
    rows[0].late = vec![late(MilestoneKind::Finish, overdue(3))];
    rows[3].late = vec![
        late(MilestoneKind::Start, overdue(40)),
        late(MilestoneKind::Approval, overdue(5)),
    ];
    // Late in the end is not overdue: nobody has to act any more.
    let (last_day, days) = (date(2026, 8, 31), 300);
    let reached = Extent::Reached { last_day, days };
    rows[2].late = vec![late(MilestoneKind::Start, reached)];
    rows.push(Row {
        project: None,
        ..row(5, "学府", None, Stage::Recognised)
    });
    rows
}

fn listed(filters: &Filters) -> Vec<EstateId> {
    let rows = rows();
    let fits = rows.iter().enumerate().filter(|(_, row)| filters.fits(row));
    let mut fits: Vec<_> = fits.collect();
    filters.sort(&mut fits);
    fits.into_iter().map(|(_, row)| row.estate).collect()
}

#[test]
fn what_is_overdue_longest_comes_first() {
    assert_eq!(listed(&Filters::default()), [4, 1, 2, 3].map(id));
}

#[test]
fn each_filter_lets_through_what_it_says() {
    let by = Filters {
        order: Order::Name,
        ..Filters::default()
    };
    for (filters, wanted) in [
        (
            Filters {
                among: Among::Late,
                ..by.clone()
            },
            &[1, 3, 4][..],
        ),
        (
            Filters {
                among: Among::Without,
                // Neither says anything about an estate without a project.
                stage: Some(Stage::Managed),
                year: Some(2027),
                ..by.clone()
            },
            &[5],
        ),
        (
            Filters {
                year: Some(2027),
                ..by.clone()
            },
            &[1, 4],
        ),
        (
            Filters {
                stage: Some(Stage::Planned),
                ..by.clone()
            },
            &[2],
        ),
        (
            Filters {
                text: " 洪都实施 ".into(),
                ..by.clone()
            },
            &[3],
        ),
        (
            Filters {
                county: Some("360103".into()),
                ..by.clone()
            },
            &[],
        ),
    ] {
        let wanted: Vec<_> = wanted.iter().map(|number| id(*number)).collect();
        assert_eq!(listed(&filters), wanted, "{filters:?}");
    }
}

#[test]
fn rows_stand_in_the_order_that_was_chosen() {
    for (order, wanted) in [
        (Order::Year, [3, 1, 4, 2]),
        (Order::Stage, [2, 4, 1, 3]),
        (Order::Cost, [4, 3, 2, 1]),
    ] {
        let filters = Filters {
            order,
            ..Filters::default()
        };
        assert_eq!(listed(&filters), wanted.map(id), "{order:?}");
    }
}
