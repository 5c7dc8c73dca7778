//! `jiugai import`.

use crate::{BLOCKED, Desk, FINE, REFUSED, SURVEY, two_estates};
use jiugai::model::{
    Crs, Datum, Exclusion, ItemCode, ListRole, Locality, Severity, Tenure, Willingness,
    WillingnessBasis,
};
use std::collections::BTreeSet;

/// Headings that tell nothing by themselves.
const ROWS: &str = "\
甲,乙,丙,丁,戊,己,庚,辛,壬,癸,子,丑
县房管局,FG-1,红星小区,117.6130,28.4800,故障频繁,强烈,无,是,县城,房改房、商品房,1985
县房管局,FG-2,粮食局宿舍,117.6200,28.4900,,weak,X1;X4,否,城市,直管公房,1990
";
const MAPPING: [(&str, &str); 12] = [
    ("source", "甲"),
    ("source_id", "乙"),
    ("name", "丙"),
    ("lon", "丁"),
    ("lat", "戊"),
    ("gap.C04", "己"),
    ("willingness", "庚"),
    ("exclusions", "辛"),
    ("residential", "壬"),
    ("locality", "癸"),
    ("tenure", "子"),
    ("build_year", "丑"),
];

fn import<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let words = ["import", SURVEY, file, "--datum", "wgs84"];
    [&words[..], more].concat()
}

#[test]
fn every_field_can_be_fed_from_a_named_column_with_chinese_values() {
    let desk = Desk::with_survey();
    desk.write("名册 1.csv", ROWS);
    let assignments = MAPPING.map(|(field, column)| format!("{field}={column}"));
    let more: Vec<&str> = assignments
        .iter()
        .flat_map(|assignment| ["--map", assignment])
        .chain(["--json"])
        .collect();
    let told = desk.fine(&import("名册 1.csv", &more)).json();
    assert_eq!(told["rows"], 2);
    assert_eq!(told["register_rows"], 2);
    assert_eq!(told["warnings"], serde_json::json!([]));

    let power = ItemCode::parse("C04").unwrap();
    let one = desk.estate("FG-1");
    assert_eq!(one.origin.as_ref().unwrap().source, "县房管局");
    assert_eq!(one.name, "红星小区");
    assert_eq!(one.build_year, Some(1985));
    assert_eq!(one.gaps.get(&power), Some(&Severity::Failing));
    assert_eq!(one.willingness, Some(Willingness::Strong));
    assert_eq!(one.exclusions, Some(BTreeSet::new()));
    assert_eq!(one.residential, Some(true));
    assert_eq!(one.locality, Some(Locality::CountySeat));
    assert_eq!(
        one.tenure,
        BTreeSet::from([Tenure::Reformed, Tenure::Commodity])
    );
    let place = one.position.unwrap();
    assert_eq!((place.lon, place.lat), (117.6130, 28.4800));

    let two = desk.estate("FG-2");
    assert_eq!(
        two.gaps.get(&power),
        None,
        "empty is not surveyed, not intact"
    );
    assert_eq!(two.willingness, Some(Willingness::Weak));
    let excluded = BTreeSet::from([Exclusion::ShantyPlan, Exclusion::UrbanVillage]);
    assert_eq!(two.exclusions, Some(excluded));
    assert_eq!(two.residential, Some(false));
    assert_eq!(two.locality, Some(Locality::City));
    assert_eq!(two.tenure, BTreeSet::from([Tenure::PublicManaged]));
}

#[test]
fn counts_and_keys_of_the_catalogue_are_taken_as_they_are() {
    let desk = Desk::with_survey();
    desk.write(
        "a.csv",
        "name,source_id,gap.C04,gap.C05,willingness,willingness_basis,sent,returned,agree,oppose,exclusions\n\
         红星小区,1,0,3,fair,door_to_door,100,90,80,5,none\n",
    );
    desk.fine(&import("a.csv", &[]));
    let estate = desk.estate("1");
    let gap = |code| estate.gaps.get(&ItemCode::parse(code).unwrap()).copied();
    assert_eq!(gap("C04"), Some(Severity::Intact));
    assert_eq!(gap("C05"), Some(Severity::Missing));
    assert_eq!(estate.willingness, Some(Willingness::Fair));
    assert_eq!(estate.willingness_basis, Some(WillingnessBasis::DoorToDoor));
    let counts = [estate.sent, estate.returned, estate.agree, estate.oppose];
    assert_eq!(counts, [Some(100), Some(90), Some(80), Some(5)]);
    assert_eq!(estate.exclusions, Some(BTreeSet::new()));
}

#[test]
fn a_field_or_column_that_is_not_there_is_refused() {
    let desk = Desk::with_survey();
    desk.write("a.csv", "小区名称,供电\n红星小区,2\n");
    for (assignment, english, chinese) in [
        ("colour=供电", "no field 'colour'", "colour"),
        ("gap.Z99=供电", "no field 'gap.Z99'", "gap.Z99"),
        ("geometry=供电", "no field 'geometry'", "geometry"),
        ("gap.C04=用电", "no column '用电'", "用电"),
    ] {
        desk.refuses(&import("a.csv", &["--map", assignment]), english, chinese);
    }
    assert_eq!(desk.survey().lists().len(), 0);
}

#[test]
fn polygons_are_estates_and_points_a_register_unless_said_otherwise() {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.write("b.csv", "小区名称\n红星小区\n");
    desk.fine(&import("a.geojson", &["b.csv"]));
    desk.fine(&import("b.csv", &["--as", "estates"]));
    let survey = desk.survey();
    let roles: BTreeSet<(&str, &str)> = survey
        .lists()
        .map(|list| (list.file_name.as_str(), list.role.key()))
        .collect();
    let (estates, register) = (ListRole::Estates.key(), ListRole::Register.key());
    assert_eq!(
        roles,
        BTreeSet::from([
            ("a.geojson", estates),
            ("b.csv", register),
            ("b.csv", estates)
        ])
    );
}

#[test]
fn positions_are_stored_in_cgcs2000_and_the_declared_datum_with_the_list() {
    let desk = Desk::with_survey();
    desk.write(
        "a.csv",
        "编号,小区名称,经度,纬度\n1,红星小区,114.0287781,33.0176697\n",
    );
    desk.fine(&["import", SURVEY, "a.csv", "--datum", "bd09"]);
    let place = desk.estate("1").position.unwrap();
    assert!((place.lon - 114.0164322).abs() < 1e-5, "{place:?}");
    assert!((place.lat - 33.0133556).abs() < 1e-5, "{place:?}");
    assert_eq!(
        desk.survey().lists().next().unwrap().crs,
        Crs::Degrees(Datum::Bd09)
    );
}

#[test]
fn rows_and_values_that_cannot_be_read_are_listed_with_file_row_and_field() {
    let desk = Desk::with_survey();
    desk.write(
        "名册.csv",
        "编号,小区名称,建成年份,经度,纬度\n1,红星小区,很久以前,117.6,28.4\n2,,,,\n3,红旗小区,1990,0,0\n",
    );
    let run = desk.fine(&import("名册.csv", &[]));
    for expected in [
        "名册.csv, row 1, column 建成年份: '很久以前'",
        "名册.csv, row 2: there is no name",
        "名册.csv, row 3, column 经度: '0 0' lies outside China",
    ] {
        assert!(run.stderr.contains(expected), "{expected}\n{}", run.stderr);
    }
    assert!(run.stdout.contains("3 rows read"), "{}", run.stdout);

    let desk = Desk::with_survey();
    desk.write(
        "名册.csv",
        "编号,小区名称,建成年份\n1,红星小区,很久以前\n2,,\n",
    );
    let told = desk.fine(&import("名册.csv", &["--json"])).json();
    assert_eq!(told["rejected"][0]["problem"]["row"], 2);
    assert_eq!(told["warnings"][0]["column"], "建成年份");
    let run = desk.run(&["check", SURVEY]);
    assert_eq!(
        run.code, BLOCKED,
        "an unreadable row is open until somebody sets it aside"
    );
}

#[test]
fn the_same_file_counts_once() {
    let desk = Desk::with_survey();
    desk.write("a.csv", "小区名称\n红星小区\n");
    desk.write("copy.csv", "小区名称\n红星小区\n");
    desk.fine(&import("a.csv", &[]));
    desk.refuses(&import("a.csv", &[]), "already imported", "导入");
    desk.refuses(&import("copy.csv", &[]), "already imported", "导入");
    assert_eq!(desk.survey().estates().len(), 1);
}

#[test]
fn files_that_are_no_list_are_refused_by_what_they_are() {
    let desk = Desk::with_survey();
    desk.write("b.xlsx", b"PK\x03\x04 and so on");
    desk.write(
        "c.geojson",
        "{\"type\": \"FeatureCollection\", \"features\": [{",
    );
    desk.write("d.csv", "");
    desk.write("e.csv", "高度,颜色\n3,红\n");
    for (file, english, chinese) in [
        ("没有.csv", "没有.csv does not exist", "没有.csv"),
        ("b.xlsx", "damaged zip file", "b.xlsx"),
        ("c.geojson", "ends too early", "c.geojson"),
        ("d.csv", "is empty", "d.csv"),
        ("e.csv", "no column for a name", "e.csv"),
        (SURVEY, "is a survey of this program", SURVEY),
        (".", ".", "."),
    ] {
        desk.refuses(&import(file, &[]), english, chinese);
    }
}

#[test]
fn the_files_before_a_refused_one_stay_imported() {
    let desk = Desk::with_survey();
    desk.write("a.csv", "小区名称\n红星小区\n");
    desk.write("b.csv", "小区名称\n红旗小区\n");
    for (language, expected) in [
        ("en", "1 of 3 files. Not imported: 没有.csv, b.csv"),
        ("zh-CN", "未导入：a.csv、没有.csv、b.csv"),
    ] {
        let words = import("a.csv", &["没有.csv", "b.csv", "--language", language]);
        let run = desk.run(&words);
        assert_eq!(run.code, REFUSED);
        assert!(run.stderr.contains(expected), "{}", run.stderr);
        let names: Vec<_> = desk.survey().estates().map(|e| e.name.clone()).collect();
        assert_eq!(names, ["红星小区"]);
    }
    assert_eq!(
        desk.names(),
        ["a.csv", "b.csv", SURVEY],
        "nothing is left beside the survey"
    );
    assert_eq!(desk.run(&import("b.csv", &[])).code, FINE);
}

#[test]
fn several_files_give_one_line_of_json_each() {
    let desk = Desk::with_survey();
    desk.write("a.csv", "小区名称\n红星小区\n");
    desk.write("b.csv", "小区名称\n红旗小区\n");
    let run = desk.fine(&import("a.csv", &["b.csv", "--json"]));
    let files: Vec<String> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|told| told["file"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(files, ["a.csv", "b.csv"]);
}

#[test]
fn rows_that_gave_no_record_are_written_to_a_file_mended_there_and_imported() {
    let desk = Desk::with_survey();
    let rows = "编号,小区名称,备注,楼栋\n1,红星小区,好,3\n2,,=1+1,\n3,,,5\n";
    desk.write("名册.csv", rows);
    let run = desk.fine(&import("名册.csv", &["--rejects", "待改 行.csv"]));
    assert!(
        run.stderr.contains("2 rows that gave no record"),
        "{}",
        run.stderr
    );
    let text = desk.text("待改 行.csv");
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(lines[0], "编号,小区名称,备注,楼栋,原行号,未导入原因");
    assert!(
        lines[1].starts_with("2,,'=1+1,,2,\"row 2: there is no name"),
        "{text}"
    );
    assert!(lines[2].starts_with("3,,,5,3,"), "{text}");
    assert_eq!(lines.len(), 3);

    desk.write("改好.csv", text.replace("\r\n2,,", "\r\n2,红旗小区,"));
    let run = desk.fine(&import("改好.csv", &["--rejects", "再改.csv", "--json"]));
    assert_eq!(run.json()["rejected"][0]["problem"]["row"], 2);
    let mended = desk.estate("2");
    assert_eq!(mended.name, "红旗小区");
    let remarks = ["原行号", "未导入原因"];
    assert!(
        remarks
            .iter()
            .all(|remark| mended.other.get(remark).is_none())
    );
    assert!(
        desk.text("再改.csv").contains("3,,,5,2,"),
        "the remarks are not doubled"
    );
}

#[test]
fn rows_to_mend_of_a_list_that_is_in_the_survey_are_written_when_they_are_wanted() {
    let desk = Desk::with_survey();
    desk.write("a.csv", "编号,小区名称\n1,红星小区\n2,\n");
    let nowhere = import("a.csv", &["--rejects", "没有/待改.csv"]);
    let run = desk.run(&nowhere);
    assert_eq!(run.code, REFUSED);
    assert!(
        run.stderr.contains("The list is in the survey, but"),
        "{}",
        run.stderr
    );
    assert_eq!(desk.survey().lists().len(), 1);
    let run = desk.fine(&import("a.csv", &["--rejects", "待改.csv"]));
    assert!(
        run.stdout.contains("1 rows that gave no record"),
        "{}",
        run.stdout
    );
    assert!(desk.text("待改.csv").contains("2,,2,"));
    assert_eq!(desk.survey().lists().len(), 1);
}

#[test]
fn no_file_is_overwritten_by_rows_to_mend_and_none_is_written_without_them() {
    let desk = Desk::with_survey();
    desk.write("a.csv", "小区名称\n红星小区\n");
    desk.write("b.csv", "小区名称\n红旗小区\n");
    let to = |out: &'static str| ["--rejects", out];
    desk.refuses(&import("a.csv", &to("a.csv")), "exists already", "已存在");
    let several = import("a.csv", &["b.csv", "--rejects", "c.csv"]);
    desk.refuses(&several, "one file at a time", "逐个导入");
    let run = desk.fine(&import("a.csv", &to("c.csv")));
    assert!(run.stderr.contains("was not written"), "{}", run.stderr);
    assert!(!desk.path("c.csv").exists());
}
