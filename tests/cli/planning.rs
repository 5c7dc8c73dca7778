//! `jiugai score` and `jiugai plan`, and the survey's own rules at every command.

use crate::{COUNTY, Desk, SURVEY, two_estates, with_duplicate};
use jiugai::edit::{Command, PlanCommand};
use jiugai::model::{
    FundingLine, FundingSource, FundingStatus, ItemCode, PlanItem, Project, ProjectPart,
    SnapshotContent, WorkType, Yuan,
};
use jiugai::session::{Author, Session};
use serde_json::{Value, json};

fn surveyed() -> Desk {
    let desk = Desk::with_survey();
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "cgcs2000"]);
    desk
}

fn command(desk: &Desk, command: PlanCommand) {
    let author = Author::of_system();
    let mut session = Session::open(&desk.path(SURVEY), author).unwrap();
    session.run(Command::Plan(command)).unwrap();
    session.close().unwrap();
}

/// Everything that an implementation needs, for so many 万元 of the county's own money.
fn make_ready(desk: &Desk, source_id: &str, wan: u64) {
    let amount = Yuan(wan * 10_000);
    let content = ["C05", "C06"].map(|code| PlanItem {
        cost: Some(Yuan(amount.0 / 2)),
        ..PlanItem::new(ItemCode::parse(code).unwrap(), WorkType::Renew)
    });
    let project = Project {
        content: content.into(),
        funding: vec![FundingLine {
            source: FundingSource::LocalFiscal,
            amount,
            status: FundingStatus::Committed,
            note: String::new(),
        }],
        implementing_unit: "城投公司".into(),
        supervisor: "监理公司".into(),
        ..Project::new(desk.estate(source_id).id)
    };
    let (projects, part) = (vec![project], ProjectPart::Content);
    command(desk, PlanCommand::PutProjects { projects, part });
}

fn scores(desk: &Desk) -> Vec<Value> {
    let told = desk.fine(&["score", SURVEY, "--json", "--year", "2027"]);
    let lines = told.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn score_tells_each_estate_in_a_line_of_json_best_first() {
    let desk = surveyed();
    make_ready(&desk, "CH-2", 100);
    let lines = scores(&desk);
    assert_eq!(lines.len(), 2);
    let of = |id: &str| lines.iter().find(|line| line["source_id"] == id).unwrap();
    let bare = of("CH-1");
    assert_eq!(bare["source"], "测绘院");
    assert_eq!(bare["name"], "机械厂家属区");
    assert_eq!(bare["id"], json!(desk.estate("CH-1").id));
    assert_eq!(bare["recognition"]["verdict"], "recognised");
    let reasons = bare["recognition"]["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 10);
    assert_eq!(reasons[1]["rule"], "R2");
    assert_eq!(reasons[1]["outcome"], "passed");
    assert_eq!(reasons[1]["clause"], "三(一)");
    assert_eq!(
        bare["subsidy"]["outcome"],
        Value::Null,
        "nothing is planned"
    );
    // 30 for a strong level; 40 · (2+1+3+0)/12 for the four; the rest was not surveyed.
    assert_eq!(bare["score"]["low"], 50.0);
    assert_eq!(bare["score"]["high"], 80.0);
    let utilities = &bare["score"]["parts"]["utilities"];
    assert_eq!(utilities["points"], json!({ "low": 20.0, "high": 20.0 }));
    assert_eq!(utilities["weight"], 40.0);
    assert_eq!(bare["batch"]["name"], "planned");
    assert_eq!(bare["batch"]["reason"], "missing");
    assert_eq!(bare["batch"]["clause"], "三(三)2", "no plan");
    assert_eq!(bare["rule_pack"]["id"], "JX-2019-26");
    let ready = of("CH-2");
    assert_eq!(ready["subsidy"]["outcome"], "pass");
    assert_eq!(ready["subsidy"]["items"], json!(["C05", "C06"]));
    assert_eq!(ready["batch"]["reason"], "limit_unknown");
}

#[test]
fn score_speaks_both_languages() {
    let desk = surveyed();
    for (language, expected) in [
        (
            "en",
            [
                "机械厂家属区: 50–80 of 100",
                "planned: Still missing: plan",
                "rule pack JX-2019-26",
            ],
        ),
        (
            "zh-CN",
            [
                "机械厂家属区：50—80分",
                "谋划：尚缺改造方案",
                "规则包JX-2019-26第1版",
            ],
        ),
    ] {
        let run = desk.fine(&["score", SURVEY, "--language", language]);
        for text in expected {
            assert!(run.stdout.contains(text), "{text}\n{}", run.stdout);
        }
        assert!(!run.stdout.contains("%{"), "{}", run.stdout);
    }
    let empty = Desk::with_survey().fine(&["score", SURVEY, "--language", "en"]);
    assert!(empty.stdout.contains("no estate"), "{}", empty.stdout);
}

#[test]
fn an_open_duplicate_is_not_implemented() {
    let desk = with_duplicate();
    let lines = scores(&desk);
    let of = |id: &str| lines.iter().find(|line| line["source_id"] == id).unwrap();
    for id in ["CH-1", "SQ-1"] {
        assert_eq!(of(id)["batch"]["reason"], "open_duplicate");
    }
    assert_eq!(of("CH-2")["batch"]["reason"], "missing");
}

#[test]
fn plan_fills_the_budget_and_shows_the_cut() {
    let desk = surveyed();
    make_ready(&desk, "CH-1", 100);
    make_ready(&desk, "CH-2", 100);
    let plan = |more: &[&str]| {
        let words = [&["plan", SURVEY, "--year", "2027", "--json"], more].concat();
        desk.fine(&words).json()
    };
    let nothing = plan(&[]);
    assert_eq!(
        (&nothing["limit"], &nothing["used"]),
        (&Value::Null, &json!(0.0))
    );
    assert_eq!(nothing["totals"]["implement"]["estates"], 0);
    let tight = plan(&["--budget", "150"]);
    assert_eq!(tight["limit"], 150.0);
    assert_eq!(
        (&tight["used"], &tight["left"]),
        (&json!(100.0), &json!(50.0))
    );
    assert_eq!(
        (&tight["cut"], &tight["totals"]["implement"]["estates"]),
        (&json!(2), &json!(1))
    );
    let over = &tight["rows"][1]["batch"];
    assert_eq!(over["reason"], "over_limit");
    assert_eq!(
        (&over["because"]["needs_yuan"], &over["clause"]),
        (&json!(1_000_000), &json!("四(二)"))
    );
    let households = json!({ "sum": 300, "not_known": 0 });
    assert_eq!(tight["totals"]["implement"]["households"], households);
    assert_eq!(tight["county_code"], COUNTY);
    // To the last 万元, and the lesser of both.
    assert_eq!(
        plan(&["--budget", "200"])["totals"]["implement"]["estates"],
        2
    );
    let lesser = plan(&["--budget", "200", "--capacity", "199.9999"]);
    assert_eq!(lesser["totals"]["implement"]["estates"], 1);
    for (language, expected) in [
        (
            "en",
            [
                "the money ends here",
                "implement: 1 estates, 300 households",
                "left 50 万元",
            ],
        ),
        ("zh-CN", ["财力至此", "实施：1个小区，300户", "尚余50万元"]),
    ] {
        let words = ["plan", SURVEY, "--year", "2027", "--budget", "150"];
        let run = desk.fine(&[&words[..], &["--language", language]].concat());
        for text in expected {
            assert!(run.stdout.contains(text), "{text}\n{}", run.stdout);
        }
    }
    assert_eq!(
        desk.survey().budgets().len(),
        0,
        "a what-if changes nothing"
    );
}

#[test]
fn plan_issues_the_yearly_plan_under_a_number_of_its_own() {
    let desk = surveyed();
    make_ready(&desk, "CH-1", 100);
    let freeze = || {
        let words = [
            "plan", SURVEY, "--year", "2027", "--budget", "100", "--freeze", "--json",
        ];
        desk.fine(&words).json()
    };
    assert_eq!(freeze()["number"], format!("{COUNTY}-2027-01"));
    assert_eq!(freeze()["number"], format!("{COUNTY}-2027-02"));
    let survey = desk.survey();
    assert_eq!(survey.snapshots().len(), 2);
    let first = survey
        .snapshots()
        .find(|it| it.title.ends_with("-01"))
        .unwrap();
    let SnapshotContent::YearPlan(plan) = &first.content else {
        panic!("{first:?}");
    };
    assert_eq!(plan.budget, Some(Yuan(1_000_000)));
    assert_eq!(plan.entries.len(), 2);
    assert_eq!(plan.entries[0].local_fiscal, Yuan(1_000_000));
    assert_eq!(first.pack.id, "JX-2019-26");
    let text = desk.fine(&[
        "plan",
        SURVEY,
        "--year",
        "2027",
        "--freeze",
        "--language",
        "en",
    ]);
    assert!(
        text.stdout.contains(&format!("{COUNTY}-2027-03")),
        "{}",
        text.stdout
    );
}

#[test]
fn what_plan_does_not_understand_is_refused_with_a_sentence() {
    let desk = surveyed();
    let plan = ["plan", SURVEY, "--year", "2027"];
    for (more, english, chinese) in [
        (&["--county", "360102"][..], "“360102”", "“360102”"),
        (
            &["--budget", "viel"],
            "“viel” does not fit",
            "“viel”不适用于",
        ),
        (&["--budget", "-5"], "--budget", "--budget"),
    ] {
        desk.refuses(&[&plan[..], more].concat(), english, chinese);
    }
    desk.refuses(&["plan", SURVEY], "Missing: --year", "缺少：--year");
}

#[test]
fn every_command_judges_by_the_surveys_own_rules() {
    let desk = surveyed();
    // A county that reads «2000年以前» as 1980, and that weighs willingness alone.
    let pack = json!({
        "recognition": { "cutoff_year": 1980 },
        "score": { "weights": { "utilities": 0, "infrastructure": 0, "safety": 0 } },
    });
    command(&desk, PlanCommand::SetRules { pack });
    let lines = scores(&desk);
    for line in &lines {
        assert_eq!(line["rule_pack"]["version"], "1+1");
        assert_eq!(line["recognition"]["verdict"], "not_recognised");
        assert_eq!(line["batch"]["name"], "not_admitted");
        assert_eq!(line["score"]["low"], 100.0);
    }
    let check = desk.run(&["check", SURVEY, "--json"]).json();
    assert_eq!(check["rule_pack"]["version"], "1+1");
    assert_eq!(check["rows"]["excluded"], 2);
    let coverage = desk.fine(&["coverage", SURVEY, "--json"]).json();
    assert_eq!(coverage["total"]["excluded"], 2);
    let plan = desk
        .fine(&["plan", SURVEY, "--year", "2027", "--json"])
        .json();
    assert_eq!(plan["rule_pack"]["version"], "1+1");
    // Nothing is left to release.
    assert_eq!(
        desk.run(&["release", SURVEY, "--out", "库"]).code,
        crate::REFUSED
    );

    // What is released says by which rules.
    let pack = json!({ "score": { "weights": { "willingness": 0 } } });
    command(&desk, PlanCommand::SetRules { pack });
    let release = desk
        .fine(&["release", SURVEY, "--out", "库", "--json"])
        .json();
    assert_eq!(release["manifest"]["rule_pack"]["version"], "1+2");
    let library: Value = serde_json::from_str(&desk.text("库/library.cgcs2000.geojson")).unwrap();
    for feature in library["features"].as_array().unwrap() {
        let properties = &feature["properties"];
        assert_eq!(properties["rule_pack_version"], "1+2");
        // 40 · (2+1+3+0)/12 of 70.
        assert_eq!(properties["score_low"], 28.57);
        assert_eq!(properties["batch"], "planned");
    }

    let pack = json!({ "score": { "weights": "heavy" } });
    command(&desk, PlanCommand::SetRules { pack });
    for words in [
        &["check", SURVEY][..],
        &["score", SURVEY],
        &["dedupe", SURVEY],
    ] {
        desk.refuses(
            words,
            "own rules cannot be read",
            "无法读取本调查自有的规则",
        );
    }
}
