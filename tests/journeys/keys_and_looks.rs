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

/// Opens the settings at the keys.
fn key_settings(window: &mut Window) {
    window.press_with(Modifiers::COMMAND, Key::Comma);
    window.click("Keys");
}

const DRAWS: &str = "Change the key of “Draw a boundary”";

#[test]
fn a_verb_gets_another_key_and_menu_and_sheet_say_so() {
    let (_temporary, mut window) = on_one_estate();
    key_settings(&mut window);
    window.click(DRAWS);
    assert!(window.shows("Press the new key for “Draw a boundary”"));
    // A letter that is no command now, and one more that would be, were it not waited for.
    window.press(Key::W);
    window.press(Key::Escape);
    assert!(!window.shows("Settings"));
    window.press(Key::D);
    assert!(!window.is_on("Draw a boundary"), "the old key is free");
    window.press(Key::W);
    assert!(window.is_on("Draw a boundary"));
    for (x, y) in [(0.2, 0.9), (0.4, 0.9), (0.4, 0.75)] {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 2);
    assert!(window.hint_of("Draw a boundary", "Draw a boundary (W)"));
}

#[test]
fn a_key_that_is_taken_is_named_and_taken_only_when_wanted() {
    let (_temporary, mut window) = on_one_estate();
    key_settings(&mut window);
    window.click(DRAWS);
    window.press(Key::V);
    assert!(window.shows("V is “Select”. Take it for “Draw a boundary” anyway?"));
    window.click("Leave it");
    window.click(DRAWS);
    window.press(Key::V);
    window.click("Take it");
    window.click("Close window");
    window.press(Key::V);
    assert!(window.is_on("Draw a boundary"));

    key_settings(&mut window);
    window.click("All keys as they were");
    window.click("Close window");
    window.press(Key::V);
    assert!(window.is_on("Select"));
}

#[test]
fn keys_that_the_window_needs_are_refused_with_the_reason() {
    let (_temporary, mut window) = on_one_estate();
    key_settings(&mut window);
    window.click(DRAWS);
    window.press(Key::Num2);
    assert!(window.shows("digits set severities"));
    window.click("Another key");
    window.press(Key::Escape);
    assert!(
        window.shows("Settings"),
        "Esc leaves the key, not the dialog"
    );
    window.press(Key::Escape);
    assert!(!window.shows("Settings"));
}

#[test]
fn a_letter_is_a_command_while_the_list_has_the_focus() {
    let (_temporary, mut window) = on_one_estate();
    window.focus("List of estates");
    window.press(Key::D);
    assert!(window.is_on("Draw a boundary"));
}

#[test]
fn the_palette_walks_by_arrows_says_why_not_and_remembers() {
    let mut window = Window::without_survey(Language::English);
    window.press_with(Modifiers::COMMAND, Key::P);
    window.type_text("import");
    assert!(window.shows("Open or create a survey first."));
    window.press(Key::Enter);
    assert!(window.shows("All commands"), "nothing happened");
    window.press(Key::Escape);

    window.press_with(Modifiers::COMMAND, Key::P);
    window.type_text("jm");
    window.press(Key::ArrowDown);
    window.press(Key::ArrowUp);
    window.press(Key::Enter);
    assert!(window.is_dark(), "深色界面, by its first letters");
    window.press_with(Modifiers::COMMAND, Key::P);
    window.press(Key::Enter);
    assert!(!window.is_dark(), "used last, first offered");
}
