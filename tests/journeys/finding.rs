//! Finding a row and naming what is drawn: by pinyin, by nearness, by filters that are kept.

use crate::bench::{Window, complete_estate, folder, id, read, square, surveyor};
use egui::{Key, Modifiers};
use jiugai::edit::Command;
use jiugai::model::{
    Change, Crs, Datum, EditLabel, Estate, EstateId, Field, ImportList, ListId, ListKind, ListRole,
    LonLat, Origin, Survey, ValueSource,
};
use jiugai::session::Session;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const LIST: ListId = ListId(uuid::Uuid::from_u128(77));

/// A register row; `east` and `north` of the drawn estate in thousandths of a degree.
fn row(number: u32, name: &str, place: Option<(f64, f64)>) -> Estate {
    Estate {
        name: name.to_owned(),
        address: format!("洪都北大道{number}号"),
        households: Some(100 + number),
        position: place
            .map(|(east, north)| LonLat::new(115.9005 + east * 0.001, 28.6805 + north * 0.001)),
        origin: Some(Origin {
            list: LIST,
            row: number,
            source: String::new(),
            source_id: format!("NC-{number:04}"),
        }),
        ..Estate::new(EstateId::of_row(LIST, number))
    }
}

/// A survey into which a register was read.
fn survey_file(path: &Path, estates: impl IntoIterator<Item = Estate>) -> PathBuf {
    let mut session = Session::create(path, Default::default(), surveyor()).unwrap();
    let list = ImportList {
        id: LIST,
        file_name: "南昌名册.csv".to_owned(),
        sha256: "0".repeat(64),
        role: ListRole::Register,
        kind: ListKind::Other,
        crs: Crs::Degrees(Datum::Cgcs2000),
        imported_at: jiff::Timestamp::UNIX_EPOCH,
        rows_read: 100,
        mapping: Vec::new(),
        rejected: Vec::new(),
    };
    let list = Change::List {
        id: LIST,
        before: None,
        after: Some(Arc::new(list)),
    };
    let estates = estates.into_iter().map(|estate| Change::Estate {
        id: estate.id,
        before: None,
        after: Some(Arc::new(estate)),
    });
    let label = EditLabel::Import {
        file: "南昌名册.csv".to_owned(),
        rows: 100,
    };
    let changes = std::iter::once(list).chain(estates).collect();
    session.run(Command::Apply { label, changes }).unwrap();
    session.close().unwrap();
    path.to_owned()
}

/// The register of a small town: two rows near 115.9005, 28.6805, one far away, one nowhere.
fn register() -> Vec<Estate> {
    vec![
        row(1, "洪都新村", Some((30.0, 0.0))),
        row(2, "洪都新村一期", Some((1.0, 0.0))),
        row(3, "红东新城", None),
        row(4, "阳光花园", Some((2.0, 1.0))),
    ]
}

fn open(estates: impl IntoIterator<Item = Estate>) -> (tempfile::TempDir, PathBuf, Window) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    let window = Window::on(&path);
    (temporary, path, window)
}

/// The drawn estate that the register row is told of, and the names the list holds.
fn selected(window: &Window) -> Vec<&Estate> {
    let survey = window.survey();
    let selection = window.harness.state().selection();
    let estate = |id: &EstateId| &**survey.estate(*id).unwrap();
    selection.iter().map(estate).collect()
}

fn selected_names(window: &Window) -> Vec<String> {
    let names = selected(window)
        .into_iter()
        .map(|estate| estate.name.clone());
    names.collect()
}

/// A drawn estate without a name, as the draw tool leaves it, and the cursor in its name.
fn window_with_nameless(estates: Vec<Estate>) -> (tempfile::TempDir, PathBuf, Window) {
    let mut drawn = Estate::new(id(900));
    drawn.boundary = Some(square(0.0, 0.0));
    let (temporary, path, mut window) = open(estates.into_iter().chain([drawn]));
    window.click("unnamed estate");
    window.focus("Name");
    (temporary, path, window)
}

fn record(survey: &Survey, number: u32) -> Estate {
    let estate = survey.estate(EstateId::of_row(LIST, number));
    (**estate.unwrap()).clone()
}

#[test]
fn initials_and_enter_give_a_drawn_estate_its_row_and_the_values_keep_their_source() {
    let (_temporary, path, mut window) = window_with_nameless(register());
    window.type_text("ygh");
    assert!(window.shows("阳光花园, "));
    window.press(Key::Enter);
    assert_eq!(selected_names(&window), ["阳光花园"]);
    window.close();

    let survey = read(&path);
    assert!(survey.estate(id(900)).is_none(), "one estate, one record");
    let estate = record(&survey, 4);
    assert_eq!(estate.boundary, Some(square(0.0, 0.0)));
    assert_eq!(estate.households, Some(104));
    for (field, source) in [
        (Field::Name, ValueSource::Imported),
        (Field::Address, ValueSource::Imported),
        (Field::Households, ValueSource::Imported),
        (Field::Boundary, ValueSource::Surveyed),
    ] {
        assert_eq!(estate.source_of(&field), source, "{field:?}");
    }
    assert_eq!(estate.origin.unwrap().row, 4);
}

#[test]
fn the_whole_loop_from_drawing_to_named_is_three_letters_and_two_enters() {
    let (_temporary, path, mut window) = open(register());
    window.press(Key::D);
    for (x, y) in [(0.3, 0.6), (0.6, 0.6), (0.6, 0.35), (0.3, 0.35)] {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    assert!(window.has_cursor("Name"));
    window.type_text("ygh");
    window.press(Key::Enter);
    let survey = read(&path);
    assert_eq!(survey.estates().len(), 4);
    assert!(record(&survey, 4).boundary.is_some());
    // One undo takes the naming back, and the drawn estate stands there again.
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(read(&path).estates().len(), 5);
}

#[test]
fn the_nearest_row_comes_first_and_arrows_choose_another() {
    let (_temporary, _path, mut window) = window_with_nameless(register());
    window.type_text("hdxc");
    // 洪都新村 answers more fully, but lies three kilometres away.
    window.press(Key::Enter);
    assert_eq!(selected_names(&window), ["洪都新村一期"]);

    let (_temporary, _path, mut window) = window_with_nameless(register());
    window.type_text("hdxc");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert_eq!(selected_names(&window), ["洪都新村"]);
}

#[test]
fn with_nothing_typed_the_rows_around_are_offered_and_enter_alone_takes_none() {
    let (_temporary, path, mut window) = window_with_nameless(register());
    assert!(window.shows("洪都新村一期, 100 m"));
    assert!(window.shows("阳光花园, "));
    assert!(!window.shows("红东新城, "), "nobody knows where it lies");
    window.press(Key::Enter);
    assert!(read(&path).estate(id(900)).is_some());
}

#[test]
fn a_new_name_stays_a_name_when_escape_closes_the_list() {
    let (_temporary, path, mut window) = window_with_nameless(register());
    window.type_text("阳光");
    assert!(window.shows("阳光花园, "));
    window.press(Key::Escape);
    assert!(!window.shows("阳光花园, "));
    assert!(window.has_cursor("Name"));
    window.press(Key::Enter);
    let survey = read(&path);
    assert_eq!(survey.estate(id(900)).unwrap().name, "阳光");
    assert_eq!(record(&survey, 4).boundary, None);
}

#[test]
fn a_row_is_taken_with_the_mouse_too_and_what_was_typed_is_no_name() {
    let (_temporary, path, mut window) = window_with_nameless(register());
    window.type_text("hdxc");
    let row = window.button_with("红东新城, ");
    window.click(&row);
    let survey = read(&path);
    let estate = record(&survey, 3);
    assert_eq!(estate.name, "红东新城");
    assert_eq!(estate.boundary, Some(square(0.0, 0.0)));
    assert!(estate.aliases.is_empty(), "{:?}", estate.aliases);
}

#[test]
fn a_row_found_in_the_list_is_drawn_for_with_enter() {
    let (_temporary, path, mut window) = open(register());
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("hdxcyq");
    window.press(Key::Enter);
    assert_eq!(selected_names(&window), ["洪都新村一期"]);
    window.press(Key::Enter);
    assert!(window.is_on("Draw a boundary"));
    for (x, y) in [(0.3, 0.6), (0.6, 0.6), (0.6, 0.35)] {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    assert!(record(&read(&path), 2).boundary.is_some());
}

#[test]
fn the_key_of_the_draw_tool_draws_for_the_row_that_was_found() {
    let (_temporary, path, mut window) = open(register());
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("ygh");
    window.press_with(Modifiers::COMMAND, Key::A);
    assert!(
        selected(&window).is_empty(),
        "in a text Ctrl+A is the text's"
    );
    window.press(Key::Enter);
    window.press(Key::D);
    for (x, y) in [(0.3, 0.6), (0.6, 0.6), (0.6, 0.35)] {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    assert!(record(&read(&path), 4).boundary.is_some());
}

#[test]
fn filters_combine_and_a_saved_view_comes_back_after_reopening() {
    let mut old = complete_estate(1, "老宿舍");
    old.build_year = Some(1975);
    let mut unfinished = complete_estate(2, "老厂区");
    unfinished.build_year = Some(1976);
    unfinished.households = None;
    let young = complete_estate(3, "阳光里");
    let (_temporary, path, mut window) = open([old, unfinished, young]);
    window.click("Filter");
    window.click_menu("Year built");
    window.click_menu("1980 or earlier");
    assert!(window.shows("2 of 3"));
    window.click("Unfinished");
    assert!(window.shows("1 of 3"));
    window.click("Views");
    window.type_into("Name of the view", "老小区未查完");
    window.click_menu("Save");
    window.close();

    assert_eq!(read(&path).settings().saved_views.len(), 1);
    let mut window = Window::on(&path);
    assert!(window.shows("3 of 3"));
    window.click("Views");
    window.click_menu("老小区未查完");
    assert!(window.shows("1 of 3"));
    assert!(window.has_control("老厂区"));
    assert!(window.has_control("Take away the filter: 1980 or earlier"));
    // It is a setting of the survey like any other: it can be undone.
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.survey().settings().saved_views.is_empty());
}

#[test]
fn the_list_and_the_map_hold_the_same_selection_after_select_all() {
    let (_temporary, _path, mut window) = open([
        complete_estate(1, "老宿舍"),
        complete_estate(2, "老厂区"),
        complete_estate(3, "阳光里"),
    ]);
    window.press_with(Modifiers::COMMAND, Key::K);
    window.type_text("lao");
    assert!(window.shows("2 of 3"));
    window.press(Key::Enter);
    window.press_with(Modifiers::COMMAND, Key::A);
    assert_eq!(selected_names(&window), ["老厂区", "老宿舍"]);
    for estate in selected(&window) {
        assert!(window.is_on(&estate.name), "{} in the list", estate.name);
    }
    // What the list hides is not selected, and the map stands for the same records.
    window.press_with(Modifiers::COMMAND, Key::K);
    window.press(Key::Escape);
    assert!(window.shows("3 of 3"));
    assert!(!window.is_on("阳光里"));
    window.press(Key::F);
    window.click_map(0.5, 0.05);
    assert_eq!(selected_names(&window), Vec::<String>::new());
    assert!(!window.is_on("老宿舍"));
}

#[test]
fn my_work_today_is_what_i_have_touched_and_not_what_was_read_in() {
    let (_temporary, _path, mut window) = open(register());
    assert!(window.has_control("Mine today: 0"));
    window.click("阳光花园");
    window.type_into("Households", "120");
    window.press(Key::Tab);
    assert!(window.has_control("Mine today: 1"));
    window.click("Mine today: 1");
    assert!(window.shows("1 of 4"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.has_control("Mine today: 0"));
}
