//! `jiugai new`, and files that are no survey.

use crate::{COUNTY, Desk, SURVEY};

#[test]
fn a_new_survey_is_empty_and_knows_its_county() {
    let desk = Desk::new();
    let run = desk.fine(&["new", "南昌 2019.gpkg", "--county", "360102", "--json"]);
    assert_eq!(run.json()["county"], "360102");
    assert_eq!(run.json()["file"], "南昌 2019.gpkg");
    let survey = jiugai::store::read(&desk.path("南昌 2019.gpkg"))
        .unwrap()
        .survey;
    assert_eq!(survey.settings().county_code, "360102");
    assert_eq!(survey.estates().len(), 0);
    assert_eq!(desk.names(), ["南昌 2019.gpkg"]);
    let run = desk.fine(&["new", SURVEY, "--language", "zh-CN"]);
    assert!(run.stdout.contains("已新建"), "{}", run.stdout);
}

#[test]
fn a_new_survey_overwrites_nothing_and_takes_counties_of_the_province_alone() {
    let desk = Desk::with_survey();
    desk.refuses(&["new", SURVEY], "exists already", "已存在");
    for code in ["999999", "110101", "3611", "36112500", "横峰"] {
        desk.refuses(&["new", "b.gpkg", "--county", code], code, code);
    }
    desk.refuses(&["new", "没有/b.gpkg"], "no folder", "文件夹不存在");
}

#[test]
fn every_command_refuses_what_is_no_survey() {
    let desk = Desk::new();
    desk.write("名册.csv", "小区名称\n红星小区\n");
    desk.write("空.gpkg", "");
    let commands: [&[&str]; 5] = [
        &["import", "?", "名册.csv", "--datum", "wgs84"],
        &["dedupe", "?"],
        &["decide", "?", "--pairs", "名册.csv"],
        &["check", "?"],
        &["release", "?", "--out", "库", "--draft"],
    ];
    for command in commands {
        let on = |file: &'static str| -> Vec<&str> {
            let words = command.iter();
            words
                .map(|word| if *word == "?" { file } else { word })
                .collect()
        };
        desk.refuses(&on("没有.gpkg"), "There is no file", "没有.gpkg");
        desk.refuses(&on("名册.csv"), "is no survey file", "名册.csv");
        desk.refuses(&on("空.gpkg"), "is no survey file", "空.gpkg");
    }
    assert_eq!(desk.names(), ["名册.csv", "空.gpkg"]);
}

#[test]
fn a_survey_that_another_program_holds_open_is_refused_for_writing() {
    let desk = Desk::with_survey();
    desk.write("名册.csv", "小区名称\n红星小区\n");
    let author = jiugai::session::Author::of_system();
    let session = jiugai::session::Session::open(&desk.path(SURVEY), author).unwrap();
    let run = desk.run(&["import", SURVEY, "名册.csv", "--datum", "wgs84"]);
    assert_eq!(run.code, crate::REFUSED);
    assert!(run.stderr.contains("is in use"), "{}", run.stderr);
    session.close().unwrap();
    assert_eq!(desk.survey().settings().county_code, COUNTY);
}
