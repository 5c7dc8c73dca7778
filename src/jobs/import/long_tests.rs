//! A list that is gone through is the list that is held.

use super::source::Source;
use super::{ImportSettings, Imported, import_into, preview_of};
use crate::catalogue::Catalogue;
use crate::formats::RawTable;
use crate::model::{Change, Crs, Datum, ListKind, ListRole, Survey};
use crate::progress::Progress;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

const FEATURES: [&str; 14] = [
    r#"{"type":"Feature","id":1,"properties":{"小区名称":"洪都新村","户数":300,"物业":null},"geometry":
        {"type":"Polygon","coordinates":[[[115.9,28.6],[115.91,28.6],[115.91,28.61],[115.9,28.6]]]}}"#,
    r#"{"properties":{"户数":"很多","小区名称":"阳光\u82b1园","电话\"":"a\tb"},"type":"Feature","geometry":
        {"coordinates":[115.9,28.7],"type":"Point"}}"#,
    r#"{"type":"Feature","properties":{"小区名称":"无处"},"geometry":null}"#,
    "null",
    r#"{"type":"Feature","geometry":null,"geometry":null,"properties":{}}"#,
    r#"{"type":"Feature","properties":{"小区名称":"线"},"geometry":
        {"type":"LineString","coordinates":[[115.9,28.6],[115.91,28.6]]}}"#,
    r#"{"type":"Feature","bbox":[1,2,3,4],"properties":{"小区名称":"多","a":[1,{"b":"}"}]},"geometry":
        {"type":"MultiPolygon","coordinates":[[[[115.9,28.6],[115.91,28.6],[115.91,28.61],[115.9,28.6]]]]}}"#,
    r#"{"type":"Feature","properties":{"小区名称":"交叉"},"geometry":
        {"type":"Polygon","coordinates":[[[115.9,28.6],[115.91,28.61],[115.91,28.6],[115.9,28.61],[115.9,28.6]]]}}"#,
    r#"{"type":"Feature","properties":{"小区名称":"外国"},"geometry":{"type":"Point","coordinates":[2.3,48.8]}}"#,
    r#"{"type":"Feature","properties":{"小区名称":"破"},"geometry":{"type":"Polygon","coordinates":[["a"]]}}"#,
    "{\"type\":\"Feature\",\"properties\":{\"小区名称\":\"坏字\u{fffd}\"},\"geometry\":null}",
    "7",
    r#"{"type":"Feature","properties":{},"geometry":null}"#,
    r#"{"type":"Feature","id":"末","properties":{"小区名称":"末","@id":"9","户数":12.50e1},"geometry":null}"#,
];

fn write(folder: &Path, text: &[u8]) -> PathBuf {
    let path = folder.join("名 册.geojson");
    std::fs::write(&path, text).unwrap();
    path
}

fn gone_through(path: &Path) -> Option<Source> {
    Source::gone_through(path, "名 册.geojson").unwrap()
}

fn held(path: &Path) -> Source {
    Source::held(path, None, "名 册.geojson".to_owned()).unwrap()
}

fn imported(source: Source, catalogue: &Catalogue) -> (Imported, Vec<Change>) {
    let crs = Crs::Degrees(Datum::Cgcs2000);
    let preview = preview_of(&source, catalogue);
    let settings = ImportSettings {
        crs,
        role: ListRole::Estates,
        kind: ListKind::default(),
        layer: None,
        mapping: preview.mapping_for(crs, catalogue.headings_for(ListRole::Estates)),
    };
    let mut changes = Vec::new();
    let now = "2026-11-29T08:00:00Z".parse().unwrap();
    let progress = Progress::default();
    let survey = Survey::default();
    let imported = import_into(
        &survey,
        source,
        &settings,
        catalogue,
        now,
        &progress,
        &mut |change| {
            changes.push(change);
            ControlFlow::Continue(())
        },
    );
    (imported.unwrap(), changes)
}

#[test]
fn both_ways_give_the_same_records_and_say_the_same_of_the_rest() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = Catalogue::shipped();
    let crs = r#""crs":{"type":"name","properties":{"name":"EPSG:4490"}}"#;
    for (before, between, after) in [
        ("{\"type\":\"FeatureCollection\",\"features\":[", ",", "]}"),
        (
            "\n{ \"name\" : \"甲[{\" ,\"features\": [ ",
            " ,\n",
            " ] , \"type\":\"FeatureCollection\" }\n",
        ),
        (
            &format!("{{{crs},\"type\":\"FeatureCollection\",\"features\":[\n"),
            ",\r\n",
            "\n]}",
        ),
        // A feature a line, and a sequence (RFC 8142).
        ("", "\n", "\n"),
        ("", " \r\n\n", ""),
        ("\u{1e}", "\n\u{1e}", "\n"),
    ] {
        // More than a slice, so that features lie across its ends.
        let is_line = before.is_empty();
        let features = FEATURES.map(|feature| match is_line {
            true => feature.replace('\n', " "),
            false => feature.to_owned(),
        });
        let features = vec![features.join(between); 700].join(between);
        let text = format!("{before}{features}{after}");
        let path = write(folder.path(), text.as_bytes());
        let (long, short) = (gone_through(&path).unwrap(), held(&path));
        assert!(long.is_long() && !short.is_long());
        let said = |table: &RawTable| {
            (
                table.columns.clone(),
                table.unreadable.clone(),
                table.warnings.clone(),
                table.rows_read(),
            )
        };
        assert_eq!(said(&long.opened.table), said(&short.opened.table));
        assert_eq!(
            preview_of(&long, &catalogue),
            preview_of(&short, &catalogue)
        );
        let (long, short) = (imported(long, &catalogue), imported(short, &catalogue));
        assert_eq!(long.0, short.0);
        assert!(long.1 == short.1, "the records differ");
        assert_eq!(long.0.list.rows_read as usize, 700 * FEATURES.len());
    }
}

#[test]
fn what_is_no_plain_collection_is_left_to_the_reader_of_whole_files() {
    let folder = tempfile::tempdir().unwrap();
    let collection = |members: &str| format!("{{\"type\":\"FeatureCollection\",{members}}}");
    let gbk = b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"a\":\"\xc7\xf8\"},\"geometry\":null}]}";
    let texts = [
        FEATURES[0].to_owned(),
        FEATURES[..3].join("\n"),
        collection("\"features\":[],\"features\":[]"),
        collection("\"a\":1"),
        collection("\"features\":{}"),
        collection("\"features\":[1,]"),
        collection("\"features\":[]") + "x",
        collection("\"features\":[{\"type\":\"Feature\""),
        "{\"features\":[]}".to_owned(),
        "[]".to_owned(),
        String::new(),
    ];
    let texts = texts.iter().map(String::as_bytes).chain([gbk.as_slice()]);
    for text in texts {
        let path = write(folder.path(), text);
        assert!(
            gone_through(&path).is_none(),
            "{}",
            String::from_utf8_lossy(text)
        );
    }
}

#[test]
fn a_file_that_changed_meanwhile_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = |name: &str| {
        let feature = FEATURES[2].replace("无处", name);
        format!("{{\"type\":\"FeatureCollection\",\"features\":[{feature}]}}")
    };
    let path = write(folder.path(), text("甲").as_bytes());
    let source = gone_through(&path).unwrap();
    std::fs::write(&path, text("甲乙")).unwrap();
    let read = source.opened.table.each_row(|_| Ok::<(), ()>(()));
    assert!(read.is_err());
}
