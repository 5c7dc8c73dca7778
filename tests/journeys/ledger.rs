//! The ledger goes out to an office and comes back: what was edited there is looked at, what was
//! changed on both sides is settled by a person, and all of it is one edit.

use crate::bench::{Window, complete_estate, folder, id, read, survey_file, surveyor};
use crate::office;
use egui::{Key, Modifiers};
use jiugai::edit::Command;
use jiugai::model::{Field, Value};
use jiugai::session::Session;
use jiugai::words::Language;
use std::path::{Path, PathBuf};

const HOUSEHOLDS: &str = "户数（户）";

/// A survey whose ledger went out by the menu and was edited, while the second estate was counted
/// anew here.
fn town() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let (temporary, folder) = folder();
    let estates = [
        complete_estate(1, "洪都新村"),
        complete_estate(2, "粮食局宿舍"),
    ];
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    let mut window = Window::on(&path);
    window.choose("File", "Write the ledger 台账…");
    let ledger = PathBuf::from(window.text_in("File"));
    assert_eq!(ledger.parent(), Some(&*folder));
    window.click("Write the workbook");
    assert!(
        window.shows("The ledger with 2 records"),
        "{}",
        window.everything()
    );
    window.close();
    let edited = folder.join("台账 改.xlsx");
    let edits = [
        ("洪都新村", HOUSEHOLDS, "220户"),
        ("粮食局宿舍", HOUSEHOLDS, "230"),
        ("粮食局宿舍", "楼栋数（栋）", "约八栋"),
    ];
    office::edit(&ledger, &edited, &edits);
    count_anew(&path);
    (temporary, path, edited)
}

fn count_anew(path: &Path) {
    let mut session = Session::open(path, surveyor()).unwrap();
    let command = Command::SetField {
        estates: vec![id(2)],
        field: Field::Households,
        value: Some(Value::Count(210)),
    };
    session.run(command).unwrap();
    session.close().unwrap();
}

fn households(window: &Window) -> [Option<u32>; 2] {
    [1, 2].map(|number| window.survey().estate(id(number)).unwrap().households)
}

fn compare(window: &mut Window, ledger: &Path) {
    window.choose("File", "Take an edited ledger back…");
    window.type_path(ledger);
    window.click("Compare");
}

/// The cell of the second estate, whose row comes first in the edited ledger.
const CONFLICT: &str = "row 2, 粮食局宿舍, Households";

#[test]
fn what_an_office_changed_is_taken_over_and_a_person_settles_what_both_changed() {
    let (_temporary, path, edited) = town();
    let mut window = Window::on(&path);
    compare(&mut window, &edited);
    // What only a person can settle is shown first, and the survey's value holds until then.
    assert!(window.shows("it was 200 when the ledger was written"));
    assert!(window.is_on(&format!("{CONFLICT}: Keep the survey's: 210 households")));
    assert!(window.shows("1 conflicts keep the survey's value"));
    window.click("Remarks 1");
    assert!(window.shows("'约八栋' is no number this field takes"));
    window.click("Changes 1");
    assert!(window.shows("200 households → 220 households"));
    assert_eq!(
        households(&window),
        [Some(200), Some(210)],
        "nothing is changed by looking"
    );
    assert_eq!(window.nameless_controls(), [] as [String; 0]);

    window.click("Conflicts 1");
    window.click(&format!("{CONFLICT}: Take the ledger's: 230 households"));
    window.click("Take over 2 values");
    assert_eq!(households(&window), [Some(220), Some(230)]);
    assert!(window.shows("2 values of 2 estates were taken over"));
    assert!(
        !window.has_control("Compare"),
        "the dialog has done its work"
    );

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(households(&window), [Some(200), Some(210)], "one undo");
    window.press_with(Modifiers::COMMAND, Key::Y);
    window.close();
    let survey = read(&path);
    assert_eq!(survey.estate(id(2)).unwrap().households, Some(230));
}

#[test]
fn choices_are_made_for_all_at_once_and_what_is_not_ticked_stays() {
    let (_temporary, path, edited) = town();
    let mut window = Window::on(&path);
    compare(&mut window, &edited);
    window.click("Take all of the ledger's");
    assert!(window.is_enabled("Take over 2 values"));
    window.click("Keep all of the survey's");
    window.click("Changes 1");
    window.click("Tick none");
    assert!(!window.is_enabled("Take over 0 values"));
    window.click("Tick all");
    window.click("Take over: row 3, 洪都新村, Households");
    assert!(!window.is_enabled("Take over 0 values"));
    window.click("Conflicts 1");
    window.click("Take all of the ledger's");
    window.click("Take over 1 values");
    assert_eq!(households(&window), [Some(200), Some(230)]);
}

#[test]
fn of_many_remarks_those_in_sight_are_laid_out() {
    const MANY: usize = 30;
    let (_temporary, folder) = folder();
    let names: Vec<String> = (1..=MANY).map(|number| format!("{number}号大院")).collect();
    let estates = (1u8..).zip(&names);
    let estates = estates.map(|(number, name)| complete_estate(number, name));
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    let mut window = Window::on(&path);
    window.choose("File", "Write the ledger 台账…");
    let ledger = PathBuf::from(window.text_in("File"));
    window.click("Write the workbook");
    let edits: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), HOUSEHOLDS, "很多"))
        .collect();
    let edited = folder.join("台账 改.xlsx");
    office::edit(&ledger, &edited, &edits);
    compare(&mut window, &edited);
    assert!(
        window.shows(&format!("Remarks {MANY}")),
        "{}",
        window.everything()
    );
    let text = window.everything();
    let seen = text.matches("'很多' is no number").count();
    assert!((1..MANY / 2).contains(&seen), "{seen}: {text}");
}

#[test]
fn a_survey_that_changed_while_somebody_looked_is_compared_again() {
    let (_temporary, path, edited) = town();
    let mut window = Window::on(&path);
    compare(&mut window, &edited);
    window.click("Take all of the ledger's");
    // The way to the field leads out of the dialog, which stays.
    window.click(CONFLICT);
    assert!(window.has_cursor("Households"));
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text("205");
    window.press(Key::Enter);
    assert_eq!(households(&window), [Some(200), Some(205)]);
    window.click("Take over 2 values");
    assert_eq!(households(&window), [Some(200), Some(205)]);
    assert!(window.shows("it was compared again"));
    // What was chosen was chosen against another value.
    assert!(window.is_on(&format!("{CONFLICT}: Keep the survey's: 205 households")));
    window.click("Take over 1 values");
    assert_eq!(households(&window), [Some(220), Some(205)]);
}

#[test]
fn what_is_no_ledger_is_refused_with_a_sentence_and_another_can_be_chosen() {
    let (_temporary, path, edited) = town();
    let list = path.with_file_name("名册.csv");
    std::fs::write(&list, "小区名称,户数\n洪都新村,300\n").unwrap();
    let mut window = Window::start(Some(path.clone()), Language::Chinese);
    window.choose("文件", "取回改过的台账…");
    window.type_into("文件", &list.display().to_string());
    window.click("比较");
    assert!(window.shows("不是 Excel 工作簿"), "{}", window.everything());
    window.type_into("文件", "");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(&edited.display().to_string());
    window.press(Key::Enter);
    assert!(window.shows("冲突 1"), "{}", window.everything());
    assert!(window.shows("台账写出时为“200”"));
    assert_eq!(window.nameless_controls(), [] as [String; 0]);
    window.click("取回 1 处修改");
    assert_eq!(households(&window), [Some(220), Some(210)]);
}

#[test]
fn a_ledger_never_takes_the_place_of_another_file() {
    let (_temporary, path, edited) = town();
    let before = std::fs::read(&edited).unwrap();
    let mut window = Window::on(&path);
    window.choose("File", "Write the ledger 台账…");
    window.type_into("File", "");
    window.press_with(Modifiers::COMMAND, Key::A);
    window.type_text(&edited.display().to_string());
    window.click("Write the workbook");
    assert!(window.shows("exists already"), "{}", window.everything());
    assert_eq!(std::fs::read(&edited).unwrap(), before);
}
