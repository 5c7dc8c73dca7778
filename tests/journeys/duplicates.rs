//! Two records of one estate: found, explained, decided, and parted again.

use crate::bench::{Window, complete_estate, folder, id, read, square, survey_file, surveyor};
use egui::{Key, Modifiers};
use jiugai::edit::{Command, Decide};
use jiugai::model::{Estate, Learning, LonLat, Pair, Standing, Verdict};
use jiugai::session::Session;
use std::path::PathBuf;

const NAMES: &str = "洪都新村 · 洪都新村小区";

fn pair() -> Pair {
    Pair::new(id(1), id(2)).unwrap()
}

/// Nearly the same outline, nearly the same name; and one that has nothing to do with them.
fn town() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let twin = Estate {
        boundary: Some(square(2.05, 0.05)),
        address: "洪都北大道1号".into(),
        households: None,
        ..complete_estate(2, "洪都新村小区")
    };
    let estates = [
        complete_estate(1, "洪都新村"),
        twin,
        complete_estate(9, "粮食局宿舍"),
    ];
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    (temporary, path)
}

fn reviewing() -> (tempfile::TempDir, PathBuf, Window) {
    let (temporary, path) = town();
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click(NAMES);
    (temporary, path, window)
}

#[test]
fn the_pair_is_listed_with_the_reasons_that_speak_for_it() {
    let (_temporary, _, window) = reviewing();
    assert!(window.shows("1 to decide"));
    assert!(window.shows("Suggested: same estate"));
    assert!(window.shows("nearly the same ground"), "the outlines speak");
    assert!(window.shows("≠ Name"), "what differs is marked");
    assert!(!window.shows("粮食局宿舍"));
}

#[test]
fn same_merges_the_two_and_undo_parts_them() {
    let (_temporary, path, mut window) = reviewing();
    window.press(Key::Num1);
    assert_eq!(window.survey().counted().count(), 2);
    let absorbed = window.survey().estates().find(|e| !e.standing.is_counted());
    let absorbed = absorbed.unwrap();
    assert!(matches!(absorbed.standing, Standing::Merged { .. }));
    assert!(window.shows("0 to decide"));
    assert!(window.shows("1 decided"));

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().counted().count(), 3);
    window.close();
    let survey = read(&path);
    assert_eq!(survey.decision(pair()), None);
    assert_eq!(survey.counted().count(), 3);
}

#[test]
fn a_merge_is_parted_from_the_list_of_decided_pairs() {
    let (_temporary, _, mut window) = reviewing();
    window.click("same estate");
    window.click("1 decided");
    window.click(NAMES);
    assert!(window.shows("Decided: same estate, 李调查"));
    window.click("Part them again");
    assert_eq!(window.survey().counted().count(), 3);
}

#[test]
fn different_estates_leave_the_queue_for_good() {
    let (_temporary, path, mut window) = reviewing();
    window.press(Key::Num5);
    assert_eq!(window.survey().counted().count(), 3);
    assert!(window.shows("No pair waits for a decision."));
    window.close();
    assert_eq!(
        read(&path).decision(pair()).unwrap().verdict,
        Verdict::Distinct
    );

    let mut window = Window::on(&path);
    window.press(Key::F6);
    assert!(window.shows("No pair waits for a decision."));
}

#[test]
fn the_larger_estate_contains_a_court_that_is_better_surveyed() {
    let (_temporary, folder) = folder();
    let mut court = complete_estate(2, "洪都花园玫瑰苑");
    court.boundary = Some(square(2.0, 0.0));
    // Three times as long and as wide, and hardly surveyed.
    let mut estate = Estate::new(id(1));
    estate.name = "洪都花园".into();
    let outline = geo::Rect::new((115.9015, 28.6795), (115.9045, 28.6825)).to_polygon();
    estate.boundary = Some(std::sync::Arc::new(outline.into()));
    let path = survey_file(&folder.join("洪都.gpkg"), [estate, court]);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click("洪都花园 · 洪都花园玫瑰苑");
    window.press(Key::Num2);
    assert_eq!(
        window.survey().estate(id(2)).unwrap().standing,
        Standing::PartOf { parent: id(1) }
    );
}

/// Pairs of one name side by side, each of so many households in the smaller record.
fn town_of_pairs(households: &[Option<u32>]) -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let mut estates = Vec::new();
    for (number, households) in (1..).zip(households) {
        let name = format!("{}新村", ["洪都", "青云", "象湖", "梅岭"][number - 1]);
        for twin in 0..2u8 {
            let key = 10 * number as u8 + twin;
            let mut estate = complete_estate(key, &name);
            let north = 8.0 * number as f64;
            estate.boundary = Some(square(0.05 * f64::from(twin), north));
            estate.households = *households;
            estates.push(estate);
        }
    }
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    (temporary, path)
}

fn twins(name: &str) -> String {
    format!("{name}新村 · {name}新村")
}

#[test]
fn the_queue_begins_with_the_most_households_and_says_how_many_would_count_twice() {
    let (_temporary, path) = town_of_pairs(&[Some(80), None, Some(1200), Some(80)]);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    let order = window.buttons_with("新村 · ");
    // What is not surveyed ranks as the median, 80.
    assert_eq!(order[0], twins("象湖"));
    assert_eq!(order.len(), 4);
    assert!(window.hint_of(&twins("象湖"), "1,200 households at stake"));
    assert!(window.hint_of(&twins("青云"), "households not surveyed"));
}

#[test]
fn the_queue_shows_one_class_alone_and_how_many_it_has() {
    let (_temporary, folder) = folder();
    let mut court = complete_estate(4, "象湖花园玫瑰苑");
    court.boundary = Some(square(0.3, 8.3));
    court.households = Some(30);
    let mut garden = complete_estate(3, "象湖花园");
    let outline = geo::Rect::new((115.9, 28.688), (115.903, 28.691)).to_polygon();
    garden.boundary = Some(std::sync::Arc::new(outline.into()));
    let mut twin = complete_estate(2, "洪都新村小区");
    twin.boundary = Some(square(2.05, 0.05));
    let estates = [complete_estate(1, "洪都新村"), twin, garden, court];
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    assert!(window.has_control(NAMES));
    window.click("Show");
    window.click_menu("part of the other (1)");
    assert!(!window.has_control(NAMES));
    assert!(window.has_control("象湖花园 · 象湖花园玫瑰苑"));
    // Once it is decided, nothing is hidden any more.
    window.click("象湖花园 · 象湖花园玫瑰苑");
    window.press(Key::Num2);
    assert!(window.has_control(NAMES));
}

#[test]
fn a_verdict_that_an_earlier_one_forbids_is_disabled_and_says_why() {
    let (_temporary, folder) = folder();
    let estates = (1..=3).map(|number| {
        let mut estate = complete_estate(number, "青云新村");
        estate.boundary = Some(square(0.02 * f64::from(number), 0.0));
        estate
    });
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    // The second is not the third, and the first is the second: so the first is not the third.
    let mut session = Session::open(&path, surveyor()).unwrap();
    for (a, b, verdict) in [(2, 3, Verdict::Distinct), (1, 2, Verdict::Same)] {
        let decide = Decide::new(Pair::new(id(a), id(b)).unwrap(), verdict);
        session.run(Command::Decide(decide)).unwrap();
    }
    session.close().unwrap();

    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.press(Key::PageDown);
    assert!(window.is_on(&twins("青云")));
    assert!(!window.is_enabled("same estate") && window.is_enabled("unsure"));
    let reason = "青云新村 and 青云新村 were decided to be different";
    assert!(
        window.hint_of("same estate", reason),
        "{}",
        window.everything()
    );
    // The key does nothing either, and says the same.
    window.press(Key::Num1);
    assert!(window.shows(reason));
    assert_eq!(window.survey().counted().count(), 2);
    window.press(Key::Num5);
    assert_eq!(window.survey().decisions().len(), 3);
}

/// A row of a list at this place, with nothing but a name.
fn row(number: u128, name: &str, lon: f64) -> Estate {
    Estate {
        name: name.into(),
        position: Some(LonLat::new(lon, 28.68)),
        ..Estate::new(id(number))
    }
}

#[test]
fn an_employer_renamed_in_the_table_is_one_from_then_on_and_undo_takes_it_back() {
    let (_temporary, folder) = folder();
    let estates = [
        row(1, "江柴宿舍", 115.9),
        row(2, "江西柴油机厂家属院", 115.9003),
    ];
    let path = survey_file(&folder.join("单位.gpkg"), estates);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    assert!(window.shows("0 to decide"));

    window.choose("Review", "Renamed employers and roads…");
    window.type_into("As it is written, e.g. 江柴", "江柴");
    assert!(!window.is_enabled("Add"));
    window.type_into("Is the same as, e.g. 江西柴油机厂", "江西柴油机厂");
    window.click("Add");
    assert_eq!(window.survey().settings().aliases.len(), 1);
    window.finish_jobs();
    assert!(window.shows("1 to decide"), "{}", window.everything());

    window.choose("Edit", "Undo");
    window.finish_jobs();
    assert!(window.survey().settings().aliases.is_empty());
    assert!(window.shows("0 to decide"));
}

#[test]
fn three_lists_of_one_estate_are_one_group_and_a_decision_cuts_the_weakest_pair() {
    let (_temporary, folder) = folder();
    let estates = [
        row(1, "洪都新村", 115.9),
        row(2, "洪都新村", 115.9003),
        row(3, "洪都新村小区", 115.9006),
    ];
    let path = survey_file(&folder.join("三份.gpkg"), estates);
    let mut session = Session::open(&path, surveyor()).unwrap();
    let apart = Pair::new(id(1), id(3)).unwrap();
    let decide = |verdict| Command::Decide(Decide::new(apart, verdict));
    session.run(decide(Verdict::Unsure)).unwrap();
    session.close().unwrap();

    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click("洪都新村 · 洪都新村");
    assert!(
        window.shows("3 records are suggested"),
        "{}",
        window.everything()
    );
    window.press_with(Modifiers::COMMAND, Key::Num2);
    window.click("1 decided");
    window.click("洪都新村 · 洪都新村小区");
    window.press(Key::Num5);
    window.click("2 to decide");
    window.click("洪都新村 · 洪都新村");
    assert!(window.shows("Set aside:"), "{}", window.everything());
}

#[test]
fn decisions_are_learned_from_only_after_it_was_asked_for() {
    let (_temporary, _, mut window) = reviewing();
    assert_eq!(window.survey().settings().learning, Learning::PairsAlone);
    window.choose("Review", "Learn from decisions");
    window.finish_jobs();
    assert_eq!(window.survey().settings().learning, Learning::Decisions);
    assert!(window.shows("1 to decide"));
    window.choose("Edit", "Undo");
    assert_eq!(window.survey().settings().learning, Learning::PairsAlone);
}
