//! Buildings come in from a list or by hand, stand in the form as a table, and give the estate its
//! figures.

use crate::bench::{Window, complete_estate, folder, id, read, survey_file};
use egui::{Key, Modifiers};
use jiugai::model::{Field, RowProblemKind, ValueSource};
use std::path::{Path, PathBuf};

/// 洪都新村 has a boundary around 115.9025, 28.6805 and says that it has eight buildings.
fn hongdu(folder: &Path) -> PathBuf {
    let estate = complete_estate(1, "洪都新村");
    survey_file(&folder.join("洪都.gpkg"), [estate])
}

/// Three buildings of 洪都新村, one of them twice, and one far outside.
fn points(folder: &Path) -> PathBuf {
    let path = folder.join("楼栋 2026.csv");
    let rows = "栋号,层数,单元数,户数,建成年份,电梯数,经度,纬度\n\
        10栋,6,3,36,1985,0,115.9023,28.6803\n\
        2栋,7,3,42,1987,0,115.9025,28.6805\n\
        2号楼,7,3,42,1987,0,115.9026,28.6806\n\
        1栋,5,2,20,1982,0,115.9027,28.6807\n\
        9栋,5,2,20,1982,0,115.9500,28.6807\n";
    std::fs::write(&path, rows).unwrap();
    path
}

fn import(window: &mut Window, list: &Path) {
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(list);
    window.click("Read the file");
    window.click("Buildings (楼栋)");
    window.click("CGCS2000");
    window.click("Import");
}

fn numbers(window: &Window) -> Vec<String> {
    let buildings = window.survey().buildings_of(id(1));
    buildings.iter().map(|b| b.number.clone()).collect()
}

#[test]
fn a_list_of_buildings_fills_the_table_gives_the_figures_and_is_undone() {
    let (_temporary, folder) = folder();
    let path = hongdu(&folder);
    let mut window = Window::on(&path);
    import(&mut window, &points(&folder));
    assert!(window.shows("3 records from 5 rows; 2 rows could not become a record"));
    assert_eq!(numbers(&window), ["1栋", "2栋", "10栋"]);
    let fates: Vec<_> = window.survey().lists().next().unwrap().rejected.clone();
    let fates: Vec<_> = fates
        .iter()
        .map(|r| (r.problem.row, r.problem.kind))
        .collect();
    assert_eq!(
        fates,
        [
            (3, RowProblemKind::AlreadyThere),
            (5, RowProblemKind::OutsideEveryEstate)
        ]
    );

    window.click_map(0.5, 0.38);
    assert_eq!(window.text_in("Floors, 10栋"), "6");
    assert!(window.shows("Number of buildings: the estate says 8 buildings, its buildings say 3"));
    window.click("Take “Number of buildings” from the buildings");
    let estate = |window: &Window| window.survey().estate(id(1)).unwrap().clone();
    assert_eq!(estate(&window).buildings, Some(3));
    window.choose("Edit", "Take counts from the buildings");
    let taken = estate(&window);
    assert_eq!(taken.households, Some(98));
    assert_eq!(taken.years(), Some((1982, 1987)));
    assert_eq!(taken.source_of(&Field::Households), ValueSource::Derived);
    // No building says how large it is.
    assert_eq!(taken.floor_area_m2, Some(14_000.0));

    for _ in 0..3 {
        window.click("Undo");
    }
    assert_eq!(estate(&window).buildings, Some(8));
    assert!(numbers(&window).is_empty());
    window.close();
    assert_eq!(read(&path).buildings().len(), 0);
}

#[test]
fn a_table_is_filled_in_by_keys_alone() {
    let (_temporary, folder) = folder();
    let path = hongdu(&folder);
    let mut window = Window::on(&path);
    window.click_map(0.5, 0.38);
    // Enter at the end begins the next building.
    window.type_into("Building no., new building", "1栋");
    window.press(Key::Enter);
    assert!(window.has_cursor("Building no., new building"));
    window.type_text("2栋");
    // Tab goes on in the building that came of it.
    window.press(Key::Tab);
    assert_eq!(numbers(&window), ["1栋", "2栋"]);
    assert!(window.has_cursor("Year built, 2栋"));
    window.type_text("1985");
    window.press(Key::Tab);
    window.type_text("六");
    window.press(Key::Enter);
    assert!(window.shows("Floors, 2栋: '六' is no whole number"));
    assert!(window.has_cursor("Floors, 2栋"));
    window.press(Key::Backspace);
    window.type_text("6");
    window.press(Key::Enter);
    let buildings = window.survey().buildings_of(id(1));
    assert_eq!(buildings[1].build_year, Some(1985));
    assert_eq!(buildings[1].floors, Some(6));
    assert_eq!(buildings[0].floors, None);

    // Enter goes down the column.
    window.type_into("Floors, 1栋", "5");
    window.press(Key::Enter);
    assert!(window.has_cursor("Floors, 2栋"));
    window.click("Delete 2栋");
    assert_eq!(numbers(&window), ["1栋"]);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(numbers(&window), ["1栋", "2栋"]);
    window.close();
    let survey = read(&path);
    assert_eq!(survey.buildings_of(id(1))[0].floors, Some(5));
}

#[test]
fn buildings_are_drawn_one_after_the_other_and_picked_on_the_map() {
    let (_temporary, folder) = folder();
    let path = hongdu(&folder);
    let mut window = Window::on(&path);
    window.click_map(0.5, 0.38);
    window.choose("Draw", "Draw a building");
    for (x, y) in [(0.45, 0.45), (0.55, 0.45), (0.55, 0.5)] {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    assert_eq!(numbers(&window), ["1"]);
    assert!(window.has_cursor("Building no., 1"));
    // One click is a point; the tool is still in hand.
    window.click_map(0.5, 0.6);
    window.press(Key::Enter);
    let buildings = window.survey().buildings_of(id(1));
    let drawn: Vec<_> = buildings
        .iter()
        .map(|b| (b.number.as_str(), b.footprint.is_some()))
        .collect();
    assert_eq!(drawn, [("1", true), ("2", false)]);

    window.press(Key::Escape);
    window.press(Key::Escape);
    window.click_map(0.54, 0.47);
    window.press(Key::Delete);
    assert_eq!(numbers(&window), ["2"], "the building, not its estate");
    window.click("Undo");
    assert_eq!(numbers(&window), ["1", "2"]);
    // Out of sight they cannot be picked.
    window.choose("View", "Buildings on the map");
    window.click_map(0.54, 0.47);
    window.press(Key::Delete);
    assert_eq!(numbers(&window), ["1", "2"]);
}
