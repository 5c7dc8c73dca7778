//! The table through its real widgets, by accessible name.

use super::*;
use crate::model::{Coded, Estate, Standing};
use crate::ui::action::Selection;
use crate::ui::test_bench::{Bench, id, install_fonts};
use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

struct Drawn {
    bench: Bench,
    table: TableState,
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
        revision: drawn.bench.revision,
        issues_revision: 1,
        language: drawn.language,
        available: &|_| Ok(()),
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
    harness.get_by_label("To draw").click();
    harness.run();
    assert_eq!(names(&harness), ["粮食局宿舍"]);
    harness.get_by_label("With errors").click();
    harness.run();
    assert_eq!(names(&harness), ["粮食局宿舍"]);
    harness.get_by_label("Merged or out").click();
    harness.run();
    assert_eq!(names(&harness), Vec::<String>::new());
    harness.get_by_label_contains("No estate fits");
    harness.get_by_label("Show all").click();
    harness.run();
    assert_eq!(names(&harness).len(), 3);
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

/// `cargo test --lib --release table::tests::a_large_survey -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn a_large_survey_is_searched_between_two_frames() {
    let many = (1..=170_000).map(|n| {
        let mut estate = estate(n, &format!("小区{n:06}"), &format!("解放路{n}号"), None);
        estate.households = Some((n % 997) as u32);
        estate
    });
    let bench = Bench::new(many);
    let mut listing = Listing::default();
    let mut ask = |label: &str, revision, query: &str, filters: &[Filter], by| {
        let asked = Asked {
            revision,
            issues_revision: 0,
            query: search::Query::new(query),
            filters: filters.iter().copied().collect(),
            sort: Sort {
                by,
                direction: Direction::Ascending,
            },
        };
        let start = std::time::Instant::now();
        listing.update(&bench.survey, &bench.catalogue.items, asked, &|_| 0);
        eprintln!(
            "{label}: {:?}, {} rows",
            start.elapsed(),
            listing.ids().len()
        );
    };
    ask("first", 1, "", &[], SortBy::Name);
    ask("first search", 1, "12", &[], SortBy::Name);
    ask("next letter", 1, "123", &[], SortBy::Name);
    ask("after an edit", 2, "123", &[], SortBy::Name);
    ask("by state", 2, "", &[], SortBy::State);
    ask(
        "unfinished",
        2,
        "",
        &[Filter::NotFullySurveyed],
        SortBy::Households,
    );
    ask(
        "after an edit",
        3,
        "",
        &[Filter::NotFullySurveyed],
        SortBy::Households,
    );
}
