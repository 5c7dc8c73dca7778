//! Long lists, record by record: the same edit in the end, or none.

use super::{beside, folder, names_in};
use crate::generate::{create, drawn, edit, key};
use jiugai::model::{
    Change, Crs, Datum, Edit, EditKind, Estate, ImportList, ListId, ListKind, ListRole, LonLat,
    Settings, Survey,
};
use jiugai::store::{self, StoreErrorKind, SurveyFile};
use rusqlite::Connection;
use std::path::Path;
use std::sync::Arc;

/// Drawn estates and register rows, in turn.
fn records(count: u128) -> Vec<Estate> {
    let record = |number| match number % 3 {
        0 => {
            let mut row = Estate::new(key(number));
            row.address = format!("洪都中大道{number}号");
            row.position =
                (number % 2 == 0).then(|| LonLat::new(115.9, 28.0 + number as f64 / 1e4));
            row
        }
        _ => drawn(number, &format!("洪都{number}村")),
    };
    (100..100 + count).map(record).collect()
}

fn list() -> Change {
    let list = ImportList {
        id: ListId::of_file(&[7; 32], "estates"),
        file_name: "名册.geojson".to_owned(),
        sha256: "07".repeat(32),
        role: ListRole::Estates,
        kind: ListKind::Other,
        crs: Crs::Degrees(Datum::Cgcs2000),
        imported_at: "2026-11-29T08:00:00Z".parse().unwrap(),
        rows_read: 3,
        mapping: Vec::new(),
        rejected: Vec::new(),
    };
    Change::List {
        id: list.id,
        before: None,
        after: Some(Arc::new(list)),
    }
}

fn empty_edit() -> Edit {
    edit(1, EditKind::Do, Vec::new())
}

/// A survey with one estate, still open.
fn begun(path: &Path) -> (SurveyFile, Survey) {
    let mut file = SurveyFile::create(path, &Settings::default()).unwrap();
    let first = drawn(1, "洪都新村");
    file.commit(&edit(9, EditKind::Do, vec![create(&first)]))
        .unwrap();
    (
        file,
        Survey::from_parts([first], [], [], Settings::default()),
    )
}

/// What QGIS meets: the triggers of the file, and whether its R-trees are sound.
fn schema(path: &Path) -> (Vec<String>, Vec<String>) {
    let connection = Connection::open(path).unwrap();
    let texts = |sql: &str| {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<Result<Vec<String>, _>>().unwrap()
    };
    let triggers =
        texts("SELECT name || sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name");
    let trees = texts(
        "SELECT rtreecheck('rtree_estate_geom') UNION ALL SELECT rtreecheck('rtree_register_row_geom')",
    );
    (triggers, trees)
}

#[test]
fn records_taken_in_one_by_one_are_one_edit_like_any_other() {
    for count in [3, 2_000] {
        let (folder, path) = folder();
        let (mut file, mut survey) = begun(&path);
        file.close().unwrap();
        let before = schema(&path);
        file = SurveyFile::open(&path).unwrap().0;
        let records = records(count);
        let header = empty_edit();
        let mut intake = file.take_in(&header).unwrap();
        records
            .iter()
            .for_each(|record| intake.put(record).unwrap());
        intake.finish(&list()).unwrap();

        let mut changes: Vec<_> = records.iter().map(create).collect();
        changes.push(list());
        survey.apply(&changes);
        let logged = file.edit(header.id).unwrap().unwrap();
        assert!(logged.changes == changes, "the log differs");
        assert_eq!(file.history().unwrap()[1].changes as usize, changes.len());
        // The file goes on as it was.
        let next = drawn(2, "阳光花园");
        file.commit(&edit(3, EditKind::Do, vec![create(&next)]))
            .unwrap();
        survey.apply(&[create(&next)]);
        file.close().unwrap();
        assert!(store::read(&path).unwrap().survey == survey, "{count}");
        assert_eq!(names_in(folder.path()).len(), 1);
        assert_eq!(schema(&path), before);
        assert_eq!(before.1, ["ok", "ok"]);
    }
}

#[test]
fn a_list_held_in_memory_goes_the_same_way() {
    let (_folder, path) = folder();
    let (mut file, mut survey) = begun(&path);
    let mut changes: Vec<_> = records(1_500).iter().map(create).collect();
    changes.push(list());
    let edit = edit(2, EditKind::Do, changes);
    file.commit(&edit).unwrap();
    survey.apply(&edit.changes);
    let logged = file.edit(edit.id).unwrap().unwrap();
    assert!(logged == edit, "the log differs");
    // And is taken back.
    let inverse = edit.changes.iter().rev().cloned().map(Change::inverse);
    let undo = Edit {
        changes: inverse.collect(),
        ..super::edit(3, EditKind::Undo(edit.id), Vec::new())
    };
    file.commit(&undo).unwrap();
    survey.apply(&undo.changes);
    file.close().unwrap();
    assert!(store::read(&path).unwrap().survey == survey);
    assert_eq!(schema(&path).1, ["ok", "ok"]);
}

#[test]
fn an_intake_that_is_dropped_leaves_nothing() {
    let (folder, path) = folder();
    let (mut file, survey) = begun(&path);
    let header = empty_edit();
    let mut intake = file.take_in(&header).unwrap();
    for mut record in records(3_000) {
        // More than stays in memory: pages are on disk already.
        record.remarks = "备".repeat(3_000);
        intake.put(&record).unwrap();
    }
    // A program that ends here leaves this; the next one takes it back.
    let crashed = folder.path().join("崩溃");
    std::fs::create_dir(&crashed).unwrap();
    let copy = crashed.join("a.gpkg");
    for suffix in ["", "-journal"] {
        std::fs::copy(beside(&path, suffix), beside(&copy, suffix)).unwrap();
    }
    assert!(std::fs::metadata(&copy).unwrap().len() > 10 << 20);
    assert!(store::read(&copy).unwrap().survey == survey);
    assert!(SurveyFile::open(&copy).unwrap().1.survey == survey);

    drop(intake);
    let next = drawn(2, "阳光花园");
    file.commit(&edit(3, EditKind::Do, vec![create(&next)]))
        .unwrap();
    file.close().unwrap();
    let mut expected = survey;
    expected.apply(&[create(&next)]);
    assert!(store::read(&path).unwrap().survey == expected);
    assert_eq!(schema(&path).1, ["ok", "ok"]);
}

#[test]
fn a_record_that_cannot_be_stored_is_named() {
    let (_folder, path) = folder();
    let (mut file, survey) = begun(&path);
    let header = empty_edit();
    let mut intake = file.take_in(&header).unwrap();
    let mut record = records(1).remove(0);
    record.floor_area_m2 = Some(f64::NAN);
    let refused = intake.put(&record).unwrap_err().kind;
    assert!(matches!(refused, StoreErrorKind::Unstorable { .. }));
    drop(intake);
    // A key that is there already.
    let mut intake = file.take_in(&header).unwrap();
    assert!(intake.put(&drawn(1, "洪都新村")).is_err());
    drop(intake);
    file.close().unwrap();
    assert!(store::read(&path).unwrap().survey == survey);
}

#[test]
fn a_list_comes_in_while_somebody_reads() {
    let (_folder, path) = folder();
    let (mut file, mut survey) = begun(&path);
    let reader = Connection::open(&path).unwrap();
    let count = || {
        reader.query_row("SELECT count(*) FROM estate", [], |row| {
            row.get::<_, i64>(0)
        })
    };
    reader.execute_batch("BEGIN").unwrap();
    assert_eq!(count(), Ok(1));
    let header = empty_edit();
    let mut intake = file.take_in(&header).unwrap();
    let records = records(10);
    records
        .iter()
        .for_each(|record| intake.put(record).unwrap());
    assert_eq!(count(), Ok(1));
    intake.finish(&list()).unwrap();
    reader.execute_batch("COMMIT").unwrap();
    assert!(count().unwrap() > 1);
    drop(reader);
    file.close().unwrap();
    let changes = records.iter().map(create).chain([list()]);
    survey.apply(&changes.collect::<Vec<_>>());
    assert!(store::read(&path).unwrap().survey == survey);
}
