//! What becomes of the rows of a list: small files written here, one concern each.

#![allow(
    clippy::unwrap_used,
    reason = "clippy takes functions outside #[test] for code"
)]

use jiugai::catalogue::Catalogue;
use jiugai::geodesy::{datum, measure};
use jiugai::jobs::import::{ImportError, ImportSettings, Imported, Mapping, import, preview};
use jiugai::model::{
    Change, Crs, Datum, Estate, Exclusion, Field, ItemCode, ListKind, ListRole, LonLat,
    RowProblemKind, Severity, Survey, Tenure, Value,
};
use jiugai::progress::Progress;
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::shipped);

/// A file, and how it is imported.
struct List {
    file_name: &'static str,
    content: Vec<u8>,
    crs: Crs,
    role: ListRole,
    overrides: Vec<(String, String)>,
}

impl List {
    fn new(file_name: &'static str, content: impl Into<Vec<u8>>) -> Self {
        Self {
            file_name,
            content: content.into(),
            crs: Crs::Degrees(Datum::Cgcs2000),
            role: ListRole::Register,
            overrides: Vec::new(),
        }
    }

    fn role(self, role: ListRole) -> Self {
        Self { role, ..self }
    }

    fn datum(self, datum: Datum) -> Self {
        self.crs(Crs::Degrees(datum))
    }

    fn crs(self, crs: Crs) -> Self {
        Self { crs, ..self }
    }

    fn map(mut self, field: &str, column: &str) -> Self {
        self.overrides.push((field.to_owned(), column.to_owned()));
        self
    }

    fn import_into(&self, survey: &Survey, progress: &Progress) -> Result<Imported, ImportError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(self.file_name);
        std::fs::write(&path, &self.content).unwrap();
        let previewed = preview(&path, &CATALOGUE)?;
        let guessed = previewed.mapping_for(self.crs, &CATALOGUE.headings);
        let settings = ImportSettings {
            layer: None,
            crs: self.crs,
            role: self.role,
            kind: ListKind::Other,
            mapping: guessed.with_overrides(&self.overrides, &CATALOGUE.items)?,
        };
        let now = "2026-11-24T08:00:00Z".parse().unwrap();
        let imported = import(survey, &path, &settings, &CATALOGUE, now, progress)?;
        let fates = imported.estates + imported.register_rows;
        let rejected = imported.list.rejected.len();
        assert_eq!(imported.list.rows_read as usize, fates as usize + rejected);
        Ok(imported)
    }

    fn import(&self) -> Imported {
        self.import_into(&Survey::default(), &Progress::default())
            .unwrap()
    }

    fn error(&self) -> ImportError {
        self.import_into(&Survey::default(), &Progress::default())
            .unwrap_err()
    }
}

fn estates(imported: &Imported) -> Vec<&Arc<Estate>> {
    let changes = imported.changes.iter();
    changes
        .filter_map(|change| match change {
            Change::Estate { after, .. } => after.as_ref(),
            _ => None,
        })
        .collect()
}

fn warnings(imported: &Imported) -> Vec<(u32, Option<&str>, RowProblemKind)> {
    let warnings = imported.warnings.iter();
    warnings
        .map(|warning| (warning.row, warning.column.as_deref(), warning.kind))
        .collect()
}

fn rejected(imported: &Imported) -> Vec<(u32, RowProblemKind)> {
    let rejected = imported.list.rejected.iter();
    rejected
        .map(|row| (row.problem.row, row.problem.kind))
        .collect()
}

fn square(lon: f64, lat: f64) -> String {
    let (east, north) = (lon + 0.002, lat + 0.002);
    format!(
        r#"{{"type":"Polygon","coordinates":[[[{lon},{lat}],[{lon},{north}],[{east},{north}],[{east},{lat}],[{lon},{lat}]]]}}"#
    )
}

fn collection(features: &[(&str, &str)]) -> String {
    let features: Vec<_> = features
        .iter()
        .map(|(geometry, properties)| {
            format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
        })
        .collect();
    let features = features.join(",");
    format!(r#"{{"type":"FeatureCollection","features":[{features}]}}"#)
}

#[test]
fn a_chinese_list_fills_the_fields_of_the_survey() {
    let list = "小区名称,别名,坐落,建成年份,户数,建筑面积（万㎡）,楼栋数,产权性质,城乡类别,排除情形,改造意愿,供水,电,加装电梯,物业\n\
        洪都新村,老洪都、洪都村,洪都中大道1号,1985-1990,\"1,200户\",3.5,40栋,房改房/集资房,城市,无,强烈,老化,缺失,3,暂无物业\n";
    let imported = List::new("名册.csv", list).import();
    assert_eq!(warnings(&imported), []);
    let estate = estates(&imported)[0];
    assert_eq!(estate.name, "洪都新村");
    assert_eq!(estate.aliases, ["老洪都", "洪都村"]);
    assert_eq!(estate.address, "洪都中大道1号");
    assert_eq!(estate.years(), Some((1985, 1990)));
    assert_eq!(
        (estate.households, estate.buildings),
        (Some(1200), Some(40))
    );
    assert_eq!(estate.floor_area_m2, Some(35_000.0));
    let tenure: Vec<_> = estate.tenure.iter().copied().collect();
    assert_eq!(tenure, [Tenure::Reformed, Tenure::Collective]);
    assert_eq!(estate.exclusions, Some(Default::default()));
    let gap = |code: &str| estate.gaps.get(&ItemCode::parse(code).unwrap()).copied();
    assert_eq!(gap("C05"), Some(Severity::Ageing));
    assert_eq!(gap("C04"), Some(Severity::Missing));
    assert_eq!(gap("B10"), Some(Severity::Missing));
    assert_eq!(gap("C06"), None, "not surveyed");
    assert_eq!(&estate.other["物业"], "暂无物业");
}

#[test]
fn what_does_not_fit_its_field_stays_with_the_record_and_is_listed() {
    let list = "小区名称,户数,年份,经度,纬度,供气\n\
        甲,很多,1850,东边,28.6,无\n\
        乙,暂无,,0,0,\n\
        丙,,,115.9,,\n";
    let imported = List::new("list.csv", list).import();
    use RowProblemKind::*;
    assert_eq!(
        warnings(&imported),
        [
            (1, Some("户数"), NotANumber),
            (1, Some("年份"), OutOfRange),
            (1, Some("供气"), UnknownCode),
            (1, Some("经度"), BadPosition),
            (2, Some("经度"), OutsideChina),
            (3, Some("经度"), BadPosition),
        ]
    );
    let all = estates(&imported);
    let kept: Vec<_> = all[0].other.iter().collect();
    let expected = [
        ("供气", "无"),
        ("年份", "1850"),
        ("户数", "很多"),
        ("纬度", "28.6"),
        ("经度", "东边"),
    ];
    assert_eq!(kept, expected);
    assert!(
        all.iter()
            .all(|e| e.position.is_none() && e.households.is_none())
    );
    assert_eq!(&all[1].other["纬度"], "0");
}

#[test]
fn a_row_without_name_address_and_place_is_rejected() {
    let list = "名称,地址,lon,lat,户数\n,,,,30\n甲,,,,\n,某路,,,\n,,115.9,28.6,\n,,0,0,7\n,,,,\n";
    let imported = List::new("list.csv", list).import();
    use RowProblemKind::{Empty, OutsideChina};
    assert_eq!(rejected(&imported), [(1, Empty), (5, OutsideChina)]);
    assert_eq!(imported.list.rejected[0].text, "户数: 30");
    assert_eq!(imported.list.rows_read, 5, "a row of blank cells is none");
    assert_eq!(
        warnings(&imported),
        [],
        "rejected rows are not listed twice"
    );
}

#[test]
fn polygons_become_boundaries_and_lines_are_rejected() {
    let bow_tie =
        r#"{"type":"Polygon","coordinates":[[[115,28],[116,29],[116,28],[115,29],[115,28]]]}"#;
    let line = r#"{"type":"LineString","coordinates":[[115,28],[116,29]]}"#;
    let broken = r#"{"type":"Polygon","coordinates":[["x"]]}"#;
    let abroad = square(2.35, 48.85);
    let content = collection(&[
        (&square(115.9, 28.68), r#"{"name":"甲","户数":"300"}"#),
        (
            r#"{"type":"Point","coordinates":[115.9,28.68]}"#,
            r#"{"name":"乙"}"#,
        ),
        ("null", r#"{"name":"丙"}"#),
        (line, r#"{"name":"丁"}"#),
        (bow_tie, r#"{"name":"戊"}"#),
        (broken, r#"{"name":"己"}"#),
        (broken, "{}"),
        (&abroad, r#"{"name":"庚"}"#),
    ]);
    let imported = List::new("a.geojson", content)
        .role(ListRole::Estates)
        .import();
    use RowProblemKind::*;
    assert_eq!((imported.estates, imported.register_rows), (2, 4));
    assert_eq!(
        rejected(&imported),
        [(4, UnsupportedGeometry), (7, InvalidGeometry)]
    );
    assert_eq!(
        warnings(&imported),
        [
            (3, None, MissingGeometry),
            (5, None, InvalidGeometry),
            (6, None, InvalidGeometry),
            (8, None, OutsideChina),
        ]
    );
    let all = estates(&imported);
    assert_eq!(all[0].households, Some(300));
    let boundary = all[0].boundary.as_ref().unwrap();
    assert!((measure::area_m2(boundary) - 43_328.8).abs() < 1.0);
    assert_eq!(
        boundary.0[0].exterior().0[1].y,
        28.68,
        "turned counter-clockwise"
    );
    assert_eq!(all[1].position, Some(LonLat::new(115.9, 28.68)));
    assert!(all[3].boundary.is_some(), "kept as drawn");
    assert_eq!(&all[4].other["geometry"], broken);
    assert!(all[5].other["geometry"].contains("48.85"));
}

#[test]
fn a_register_keeps_the_boundaries_it_has() {
    let content = collection(&[(&square(115.9, 28.68), r#"{"name":"甲"}"#)]);
    let imported = List::new("a.json", content).import();
    assert_eq!((imported.estates, imported.register_rows), (1, 0));
}

#[test]
fn positions_are_stored_in_cgcs2000_whatever_the_list_declares() {
    let place = LonLat::new(115.904, 28.6805);
    for shifted in [Datum::Gcj02, Datum::Bd09] {
        let there = datum::from_storage(shifted, place);
        let row = format!("name,lon,lat\n甲,{},{}\n", there.x, there.y);
        let imported = List::new("list.csv", row).datum(shifted).import();
        let stored = estates(&imported)[0].position.unwrap();
        assert!(measure::distance_m(stored, place) < 0.01, "{shifted:?}");
        assert_eq!(imported.list.crs, Crs::Degrees(shifted));
        let geometry = format!(
            r#"{{"type":"Point","coordinates":[{},{}]}}"#,
            there.x, there.y
        );
        let imported = List::new("a.geojson", geometry).datum(shifted).import();
        let stored = estates(&imported)[0].position.unwrap();
        assert!(measure::distance_m(stored, place) < 0.01, "{shifted:?}");
    }
}

#[test]
fn the_origin_of_a_row_is_kept_and_a_repeated_id_is_said() {
    let list = "来源,source_id,name\n贝壳,87330000000003,甲\n链家,87330000000003,甲\n贝壳,87330000000003,乙\n";
    let imported = List::new("list.csv", list).import();
    let all = estates(&imported);
    let origin = all[1].origin.as_ref().unwrap();
    assert_eq!((origin.source.as_str(), origin.row), ("链家", 2));
    assert_eq!(origin.source_id, "87330000000003");
    assert_eq!(
        warnings(&imported),
        [(3, Some("source_id"), RowProblemKind::RepeatedSourceId)]
    );
    assert_eq!(all.len(), 3, "a repetition is a person's decision");
    let feature = r#"{"type":"Feature","id":"way/7","geometry":null,"properties":{"name":"甲"}}"#;
    let imported = List::new("a.geojson", feature).import();
    let origin = estates(&imported)[0].origin.as_ref().unwrap().clone();
    assert_eq!(origin.source_id, "way/7");
}

#[test]
fn one_file_counts_once_in_a_role() {
    let list = List::new("list.csv", "name\n甲\n");
    let imported = list.import();
    let mut survey = Survey::default();
    survey.check_before_images(&imported.changes).unwrap();
    survey.apply(&imported.changes);
    let again = list.import_into(&survey, &Progress::default());
    assert!(
        matches!(again, Err(ImportError::AlreadyImported { .. })),
        "{again:?}"
    );
    let renamed = List::new("other.csv", "name\n甲\n");
    let again = renamed.import_into(&survey, &Progress::default());
    assert!(
        matches!(again, Err(ImportError::AlreadyImported { .. })),
        "{again:?}"
    );
    let other_role = renamed.role(ListRole::Estates);
    assert!(
        other_role
            .import_into(&survey, &Progress::default())
            .is_ok()
    );
}

#[test]
fn the_same_file_gives_the_same_records_on_every_laptop() {
    let list = List::new("list.csv", "name,lon,lat\n甲,115.9,28.6\n乙,115.8,28.7\n");
    assert_eq!(list.import(), list.import());
}

#[test]
fn corrections_beat_guesses_and_a_list_without_any_place_is_refused() {
    let content = "甲列,乙列\n洪都新村,1985\n";
    assert!(matches!(
        List::new("list.csv", content).error(),
        ImportError::NothingMapped { .. }
    ));
    let corrected = List::new("list.csv", content)
        .map("name", "甲列")
        .map("build_year", "乙列");
    let imported = corrected.import();
    let estate = estates(&imported)[0];
    assert_eq!(
        (estate.name.as_str(), estate.build_year),
        ("洪都新村", Some(1985))
    );
    let mapping = [("name", "甲列"), ("build_year", "乙列")];
    let recorded: Vec<_> = imported
        .list
        .mapping
        .iter()
        .map(|(f, c)| (f.as_str(), c.as_str()))
        .collect();
    assert_eq!(recorded, mapping);
}

#[test]
fn a_file_that_is_not_there_or_holds_nothing_is_an_error() {
    let missing = preview(std::path::Path::new("没有 这个.csv"), &CATALOGUE);
    assert!(matches!(missing, Err(ImportError::Io { .. })));
    let folder = preview(&std::env::temp_dir(), &CATALOGUE);
    assert!(folder.is_err());
    let no_rows = List::new("list.csv", "name\n").error();
    assert!(matches!(no_rows, ImportError::NoRows { .. }));
}

#[test]
fn a_stopped_import_gives_nothing() {
    let progress = Progress::default();
    progress.cancel();
    let stopped = List::new("list.csv", "name\n甲\n").import_into(&Survey::default(), &progress);
    assert!(matches!(stopped, Err(ImportError::Cancelled(_))));
}

#[test]
fn the_preview_shows_columns_samples_and_hints() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("江西 名册.csv");
    let text = "小区名称,lon_bd09,lat_bd09,房龄\n甲,115.9,28.6,\n乙,,,\n甲,,,30\n";
    std::fs::write(&path, encoding_rs::GB18030.encode(text).0).unwrap();
    let preview = preview(&path, &CATALOGUE).unwrap();
    assert_eq!(
        (preview.rows, preview.crs_hint),
        (3, Some(Crs::Degrees(Datum::Bd09)))
    );
    assert_eq!(preview.geometries.none, 3);
    assert_eq!(preview.columns[0].samples, ["甲", "乙"]);
    assert_eq!(
        preview.columns[0].guess.as_ref().unwrap().known_as,
        "小区名称"
    );
    assert_eq!(preview.columns[3].guess, None);
    let targets: Vec<_> = preview.mapping.iter().map(|(_, t)| t.key()).collect();
    assert_eq!(targets, ["name", "lon", "lat", "ignore"]);
    assert_eq!(preview.sha256.len(), 64);
}

#[test]
fn an_estate_can_be_asked_for_what_was_imported() {
    let imported = List::new("list.csv", "name,排除情形\n甲,城中村;X1\n").import();
    let estate = estates(&imported)[0];
    let expected = Value::Codes(vec!["X1".into(), "X4".into()]);
    assert_eq!(estate.get(&Field::Exclusions), Some(expected));
    let excluded = estate.exclusions.as_ref().unwrap();
    assert!(excluded.contains(&Exclusion::UrbanVillage));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Whatever the bytes: an error, or every row accounted for (asserted in `import_into`).
    #[test]
    fn no_bytes_panic(content in any_file(), as_json in any::<bool>(), datum in 0..4usize) {
        let name = if as_json { "a.geojson" } else { "a.csv" };
        let datum = [Datum::Wgs84, Datum::Cgcs2000, Datum::Gcj02, Datum::Bd09][datum];
        for role in [ListRole::Estates, ListRole::Register] {
            let list = List::new(name, content.clone()).datum(datum).role(role);
            let _ = list.import_into(&Survey::default(), &Progress::default());
        }
    }

    #[test]
    fn any_mapping_of_any_cells_keeps_every_row(
        rows in prop::collection::vec(prop::collection::vec("[0-9年万户无;、./,\"\n甲-]{0,8}", 0..6), 1..6),
        targets in prop::collection::vec(0..Field::PLAIN.len() + 4, 4),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        writer.write_record(["a", "b", "c", "d"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let mut list = List::new("a.csv", writer.into_inner().unwrap()).map("name", "a");
        let keys = Field::PLAIN.iter().map(Field::key).filter(|key| key != "geometry");
        let keys: Vec<_> = keys
            .chain(["lon", "lat", "source", "source_id"].map(str::to_owned))
            .collect();
        for (column, target) in ["b", "c", "d"].iter().zip(targets) {
            list = list.map(&keys[target % keys.len()], column);
        }
        let _ = list.import_into(&Survey::default(), &Progress::default());
    }
}

/// Noise, and files that are nearly right.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let noise = prop::collection::vec(any::<u8>(), 0..400);
    let text = "[a-z0-9,;\t\n\"{}\\[\\]:.小区名称户数 -]{0,200}".prop_map(String::into_bytes);
    let damaged = (any::<prop::sample::Index>(), any::<u8>(), any::<prop::sample::Index>()).prop_map(
        |(at, byte, end)| {
            let hole = r#"{"type":"MultiPolygon","coordinates":[[[[115,28],[116,28],[116,29],[115,29],[115,28]],[[115.2,28.2],[115.2,28.8],[115.8,28.8],[115.2,28.2]]]]}"#;
            let text = collection(&[(hole, r#"{"name":"甲","户数":"3,000户"}"#), ("null", "{}")]);
            let mut bytes = text.into_bytes();
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let keep = bytes.len() - end.index(bytes.len()) * usize::from(byte.is_multiple_of(4));
            bytes.truncate(keep);
            bytes
        },
    );
    let rings = prop::collection::vec((114.0..117.0f64, 27.0..29.0f64), 0..9).prop_map(|ring| {
        let ring: Vec<_> = ring
            .into_iter()
            .map(|(x, y)| [x.round(), y.round()])
            .collect();
        format!(r#"{{"type":"Polygon","coordinates":[{ring:?},{ring:?}]}}"#).into_bytes()
    });
    prop_oneof![noise, text, damaged, rings]
}

#[test]
fn a_mapping_of_another_file_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, "name\n甲\n").unwrap();
    let other = ["名称".to_owned()];
    let settings = ImportSettings {
        layer: None,
        crs: Crs::Degrees(Datum::Wgs84),
        role: ListRole::Register,
        kind: ListKind::Other,
        mapping: Mapping::guess(&other, &CATALOGUE.headings, None),
    };
    let now = jiff::Timestamp::UNIX_EPOCH;
    let progress = Progress::default();
    let result = import(
        &Survey::default(),
        &path,
        &settings,
        &CATALOGUE,
        now,
        &progress,
    );
    assert!(matches!(result, Err(ImportError::Mapping(_))));
}
