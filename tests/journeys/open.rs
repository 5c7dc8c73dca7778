//! Opening a survey that is there, and one that is none.

use crate::bench::{Window, complete_estate, folder, survey_file};
use egui::{Key, Modifiers};
use jiugai::words::Language;

#[test]
fn an_existing_survey_is_opened_from_a_typed_path() {
    let (_temporary, folder) = folder();
    let path = survey_file(
        &folder.join("洪都.gpkg"),
        [
            complete_estate(1, "洪都新村"),
            complete_estate(2, "粮食局宿舍"),
        ],
    );
    let mut window = Window::without_survey(Language::English);
    window.press_with(Modifiers::COMMAND, Key::O);
    window.type_path(&path);
    window.click("Open");

    assert_eq!(window.survey().estates().len(), 2);
    assert!(window.shows("粮食局宿舍"), "the list names it");
}

#[test]
fn a_file_that_is_no_survey_is_told_in_a_sentence_and_the_window_goes_on() {
    let (_temporary, folder) = folder();
    let good = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let bad = folder.join("照片.gpkg");
    std::fs::write(&bad, "not a database").unwrap();

    let mut window = Window::on(&bad);
    assert!(!window.has_survey());
    assert!(window.shows("照片.gpkg"));

    window.click("Open survey…");
    window.type_path(&good);
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 1);

    // A survey that is open stays open when the next one cannot be.
    window.press_with(Modifiers::COMMAND, Key::O);
    window.type_path(&folder.join("nowhere.gpkg"));
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 1);
    assert!(window.shows("nowhere.gpkg"));
}

#[test]
fn what_another_program_spoilt_is_said_and_another_survey_shows_its_own_records() {
    let (_temporary, folder) = folder();
    let spoilt = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let outside = rusqlite::Connection::open(&spoilt).unwrap();
    // As every program that knows GeoPackages, it brings the functions that the triggers ask.
    let flags = rusqlite::functions::FunctionFlags::SQLITE_UTF8;
    for name in ["ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] {
        outside
            .create_scalar_function(name, 1, flags, |_| Ok(0.0))
            .unwrap();
    }
    outside
        .execute("UPDATE estate SET locality = 'moon'", [])
        .unwrap();
    drop(outside);
    let other = survey_file(
        &folder.join("粮食局.gpkg"),
        [complete_estate(2, "粮食局宿舍")],
    );

    let mut window = Window::on(&spoilt);
    assert!(window.shows("moon"), "which row, which value");
    window.press_with(Modifiers::COMMAND, Key::O);
    window.type_path(&other);
    window.press(Key::Enter);
    assert!(window.shows("粮食局宿舍"));
    assert!(!window.shows("洪都新村"), "the list is the open survey's");
}
