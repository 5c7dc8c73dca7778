use crate::bench::Window;
use egui::{Key, Modifiers};
use jiugai::words::Language;

#[test]
fn a_new_user_sees_what_to_do_in_the_language_of_the_system() {
    let window = Window::in_language(None, Language::Chinese);
    assert!(window.is_enabled("新建调查…"));
    let window = Window::open(None);
    assert!(window.is_enabled("Open the sample town"));
    // What needs a survey says so by being disabled.
    assert!(!window.is_enabled("Undo"));
}

#[test]
fn a_survey_is_created_where_the_path_says() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("洪都 调查.gpkg");
    let mut window = Window::open(None);
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_into("File", path.to_str().unwrap());
    assert!(path.exists());
    assert_eq!(window.survey().estates().len(), 0);
}

#[test]
fn a_file_that_is_no_survey_gets_a_sentence_and_the_window_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("photo.gpkg");
    std::fs::write(&path, "no survey at all").unwrap();
    let mut window = Window::open(Some(&path));
    assert!(window.shows("is no survey file"));
    window.press_with(Modifiers::COMMAND, Key::N);
    assert!(window.shows("Where shall the survey file lie"));
}

#[test]
fn the_language_changes_while_the_program_runs() {
    let mut window = Window::open(None);
    window.press_with(Modifiers::COMMAND, Key::P);
    window.type_into("All commands", "中文");
    assert!(window.is_enabled("新建调查…"));
}

#[test]
fn a_letter_typed_into_a_box_is_no_command() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("survey.gpkg");
    let mut window = Window::open(None);
    window.press_with(Modifiers::COMMAND, Key::N);
    window.type_into("File", path.to_str().unwrap());
    window.press_with(Modifiers::COMMAND, Key::F);
    window.harness.key_press(Key::D);
    window.settle();
    window.click_map([0.0, 0.0]);
    window.click_map([50.0, 0.0]);
    window.click_map([50.0, 50.0]);
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 0, "D took the draw tool");
}
