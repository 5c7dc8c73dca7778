//! `jiugai coverage`, and whose list an import brings.

use crate::{Desk, SURVEY, two_estates};
use jiugai::model::{Exclusion, ListKind};

/// A plan that names one of [`two_estates`], matched by a decision.
fn with_shanty_plan() -> Desk {
    let desk = Desk::with_survey();
    desk.write("测绘院.geojson", two_estates());
    desk.write(
        "棚改.csv",
        "来源,编号,小区名称,经度,纬度\n棚改办,PG-1,文化新村,117.6236,28.4802\n",
    );
    let import = ["import", SURVEY, "--datum", "cgcs2000"];
    desk.fine(&[&import[..], &["测绘院.geojson"]].concat());
    let kind = ["棚改.csv", "--kind", "shanty-plan"];
    desk.fine(&[&import[..], &kind].concat());
    desk.write(
        "d.csv",
        "source_a,id_a,source_b,id_b,decision\n测绘院,CH-2,棚改办,PG-1,SAME\n",
    );
    desk.fine(&["decide", SURVEY, "--pairs", "d.csv"]);
    desk
}

#[test]
fn a_shanty_town_plan_suggests_its_exclusion_and_never_sets_it() {
    let desk = with_shanty_plan();
    let kinds: Vec<_> = desk.survey().lists().map(|list| list.kind).collect();
    assert!(kinds.contains(&ListKind::ShantyPlan) && kinds.contains(&ListKind::Other));
    let told = desk.fine(&["check", SURVEY, "--json"]).json();
    let findings = told["findings"].as_array().unwrap();
    let listed: Vec<_> = findings.iter().filter(|f| f["code"] == "W13").collect();
    assert_eq!(listed.len(), 1, "{told}");
    assert_eq!(listed[0]["detail"]["file"], "棚改.csv");
    for (language, expected) in [("en", "names it"), ("zh-CN", "列入棚改计划“棚改.csv”")]
    {
        let run = desk.fine(&["check", SURVEY, "--language", language]);
        assert!(run.stdout.contains(expected), "{}", run.stdout);
    }
    let excluded = desk.estate("CH-2").exclusions.clone().unwrap();
    assert!(!excluded.contains(&Exclusion::ShantyPlan));
}

#[test]
fn an_unknown_kind_of_list_is_refused_with_those_there_are() {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    let words = [
        "import",
        SURVEY,
        "a.geojson",
        "--datum",
        "wgs84",
        "--kind",
        "mine",
    ];
    desk.refuses(&words, "shanty_plan", "shanty_plan");
}

#[test]
fn coverage_tells_the_lists_the_identity_and_the_open_rows_and_never_says_complete() {
    let desk = with_shanty_plan();
    desk.write(
        "名册.csv",
        "来源,编号,小区名称,经度,纬度\n房管局,FG-1,粮食局宿舍,117.6300,28.4900\n房管局,,,,\n",
    );
    let words = ["import", SURVEY, "名册.csv", "--datum", "cgcs2000"];
    desk.fine(&[&words[..], &["--kind", "housing_bureau"]].concat());
    let told = desk.fine(&["coverage", SURVEY, "--json"]).json();
    assert_eq!(told["adds_up"], true);
    let total = &told["total"];
    let figures = ["rows_in", "kept", "merged", "excluded", "open"].map(|key| &total[key]);
    assert_eq!(figures, [5, 2, 1, 0, 2]);
    let lists = told["lists"].as_array().unwrap();
    let files: Vec<_> = lists.iter().map(|list| &list["file"]).collect();
    assert_eq!(files, ["测绘院.geojson", "棚改.csv", "名册.csv"]);
    assert_eq!(lists[2]["kind"], "housing_bureau");
    let because = |row: usize| lists[2]["open"][row]["outcome"]["because"].clone();
    assert_eq!([because(0), because(1)], ["no_boundary", "unreadable"]);

    for (language, said, row) in [
        ("en", "Reconciled against lists: ", "no boundary yet"),
        ("zh-CN", "已与以下名单核对：", "尚无边界"),
    ] {
        let run = desk.fine(&["coverage", SURVEY, "--rows", "--language", language]);
        assert!(run.stdout.starts_with(said), "{}", run.stdout);
        for expected in [row, "名册.csv", "粮食局宿舍"] {
            assert!(run.stdout.contains(expected), "{}", run.stdout);
        }
        assert!(!run.stdout.to_lowercase().contains("complete"));
    }
}
