//! A county plans its year by eye: weights, money, the cut, a placement that the rules refuse, and
//! what was held fast against what has become of it.

use crate::bench::{Window, complete_estate, folder, id, square, surveyor};
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable;
use jiugai::edit::Command;
use jiugai::model::{
    Budget, BudgetKey, Change, EditLabel, Estate, EstateId, Exclusion, FundingLine, FundingSource,
    FundingStatus, ItemCode, PlanItem, Project, Severity, SnapshotContent, WorkType, Yuan,
};
use jiugai::session::Session;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn key() -> BudgetKey {
    BudgetKey {
        county_code: "360102".into(),
        year: 2027,
    }
}

/// Water, power, road and gas, and infrastructure beside them.
const ESSENTIAL: [&str; 4] = ["C04", "C05", "C06", "C12"];
const OTHER: [&str; 5] = ["C01", "C02", "C03", "C09", "C10"];

/// 县委大院 lacks water, power, road and gas, 粮食局宿舍 what is beside them; each would cost the
/// county 60 万元. 城中村 is excluded.
fn county(folder: &Path) -> PathBuf {
    let gaps = |codes: &[&str], severity| -> BTreeMap<ItemCode, Severity> {
        let gap = |code: &&str| (ItemCode::parse(code).unwrap(), severity);
        codes.iter().map(gap).collect()
    };
    let needs = Estate {
        gaps: gaps(&ESSENTIAL, Severity::Missing),
        ..complete_estate(1, "县委大院")
    };
    let mut lacks = gaps(&ESSENTIAL, Severity::Ageing);
    lacks.extend(gaps(&OTHER, Severity::Missing));
    let lags = Estate {
        gaps: lacks,
        ..complete_estate(2, "粮食局宿舍")
    };
    let shut = Estate {
        exclusions: Some([Exclusion::UrbanVillage].into()),
        boundary: Some(square(6.0, 3.0)),
        ..complete_estate(3, "城中村")
    };
    let path = folder.join("洪都.gpkg");
    let mut session = Session::create(&path, Default::default(), surveyor()).unwrap();
    let mut changes: Vec<Change> = [needs, lags, shut]
        .into_iter()
        .map(|estate| Change::Estate {
            id: estate.id,
            before: None,
            after: Some(Arc::new(estate)),
        })
        .collect();
    changes.extend([1, 2].map(|number| Change::Project {
        id: id(number),
        before: None,
        after: Some(Arc::new(project(id(number)))),
    }));
    let budget = Budget {
        budget: Some(Yuan(1_000_000)),
        capacity: Some(Yuan(2_000_000)),
        ..Budget::default()
    };
    changes.push(Change::Budget {
        key: key(),
        before: None,
        after: Some(Box::new(budget)),
    });
    let label = EditLabel::ChangeSettings;
    session.run(Command::Apply { label, changes }).unwrap();
    session.close().unwrap();
    path
}

fn project(estate: EstateId) -> Project {
    let line = |source, wan: u64, status| FundingLine {
        source,
        amount: Yuan(wan * 10_000),
        status,
        note: String::new(),
    };
    let renew = |code| PlanItem {
        cost: Some(Yuan(500_000)),
        ..PlanItem::new(ItemCode::parse(code).unwrap(), WorkType::Renew)
    };
    Project {
        year: Some(2027),
        content: vec![renew("C05"), renew("C06")],
        agreed_on: Some("2026-09-01".parse().unwrap()),
        funding: vec![
            line(FundingSource::LocalFiscal, 60, FundingStatus::Committed),
            line(FundingSource::Residents, 40, FundingStatus::Received),
        ],
        implementing_unit: "城投公司".into(),
        supervisor: "监理公司".into(),
        ..Project::new(estate)
    }
}

/// What stands in the box of this name.
fn replace(window: &mut Window, name: &str, text: &str) {
    window.focus(name);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(text);
    window.press(Key::Tab);
}

/// Takes a slider by its rail.
fn slide(window: &mut Window, name: &str) {
    let rail = window.controls(name)[0].rect();
    click(window, rail.lerp_inside(egui::vec2(0.45, 0.5)));
}

fn click(window: &mut Window, at: egui::Pos2) {
    window.harness.hover_at(at);
    for pressed in [true, false] {
        window.harness.event(Event::PointerButton {
            pos: at,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
        window.harness.run_ok();
    }
    window.finish_jobs();
}

fn select(window: &mut Window, name: &str) {
    let rows = ranked(window);
    let row = rows.iter().find(|row| row.ends_with(name)).unwrap();
    window.click(row);
}

fn ranked(window: &Window) -> Vec<String> {
    let mut rows: Vec<String> = ["县委大院", "粮食局宿舍", "城中村"]
        .iter()
        .flat_map(|name| {
            (1..=3)
                .map(|rank| format!("#{rank} {name}"))
                .filter(|row| window.has_control(row))
                .collect::<Vec<_>>()
        })
        .collect();
    rows.sort();
    rows
}

#[test]
fn a_planner_weighs_sets_the_budget_is_refused_freezes_and_compares() {
    let (_temporary, folder) = folder();
    let path = county(&folder);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num4);
    assert!(
        ranked(&window).contains(&"#1 县委大院".to_owned()),
        "{}",
        window.everything()
    );

    // 100 万元 are enough for one of the two: the cut stands above the other.
    assert!(window.text_with("1 estates implemented").starts_with('1'));
    assert!(!window.text_with("the money ends here").is_empty());

    // The other comes first where what it lacks weighs more.
    slide(&mut window, "Weight of other infrastructure");
    assert_eq!(ranked(&window)[0], "#1 粮食局宿舍");
    assert!(window.shows("Tried out: the county's rules have not changed."));
    assert_eq!(window.survey().settings().own_rules, None);
    // A plan is not issued on what is only tried out.
    assert!(!window.is_enabled("Issue the yearly plan"));
    window.click("Reset");
    assert_eq!(ranked(&window)[0], "#1 县委大院");

    // Held fast under a name.
    window.type_into("Name of the version", "初排");
    window.click("Freeze this ranking");
    assert_eq!(window.survey().snapshots().len(), 1);

    // With 130 万元 both can be done. It is an edit, and is undone like one.
    replace(&mut window, "Budget (10,000 yuan)", "130");
    let budget = |window: &Window| window.survey().budget(&key()).and_then(|it| it.budget);
    assert_eq!(budget(&window), Some(Yuan(1_300_000)));
    assert!(!window.text_with("2 estates implemented").is_empty());
    window.click("Issue the yearly plan");
    assert_eq!(
        window.survey().snapshots().len(),
        1,
        "it is asked for twice"
    );
    window.click("Issue it");
    let issued = window
        .survey()
        .snapshots()
        .find_map(|it| match &it.content {
            SnapshotContent::YearPlan(plan) => Some(plan.clone()),
            _ => None,
        });
    let issued = issued.unwrap();
    assert_eq!(
        (issued.number.as_str(), issued.entries.len()),
        ("360102-2027-01", 2)
    );

    // With less money than then, one of them is in another batch.
    replace(&mut window, "Budget (10,000 yuan)", "70");
    window.click("Compare 360102-2027-01 with today");
    assert!(!window.text_with("1 moved").is_empty());
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(budget(&window), Some(Yuan(1_300_000)));
    assert!(window.shows("The same as today."));
}

#[test]
fn what_is_excluded_is_put_into_no_batch_and_the_form_says_why() {
    let (_temporary, folder) = folder();
    let path = county(&folder);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num4);
    select(&mut window, "城中村");
    assert_eq!(window.harness.state().selection(), [id(3)]);
    window.click("Place by hand");
    window.click("implement");
    window.type_into("Reason", "领导要求");
    assert!(!window.is_enabled("Place it"));
    assert!(
        !window.text_with("Not an old estate").is_empty(),
        "{}",
        window.everything()
    );
    assert_eq!(window.survey().project(id(3)), None);

    // One that may be placed is, and says by whom.
    select(&mut window, "粮食局宿舍");
    window.click("Place by hand");
    window.click("implement");
    window.type_into("Reason", "管网先行");
    window.click("Place it");
    let placement = window.survey().project(id(2)).unwrap().placement.clone();
    assert_eq!(placement.unwrap().reason, "管网先行");
    // The placement goes before the ranking, so the money ends before the other.
    assert!(!window.text_with("管网先行").is_empty());
}

#[test]
fn a_click_on_a_bar_selects_its_estates() {
    let (_temporary, folder) = folder();
    let path = county(&folder);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num4);
    window.click("Building years");
    let chart = window.harness.query_by_label_contains("Building years: ");
    let room = chart.unwrap().rect();
    // All three are of the eighties: the second of six bars, and the highest.
    let at = room.lerp_inside(egui::vec2(0.30, 0.5));
    click(&mut window, at);
    let mut selected = window.harness.state().selection().to_vec();
    selected.sort();
    assert_eq!(selected, [id(1), id(2), id(3)]);
}

#[test]
fn the_map_shows_a_score_and_keeps_a_theme_under_a_name() {
    let (_temporary, folder) = folder();
    let path = county(&folder);
    let mut window = Window::on(&path);
    window.choose("View", "Colour by need score");
    assert!(window.shows("60–80 points"), "{}", window.everything());
    window.click("Choose what the map shows");
    window.type_into("Name of the theme", "评分图");
    window.click("Save this theme");
    let saved = window.survey().settings().saved_themes.clone();
    assert_eq!(saved[0].name, "评分图");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.survey().settings().saved_themes.is_empty());
}
