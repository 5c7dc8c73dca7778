//! Who changed what and when, and every value put back.

use crate::bench::{Window, complete_estate, folder, id, read, square, survey_file, surveyor};
use egui::{Key, Modifiers};
use jiugai::edit::Command;
use jiugai::model::{EstateId, Field, Value};
use jiugai::session::{Author, Session};
use std::path::{Path, PathBuf};

fn one_estate() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    (temporary, path)
}

/// Somebody else changes the file on another device.
fn by_another(path: &Path, commands: impl IntoIterator<Item = Command>) {
    let author = Author {
        name: "王核查".to_owned(),
        device: "laptop 8".to_owned(),
    };
    let mut session = Session::open(path, author).unwrap();
    for command in commands {
        session.run(command).unwrap();
    }
    session.close().unwrap();
}

fn households(estate: EstateId, count: u32) -> Command {
    Command::SetField {
        estates: vec![estate],
        field: Field::Households,
        value: Some(Value::Count(count)),
    }
}

/// The list's one row is selected and its history shown.
fn with_history(path: &Path) -> Window {
    let mut window = Window::on(path);
    window.focus("List of estates");
    window.press(Key::Home);
    window.press_with(Modifiers::COMMAND, Key::H);
    window
}

#[test]
fn the_history_says_who_changed_what_and_puts_a_value_back() {
    let (_temporary, path) = one_estate();
    by_another(&path, [households(id(1), 196)]);
    let mut window = with_history(&path);
    assert!(window.shows("History of 洪都新村"));
    assert!(window.text_with("王核查").starts_with("today "));
    assert!(window.shows("王核查 on laptop 8"));
    assert!(window.shows("200 households → 196 households"));

    window.click("Restore Households: 200 households");
    assert_eq!(window.survey().estate(id(1)).unwrap().households, Some(200));
    assert!(window.shows("196 households → 200 households"));
    assert!(window.text_with(&surveyor().name).starts_with("today "));
    window.close();
    assert_eq!(read(&path).estate(id(1)).unwrap().households, Some(200));

    let mut window = with_history(&path);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().estate(id(1)).unwrap().households, Some(196));
    assert!(window.shows("undone"));
}

#[test]
fn an_old_outline_is_shown_on_the_map_and_put_back() {
    let (_temporary, path) = one_estate();
    let before = read(&path).estate(id(1)).unwrap().boundary.clone();
    let reshape = Command::Reshape {
        estate: id(1),
        boundary: square(2.5, 0.5),
    };
    by_another(&path, [reshape]);
    let mut window = with_history(&path);
    assert!(window.shows(" m² → "));
    window.click("Show the outline from before");
    assert!(window.is_on("Show the outline from before"));
    let restore = window.button_with("Restore Boundary");
    window.click(&restore);
    let after = window.survey().estate(id(1)).unwrap().boundary.clone();
    assert_eq!(after, before);
}

#[test]
fn the_history_is_reached_from_the_foot_of_the_form_and_left_again_by_keys() {
    let (_temporary, path) = one_estate();
    by_another(&path, [households(id(1), 196)]);
    let mut window = Window::on(&path);
    window.focus("List of estates");
    window.press(Key::Home);
    window.click("History (2)");
    assert!(window.shows("History of 洪都新村"));
    // The keyboard has come along: Enter goes back.
    window.press(Key::Enter);
    assert!(!window.shows("History of 洪都新村"));
    assert!(window.has_control("Households"));
}

#[test]
fn what_is_merged_into_another_record_says_why_nothing_is_put_back() {
    let (_temporary, path) = one_estate();
    let withdraw = Command::Withdraw {
        estate: id(1),
        reason: "拟拆除".into(),
    };
    by_another(&path, [households(id(1), 196), withdraw]);
    let mut window = Window::on(&path);
    window.click("Merged or out");
    window.focus("List of estates");
    window.press(Key::Home);
    window.press_with(Modifiers::COMMAND, Key::H);
    assert!(window.shows("counts on its own → withdrawn: 拟拆除"));
    assert!(!window.is_enabled("Restore Households: 200 households"));
}

#[test]
fn a_long_history_is_read_on_when_asked() {
    let (_temporary, path) = one_estate();
    by_another(&path, (1..=60).map(|count| households(id(1), count)));
    let mut window = with_history(&path);
    assert!(window.shows("59 households → 60 households"));
    assert!(!window.shows("200 households → 1 household"));
    window.click("Older…");
    assert!(!window.has_control("Older…"));
    assert!(window.shows("200 households → 1 household"));
}
