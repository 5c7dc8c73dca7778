//! A county decides otherwise than the shipped rules: the change is an edit like any other.

use crate::bench::{Window, folder, survey_file};
use crate::names::{check, open};
use egui::{Key, Modifiers};
use jiugai::ui::verb::Verb;
use jiugai::words::Language;

const CUTOFF: &str = "Year of the cut-off";

fn own_revision(window: &Window) -> Option<u32> {
    let settings = window.survey().settings().clone();
    settings.own_rules.map(|own| own.revision)
}

/// Types over what stands in a box.
fn replace(window: &mut Window, name: &str, text: &str) {
    window.focus(name);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(text);
}

#[test]
fn a_county_moves_the_cutoff_hands_it_on_and_takes_it_back() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let mut window = Window::on(&path);
    open(&mut window, Verb::Rules, Language::English);
    check(&window, "rules");
    replace(&mut window, CUTOFF, "two thousand");
    assert!(window.shows("A number is needed"));
    window.click("Use these rules");
    assert_eq!(own_revision(&window), None, "a wrong value is not taken");
    replace(&mut window, CUTOFF, "2005");
    window.click("Use these rules");
    assert_eq!(own_revision(&window), Some(1));
    assert!(!window.text_with("JX-2019-26, version 1+1").is_empty());

    window.click("As a file");
    let file = folder.join("本县规则.json");
    window.type_path(&file);
    window.click("Write");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!(written["recognition"]["cutoff_year"], 2005);

    window.click("Back to the shipped rules");
    assert_eq!(own_revision(&window), None);
    window.click("Read");
    window.click("Use these rules");
    assert_eq!(own_revision(&window), Some(2));
}
