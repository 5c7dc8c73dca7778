//! Whoever does not see the window hears what each control is, and reaches it without a mouse.

use crate::bench::{Window, complete_estate, folder, id, survey_file};
use egui::{Key, Modifiers};
use jiugai::model::Estate;
use jiugai::ui::verb::Verb;
use jiugai::words::Language;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Two records of one estate, and a row that waits for its boundary.
fn town() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let twin = Estate {
        boundary: complete_estate(1, "").boundary,
        ..complete_estate(2, "洪都新村")
    };
    let waiting = Estate {
        boundary: None,
        // A number given out: it can be withdrawn, not deleted.
        lib_no: Some("36010220260001".into()),
        ..complete_estate(3, "粮食局宿舍")
    };
    let estates = [complete_estate(1, "洪都新村"), twin, waiting];
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    (temporary, path)
}

pub fn check(window: &Window, screen: &str) {
    let nameless = window.nameless_controls();
    assert!(nameless.is_empty(), "{screen}: {nameless:#?}");
}

/// Opens a dialog by its name in the palette.
pub fn open(window: &mut Window, verb: Verb, language: Language) {
    window.press_with(Modifiers::COMMAND, Key::P);
    window.type_text(&language.text(verb.key()));
    window.press(Key::Enter);
}

#[test]
fn every_control_of_the_start_screen_and_its_dialogs_has_a_name() {
    for language in Language::ALL {
        let mut window = Window::without_survey(language);
        check(&window, "start");
        for verb in [
            Verb::NewSurvey,
            Verb::OpenSurvey,
            Verb::Basemaps,
            Verb::Settings,
            Verb::Palette,
            Verb::Keys,
            Verb::About,
        ] {
            open(&mut window, verb, language);
            check(&window, &format!("{language:?} {verb:?}"));
            window.press(Key::Escape);
        }
    }
}

#[test]
fn every_control_of_every_workspace_has_a_name() {
    for language in Language::ALL {
        let (_temporary, path) = town();
        let mut window = Window::start(Some(path), language);
        check(&window, "nothing selected");
        window.focus(&language.text("table.name"));
        window.press(Key::Home);
        check(&window, "form");
        window.press_with(Modifiers::COMMAND, Key::H);
        check(&window, "history");
        window.press_with(Modifiers::COMMAND, Key::H);
        window.press_with(Modifiers::COMMAND, Key::A);
        check(&window, "several selected");
        window.press(Key::Home);
        for verb in [Verb::Import, Verb::SaveCopy, Verb::Delete] {
            open(&mut window, verb, language);
            check(&window, &format!("{language:?} {verb:?}"));
            window.press(Key::Escape);
        }
        open(&mut window, Verb::Basemaps, language);
        for page in ["add", "address", "references", "pack", "position", "stack"] {
            let key = format!("layers.page.{page}");
            window.click(&language.text(&key));
            check(&window, &key);
        }
        window.press(Key::Escape);
        window.press_with(Modifiers::COMMAND, Key::Num2);
        let pair = window.button_with("洪都新村");
        window.click(&pair);
        check(&window, "review");
        for (key, workspace) in [
            (Key::Num3, "coverage"),
            (Key::Num4, "plan"),
            (Key::Num5, "projects"),
            (Key::Num6, "release"),
        ] {
            window.press_with(Modifiers::COMMAND, key);
            check(&window, workspace);
        }
        for menu in jiugai::ui::verb::MENUS {
            window.open_menu(&language.text(menu.key));
            check(&window, menu.key);
            window.press(Key::Escape);
        }
    }
}

#[test]
fn tab_alone_reaches_tool_bar_list_map_and_form() {
    let (_temporary, path) = town();
    let mut window = Window::on(&path);
    window.focus("List of estates");
    // The first of the list waits for its boundary.
    window.press(Key::End);
    assert_ne!(window.harness.state().selection(), [id(3)]);
    let mut missed = BTreeSet::from([
        "File",
        "Undo",
        "Draw a boundary",
        "Search",
        "List of estates",
        "map",
        "Name",
        "Households",
        "History (1)",
    ]);
    for _ in 0..150 {
        window.press(Key::Tab);
        if let Some(reached) = window.focused() {
            missed.remove(&*reached);
        }
        if missed.is_empty() {
            return;
        }
    }
    panic!("never reached: {missed:?}");
}

#[test]
fn every_control_of_a_file_that_was_read_and_of_the_keys_has_a_name() {
    for language in Language::ALL {
        let (temporary, path) = town();
        let list = temporary.path().join("名册.csv");
        std::fs::write(&list, "小区名称,户数,lon,lat\n安居小区,120,115.9,28.6\n").unwrap();
        let mut window = Window::start(Some(path), language);
        open(&mut window, Verb::Import, language);
        let file = language.text("dialog.path");
        window.type_into(&file, &list.display().to_string());
        window.click(&language.text("dialog.import.read"));
        assert!(window.shows("户数"));
        check(&window, "import");
        window.press(Key::Escape);
        open(&mut window, Verb::Settings, language);
        window.click(&language.text("settings.keys"));
        check(&window, "keys");
    }
}

#[test]
fn the_arrows_move_a_map_that_has_the_keyboard() {
    let (_temporary, path) = town();
    let mut window = Window::on(&path);
    window.focus("map");
    let (before, _) = window.harness.state().looks_at();
    window.press(Key::ArrowRight);
    window.press(Key::ArrowUp);
    let (after, _) = window.harness.state().looks_at();
    assert!(after.lon > before.lon && after.lat > before.lat);
    assert_eq!(window.focused().as_deref(), Some("map"));
}
