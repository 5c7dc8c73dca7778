//! Buildings through the door of commands, each undone again.

use super::tests::{decide, id, named, run, square, survey};
use super::*;
use crate::model::{
    Building, BuildingField, BuildingId, Crs, Datum, Field, ImportList, ListId, ListKind, ListRole,
    LonLat, Origin, RowProblemKind, Survey, Value, ValueSource, Verdict,
};
use crate::rules::buildings::Figure;
use std::sync::Arc;

fn key(number: u128) -> BuildingId {
    BuildingId(uuid::Uuid::from_u128(number))
}

fn building(number: u128, estate: u128, called: &str) -> Building {
    Building {
        number: called.to_owned(),
        households: Some(24),
        build_year: Some(1985),
        ..Building::new(key(number), id(estate))
    }
}

/// 洪都新村 (1) and 八一新村 (2), with buildings.
fn with_buildings(buildings: impl IntoIterator<Item = Building>) -> Survey {
    let mut named = [named(1, "洪都新村"), named(2, "八一新村")];
    named[0].boundary = Some(square(115.0, 28.0, 0.01));
    survey(named).with_buildings(buildings)
}

fn command(command: BuildingCommand) -> Command {
    Command::Building(command)
}

fn numbers(survey: &Survey, estate: u128) -> Vec<&str> {
    let buildings = survey.buildings_of(id(estate));
    buildings.iter().map(|b| b.number.as_str()).collect()
}

#[test]
fn buildings_are_added_filled_in_drawn_moved_and_deleted() {
    let mut survey = with_buildings([]);
    let buildings = vec![building(10, 1, "10栋"), building(2, 1, "2栋")];
    run(&mut survey, command(BuildingCommand::Add { buildings })).unwrap();
    assert_eq!(numbers(&survey, 1), ["2栋", "10栋"]);

    let field = BuildingCommand::SetField {
        buildings: vec![key(2), key(10)],
        field: BuildingField::Floors,
        value: Some(Value::Count(6)),
    };
    run(&mut survey, command(field)).unwrap();
    assert_eq!(survey.building(key(10)).unwrap().floors, Some(6));

    let footprint = square(115.001, 28.001, 0.0002);
    for place in [
        BuildingPlace::Footprint(footprint.clone()),
        BuildingPlace::Point(LonLat::new(115.001, 28.001)),
        BuildingPlace::Footprint(footprint.clone()),
    ] {
        let building = key(2);
        let reshape = BuildingCommand::Reshape { building, place };
        run(&mut survey, command(reshape)).unwrap();
    }
    let drawn = survey.building(key(2)).unwrap();
    assert_eq!(drawn.footprint, Some(footprint));
    assert!(drawn.position.is_some(), "the point is kept as evidence");

    let moved = BuildingCommand::Move {
        buildings: vec![key(2)],
        estate: id(2),
    };
    run(&mut survey, command(moved)).unwrap();
    assert_eq!(numbers(&survey, 2), ["2栋"]);

    let buildings = vec![key(2), key(10)];
    run(&mut survey, command(BuildingCommand::Delete { buildings })).unwrap();
    assert_eq!(survey.buildings().len(), 0);
}

#[test]
fn what_cannot_be_done_to_a_building_is_refused() {
    let mut survey = with_buildings([building(1, 1, "1栋")]);
    run(
        &mut survey,
        Command::Withdraw {
            estate: id(2),
            reason: "已改造".to_owned(),
        },
    )
    .unwrap();
    let floors = |building, value| BuildingCommand::SetField {
        buildings: vec![building],
        field: BuildingField::Floors,
        value: Some(value),
    };
    let twice = vec![building(1, 1, "1栋")];
    let refusals = [
        floors(key(9), Value::Count(6)),
        floors(key(1), Value::Text("六".to_owned())),
        BuildingCommand::Add { buildings: twice },
        BuildingCommand::Move {
            buildings: vec![key(1)],
            estate: id(2),
        },
    ]
    .map(|refused| run(&mut survey, command(refused)).unwrap_err());
    assert!(matches!(
        refusals,
        [
            Refusal::Building(BuildingRefusal::NoSuchBuilding(_)),
            Refusal::Building(BuildingRefusal::WrongValue(_)),
            Refusal::Stale(_),
            Refusal::NotCounted { .. },
        ]
    ));
}

#[test]
fn figures_are_taken_only_where_every_building_has_them() {
    let mut unknown = building(2, 1, "2栋");
    unknown.households = None;
    unknown.build_year = Some(1982);
    let mut survey = with_buildings([building(1, 1, "1栋"), unknown]);
    let take = |figures: &[Figure]| {
        command(BuildingCommand::TakeFigures {
            estate: id(1),
            figures: figures.to_vec(),
        })
    };
    let refused = run(&mut survey, take(&[Figure::Buildings, Figure::Households]));
    assert_eq!(
        refused,
        Err(Refusal::Building(BuildingRefusal::NotKnown {
            name: "洪都新村".to_owned(),
            figure: Figure::Households,
            missing: 1,
        }))
    );

    run(&mut survey, take(&[Figure::Buildings, Figure::Years])).unwrap();
    let estate = survey.estate(id(1)).unwrap();
    assert_eq!(estate.buildings, Some(2));
    assert_eq!(estate.years(), Some((1982, 1985)));
    assert_eq!(estate.build_year, None);
    assert_eq!(estate.households, None);
    for field in [Field::Buildings, Field::YearMin, Field::YearMax] {
        assert_eq!(estate.source_of(&field), ValueSource::Derived);
    }
    let refused = command(BuildingCommand::TakeFigures {
        estate: id(2),
        figures: vec![Figure::Buildings],
    });
    assert!(matches!(
        run(&mut survey, refused),
        Err(Refusal::Building(BuildingRefusal::NoBuildings { .. }))
    ));
}

#[test]
fn an_estate_is_deleted_with_its_buildings_and_comes_back_with_them() {
    let mut survey = with_buildings([building(1, 1, "1栋"), building(2, 2, "1栋")]);
    run(&mut survey, Command::Delete { estate: id(1) }).unwrap();
    assert_eq!(survey.buildings().len(), 1);
    assert_eq!(numbers(&survey, 2), ["1栋"]);
}

#[test]
fn merged_estates_count_a_building_that_both_list_once_and_part_with_their_own() {
    let buildings = [
        building(1, 1, "1栋"),
        building(2, 1, "3栋"),
        building(3, 2, "1幢"),
        building(4, 2, "2幢"),
    ];
    let mut survey = with_buildings(buildings);
    run(&mut survey, decide(1, 2, Verdict::Same)).unwrap();
    assert_eq!(numbers(&survey, 1), ["1栋", "2幢", "3栋"]);
    let of_absorbed = BuildingCommand::SetField {
        buildings: vec![key(4)],
        field: BuildingField::Lifts,
        value: Some(Value::Count(1)),
    };
    run(&mut survey, command(of_absorbed)).unwrap();
    run(&mut survey, Command::Unmerge { estate: id(2) }).unwrap();
    assert_eq!(numbers(&survey, 1), ["1栋", "3栋"]);
    assert_eq!(numbers(&survey, 2), ["1幢", "2幢"]);

    // A part has numbers of its own: 1栋 of the court is not 1栋 of the estate around it.
    run(&mut survey, decide(1, 2, Verdict::PartOf)).unwrap();
    assert_eq!(numbers(&survey, 1), ["1幢", "1栋", "2幢", "3栋"]);
}

#[test]
fn the_row_of_a_deleted_building_keeps_a_fate() {
    let list = ListId(uuid::Uuid::from_u128(7));
    let mut imported = building(1, 1, "1栋");
    imported.origin = Some(Origin {
        list,
        row: 3,
        source: String::new(),
        source_id: String::new(),
    });
    let read = ImportList {
        id: list,
        file_name: "楼栋.csv".to_owned(),
        sha256: String::new(),
        role: ListRole::Buildings,
        kind: ListKind::Other,
        crs: Crs::Degrees(Datum::Wgs84),
        imported_at: jiff::Timestamp::UNIX_EPOCH,
        rows_read: 3,
        mapping: Vec::new(),
        rejected: Vec::new(),
    };
    let estates = [named(1, "洪都新村")];
    let mut survey =
        Survey::from_parts(estates, [], [read], Default::default()).with_buildings([imported]);
    let buildings = vec![key(1)];
    run(&mut survey, command(BuildingCommand::Delete { buildings })).unwrap();
    let rejected = &survey.list(list).unwrap().rejected;
    assert_eq!(rejected[0].problem.kind, RowProblemKind::Deleted);
    assert_eq!(rejected[0].problem.row, 3);
    assert!(!rejected[0].is_open());
}

#[test]
fn a_snapshot_shares_the_buildings_until_one_changes() {
    let mut survey = with_buildings([building(1, 1, "1栋")]);
    let snapshot = survey.clone();
    let before = snapshot.building(key(1)).unwrap();
    let renamed = Command::SetField {
        estates: vec![id(1)],
        field: Field::Name,
        value: Some(Value::Text("洪都一村".to_owned())),
    };
    run(&mut survey, renamed).unwrap();
    assert!(Arc::ptr_eq(before, survey.building(key(1)).unwrap()));
}
