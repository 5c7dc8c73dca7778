//! Files that were made to break readers: a preview, or an error with a sentence; never a panic.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

use jiugai::catalogue::Catalogue;
use jiugai::jobs::import::{ImportError, Preview, preview, preview_layer};
use jiugai::words::{Language, import::import_error_text};
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

fn conformance() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/testdata/conformance")
}

/// Looks at every layer; errors must be sentences.
fn look_at(path: &Path, catalogue: &Catalogue) -> Result<Preview, String> {
    let told = |error: ImportError| {
        let sentence = import_error_text(Language::English, &error);
        assert!(
            !sentence.contains("%{") && !sentence.is_empty(),
            "{sentence}"
        );
        let key = sentence.starts_with("import.") || sentence.starts_with("reference.");
        assert!(!key, "{sentence}");
        sentence
    };
    let first = preview(path, catalogue).map_err(told)?;
    for layer in first.layers.iter().take(4) {
        let _ = preview_layer(path, Some(layer), catalogue).map_err(told);
    }
    Ok(first)
}

#[test]
fn no_file_of_the_conformance_suites_ends_the_program() {
    const SUITES: [&str; 5] = [
        "geojsonhint_bad",
        "geojsonhint_good",
        "jsontestsuite_parsing",
        "shpjs",
        "gpkg_ets12",
    ];
    let catalogue = Catalogue::shipped();
    for suite in SUITES {
        let folder = conformance().join(suite);
        let Ok(files) = std::fs::read_dir(&folder) else {
            eprintln!("skipped: {} is absent", folder.display());
            continue;
        };
        let (mut read, mut refused) = (0, 0);
        for file in files.flatten().filter(|file| file.path().is_file()) {
            match look_at(&file.path(), &catalogue) {
                Ok(_) => read += 1,
                Err(sentence) => {
                    refused += 1;
                    eprintln!("{sentence}");
                }
            }
        }
        eprintln!("{suite}: {read} read, {refused} refused");
        assert!(read + refused > 0, "{suite} is empty");
    }
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="表">{table}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("META-INF/manifest.xml", b"<manifest/>"),
        ("content.xml", content.as_bytes()),
    ])
}

const CELL: &str = r#"office:value-type="string"><text:p>甲</text:p></table:table-cell>"#;

#[test]
fn hostile_files_are_refused_with_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let catalogue = Catalogue::shipped();
    let repeated = format!(
        r#"<table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16000" {CELL}</table:table-row>"#
    );
    let deep = format!("<kml>{}", "<Folder>".repeat(200_000));
    let no_sheet = zipped(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", b"<a"),
    ]);
    let nested = "[".repeat(100_000);
    for (name, bytes) in [
        ("repeated.ods", ods(&repeated)),
        ("deep.kml", deep.into_bytes()),
        ("broken.xlsx", no_sheet),
        (
            "old.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and no more".to_vec(),
        ),
        ("cut.zip", b"PK\x03\x04".to_vec()),
        ("empty.zip", zipped(&[])),
        ("other.zip", zipped(&[("../../a.txt", b"a")])),
        ("a.gpkg", b"SQLite format 3\0....".to_vec()),
        ("a.shp", b"\x00\x00\x27\x0a".to_vec()),
        ("a.dbf", b"\x03\x00".to_vec()),
        ("nested.geojson", nested.into_bytes()),
        ("a.gpx", b"<gpx><wpt lat=\"1\"".to_vec()),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let sentence = look_at(&path, &catalogue).unwrap_err();
        assert!(sentence.contains(name), "{name}: {sentence}");
    }
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 12, "nothing is unpacked beside a file");
}

#[test]
fn a_small_ods_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let row = |cells: &[&str]| {
        let cell = |text: &&str| {
            format!(
                r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
            )
        };
        let cells: String = cells.iter().map(cell).collect();
        format!("<table:table-row>{cells}</table:table-row>")
    };
    let end = r#"<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let rows = [row(&["小区名称", "编号"]), row(&["红星小区", "007"])].concat();
    let path = folder.path().join("a.ods");
    std::fs::write(&path, ods(&(rows + end))).unwrap();
    let found = look_at(&path, &Catalogue::shipped()).unwrap();
    assert_eq!((found.rows, found.layers.len()), (1, 1));
    assert_eq!(found.columns[1].samples, ["007"]);
}

#[test]
fn a_table_without_geometry_in_a_geopackage_is_a_list() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("名册.gpkg");
    let file = rusqlite::Connection::open(&path).unwrap();
    file.execute_batch(
        "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, identifier TEXT);
         INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'styles of QGIS');
         INSERT INTO gpkg_contents VALUES ('register', 'attributes', 'register');
         CREATE TABLE register (fid INTEGER PRIMARY KEY, 小区名称 TEXT, 编号 TEXT);
         INSERT INTO register (小区名称, 编号) VALUES ('红星小区', '007'), ('光明小区', '008');",
    )
    .unwrap();
    drop(file);
    let found = look_at(&path, &Catalogue::shipped()).unwrap();
    assert_eq!((found.rows, found.layers), (2, vec!["register".to_owned()]));
    assert_eq!(found.columns[2].samples, ["007", "008"]);
    assert_eq!((found.geometries.none, found.crs_named), (2, None));
}
