//! What QGIS and GDAL see in a survey file, and what becomes of what they write.

use crate::generate::{change, drawn, edit, key};
use crate::{folder, small_survey};
use jiugai::model::{BuildingId, EditKind, EstateId, LonLat};
use jiugai::store::{self, ReadProblemKind, SurveyFile};
use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use std::path::Path;
use std::process::Command;

/// A connection as another program has one: with some `ST_*` functions, without our care.
pub fn outside(path: &Path) -> Connection {
    let connection = Connection::open(path).unwrap();
    let flags = FunctionFlags::SQLITE_UTF8;
    for name in ["ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"] {
        connection
            .create_scalar_function(name, 1, flags, |_| Ok(0.0))
            .unwrap();
    }
    connection
}

/// What `ogrinfo` says, both streams; `None`, with a note, where there is no `ogrinfo`.
fn ogrinfo(arguments: &[&str], path: &Path) -> Option<String> {
    let output = Command::new("ogrinfo").args(arguments).arg(path).output();
    let Ok(output) = output else {
        eprintln!("skipped: ogrinfo is not on PATH");
        return None;
    };
    assert!(output.status.success());
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(
        !said.contains("Warning") && !said.contains("ERROR"),
        "{said}"
    );
    Some(said)
}

#[test]
fn gdal_lists_the_layers_their_fields_and_coded_values_without_a_warning() {
    let (_folder, path) = folder();
    small_survey(&path);
    let Some(said) = ogrinfo(&["-al", "-so", "-wkt_format", "WKT1"], &path) else {
        return;
    };
    let layer = |name: &str| {
        let mut parts = said.split("Layer name: ");
        let part = parts.find(|part| part.lines().next() == Some(name));
        part.unwrap_or_else(|| panic!("no layer {name} in\n{said}"))
    };
    for (name, expected) in [
        ("estate", "Geometry: Multi Polygon\nFeature Count: 3\n"),
        (
            "estate",
            "Extent: (115.800100, 28.600000) - (115.810300, 28.610000)",
        ),
        ("estate", r#"AUTHORITY["EPSG","4490"]"#),
        ("estate", "uuid: String (0.0) UNIQUE"),
        ("register_row", "Geometry: Point\nFeature Count: 1\n"),
        ("building", "Geometry: Multi Polygon\nFeature Count: 1\n"),
        ("building", "number: String (0.0)"),
        ("building", "floors: Integer64 (0.0)"),
        ("building", "floor_area_m2: Real (0.0)"),
        ("building_point", "Geometry: Point\nFeature Count: 2\n"),
    ] {
        assert!(layer(name).contains(expected), "{expected}\n{said}");
    }
    for name in ["estate", "register_row"] {
        let (_, fields) = layer(name).split_once("Geometry Column = geom\n").unwrap();
        let fields: Vec<_> = fields.lines().filter(|line| line.contains(": ")).collect();
        let gaps = fields.iter().filter(|field| field.starts_with("gap_"));
        assert_eq!(gaps.clone().count(), 57);
        assert!(
            gaps.clone()
                .all(|gap| gap.ends_with("domain name=severity"))
        );
        // 28 fields, 57 items, 15 columns for what is neither.
        assert_eq!(fields.len(), 100);
    }
    // Ours beside the layers stay out of sight.
    assert!(!said.contains("edit_change") && !said.contains("kept"));
}

#[test]
fn gdal_names_every_coded_value_in_chinese() {
    let (_folder, path) = folder();
    small_survey(&path);
    for (domain, label) in [
        ("severity", "2: 破损/故障频繁"),
        ("willingness", "strong: 强烈"),
        ("standing", "merged: 已合并"),
    ] {
        if let Some(said) = ogrinfo(&["-fielddomain", domain], &path) {
            assert!(said.contains(label), "{said}");
        }
    }
}

#[test]
fn gdal_reads_the_values_and_finds_estates_by_place() {
    let (_folder, path) = folder();
    small_survey(&path);
    let there = ["115.8", "28.6", "115.80015", "28.61"];
    let query = ["-q", "-al", "-spat", there[0], there[1], there[2], there[3]];
    let Some(said) = ogrinfo(&query, &path) else {
        return;
    };
    assert!(said.contains("name (String) = 洪都新村"), "{said}");
    assert!(said.contains("gap_C04 (Integer64) = 2"), "{said}");
    assert!(said.contains("gap_C05 (Integer64) = (null)"), "{said}");
    assert!(!said.contains("阳光花园"), "{said}");
}

#[test]
fn gdal_finds_buildings_by_place_and_by_their_estate() {
    let (_folder, path) = folder();
    small_survey(&path);
    let there = ["115.8019", "28.6", "115.8021", "28.61"];
    let query = ["-q", "-spat", there[0], there[1], there[2], there[3]];
    let sql = "SELECT b.number, e.name FROM building b JOIN estate e ON e.uuid = b.estate";
    let Some(said) = ogrinfo(&[&query[..], &["-sql", sql]].concat(), &path) else {
        return;
    };
    assert!(said.contains("number (String) = 1栋"), "{said}");
    assert!(said.contains("name (String) = 洪都新村"), "{said}");
}

#[test]
fn a_building_that_another_program_took_the_estate_of_is_reported_and_left_on_disk() {
    let (_folder, path) = folder();
    small_survey(&path);
    let connection = outside(&path);
    connection
        .execute_batch(
            "UPDATE building SET floors = 'six';
             UPDATE building_point SET estate = NULL WHERE number = '2栋';
             UPDATE building_point SET estate = uuid WHERE number IS NULL;",
        )
        .unwrap();
    drop(connection);
    let (file, contents) = SurveyFile::open(&path).unwrap();
    let found: Vec<_> = contents
        .problems
        .iter()
        .map(|p| (p.table, p.name.as_str(), p.kind.clone()))
        .collect();
    let spoilt = ReadProblemKind::UnknownValue {
        column: "floors".to_owned(),
        value: "six".to_owned(),
    };
    assert_eq!(
        found,
        [
            ("building", "1栋", spoilt),
            ("building_point", "2栋", ReadProblemKind::NoEstate),
            ("building_point", "", ReadProblemKind::NoEstate),
        ]
    );
    assert_eq!(contents.survey.buildings().len(), 1);
    file.close().unwrap();
    let rows = outside(&path).query_row("SELECT count(*) FROM building_point", [], |row| {
        row.get::<_, i64>(0)
    });
    assert_eq!(rows, Ok(2));
}

#[test]
fn a_building_drawn_in_qgis_is_a_building_of_the_estate_it_names() {
    let (_folder, path) = folder();
    small_survey(&path);
    let connection = outside(&path);
    connection
        .execute_batch(
            "INSERT INTO building (geom, estate, number)
             SELECT geom, estate, '9栋' FROM building",
        )
        .unwrap();
    drop(connection);
    let contents = store::read(&path).unwrap();
    let [problem] = &contents.problems[..] else {
        panic!("{:?}", contents.problems);
    };
    let ReadProblemKind::KeyGiven { key: given } = problem.kind else {
        panic!("{problem:?}");
    };
    let building = contents.survey.building(BuildingId(given)).unwrap();
    assert_eq!((building.number.as_str(), building.estate), ("9栋", key(1)));
    assert!(building.footprint.is_some());
}

#[test]
fn a_survey_that_gdal_has_edited_is_read_and_written_on() {
    let (_folder, path) = folder();
    let survey = small_survey(&path);
    let sql = "UPDATE estate SET households = 250, geom = geom WHERE name = '阳光花园'";
    if ogrinfo(&["-q", "-sql", sql], &path).is_none() {
        return;
    }
    let sql = "INSERT INTO estate (name, geom) SELECT '新苑', geom FROM estate WHERE fid = 1";
    ogrinfo(&["-q", "-sql", sql], &path).unwrap();
    let (mut file, contents) = SurveyFile::open(&path).unwrap();
    assert_eq!(
        contents.survey.estate(key(2)).unwrap().households,
        Some(250)
    );
    assert_eq!(contents.survey.estates().len(), survey.estates().len() + 1);
    let [problem] = &contents.problems[..] else {
        panic!("{:?}", contents.problems);
    };
    let ReadProblemKind::KeyGiven { key: given } = problem.kind else {
        panic!("{problem:?}");
    };

    let given = EstateId(given);
    let mut named = contents.survey.estate(given).unwrap().as_ref().clone();
    named.households = Some(12);
    let change = change(&contents.survey, given, Some(named));
    file.commit(&edit(2, EditKind::Do, vec![change])).unwrap();
    file.close().unwrap();
    // The key it was given stays.
    let again = store::read(&path).unwrap();
    assert_eq!(again.problems, []);
    assert_eq!(again.survey.estate(given).unwrap().households, Some(12));
}

#[test]
fn what_other_programs_spoil_is_reported_by_row_and_the_rest_is_read() {
    let (_folder, path) = folder();
    small_survey(&path);
    let connection = outside(&path);
    connection
        .execute_batch(
            "UPDATE estate SET locality = 'moon', households = 'many', gap_C04 = 9,
                               sources = 'no json' WHERE fid = 1;
             UPDATE estate SET geom = x'00', standing = 'merged' WHERE fid = 2;
             UPDATE estate SET uuid = NULL WHERE fid = 3;
             UPDATE register_row SET uuid = '{' || upper((SELECT uuid FROM estate WHERE fid = 1)) || '}';
             INSERT INTO estate_decision VALUES ('x', 'y', 'SAME', '', '', '');",
        )
        .unwrap();
    drop(connection);

    let contents = store::read(&path).unwrap();
    let unknown = |column: &str, value: &str| ReadProblemKind::UnknownValue {
        column: column.to_owned(),
        value: value.to_owned(),
    };
    let found: Vec<_> = contents
        .problems
        .iter()
        .map(|p| (p.table, p.fid, &p.kind))
        .collect();
    let is_given = |kind: &ReadProblemKind| matches!(kind, ReadProblemKind::KeyGiven { .. });
    let rest: Vec<_> = found
        .iter()
        .filter(|f| !is_given(f.2))
        .map(|f| (f.0, f.1, f.2.clone()))
        .collect();
    assert_eq!(
        rest,
        [
            ("estate", 1, unknown("locality", "moon")),
            ("estate", 1, unknown("households", "many")),
            ("estate", 1, unknown("gap_C04", "9")),
            ("estate", 1, unknown("sources", "no json")),
            ("estate", 2, unknown("standing", "merged")),
            ("estate", 2, ReadProblemKind::UnreadableGeometry),
            ("estate_decision", 1, ReadProblemKind::UnreadableRow),
        ]
    );
    let given: Vec<_> = found
        .iter()
        .filter(|f| is_given(f.2))
        .map(|f| (f.0, f.1))
        .collect();
    assert_eq!(given, [("estate", 3), ("register_row", 1)]);
    assert_eq!(contents.survey.estates().len(), 4);
    let first = contents.survey.estate(key(1)).unwrap();
    assert_eq!(
        (first.locality, first.floor_area_m2),
        (None, Some(19_404.5))
    );

    // Opening gives the same keys, and writes them down.
    let (file, opened) = SurveyFile::open(&path).unwrap();
    assert_eq!(opened, contents);
    file.close().unwrap();
    let again = store::read(&path).unwrap();
    assert_eq!(again.survey, contents.survey);
    assert!(!again.problems.iter().any(|problem| is_given(&problem.kind)));
}

#[test]
fn a_renumbered_and_respelt_row_is_the_same_record() {
    let (_folder, path) = folder();
    let survey = small_survey(&path);
    let connection = outside(&path);
    connection
        .execute_batch(
            "UPDATE estate SET fid = fid + 100, uuid = '{' || upper(uuid) || '}';
             ALTER TABLE estate ADD COLUMN ward TEXT;
             UPDATE estate SET ward = '三区';",
        )
        .unwrap();
    drop(connection);
    let (mut file, contents) = SurveyFile::open(&path).unwrap();
    assert_eq!(contents.survey, survey);
    assert_eq!(contents.problems, []);
    let renamed = change(&survey, key(1), Some(drawn(1, "洪都新村一期")));
    file.commit(&edit(2, EditKind::Do, vec![renamed])).unwrap();
    file.close().unwrap();

    let connection = outside(&path);
    let sql = "SELECT count(*), count(DISTINCT ward) FROM estate WHERE ward IS NOT NULL";
    let kept = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)));
    assert_eq!(kept, Ok((3, 1)));
}

#[test]
fn a_register_point_moved_on_the_map_is_moved() {
    let (_folder, path) = folder();
    small_survey(&path);
    let connection = outside(&path);
    let mut point = b"GP\0\x01\x8a\x11\0\0\x01\x01\0\0\0".to_vec();
    point.extend(116.5f64.to_le_bytes());
    point.extend(29.5f64.to_le_bytes());
    connection
        .execute("UPDATE register_row SET geom = ?1", [point])
        .unwrap();
    drop(connection);
    let contents = store::read(&path).unwrap();
    let row = contents.survey.estate(key(9)).unwrap();
    assert_eq!(row.position, Some(LonLat::new(116.5, 29.5)));
}
