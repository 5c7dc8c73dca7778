use super::*;
use crate::model::{Decision, Estate, Exclusion, Pair, Settings, Severity, Standing, Verdict};
use crate::rules::checks::{CheckCode, Context, check};
use crate::rules::sample::{complete_estate, id, item, list, list_id, origin, rejected};
use std::collections::BTreeMap;
use std::fs;

/// Nine records of every fate, from two lists and drawn here; nothing blocks.
pub(super) fn survey() -> Survey {
    let with = |number: u32, change: fn(&mut Estate)| {
        let mut estate = complete_estate(number);
        change(&mut estate);
        estate
    };
    let estates = [
        with(1, |e| e.origin = origin(1, 1)),
        with(2, |e| {
            e.origin = origin(1, 2);
            e.standing = Standing::Merged {
                into: id(1),
                replaced: vec![],
            };
        }),
        with(3, |e| {
            e.origin = origin(1, 3);
            e.standing = Standing::PartOf { parent: id(1) };
        }),
        with(4, |e| {
            e.origin = origin(1, 4);
            e.exclusions = Some([Exclusion::UrbanVillage].into());
            e.boundary = None;
        }),
        with(5, |e| {
            e.origin = origin(2, 1);
            e.standing = Standing::Withdrawn {
                reason: "已拆除, \"2019\"".into(),
            };
        }),
        with(6, |e| {
            e.origin = origin(2, 2);
            e.community_codes = ["360102002009".to_owned()].into();
        }),
        with(7, |e| e.build_year = Some(2000)),
        with(8, |e| e.name = "阿房新村".into()),
        with(9, |e| _ = e.gaps.insert(item("E901"), Severity::Ageing)),
    ];
    let decision = Decision {
        pair: Pair::new(id(1), id(2)).unwrap(),
        verdict: Verdict::Same,
        decided_at: jiff::Timestamp::UNIX_EPOCH,
        decided_by: "张工".into(),
        note: "同一小区".into(),
    };
    let lists = [
        list(1, 5, vec![rejected(5, Some("合计行"))]),
        list(2, 2, vec![]),
    ];
    let settings = Settings {
        county_code: "360102".into(),
        ..Settings::default()
    };
    Survey::from_parts(estates, [decision], lists, settings)
}

pub(super) fn settings(out: PathBuf, mode: ReleaseMode) -> ReleaseSettings {
    ReleaseSettings {
        out,
        profiles: Profile::ALL.to_vec(),
        mode,
        year: 2026,
        gaps: None,
        since: None,
    }
}

pub(super) fn prepared(
    survey: &Survey,
    settings: &ReleaseSettings,
) -> Result<Staged, ReleaseError> {
    watched(survey, settings, &Progress::default())
}

fn watched(
    survey: &Survey,
    settings: &ReleaseSettings,
    progress: &Progress,
) -> Result<Staged, ReleaseError> {
    let catalogue = Catalogue::shipped();
    let context = Context {
        catalogue: &catalogue,
        county_code: &survey.settings().county_code,
        county: None,
        division_exists: None,
        this_year: 2026,
        today: jiff::civil::date(2026, 11, 29),
    };
    let findings = check(survey, &[], &context);
    let as_of = jiff::Timestamp::UNIX_EPOCH;
    prepare(survey, &catalogue, findings, settings, as_of, progress)
}

pub(super) fn released(survey: &mut Survey, out: &Path) -> Release {
    let staged = prepared(survey, &settings(out.to_owned(), ReleaseMode::Final)).unwrap();
    survey.check_before_images(&staged.changes).unwrap();
    survey.apply(&staged.changes);
    staged.publish().unwrap()
}

fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|e| {
            (
                e.file_name().into_string().unwrap(),
                fs::read(e.path()).unwrap(),
            )
        })
        .collect()
}

pub(super) fn rows(folder: &Path, file: &str) -> Vec<csv::StringRecord> {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader.records().map(Result::unwrap).collect()
}

pub(super) fn entries_of(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let mut names: Vec<_> = entries
        .map(|e| e.file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn the_same_survey_gives_the_same_bytes_before_and_after_its_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let mut survey = survey();
    let first = released(&mut survey, &folder.path().join("一 期"));
    let second = released(&mut survey, &folder.path().join("again"));
    assert_eq!(bytes(&first.package), bytes(&second.package));
    assert_eq!(
        entries_of(&first.package),
        [
            "checks.json",
            "duplicates.csv",
            "excluded.csv",
            "ledger.xlsx",
            "library.cgcs2000.geojson",
            "library.rfc7946.geojson",
            "manifest.json",
            "reconciliation.json",
            "rows.csv",
        ]
    );
    assert_eq!(entries_of(folder.path()), ["again", "一 期"]);
}

#[test]
fn totals_agree_across_the_files_of_a_release() {
    let folder = tempfile::tempdir().unwrap();
    let release = released(&mut survey(), &folder.path().join("out"));
    let verified = verify(&release.package, None).unwrap();
    assert_eq!(verified.problems, []);
    assert_eq!(verified.manifest, release.manifest);

    let manifest = verified.manifest;
    assert_eq!(manifest.counts.estates, 5);
    assert_eq!(manifest.counts.households, 1000);
    assert_eq!(manifest.counts.floor_area_m2, 70_000.0);
    assert!(!manifest.draft);
    let total = manifest.tally.total;
    assert_eq!(
        (
            total.rows_in,
            total.kept,
            total.merged,
            total.excluded,
            total.open
        ),
        (7, 2, 2, 3, 0)
    );
    assert_eq!(manifest.tally.drawn_here.kept, 3);
    assert_eq!(rows(&release.package, "rows.csv").len(), 7);
    assert_eq!(rows(&release.package, "excluded.csv").len(), 2);
    assert_eq!(rows(&release.package, "duplicates.csv").len(), 1);
    assert_eq!(manifest.checks.blocking, 0);
    // Built in 2000.
    assert_eq!(manifest.checks.warnings, 1);
}

#[test]
fn an_estate_carries_its_numbers_its_nulls_and_what_it_counts_for() {
    let folder = tempfile::tempdir().unwrap();
    let release = released(&mut survey(), &folder.path().join("out"));
    let text = fs::read(release.package.join("library.cgcs2000.geojson")).unwrap();
    let json: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let features = json["features"].as_array().unwrap();
    let of = |number: u32| {
        let id = id(number).to_string();
        &features.iter().find(|f| f["id"] == id).unwrap()["properties"]
    };
    let first = of(1);
    assert_eq!(first["dup_of_count"], 1);
    assert_eq!(first["part_count"], 1);
    assert_eq!(first["county_code"], "360102");
    assert_eq!(first["community_code"], serde_json::json!(["360102002001"]));
    assert_eq!(first["gap_C04"], 2);
    assert!(first["gap_A01"].is_null(), "not surveyed is not intact");
    assert_eq!(first["exclusions"], serde_json::json!([]));
    assert!(first["willing_to_pay"].is_null());
    assert_eq!(first["source"], "房管局");
    assert_eq!(first["source_id"], "1-1");
    assert_eq!(first["rule_pack"], "JX-2019-26");
    // 30 for willingness and 40 · 2/3 for the four utilities; the rest was not surveyed.
    assert_eq!(first["score_low"], 56.67);
    assert_eq!(first["score_high"], 86.67);
    assert_eq!(first["batch"], "planned");
    assert_eq!(of(7)["checks"], serde_json::json!(["W01"]));
    // A county's own item is a column of every estate.
    assert_eq!(of(9)["gap_E901"], 1);
    assert!(first["gap_E901"].is_null() && first.get("gap_E901").is_some());
}

#[test]
fn numbers_go_by_community_then_name_and_are_never_used_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut survey = survey();
    let out = folder.path().join("out");
    released(&mut survey, &out);
    let number = |survey: &Survey, n| survey.estate(id(n)).unwrap().lib_no.clone();
    assert_eq!(number(&survey, 1).as_deref(), Some("360102202600001"));
    assert_eq!(number(&survey, 8).as_deref(), Some("360102202600004"));
    assert_eq!(number(&survey, 6).as_deref(), Some("360102202600005"));
    assert_eq!(number(&survey, 4), None);
    assert_eq!(survey.settings().numbers_given["3601022026"], 5);

    // The last one leaves the library and the file; a newcomer does not get its number.
    let last = Arc::clone(survey.estate(id(6)).unwrap());
    let newcomer = complete_estate(10);
    survey.apply(&[
        Change::Estate {
            id: last.id,
            before: Some(last),
            after: None,
        },
        Change::Estate {
            id: newcomer.id,
            before: None,
            after: Some(Arc::new(newcomer)),
        },
    ]);
    survey.apply(&[Change::List {
        id: list_id(2),
        before: None,
        after: Some(Arc::new(list(2, 1, vec![]))),
    }]);
    released(&mut survey, &out);
    assert_eq!(number(&survey, 10).as_deref(), Some("360102202600006"));
}

#[test]
fn numbers_that_ran_out_are_an_error_not_a_longer_number() {
    let folder = tempfile::tempdir().unwrap();
    let mut survey = survey();
    let mut used = survey.settings().clone();
    used.numbers_given.insert("3601022026".into(), 99_997);
    survey.apply(&[Change::Settings {
        before: Box::new(survey.settings().clone()),
        after: Box::new(used),
    }]);
    let result = prepared(
        &survey,
        &settings(folder.path().join("out"), ReleaseMode::Final),
    );
    assert!(
        matches!(result, Err(ReleaseError::NumbersExhausted { prefix }) if prefix == "3601022026")
    );
    assert_eq!(entries_of(folder.path()), Vec::<String>::new());
}

#[test]
fn a_finding_that_blocks_stops_a_release_and_travels_with_a_draft() {
    let folder = tempfile::tempdir().unwrap();
    let mut survey = survey();
    let waiting = Estate {
        boundary: None,
        households: None,
        tenure: Default::default(),
        ..complete_estate(11)
    };
    survey.apply(&[Change::Estate {
        id: waiting.id,
        before: None,
        after: Some(Arc::new(waiting)),
    }]);
    let out = folder.path().join("out");
    let Err(ReleaseError::Blocked(blocking)) =
        prepared(&survey, &settings(out.clone(), ReleaseMode::Final))
    else {
        panic!("nothing blocked");
    };
    let codes: Vec<_> = blocking.iter().map(|f| f.code).collect();
    assert_eq!(
        codes,
        [
            CheckCode::MustHave,
            CheckCode::MustHave,
            CheckCode::Boundary
        ]
    );
    assert_eq!(entries_of(folder.path()), Vec::<String>::new());

    let staged = prepared(&survey, &settings(out, ReleaseMode::Draft)).unwrap();
    assert_eq!(staged.changes, []);
    let release = staged.publish().unwrap();
    assert!(release.manifest.draft);
    assert_eq!(release.manifest.checks.blocking, 3);
    assert_eq!(verify(&release.package, None).unwrap().problems, []);
    let checks = fs::read_to_string(release.package.join("checks.json")).unwrap();
    assert!(
        checks.contains(r#""fields":["households","tenure"]"#),
        "{checks}"
    );
}

#[test]
fn a_survey_without_a_ready_estate_has_no_release() {
    let folder = tempfile::tempdir().unwrap();
    let result = prepared(
        &Survey::default(),
        &settings(folder.path().join("out"), ReleaseMode::Final),
    );
    assert!(matches!(result, Err(ReleaseError::NothingToRelease)));
}

#[test]
fn a_cancelled_or_dropped_release_leaves_no_half_folder_and_keeps_the_earlier_one() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut survey = survey();
    released(&mut survey, &out);
    let before = bytes(&out);

    let progress = Progress::default();
    progress.cancel();
    let draft = settings(out.clone(), ReleaseMode::Draft);
    let cancelled = watched(&survey, &draft, &progress);
    assert!(matches!(cancelled, Err(ReleaseError::Cancelled(_))));

    drop(prepared(&survey, &draft).unwrap());
    assert_eq!(entries_of(folder.path()), ["out"]);
    assert_eq!(bytes(&out), before);
}

#[test]
fn an_earlier_release_is_replaced_and_any_other_folder_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut survey = survey();
    let out = folder.path().join("项目库");
    fs::create_dir(&out).unwrap();
    released(&mut survey, &out);

    let one_profile = ReleaseSettings {
        profiles: vec![Profile::Rfc7946],
        ..settings(out.clone(), ReleaseMode::Final)
    };
    prepared(&survey, &one_profile).unwrap().publish().unwrap();
    assert!(!out.join("library.cgcs2000.geojson").exists());
    assert_eq!(entries_of(folder.path()), ["项目库"]);

    fs::write(out.join("笔记.txt"), "mine").unwrap();
    let refused = prepared(&survey, &one_profile);
    assert!(matches!(refused, Err(ReleaseError::ForeignFolder { file, .. }) if file == "笔记.txt"));
    assert_eq!(fs::read(out.join("笔记.txt")).unwrap(), b"mine");

    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    let refused = prepared(&survey, &settings(file, ReleaseMode::Draft));
    assert!(matches!(refused, Err(ReleaseError::NotAFolder { .. })));
}

#[test]
fn a_file_that_appears_before_publishing_is_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let staged = prepared(&survey(), &settings(out.clone(), ReleaseMode::Draft)).unwrap();
    fs::create_dir(&out).unwrap();
    fs::write(out.join("note.txt"), "mine").unwrap();
    assert!(matches!(
        staged.publish(),
        Err(ReleaseError::ForeignFolder { .. })
    ));
    assert_eq!(entries_of(folder.path()), ["out"]);
}

#[test]
fn a_crash_between_the_two_renames_is_mended_by_the_next_release() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let mut survey = survey();
    released(&mut survey, &out);
    fs::rename(&out, folder.path().join(".out.jiugai-previous")).unwrap();
    fs::create_dir(folder.path().join(".out.jiugai-partial")).unwrap();
    drop(prepared(&survey, &settings(out.clone(), ReleaseMode::Final)).unwrap());
    assert_eq!(entries_of(folder.path()), ["out"]);
    assert_eq!(verify(&out, None).unwrap().problems, []);
}

#[test]
fn verify_names_what_was_tampered_with() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    released(&mut survey(), &out);
    let path = out.join("library.rfc7946.geojson");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        text.replacen("\"households\":200", "\"households\":300", 1),
    )
    .unwrap();
    fs::remove_file(out.join("rows.csv")).unwrap();
    fs::write(out.join("extra.txt"), "").unwrap();
    let file = |name: &str| name.to_owned();
    assert_eq!(
        verify(&out, None).unwrap().problems,
        [
            VerifyProblem::FileChanged {
                file: file("library.rfc7946.geojson")
            },
            VerifyProblem::FigureDiffers {
                file: file("library.rfc7946.geojson"),
                figure: Figure::Households,
                found: file("1100"),
                expected: file("1000"),
            },
            VerifyProblem::EstateDiffers {
                file: file("library.rfc7946.geojson"),
                estate: file("洪都新村1期"),
                field: file("households"),
                other: file("library.cgcs2000.geojson"),
            },
            VerifyProblem::FileMissing {
                file: file("rows.csv")
            },
            VerifyProblem::FileUnlisted {
                file: file("extra.txt")
            },
        ]
    );
    assert!(matches!(
        verify(folder.path(), None),
        Err(PackageError::NotARelease { .. })
    ));
}

#[test]
fn each_row_of_each_list_is_in_rows_csv_once_with_its_fate() {
    let folder = tempfile::tempdir().unwrap();
    let release = released(&mut survey(), &folder.path().join("out"));
    let fates: BTreeMap<(String, u32), String> = rows(&release.package, "rows.csv")
        .iter()
        .map(|row| {
            (
                (row[0].to_owned(), row[2].parse().unwrap()),
                format!("{} {}", &row[7], &row[8]),
            )
        })
        .collect();
    let of = |list: u8, row: u32| fates[&(format!("名册 {list}.csv"), row)].as_str();
    assert_eq!(of(1, 1), "kept ");
    assert_eq!(of(1, 2), "merged ");
    assert_eq!(of(1, 3), "merged ");
    assert_eq!(of(1, 4), "excluded not_recognised");
    assert_eq!(of(1, 5), "excluded set_aside");
    assert_eq!(of(2, 1), "excluded withdrawn");
    assert_eq!(of(2, 2), "kept ");
    assert_eq!(fates.len(), 7);
}
