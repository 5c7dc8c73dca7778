//! `jiugai assess`: the figures of a year, and the change since an earlier version.

use crate::{COUNTY, Desk, SURVEY, surveyed};
use jiugai::edit::{Command, PlanCommand};
use jiugai::model::{
    AssessmentFigures, FundingLine, FundingSource, FundingStatus, MilestoneKind, Project,
    ProjectPart, SnapshotContent, Yuan,
};
use jiugai::session::{Author, Session};
use serde_json::Value;

/// Two surveyed estates, the first with a project of 2026 that has begun.
fn with_project() -> Desk {
    let desk = Desk::with_survey();
    let estates = [
        ("A1", "红星小区", "解放路1号", 117.60),
        ("A2", "文化新村", "人民路9号", 117.61),
    ];
    desk.write("测绘院.geojson", surveyed("测绘院", &estates));
    desk.fine(&["import", SURVEY, "测绘院.geojson", "--datum", "cgcs2000"]);
    let mut project = Project::new(desk.estate("A1").id);
    project.year = Some(2026);
    project.funding = vec![FundingLine {
        source: FundingSource::Residents,
        amount: Yuan(1_205_000),
        status: FundingStatus::Committed,
        note: String::new(),
    }];
    let start = project.milestones.entry(MilestoneKind::Start).or_default();
    start.actual = Some(jiff::civil::date(2026, 5, 1));
    let projects = vec![project];
    let part = ProjectPart::Milestones;
    change(&desk, PlanCommand::PutProjects { projects, part });
    desk
}

fn change(desk: &Desk, command: PlanCommand) {
    let mut session = Session::open(&desk.path(SURVEY), Author::of_system()).unwrap();
    session.run(Command::Plan(command)).unwrap();
    session.close().unwrap();
}

fn assessed(desk: &Desk, more: &[&str]) -> Value {
    let words = ["assess", SURVEY, "--year", "2026", "--json"];
    desk.fine(&[&words[..], more].concat()).json()
}

#[test]
fn a_year_is_told_in_figures_with_units_and_the_rules_they_are_by() {
    let desk = with_project();
    let told = assessed(&desk, &[]);
    assert_eq!(told["rule_pack"]["id"], "JX-2019-26");
    assert_eq!((&told["county"], &told["year"]), (&"".into(), &2026.into()));
    let figures = &told["figures"];
    let figure = |key: &str| (figures[key]["value"].clone(), figures[key]["unit"].clone());
    assert_eq!(figure("planned_estates"), (1.into(), "estates".into()));
    assert_eq!(
        figure("started_households"),
        (300.into(), "households".into())
    );
    assert_eq!(figure("finished_estates"), (0.into(), "estates".into()));
    assert_eq!(
        figure("funding_residents"),
        (120.5.into(), "wan_yuan".into())
    );
    // Nothing is planned in it, so nobody knows its cost; and nothing is finished.
    assert_eq!(figure("cost").0, Value::Null);
    assert_eq!(figure("management_coverage"), (Value::Null, "share".into()));
    assert_eq!(assessed(&desk, &["--county", COUNTY])["figures"], *figures);
    let other_year = desk
        .fine(&["assess", SURVEY, "--year", "2027", "--json"])
        .json();
    assert_eq!(other_year["figures"]["planned_estates"]["value"], 0);
}

#[test]
fn a_person_reads_a_table_in_both_languages() {
    let desk = with_project();
    for (language, expected) in [
        (
            "en",
            [
                "Whole survey, plan of 2026",
                "Started: households",
                "120.5 万元",
            ],
        ),
        ("zh-CN", ["全部 2026 年计划", "开工：户数", "120.5 万元"]),
    ] {
        let words = ["assess", SURVEY, "--year", "2026", "--language", language];
        let run = desk.fine(&words);
        for text in expected {
            assert!(run.stdout.contains(text), "{text}\n{}", run.stdout);
        }
        assert!(!run.stdout.contains("%{") && !run.stdout.contains("figure."));
        assert!(run.stdout.contains('—'), "what is not known is no 0");
    }
}

#[test]
fn the_change_since_a_kept_assessment_is_shown() {
    let desk = with_project();
    let pack = jiugai::catalogue::Catalogue::shipped().rules.stamp();
    let kept = |title: &str, county: &str, estates: f64| PlanCommand::Freeze {
        title: title.into(),
        pack: pack.clone(),
        content: SnapshotContent::Assessment(AssessmentFigures {
            county_code: county.into(),
            year: 2026,
            figures: [("planned_estates".to_owned(), estates)].into(),
        }),
    };
    change(&desk, kept("六月", "", 3.0));
    change(&desk, kept("横峰六月", COUNTY, 0.0));
    let told = assessed(&desk, &["--against", "六月"]);
    assert_eq!(told["against"]["title"], "六月");
    let planned = &told["figures"]["planned_estates"];
    assert_eq!(
        (&planned["before"], &planned["change"]),
        (&3.into(), &(-2).into())
    );
    // What nobody knew then did not grow.
    let started = &told["figures"]["started_estates"];
    assert_eq!(
        (&started["value"], &started["change"]),
        (&1.into(), &Value::Null)
    );
    let words = ["assess", SURVEY, "--year", "2026", "--against", "六月"];
    let run = desk.fine(&[&words[..], &["--language", "en"]].concat());
    assert!(
        run.stdout.contains("Change since “六月”") && run.stdout.contains("−2"),
        "{}",
        run.stdout
    );

    let other = ["assess", SURVEY, "--year", "2026", "--against", "横峰六月"];
    desk.refuses(&other, "There are: 六月", "现有：六月");
}

#[test]
fn a_county_without_anything_and_a_missing_year_are_refused() {
    let desk = with_project();
    let words = ["assess", SURVEY, "--year", "2026", "--county", "360102"];
    desk.refuses(&words, COUNTY, COUNTY);
    desk.refuses(&["assess", SURVEY], "--year", "--year");
    desk.refuses(
        &["assess", SURVEY, "--year", "二零二六"],
        "--year",
        "--year",
    );
}

#[test]
fn the_survey_s_own_rules_hold_and_are_named() {
    let desk = with_project();
    let pack = serde_json::json!({"delivery": {"start_by_month": 4}});
    change(&desk, PlanCommand::SetRules { pack });
    let told = assessed(&desk, &[]);
    assert_eq!(told["rule_pack"]["version"], "1+1");
    let run = desk.run(&["check", SURVEY, "--json"]);
    let told = run.json();
    assert_eq!(told["rule_pack"]["version"], "1+1");
    // Begun on 1 May, which this county holds for a day late.
    let findings = told["findings"].as_array().unwrap();
    let late: Vec<_> = findings.iter().filter(|f| f["code"] == "W15").collect();
    assert_eq!(late.len(), 1, "{told}");
    assert_eq!(late[0]["detail"]["kind"], "late");
    assert_eq!(late[0]["detail"]["late"]["extent"]["days"], 1);
    assert_eq!(late[0]["part"], "milestones");

    let pack = serde_json::json!({"delivery": {"start_by_month": "四月"}});
    change(&desk, PlanCommand::SetRules { pack });
    desk.refuses(&["check", SURVEY], "四月", "四月");
    desk.refuses(&["assess", SURVEY, "--year", "2026"], "四月", "四月");
}
