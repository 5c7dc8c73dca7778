//! Rows that gave no record are written to a file, mended there, and come in.

use crate::bench::{Window, folder, survey_file};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

const ROWS: &str = "编号,小区名称,建成年份\n1,洪都新村,1987\n2,,1990\n3,棉纺厂家属院,1979\n";

fn import(window: &mut Window, path: &std::path::Path) {
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(path);
    window.click("Read the file");
    window.click("WGS 84 (GPS)");
    window.click("Import");
}

#[test]
fn a_row_without_a_name_is_saved_from_the_import_mended_and_imported() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let list = folder.join("名册 2026.csv");
    std::fs::write(&list, ROWS).unwrap();
    let mut window = Window::on(&path);
    import(&mut window, &list);
    assert!(window.shows("Rows that gave no record: 1"));
    assert!(window.shows("row 2: there is no name"));
    window.click("Save these rows to mend them…");
    window.click("Save");
    assert!(window.shows("1 rows that gave no record were written"));

    let mend = folder.join("名册 2026 to mend.csv");
    let text = std::fs::read_to_string(&mend).unwrap();
    assert!(text.contains("\r\n2,,1990,2,"), "{text}");
    std::fs::write(&mend, text.replace("2,,1990", "2,粮食局宿舍,1990")).unwrap();
    import(&mut window, &mend);
    assert!(!window.shows("Rows that gave no record"));
    let names: Vec<_> = window.survey().estates().map(|e| e.name.clone()).collect();
    assert_eq!(names.len(), 3);
    assert!(names.iter().any(|name| name == "粮食局宿舍"));
}

#[test]
fn rows_to_mend_are_saved_days_later_from_the_lists_and_another_file_is_refused() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let list = folder.join("名册 2026.csv");
    std::fs::write(&list, ROWS).unwrap();
    let mut window = Window::on(&path);
    import(&mut window, &list);
    window.close();
    std::fs::write(&list, "编号,小区名称\n1,甲\n").unwrap();

    let mut window = Window::on(&path);
    window.choose("Release", "Release");
    // The head of a list that folds is no button to those who look for one.
    window
        .harness
        .get_by_label_contains("名册 2026.csv ·")
        .click();
    window.finish_jobs();
    window.click("Save these rows to mend them…");
    window.click("Save");
    assert!(window.shows("is not the file that 名册 2026.csv was read from"));
    assert!(!folder.join("名册 2026 to mend.csv").exists());

    std::fs::write(&list, ROWS).unwrap();
    window.click("Save");
    let mend = folder.join("名册 2026 to mend.csv");
    assert!(mend.exists());
    assert!(!window.has_control("Save as"));

    // Mended meanwhile, it is nothing to be written over.
    std::fs::write(&mend, "mended").unwrap();
    window.click("Save these rows to mend them…");
    window.click("Save");
    assert!(window.shows("exists already"));
    assert_eq!(std::fs::read_to_string(&mend).unwrap(), "mended");
}
