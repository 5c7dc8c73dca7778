//! A newer version of a list is looked through row by row; several files come in one after the
//! other; a mapping is kept for the next one.

use crate::bench::{Window, folder, read, survey_file, surveyor};
use crate::photos::drop_on;
use egui::{Key, Modifiers};
use jiugai::edit::Command;
use jiugai::model::{Estate, Field, Value};
use jiugai::session::Session;
use std::path::Path;
use std::sync::Arc;

const FIRST: &str = "编号,小区名称,地址,户数\n\
    A1,洪都新村,洪都北大道1号,196\n\
    A2,粮食局宿舍,洪都北大道2号,60\n\
    A3,棉纺厂家属院,洪都北大道3号,320\n";
const SECOND: &str = "编号,小区名称,地址,户数\n\
    A4,南站小区,站前路5号,80\n\
    A1,洪都新村,洪都北大道1号,205\n\
    A2,粮食局宿舍,洪都北大道2号,66\n";

fn open_list(window: &mut Window, path: &Path) {
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(path);
    window.click("Read the file");
    window.click("WGS 84 (GPS)");
}

fn named(window: &Window, name: &str) -> Arc<Estate> {
    let mut found = window.survey().estates().filter(|e| e.name == name);
    let one = found.next().unwrap().clone();
    assert!(found.next().is_none(), "{name} is there twice");
    one
}

/// A survey with the first version, in which somebody then counted the households of 洪都新村.
fn with_first(folder: &Path) -> Window {
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let list = folder.join("名册.csv");
    std::fs::write(&list, FIRST).unwrap();
    let mut window = Window::on(&path);
    open_list(&mut window, &list);
    window.click("Import");
    let id = named(&window, "洪都新村").id;
    window.close();
    let mut session = Session::open(&path, surveyor()).unwrap();
    let command = Command::SetField {
        estates: vec![id],
        field: Field::Households,
        value: Some(Value::Count(199)),
    };
    session.run(command).unwrap();
    session.close().unwrap();
    std::fs::write(&list, SECOND).unwrap();
    Window::on(&path)
}

#[test]
fn a_newer_version_is_looked_through_and_taken_in_without_overwriting_anything() {
    let (_temporary, folder) = folder();
    let mut window = with_first(&folder);
    open_list(&mut window, &folder.join("名册.csv"));
    assert!(
        !window.has_control("Import"),
        "no second list is made unasked"
    );
    window.click("Compare with that list");
    assert!(window.shows("1 rows new, 1 changed, 1 in conflict, 0 the same, 1 gone"));
    // What needs a decision comes first.
    assert!(window.shows("changed here to 199 households, which stays; the list now says 205"));
    window.click("Changed 1");
    assert!(window.shows("row 3 粮食局宿舍: Households: 60 households → 66 households"));
    window.click("New 1");
    assert!(window.shows("row 1 南站小区: new"));
    window.click("Gone 1");
    assert!(window.shows("棉纺厂家属院: gone from the list, the record stays"));
    window.click("Take in");
    assert!(window.shows("名册.csv was taken in as one edit"));
    assert_eq!(named(&window, "洪都新村").households, Some(199));
    assert_eq!(named(&window, "粮食局宿舍").households, Some(66));
    assert_eq!(window.survey().estates().len(), 4);
    window.click("Undo");
    assert_eq!(named(&window, "粮食局宿舍").households, Some(60));
    assert_eq!(window.survey().estates().len(), 3);
}

#[test]
fn a_person_takes_a_conflict_leaves_a_change_and_withdraws_what_is_gone() {
    let (_temporary, folder) = folder();
    let mut window = with_first(&folder);
    open_list(&mut window, &folder.join("名册.csv"));
    window.click("Compare with that list");
    let conflict = "row 2 洪都新村: Households: changed here to 199 households, which stays; \
                    the list now says 205 households";
    window.click(conflict);
    assert!(window.shows("row 2 洪都新村: Households: 199 households → 205 households"));
    window.click("Changed 1");
    window.click("row 3 粮食局宿舍: Households: 60 households → 66 households");
    window.click("Gone 1");
    window.click("Withdraw those that count by themselves");
    assert!(!window.is_enabled("Take in"), "a reason is needed");
    window.type_into("Reason", "新版已删");
    window.click("Take in");
    assert_eq!(named(&window, "洪都新村").households, Some(205));
    assert_eq!(named(&window, "粮食局宿舍").households, Some(60));
    assert!(!named(&window, "棉纺厂家属院").standing.is_counted());
}

#[test]
fn a_list_of_its_own_and_a_list_by_another_name_are_a_choice_away() {
    let (_temporary, folder) = folder();
    let mut window = with_first(&folder);
    let other = folder.join("2027.csv");
    std::fs::write(&other, SECOND).unwrap();
    open_list(&mut window, &other);
    assert!(window.has_control("Import"));
    window.click("Newer version of");
    let list = window.button_with("名册.csv (");
    window.click(&list);
    window.click("Compare with that list");
    assert!(window.shows("2027.csv is a newer version of 名册.csv"));
    window.click("Back to the columns");
    window.click("Newer version of");
    window.click_menu("a list of its own");
    window.click("Import");
    assert_eq!(window.survey().estates().len(), 6);
    assert_eq!(window.survey().lists().len(), 2);
}

#[test]
fn several_dropped_files_come_in_with_the_same_answers_where_their_headings_are_the_same() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let file = |name: &str, rows: &str| {
        let path = folder.join(name);
        std::fs::write(&path, rows).unwrap();
        path
    };
    let files = [
        file("一.csv", "编号,小区名称\n1,甲小区\n"),
        file("二.csv", "编号,小区名称\n2,乙小区\n3,\n"),
        file("三.csv", "小区名称,户数\n丙小区,60\n"),
        file("四.csv", "编号,小区名称\n4,丁小区\n"),
    ];
    let mut window = Window::on(&path);
    drop_on(&mut window, &files);
    assert!(window.shows("File 1 of 4"));
    assert!(window.shows("Then: 二.csv, 三.csv, 四.csv"));
    window.click("GCJ-02 (Amap, Tencent)");
    window.click("The same answers for files with the same headings");
    window.click("Import");
    // The second went by itself; the third has other headings.
    assert!(window.shows("File 3 of 4"));
    assert_eq!(window.survey().estates().len(), 2);
    assert!(!window.is_enabled("Import"));
    window.click("WGS 84 (GPS)");
    window.click("Import");
    assert!(window.shows("File 4 of 4"));
    window.click("Leave this file out");
    assert!(window.shows("Rows that gave no record: 1"));
    window.close();
    let survey = read(&path);
    let lists: Vec<_> = survey.lists().map(|list| list.file_name.clone()).collect();
    assert_eq!(lists.len(), 3);
    assert!(!lists.contains(&"四.csv".to_owned()));
    let second = survey
        .lists()
        .find(|list| list.file_name == "二.csv")
        .unwrap();
    assert_eq!(second.crs.key(), "gcj02");
}

#[test]
fn a_mapping_is_saved_on_the_laptop_and_offered_for_the_next_list_with_its_headings() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let preferences = folder.join("设置").join("preferences.json");
    let list = folder.join("一.csv");
    std::fs::write(&list, "甲,小区名称\n洪都小区,洪都新村\n").unwrap();
    let mut window = Window::on_laptop(&path, &preferences);
    open_list(&mut window, &list);
    window.click("What 甲 means");
    window.click_menu("Other names");
    window.type_into("Save this mapping as", "住建局");
    window.click("Save");
    assert!(window.shows("The mapping was saved as"));
    window.click("Import");
    window.close();
    assert!(folder.join("设置/mappings/住建局.json").exists());

    let next = folder.join("二.csv");
    std::fs::write(&next, "小区名称,甲\n粮食局宿舍,粮食宿舍\n").unwrap();
    let mut window = Window::on_laptop(&path, &preferences);
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(&next);
    window.click("Read the file");
    window.click("Use “住建局”");
    // The system was answered with it.
    window.click("Import");
    assert_eq!(named(&window, "粮食局宿舍").aliases, ["粮食宿舍"]);

    let unlike = folder.join("三.csv");
    std::fs::write(&unlike, "小区名称,户数\n棉纺厂,60\n").unwrap();
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(&unlike);
    window.click("Read the file");
    assert!(!window.shows("fits a mapping"));
}
