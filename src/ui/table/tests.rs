//! The table through its real widgets, by accessible name.

use super::*;
use crate::model::{Coded, Estate, Standing};
use crate::ui::action::{Preference, Selection};
use crate::ui::test_bench::{Bench, id, install_fonts};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

struct Drawn {
    bench: Bench,
    table: TableState,
    near: Option<LonLat>,
    language: Language,
}

fn draw(ui: &mut Ui, drawn: &mut Drawn) {
    let input = TableInput {
        survey: &drawn.bench.survey,
        items: &drawn.bench.catalogue.items,
        selection: &drawn.bench.selection,
        issue_counts: &|one| match one == id(2) {
            true => (2, 1),
            false => (0, usize::from(one == id(3))),
        },
        with_errors: 1,
        mine_today: &[id(1)].into(),
        last_change: &|_| None,
        near: drawn.near,
        revision: drawn.bench.revision,
        context_revision: 1,
        language: drawn.language,
        available: &|_| Ok(()),
        keys: &Default::default(),
    };
    let actions = table_ui(ui, &mut drawn.table, input);
    drawn.bench.carry_out(actions);
}

fn harness(bench: Bench) -> Harness<'static, Drawn> {
    harness_with(bench, Language::English, egui::Theme::Light)
}

fn harness_with(bench: Bench, language: Language, theme: egui::Theme) -> Harness<'static, Drawn> {
    let drawn = Drawn {
        bench,
        table: TableState::default(),
        near: None,
        language,
    };
    let mut harness = Harness::builder()
        .with_size([340.0, 420.0])
        .with_theme(theme)
        .with_max_steps(16)
        // Two clicks in a row are a double click.
        .with_step_dt(1.0 / 60.0)
        .with_context_setup(install_fonts)
        .build_ui_state(draw, drawn);
    harness.run();
    harness
}

fn estate(number: u128, name: &str, address: &str, year: Option<i32>) -> Estate {
    let mut estate = Estate::new(id(number));
    estate.name = name.into();
    estate.address = address.into();
    estate.build_year = year;
    estate
}

fn drawn(mut estate: Estate) -> Estate {
    let ring = geo::LineString::from(vec![(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)]);
    let polygon = geo::Polygon::new(ring, Vec::new());
    estate.boundary = Some(Arc::new(geo::MultiPolygon(vec![polygon])));
    estate
}

/// Three that count and one that was merged into the first.
fn town() -> Bench {
    let mut merged = estate(4, "洪都新村1期", "", None);
    merged.standing = Standing::Merged {
        into: id(1),
        replaced: Vec::new(),
    };
    Bench::new([
        drawn(estate(1, "洪都新村一期", "洪都北大道12号", Some(1987))),
        estate(2, "粮食局宿舍", "八一大道３号", Some(1979)),
        drawn(estate(3, "阳光小区", "阳明路8号", None)),
        merged,
    ])
}

fn names(harness: &Harness<'_, Drawn>) -> Vec<String> {
    let drawn = harness.state();
    let name = |id: &EstateId| drawn.bench.survey.estate(*id).unwrap().name.clone();
    drawn.table.listed().iter().map(name).collect()
}

fn click(harness: &mut Harness<'_, Drawn>, name: &str) {
    // A menu is drawn over what it covers.
    harness.get_all_by_label(name).last().unwrap().click();
    harness.run();
}

fn search(harness: &mut Harness<'_, Drawn>, text: &str) {
    harness.get_by_label("Search").focus();
    harness.run();
    harness.get_by_label("Search").type_text(text);
    harness.run();
}

#[test]
fn a_part_of_the_name_or_of_the_address_finds_a_record() {
    let mut by_name = harness(town());
    by_name.get_by_label("3 of 3");
    search(&mut by_name, "粮食");
    by_name.get_by_label("1 of 3");
    by_name.get_by_label("粮食局宿舍");
    assert!(by_name.query_by_label("阳光小区").is_none());

    let mut by_address = harness(town());
    search(&mut by_address, "八一大道3号");
    assert_eq!(names(&by_address), ["粮食局宿舍"]);
}

#[test]
fn a_merged_record_is_found_but_not_listed_otherwise() {
    let mut harness = harness(town());
    assert!(!names(&harness).contains(&"洪都新村1期".to_owned()));
    search(&mut harness, "1期");
    assert_eq!(names(&harness), ["洪都新村1期"]);
}

#[test]
fn filters_combine() {
    let mut harness = harness(town());
    click(&mut harness, "Unfinished");
    assert_eq!(names(&harness).len(), 3);
    click(&mut harness, "With warnings");
    assert_eq!(names(&harness), ["粮食局宿舍", "阳光小区"]);
    click(&mut harness, "Merged or out");
    assert_eq!(names(&harness), Vec::<String>::new());
    harness.get_by_label_contains("No estate fits");
    click(&mut harness, "Show all");
    assert_eq!(names(&harness).len(), 3);
}

#[test]
fn a_filter_is_added_from_the_menu_and_taken_away_by_its_chip() {
    let mut harness = harness(town());
    click(&mut harness, "Filter");
    click(&mut harness, "Year built");
    click(&mut harness, "1981–1990");
    assert_eq!(names(&harness), ["洪都新村一期"]);
    click(&mut harness, "Take away the filter: 1981–1990");
    assert_eq!(names(&harness).len(), 3);
}

#[test]
fn the_work_list_counts_and_lists_what_waits_what_is_mine_and_what_is_wrong() {
    let mut harness = harness(town());
    for (list, expected) in [
        ("To draw: 1", "粮食局宿舍"),
        ("Mine today: 1", "洪都新村一期"),
        ("With errors: 1", "粮食局宿舍"),
    ] {
        search(&mut harness, "nothing like it");
        click(&mut harness, list);
        assert_eq!(names(&harness), [expected], "{list}");
        click(&mut harness, list);
        assert_eq!(names(&harness).len(), 3, "the second click lists all");
    }
}

#[test]
fn initials_find_a_record_and_enter_selects_it_enter_again_draws_for_it() {
    let mut harness = harness(town());
    search(&mut harness, "lsjss");
    harness.key_press(Key::Enter);
    harness.run();
    assert_eq!(harness.state().bench.selection, [id(2)]);
    harness.key_press(Key::Enter);
    harness.run();
    let draw = Action::Do(Verb::Take(Take::Draw));
    assert_eq!(harness.state().bench.actions.last(), Some(&draw));
}

#[test]
fn enter_on_nothing_leaves_the_cursor_in_the_search() {
    let mut harness = harness(town());
    search(&mut harness, "zzz");
    harness.key_press(Key::Enter);
    harness.run();
    assert!(harness.get_by_label("Search").is_focused());
}

#[test]
fn shift_extends_the_selection_by_click_and_by_arrow() {
    let mut harness = harness(town());
    let order = harness.state().table.listed().to_vec();
    let name = |harness: &Harness<'_, Drawn>, row: usize| {
        let estate = harness.state().bench.survey.estate(order[row]).unwrap();
        estate.name.clone()
    };
    let (first, last) = (name(&harness, 0), name(&harness, 2));
    harness.get_by_label(&last).click();
    harness.run();
    harness
        .get_by_label(&first)
        .click_modifiers(Modifiers::SHIFT);
    harness.run();
    // The row clicked comes last: it is where the keyboard is.
    assert_eq!(
        harness.state().bench.selection,
        [order[2], order[1], order[0]]
    );
    for (key, expected) in [
        (Key::ArrowDown, vec![order[2], order[1]]),
        (Key::ArrowDown, vec![order[2]]),
        (Key::ArrowUp, vec![order[2], order[1]]),
    ] {
        harness.key_press_modifiers(Modifiers::SHIFT, key);
        harness.run();
        assert_eq!(harness.state().bench.selection, expected, "{key:?}");
    }
}

#[test]
fn columns_are_chosen_and_sort() {
    let mut harness = harness(town());
    assert!(harness.query_by_label("Sort by address").is_none());
    click(&mut harness, "Columns");
    click(&mut harness, "address");
    let kept = harness.state().bench.actions.iter().any(|action| {
        matches!(action, Action::Prefer(Preference::Columns(columns)) if columns.contains(&ListColumn::Address))
    });
    assert!(kept, "the columns are the same tomorrow");
    harness.key_press(Key::Escape);
    harness.run();
    click(&mut harness, "Sort by address");
    assert_eq!(names(&harness), ["粮食局宿舍", "洪都新村一期", "阳光小区"]);
}

#[test]
fn a_view_is_saved_chosen_and_deleted() {
    let mut harness = harness(town());
    click(&mut harness, "With warnings");
    search(&mut harness, "yg");
    click(&mut harness, "Views");
    harness.get_by_label("Name of the view").focus();
    harness.run();
    harness.get_by_label("Name of the view").type_text("阳光");
    harness.run();
    click(&mut harness, "Save");
    let saved = |harness: &Harness<'_, Drawn>| {
        let settings = harness.state().bench.survey.settings();
        settings.saved_views.clone()
    };
    assert_eq!(saved(&harness).len(), 1);
    assert_eq!(saved(&harness)[0].query, "yg");
    click(&mut harness, "All");
    assert_eq!(names(&harness).len(), 3);
    click(&mut harness, "Views");
    click(&mut harness, "阳光");
    assert_eq!(names(&harness), ["阳光小区"]);
    click(&mut harness, "Views");
    click(&mut harness, "Delete the view '阳光'");
    assert_eq!(saved(&harness), []);
}

#[test]
fn waiting_rows_near_the_sketch_come_first() {
    let at = |east: f64| Some(LonLat::new(115.9 + east, 28.68));
    let row = |number, name: &str, position| {
        let mut row = estate(number, name, "", None);
        row.position = position;
        row
    };
    let bench = Bench::new([
        row(1, "甲", at(0.02)),
        row(2, "乙", at(0.0)),
        row(3, "丙", None),
        row(4, "丁", at(0.01)),
    ]);
    let mut harness = harness(bench);
    harness.state_mut().near = at(0.0);
    harness.run();
    assert_eq!(names(&harness), ["乙", "丁", "甲", "丙"]);
    harness.get_by_label("nearest first");
}

#[test]
fn a_heading_sorts_and_sorts_back_with_the_unknown_last() {
    let mut harness = harness(town());
    harness.get_by_label("Sort by year built").click();
    harness.run();
    assert_eq!(names(&harness), ["粮食局宿舍", "洪都新村一期", "阳光小区"]);
    harness.get_by_label("Sort by year built").click();
    harness.run();
    assert_eq!(names(&harness), ["洪都新村一期", "粮食局宿舍", "阳光小区"]);
}

#[test]
fn clicks_select_toggle_and_show() {
    let mut harness = harness(town());
    harness.get_by_label("阳光小区").click();
    harness.run();
    harness
        .get_by_label("粮食局宿舍")
        .click_modifiers(Modifiers::COMMAND);
    harness.run();
    let actions = &harness.state().bench.actions;
    assert_eq!(
        *actions,
        [
            Action::Select(Selection::Only(id(3))),
            Action::Select(Selection::Toggle(id(2))),
        ]
    );
    harness.get_by_label("洪都新村一期").click();
    harness.get_by_label("洪都新村一期").click();
    harness.run();
    let actions = &harness.state().bench.actions;
    assert_eq!(actions.last(), Some(&Action::ShowOnMap(id(1))));
}

#[test]
fn a_right_click_on_a_row_selects_it_and_offers_what_can_be_done() {
    let mut harness = harness(town());
    harness.get_by_label("阳光小区").click_secondary();
    harness.run();
    harness.get_by_label("Edit corners").click();
    harness.run();
    let expected = [
        Action::Select(Selection::Only(id(3))),
        Action::Do(Verb::Take(Take::Vertices)),
    ];
    assert_eq!(harness.state().bench.actions, expected);
}

#[test]
fn arrows_move_the_selection_through_the_list() {
    let mut harness = harness(town());
    harness.state_mut().bench.selection.clear();
    harness.get_by_label("List of estates").focus();
    harness.run();
    let order = harness.state().table.listed().to_vec();
    for (key, row) in [
        (Key::ArrowDown, 0),
        (Key::ArrowDown, 1),
        (Key::End, 2),
        (Key::ArrowDown, 2),
        (Key::ArrowUp, 1),
    ] {
        harness.key_press(key);
        harness.run();
        assert_eq!(harness.state().bench.selection, [order[row]], "{key:?}");
    }
}

#[test]
fn a_row_selected_elsewhere_scrolls_into_view() {
    let many = (1..=5000).map(|n| estate(n, &format!("小区{n:04}"), "", None));
    let mut harness = harness(Bench::new(many));
    assert!(harness.query_by_label("小区4000").is_none());
    harness.state_mut().bench.selection = vec![id(4000)];
    harness.run();
    harness.get_by_label("小区4000");
}

#[test]
fn an_empty_survey_says_what_to_do_next() {
    let mut harness = harness(Bench::new([]));
    harness.get_by_label("Import a list").click();
    harness.run();
    harness.get_by_label("Draw an estate").click();
    harness.run();
    let wanted = [Action::Do(Verb::Import), Action::Do(Verb::Take(Take::Draw))];
    assert_eq!(harness.state().bench.actions, wanted);
}

#[test]
fn what_an_edit_leaves_alone_is_not_worked_out_again() {
    let mut harness = harness(town());
    search(&mut harness, "阳光");
    assert_eq!(names(&harness), ["阳光小区"]);
    let command = crate::edit::Command::SetField {
        estates: vec![id(2)],
        field: crate::model::Field::Name,
        value: Some(crate::model::Value::Text("阳光家园".into())),
    };
    harness
        .state_mut()
        .bench
        .carry_out(vec![Action::Edit(command)]);
    harness.run();
    assert_eq!(names(&harness).len(), 2);
}

#[test]
#[ignore = "writes pictures to look at into the temporary folder"]
fn pictures() {
    for (language, theme) in [
        (Language::Chinese, egui::Theme::Light),
        (Language::Chinese, egui::Theme::Dark),
        (Language::English, egui::Theme::Light),
        (Language::English, egui::Theme::Dark),
    ] {
        let mut bench = town();
        let more = (5..60).map(|number| {
            let mut estate = drawn(estate(
                number,
                &format!("第{number}纺织厂职工家属院"),
                "",
                Some(1950 + (number as i32 * 7) % 50),
            ));
            estate.households = Some(number as u32 * 37);
            let severity = crate::model::Severity::ALL[number as usize % 4];
            let item = crate::model::ItemCode::parse("C05").unwrap();
            estate.gaps.insert(item, severity);
            estate.willingness = Some(crate::model::Willingness::Strong);
            estate
        });
        let all = bench
            .survey
            .estates()
            .map(|one| (**one).clone())
            .chain(more);
        bench = Bench::new(all.collect::<Vec<_>>());
        let mut harness = harness_with(bench, language, theme);
        let file = format!("table-{}-{theme:?}.png", language.tag());
        let path = std::env::temp_dir().join(file);
        harness.render().unwrap().save(&path).unwrap();
        eprintln!("{}", path.display());
    }
}
