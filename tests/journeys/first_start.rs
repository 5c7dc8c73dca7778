//! A first start, with no survey open.

use crate::bench::{Window, folder, read};
use egui::{Key, Modifiers};
use jiugai::words::Language;

#[test]
fn the_start_screen_speaks_the_language_of_the_preferences() {
    for (language, heading, new_survey) in [
        (Language::English, "without duplicates", "New survey…"),
        (Language::Chinese, "不重不漏", "新建调查…"),
    ] {
        let mut window = Window::without_survey(language);
        assert!(window.shows(heading), "{language:?}");
        window.click(new_survey);
        assert!(!window.has_survey());
    }
}

#[test]
fn a_new_survey_is_created_from_a_typed_path() {
    let (_temporary, folder) = folder();
    let mut window = Window::without_survey(Language::English);
    window.click("New survey…");
    assert!(!window.is_enabled("Create"), "no path is typed yet");
    window.type_path(&folder.join("洪都 2026"));
    window.click("Create");

    assert!(window.shows("was created"));
    assert_eq!(window.survey().estates().len(), 0);
    window.close();
    assert_eq!(read(&folder.join("洪都 2026.gpkg")).estates().len(), 0);
}

#[test]
fn enter_in_the_path_box_creates_it_too_and_an_existing_file_is_left_alone() {
    let (_temporary, folder) = folder();
    let path = folder.join("洪都.gpkg");
    std::fs::write(&path, "somebody's").unwrap();
    let mut window = Window::without_survey(Language::English);
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_path(&path);
    window.press(Key::Enter);

    assert!(!window.has_survey());
    assert!(window.shows("洪都.gpkg"), "the sentence names the file");
    assert!(
        window.is_enabled("Create"),
        "the dialog waits for another path"
    );
    assert_eq!(std::fs::read(&path).unwrap(), b"somebody's");
}

#[test]
fn what_needs_a_survey_is_disabled_and_says_why() {
    let mut window = Window::without_survey(Language::English);
    for verb in ["Import a list…", "Undo", "Draw a boundary"] {
        assert!(!window.is_enabled(verb), "{verb}");
    }
    assert!(window.hint_of("Undo", "Open or create a survey first."));
}

#[test]
fn a_key_that_needs_a_survey_says_why_it_did_nothing() {
    let mut window = Window::without_survey(Language::English);
    window.press(Key::D);
    assert!(window.shows("Open or create a survey first."));
}
