//! The queue of possible duplicates, gone through at the keyboard alone.

use crate::bench::{Window, complete_estate, folder, id, square, survey_file, surveyor};
use crate::photos::drop_on;
use crate::pictures::{jpeg_with, position};
use egui::{Key, Modifiers};
use jiugai::edit::Command;
use jiugai::model::{
    Change, Crs, Datum, EditLabel, Estate, Field, ImportList, ListId, ListKind, ListRole, LonLat,
    Origin, Standing, Value, ValueSource, Verdict,
};
use jiugai::session::{Author, Session};
use std::path::PathBuf;
use std::sync::Arc;

/// 洪都新村 twice, under slightly different names and with different numbers; and 青云新村 twice.
fn town() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let twin = Estate {
        boundary: Some(square(2.05, 0.05)),
        households: Some(196),
        floor_area_m2: None,
        aliases: vec!["洪都老村".into()],
        ..complete_estate(2, "洪都新村小区")
    };
    let smaller = |number, east| Estate {
        boundary: Some(square(east, 8.0)),
        households: Some(60),
        ..complete_estate(number, "青云新村")
    };
    let estates = [
        complete_estate(1, "洪都新村"),
        twin,
        smaller(3, 0.0),
        smaller(4, 0.05),
    ];
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    (temporary, path)
}

fn reviewing() -> (tempfile::TempDir, Window) {
    let (temporary, path) = town();
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    (temporary, window)
}

const FIRST: &str = "洪都新村 · 洪都新村小区";
const SECOND: &str = "青云新村 · 青云新村";

#[test]
fn the_whole_queue_is_decided_without_the_mouse() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    assert!(window.is_on(FIRST), "the most households first");
    window.press(Key::Num1);
    assert!(window.is_on(SECOND), "a verdict goes on to the next pair");
    window.press(Key::Num5);
    assert!(window.shows("No pair waits for a decision."));
    assert_eq!(window.survey().counted().count(), 3);
    assert_eq!(window.survey().decisions().len(), 2);
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().decisions().len(), 0);
    assert!(window.is_on(FIRST), "undo goes back to the pair");
}

#[test]
fn page_down_space_and_page_up_go_through_the_queue_round_about() {
    let (_temporary, mut window) = reviewing();
    for (key, pair) in [
        (Key::PageDown, FIRST),
        (Key::PageDown, SECOND),
        (Key::Space, FIRST),
        (Key::PageUp, SECOND),
    ] {
        window.press(key);
        assert!(window.is_on(pair), "{key:?}");
    }
}

#[test]
fn arrows_choose_the_left_or_the_right_value_of_each_field() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    // The name is the first that differs: taken from the right.
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    assert!(window.is_on("Name: 洪都新村小区"));
    assert!(!window.is_on("Name: 洪都新村"));
    // Address, households: right, and left again. The aliases are kept anyway, and what only one
    // has is no question either.
    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    assert!(window.is_on("Households: 196 households"));
    window.press(Key::ArrowLeft);
    window.press(Key::Num1);
    let kept = window.survey().estate(id(1)).unwrap().clone();
    assert!(kept.standing.is_counted());
    assert_eq!(kept.name, "洪都新村小区");
    assert_eq!(kept.aliases, ["洪都新村", "洪都老村"]);
    assert_eq!(kept.households, Some(200), "chosen on the left");
    assert_eq!(kept.source_of(&Field::Name), ValueSource::Merged(id(2)));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().estate(id(1)).unwrap().name, "洪都新村");
}

#[test]
fn a_value_chosen_with_the_mouse_leaves_the_arrows_where_it_was_clicked() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    window.click_with_mouse("Name: 洪都新村小区");
    assert!(window.is_on("Name: 洪都新村小区"));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    assert!(window.is_on("Address: 洪都北大道2号"));
}

#[test]
fn the_other_record_is_kept_at_a_key_and_what_was_chosen_stays_chosen() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    assert!(window.is_on("left: 洪都新村"));
    window.press(Key::ArrowDown);
    window.press(Key::ArrowLeft);
    window.press(Key::A);
    assert!(window.is_on("right: 洪都新村小区"));
    assert!(window.is_on("Name: 洪都新村"));
    window.press(Key::Num1);
    let kept = window.survey().estate(id(2)).unwrap();
    assert_eq!(kept.name, "洪都新村");
    assert_eq!(kept.households, Some(196), "its own");
    assert_eq!(kept.floor_area_m2, Some(14_000.0), "filled from the other");
    let absorbed = window.survey().estate(id(1)).unwrap();
    assert!(matches!(absorbed.standing, Standing::Merged { into, .. } if into == id(2)));
}

#[test]
fn the_record_opens_in_the_form_and_the_review_is_where_it_was() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    window.press(Key::I);
    assert_eq!(window.harness.state().selection(), [id(1)]);
    assert!(window.has_control("Draw a boundary") && !window.has_control(FIRST));
    window.press_with(Modifiers::COMMAND, Key::Num2);
    assert!(window.is_on(FIRST));
}

#[test]
fn a_verdict_without_a_pair_says_why_it_does_nothing() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::Num1);
    assert!(window.shows("Open a pair in the review first."));
    assert_eq!(window.survey().decisions().len(), 0);
}

#[test]
fn a_digit_typed_over_a_dialog_decides_nothing() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    window.press(Key::Questionmark);
    assert!(window.shows("Take the left or the right value"));
    window.press(Key::Num5);
    assert_eq!(window.survey().decisions().len(), 0);
    window.press(Key::Escape);
    window.press(Key::Num5);
    assert_eq!(window.survey().decisions().len(), 1);
}

#[test]
fn every_verdict_is_in_the_palette_too() {
    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    window.press_with(Modifiers::COMMAND, Key::P);
    window.type_text("Decide: different");
    window.press(Key::Enter);
    let decision = window.survey().decisions().next().unwrap();
    assert_eq!(decision.verdict, Verdict::Distinct);
}

/// A row of a list without an outline beside an estate that was drawn; somebody corrected the
/// estate on another laptop.
fn row_and_estate() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let list = ListId(uuid::Uuid::from_u128(70));
    let row = Estate {
        boundary: None,
        position: Some(LonLat::new(115.9045, 28.6805)),
        origin: Some(Origin {
            list,
            row: 12,
            source: "安居客".into(),
            source_id: "A-881".into(),
        }),
        aliases: vec!["洪都老村".into()],
        ..complete_estate(2, "洪都新村")
    };
    let path = survey_file(
        &folder.join("洪都.gpkg"),
        [complete_estate(1, "洪都新村"), row],
    );
    let author = Author {
        name: "王核查".into(),
        device: "laptop 8".into(),
    };
    let mut session = Session::open(&path, author).unwrap();
    let imported = ImportList {
        id: list,
        file_name: "房管局.csv".into(),
        sha256: String::new(),
        role: ListRole::Register,
        kind: ListKind::default(),
        crs: Crs::Degrees(Datum::Wgs84),
        imported_at: jiff::Timestamp::UNIX_EPOCH,
        rows_read: 12,
        mapping: Vec::new(),
        rejected: Vec::new(),
    };
    let change = Change::List {
        id: list,
        before: None,
        after: Some(Arc::new(imported)),
    };
    let commands = [
        Command::Apply {
            label: EditLabel::ChangeSettings,
            changes: vec![change],
        },
        Command::SetField {
            estates: vec![id(1)],
            field: Field::Households,
            value: Some(Value::Count(196)),
        },
    ];
    for command in commands {
        session.run(command).unwrap();
    }
    session.close().unwrap();
    (temporary, path)
}

#[test]
fn a_pair_shows_where_each_came_from_its_other_names_and_who_changed_it_last() {
    let (_temporary, path) = row_and_estate();
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::PageDown);
    assert!(window.shows("From 房管局.csv row 12"));
    assert!(window.shows("Published by 安居客 as A-881"));
    assert!(window.shows("Also called 洪都老村"));
    assert!(window.shows("drawn here"));
    assert!(
        window
            .text_with("200 households → 196")
            .contains("王核查 on laptop 8")
    );
    assert!(window.shows("For one estate"), "the evidence is grouped");
    // An edit of the pair is told at once.
    window.press(Key::Num6);
    assert!(window.shows(&surveyor().name));
}

#[test]
fn the_map_says_which_is_which_and_how_far_apart() {
    let (_temporary, path) = row_and_estate();
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::PageDown);
    // The square ends at 115.903, the point lies a thousandth and a half further east.
    assert!(window.shows("147 m apart"));
    assert!(window.shows("洪都新村 (point only)"));
    let (center, _) = window.harness.state().looks_at();
    assert!((center.lon - 115.90325).abs() < 0.0005, "{center:?}");

    let (_temporary, mut window) = reviewing();
    window.press(Key::PageDown);
    assert!(window.shows("Hatched: covered by this one alone"));
}

#[test]
fn the_photos_of_both_stand_beside_them_and_open_large() {
    let (_temporary, path) = row_and_estate();
    let picture = path.with_file_name("北门.jpg");
    std::fs::write(&picture, jpeg_with(1, &position(115.9025, 28.6805))).unwrap();
    let mut window = Window::on(&path);
    drop_on(&mut window, &[picture]);
    window.let_notices_go();
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::PageDown);
    assert!(window.shows("No photos"), "of the row");
    window.click("北门.jpg");
    assert!(window.has_control("Note"));
}

#[test]
fn a_merged_estate_tells_what_it_took_from_which_row_and_is_parted_in_the_form() {
    let (_temporary, path) = row_and_estate();
    let before = crate::bench::read(&path);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::PageDown);
    // The row's households, chosen by hand.
    while !window.is_on("Households: 200 households") {
        window.press(Key::ArrowDown);
        window.press(Key::ArrowRight);
    }
    window.press(Key::Num1);
    window.press(Key::I);
    window.click("Counts other records too: 1");
    assert!(window.shows("merged, the same estate · From 房管局.csv row 12"));
    assert!(window.shows("Published by 安居客 as A-881"));
    assert!(window.shows("Also called 洪都老村"));
    assert!(window.shows("Households: 196 households → 200 households"));
    assert!(window.shows("Other names: not surveyed → 洪都老村"));

    // Corrected since, by the surveyor: that stands when the row leaves.
    window.type_into("Floor area", "13600");
    window.press(Key::Enter);
    let corrected = window.survey().estate(id(1)).unwrap().floor_area_m2;
    assert_eq!(corrected, Some(13_600.0));
    window.click("Part '洪都新村' again");
    let (parted, was) = (window.survey(), &before);
    assert_eq!(parted.estate(id(2)), was.estate(id(2)));
    let kept = parted.estate(id(1)).unwrap();
    assert_eq!(kept.households, Some(196));
    assert_eq!(kept.aliases, Vec::<String>::new());
    assert_eq!(kept.floor_area_m2, corrected);
    assert_eq!(parted.decisions().len(), 0);
    assert!(!window.has_control("Counts other records too: 1"));
}
