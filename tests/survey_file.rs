//! The survey file as its users meet it: what is written comes back, whatever happens in between.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "survey_file/communities.rs"]
mod communities;
#[path = "survey_file/foreign_changes.rs"]
mod foreign_changes;
#[path = "survey_file/generate.rs"]
mod generate;
#[path = "survey_file/intake.rs"]
mod intake;
#[path = "survey_file/kill.rs"]
mod kill;
#[path = "survey_file/other_programs.rs"]
mod other_programs;
#[path = "survey_file/photos.rs"]
mod photos;
#[path = "survey_file/planning.rs"]
mod planning;
#[path = "survey_file/refusals.rs"]
mod refusals;

use generate::{build, change, create, drawn, edit, key, numbered, square, time};
use jiugai::model::{
    BuildingId, Change, Crs, Decision, Easting, EditKind, Estate, ImportList, ListId, ListKind,
    ListRole, LonLat, Meridian, Pair, RejectedRow, RowProblem, RowProblemKind, Settings, Survey,
    Verdict,
};
use jiugai::store::{self, StoreErrorKind, SurveyFile};
use proptest::prelude::*;
use sha2::{Digest, Sha256};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder for one test, with spaces and Chinese characters in every path below it.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::Builder::new().prefix("旧改 调查 ").tempdir();
    let folder = folder.unwrap();
    let path = folder.path().join("南昌 50% #1?.gpkg".replace('?', "？"));
    (folder, path)
}

fn sha256(path: &Path) -> Vec<u8> {
    Sha256::digest(std::fs::read(path).unwrap()).to_vec()
}

fn names_in(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<_> = names
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// A closed survey with three estates, a register row, and three buildings of the first estate.
fn small_survey(path: &Path) -> Survey {
    let mut row = Estate::new(key(9));
    row.name = "粮食局宿舍".to_owned();
    row.position = Some(LonLat::new(115.9, 28.7));
    let estates = [
        drawn(1, "洪都新村"),
        drawn(2, "阳光花园"),
        drawn(3, "工人新村"),
        row,
    ];
    let mut outlined = numbered(11, "1栋");
    outlined.footprint = Some(Arc::new(square(115.802, 28.604)));
    let mut point = numbered(12, "2栋");
    point.position = Some(LonLat::new(115.8025, 28.605));
    let buildings = [outlined, point, numbered(13, "")];
    let mut file = SurveyFile::create(path, &Settings::default()).unwrap();
    let changes = estates.iter().map(create);
    let changes = changes.chain(buildings.iter().map(build)).collect();
    file.commit(&edit(1, EditKind::Do, changes)).unwrap();
    file.close().unwrap();
    Survey::from_parts(estates, [], [], Settings::default()).with_buildings(buildings)
}

#[test]
fn a_closed_survey_is_one_file_and_reads_back_equal() {
    let (folder, path) = folder();
    let survey = small_survey(&path);
    assert_eq!(names_in(folder.path()).len(), 1);
    let contents = store::read(&path).unwrap();
    assert_eq!(contents.survey, survey);
    assert_eq!(contents.problems, []);
}

#[test]
fn records_are_read_one_by_one_until_somebody_has_enough() {
    let (folder, path) = folder();
    let survey = small_survey(&path);
    let closed = sha256(&path);
    for most in [usize::MAX, 2] {
        let mut given = Vec::new();
        let problems = store::each_estate(&path, &mut |estate| {
            given.push(estate);
            match given.len() < most {
                true => ControlFlow::Continue(()),
                false => ControlFlow::Break(()),
            }
        });
        assert_eq!(problems.unwrap(), []);
        // In key order too, as the survey was written.
        let expected = survey.estates().take(most).map(Arc::as_ref);
        assert!(given.iter().eq(expected), "{most}");
    }
    assert_eq!(sha256(&path), closed);
    assert_eq!(names_in(folder.path()).len(), 1);
}

#[test]
fn reading_leaves_every_byte_and_no_file_beside_it() {
    let (folder, path) = folder();
    let survey = small_survey(&path);
    let closed = sha256(&path);
    assert_eq!(store::read(&path).unwrap().survey, survey);
    assert_eq!(sha256(&path), closed);
    assert_eq!(names_in(folder.path()).len(), 1);

    // The same for a file that a crash left in write-ahead mode, with and without its log.
    let (mut file, _) = SurveyFile::open(&path).unwrap();
    let added = drawn(4, "八一大道12号院");
    file.commit(&edit(2, EditKind::Do, vec![create(&added)]))
        .unwrap();
    let crashed = folder.path().join("崩溃");
    for with in [vec![""], vec!["", "-wal"], vec!["", "-wal", "-shm"]] {
        std::fs::create_dir(&crashed).unwrap();
        let copy = crashed.join("a.gpkg");
        for suffix in &with {
            std::fs::copy(beside(&path, suffix), beside(&copy, suffix)).unwrap();
        }
        let before = (sha256(&copy), names_in(&crashed));
        let read = store::read(&copy).unwrap().survey;
        assert_eq!((sha256(&copy), names_in(&crashed)), before, "{with:?}");
        let expected = survey.estates().len() + usize::from(with.len() > 1);
        assert_eq!(read.estates().len(), expected, "{with:?}");
        std::fs::remove_dir_all(&crashed).unwrap();
    }

    // And while somebody has it open.
    let live = names_in(folder.path());
    let read = store::read(&path).unwrap().survey;
    assert_eq!(read.estate(added.id).map(Arc::as_ref), Some(&added));
    assert_eq!(names_in(folder.path()), live);
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", path.display()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Invariant 2, as far as the store carries it.
    #[test]
    fn any_edits_all_undone_give_back_the_survey_in_memory_and_after_reopening(
        steps in proptest::collection::vec(
            (0u128..3).prop_flat_map(|n| proptest::option::weighted(0.8, generate::estate(key(n))).prop_map(move |e| (key(n), e))),
            1..5,
        )
    ) {
        let (_folder, path) = folder();
        let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
        let mut survey = Survey::new(Settings::default());
        let start = survey.clone();

        let mut done = Vec::new();
        for (number, (id, after)) in steps.into_iter().enumerate() {
            let edit = edit(number as u128, EditKind::Do, vec![change(&survey, id, after)]);
            file.commit(&edit).unwrap();
            survey.apply(&edit.changes);
            done.push(edit);
        }
        file.close().unwrap();
        let (mut file, contents) = SurveyFile::open(&path).unwrap();
        prop_assert_eq!(&contents.problems, &[]);
        prop_assert_eq!(&contents.survey, &survey);

        for made in done.iter().rev() {
            let logged = file.edit(made.id).unwrap().unwrap();
            prop_assert_eq!(&logged, made);
            let inverse: Vec<_> = logged.changes.into_iter().rev().map(Change::inverse).collect();
            prop_assert!(survey.check_before_images(&inverse).is_ok());
            let undo = edit(u128::MAX - made.id.0.as_u128(), EditKind::Undo(made.id), inverse);
            file.commit(&undo).unwrap();
            survey.apply(&undo.changes);
        }
        prop_assert_eq!(&survey, &start);
        prop_assert_eq!(file.history().unwrap().len(), 2 * done.len());
        file.close().unwrap();
        prop_assert_eq!(store::read(&path).unwrap().survey, start);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_building_comes_back_as_it_was_written(
        buildings in proptest::collection::vec(generate::building(), 1..8),
    ) {
        let (_folder, path) = folder();
        let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
        let estates = [drawn(1, "洪都新村")];
        let mut survey = Survey::from_parts([], [], [], Settings::default());
        let mut changes = vec![create(&estates[0])];
        for (number, mut building) in buildings.into_iter().enumerate() {
            building.id = BuildingId(uuid::Uuid::from_u128(number as u128 + 1));
            changes.push(build(&building));
        }
        let made = edit(1, EditKind::Do, changes);
        file.commit(&made).unwrap();
        survey.apply(&made.changes);
        prop_assert_eq!(file.edit(made.id).unwrap(), Some(made.clone()));
        file.close().unwrap();
        let contents = store::read(&path).unwrap();
        prop_assert_eq!(contents.problems, []);
        prop_assert_eq!(contents.survey, survey);
    }
}

#[test]
fn decisions_lists_and_settings_come_back_and_go() {
    let (_folder, path) = folder();
    let pair = Pair::new(key(2), key(1)).unwrap();
    let decision = Decision {
        pair,
        verdict: Verdict::PartOf,
        decided_at: time(1) + jiff::SignedDuration::from_nanos(123_456_789),
        decided_by: "王工".to_owned(),
        note: "同一院内".to_owned(),
    };
    let list = ImportList {
        id: ListId(uuid::Uuid::from_u128(7)),
        file_name: "名册 2019.csv".to_owned(),
        sha256: "00ff".to_owned(),
        role: ListRole::Register,
        kind: ListKind::Other,
        crs: Crs::GaussKruger(Meridian::East114, Easting::WithZone),
        imported_at: time(2),
        rows_read: 11_523,
        mapping: vec![("name".to_owned(), "小区名称".to_owned())],
        rejected: vec![RejectedRow {
            problem: RowProblem {
                row: 4_012,
                column: Some("户数".to_owned()),
                kind: RowProblemKind::NotANumber,
                value: "约300".to_owned(),
            },
            text: "阳光花园,约300".to_owned(),
            set_aside: None,
        }],
    };
    let settings = Settings {
        county_code: "360102".to_owned(),
        numbers_given: [("3601022026".to_owned(), 17)].into(),
        ..Settings::default()
    };
    let changes = vec![
        Change::Decision {
            pair,
            before: None,
            after: Some(Box::new(decision.clone())),
        },
        Change::List {
            id: list.id,
            before: None,
            after: Some(Arc::new(list.clone())),
        },
        Change::Settings {
            before: Box::default(),
            after: Box::new(settings.clone()),
        },
    ];
    let made = edit(1, EditKind::Barrier, changes);

    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    file.commit(&made).unwrap();
    assert_eq!(file.edit(made.id).unwrap(), Some(made.clone()));
    file.close().unwrap();
    let (mut file, contents) = SurveyFile::open(&path).unwrap();
    assert_eq!(
        contents.survey,
        Survey::from_parts([], [decision], [list], settings)
    );

    let inverse = made.changes.into_iter().map(Change::inverse).collect();
    file.commit(&edit(2, EditKind::Undo(made.id), inverse))
        .unwrap();
    file.close().unwrap();
    assert_eq!(store::read(&path).unwrap().survey, Survey::default());
}

#[test]
fn the_history_is_in_order_and_without_images() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let first = edit(
        5,
        EditKind::Do,
        vec![create(&drawn(1, "洪都新村")), create(&drawn(2, "阳光花园"))],
    );
    let second = edit(3, EditKind::Redo(first.id), vec![]);
    file.commit(&first).unwrap();
    file.commit(&second).unwrap();
    let history = file.history().unwrap();
    let summary: Vec<_> = history.iter().map(|h| (h.id, h.kind, h.changes)).collect();
    assert_eq!(
        summary,
        [(first.id, first.kind, 2), (second.id, second.kind, 0)]
    );
    assert_eq!(history[0].label, first.label);
    assert_eq!(history[0].at, first.at);
    assert_eq!(file.edit(second.id).unwrap(), Some(second));
    let unknown = jiugai::model::EditId(uuid::Uuid::nil());
    assert_eq!(file.edit(unknown).unwrap(), None);
}

#[test]
fn a_half_drawn_polygon_survives_and_is_no_edit() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    file.keep("ring", Some("[[115.8,28.6]]")).unwrap();
    file.keep("form", Some("{}")).unwrap();
    file.keep("form", None).unwrap();
    drop(file);
    let (file, _) = SurveyFile::open(&path).unwrap();
    assert_eq!(
        file.kept("ring").unwrap().as_deref(),
        Some("[[115.8,28.6]]")
    );
    assert_eq!(file.kept("form").unwrap(), None);
    assert_eq!(file.history().unwrap(), []);
}

#[test]
fn a_record_lies_in_one_layer_alone_as_its_boundary_comes_and_goes() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let with = drawn(1, "洪都新村");
    let mut without = with.clone();
    without.boundary = None;
    let mut survey = Survey::default();
    for (number, after) in [&with, &without, &with].into_iter().enumerate() {
        let change = change(&survey, with.id, Some(after.clone()));
        let edit = edit(number as u128, EditKind::Do, vec![change]);
        file.commit(&edit).unwrap();
        survey.apply(&edit.changes);
        let read = store::read(&path).unwrap();
        assert_eq!(read.survey, survey);
        assert_eq!(read.problems, []);
    }
}

#[test]
fn a_backup_of_an_open_file_is_a_whole_survey_in_one_file() {
    let (folder, path) = folder();
    let survey = small_survey(&path);
    let (file, _) = SurveyFile::open(&path).unwrap();
    let backup = folder.path().join("备份 1.gpkg");
    file.backup_to(&backup).unwrap();
    assert_eq!(store::read(&backup).unwrap().survey, survey);

    let taken = file.backup_to(&backup).unwrap_err();
    assert!(matches!(taken.kind, StoreErrorKind::AlreadyExists));
    let itself = file.backup_to(&path).unwrap_err();
    assert!(matches!(itself.kind, StoreErrorKind::AlreadyExists));
    file.close().unwrap();
    assert_eq!(names_in(folder.path()).len(), 2);

    let (copy, _) = SurveyFile::open(&backup).unwrap();
    assert_eq!(copy.history().unwrap().len(), 1);
}

/// `cargo test --release --no-default-features --test survey_file -- --ignored --nocapture`
#[test]
#[ignore = "a measurement, not a check"]
fn seconds_for_ten_thousand_estates() {
    let (_folder, path) = folder();
    let changes: Vec<_> = (0..10_000).map(|n| create(&drawn(n, "洪都新村"))).collect();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let measured = |what: &str, since: std::time::Instant| {
        eprintln!("{what}: {:.3} s", since.elapsed().as_secs_f64());
    };
    let start = std::time::Instant::now();
    file.commit(&edit(1, EditKind::Do, changes)).unwrap();
    measured("commit", start);
    let start = std::time::Instant::now();
    file.close().unwrap();
    measured("close", start);
    eprintln!("{} bytes", std::fs::metadata(&path).unwrap().len());
    let start = std::time::Instant::now();
    let (mut file, _) = SurveyFile::open(&path).unwrap();
    measured("open", start);
    let start = std::time::Instant::now();
    let change = create(&drawn(10_000, "阳光花园"));
    file.commit(&edit(2, EditKind::Do, vec![change])).unwrap();
    measured("commit of one", start);
    let start = std::time::Instant::now();
    store::read(&path).unwrap();
    measured("read", start);
}
