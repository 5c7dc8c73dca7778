//! `jiugai import` of a newer version of a list: told row by row, one edit, no duplicates.

use crate::{Desk, SURVEY};
use jiugai::edit::Command;
use jiugai::model::{Estate, Field, Value};
use jiugai::session::{Author, Session};
use std::sync::Arc;

const FIRST: &str = "编号,小区名称,地址,户数\n\
    A1,洪都新村,洪都北大道1号,196\n\
    A2,粮食局宿舍,洪都北大道2号,60\n\
    A3,棉纺厂家属院,洪都北大道3号,320\n";
/// One changed, one the same, one gone, one new, one without a name.
const SECOND: &str = "编号,小区名称,地址,户数\n\
    A4,南站小区,站前路5号,80\n\
    A1,洪都新村,洪都北大道1号,205\n\
    A2,粮食局宿舍,洪都北大道2号,60\n\
    A5,,,\n";

fn import<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let words = ["import", SURVEY, file, "--datum", "cgcs2000"];
    [&words[..], more].concat()
}

/// A desk with the first version, and the second under the same name.
fn with_both() -> Desk {
    let desk = Desk::with_survey();
    desk.write("名册.csv", FIRST);
    desk.fine(&import("名册.csv", &[]));
    desk.write("名册.csv", SECOND);
    desk
}

fn named(desk: &Desk, name: &str) -> Arc<Estate> {
    let survey = desk.survey();
    let mut found = survey.estates().filter(|estate| estate.name == name);
    let one = found.next().unwrap().clone();
    assert!(found.next().is_none(), "{name} is there twice");
    one
}

/// A person counts the households of 洪都新村.
fn count_households(desk: &Desk, households: u32) {
    let id = named(desk, "洪都新村").id;
    let mut session = Session::open(&desk.path(SURVEY), Author::of_system()).unwrap();
    let command = Command::SetField {
        estates: vec![id],
        field: Field::Households,
        value: Some(Value::Count(households)),
    };
    session.run(command).unwrap();
    session.close().unwrap();
}

#[test]
fn a_file_of_the_same_name_updates_its_list_and_says_what_changed() {
    let desk = with_both();
    let run = desk.fine(&import("名册.csv", &["--dry-run"]));
    assert!(run.stderr.contains("Nothing was saved"), "{}", run.stderr);
    assert_eq!(desk.survey().estates().len(), 3);

    let run = desk.fine(&import("名册.csv", &[]));
    for line in [
        "名册.csv is a newer version of 名册.csv: 1 rows new, 1 changed, 0 in conflict, 1 the same, 1 gone, 0 unclear, 1 rejected.",
        "row 1 南站小区: new",
        "row 2 洪都新村: Households: 196 households → 205 households",
        "row 3 of the earlier version, 棉纺厂家属院: gone from the list, the record stays",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    assert!(
        run.stderr.contains("row 4: there is no name"),
        "{}",
        run.stderr
    );
    assert_eq!(desk.survey().estates().len(), 4);
    assert_eq!(named(&desk, "洪都新村").households, Some(205));
    let told = desk.run(&["coverage", SURVEY, "--json"]).json();
    assert_eq!(told["adds_up"], true, "{told}");
    // Once is enough, of both versions.
    desk.refuses(&import("名册.csv", &[]), "already imported", "导入");
    desk.write("旧.csv", FIRST);
    desk.refuses(&import("旧.csv", &[]), "already imported", "导入");
}

#[test]
fn what_was_changed_here_since_is_a_conflict_and_is_not_overwritten_unless_told_to() {
    for (flag, households) in [("keep", 199), ("take", 205)] {
        let desk = with_both();
        count_households(&desk, 199);
        let run = desk.fine(&import("名册.csv", &["--conflicts", flag, "--json"]));
        let told = run.json();
        assert_eq!(told["tally"]["conflicts"], 1, "{told}");
        let rows = told["rows"].as_array().unwrap();
        let hongdu = rows.iter().find(|row| row["row"] == 2).unwrap();
        let value = &hongdu["values"][0];
        assert_eq!(value["field"], "households");
        assert_eq!((&value["here"], &value["says"]), (&199.into(), &205.into()));
        assert_eq!(value["fate"], "conflict");
        assert_eq!(named(&desk, "洪都新村").households, Some(households));
    }
}

#[test]
fn a_value_changed_here_alone_is_neither_told_nor_touched() {
    let desk = Desk::with_survey();
    desk.write("名册.csv", FIRST);
    desk.fine(&import("名册.csv", &[]));
    count_households(&desk, 199);
    desk.write("名册.csv", FIRST.replace("60", "61"));
    let run = desk.fine(&import("名册.csv", &[]));
    assert!(!run.stdout.contains("洪都新村"), "{}", run.stdout);
    assert_eq!(named(&desk, "洪都新村").households, Some(199));
}

#[test]
fn a_list_is_named_where_the_file_is_called_otherwise_and_a_wrong_name_is_told() {
    let desk = with_both();
    desk.write("2027.csv", SECOND);
    let wrong = import("2027.csv", &["--update", "花名册.csv"]);
    desk.refuses(&wrong, "There are: 名册.csv", "现有：名册.csv");
    desk.fine(&import("2027.csv", &["--update", "名册.csv"]));
    assert_eq!(desk.survey().estates().len(), 4);
}

#[test]
fn a_list_of_its_own_is_imported_where_that_is_wanted() {
    let desk = with_both();
    desk.fine(&import("名册.csv", &["--separate"]));
    assert_eq!(desk.survey().estates().len(), 6);
    let run = desk.run(&import("名册.csv", &["--separate", "--update", "名册.csv"]));
    assert_eq!(run.code, crate::REFUSED);
}

#[test]
fn gone_records_are_withdrawn_for_a_reason_and_rejected_rows_go_to_a_file() {
    let desk = with_both();
    let blank = import("名册.csv", &["--withdraw-gone", "  "]);
    desk.refuses(&blank, "Please give a reason", "请填写理由");
    let more = ["--withdraw-gone", "新版已删", "--rejects", "待改.csv"];
    desk.fine(&import("名册.csv", &more));
    assert!(!named(&desk, "棉纺厂家属院").standing.is_counted());
    assert!(
        desk.text("待改.csv").contains("A5,,,,4,"),
        "{}",
        desk.text("待改.csv")
    );
}

#[test]
fn taking_in_a_newer_version_is_undone_as_one_step() {
    let desk = with_both();
    let before = desk.survey();
    desk.fine(&import("名册.csv", &[]));
    let mut session = Session::open(&desk.path(SURVEY), Author::of_system()).unwrap();
    session.undo().unwrap();
    session.close().unwrap();
    assert_eq!(desk.survey(), before);
}

#[test]
fn a_mapping_is_saved_and_reads_the_next_list_of_the_same_office() {
    let desk = Desk::with_survey();
    desk.write("一.csv", "甲,乙,丙\n1,洪都新村,196\n");
    let how = [
        "--as",
        "estates",
        "--kind",
        "housing_bureau",
        "--map",
        "source_id=甲",
        "--map",
        "name=乙",
        "--map",
        "households=丙",
        "--save-mapping",
        "住建局 表.json",
    ];
    desk.fine(&import("一.csv", &how));
    desk.write("二.csv", "丙,乙,丁,甲\n60,粮食局宿舍,备,2\n");
    // Neither datum nor anything else needs to be said again.
    desk.fine(&["import", SURVEY, "二.csv", "--mapping", "住建局 表.json"]);
    let second = named(&desk, "粮食局宿舍");
    assert_eq!((second.households, &second.other["丁"]), (Some(60), "备"));
    let survey = desk.survey();
    let list = survey
        .lists()
        .find(|list| list.file_name == "二.csv")
        .unwrap();
    assert_eq!((list.role.key(), list.crs.key()), ("estates", "cgcs2000"));
    assert_eq!(list.kind, jiugai::model::ListKind::HousingBureau);

    desk.write("三.csv", "乙,甲\n棉纺厂,3\n");
    let unfit = ["import", SURVEY, "三.csv", "--mapping", "住建局 表.json"];
    desk.refuses(&unfit, "no columns 丙", "没有 丙 列");
    desk.write("坏.json", "{");
    let broken = ["import", SURVEY, "三.csv", "--mapping", "坏.json"];
    desk.refuses(&broken, "坏.json is no mapping", "坏.json 不是");
}

#[test]
fn the_columns_of_a_newer_version_are_for_what_they_were_for_before() {
    let desk = Desk::with_survey();
    desk.write("名册.csv", "甲,乙,丙\n1,洪都新村,196\n");
    let how = [
        "--map",
        "source_id=甲",
        "--map",
        "name=乙",
        "--map",
        "households=丙",
    ];
    desk.fine(&import("名册.csv", &how));
    desk.write("名册.csv", "甲,乙,丙,建成年份\n1,洪都新村,205,1987\n");
    desk.fine(&import("名册.csv", &[]));
    let hongdu = named(&desk, "洪都新村");
    assert_eq!(
        (hongdu.households, hongdu.build_year),
        (Some(205), Some(1987))
    );
}
