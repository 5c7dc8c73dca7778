use super::*;
use crate::formats::{Opened, RawGeometry, open};
use geo::{MultiPolygon, Polygon};
use std::fs;

fn column(key: &str, heading: &str, kind: ColumnKind) -> Column {
    Column {
        key: key.to_owned(),
        short: key.chars().take(10).collect(),
        heading: heading.to_owned(),
        kind,
        labels: Vec::new(),
    }
}

fn layer(profile: Profile) -> Layer {
    Layer {
        name: "estate".to_owned(),
        title: "小区".to_owned(),
        columns: vec![
            column("name", "小区名称", ColumnKind::Text),
            column("community_code", "社区代码", ColumnKind::Texts),
            column("households", "户数（户）", ColumnKind::Whole),
            column("build_year", "建成年份", ColumnKind::Year),
            column("floor_area_m2", "建筑面积（㎡）", ColumnKind::Decimal),
            column("residential", "是否住宅小区", ColumnKind::Flag),
        ],
        profile,
    }
}

fn record<'a>(name: &'a str, shape: Shape<'a>) -> Record<'a> {
    Record {
        id: name.into(),
        name: name.into(),
        shape,
        cells: vec![
            Cell::Text(name.into()),
            Cell::Texts(vec!["360102001001".into(), "360102001002".into()]),
            Cell::Whole(-3),
            Cell::Empty,
            Cell::Decimal(19_404.5),
            Cell::Flag(true),
        ],
    }
}

/// One triangle in one, turned against every rule.
fn boundary() -> Boundary {
    let outer = vec![
        (115.9, 28.7),
        (115.9, 28.71),
        (115.91, 28.71),
        (115.91, 28.7),
    ];
    let hole = vec![(115.902, 28.702), (115.904, 28.702), (115.904, 28.704)];
    MultiPolygon(vec![Polygon::new(outer.into(), vec![hole.into()])])
}

fn written(format: ExchangeFormat, records: &[Record]) -> (tempfile::TempDir, PathBuf, Written) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder
        .path()
        .join("旧改 名册")
        .with_extension(format.extension());
    let mut writer = writer(format, &path, &layer(Profile::Cgcs2000)).unwrap();
    for record in records {
        writer.record(record).unwrap();
    }
    let written = writer.finish().unwrap();
    (folder, path, written)
}

fn opened(path: &Path) -> Opened {
    open(path, fs::read(path).unwrap(), None).unwrap()
}

#[test]
fn geojson_has_a_line_for_each_record_with_its_values_as_they_are() {
    let boundary = boundary();
    let records = [
        record("洪都\"新村\"", Shape::Outline(&boundary)),
        record("b", Shape::Point(LonLat::new(115.9, 28.7))),
        record("c", Shape::None),
    ];
    let (_folder, path, written) = written(ExchangeFormat::GeoJson, &records);
    assert_eq!((written.records, &written.files), (3, &vec![path.clone()]));
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 5);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["name"], "estate");
    assert_eq!(
        json["features"][0]["properties"],
        serde_json::json!({
            "name": "洪都\"新村\"",
            "community_code": ["360102001001", "360102001002"],
            "households": -3,
            "build_year": null,
            "floor_area_m2": 19_404.5,
            "residential": true,
        })
    );
    let table = opened(&path).table;
    assert!(matches!(table.rows[0].geometry, RawGeometry::Polygons(_)));
    assert!(matches!(table.rows[1].geometry, RawGeometry::Point(_)));
    assert_eq!(table.rows[2].geometry, RawGeometry::None);
}

#[test]
fn csv_has_headings_for_people_and_no_formula() {
    let boundary = boundary();
    let records = [
        record("=HYPERLINK(\"x\")", Shape::Outline(&boundary)),
        record("b", Shape::Point(LonLat::new(115.9, 28.7))),
    ];
    let (_folder, path, _) = written(ExchangeFormat::Csv, &records);
    let text = fs::read_to_string(&path).unwrap();
    let mut lines = text.lines();
    assert_eq!(
        lines.next(),
        Some("\u{feff}小区名称,社区代码,户数（户）,建成年份,建筑面积（㎡）,是否住宅小区,WKT")
    );
    let row = lines.next().unwrap();
    assert!(
        row.starts_with(
            "\"'=HYPERLINK(\"\"x\"\")\",360102001001、360102001002,-3,,19404.5,是,\"MULTIPOLYGON (((115.9"
        ),
        "{row}"
    );
    assert!(row.ends_with(")))\""), "{row}");
    let place = "POINT (115.9000000 28.7000000)";
    assert!(lines.next().unwrap().ends_with(place));
    assert!(text.ends_with("\r\n"));
    let name = &opened(&path).table.rows[0].cells[0];
    assert_eq!(name.1, "=HYPERLINK(\"x\")");
}

#[test]
fn a_writer_that_is_dropped_leaves_what_stood_there() {
    for format in [ExchangeFormat::GeoJson, ExchangeFormat::Csv] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a").with_extension(format.extension());
        fs::write(&path, "before").unwrap();
        let mut writer = writer(format, &path, &layer(Profile::Rfc7946)).unwrap();
        writer.record(&record("a", Shape::None)).unwrap();
        drop(writer);
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_folder_that_is_not_there_is_told_with_the_path() {
    let path = Path::new("/no/such/folder/a.geojson");
    for format in [ExchangeFormat::GeoJson, ExchangeFormat::Csv] {
        let path = path.with_extension(format.extension());
        match writer(format, &path, &layer(Profile::Rfc7946)) {
            Err(WriteError::Io { path: told, .. }) => assert_eq!(told, path),
            _ => panic!("written"),
        }
    }
}
