//! Files that cannot be opened or written: each is refused with a sentence and left as it was.

use crate::generate::{create, drawn, edit};
use crate::{beside, folder, names_in, sha256, small_survey};
use jiugai::model::{EditKind, Settings};
use jiugai::store::{self, StoreError, StoreErrorKind, SurveyFile};
use jiugai::words::{Language, store::store_error};
use std::path::{Path, PathBuf};

/// The error of opening `path`, which reading it must share, and which must change nothing.
fn refusal(path: &Path) -> StoreErrorKind {
    let folder = path.parent().unwrap();
    let before = path.is_file().then(|| sha256(path));
    let names = names_in(folder);
    let opening = SurveyFile::open(path).map(|_| ()).unwrap_err();
    let reading = store::read(path).unwrap_err();
    assert_eq!(opening.kind.to_string(), reading.kind.to_string());
    assert_eq!(path.is_file().then(|| sha256(path)), before, "{path:?}");
    assert_eq!(names_in(folder), names, "{path:?}");
    sentences(&opening);
    opening.kind
}

fn sentences(error: &StoreError) {
    for language in Language::ALL {
        let sentence = store_error(language, error);
        assert!(sentence.contains(&error.path.display().to_string()));
        assert!(!sentence.contains("%{"), "{sentence}");
    }
}

fn testdata(name: &str) -> Option<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/testdata");
    let path = Path::new(folder).join(name);
    if !path.exists() {
        eprintln!("skipped: {} is not here", path.display());
        return None;
    }
    Some(path)
}

#[test]
fn what_is_no_survey_is_refused_by_what_it_is() {
    let (folder, path) = folder();
    let at = |name: &str| folder.path().join(name);
    assert!(matches!(refusal(&path), StoreErrorKind::NotFound));
    assert!(matches!(
        refusal(&at("没有/a.gpkg")),
        StoreErrorKind::NotFound
    ));
    assert!(matches!(refusal(folder.path()), StoreErrorKind::NotSqlite));
    for (name, bytes) in [
        ("空.gpkg", &b""[..]),
        ("图.gpkg", b"\x89PNG\r\n\x1a\n"),
        ("瓦片.gpkg", b"PMTiles\x03"),
        ("头.gpkg", b"SQLite format 3\0"),
    ] {
        std::fs::write(at(name), bytes).unwrap();
        assert!(matches!(refusal(&at(name)), StoreErrorKind::NotSqlite));
    }
    let other = rusqlite::Connection::open(at("库.gpkg")).unwrap();
    other.execute_batch("CREATE TABLE t (a)").unwrap();
    drop(other);
    assert!(matches!(
        refusal(&at("库.gpkg")),
        StoreErrorKind::NotGeoPackage
    ));
}

#[test]
fn other_geopackages_and_tile_files_are_refused_and_left_alone() {
    let (folder, _) = folder();
    let mut files = Vec::new();
    for sub in [
        "conformance/gpkg_ets12",
        "tiles/mbtiles",
        "tiles/pmtiles_spec",
    ] {
        let Some(sub) = testdata(sub) else { continue };
        let entries = std::fs::read_dir(sub).unwrap();
        files.extend(entries.map(|entry| entry.unwrap().path()));
    }
    files.sort();
    for (number, file) in files.iter().enumerate() {
        let copy = folder.path().join(format!("{number} 号.gpkg"));
        std::fs::copy(file, &copy).unwrap();
        let kind = refusal(&copy);
        let name = file.to_string_lossy();
        eprintln!("{name}: {kind}");
        let expected = match kind {
            StoreErrorKind::NotASurvey => name.ends_with(".gpkg"),
            StoreErrorKind::NotGeoPackage => !name.ends_with(".pmtiles"),
            StoreErrorKind::NotSqlite | StoreErrorKind::Damaged { .. } => true,
            _ => false,
        };
        assert!(expected, "{name}: {kind}");
    }
}

#[test]
fn a_file_of_a_newer_program_is_refused() {
    let (_folder, path) = folder();
    small_survey(&path);
    let connection = rusqlite::Connection::open(&path).unwrap();
    let newer = "UPDATE setting SET value = '99' WHERE key = 'jiugai_schema'";
    assert_eq!(connection.execute(newer, []).unwrap(), 1);
    drop(connection);
    let kind = refusal(&path);
    assert!(matches!(kind, StoreErrorKind::Newer { found: 99, .. }));
}

#[test]
fn a_damaged_file_is_refused_or_read_whole_and_never_read_wrong() {
    let (folder, path) = folder();
    let survey = small_survey(&path);
    let whole = std::fs::read(&path).unwrap();
    // As the header of a SQLite file says.
    let size = usize::from(u16::from_be_bytes([whole[16], whole[17]]));
    let pages = whole.len() / size;
    let mut refused = 0;
    for page in 0..pages {
        let damaged = folder.path().join(format!("坏 {page}.gpkg"));
        let mut bytes = whole.clone();
        bytes[page * size + 100..(page + 1) * size].fill(0x5a);
        std::fs::write(&damaged, &bytes).unwrap();
        match store::read(&damaged) {
            Ok(contents) if contents.problems.is_empty() => assert_eq!(contents.survey, survey),
            Ok(_) => {}
            Err(error) => {
                sentences(&error);
                refused += 1;
            }
        }
        if let Err(error) = SurveyFile::open(&damaged) {
            sentences(&error);
        }
        std::fs::remove_file(&damaged).unwrap();
    }
    // The rest are tails of long texts, such as the style: SQLite keeps no checksums.
    assert!(refused * 2 > pages, "{refused} of {pages}");
    let cut = folder.path().join("截断.gpkg");
    std::fs::write(&cut, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(refusal(&cut), StoreErrorKind::Damaged { .. }));
}

#[test]
fn a_table_or_column_taken_away_is_damage() {
    for loss in [
        "ALTER TABLE estate DROP COLUMN households",
        "DROP TABLE estate_decision",
    ] {
        let (_folder, path) = folder();
        small_survey(&path);
        let connection = crate::other_programs::outside(&path);
        connection.execute_batch(loss).unwrap();
        drop(connection);
        let error = store::read(&path).unwrap_err();
        assert!(
            matches!(error.kind, StoreErrorKind::Damaged { .. }),
            "{error}"
        );
        assert!(SurveyFile::open(&path).is_err());
    }
}

#[test]
fn one_file_has_one_writer() {
    let (_folder, path) = folder();
    small_survey(&path);
    let (first, _) = SurveyFile::open(&path).unwrap();
    let second = SurveyFile::open(&path).map(|_| ()).unwrap_err();
    assert!(matches!(second.kind, StoreErrorKind::Locked));
    first.close().unwrap();
    assert!(SurveyFile::open(&path).is_ok());
}

#[test]
fn a_file_locked_by_another_program_is_refused() {
    let (_folder, path) = folder();
    small_survey(&path);
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN EXCLUSIVE").unwrap();
    assert!(matches!(refusal(&path), StoreErrorKind::Locked));
    other.execute_batch("ROLLBACK").unwrap();
    assert!(SurveyFile::open(&path).is_ok());
}

#[test]
fn what_another_program_wrote_meanwhile_is_not_overwritten() {
    let (_folder, path) = folder();
    small_survey(&path);
    let (mut file, _) = SurveyFile::open(&path).unwrap();
    let made = edit(2, EditKind::Do, vec![create(&drawn(4, "新苑"))]);
    file.commit(&made).unwrap();
    let other = crate::other_programs::outside(&path);
    let sql = "UPDATE estate SET households = 7 WHERE name = '洪都新村'";
    assert_eq!(other.execute(sql, []).unwrap(), 1);
    drop(other);

    let refused = edit(3, EditKind::Do, vec![create(&drawn(5, "新苑二期"))]);
    let error = file.commit(&refused).unwrap_err();
    assert!(matches!(error.kind, StoreErrorKind::ChangedOutside));
    sentences(&error);
    file.close().unwrap();
    let (file, contents) = SurveyFile::open(&path).unwrap();
    let estate = contents.survey.estate(crate::generate::key(1)).unwrap();
    assert_eq!(estate.households, Some(7));
    assert_eq!(contents.survey.estate(crate::generate::key(5)), None);
    assert_eq!(file.history().unwrap().len(), 2);
}

#[test]
fn creating_never_overwrites_and_leaves_nothing_behind_when_it_fails() {
    let (folder, path) = folder();
    std::fs::write(&path, "别的东西").unwrap();
    let error = SurveyFile::create(&path, &Settings::default()).map(|_| ());
    let error = error.unwrap_err();
    assert!(matches!(error.kind, StoreErrorKind::AlreadyExists));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "别的东西");
    assert_eq!(names_in(folder.path()).len(), 1);

    let nowhere = folder.path().join("没有/a.gpkg");
    let error = SurveyFile::create(&nowhere, &Settings::default()).map(|_| ());
    sentences(&error.unwrap_err());

    // What an interrupted attempt left is no obstacle.
    std::fs::remove_file(&path).unwrap();
    std::fs::write(beside(&path, "-new"), "half").unwrap();
    SurveyFile::create(&path, &Settings::default()).unwrap();
}

#[test]
fn a_number_that_would_not_come_back_is_refused_whole() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let spoilt = |spoil: fn(&mut jiugai::model::Estate)| {
        let mut estate = drawn(2, "阳光花园");
        spoil(&mut estate);
        estate
    };
    for estate in [
        spoilt(|e| e.floor_area_m2 = Some(f64::NAN)),
        spoilt(|e| e.floor_area_m2 = Some(-1.0)),
        spoilt(|e| e.position = Some(jiugai::model::LonLat::new(f64::INFINITY, 28.0))),
        spoilt(|e| e.boundary = Some(crate::generate::square(f64::NAN, 28.0).into())),
    ] {
        let changes = vec![create(&drawn(1, "洪都新村")), create(&estate)];
        let error = file.commit(&edit(1, EditKind::Do, changes)).unwrap_err();
        assert!(matches!(error.kind, StoreErrorKind::Unstorable { .. }));
        sentences(&error);
    }
    assert_eq!(file.history().unwrap(), []);
    file.close().unwrap();
    assert_eq!(store::read(&path).unwrap().survey.estates().len(), 0);
}
