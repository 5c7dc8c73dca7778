//! Language, darkness, palette and keys.

use crate::bench::{Window, complete_estate, folder, survey_file};
use egui::{Key, Modifiers};
use jiugai::words::Language;

fn on_one_estate() -> (tempfile::TempDir, Window) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let window = Window::on(&path);
    (temporary, window)
}

#[test]
fn the_language_changes_while_the_window_is_open() {
    let (_temporary, mut window) = on_one_estate();
    assert!(window.has_control("Undo"));
    window.choose("View", "中文 / English");
    assert!(window.has_control("撤销") && !window.has_control("Undo"));
    assert!(window.has_control("文件") && !window.has_control("File"));
    window.choose("视图", "中文 / English");
    assert!(window.has_control("Undo"));
}

#[test]
fn the_window_turns_dark_and_light_again() {
    let (_temporary, mut window) = on_one_estate();
    let start = window.is_dark();
    window.choose("View", "Dark window");
    assert!(window.is_dark() && !start);
    window.choose("View", "Dark window");
    assert!(!window.is_dark());
}

#[test]
fn the_palette_finds_a_command_by_a_part_of_its_name_and_runs_it() {
    let mut window = Window::without_survey(Language::Chinese);
    window.press_with(Modifiers::COMMAND, Key::P);
    // In either language.
    window.type_text("dark");
    window.press(Key::Enter);
    assert!(window.is_dark());
    assert!(!window.shows("全部命令"), "and closes");
}

#[test]
fn a_question_mark_shows_the_keys_and_esc_closes_them() {
    let (_temporary, mut window) = on_one_estate();
    window.press(Key::Questionmark);
    assert!(window.shows("Ctrl+Z") && window.shows("Draw a boundary"));
    assert!(
        !window.shows("Questionmark"),
        "keys are called what is printed on them"
    );
    window.press(Key::Escape);
    assert!(!window.shows("Ctrl+Shift+S"));
}

#[test]
fn a_letter_typed_into_a_box_is_no_command() {
    let (_temporary, mut window) = on_one_estate();
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_letter(Key::D, "d");
    assert_eq!(window.text_in("Search"), "d");
    assert!(!window.is_on("Draw a boundary"));
    // Esc takes the search back; then the same key is the command.
    window.press(Key::Escape);
    assert_eq!(window.text_in("Search"), "");
    window.press(Key::D);
    assert!(window.is_on("Draw a boundary"));
}

#[test]
fn space_on_a_button_presses_the_button_and_not_the_next_waiting_row() {
    let (_temporary, folder) = folder();
    let mut waiting = complete_estate(1, "洪都新村");
    waiting.boundary = None;
    let path = survey_file(&folder.join("洪都.gpkg"), [waiting]);
    let mut window = Window::on(&path);
    window.focus("Import a list…");
    window.press(Key::Space);
    assert!(!window.is_on("Draw a boundary"));
    assert!(window.shows("Read the file"), "the dialog is open");

    window.press(Key::Escape);
    window.click_map(0.02, 0.4);
    window.press(Key::Space);
    assert!(window.is_on("Draw a boundary"), "without a button it is");
}
