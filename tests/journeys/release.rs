//! What blocks is listed and mended; then the library goes out, and again the same.

use crate::bench::{Window, complete_estate, folder, id, survey_file};
use egui::{Key, Modifiers};
use jiugai::jobs::release::verify;
use jiugai::model::Estate;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// One estate is ready, the other lacks its households.
fn town() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (temporary, folder) = folder();
    let open = Estate {
        households: None,
        ..complete_estate(9, "粮食局宿舍")
    };
    let path = survey_file(
        &folder.join("洪都.gpkg"),
        [complete_estate(1, "洪都新村"), open],
    );
    (temporary, path, folder.join("入库 2026"))
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect()
}

#[test]
fn what_blocks_is_listed_and_a_click_leads_to_the_field() {
    let (_temporary, path, out) = town();
    let mut window = Window::on(&path);
    window.press(Key::F7);
    window.type_into("Folder or .zip file", &out.display().to_string());
    window.click("Release the library");
    assert!(window.shows("1 findings block the release"));
    assert!(!out.exists());

    let finding = window.button_with("粮食局宿舍");
    window.click(&finding);
    assert!(window.has_cursor("Households"));
    window.type_text("200");
    window.press(Key::Enter);
    assert_eq!(window.survey().estate(id(9)).unwrap().households, Some(200));
    window.press(Key::F7);
    assert!(window.shows("Nothing blocks the release"));
}

#[test]
fn a_release_is_sound_and_the_next_one_is_the_same_bytes() {
    let (_temporary, path, out) = town();
    let mut window = Window::on(&path);
    window.focus("List of estates");
    window.press(Key::Home);
    window.type_into("Households", "200");
    window.press(Key::Enter);
    window.choose("Release", "Release");
    window.type_into("Folder or .zip file", &out.display().to_string());
    window.click("Release the library");

    assert!(window.shows("2 estates were released into"));
    let first = files(&out);
    assert_eq!(verify(&out, None).unwrap().problems, []);
    for estate in window.survey().estates() {
        assert!(estate.lib_no.is_some(), "a number given is in the survey");
    }
    window.click("Release the library");
    assert_eq!(files(&out), first);

    window.close();
}

#[test]
fn a_draft_goes_out_although_something_blocks_and_gives_no_numbers() {
    let (_temporary, path, out) = town();
    let mut window = Window::on(&path);
    window.press(Key::F7);
    window.type_into("Folder or .zip file", &out.display().to_string());
    window.click("Release a draft");
    assert!(window.shows("A draft with"));
    assert_eq!(verify(&out, None).unwrap().problems, []);
    assert!(window.survey().estates().all(|e| e.lib_no.is_none()));
}

#[test]
fn a_zip_goes_out_and_the_next_one_says_what_changed() {
    let (_temporary, path, out) = town();
    let out = out.with_extension("zip");
    let mut window = Window::on(&path);
    window.focus("List of estates");
    window.press(Key::Home);
    window.type_into("Households", "200");
    window.press(Key::Enter);
    window.press(Key::F7);
    window.type_into("Folder or .zip file", &out.display().to_string());
    window.click("Release the library");
    assert!(window.shows("2 estates were released into"));
    let first = std::fs::read(&out).unwrap();
    assert_eq!(verify(&out, None).unwrap().problems, []);

    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.focus("List of estates");
    window.press(Key::Home);
    window.type_into("Households", "210");
    window.press(Key::Enter);
    window.press(Key::F7);
    window.click("Release the library");
    assert!(window.shows("1 changed"));
    assert_ne!(std::fs::read(&out).unwrap(), first);
    let verified = verify(&out, None).unwrap();
    assert_eq!(verified.problems, []);
    let delta = verified.manifest.delta.unwrap();
    assert_eq!((delta.counts.added, delta.counts.changed), (0, 1));
}
