//! The queue of possible duplicates, gone through at the keyboard alone.

use crate::bench::{Window, complete_estate, folder, id, square, survey_file};
use egui::{Key, Modifiers};
use jiugai::model::{Estate, Field, Standing, ValueSource, Verdict};
use std::path::PathBuf;

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
    // Both names are kept anyway; nothing to choose, and it says so.
    window.press(Key::ArrowDown);
    window.press(Key::ArrowRight);
    assert!(window.shows("A merge keeps the names of both."));
    // Right, and left again.
    while !window.shows("Only one of the two has a value here") {
        window.press(Key::ArrowDown);
        window.press(Key::ArrowRight);
    }
    window.press(Key::ArrowUp);
    window.press(Key::ArrowRight);
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
