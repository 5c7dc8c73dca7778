//! A county of 120 estates, from the survey office's file to the yearly plan that is issued: through
//! the window, but for what the planning office types into sixty projects, which is entered at once.

use crate::bench::{Window, folder, read, survey_file, surveyor};
use egui::{Key, Modifiers};
use jiugai::catalogue::Catalogue;
use jiugai::edit::{Command, PlanCommand};
use jiugai::model::{
    Batch, Budget, BudgetKey, EstateId, FundingLine, FundingSource, FundingStatus, ItemCode,
    PlanItem, Project, ProjectPart, SnapshotContent, Survey, WorkType, YearPlan, Yuan,
};
use jiugai::rules::recognition::{RecognitionVerdict, recognise};
use jiugai::session::Session;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const ESTATES: u32 = 120;
const YEAR: i32 = 2027;

fn is_excluded(number: u32) -> bool {
    number.is_multiple_of(12)
}

fn is_unsure(number: u32) -> bool {
    number % 10 == 5
}

/// Every twelfth estate is in the shanty-town plan, of every tenth nobody knows what the residents
/// want; the pipes of the others are in every state.
fn survey_office_file(folder: &Path) -> PathBuf {
    const FIRST: [&str; 12] = [
        "松", "柏", "梅", "兰", "竹", "菊", "荷", "桂", "枫", "柳", "榆", "槐",
    ];
    const SECOND: [&str; 10] = ["林", "湖", "山", "溪", "桥", "塘", "岭", "坪", "港", "峰"];
    let features = (1..=ESTATES).map(|number| {
        let (column, row) = ((number - 1) % 12, (number - 1) / 12);
        // Some 800 m apart: nothing looks like a copy of its neighbour.
        let west = 115.86 + f64::from(column) * 0.008;
        let south = 28.66 + f64::from(row) * 0.008;
        let (east, north) = (west + 0.001, south + 0.001);
        let name = format!("{}{}新村", FIRST[column as usize], SECOND[row as usize]);
        let unsure = is_unsure(number);
        let asked = |count: u32| (!unsure).then_some(count);
        json!({
            "type": "Feature",
            "properties": {
                "source": "测绘院",
                "source_id": format!("CH-{number:03}"),
                "name": name,
                "county_code": "360102",
                "street_code": "360102002",
                "community_code": "360102002001",
                "locality": "city",
                "address": format!("{name}路{number}号"),
                "build_year": 1970 + number % 30,
                "year_basis": "property_register",
                "households": 100 + number,
                "floor_area_m2": 7000 + 70 * number,
                "buildings": 4 + number % 6,
                "tenure": "reformed",
                "residential": "yes",
                "exclusions": if is_excluded(number) { "X1" } else { "none" },
                "gap.C04": number % 4,
                "gap.C05": (number / 2) % 4,
                "gap.C06": (number / 3) % 4,
                "gap.C12": 1 + number % 3,
                "willingness": (!unsure).then_some("strong"),
                "willingness_basis": (!unsure).then_some("door_to_door"),
                "sent": asked(100 + number),
                "returned": asked(90 + number),
                "agree": asked(80 + number),
                "oppose": asked(5),
            },
            "geometry": {"type": "Polygon", "coordinates": [[
                [west, south], [east, south], [east, north], [west, north], [west, south],
            ]]},
        })
    });
    let file = json!({"type": "FeatureCollection", "features": features.collect::<Vec<_>>()});
    let path = folder.join("测绘院 2026.geojson");
    std::fs::write(&path, file.to_string()).unwrap();
    path
}

/// Every second estate has a project that waits for nothing but the county's 20 万元.
fn planning_office(path: &Path) {
    let (renew, fiscal) = (Yuan(250_000), Yuan(200_000));
    let line = |source, amount| FundingLine {
        source,
        amount,
        status: FundingStatus::Committed,
        note: String::new(),
    };
    let item = |code| PlanItem {
        cost: Some(renew),
        ..PlanItem::new(ItemCode::parse(code).unwrap(), WorkType::Renew)
    };
    let mut session = Session::open(path, surveyor()).unwrap();
    let estates = session.survey().estates().step_by(2);
    let projects = estates.map(|estate| Project {
        year: Some(YEAR),
        content: vec![item("C05"), item("C12")],
        agreed_on: Some("2026-09-01".parse().unwrap()),
        funding: vec![
            line(FundingSource::LocalFiscal, fiscal),
            line(FundingSource::Residents, Yuan(300_000)),
        ],
        implementing_unit: "区城投公司".into(),
        supervisor: "监理公司".into(),
        ..Project::new(estate.id)
    });
    let projects = projects.collect();
    let part = ProjectPart::Content;
    let command = PlanCommand::PutProjects { projects, part };
    session.run(Command::Plan(command)).unwrap();
    // The planner opens at the latest year that somebody has named money for.
    let command = PlanCommand::SetBudget {
        key: BudgetKey {
            county_code: "360102".into(),
            year: YEAR,
        },
        budget: Some(Budget {
            basis: "区财政局评估中".into(),
            ..Budget::default()
        }),
    };
    session.run(Command::Plan(command)).unwrap();
    session.close().unwrap();
}

fn replace(window: &mut Window, name: &str, text: &str) {
    window.focus(name);
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(text);
    window.press(Key::Tab);
}

fn verdicts(survey: &Survey) -> BTreeMap<EstateId, RecognitionVerdict> {
    let catalogue = Catalogue::shipped();
    let judged = survey.estates().map(|estate| {
        let judged = recognise(estate, &catalogue.items, &catalogue.rules.recognition);
        (estate.id, judged.verdict)
    });
    judged.collect()
}

fn issued(survey: &Survey) -> YearPlan {
    let mut plans = survey.snapshots().filter_map(|it| match &it.content {
        SnapshotContent::YearPlan(plan) => Some(plan.clone()),
        _ => None,
    });
    let plan = plans.next().unwrap();
    assert!(plans.next().is_none());
    plan
}

#[test]
fn a_county_of_120_estates_goes_from_the_survey_to_the_yearly_plan() {
    let (_temporary, folder) = folder();
    let path = survey_file(&folder.join("东湖区.gpkg"), []);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::I);
    window.type_path(&survey_office_file(&folder));
    window.click("Read the file");
    window.click("CGCS2000");
    window.click("Import");
    assert_eq!(window.survey().estates().len(), ESTATES as usize);
    window.close();

    planning_office(&path);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num4);
    // 1,010 万元 are enough for fifty of them, not for fifty-one; the county is held to bear less.
    replace(&mut window, "Budget (10,000 yuan)", "1010");
    replace(&mut window, "Fiscal capacity", "610");
    assert!(!window.text_with("30 estates implemented").is_empty());
    assert!(!window.text_with("600 of 610").is_empty());
    window.click("Issue the yearly plan");
    window.click("Issue it");
    let number = issued(window.survey()).number;
    assert_eq!(number, "360102-2027-01");
    window.close();

    let survey = read(&path);
    let plan = issued(&survey);
    let verdicts = verdicts(&survey);
    let of = |batch| {
        let entries = plan
            .entries
            .iter()
            .filter(move |entry| entry.batch == batch);
        entries.map(|entry| entry.estate).collect::<BTreeSet<_>>()
    };
    let implemented = of(Batch::Implement);
    assert_eq!(implemented.len(), 30);
    assert!(
        implemented
            .iter()
            .all(|estate| verdicts[estate] == RecognitionVerdict::Recognised)
    );
    let spent: Yuan = plan
        .entries
        .iter()
        .filter(|entry| entry.batch == Batch::Implement)
        .map(|entry| entry.local_fiscal)
        .sum();
    assert_eq!(spent, Yuan(6_000_000));
    assert!(spent <= plan.capacity.unwrap() && spent <= plan.budget.unwrap());
    // Nobody with a project that is ready stands before the last implemented and is left out.
    let ready: Vec<_> = plan
        .entries
        .iter()
        .filter(|entry| entry.batch == Batch::Implement || entry.reason == "over_limit")
        .map(|entry| entry.batch)
        .collect();
    assert!(ready[..30].iter().all(|batch| *batch == Batch::Implement));
    // What is excluded is in no batch, and what nobody asked waits in reserve.
    let excluded = (1..=ESTATES).filter(|number| is_excluded(*number)).count();
    let shut = verdicts
        .values()
        .filter(|verdict| **verdict == RecognitionVerdict::NotRecognised)
        .count();
    assert_eq!(shut, excluded);
    for entry in &plan.entries {
        let verdict = verdicts[&entry.estate];
        assert_ne!(verdict, RecognitionVerdict::NotRecognised, "{}", entry.name);
        if verdict == RecognitionVerdict::Undetermined {
            assert_eq!(entry.batch, Batch::Reserve, "{}", entry.name);
        }
    }
    assert_eq!(plan.entries.len(), ESTATES as usize - excluded);
    let unsure = (1..=ESTATES).filter(|n| is_unsure(*n) && !is_excluded(*n));
    assert!(of(Batch::Reserve).len() >= unsure.count());
}
