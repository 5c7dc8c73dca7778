//! A list comes in: its datum is asked, never guessed, and every row is accounted for.

use crate::bench::{Window, folder, read, survey_file};
use egui::{Key, Modifiers};
use jiugai::geodesy::measure;
use jiugai::model::LonLat;
use std::path::{Path, PathBuf};

/// Four estates in GCJ-02: one without a place, one with a place outside the world.
fn register(folder: &Path) -> PathBuf {
    let path = folder.join("名册 2026.csv");
    let rows = "编号,小区名称,地址,建成年份,户数,经度,纬度,包保干部\n\
        1,洪都新村,洪都北大道1号,1987,196,115.909200,28.677500,甲\n\
        2,粮食局宿舍,洪都北大道2号,1991,60,115.913200,28.678500,乙\n\
        3,棉纺厂家属院,洪都北大道3号,1979,320,,,丙\n\
        4,面目全非,洪都北大道4号,1979,320,615.0,28.6,丁\n";
    std::fs::write(&path, rows).unwrap();
    path
}

#[test]
fn a_list_in_gcj_02_is_imported_only_once_its_datum_was_given_and_lies_where_it_belongs() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(&register(&folder));
    window.click("Read the file");

    assert!(window.shows("4 rows"));
    assert!(
        window.shows("包保干部"),
        "a column that no field takes is listed"
    );
    assert!(!window.is_enabled("Import"));
    assert!(window.shows("Choose the datum first"));
    window.click("GCJ-02 (Amap, Tencent)");
    assert!(window.is_enabled("Import"));
    window.click("Import");

    assert!(window.shows("4 records from 4 rows; 0 rows could not become a record"));
    assert!(window.shows("1 values need a look"));
    let warning = window.text_with("615");
    assert!(
        warning.contains("名册 2026.csv") && warning.contains("row 4"),
        "{warning}"
    );
    window.press(Key::Escape);
    assert!(!window.shows("615"));
    window.close();
    let survey = read(&path);
    let list = survey.lists().next().unwrap();
    assert_eq!((list.rows_read, list.rejected.len()), (4, 0));
    assert_eq!(survey.estates().len(), 4);
    let lost = survey.estates().find(|e| e.name == "面目全非").unwrap();
    assert_eq!(lost.position, None);
    let hongdu = survey.estates().find(|e| e.name == "洪都新村").unwrap();
    assert_eq!(hongdu.households, Some(196));
    assert_eq!(&hongdu.other["包保干部"], "甲");
    let given = LonLat::new(115.9092, 28.6775);
    let moved_m = measure::distance_m(given, hongdu.position.unwrap());
    assert!((300.0..700.0).contains(&moved_m), "{moved_m}");
}

#[test]
fn the_same_list_is_not_counted_twice() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let mut window = Window::on(&path);
    for _ in 0..2 {
        if !window.has_control("Read the file") {
            window.press_with(Modifiers::COMMAND, Key::I);
        }
        window.type_path(&register(&folder));
        window.press(Key::Enter);
        window.click("GCJ-02 (Amap, Tencent)");
        window.click("Import");
    }
    assert!(window.shows("was already imported"));
    assert_eq!(window.survey().estates().len(), 4);
    assert_eq!(window.survey().lists().len(), 1);
}

#[test]
fn an_import_is_undone_as_one_step() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let mut window = Window::on(&path);
    window.click("Import a list…");
    window.type_path(&register(&folder));
    window.click("Read the file");
    window.click("WGS 84 (GPS)");
    window.click("Import");
    assert_eq!(window.survey().estates().len(), 4);
    window.click("Undo");
    assert_eq!(window.survey().estates().len(), 0);
    assert_eq!(window.survey().lists().len(), 0);
}

#[test]
fn a_file_that_cannot_be_read_is_told_and_the_dialog_waits_for_another() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(&folder.join("nowhere.csv"));
    window.click("Read the file");
    assert!(window.shows("nowhere.csv"));
    assert!(window.is_enabled("Read the file"));
}

#[test]
fn whoever_does_not_know_the_datum_looks_where_the_points_lie_in_each_and_takes_what_fits() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(&register(&folder));
    window.click("Read the file");
    window.click("Not known? Compare on the map");
    window.wait_until("the ways", |window| {
        window.shows("look where the crosses lie")
    });
    // The map has gone to the points.
    let (center, _) = window.harness.state().looks_at();
    assert!(measure::distance_m(center, LonLat::new(115.911, 28.678)) < 2_000.0);
    let way = window.button_with("GCJ-02 (Amap, Tencent) —");
    window.click(&way);
    window.click("Import");
    window.close();
    let survey = read(&path);
    let hongdu = survey.estates().find(|e| e.name == "洪都新村").unwrap();
    let given = LonLat::new(115.9092, 28.6775);
    let moved_m = measure::distance_m(given, hongdu.position.unwrap());
    assert!((300.0..700.0).contains(&moved_m), "{moved_m}");
}
