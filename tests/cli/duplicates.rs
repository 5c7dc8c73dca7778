//! `jiugai dedupe` and `jiugai decide`.

use crate::{Desk, SURVEY, decided, two_estates, with_duplicate};
use jiugai::model::{Standing, Verdict};
use jiugai::session::{Author, Session};

const HEADER: &str = "source_a,id_a,source_b,id_b,verdict,confidence,evidence";

fn decide(pairs: &str) -> [&str; 4] {
    ["decide", SURVEY, "--pairs", pairs]
}

#[test]
fn the_pairs_are_written_with_their_origin_a_suggestion_and_the_reasons() {
    let desk = with_duplicate();
    let run = desk.blocked(&["dedupe", SURVEY, "--pairs", "对 1.csv"]);
    assert!(run.stdout.contains("对 1.csv"), "{}", run.stdout);
    let text = desk.text("对 1.csv");
    assert_eq!(text.lines().next(), Some(HEADER));
    let rows: Vec<csv::StringRecord> = csv::Reader::from_reader(text.as_bytes())
        .into_records()
        .map(Result::unwrap)
        .collect();
    let [row] = &rows[..] else {
        panic!("{text}");
    };
    assert_eq!(
        row.iter().take(5).collect::<Vec<_>>(),
        ["测绘院", "CH-1", "社区上报", "SQ-1", "SAME"]
    );
    let confidence: f64 = row[5].parse().unwrap();
    assert!((0.0..=1.0).contains(&confidence));
    assert!(
        row[6].contains("青溪大道20号") || row[6].contains("road"),
        "{}",
        &row[6]
    );

    desk.blocked(&["dedupe", SURVEY, "--pairs", "对 2.csv"]);
    assert_eq!(desk.bytes("对 1.csv"), desk.bytes("对 2.csv"));
}

#[test]
fn to_look_for_duplicates_changes_no_byte_of_the_survey() {
    let desk = with_duplicate();
    let before = desk.bytes(SURVEY);
    let told = desk.blocked(&["dedupe", SURVEY, "--json"]).json();
    assert_eq!(
        told,
        serde_json::json!({
            "pairs": 1, "open": 1, "by_verdict": { "SAME": 1 },
            "groups": 1, "pairs_compared": 1
        })
    );
    assert!(desk.bytes(SURVEY) == before);
}

#[test]
fn a_survey_without_pairs_is_fine() {
    let desk = Desk::with_survey();
    desk.fine(&["dedupe", SURVEY, "--pairs", "p.csv"]);
    assert_eq!(desk.text("p.csv").trim_end(), HEADER);
    desk.write("a.geojson", two_estates());
    desk.fine(&["import", SURVEY, "a.geojson", "--datum", "wgs84"]);
    desk.fine(&["dedupe", SURVEY]);
}

#[test]
fn pairs_that_cannot_be_written_are_said_to_be_so() {
    let desk = with_duplicate();
    let words = ["dedupe", SURVEY, "--pairs", "没有/p.csv"];
    desk.refuses(&words, "cannot be written", "无法写入");
}

#[test]
fn the_written_pairs_with_a_column_of_decisions_are_read_back() {
    let desk = with_duplicate();
    desk.blocked(&["dedupe", SURVEY, "--pairs", "p.csv"]);
    let mut reader = csv::Reader::from_path(desk.path("p.csv")).unwrap();
    let mut writer = csv::Writer::from_path(desk.path("d.csv")).unwrap();
    let mut header = reader.headers().unwrap().clone();
    header.push_field("decision");
    writer.write_record(&header).unwrap();
    for row in reader.records() {
        let mut row = row.unwrap();
        row.push_field("same");
        writer.write_record(&row).unwrap();
    }
    writer.flush().unwrap();
    let told = desk
        .fine(&["decide", SURVEY, "--pairs", "d.csv", "--json"])
        .json();
    assert_eq!(told["decided"], 1);
    let survey = desk.survey();
    assert_eq!(survey.decisions().next().unwrap().verdict, Verdict::Same);
    assert_eq!(survey.counted().count(), 2);
    desk.fine(&["dedupe", SURVEY]);
}

#[test]
fn one_undo_takes_every_decision_of_a_file_back() {
    let desk = with_duplicate();
    let before = desk.survey();
    let more = "测绘院,CH-1,测绘院,CH-2,DISTINCT\n测绘院,CH-2,社区上报,SQ-1,DISTINCT\n";
    desk.write("d.csv", decided("SAME") + more);
    desk.fine(&decide("d.csv"));
    assert_eq!(desk.survey().decisions().len(), 3);

    let mut session = Session::open(&desk.path(SURVEY), Author::of_system()).unwrap();
    session.undo().unwrap();
    assert!(*session.survey().as_ref() == before);
    session.close().unwrap();
    assert!(desk.survey() == before);
}

#[test]
fn a_pair_without_a_decision_stays_open() {
    let desk = with_duplicate();
    desk.write("d.csv", decided(""));
    let told = desk
        .fine(&["decide", SURVEY, "--pairs", "d.csv", "--json"])
        .json();
    assert_eq!(told["decided"], 0);
    assert_eq!(desk.survey().decisions().len(), 0);
    desk.blocked(&["dedupe", SURVEY]);
}

#[test]
fn unsure_is_a_decision_that_leaves_the_pair_open() {
    let desk = with_duplicate();
    desk.write("d.csv", decided("UNSURE"));
    desk.fine(&decide("d.csv"));
    desk.blocked(&["dedupe", SURVEY]);
}

#[test]
fn the_same_decisions_a_second_time_are_no_mistake_and_change_nothing() {
    let desk = with_duplicate();
    desk.write("d.csv", decided("PART_OF"));
    desk.fine(&decide("d.csv"));
    let before = desk.survey();
    let run = desk.fine(&decide("d.csv"));
    assert!(run.stdout.contains("no new decision"), "{}", run.stdout);
    assert!(desk.survey() == before);
    let child = |estate: &&std::sync::Arc<jiugai::model::Estate>| {
        matches!(estate.standing, Standing::PartOf { .. })
    };
    assert_eq!(before.estates().filter(child).count(), 1);
}

#[test]
fn decisions_that_excel_saved_are_read() {
    let desk = with_duplicate();
    let text = decided("SAME");
    let (gb18030, _, _) = encoding_rs::GB18030.encode(&text);
    desk.write("d.csv", gb18030);
    desk.fine(&decide("d.csv"));
    desk.write(
        "e.csv",
        format!("\u{feff}{}", decided("DISTINCT").replace('\n', "\r\n")),
    );
    desk.fine(&decide("e.csv"));
    assert_eq!(
        desk.survey().decisions().next().unwrap().verdict,
        Verdict::Distinct
    );
    assert_eq!(
        desk.survey().counted().count(),
        3,
        "the merge was taken back"
    );
}

#[test]
fn a_file_with_one_bad_row_is_refused_as_a_whole() {
    let desk = with_duplicate();
    let good = decided("SAME");
    for (row, english, chinese) in [
        (
            "测绘院,CH-9,社区上报,SQ-1,SAME",
            "row 2: no record has the source “测绘院” and the id “CH-9”",
            "第 2 行",
        ),
        (
            "测绘院,CH-2,社区上报,SQ-1,MAYBE",
            "row 2: “MAYBE” is no decision",
            "“MAYBE”不是判定",
        ),
        (
            "测绘院,CH-1,测绘院,CH-1,SAME",
            "row 2: both sides are the record",
            "两侧都是",
        ),
        ("测绘院,CH-1", "row 2", "第 2 行"),
    ] {
        desk.write("d.csv", format!("{good}{row}\n"));
        desk.refuses(&decide("d.csv"), english, chinese);
    }
    assert_eq!(desk.survey().decisions().len(), 0);
}

#[test]
fn a_name_that_several_records_carry_is_refused() {
    let desk = with_duplicate();
    desk.write("a.csv", "source,source_id,name,lon,lat\n县房管局,1,东门小区,117.61,28.48\n县房管局,1,西门小区,117.66,28.46\n");
    desk.fine(&["import", SURVEY, "a.csv", "--datum", "wgs84"]);
    desk.write(
        "d.csv",
        "source_a,id_a,source_b,id_b,decision\n县房管局,1,测绘院,CH-1,SAME\n",
    );
    desk.refuses(&decide("d.csv"), "several records", "多条记录");
}

#[test]
fn a_file_without_a_needed_column_is_refused() {
    let desk = with_duplicate();
    desk.write(
        "d.csv",
        "source_a,id_a,source_b,id_b,verdict\n测绘院,CH-1,社区上报,SQ-1,SAME\n",
    );
    desk.refuses(&decide("d.csv"), "no column “decision”", "没有列“decision”");
    desk.refuses(&decide("没有.csv"), "没有.csv does not exist", "没有.csv");
    desk.write("d.xlsx", b"PK\x03\x04");
    desk.refuses(&decide("d.xlsx"), "Excel workbook", "Excel");
}

#[test]
fn a_merge_against_an_earlier_decision_is_refused_and_named() {
    let desk = with_duplicate();
    let more = "测绘院,CH-1,测绘院,CH-2,DISTINCT\n社区上报,SQ-1,测绘院,CH-2,SAME\n";
    desk.write("d.csv", decided("SAME") + more);
    desk.refuses(&decide("d.csv"), "文化新村", "文化新村");
}

#[test]
fn two_records_are_explained_piece_by_piece_however_they_are_named() {
    let desk = with_duplicate();
    let of = |a: &str, b: &str| {
        let words = ["dedupe", SURVEY, "--explain", a, b, "--json"];
        desk.fine(&words).json()
    };
    let told = of("CH-1", "SQ-1");
    assert_eq!(told["verdict"], "SAME");
    let pieces = told["evidence"].as_array().expect("a list");
    let sum: f64 = pieces
        .iter()
        .map(|it| it["log_odds"].as_f64().unwrap())
        .sum();
    let total = told["log_odds"].as_f64().unwrap();
    let prior = told["prior_log_odds"].as_f64().unwrap();
    assert!((prior + sum - total).abs() < 0.01, "{told}");
    assert_eq!(told, of("测绘院:CH-1", "社区上报:SQ-1"));
    let key = told["a"].as_str().unwrap();
    assert_eq!(told["log_odds"], of(key, "SQ-1")["log_odds"]);

    let said = desk.fine(&["dedupe", SURVEY, "--explain", "CH-1", "SQ-1"]);
    assert!(said.stdout.contains("青溪大道"), "{}", said.stdout);
    for (a, b, word) in [("CH-1", "没有", "没有"), ("CH-1", "CH-1", "CH-1")] {
        desk.refuses(&["dedupe", SURVEY, "--explain", a, b], word, word);
    }
}

#[test]
fn suggestions_are_scored_against_known_pairs() {
    let desk = with_duplicate();
    let score = |name: &str, text: &str| {
        desk.write(name, text);
        desk.fine(&["dedupe", SURVEY, "--score", name, "--json"])
            .json()
    };
    let told = score("truth.csv", "id_a,id_b,kind\nCH-1,SQ-1,jitter\n");
    assert_eq!(told["classes"]["merged"]["f1"], 1.0);
    assert_eq!(told["kinds"]["jitter"]["SAME"], 1);
    // A labelled file knows of its own pairs alone.
    let labelled = "src_a,id_a,src_b,id_b,label\n测绘院,CH-1,社区上报,SQ-1,DISTINCT\n";
    let told = score("labelled.csv", labelled);
    assert_eq!(told["classes"]["merged"]["wrong"], 1);
    assert_eq!(told["every_true_pair_is_listed"], false);
    let told = score("hardneg_2.csv", "id_a,id_b,kind\nCH-1,SQ-1,phase\n");
    assert_eq!(told["classes"]["merged"]["precision"], 0.0);

    desk.write("bad.csv", "a,b\n1,2\n");
    desk.refuses(&["dedupe", SURVEY, "--score", "bad.csv"], "id_a", "id_a");
}

#[test]
fn what_is_read_to_compare_is_all_that_comparing_asks_for() {
    let desk = with_duplicate();
    let path = desk.path(SURVEY);
    let limits = jiugai::catalogue::Catalogue::shipped().rules.dedupe;
    let found = |contents: jiugai::store::Contents| {
        let progress = jiugai::progress::Progress::default();
        let search = jiugai::dedupe::search(&contents.survey, &limits, &progress);
        search.expect("not cancelled")
    };
    let whole = found(jiugai::store::read(&path).unwrap());
    assert_eq!(whole.candidates.len(), 1);
    assert_eq!(whole, found(jiugai::store::read_to_compare(&path).unwrap()));
}

#[test]
fn what_hangs_together_is_written_as_groups() {
    let desk = with_duplicate();
    desk.blocked(&["dedupe", SURVEY, "--groups", "组.csv"]);
    let text = desk.text("组.csv");
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "group,source,id,name,cut_from");
    assert_eq!(lines.len(), 3, "{text}");
    assert!(
        lines[1..].iter().all(|line| line.starts_with("1,")),
        "{text}"
    );
}
