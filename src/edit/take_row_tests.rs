//! A drawn estate goes into the row that waits for it, each time undone again.

use super::shape_tests::{drawn, photo, row};
use super::tests::{decide, id, named, run, survey};
use super::*;
use crate::geometry::fixtures::rectangle;
use crate::model::{Building, BuildingId, Field, PhotoId, Value, ValueSource, Verdict};
use std::sync::Arc;

#[test]
fn a_row_takes_the_drawn_boundary_and_what_was_typed() {
    let mut list_row = row(2, "洪都新村");
    list_row.households = Some(280);
    list_row.address = "洪都大道1号".to_owned();
    list_row.aliases = vec!["老洪都".to_owned()];
    list_row.county_code = "360102".to_owned();
    let mut on_the_map = drawn(1, "洪都新村北区", rectangle(0.0, 0.0, 100.0, 60.0));
    on_the_map.households = Some(300);
    on_the_map.buildings = Some(12);
    on_the_map.county_code = "360103".to_owned();
    on_the_map.street_code = "360103001".to_owned();
    for field in [Field::CountyCode, Field::StreetCode] {
        on_the_map.sources.insert(field, ValueSource::Derived);
    }
    let ground = on_the_map.boundary.clone();
    let building = Building::new(BuildingId(uuid::Uuid::from_u128(11)), id(1));
    let mut survey = survey([on_the_map, list_row, named(3, "别处")])
        .with_buildings([building])
        .with_photos([photo(1, None)]);
    run(&mut survey, decide(1, 3, Verdict::Distinct)).unwrap();
    let command = Command::TakeRow {
        drawn: id(1),
        row: id(2),
    };
    let plan = run(&mut survey, command).unwrap();
    assert_eq!(plan.created, Some(id(2)));
    assert_eq!(survey.estate(id(1)), None);

    let taken = survey.estate(id(2)).unwrap();
    assert_eq!(taken.boundary, ground);
    assert!(taken.origin.is_some());
    let source = |field| (taken.get(&field).unwrap(), taken.source_of(&field));
    let text = |text: &str| Value::Text(text.to_owned());
    // Both had it: the surveyor's word. Only the row: the row's. Only the map: the surveyor's.
    assert_eq!(
        source(Field::Households),
        (Value::Count(300), ValueSource::Surveyed)
    );
    assert_eq!(
        source(Field::Address),
        (text("洪都大道1号"), ValueSource::Imported)
    );
    assert_eq!(
        source(Field::Buildings),
        (Value::Count(12), ValueSource::Surveyed)
    );
    assert_eq!(
        source(Field::Name),
        (text("洪都新村北区"), ValueSource::Surveyed)
    );
    assert_eq!(taken.aliases, ["老洪都", "洪都新村"]);
    assert_eq!(taken.source_of(&Field::Boundary), ValueSource::Surveyed);
    // What the program worked out fills a gap and overrides nobody.
    assert_eq!(
        source(Field::CountyCode),
        (text("360102"), ValueSource::Imported)
    );
    assert_eq!(
        source(Field::StreetCode),
        (text("360103001"), ValueSource::Derived)
    );
    // Buildings, photos and decisions come along.
    assert_eq!(survey.own_buildings(id(2)).len(), 1);
    assert_eq!(survey.photo(PhotoId([1; 32])).unwrap().estate, Some(id(2)));
    let decision = survey.decisions().next().unwrap();
    assert!(decision.pair.contains(id(2)) && decision.pair.contains(id(3)));
}

#[test]
fn what_is_no_drawn_estate_or_no_waiting_row_is_refused() {
    let mut imported = row(3, "有界的行");
    imported.boundary = Some(Arc::new(rectangle(0.0, 200.0, 50.0, 40.0)));
    let mut released = drawn(4, "已发布", rectangle(0.0, 300.0, 50.0, 40.0));
    released.lib_no = Some("360102202600001".to_owned());
    let mut survey = survey([
        drawn(1, "甲", rectangle(0.0, 0.0, 50.0, 40.0)),
        row(2, "行"),
        imported,
        released,
        drawn(5, "并入者", rectangle(0.0, 400.0, 50.0, 40.0)),
        named(6, "被并入"),
        row(7, "另一行"),
    ]);
    run(&mut survey, decide(5, 6, Verdict::Same)).unwrap();
    run(&mut survey, decide(1, 7, Verdict::Distinct)).unwrap();
    let name = |name: &str| name.to_owned();
    for (drawn, row, refusal) in [
        (
            1,
            3,
            Refusal::HasBoundary {
                name: name("有界的行"),
            },
        ),
        (1, 1, Refusal::HasBoundary { name: name("甲") }),
        (
            1,
            7,
            Refusal::DecidedDifferent {
                a: name("甲"),
                b: name("另一行"),
            },
        ),
        (2, 7, Refusal::NotDrawnHere { name: name("行") }),
        (
            3,
            2,
            Refusal::NotDrawnHere {
                name: name("有界的行"),
            },
        ),
        (
            4,
            2,
            Refusal::NotDrawnHere {
                name: name("已发布"),
            },
        ),
        (
            5,
            2,
            Refusal::OthersMergedInto {
                name: name("并入者"),
            },
        ),
        (
            6,
            2,
            Refusal::NotCounted {
                name: name("被并入"),
            },
        ),
        (9, 2, Refusal::NoSuchEstate(id(9))),
    ] {
        let command = Command::TakeRow {
            drawn: id(drawn),
            row: id(row),
        };
        assert_eq!(run(&mut survey, command), Err(refusal), "{drawn} → {row}");
    }
}
