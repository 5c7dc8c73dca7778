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

/// A desk with one estate in community 361125001003, where communities have to answer.
fn with_answering(answers: &str) -> Desk {
    let desk = Desk::with_survey();
    desk.write("测绘院.geojson", two_estates());
    desk.fine(&["import", SURVEY, "测绘院.geojson", "--datum", "cgcs2000"]);
    desk.write("回报.csv", answers);
    let words = ["coverage", SURVEY, "--answering", "361125001"];
    desk.fine(&[&words[..], &["--answers", "回报.csv"]].concat());
    desk
}

fn e14(desk: &Desk) -> Vec<serde_json::Value> {
    let run = desk.run(&["check", SURVEY, "--json"]);
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let e14 = findings.into_iter().filter(|f| f["code"] == "E14");
    e14.map(|finding| finding["detail"].clone()).collect()
}

#[test]
fn nobody_has_to_answer_until_a_person_says_so_and_then_every_community_has_to() {
    let desk = Desk::with_survey();
    desk.write("测绘院.geojson", two_estates());
    desk.fine(&["import", SURVEY, "测绘院.geojson", "--datum", "cgcs2000"]);
    assert_eq!(e14(&desk), [] as [serde_json::Value; 0]);
    desk.fine(&["release", SURVEY, "--out", "库"]);

    desk.fine(&["coverage", SURVEY, "--answering", "361125001"]);
    let open = e14(&desk);
    assert_eq!(open.len(), 12, "{open:?}");
    assert!(open.iter().all(|detail| detail["kind"] == "no_return"));
    let run = desk.blocked(&["release", SURVEY, "--out", "库 2", "--language", "zh-CN"]);
    assert!(
        run.stdout.contains("E14 城南社区居委会：尚未交回"),
        "{}",
        run.stdout
    );
    desk.fine(&["coverage", SURVEY, "--answering", "none"]);
    desk.fine(&["release", SURVEY, "--out", "库 2"]);
}

#[test]
fn a_nil_return_where_estates_are_is_a_contradiction_that_blocks() {
    let answers = "code,state,signed_by,signed_on,note\n\
        361125001003,零报告,城南社区居委会,2026-11-20,\n\
        361125001001,signed_list,,,\n";
    let desk = with_answering(answers);
    let open = e14(&desk);
    let contradicted: Vec<_> = open
        .iter()
        .filter(|detail| detail["kind"] == "nil_return_but_estates")
        .collect();
    assert_eq!(contradicted.len(), 1);
    assert_eq!(contradicted[0]["community"], "361125001003");
    assert_eq!(contradicted[0]["estates"], 2);
    assert_eq!(open.len(), 11, "one has answered, ten have not");

    let told = desk.fine(&["coverage", SURVEY, "--json"]).json();
    assert_eq!(told["answering"], serde_json::json!(["361125001"]));
    let communities = told["communities"].as_array().unwrap();
    let south = &communities[2];
    assert_eq!(south["standing"], "contradiction");
    assert_eq!(south["answer"]["signed_on"], "2026-11-20");
    let run = desk.fine(&["coverage", SURVEY, "--language", "zh-CN"]);
    let said = "应回报社区12个：已签字清单1、零报告0、尚未回报10、零报告有误1。";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    // The list says that they are there after all.
    desk.write("回报.csv", "code,state\n361125001003,signed_list\n");
    desk.fine(&["coverage", SURVEY, "--answers", "回报.csv"]);
    assert_eq!(e14(&desk).len(), 10);
}

#[test]
fn a_bad_row_of_answers_refuses_the_file_and_an_unknown_code_the_command() {
    let desk = Desk::with_survey();
    desk.write(
        "回报.csv",
        "code,state,signed_on\n361125001003,maybe,\n9,nil_return,\n361125001001,nil_return,yesterday\n",
    );
    let words = ["coverage", SURVEY, "--answers", "回报.csv"];
    desk.refuses(
        &words,
        "row 1: “maybe” will not do as state",
        "第1行：state列的“maybe”",
    );
    desk.refuses(&words, "row 3: “yesterday”", "第3行");
    desk.write("回报.csv", "a,b\n");
    desk.refuses(&words, "no column “code”", "没有“code”列");
    let words = ["coverage", SURVEY, "--answering", "999999"];
    desk.refuses(&words, "the code 999999", "代码为999999");
}

#[test]
fn gaps_of_a_layer_are_listed_and_lie_outside_every_boundary() {
    let desk = Desk::with_survey();
    desk.write("测绘院.geojson", two_estates());
    desk.fine(&["import", SURVEY, "测绘院.geojson", "--datum", "cgcs2000"]);
    // One of the two estates, and a place where nothing is drawn.
    let square = |west: f64| {
        let (east, south, north) = (west + 0.001, 28.4799, 28.4805);
        serde_json::json!({ "type": "Feature", "properties": {}, "geometry": {
            "type": "Polygon", "coordinates": [[
                [west, south], [east, south], [east, north], [west, north], [west, south],
            ]] } })
    };
    let features = [square(117.6131), square(117.6500)];
    let layer = serde_json::json!({ "type": "FeatureCollection", "features": features });
    desk.write("居住区.geojson", layer.to_string());
    let told = desk
        .fine(&["coverage", SURVEY, "--gaps", "居住区.geojson", "--json"])
        .json();
    let gaps = &told["gaps"];
    assert_eq!(
        (&gaps["polygons"], &gaps["covered"]),
        (&2.into(), &1.into())
    );
    assert_eq!(gaps["gaps"][0]["features"], serde_json::json!([2]));
    for (language, said) in [
        ("en", "the rest make 1 gaps"),
        ("zh-CN", "其余归并为1处空白"),
    ] {
        let words = ["coverage", SURVEY, "--gaps", "居住区.geojson"];
        let run = desk.fine(&[&words[..], &["--language", language]].concat());
        assert!(run.stdout.contains(said), "{}", run.stdout);
    }
    desk.write(
        "点.geojson",
        r#"{"type":"FeatureCollection","features":[]}"#,
    );
    let words = ["coverage", SURVEY, "--gaps", "点.geojson"];
    desk.refuses(&words, "holds no polygons", "没有面");
}

#[test]
fn a_release_carries_what_it_was_reconciled_against_and_what_is_still_open() {
    let desk = with_shanty_plan();
    desk.write("回报.csv", "code,state\n361125001003,signed_list\n");
    let words = ["coverage", SURVEY, "--answering", "361125001003"];
    desk.fine(&[&words[..], &["--answers", "回报.csv"]].concat());
    let layer = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":
        {"type":"Polygon","coordinates":[[[117.65,28.48],[117.651,28.48],[117.651,28.481],[117.65,28.48]]]}}]}"#;
    desk.write("居住区.geojson", layer);
    let words = ["release", SURVEY, "--out", "库", "--gaps", "居住区.geojson"];
    let run = desk.fine(&[&words[..], &["--language", "zh-CN"]].concat());
    for expected in [
        "已与以下名单核对：“测绘院.geojson”（",
        "棚改计划“棚改.csv”（",
        "应回报社区1个：已签字清单1、零报告0、尚未回报0",
        "图层居住区.geojson的1个面中，待看的空白1处。",
        "已查无0处，已查格网0格。",
    ] {
        assert!(run.stdout.contains(expected), "{expected}\n{}", run.stdout);
    }
    let told: serde_json::Value =
        serde_json::from_str(&desk.text("库/reconciliation.json")).unwrap();
    let kinds = told["reconciled_against"].as_array().unwrap().iter();
    let kinds: Vec<_> = kinds.map(|list| list["kind"].clone()).collect();
    assert_eq!(kinds, ["other", "shanty_plan"]);
    assert_eq!(told["rows"]["rows_in"], 3);
    assert_eq!(told["communities"]["signed"], 1);
    assert_eq!(told["gaps"]["open"], 1);
    assert_eq!(told["answers"][0]["code"], "361125001003");
    assert!(!desk.text("库/reconciliation.json").contains("complete"));
    let manifest: serde_json::Value = serde_json::from_str(&desk.text("库/manifest.json")).unwrap();
    let lists = manifest["reconciled_against"].as_array().unwrap().iter();
    let kinds: Vec<_> = lists.map(|list| (&list["role"], &list["kind"])).collect();
    assert!(
        kinds.contains(&(&"register".into(), &"shanty_plan".into())),
        "{kinds:?}"
    );
    desk.fine(&["verify", "库"]);
}
