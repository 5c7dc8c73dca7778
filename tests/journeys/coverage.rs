//! «不漏»: each list held against the survey, row by row.

use crate::bench::{Window, complete_estate, folder, id, surveyor};
use egui::{Key, Modifiers};
use jiugai::edit::Command;
use jiugai::model::{
    Change, Crs, Datum, EditLabel, Estate, Exclusion, ImportList, ListId, ListKind, ListRole,
    Origin, RejectedRow, RowProblem, RowProblemKind,
};
use jiugai::session::Session;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const LIST: ListId = ListId(uuid::Uuid::from_u128(77));

/// A register of three rows: one drawn, one waiting, one that could not be read.
fn register(folder: &Path) -> PathBuf {
    let path = folder.join("洪都.gpkg");
    let mut session = Session::create(&path, Default::default(), surveyor()).unwrap();
    let list = ImportList {
        id: LIST,
        file_name: "名册.csv".to_owned(),
        sha256: "00".repeat(32),
        role: ListRole::Register,
        kind: ListKind::Other,
        crs: Crs::Degrees(Datum::Bd09),
        imported_at: "2026-11-24T08:00:00Z".parse().unwrap(),
        rows_read: 3,
        mapping: Vec::new(),
        rejected: vec![RejectedRow {
            problem: RowProblem {
                row: 3,
                column: None,
                kind: RowProblemKind::Empty,
                value: String::new(),
            },
            text: "合计".to_owned(),
            set_aside: None,
        }],
    };
    let row = |number: u8, name: &str, drawn: bool| {
        let estate = complete_estate(number, name);
        let estate = Estate {
            boundary: estate.boundary.clone().filter(|_| drawn),
            origin: Some(Origin {
                list: LIST,
                row: number.into(),
                source: "县房管局".to_owned(),
                source_id: number.to_string(),
            }),
            ..estate
        };
        Change::Estate {
            id: estate.id,
            before: None,
            after: Some(Arc::new(estate)),
        }
    };
    let list = Change::List {
        id: LIST,
        before: None,
        after: Some(Arc::new(list)),
    };
    let changes = vec![row(1, "洪都新村", true), row(2, "粮食局宿舍", false), list];
    let label = EditLabel::Import {
        file: "名册.csv".to_owned(),
        rows: 3,
    };
    session.run(Command::Apply { label, changes }).unwrap();
    session.close().unwrap();
    path
}

#[test]
fn a_list_leads_to_its_open_rows_and_each_of_them_to_its_record() {
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    window.open_menu("Review");
    // The tool bar has a button of the same name.
    window.controls("Coverage")[0].click();
    window.finish_jobs();
    assert!(window.shows("Reconciled against lists: “名册.csv” (2026-11-24); 2 of their rows"));
    assert!(window.shows("Rows in 3 = kept 1 + merged 0 + excluded 0 + open 2"));
    assert!(window.shows("The fates of the rows add up"));

    window.click("“名册.csv” (2026-11-24)");
    assert!(window.shows("Open: no boundary yet"));
    assert!(!window.has_control("名册.csv row 1 洪都新村"));
    window.click("All 3");
    assert!(window.has_control("名册.csv row 1 洪都新村"));
    assert!(window.shows("Drawn, in the library"));
    window.click("名册.csv row 2 粮食局宿舍");
    assert_eq!(window.harness.state().selection(), [id(2)]);
    assert_eq!(window.nameless_controls(), [] as [String; 0]);

    window.click("Set aside…: 3 合计");
    window.type_into("Reason", "a sum, no estate");
    window.click("Take out");
    assert!(window.shows("Rows in 3 = kept 1 + merged 0 + excluded 1 + open 1"));
    window.click("Work on it in the survey: 2 粮食局宿舍");
    assert!(window.shows("It has no boundary yet"));
    assert_eq!(window.harness.state().selection(), [id(2)]);
}

#[test]
fn a_list_is_said_to_be_a_shanty_town_plan_and_x1_is_set_by_a_person_alone() {
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.click("“名册.csv” (2026-11-24)");
    window.click("Whose list");
    window.click_menu("shanty-town plan");
    assert_eq!(
        window.survey().list(LIST).unwrap().kind,
        ListKind::ShantyPlan
    );
    assert!(window.shows("Reconciled against lists: shanty-town plan “名册.csv”"));
    assert!(window.shows("Named by a shanty-town plan and not excluded: 2"));
    let excluded = |window: &Window| window.survey().estate(id(1)).unwrap().exclusions.clone();
    assert_eq!(excluded(&window), Some([].into()));

    window.click("Set X1 on 洪都新村");
    assert_eq!(excluded(&window), Some([Exclusion::ShantyPlan].into()));
    assert!(window.shows("Named by a shanty-town plan and not excluded: 1"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().list(LIST).unwrap().kind, ListKind::Other);
    assert_eq!(excluded(&window), Some([].into()));
}

#[test]
fn communities_answer_at_the_keyboard_and_several_at_once() {
    use jiugai::model::CommunityState::{NilReturn, SignedList};
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.click("Communities");
    // Of 东湖区, where the records lie.
    let state = |window: &Window, code: &str| {
        let code = code.parse().unwrap();
        window.survey().community(code).map(|held| held.state)
    };
    window.click("民巷社区居委会: nothing yet");
    window.press(Key::S);
    assert_eq!(state(&window, "360102002001"), Some(SignedList));
    assert!(window.shows("Estates there: 2"));

    window.press(Key::ArrowDown);
    window.press_with(Modifiers::SHIFT, Key::ArrowDown);
    assert!(window.shows("2 communities picked"));
    window.press(Key::N);
    for code in ["360102002002", "360102002004"] {
        assert_eq!(state(&window, code), Some(NilReturn), "{code}");
    }
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().communities().len(), 1);

    window.click("民巷社区居委会: signed list");
    window.type_into("Signed by (office or clerk)", "居委会");
    window.type_into("Signed on", "2026-11-2x");
    assert!(window.shows("Write the day like 2026-11-20."));
    window.press(Key::Backspace);
    window.type_text("0");
    window.press(Key::Enter);
    let code = "360102002001".parse().unwrap();
    let held = window.survey().community(code).unwrap();
    assert_eq!(held.signed_by, "居委会");
    assert_eq!(held.signed_on, Some(jiff::civil::date(2026, 11, 20)));
    assert_eq!(window.nameless_controls(), [] as [String; 0]);

    let paper = folder.join("清单.pdf");
    std::fs::write(&paper, "abc").unwrap();
    window.click("Remember a file…");
    window.type_path(&paper);
    window.click("Remember it");
    let held = window.survey().community(code).unwrap();
    assert_eq!(held.paper.as_ref().unwrap().file_name, "清单.pdf");
    window.click("Take the file away");
    assert!(window.survey().community(code).unwrap().paper.is_none());
}

#[test]
fn who_has_to_answer_is_chosen_and_a_contradiction_leads_to_its_community() {
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.click("Communities");
    window.click("民巷社区居委会: nothing yet");
    window.press(Key::N);
    assert!(window.shows("1 nil returns contradicted"));
    window.click("Who has to answer");
    window.click("百花洲街道");
    let answering: Vec<_> = window
        .survey()
        .settings()
        .answering
        .iter()
        .cloned()
        .collect();
    assert_eq!(answering, ["360102004"]);
    assert!(window.shows("communities have to answer"));
    window.click("All communities of 东湖区");
    let answering: Vec<_> = window
        .survey()
        .settings()
        .answering
        .iter()
        .cloned()
        .collect();
    assert_eq!(answering, ["360102"]);

    window.press(Key::F7);
    let finding = window.button_with("民巷社区居委会: It made a nil return");
    window.click(&finding);
    assert!(window.has_control("民巷社区居委会: nil return contradicted"));
    assert!(window.shows("360102002001 · 东湖区 滕王阁街道"));
    window.click("signed list");
    assert!(window.has_control("民巷社区居委会: signed list"));
}

/// The communities that the records lie in and east of: real codes, invented borders.
const BORDERS: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"代码":"360102002001"},"geometry":{"type":"Polygon","coordinates":
  [[[115.895,28.67],[115.904,28.67],[115.904,28.69],[115.895,28.69],[115.895,28.67]]]}},
 {"type":"Feature","properties":{"代码":"360102002002"},"geometry":{"type":"Polygon","coordinates":
  [[[115.904,28.67],[115.912,28.67],[115.912,28.69],[115.904,28.69],[115.904,28.67]]]}}]}"#;

#[test]
fn the_map_says_how_to_load_borders_then_shows_how_communities_stand_and_a_click_picks_one() {
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    assert!(!window.shows("What communities answered"));
    window.click("Communities");
    assert!(window.shows("No borders of communities are loaded"));
    window.click("Open Basemaps…");
    window.click("Reference layers");
    let borders = folder.join("社区.geojson");
    std::fs::write(&borders, BORDERS).unwrap();
    window.type_path(&borders);
    window.click("Open the layer");
    window.press(Key::Escape);
    window.wait_until("the borders", |window| {
        !window.shows("No borders of communities are loaded")
    });
    assert!(window.shows("What communities answered"));
    // West of the one estate that is drawn there is nothing but its community.
    window.click_map(0.1, 0.5);
    assert!(window.shows("360102002001 · 东湖区 滕王阁街道"));
    window.click("nil return");
    assert!(window.shows("nil return contradicted"));
}

/// Residential areas: around the estate that is drawn, and two where nothing is.
fn areas() -> String {
    let square = |west: f64| {
        let (east, south, north) = (west + 0.0008, 28.6801, 28.6809);
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":
            [[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"#
        )
    };
    let features = [115.9021, 115.9080, 115.9110].map(square);
    format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    )
}

#[test]
fn a_gap_is_searched_with_a_reason_or_becomes_an_estate_and_undo_brings_it_back() {
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.click("Gaps");
    assert!(window.shows("No reference layer with areas is loaded"));
    window.click("Open Basemaps…");
    window.click("Reference layers");
    let layer = folder.join("居住区.geojson");
    std::fs::write(&layer, areas()).unwrap();
    window.type_path(&layer);
    window.click("Open the layer");
    window.press(Key::Escape);
    window.wait_for("Look for gaps");
    window.click("Look for gaps");
    assert!(window.shows("Of the 3 polygons of 居住区.geojson, 1 lie in boundaries"));
    assert!(window.shows("Gaps to look at: 2"));
    assert!(window.survey().estates().len() == 2, "a gap is no estate");

    let gap = window.button_with("feature 2");
    window.click(&gap);
    assert!(!window.is_enabled("Searched, nothing here"));
    window.type_into("Why there is nothing", "a factory");
    window.click("Searched, nothing here");
    assert!(window.shows("Gaps to look at: 1"));
    assert_eq!(window.survey().searched().len(), 1);
    assert!(window.shows("Searched, nothing there: 1"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("Gaps to look at: 2"));
    assert_eq!(window.survey().searched().len(), 0);

    // Put off, it comes last; the next one is at hand.
    let first = window.button_with("feature 2");
    window.click(&first);
    window.click("Later");
    assert!(
        window.shows("居住区.geojson · 115.9114"),
        "the next one is picked"
    );
    window.click(&first);
    window.click("Draw an estate here");
    assert!(window.is_on("Draw a boundary"));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    let gap = window.button_with("feature 3");
    window.click(&gap);
    assert_eq!(window.nameless_controls(), [] as [String; 0]);
    window.click("Take this outline as a new estate");
    assert_eq!(window.survey().estates().len(), 3);
    assert!(window.has_cursor("Name"), "its name is asked for");
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND, Key::Num3);
    assert!(window.shows("Gaps to look at: 1"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().estates().len(), 2);
    assert!(window.shows("Gaps to look at: 2"));
    // The release panel says the same of it, and against which lists.
    window.press_with(Modifiers::COMMAND, Key::Num6);
    assert!(window.shows("Of the 3 polygons of 居住区.geojson, 2 gaps are still to be looked at."));
    assert!(window.shows("Reconciled against lists: “名册.csv” (2026-11-24)"));
    assert!(window.shows("Nobody has said which communities have to answer"));
}

#[test]
fn cells_are_marked_by_clicks_and_by_a_button_and_a_second_click_takes_it_back() {
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    window.press_with(Modifiers::COMMAND, Key::Num3);
    window.click("Gaps");
    window.click("Searched cell by cell: 0");
    window.click("Mark cells by clicking on the map (searched: hatched, with a tick)");
    window.click_map(0.2, 0.3);
    assert_eq!(window.survey().searched().len(), 1);
    assert!(window.shows("Searched cell by cell: 1"));
    window.click_map(0.2, 0.3);
    assert_eq!(window.survey().searched().len(), 0);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().searched().len(), 1);
    // A click on an estate is about the cell too.
    window.click("Mark the cell in the middle of the map");
    assert_eq!(window.survey().searched().len(), 2);
    window.click_map(0.5, 0.5);
    assert_eq!(window.survey().searched().len(), 1);
    window.click("Mark every cell in view");
    assert!(window.survey().searched().len() > 3);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().searched().len(), 1);
}

#[test]
fn whose_list_it_is_is_said_in_the_import() {
    let (_temporary, folder) = folder();
    let mut window = Window::on(&register(&folder));
    let list = folder.join("棚改.csv");
    std::fs::write(&list, "小区名称,经度,纬度\n东风里,115.91,28.69\n").unwrap();
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(&list);
    window.press(Key::Enter);
    window.click("Whose list");
    window.click_menu("shanty-town plan");
    window.click("CGCS2000");
    window.click("Import");
    let kinds: Vec<_> = window.survey().lists().map(|list| list.kind).collect();
    assert!(kinds.contains(&ListKind::ShantyPlan), "{kinds:?}");
}
