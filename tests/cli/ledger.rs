//! `jiugai ledger`: out to an office, and back.

use crate::office;
use crate::{BLOCKED, Desk, SURVEY, two_estates};
use calamine::{Data, Reader, SheetVisible, Xlsx, open_workbook};
use jiugai::model::{Field, Value};
use rust_xlsxwriter::Workbook;

#[test]
fn the_ledger_has_six_sheets_and_is_not_written_over_unasked() {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "cgcs2000"]);
    desk.fine(&["ledger", SURVEY, "台账 一.xlsx"]);
    let bytes = desk.bytes("台账 一.xlsx");
    desk.ends_with(crate::REFUSED, &["ledger", SURVEY, "台账 一.xlsx"]);
    let nowhere = ["ledger", SURVEY, "没有/台账.xlsx"];
    desk.refuses(&nowhere, "no such folder", "没有这个文件夹");
    let told = desk.fine(&["ledger", SURVEY, "台账 一.xlsx", "--force", "--json"]);
    assert_eq!(told.json()["rows"], 2);
    assert_eq!(
        desk.bytes("台账 一.xlsx"),
        bytes,
        "equal surveys, equal bytes"
    );

    let mut book: Xlsx<_> = open_workbook(desk.path("台账 一.xlsx")).unwrap();
    let (shown, hidden): (Vec<_>, Vec<_>) = book
        .sheets_metadata()
        .iter()
        .partition(|sheet| sheet.visible == SheetVisible::Visible);
    let names: Vec<_> = shown.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(
        names,
        ["台账", "汇总", "去重说明", "未纳入", "覆盖情况", "校验"]
    );
    let hidden: Vec<_> = hidden
        .iter()
        .map(|it| (it.name.as_str(), it.visible))
        .collect();
    assert_eq!(hidden, [("原值", SheetVisible::VeryHidden)]);
    let ledger = book.worksheet_range("台账").unwrap();
    let at = |heading: &str| {
        let columns = ledger.rows().next().unwrap();
        let is = |cell: &Data| *cell == Data::String(heading.to_owned());
        columns.iter().position(is).unwrap()
    };
    let (households, county) = (at("户数（户）"), at("县区代码"));
    let sum: f64 = ledger
        .rows()
        .skip(1)
        .filter_map(|row| match row[households] {
            Data::Float(number) => Some(number),
            _ => None,
        })
        .sum();
    for row in ledger.rows().skip(1) {
        assert!(!matches!(row[county], Data::Float(_)), "codes are text");
    }
    // Both are in the library: the total is of them.
    let summary = book.worksheet_range("汇总").unwrap();
    let total = summary.rows().nth(1).unwrap();
    assert_eq!(total[3], Data::Float(2.0));
    assert_eq!(total[4], Data::Float(sum));
}

fn edit(desk: &Desk, from: &str, to: &str, edits: &[(&str, &str, &str)]) {
    office::edit(&desk.path(from), &desk.path(to), edits);
}

fn exported() -> Desk {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "cgcs2000"]);
    desk.fine(&["ledger", SURVEY, "台账.xlsx"]);
    desk
}

#[test]
fn a_ledger_that_nobody_edited_asks_for_nothing() {
    let desk = exported();
    let before = desk.survey();
    edit(&desk, "台账.xlsx", "回 收.xlsx", &[]);
    for file in ["台账.xlsx", "回 收.xlsx"] {
        let told = desk
            .fine(&["ledger", SURVEY, "--apply", file, "--json"])
            .json();
        assert_eq!(told["edits"], serde_json::json!([]), "{file}");
        assert_eq!(told["remarks"], serde_json::json!([]), "{file}");
        assert_eq!(told["rows"], 2);
    }
    assert_eq!(desk.survey(), before);
}

#[test]
fn what_an_office_edited_comes_back_as_one_edit() {
    let desk = exported();
    let edits = [
        ("文化新村", "户数（户）", "320户"),
        ("文化新村", "产权性质", "公/廉租房、商品房"),
        ("机械厂家属区", "备注", "已核"),
    ];
    edit(&desk, "台账.xlsx", "改.xlsx", &edits);
    let before = desk.survey();
    let words = ["ledger", SURVEY, "--apply", "改.xlsx", "--dry-run"];
    let told = desk.fine(&words);
    assert!(
        told.stdout.contains("3 values of 2 estates would be"),
        "{}",
        told.stdout
    );
    assert!(
        told.stdout.contains("300 households → 320 households"),
        "{}",
        told.stdout
    );
    assert_eq!(desk.survey(), before, "a dry run changes nothing");

    let told = desk.fine(&words[..4]);
    assert!(
        told.stdout.contains("3 values of 2 estates were"),
        "{}",
        told.stdout
    );
    let culture = desk.estate("CH-2");
    assert_eq!(culture.households, Some(320));
    let tenure = Value::Codes(vec!["commodity".into(), "rental".into()]);
    assert_eq!(culture.get(&Field::Tenure), Some(tenure));
    assert_eq!(desk.estate("CH-1").remarks, "已核");
    let history = jiugai::store::SurveyFile::open(&desk.path(SURVEY))
        .unwrap()
        .0
        .history()
        .unwrap();
    let labels: Vec<_> = history.iter().map(|edit| &edit.label).collect();
    let label = jiugai::model::EditLabel::Ledger {
        file: "改.xlsx".into(),
        cells: 3,
        estates: 2,
    };
    assert_eq!(labels.last(), Some(&&label));

    // The same ledger again finds everything as it says.
    let told = desk.fine(&words[..4]);
    assert!(
        told.stdout.contains("nothing to take over"),
        "{}",
        told.stdout
    );
}

#[test]
fn what_was_changed_on_both_sides_waits_for_a_person() {
    let desk = exported();
    edit(
        &desk,
        "台账.xlsx",
        "他.xlsx",
        &[("文化新村", "户数（户）", "310")],
    );
    let edits = [
        ("文化新村", "户数（户）", "320"),
        ("文化新村", "楼栋数（栋）", "约十栋"),
    ];
    edit(&desk, "台账.xlsx", "我.xlsx", &edits);
    desk.fine(&["ledger", SURVEY, "--apply", "他.xlsx"]);
    let told = desk
        .blocked(&["ledger", SURVEY, "--apply", "我.xlsx", "--json"])
        .json();
    assert_eq!((&told["conflicts"], &told["cells"]), (&1.into(), &0.into()));
    assert_eq!(told["edits"][0]["here"]["changed"]["exported"], "300");
    assert_eq!(told["remarks"][0]["unreadable"]["value"], "约十栋");
    assert_eq!(
        desk.estate("CH-2").households,
        Some(310),
        "never overwritten"
    );

    let words = [
        "ledger",
        SURVEY,
        "--apply",
        "我.xlsx",
        "--language",
        "zh-CN",
    ];
    let told = desk.ends_with(BLOCKED, &words);
    assert!(
        told.stdout.contains("冲突：第 3 行 文化新村 户数"),
        "{}",
        told.stdout
    );
    assert!(told.stdout.contains("台账写出时为“300”"), "{}", told.stdout);
    assert!(
        told.stderr.contains("“约十栋”不是该字段可用的数"),
        "{}",
        told.stderr
    );

    let words = [
        "ledger",
        SURVEY,
        "--apply",
        "我.xlsx",
        "--conflicts",
        "theirs",
    ];
    // The cell that nobody can read still waits.
    desk.ends_with(BLOCKED, &words);
    assert_eq!(desk.estate("CH-2").households, Some(320));
}

#[test]
fn a_file_that_is_no_ledger_is_refused_and_changes_nothing() {
    let desk = exported();
    let refuses = |file: &str, english: &str, chinese: &str| {
        desk.refuses(&["ledger", SURVEY, "--apply", file], english, chinese);
    };
    refuses("无.xlsx", "was not found", "找不到");
    desk.write("表.csv", "小区名称,户数\n甲村,300\n");
    refuses("表.csv", "is no Excel workbook", "不是 Excel 工作簿");
    desk.write("坏.xlsx", b"PK\x03\x04");
    refuses("坏.xlsx", "坏.xlsx", "坏.xlsx");
    let mut other = Workbook::new();
    other.add_worksheet().set_name("名册").unwrap();
    other.save(desk.path("名册.xlsx")).unwrap();
    refuses("名册.xlsx", "has no sheet 台账", "没有“台账”表");
    let other = Desk::with_survey();
    std::fs::copy(desk.path("台账.xlsx"), other.path("另.xlsx")).unwrap();
    let words = ["ledger", SURVEY, "--apply", "另.xlsx"];
    other.refuses(&words, "the ledger of another one", "另一份调查的台账");
    let both = ["ledger", SURVEY, "新.xlsx", "--apply", "台账.xlsx"];
    desk.refuses(&both, "cannot be given together", "不能同时给出");
    let dry = ["ledger", SURVEY, "新.xlsx", "--dry-run"];
    desk.refuses(&dry, "cannot be given together", "不能同时给出");
    desk.refuses(&["ledger", SURVEY], "Missing", "缺少");
}

#[test]
fn a_ledger_is_never_imported_into_the_survey_that_it_is_of() {
    let desk = exported();
    let words = ["import", SURVEY, "台账.xlsx", "--datum", "cgcs2000"];
    desk.refuses(&words, "was written from this survey", "是从本调查写出的");
    // Somebody else's survey may well begin with it.
    desk.fine(&["new", "另.gpkg"]);
    let words = [
        "import",
        "另.gpkg",
        "台账.xlsx",
        "--datum",
        "cgcs2000",
        "--json",
    ];
    assert_eq!(desk.fine(&words).json()["register_rows"], 2);
}
