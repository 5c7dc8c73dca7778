//! A survey goes out from the menu: format, template and filter, what would be written, and what is
//! in the way.

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

fn type_over(window: &mut Window, label: &str, text: &str) {
    window.type_into(label, "");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(text);
}

fn names(path: &Path) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let features = json["features"].as_array().unwrap();
    let name =
        |feature: &serde_json::Value| feature["properties"]["name"].as_str().map(str::to_owned);
    features.iter().filter_map(name).collect()
}

#[test]
fn the_whole_survey_goes_where_the_dialog_suggests() {
    let (_temporary, path, folder) = town();
    let mut window = Window::on(&path);
    window.choose("File", "Export…");
    assert!(
        window.shows("Records to be written: 2"),
        "{}",
        window.everything()
    );
    window.click("Write the file");
    assert!(window.shows("geojson: 2"), "{}", window.everything());
    assert_eq!(
        names(&folder.join("洪都 export.geojson")),
        ["洪都新村", "粮食局宿舍"]
    );
}

#[test]
fn a_filter_is_counted_while_it_is_typed_and_a_wrong_one_is_told() {
    let (_temporary, path, folder) = town();
    let mut window = Window::on(&path);
    window.choose("File", "Export…");
    type_over(&mut window, "Filter", "nmae = '洪都新村'");
    assert!(
        window.shows("Was one of these meant: name"),
        "{}",
        window.everything()
    );
    assert!(!window.is_enabled("Write the file"));
    type_over(&mut window, "Filter", "name = '洪都新村'");
    assert!(
        window.shows("Records to be written: 1"),
        "{}",
        window.everything()
    );
    let out = folder.join("一个.geojson");
    std::fs::write(&out, "old").unwrap();
    type_over(&mut window, "File", &out.display().to_string());
    window.click("Write the file");
    assert!(window.shows("exists already"), "{}", window.everything());
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "old");
    window.click("Replace the file where it exists");
    window.click("Write the file");
    assert!(window.shows("geojson: 1"), "{}", window.everything());
    assert_eq!(names(&out), ["洪都新村"]);
}

#[test]
fn a_table_that_a_shapefile_would_replace_is_told_by_its_name() {
    let (_temporary, path, folder) = town();
    let (out, table) = (folder.join("洪都.shp"), folder.join("洪都.dbf"));
    std::fs::write(&table, "old").unwrap();
    let mut window = Window::on(&path);
    window.choose("File", "Export…");
    type_over(&mut window, "File", &out.display().to_string());
    window.click("Write the file");
    assert!(
        window.shows("洪都.dbf exists already"),
        "{}",
        window.everything()
    );
    assert_eq!(std::fs::read_to_string(&table).unwrap(), "old");
    assert!(!out.exists());
    window.click("Replace the file where it exists");
    window.click("Write the file");
    assert!(window.shows("洪都.shp: 2"), "{}", window.everything());
    assert_ne!(std::fs::read(&table).unwrap(), b"old");
}

#[test]
fn a_template_of_ones_own_is_told_what_is_wrong_with_it() {
    let (_temporary, path, folder) = town();
    let own = folder.join("我的 模板.json");
    let template = |from: &str| {
        format!(
            r#"{{"name":"own","title":"甲","layer":"a","records":"all","columns":[{{"from":"{from}","key":"XQMC"}}]}}"#
        )
    };
    std::fs::write(&own, template("nmae")).unwrap();
    let mut window = Window::on(&path);
    window.choose("File", "Export…");
    window.click("Template");
    window.click_menu("Own template…");
    type_over(&mut window, "Template file", &own.display().to_string());
    assert!(window.shows("column 1"), "{}", window.everything());
    assert!(!window.is_enabled("Write the file"));
    std::fs::write(&own, template("name")).unwrap();
    // The same path again: typed anew, it is read anew.
    type_over(&mut window, "Template file", "x");
    type_over(&mut window, "Template file", &own.display().to_string());
    window.click("Write the file");
    assert!(window.shows("geojson: 2"), "{}", window.everything());
    let text = std::fs::read_to_string(folder.join("洪都 export.geojson")).unwrap();
    assert!(text.contains("\"XQMC\":\"洪都新村\""));
}
