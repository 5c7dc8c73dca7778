//! Reports on paper from the menu: one estate, several, the county; and what is in the way.

use crate::bench::{Window, complete_estate, folder, survey_file};
use egui::{Key, Modifiers};
use std::path::{Path, PathBuf};

fn town() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (temporary, folder) = folder();
    let estates = [
        complete_estate(1, "洪都新村"),
        complete_estate(2, "粮食局宿舍"),
    ];
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    (temporary, path, folder)
}

fn is_pdf(path: &Path) -> bool {
    std::fs::read(path).is_ok_and(|bytes| bytes.starts_with(b"%PDF-"))
}

fn pdfs(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".pdf"))
        .collect();
    names.sort();
    names
}

/// Types a path in the place of the one that is suggested.
fn type_over(window: &mut Window, path: &Path) {
    // The menu has this name as well; the box alone takes text.
    window.type_into("File", "");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(&path.display().to_string());
}

#[test]
fn the_county_report_goes_where_the_dialog_suggests() {
    let (_temporary, path, folder) = town();
    let mut window = Window::on(&path);
    window.choose("Plan", "County report as PDF…");
    let suggested = PathBuf::from(window.text_in("File"));
    assert_eq!(suggested.parent(), Some(&*folder));
    window.click("Make the report");
    assert!(window.shows("Written: "), "{}", window.everything());
    assert!(is_pdf(&suggested), "{}", suggested.display());
}

#[test]
fn a_sheet_takes_its_ending_and_never_another_files_place() {
    let (_temporary, path, folder) = town();
    let mut window = Window::on(&path);
    window.open_menu("Plan");
    assert!(!window.is_enabled("Estate sheet as PDF…"));
    window.press(Key::Escape);
    window.focus("List of estates");
    window.press(Key::Home);
    window.choose("Plan", "Estate sheet as PDF…");
    type_over(&mut window, &folder.join("表"));
    window.click("Make the report");
    let sheet = folder.join("表.pdf");
    assert!(is_pdf(&sheet));

    let before = b"a letter of somebody".to_vec();
    std::fs::write(&sheet, &before).unwrap();
    window.choose("Plan", "Estate sheet as PDF…");
    type_over(&mut window, &sheet);
    window.press(Key::Enter);
    assert!(window.shows("exists already"), "{}", window.everything());
    assert_eq!(std::fs::read(&sheet).unwrap(), before);
}

#[test]
fn the_sheets_of_several_estates_fill_a_folder() {
    let (_temporary, path, folder) = town();
    let mut window = Window::on(&path);
    window.focus("List of estates");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.choose("Plan", "Estate sheet as PDF…");
    let out = folder.join("各小区");
    type_over(&mut window, &out);
    window.click("Make the report");
    assert!(window.shows("2 files written"), "{}", window.everything());
    let names = pdfs(&out);
    assert_eq!(names.len(), 2, "{names:?}");
    for estate in ["洪都新村", "粮食局宿舍"] {
        assert!(names.iter().any(|name| name.contains(estate)), "{names:?}");
    }
}
