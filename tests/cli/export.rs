//! `jiugai export`.

use crate::{Desk, SURVEY, two_estates};
use serde_json::Value;

fn desk() -> Desk {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "cgcs2000"]);
    desk
}

fn features(desk: &Desk, name: &str) -> Vec<Value> {
    let json: Value = serde_json::from_str(&desk.text(name)).unwrap();
    json["features"].as_array().unwrap().clone()
}

#[test]
fn an_export_imports_as_the_same_survey() {
    let desk = desk();
    let before = desk.survey();
    for (out, words) in [
        ("导出 一.geojson", &["--profile", "rfc7946"][..]),
        ("导出 二.geojson", &[]),
        ("导出 三.csv", &[]),
    ] {
        let told = desk.fine(&[&["export", SURVEY, out, "--json"], words].concat());
        assert_eq!(told.json()["records"], 2);
        assert_eq!(told.json()["of_other_kinds"], 0);
        let other = Desk::with_survey();
        other.write(out, desk.bytes(out));
        let import = [
            "import", SURVEY, out, "--datum", "cgcs2000", "--as", "estates",
        ];
        other.fine(&import);
        let after = other.survey();
        let names = |survey: &jiugai::model::Survey| {
            let mut names: Vec<_> = survey
                .estates()
                .map(|estate| {
                    let mut same = (**estate).clone();
                    same.id = jiugai::model::EstateId(uuid::Uuid::nil());
                    same.origin = None;
                    same.boundary = None;
                    // GeoJSON's feature has the key of the record, and the import keeps it.
                    same.other = Default::default();
                    format!("{same:?}")
                })
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&after), names(&before), "{out}");
    }
    let again = desk.bytes("导出 二.geojson");
    desk.fine(&["export", SURVEY, "导出 二.geojson", "--force"]);
    assert_eq!(
        desk.bytes("导出 二.geojson"),
        again,
        "equal surveys, equal bytes"
    );
}

#[test]
fn a_template_and_a_filter_choose_what_goes_out() {
    let desk = desk();
    let all = desk.fine(&["export", SURVEY, "a.csv", "--template", "province"]);
    assert!(all.stderr.contains("proposal"), "{}", all.stderr);
    let filter = "source_id = 'B1' OR name LIKE '%不存在%'";
    let told = desk.fine(&["export", SURVEY, "b.geojson", "--filter", filter, "--json"]);
    let (written, left) = (&told.json()["records"], &told.json()["filtered_out"]);
    assert_eq!(written.as_u64().unwrap() + left.as_u64().unwrap(), 2);
    let all: Vec<Value> = {
        desk.fine(&["export", SURVEY, "c.geojson"]);
        features(&desk, "c.geojson")
    };
    let name = all[0]["properties"]["name"].as_str().unwrap();
    let one = format!("name = '{name}'");
    desk.fine(&["export", SURVEY, "d.geojson", "--filter", &one]);
    assert_eq!(features(&desk, "d.geojson"), [all[0].clone()]);
    // What is judged is worked out from the whole survey.
    let judged = "fate IS NOT NULL AND score_low >= 0 OR fate <> 'kept'";
    let told = desk.fine(&["export", SURVEY, "e.geojson", "--filter", judged, "--json"]);
    assert_eq!(told.json()["records"], 2);
}

#[test]
fn an_own_template_is_a_copy_that_was_edited() {
    let desk = desk();
    let listed = desk.fine(&["export", "--templates", "--json"]).json();
    let names: Vec<_> = listed["templates"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| &t["name"])
        .collect();
    assert_eq!(names, ["survey", "records", "province"]);
    assert!(
        desk.fine(&["export", "--templates"])
            .stdout
            .contains("--write-template")
    );
    desk.fine(&["export", "--write-template", "survey", "我的 模板.json"]);
    let own = desk
        .text("我的 模板.json")
        .replace(r#"{"from": "name"}"#, r#"{"from": "name", "key": "XQMC"}"#);
    desk.write("我的 模板.json", own);
    desk.fine(&[
        "export",
        SURVEY,
        "a.geojson.geojson",
        "--template",
        "我的 模板.json",
    ]);
    let features = features(&desk, "a.geojson.geojson");
    assert!(features[0]["properties"]["XQMC"].is_string());
}

#[test]
fn what_cannot_be_exported_is_told_and_changes_nothing() {
    let desk = desk();
    desk.write(
        "坏.json",
        r#"{"name":"a","title":"甲","layer":"a","records":"all","columns":[{"from":"nmae"}]}"#,
    );
    desk.write("在.geojson", "old");
    let export =
        |words: &[&'static str]| -> Vec<&'static str> { [&["export", SURVEY], words].concat() };
    for (words, english, chinese) in [
        (export(&["a.txt"]), ".geojson, .gpkg", ".geojson、.gpkg"),
        (export(&["在.geojson"]), "--force", "--force"),
        (
            export(&[SURVEY, "--force"]),
            "the survey itself",
            "调查文件本身",
        ),
        (
            export(&["b.csv", "--profile", "rfc7946"]),
            "GeoJSON alone",
            "只用于 GeoJSON",
        ),
        (
            export(&["b.csv", "--template", "nothing"]),
            "survey, records, province",
            "survey、records、province",
        ),
        (
            export(&["b.csv", "--template", "坏.json"]),
            "column 1 (from “nmae”)",
            "第 1 列",
        ),
        (
            export(&["b.csv", "--template", "坏.json"]),
            "meant: name",
            "之一：name",
        ),
        (
            export(&["b.csv", "--filter", "housholds > 1"]),
            "households",
            "households",
        ),
        (
            export(&["b.csv", "--filter", "lower(name) = 'a'"]),
            "lower(name)",
            "lower(name)",
        ),
        (
            export(&["没有/b.csv"]),
            "folder does not exist",
            "文件夹不存在",
        ),
        (
            export(&["b.csv", "--filter", "name = NULL"]),
            "IS NULL",
            "IS NULL",
        ),
        (
            vec!["export", "没有.gpkg", "b.csv"],
            "没有.gpkg",
            "没有.gpkg",
        ),
        (
            vec!["export", "--write-template", "moon", "b.json"],
            "survey, records",
            "survey、records",
        ),
        (
            vec!["export", "--write-template", "survey", "在.geojson"],
            "--force",
            "--force",
        ),
        (vec!["export", SURVEY], "Missing", "缺少"),
    ] {
        desk.refuses(&words, english, chinese);
    }
}

#[test]
fn a_file_beside_a_shapefile_is_replaced_only_where_that_is_allowed() {
    let desk = desk();
    desk.write("甲.dbf", "old");
    desk.write("乙_point.shp", "old");
    for (out, standing) in [("甲.shp", "甲.dbf"), ("乙.shp", "乙_point.shp")] {
        desk.refuses(&["export", SURVEY, out], standing, standing);
        assert_eq!(desk.text(standing), "old");
        assert!(!desk.names().iter().any(|name| name == out));
        desk.fine(&["export", SURVEY, out, "--force"]);
    }
    assert_ne!(desk.bytes("甲.dbf"), b"old");
}

#[test]
fn a_column_that_one_record_of_thousands_has_goes_out_too() {
    let desk = Desk::with_survey();
    let rows = (1..=2_501).map(|row| {
        // Between the records that are looked at beforehand.
        let note = if row == 1_234 { "夹层" } else { "" };
        format!("小区{row},地址{row},{note}\n")
    });
    let list: String = std::iter::once("小区名称,地址,特别说明\n".to_owned())
        .chain(rows)
        .collect();
    desk.write("名册.csv", list);
    desk.fine(&["import", SURVEY, "名册.csv", "--datum", "cgcs2000"]);
    let told = desk.fine(&["export", SURVEY, "全部.geojson", "--json"]);
    assert_eq!(told.json()["records"], 2_501);
    let features = features(&desk, "全部.geojson");
    let noted = |feature: &&Value| feature["properties"]["特别说明"] == "夹层";
    assert_eq!(features.iter().filter(noted).count(), 1);
    let filter = "特别说明 IS NOT NULL";
    let told = desk.fine(&["export", SURVEY, "一条.csv", "--filter", filter, "--json"]);
    assert_eq!(told.json()["records"], 1);
    let parts = desk
        .names()
        .into_iter()
        .filter(|name| name.ends_with(".part"));
    assert_eq!(parts.count(), 0);
}
