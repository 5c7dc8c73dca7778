use super::*;
use crate::model::{
    Boundary, EditKind, EditLabel, Estate, EstateId, Field, ItemCode, ListId, Origin, Pair,
    Severity, Standing, Survey, Value, ValueSource, Verdict,
};
use std::sync::Arc;

pub(super) fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
}

pub(super) fn square(west: f64, south: f64, side: f64) -> Arc<Boundary> {
    let ring = geo::Rect::new((west, south), (west + side, south + side)).to_polygon();
    Arc::new(geo::MultiPolygon(vec![ring]))
}

pub(super) fn named(number: u128, name: &str) -> Estate {
    let mut estate = Estate::new(id(number));
    estate.name = name.to_owned();
    estate
}

pub(super) fn survey(estates: impl IntoIterator<Item = Estate>) -> Survey {
    Survey::from_parts(estates, [], [], Default::default())
}

pub(super) fn ambient() -> Ambient {
    Ambient {
        now: jiff::Timestamp::UNIX_EPOCH,
        author: "测绘员".to_owned(),
        new_estate: id(999),
        divisions: None,
    }
}

/// Plans, applies, and proves that the inverse gives back the survey.
pub(super) fn run(survey: &mut Survey, command: Command) -> Result<Plan, Refusal> {
    let start = survey.clone();
    let plan = plan(survey, command, &ambient())?;
    survey.check_before_images(&plan.changes).unwrap();
    survey.apply(&plan.changes);
    let mut back = survey.clone();
    for change in plan.changes.iter().rev() {
        back.apply(&[change.clone().inverse()]);
    }
    assert_eq!(back, start, "undo must give back the survey");
    Ok(plan)
}

pub(super) fn decide(a: u128, b: u128, verdict: Verdict) -> Command {
    Command::Decide(Decide::new(Pair::new(id(a), id(b)).unwrap(), verdict))
}

#[test]
fn a_drawn_ring_becomes_a_record_that_counts() {
    let mut survey = Survey::default();
    let boundary = square(115.0, 28.0, 0.01);
    let plan = run(
        &mut survey,
        Command::Draw {
            boundary: boundary.clone(),
        },
    )
    .unwrap();
    let estate = survey.estate(plan.created.unwrap()).unwrap();
    assert_eq!(estate.boundary, Some(boundary));
    assert!(estate.standing.is_counted());
}

#[test]
fn a_line_is_no_boundary() {
    let mut survey = Survey::default();
    let line = geo::Polygon::new(geo::LineString::from(vec![(0., 0.), (1., 1.)]), vec![]);
    let boundary = Arc::new(geo::MultiPolygon(vec![line]));
    assert_eq!(
        run(&mut survey, Command::Draw { boundary }),
        Err(Refusal::TooFewCorners)
    );
}

#[test]
fn drawing_a_waiting_row_keeps_its_values_and_their_source() {
    let mut row = named(1, "粮食局宿舍");
    row.origin = Some(Origin {
        list: ListId(uuid::Uuid::nil()),
        row: 7,
        source: "房管局".to_owned(),
        source_id: "7".to_owned(),
    });
    let mut survey = survey([row]);
    run(
        &mut survey,
        Command::Reshape {
            estate: id(1),
            boundary: square(115., 28., 0.01),
        },
    )
    .unwrap();
    let estate = survey.estate(id(1)).unwrap();
    assert_eq!(estate.source_of(&Field::Name), ValueSource::Imported);
    assert_eq!(estate.source_of(&Field::Boundary), ValueSource::Surveyed);
}

#[test]
fn one_field_over_several_records_is_one_edit() {
    let mut survey = survey([named(1, "甲"), named(2, "乙"), named(3, "丙")]);
    let plan = run(
        &mut survey,
        Command::SetField {
            estates: vec![id(1), id(3)],
            field: Field::Households,
            value: Some(Value::Count(198)),
        },
    )
    .unwrap();
    assert_eq!(plan.changes.len(), 2);
    assert_eq!(survey.estate(id(3)).unwrap().households, Some(198));
    assert_eq!(survey.estate(id(2)).unwrap().households, None);
}

#[test]
fn setting_a_field_to_what_it_is_changes_nothing() {
    let mut survey = survey([named(1, "甲")]);
    let again = Command::SetField {
        estates: vec![id(1)],
        field: Field::Name,
        value: Some(Value::Text("甲".to_owned())),
    };
    assert_eq!(run(&mut survey, again), Err(Refusal::NothingChanges));
}

#[test]
fn the_rest_is_intact_leaves_what_was_surveyed() {
    let [power, road] = ["C04", "C12"].map(|code| ItemCode::parse(code).unwrap());
    let mut estate = named(1, "甲");
    estate.gaps.insert(power, Severity::Missing);
    let mut survey = survey([estate]);
    run(
        &mut survey,
        Command::RestIntact {
            estate: id(1),
            items: vec![power, road],
        },
    )
    .unwrap();
    let gaps = &survey.estate(id(1)).unwrap().gaps;
    assert_eq!(gaps[&power], Severity::Missing);
    assert_eq!(gaps[&road], Severity::Intact);
}

#[test]
fn an_imported_row_is_withdrawn_with_a_reason_and_never_deleted() {
    let mut row = named(1, "甲");
    row.origin = Some(Origin {
        list: ListId(uuid::Uuid::nil()),
        row: 1,
        source: String::new(),
        source_id: String::new(),
    });
    let mut survey = survey([row]);
    let refused = run(&mut survey, Command::Delete { estate: id(1) });
    assert!(matches!(refused, Err(Refusal::WithdrawInstead { .. })));
    let withdraw = |reason: &str| Command::Withdraw {
        estate: id(1),
        reason: reason.to_owned(),
    };
    assert_eq!(run(&mut survey, withdraw("  ")), Err(Refusal::ReasonNeeded));
    run(&mut survey, withdraw("重复登记")).unwrap();
    run(&mut survey, Command::Restore { estate: id(1) }).unwrap();
    assert!(survey.estate(id(1)).unwrap().standing.is_counted());
}

#[test]
fn a_merge_fills_what_the_kept_record_lacks_and_unmerging_gives_it_back() {
    let mut drawn = named(1, "洪都新村");
    drawn.boundary = Some(square(115., 28., 0.01));
    let mut row = named(2, "洪都小区");
    row.households = Some(312);
    let mut survey = survey([drawn, row]);
    let before = survey.clone();

    run(&mut survey, decide(1, 2, Verdict::Same)).unwrap();
    let kept = survey.estate(id(1)).unwrap();
    assert_eq!(kept.households, Some(312));
    assert_eq!(kept.aliases, ["洪都小区"]);
    assert_eq!(
        kept.source_of(&Field::Households),
        ValueSource::Merged(id(2))
    );
    assert_eq!(survey.root(id(2)), id(1));
    assert_eq!(survey.counted().count(), 1);

    run(&mut survey, Command::Unmerge { estate: id(2) }).unwrap();
    assert_eq!(survey, before);
}

#[test]
fn a_value_changed_after_the_merge_survives_unmerging() {
    let mut row = named(2, "乙");
    row.households = Some(312);
    let mut drawn = named(1, "甲");
    drawn.boundary = Some(square(115., 28., 0.01));
    let mut survey = survey([drawn, row]);
    run(&mut survey, decide(1, 2, Verdict::Same)).unwrap();
    run(
        &mut survey,
        Command::SetField {
            estates: vec![id(1)],
            field: Field::Households,
            value: Some(Value::Count(320)),
        },
    )
    .unwrap();
    run(&mut survey, Command::Unmerge { estate: id(2) }).unwrap();
    assert_eq!(survey.estate(id(1)).unwrap().households, Some(320));
}

#[test]
fn unmerging_gives_every_value_back_but_those_changed_since() {
    let mut kept = named(1, "洪都新村");
    kept.boundary = Some(square(115., 28., 0.01));
    kept.address = "洪都北大道1号".into();
    kept.households = Some(200);
    kept.floor_area_m2 = Some(14_000.0);
    kept.aliases = vec!["老村".into()];
    let mut other = named(2, "洪都小区");
    other.boundary = Some(square(115.001, 28., 0.01));
    other.address = "洪都北大道3号".into();
    other.households = Some(196);
    other.floor_area_m2 = Some(13_600.0);
    other.build_year = Some(1987);
    other.remarks = "门卫室在北侧".into();
    other
        .gaps
        .insert(ItemCode::parse("C05").unwrap(), Severity::Failing);
    let mut survey = survey([kept, other]);
    let before = survey.clone();
    let take = vec![Field::Name, Field::Households, Field::Boundary];
    let choice = Decide {
        keep: Some(id(1)),
        take,
        ..Decide::new(Pair::new(id(1), id(2)).unwrap(), Verdict::Same)
    };
    run(&mut survey, Command::Decide(choice)).unwrap();
    let merged = survey.estate(id(1)).unwrap();
    assert_eq!(merged.aliases, ["老村", "洪都新村"]);

    // The surveyor goes on: corrects a value taken over, a value of its own, and adds a name.
    let names = vec!["老村".into(), "洪都新村".into(), "三角地".into()];
    let later = [
        (Field::Households, Value::Count(201)),
        (Field::FloorArea, Value::SquareMetres(14_100.0)),
        (Field::Aliases, Value::Texts(names)),
    ];
    for (field, value) in &later {
        let command = Command::SetField {
            estates: vec![id(1)],
            field: *field,
            value: Some(value.clone()),
        };
        run(&mut survey, command).unwrap();
    }
    run(&mut survey, Command::Unmerge { estate: id(2) }).unwrap();

    assert_eq!(survey.estate(id(2)), before.estate(id(2)));
    let (parted, was) = (survey.estate(id(1)).unwrap(), before.estate(id(1)).unwrap());
    let gap = Field::Gap(ItemCode::parse("C05").unwrap());
    for field in Field::PLAIN.iter().copied().chain([gap]) {
        let expected = match field {
            // Their own word stands, and the name that came with the merge goes.
            Field::Aliases => Some(Value::Texts(vec!["老村".into(), "三角地".into()])),
            _ => match later.iter().find(|(changed, _)| *changed == field) {
                Some((_, value)) => Some(value.clone()),
                None => was.get(&field),
            },
        };
        assert_eq!(parted.get(&field), expected, "{field:?}");
    }
    assert_eq!(parted.source_of(&Field::Name), ValueSource::Surveyed);
    assert_eq!(survey.decisions().len(), 0);
}

#[test]
fn a_split_estate_keeps_both_communities_and_both_halves() {
    let mut west = named(1, "建设新村");
    west.boundary = Some(square(115.00, 28., 0.01));
    west.community_codes = ["360102002001".to_owned()].into();
    let mut east = named(2, "建设新村");
    east.boundary = Some(square(115.01, 28., 0.01));
    east.community_codes = ["360102002002".to_owned()].into();
    let mut survey = survey([west, east]);
    run(&mut survey, decide(1, 2, Verdict::Split)).unwrap();
    let kept = survey.counted().next().unwrap();
    assert_eq!(kept.community_codes.len(), 2);
    let area = geo::Area::unsigned_area(kept.boundary.as_deref().unwrap());
    assert!((area - 2e-4).abs() < 1e-9, "{area}");
}

#[test]
fn the_smaller_record_becomes_part_of_the_larger() {
    let mut estate = named(2, "阳光花园");
    estate.boundary = Some(square(115., 28., 0.01));
    let mut court = named(1, "阳光花园玫瑰苑");
    court.boundary = Some(square(115.002, 28.002, 0.002));
    let mut survey = survey([estate, court]);
    run(&mut survey, decide(1, 2, Verdict::PartOf)).unwrap();
    assert_eq!(
        survey.estate(id(1)).unwrap().standing,
        Standing::PartOf { parent: id(2) }
    );
}

#[test]
fn a_chain_of_merges_never_joins_what_was_decided_different() {
    let mut survey = survey([named(1, "甲"), named(2, "乙"), named(3, "丙")]);
    run(&mut survey, decide(1, 2, Verdict::Distinct)).unwrap();
    run(&mut survey, decide(1, 3, Verdict::Same)).unwrap();
    let refused = run(&mut survey, decide(3, 2, Verdict::Same));
    assert!(
        matches!(refused, Err(Refusal::DecidedDifferent { .. })),
        "{refused:?}"
    );
}

#[test]
fn another_verdict_about_a_merged_pair_parts_it_first() {
    let mut survey = survey([named(1, "甲"), named(2, "乙")]);
    run(&mut survey, decide(1, 2, Verdict::Same)).unwrap();
    run(&mut survey, decide(1, 2, Verdict::Distinct)).unwrap();
    assert_eq!(survey.counted().count(), 2);
    assert_eq!(survey.decisions().count(), 1);
}

#[test]
fn a_release_is_a_barrier_and_a_stale_job_is_refused() {
    let survey = survey([named(1, "甲")]);
    let numbered = |before: Option<Arc<Estate>>| {
        let mut after = named(1, "甲");
        after.lib_no = Some("360102202600001".to_owned());
        Command::Apply {
            label: EditLabel::Release { estates: 1 },
            changes: vec![crate::model::Change::Estate {
                id: id(1),
                before,
                after: Some(Arc::new(after)),
            }],
        }
    };
    let plan = plan(&survey, numbered(survey.estate(id(1)).cloned()), &ambient());
    assert_eq!(plan.unwrap().kind, EditKind::Barrier);
    let stale = super::plan(&survey, numbered(None), &ambient());
    assert!(matches!(stale, Err(Refusal::Stale(_))));
}
