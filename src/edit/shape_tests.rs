//! The commands of the drawing tools, each undone again.

use super::tests::{ambient, decide, id, named, run, survey};
use super::*;
use crate::geometry::ShapeProblem;
use crate::geometry::fixtures::{area, at, line, rectangle, shape};
use crate::geometry::transform::moved_by;
use crate::model::{
    Boundary, Building, BuildingId, EditLabel, Estate, Field, ItemCode, ListId, LonLat, Origin,
    Photo, PhotoId, PhotoKind, Severity, ShapeGesture, Survey, Value, ValueSource, Verdict,
    YearBasis,
};
use std::sync::Arc;

fn drawn(number: u128, name: &str, boundary: Boundary) -> Estate {
    let mut estate = named(number, name);
    estate.boundary = Some(Arc::new(boundary));
    estate
}

fn row(number: u128, name: &str) -> Estate {
    let mut estate = named(number, name);
    estate.origin = Some(Origin {
        list: ListId(uuid::Uuid::from_u128(7)),
        row: 1,
        source: String::new(),
        source_id: String::new(),
    });
    estate
}

fn boundary(survey: &Survey, number: u128) -> &Boundary {
    survey
        .estate(id(number))
        .unwrap()
        .boundary
        .as_deref()
        .unwrap()
}

fn households(survey: &Survey, number: u128) -> Option<u32> {
    survey.estate(id(number)).unwrap().households
}

fn is_counted(survey: &Survey, number: u128) -> bool {
    survey.estate(id(number)).unwrap().standing.is_counted()
}

#[test]
fn several_boundaries_moved_at_once_are_one_edit() {
    let mut survey = survey([
        drawn(1, "甲", rectangle(0.0, 0.0, 50.0, 40.0)),
        drawn(2, "乙", rectangle(50.0, 0.0, 50.0, 40.0)),
        row(3, "丙"),
    ]);
    let moved = |number| {
        let moved = moved_by(boundary(&survey, number), 10.0, 5.0);
        (id(number), Arc::new(moved))
    };
    let boundaries = vec![moved(1), moved(2)];
    let gesture = ShapeGesture::Move;
    let command = Command::ReshapeMany {
        boundaries: boundaries.clone(),
        gesture,
    };
    let plan = run(&mut survey, command.clone()).unwrap();
    assert_eq!(
        plan.label,
        EditLabel::ReshapeMany {
            gesture,
            name: "乙".to_owned(),
            estates: 2
        }
    );
    assert_eq!(boundary(&survey, 2), &*boundaries[1].1);
    assert_eq!(run(&mut survey, command), Err(Refusal::NothingChanges));
    let of_a_row = Command::ReshapeMany {
        boundaries: vec![(id(3), boundaries[0].1.clone())],
        gesture,
    };
    assert_eq!(
        run(&mut survey, of_a_row),
        Err(Refusal::NoBoundary {
            name: "丙".to_owned()
        })
    );
}

#[test]
fn a_tool_does_not_spoil_a_sound_boundary_but_may_touch_an_unsound_one() {
    let bow_tie = shape(&[&[(0.0, 0.0), (9.0, 9.0), (9.0, 0.0), (0.0, 9.0)]]);
    let mut survey = survey([
        drawn(1, "甲", rectangle(0.0, 0.0, 50.0, 40.0)),
        drawn(2, "乙", bow_tie.clone()),
    ]);
    let command = |number, boundary: Boundary| Command::ReshapeMany {
        boundaries: vec![(id(number), Arc::new(boundary))],
        gesture: ShapeGesture::SharedBorder,
    };
    let spoilt = run(&mut survey, command(1, bow_tie.clone()));
    assert_eq!(spoilt, Err(ShapeProblem::ResultUnsound.into()));
    run(&mut survey, command(2, moved_by(&bow_tie, 3.0, 0.0))).unwrap();
}

#[test]
fn a_split_estate_keeps_its_counts_once_and_its_parts_know_the_place() {
    let mut whole = drawn(1, "洪都新村", rectangle(0.0, 0.0, 100.0, 60.0));
    whole.households = Some(300);
    whole.floor_area_m2 = Some(20_000.0);
    whole.address = "洪都大道1号".to_owned();
    whole.build_year = Some(1987);
    whole.year_basis = Some(YearBasis::Acceptance);
    whole.residential = Some(true);
    whole.exclusions = Some(Default::default());
    whole
        .gaps
        .insert(ItemCode::parse("C04").unwrap(), Severity::Missing);
    whole.sources.insert(Field::BuildYear, ValueSource::Derived);
    let west = Building {
        position: Some(at(10.0, 10.0)),
        ..Building::new(BuildingId(uuid::Uuid::from_u128(11)), id(1))
    };
    let east = Building {
        position: Some(at(90.0, 10.0)),
        ..Building::new(BuildingId(uuid::Uuid::from_u128(12)), id(1))
    };
    let mut survey = survey([whole])
        .with_buildings([west, east])
        .with_photos([photo(1, Some(at(85.0, 20.0))), photo(2, None)]);
    let command = Command::Split {
        estate: id(1),
        line: line(&[(70.0, -5.0), (70.0, 65.0)]),
    };
    let plan = run(&mut survey, command).unwrap();
    assert_eq!(
        plan.label,
        EditLabel::Split {
            name: "洪都新村".to_owned(),
            parts: 2
        }
    );

    let [kept, part] = [1, 999].map(|number| survey.estate(id(number)).unwrap().clone());
    assert!((area(boundary(&survey, 1)) - 4200.0).abs() < 0.1);
    assert!((area(boundary(&survey, 999)) - 1800.0).abs() < 0.1);
    assert_eq!((kept.households, part.households), (Some(300), None));
    assert_eq!(part.floor_area_m2, None);
    assert_eq!((part.name.as_str(), part.gaps.len()), ("", 0));
    assert_eq!(part.address, "洪都大道1号");
    assert_eq!(
        (part.build_year, part.year_basis),
        (Some(1987), Some(YearBasis::Acceptance))
    );
    assert_eq!(
        (part.residential, &part.exclusions),
        (Some(true), &Some(Default::default()))
    );
    assert_eq!(part.source_of(&Field::BuildYear), ValueSource::Derived);
    assert_eq!(part.source_of(&Field::Address), ValueSource::Surveyed);
    // What stands in the part is the part's.
    let of = |number| {
        survey
            .own_buildings(id(number))
            .iter()
            .map(|b| b.id.0.as_u128())
            .collect::<Vec<_>>()
    };
    assert_eq!((of(1), of(999)), (vec![11], vec![12]));
    let estate_of = |number: u8| survey.photo(PhotoId([number; 32])).unwrap().estate;
    assert_eq!((estate_of(1), estate_of(2)), (Some(id(999)), Some(id(1))));
}

#[test]
fn a_split_into_three_makes_two_records_and_another_split_makes_others() {
    let mut survey = survey([drawn(1, "甲", rectangle(0.0, 0.0, 100.0, 60.0))]);
    let there_and_back = line(&[(-5.0, 20.0), (105.0, 20.0), (105.0, 45.0), (-5.0, 45.0)]);
    run(
        &mut survey,
        Command::Split {
            estate: id(1),
            line: there_and_back,
        },
    )
    .unwrap();
    assert_eq!(survey.estates().len(), 3);
    let across = line(&[(50.0, -5.0), (50.0, 65.0)]);
    run(
        &mut survey,
        Command::Split {
            estate: id(1),
            line: across,
        },
    )
    .unwrap();
    assert_eq!(survey.estates().len(), 4);
    let total: f64 = survey
        .estates()
        .map(|e| area(e.boundary.as_ref().unwrap()))
        .sum();
    assert!((total - 6000.0).abs() < 0.1);
}

#[test]
fn what_cannot_be_split_says_why() {
    let mut survey = survey([
        drawn(1, "甲", rectangle(0.0, 0.0, 100.0, 60.0)),
        row(2, "乙"),
    ]);
    let across = line(&[(50.0, -5.0), (50.0, 65.0)]);
    for (number, line, refusal) in [
        (1, across[..1].to_vec(), ShapeProblem::DoesNotCross.into()),
        (
            2,
            across.clone(),
            Refusal::NoBoundary {
                name: "乙".to_owned(),
            },
        ),
        (3, across.clone(), Refusal::NoSuchEstate(id(3))),
    ] {
        let command = Command::Split {
            estate: id(number),
            line,
        };
        assert_eq!(run(&mut survey, command), Err(refusal));
    }
}

/// Four in a row, each touching the next, with 100, 50, ? and 8 households.
fn terrace() -> Survey {
    let estate = |number: u128, households| {
        let west = 50.0 * number as f64;
        let name = ["甲", "乙", "丙", "丁"][number as usize - 1];
        let mut estate = drawn(number, name, rectangle(west, 0.0, 50.0, 40.0));
        estate.households = households;
        estate.community_codes = [format!("36010200100{number}")].into();
        estate
    };
    survey([
        estate(1, Some(100)),
        estate(2, Some(50)),
        estate(3, None),
        estate(4, Some(8)),
    ])
}

fn join(keep: u128, absorb: &[u128]) -> Command {
    Command::Join {
        keep: id(keep),
        absorb: absorb.iter().map(|n| id(*n)).collect(),
    }
}

#[test]
fn joined_neighbours_are_one_record_with_the_sum_of_their_counts() {
    let mut survey = terrace();
    let plan = run(&mut survey, join(1, &[2])).unwrap();
    assert_eq!(
        plan.label,
        EditLabel::Join {
            name: "甲".to_owned(),
            absorbed: 1
        }
    );
    let kept = survey.estate(id(1)).unwrap();
    assert_eq!(kept.households, Some(150));
    assert_eq!(kept.source_of(&Field::Households), ValueSource::Derived);
    assert_eq!(kept.aliases, ["乙"]);
    assert_eq!(kept.community_codes.len(), 2);
    assert!((area(boundary(&survey, 1)) - 4000.0).abs() < 0.1);
    assert!(!is_counted(&survey, 2));
    let decision = survey.decisions().next().unwrap();
    assert_eq!(decision.verdict, Verdict::Split);
}

#[test]
fn a_sum_of_which_a_part_was_not_surveyed_is_not_surveyed() {
    let mut survey = terrace();
    // In this order, each touches only what is joined later.
    run(&mut survey, join(1, &[4, 3, 2])).unwrap();
    assert_eq!(households(&survey, 1), None);
    assert!((area(boundary(&survey, 1)) - 8000.0).abs() < 0.1);
}

#[test]
fn records_joined_are_parted_in_any_order_until_all_is_as_it_was() {
    let orders: &[[u128; 3]] = &[
        [2, 3, 4],
        [2, 4, 3],
        [3, 2, 4],
        [3, 4, 2],
        [4, 2, 3],
        [4, 3, 2],
    ];
    for order in orders {
        let start = terrace();
        let mut survey = start.clone();
        run(&mut survey, join(1, &[2, 3, 4])).unwrap();
        for (index, number) in order.iter().enumerate() {
            run(
                &mut survey,
                Command::Unmerge {
                    estate: id(*number),
                },
            )
            .unwrap();
            let left = &order[index + 1..];
            let of = |n: &u128| households(&start, *n);
            let expected = left
                .iter()
                .map(of)
                .try_fold(100, |sum, more| Some(sum + more?));
            assert_eq!(households(&survey, 1), expected, "{order:?} after {number}");
            let ground = 2000.0 * (1 + left.len()) as f64;
            assert!(
                (area(boundary(&survey, 1)) - ground).abs() < 0.1,
                "{order:?} after {number}"
            );
        }
        assert_eq!(survey, start, "{order:?}");
    }
}

#[test]
fn what_cannot_be_joined_says_why_and_stays() {
    let mut survey = terrace();
    run(&mut survey, decide(1, 2, Verdict::Distinct)).unwrap();
    run(&mut survey, decide(3, 4, Verdict::Phases)).unwrap();
    let held_apart = |a: &str, b: &str| Refusal::DecidedDifferent {
        a: a.to_owned(),
        b: b.to_owned(),
    };
    for (command, refusal) in [
        (join(1, &[]), ShapeProblem::NothingToJoin.into()),
        (join(1, &[1, 1]), ShapeProblem::NothingToJoin.into()),
        (join(1, &[3]), ShapeProblem::Apart.into()),
        (join(1, &[2]), held_apart("甲", "乙")),
        (join(2, &[3, 4]), held_apart("丙", "丁")),
        (join(1, &[9]), Refusal::NoSuchEstate(id(9))),
    ] {
        assert_eq!(
            run(&mut survey, command.clone()),
            Err(refusal),
            "{command:?}"
        );
    }
    run(&mut survey, join(2, &[3])).unwrap();
    let merged = run(&mut survey, join(1, &[3]));
    assert_eq!(
        merged,
        Err(Refusal::NotCounted {
            name: "丙".to_owned()
        })
    );
}

#[test]
fn an_estate_whose_ground_was_redrawn_since_keeps_it_when_a_part_leaves() {
    let mut survey = terrace();
    run(&mut survey, join(1, &[2])).unwrap();
    let redrawn = Arc::new(rectangle(50.0, 0.0, 120.0, 45.0));
    let command = Command::Reshape {
        estate: id(1),
        boundary: redrawn.clone(),
    };
    run(&mut survey, command).unwrap();
    run(&mut survey, Command::Unmerge { estate: id(2) }).unwrap();
    assert_eq!(boundary(&survey, 1), &*redrawn);
    assert_eq!(households(&survey, 1), Some(100));
}

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

fn photo(number: u8, position: Option<LonLat>) -> Photo {
    Photo {
        id: PhotoId([number; 32]),
        file_name: format!("{number}.jpg"),
        kind: PhotoKind::Jpeg,
        bytes: 1,
        estate: Some(id(1)),
        taken_at: None,
        position,
        added_at: ambient().now,
        note: String::new(),
    }
}
