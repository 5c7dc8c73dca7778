//! `jiugai report`.

use crate::{COUNTY, Desk, SURVEY, two_estates, with_duplicate};

fn surveyed() -> Desk {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "cgcs2000"]);
    desk
}

fn names(desk: &Desk, folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(desk.path(folder)).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn without_a_choice_it_is_the_report_of_the_county_and_nothing_else() {
    let desk = surveyed();
    let before = desk.survey();
    let words = ["report", SURVEY, "--out", "报告", "--date", "2026-11-28"];
    let told = desk.fine(&[&words[..], &["--json"]].concat()).json();
    assert_eq!(told["rule_pack"]["id"], "JX-2019-26");
    assert_eq!(told["reports"].as_array().unwrap().len(), 1);
    assert!(told["reports"][0]["pages"].as_u64().unwrap() > 2, "{told}");
    assert_eq!(
        names(&desk, "报告"),
        [format!("renovation report 横峰县 {COUNTY} 2026-11-28.pdf")]
    );
    let first = desk.bytes(&format!("报告/{}", names(&desk, "报告")[0]));
    assert!(first.starts_with(b"%PDF-"));
    assert!(desk.survey() == before, "a report changes nothing");

    let run = desk.fine(&[&words[..], &["--language", "zh-CN"]].concat());
    assert!(run.stdout.contains("已写出"), "{}", run.stdout);
    // The first one lies there as it did, and so after a third.
    desk.fine(&words);
    assert_eq!(names(&desk, "报告").len(), 3);
    assert_eq!(desk.bytes(&format!("报告/{}", told_name(&told))), first);
}

fn told_name(told: &serde_json::Value) -> String {
    let path = told["reports"][0]["path"].as_str().unwrap();
    path.replace('\\', "/")
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned()
}

#[test]
fn an_estate_is_named_by_name_number_key_or_source() {
    let desk = surveyed();
    desk.fine(&["release", SURVEY, "--out", "库"]);
    let survey = desk.survey();
    let estate = survey.estates().find(|it| it.name == "文化新村").unwrap();
    let number = estate.lib_no.clone().unwrap();
    for said in ["文化新村", &number, &estate.id.to_string(), "测绘院:CH-2"] {
        let words = ["report", SURVEY, "--out", "表", "--estate", said, "--json"];
        let told = desk.fine(&words).json();
        assert!(told_name(&told).contains("文化新村"), "{said} {told}");
        assert!(told_name(&told).contains(&number), "{said} {told}");
    }
    let words = [
        "report",
        SURVEY,
        "--out",
        "全",
        "--estate",
        "文化新村",
        "--estate",
        "机械厂家属区",
        "--county",
        COUNTY,
    ];
    desk.fine(&words);
    assert_eq!(names(&desk, "全").len(), 3);
}

#[test]
fn what_is_not_there_is_said_and_nothing_is_written() {
    let desk = with_duplicate();
    desk.refuses(
        &["report", SURVEY, "--out", "报告", "--estate", "无此小区"],
        "No estate is “无此小区”",
        "没有小区“无此小区”",
    );
    desk.refuses(
        &["report", SURVEY, "--out", "报告", "--county", "999999"],
        "There is no county “999999”",
        "没有代码为“999999”的县（市、区）",
    );
    desk.refuses(
        &["report", SURVEY, "--out", "报告", "--date", "昨天"],
        "2026-11-28",
        "2026-11-28",
    );
    assert!(!desk.path("报告").exists());
}

#[test]
fn records_of_one_name_that_were_merged_are_one_estate() {
    let desk = with_duplicate();
    let again = desk
        .text("社区.geojson")
        .replace("机械厂宿舍", "机械厂家属区");
    desk.write("街道.geojson", again.replace("社区上报", "街道上报"));
    desk.fine(&["import", SURVEY, "街道.geojson", "--datum", "cgcs2000"]);
    let by_name = ["report", SURVEY, "--out", "表", "--estate", "机械厂家属区"];
    desk.refuses(&by_name, "Several estates are", "有几个小区都是");
    desk.write(
        "d.csv",
        "source_a,id_a,source_b,id_b,decision\n测绘院,CH-1,街道上报,SQ-1,SAME\n",
    );
    desk.fine(&["decide", SURVEY, "--pairs", "d.csv"]);
    desk.fine(&by_name);
    assert_eq!(names(&desk, "表").len(), 1);
}
