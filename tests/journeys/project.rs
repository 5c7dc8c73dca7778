//! One estate from its gaps to its management, in the delivery workspace: 三(三)2–5, 三(四).

use crate::bench::{Window, complete_estate, folder, id, survey_file};
use egui::{Key, Modifiers};
use jiff::civil::date;
use jiugai::catalogue::Catalogue;
use jiugai::model::{
    CentralMoney, DocumentKind, FundingSource, FundingStatus, ItemCode, ManagementBody,
    ManagementMode, MilestoneKind, Project, Signer, SnapshotContent, WorkType, Yuan,
};
use jiugai::rules::delivery::{Stage, stage};
use jiugai::words::Language;
use jiugai::words::fields::item_label;

fn project(window: &Window) -> Project {
    let project = window.survey().project(id(1));
    (**project.unwrap()).clone()
}

fn item(code: &str) -> ItemCode {
    ItemCode::parse(code).unwrap()
}

/// "C05 Water pipes: cost".
fn of(code: &str, field: &str) -> String {
    let items = Catalogue::shipped().items;
    let label = item_label(Language::English, items.get(item(code)).unwrap()).to_owned();
    format!("{code} {label}: {field}")
}

fn fill(window: &mut Window, name: &str, text: &str) {
    window.type_into(name, text);
    window.press(Key::Enter);
}

fn at_page() -> (tempfile::TempDir, Window) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num5);
    assert!(window.shows("No projects yet"));
    window.click("Without project 1");
    window.click("洪都新村: no project");
    assert!(window.shows("This estate has no project yet"));
    assert!(window.survey().project(id(1)).is_none());
    (temporary, window)
}

#[test]
fn a_project_goes_from_the_gaps_of_the_survey_to_its_management() {
    let (_temporary, mut window) = at_page();
    window.click("Propose from the gaps");
    let codes: Vec<_> = project(&window)
        .content
        .iter()
        .map(|one| one.item)
        .collect();
    assert_eq!(codes, ["C04", "C05", "C06", "C12"].map(item));
    assert!(!window.is_enabled("Propose from the gaps"));

    for (code, quantity, cost) in [
        ("C04", "200", "40"),
        ("C05", "1,200", "60.5"),
        ("C06", "200", "30"),
        ("C12", "900", "45"),
    ] {
        fill(&mut window, &of(code, "quantity"), quantity);
        fill(&mut window, &of(code, "cost"), cost);
    }
    assert_eq!(project(&window).content[1].quantity, Some(1200.0));
    assert!(window.shows("Total 175.5 万元"));
    // One step back takes the last cost out, and nothing else.
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&window).content[3].cost, None);
    assert_eq!(project(&window).content[3].quantity, Some(900.0));
    assert!(window.shows("some items have no cost yet"));
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert_eq!(project(&window).content[3].cost, Some(Yuan(450_000)));
    window.click(&of("C05", "central money"));
    assert_eq!(
        project(&window).content[1].central_money,
        CentralMoney::AppliedFor
    );

    money(&mut window);
    plan_and_days(&mut window);
    assert_eq!(stage(&project(&window)), Stage::Finished);
    acceptance(&mut window);
    assert_eq!(stage(&project(&window)), Stage::Accepted);

    fill(&mut window, "Asked on", "2027.3.1");
    fill(&mut window, "Answered", "150");
    fill(&mut window, "Satisfied", "160");
    assert!(window.shows("160 households are satisfied, more than the 150 that answered"));
    assert_eq!(window.text_in("Satisfied"), "160");
    fill(&mut window, "Satisfied", "140");
    assert_eq!(stage(&project(&window)), Stage::Evaluated);
    window.click("Owners' body: owners' committee");
    window.click("Mode: property company");
    fill(&mut window, "Property company", "洪都物业");
    let management = project(&window).management.unwrap();
    assert_eq!(management.body, Some(ManagementBody::OwnersCommittee));
    assert_eq!(management.mode, Some(ManagementMode::PropertyCompany));
    assert_eq!(stage(&project(&window)), Stage::Managed);
    assert!(window.has_control("Managed: where it is now"));
    assert_eq!(window.nameless_controls(), [] as [String; 0]);
}

/// Two lines; what is no amount stays with a sentence.
fn money(window: &mut Window) {
    window.type_into("Amount of a new line", "很多");
    window.press(Key::Enter);
    assert!(window.shows("“很多” is no amount"));
    assert_eq!(window.text_in("Amount of a new line"), "很多");
    assert!(project(window).funding.is_empty());
    window.press_with(Modifiers::COMMAND, Key::A);
    fill(window, "Amount of a new line", "100");
    window.click("Source of a new line");
    window.click_menu("residents");
    fill(window, "Amount of a new line", "75.5");
    let lines = project(window).funding;
    let sources: Vec<_> = lines
        .iter()
        .map(|line| (line.source, line.amount))
        .collect();
    assert_eq!(
        sources,
        [
            (FundingSource::LocalFiscal, Yuan(1_000_000)),
            (FundingSource::Residents, Yuan(755_000)),
        ]
    );
    assert!(window.shows("175.5 万元 of the cost is not secured yet"));
    for line in ["1 local fiscal: status", "2 residents: status"] {
        window.click(line);
        window.click_menu("committed");
    }
    assert_eq!(project(window).funding[1].status, FundingStatus::Committed);
    assert!(window.shows("All of the cost is secured"));
}

fn plan_and_days(window: &mut Window) {
    fill(window, "Plan year", "2026");
    fill(window, "Agreed on", "2026年1月12日");
    assert_eq!(stage(&project(window)), Stage::Planned);
    fill(window, "Implementing unit", "区住保中心");
    fill(window, "Supervisor", "某监理公司");
    assert_eq!(project(window).supervisor, "某监理公司");
    fill(window, "approval: actual", "2026-02-01");
    fill(window, "start: planned", "2026-05-01");
    fill(window, "start: actual", "2026-9-20");
    assert!(window.shows("late"), "the last day to start was 31 August");
    fill(window, "start: reason for the delay", "汛期");
    // The end of the work before its beginning is refused, and stays in its box.
    fill(window, "finish: actual", "2026-08-01");
    assert!(window.shows("the day of finish is before the day of start"));
    assert_eq!(window.text_in("finish: actual"), "2026-08-01");
    assert_eq!(project(window).reached(MilestoneKind::Finish), None);
    fill(window, "finish: actual", "2027-01-20");
    let held = project(window);
    assert_eq!(held.reached(MilestoneKind::Finish), Some(date(2027, 1, 20)));
    assert_eq!(held.milestones[&MilestoneKind::Start].delay_reason, "汛期");
}

/// Five of six have signed: no acceptance. The sixth signs: accepted.
fn acceptance(window: &mut Window) {
    for signer in [
        "sub-district office",
        "residents' committee",
        "owners' committee or representative",
        "designer",
        "contractor",
    ] {
        let name = format!("Signed by {signer} on");
        fill(window, &name, "2027-02-01");
    }
    fill(window, "Accepted on", "2027-02-02");
    assert!(window.shows("cannot be recorded as accepted: no signature of supervisor yet"));
    assert_eq!(project(window).reached(MilestoneKind::Acceptance), None);
    assert_eq!(window.text_in("Accepted on"), "2027-02-02");
    window.click("Signed today by supervisor");
    assert!(project(window).signatures.contains_key(&Signer::Supervisor));
    window.focus("Accepted on");
    window.press(Key::Enter);
    assert_eq!(
        project(window).reached(MilestoneKind::Acceptance),
        Some(date(2027, 2, 2))
    );
    // Nobody takes a signature back from an acceptance.
    fill(window, "Signed by designer on", " ");
    assert!(window.shows("no signature of designer yet"));
    assert!(project(window).signatures.contains_key(&Signer::Designer));
}

#[test]
fn a_finding_about_a_project_and_the_survey_form_both_lead_to_its_page() {
    let (_temporary, mut window) = at_page();
    window.click("Add an item");
    window.type_text("C05");
    window.press(Key::Enter);
    let content = project(&window).content;
    assert_eq!(content.len(), 1);
    assert_eq!(
        (content[0].item, content[0].work),
        (item("C05"), WorkType::Renew)
    );
    window.click(&of("C05", "central money"));
    // One utility is not two: E07, a click from the content.
    window.press_with(Modifiers::COMMAND, Key::Num6);
    let finding = window.button_with("E07");
    window.click(&finding);
    assert!(window.has_control("Recognised: where it is now"));
    assert_eq!(window.harness.state().selection(), [id(1)]);

    window.press_with(Modifiers::COMMAND, Key::Num1);
    assert!(window.shows("Project: Recognised"));
    window.controls("Go to the project")[0].click();
    window.finish_jobs();
    assert!(window.has_control("Recognised: where it is now"));
    window.click(&format!(
        "Remove {}",
        of("C05", "").trim_end_matches([':', ' '])
    ));
    // Nothing is planned any more: no project.
    assert!(window.survey().project(id(1)).is_none());
    assert!(window.shows("This estate has no project yet"));
}

#[test]
fn several_estates_are_given_a_year_and_a_unit_as_one_edit_each() {
    let (_temporary, folder) = folder();
    let estates = [(1, "洪都新村"), (2, "粮食局宿舍"), (3, "化肥厂一区")];
    let estates = estates.map(|(number, name)| complete_estate(number, name));
    let mut window = Window::on(&survey_file(&folder.join("洪都.gpkg"), estates));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.press_with(Modifiers::COMMAND, Key::Num5);
    assert!(window.shows("3 estates selected"));
    assert!(window.shows("3 of them have no project yet"));
    window.type_into("Plan year", "27");
    assert!(window.shows("“27” is no year"));
    assert!(!window.is_enabled("Plan year: Set"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("2027");
    window.click("Plan year: Set");
    fill(&mut window, "Implementing unit", "区住保中心");
    let held: Vec<_> = window.survey().projects().collect();
    let all = |fits: &dyn Fn(&Project) -> bool| held.len() == 3 && held.iter().all(|p| fits(p));
    assert!(all(&|project| project.year == Some(2027)));
    assert!(all(&|project| project.implementing_unit == "区住保中心"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    let units = window.survey().projects().map(|p| &p.implementing_unit);
    assert!(units.into_iter().all(String::is_empty));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().projects().len(), 0);
    assert_eq!(window.nameless_controls(), [] as [String; 0]);
}

#[test]
fn a_document_is_known_by_its_sum_and_a_changed_file_is_told() {
    let (temporary, mut window) = at_page();
    window.click("Propose from the gaps");
    let paper = temporary.path().join("方案.pdf");
    std::fs::write(&paper, "abc").unwrap();
    window.click("Add a document…");
    window.click("Kind");
    window.click_menu("contract");
    window.type_path(&paper);
    window.click("Add to the archive");
    let document = project(&window).documents[0].clone();
    assert_eq!(document.kind, DocumentKind::Contract);
    assert_eq!(document.paper.file_name, "方案.pdf");
    assert!(document.paper.sha256.starts_with("ba7816bf"));
    assert!(window.shows("sha256 ba7816bf8f01…"));
    for (bytes, said) in [
        ("abc", "The file is the one on record"),
        ("abd", "The file is not the one on record"),
    ] {
        std::fs::write(&paper, bytes).unwrap();
        window.click("Check 方案.pdf");
        window.type_path(&paper);
        window.click("Check it");
        assert!(window.shows(said), "{bytes}");
    }
    assert_eq!(project(&window).documents, [document]);
    window.click("Remove 方案.pdf");
    assert!(project(&window).documents.is_empty());
}

#[test]
fn the_figures_of_a_year_are_frozen_and_held_against_what_comes_after() {
    let (_temporary, mut window) = at_page();
    let this_year = window.button_with("Plan it for");
    window.click(&this_year);
    let year = project(&window).year.unwrap();
    window.click("Propose from the gaps");
    window.click("Timeline");
    assert!(window.shows(&format!("{year}: 1 projects")));
    window.click("Assessment");
    window.type_into("Name of the frozen version", "年初");
    window.press(Key::Enter);
    let snapshots: Vec<_> = window.survey().snapshots().cloned().collect();
    assert_eq!(snapshots.len(), 1);
    assert_eq!(snapshots[0].title, "年初");
    assert!(matches!(
        &snapshots[0].content,
        SnapshotContent::Assessment(figures)
            if figures.figures["planned_estates"] == 1.0
    ));
    fill(&mut window, "start: actual", &format!("{year}-01-01"));
    window.click("Against");
    window.click_menu("年初");
    // Started: one estate, and none at the beginning of the year.
    assert!(window.shows("1 (+1)"));
    window.click("Remove 年初");
    assert_eq!(window.survey().snapshots().len(), 0);
    assert_eq!(window.nameless_controls(), [] as [String; 0]);
}
