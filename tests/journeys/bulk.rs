//! All pairs of a kind accepted at once, after a look at one and at the list of what it does.

use crate::bench::{Window, complete_estate, folder, id, read, square, survey_file};
use egui::{Key, Modifiers};
use jiugai::model::{Pair, Verdict};
use std::path::PathBuf;

/// Three places, each registered twice under one name, and 青云新村 a third time.
fn town() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let names = ["洪都新村", "青云新村", "象湖新村"];
    let mut estates = Vec::new();
    for (number, name) in (1..).zip(names) {
        let times = if name == "青云新村" { 3 } else { 2 };
        for time in 0..times {
            let mut estate = complete_estate(10 * number + time, name);
            let east = 0.02 * f64::from(time);
            estate.boundary = Some(square(east, 8.0 * f64::from(number)));
            estate.address = format!("洪都北大道{number}号");
            estates.push(estate);
        }
    }
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    (temporary, path)
}

fn twins(name: &str) -> String {
    format!("{name} · {name}")
}

fn reviewing() -> (tempfile::TempDir, PathBuf, Window) {
    let (temporary, path) = town();
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    (temporary, path, window)
}

const CLASS: &str = "same estate: both outlines cover the same ground (5)";

#[test]
fn a_kind_nobody_has_looked_at_is_not_accepted_and_the_button_says_why() {
    let (_temporary, _, mut window) = reviewing();
    window.click("Show");
    window.click_menu(CLASS);
    let accept = "Accept all 5 of this kind…";
    assert!(!window.is_enabled(accept));
    assert!(window.hint_of(accept, "Look at one pair of this kind first."));
    window.click(&twins("洪都新村"));
    assert!(window.is_enabled(accept));
    window.press(Key::F8);
    assert!(
        window.has_control("Accept 4 pairs"),
        "the triangle needs two"
    );
}

#[test]
fn all_of_a_kind_are_decided_as_one_edit_and_undone_as_one() {
    let (_temporary, path, mut window) = reviewing();
    window.press(Key::PageDown);
    window.press(Key::F8);
    assert_eq!(window.focused().unwrap(), "Back to the queue");
    assert!(window.shows("keeps 洪都新村") && window.shows("merges in 洪都新村"));
    assert!(window.shows("one already by the others: 青云新村"));
    // 象湖 is left out.
    window.click("Include 象湖新村 · 象湖新村");
    assert!(window.shows("left out"));
    window.click("Accept 3 pairs");
    assert_eq!(window.survey().counted().count(), 4);
    assert!(window.shows("3 pairs decided as one edit."));
    assert!(window.has_control(&twins("象湖新村")), "it waits still");
    assert_eq!(window.survey().decisions().len(), 3);

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().counted().count(), 7);
    assert_eq!(window.survey().decisions().len(), 0);
    window.press_with(Modifiers::COMMAND, Key::Y);
    window.close();
    let survey = read(&path);
    assert_eq!(survey.counted().count(), 4);
    let same = |decision: &jiugai::model::Decision| decision.verdict == Verdict::Same;
    assert!(survey.decisions().all(same));
}

#[test]
fn what_an_earlier_decision_forbids_is_listed_with_the_reason_and_stays_in_the_queue() {
    let (_temporary, path, window) = reviewing();
    window.close();
    // The first and the third 青云新村 were decided to be different.
    let apart = Pair::new(id(20), id(22)).unwrap();
    let mut session = jiugai::session::Session::open(&path, crate::bench::surveyor()).unwrap();
    let distinct = jiugai::edit::Decide::new(apart, Verdict::Distinct);
    let command = jiugai::edit::Command::Decide(distinct);
    session.run(command).unwrap();
    session.close().unwrap();

    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::PageDown);
    window.press(Key::F8);
    assert!(window.shows("1 cannot be decided like this"));
    assert!(window.shows("青云新村 and 青云新村"));
    let ticks = window.boxes_with("Include 青云新村");
    assert_eq!(
        ticks,
        [false, true],
        "the refused one first, and without a tick"
    );
    window.click("Accept 3 pairs");
    assert!(window.shows("1 could not be and wait in the queue"));
    assert_eq!(window.survey().counted().count(), 4);
    assert_eq!(
        window.survey().decision(apart).unwrap().verdict,
        Verdict::Distinct
    );
}

#[test]
fn esc_leaves_the_list_and_nothing_was_done() {
    let (_temporary, _, mut window) = reviewing();
    window.press(Key::PageDown);
    window.press(Key::F8);
    window.click("Tick none");
    assert!(!window.is_enabled("Accept 0 pairs"));
    window.click("Tick all");
    assert!(window.is_enabled("Accept 4 pairs"));
    window.press(Key::Escape);
    assert!(window.shows("5 to decide"));
    // The keys are the queue's again.
    window.press(Key::PageDown);
    assert!(!window.is_on(&twins("洪都新村")));
    assert_eq!(window.survey().decisions().len(), 0);
}

#[test]
fn where_the_program_is_unsure_every_pair_needs_a_look_of_its_own() {
    let (_temporary, folder) = folder();
    // Shared ground, and nothing else in common.
    let mut other = complete_estate(2, "粮食局宿舍");
    other.boundary = Some(square(2.5, 0.0));
    other.build_year = Some(1999);
    other.households = Some(40);
    let estates = [complete_estate(1, "洪都新村"), other];
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::PageDown);
    assert!(window.shows("Suggested: unsure"));
    window.press(Key::F8);
    assert!(window.shows("each needs a look of its own"));
    assert!(!window.has_control("Back to the queue"));
}
