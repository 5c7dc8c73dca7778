//! Each format as people and programs expect it.

use crate::{boundary, layer, names, opened, record, target, write};
use jiugai::formats::RawGeometry;
use jiugai::formats::exchange::{Cell, ExchangeFormat, Record, Shape, WriteError, Written, writer};
use jiugai::formats::library::Profile;
use jiugai::model::LonLat;
use std::fs;
use std::path::{Path, PathBuf};

fn written(format: ExchangeFormat, records: &[Record]) -> (tempfile::TempDir, PathBuf, Written) {
    let folder = tempfile::tempdir().unwrap();
    let path = target(folder.path(), format);
    let written = write(&path, &layer(Profile::Cgcs2000), records);
    (folder, path, written)
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
    assert_eq!(written.files, std::slice::from_ref(&path));
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 5);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(json["features"].as_array().unwrap().len(), 3);
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
            "locality": "city",
        })
    );
    let table = opened(&path, None).table;
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
        Some(
            "\u{feff}小区名称,社区代码,户数（户）,建成年份,建筑面积（㎡）,是否住宅小区,城乡类别,WKT"
        )
    );
    let row = lines.next().unwrap();
    assert!(
        row.starts_with(
            "\"'=HYPERLINK(\"\"x\"\")\",360102001001、360102001002,-3,,19404.5,是,city,\"MULTIPOLYGON (((115.9"
        ),
        "{row}"
    );
    assert!(row.ends_with(")))\""), "{row}");
    let place = "POINT (115.9000000 28.7000000)";
    assert!(lines.next().unwrap().ends_with(place));
    assert!(text.ends_with("\r\n"));
    let table = opened(&path, None).table;
    assert_eq!(table.rows[0].cells.get(0), Some("=HYPERLINK(\"x\")"));
}

#[test]
fn a_writer_that_is_dropped_leaves_what_stood_there() {
    let boundary = boundary();
    for format in ExchangeFormat::ALL {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a").with_extension(format.extension());
        fs::write(&path, "before").unwrap();
        let mut writer = writer(format, &path, &layer(Profile::Rfc7946)).unwrap();
        for shape in [Shape::Outline(&boundary), Shape::None] {
            writer.record(&record("a", shape)).unwrap();
        }
        drop(writer);
        assert_eq!(fs::read_to_string(&path).unwrap(), "before");
        assert_eq!(names(folder.path()).len(), 1, "{format:?}");
    }
}

#[test]
fn what_stood_there_is_replaced_and_nothing_is_left_beside_it() {
    for format in ExchangeFormat::ALL {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a").with_extension(format.extension());
        fs::write(&path, "before").unwrap();
        let written = write(&path, &layer(Profile::Rfc7946), &[record("a", Shape::None)]);
        assert_eq!(written.files[0], path);
        let mut files: Vec<_> = written
            .files
            .iter()
            .map(|file| file.file_name().unwrap().to_str().unwrap().to_owned())
            .collect();
        files.sort();
        assert_eq!(names(folder.path()), files);
        assert_ne!(fs::read(&path).unwrap(), b"before");
    }
}

#[test]
fn equal_records_give_equal_bytes() {
    let boundary = boundary();
    let records = [
        record("甲", Shape::Outline(&boundary)),
        record("乙", Shape::Point(LonLat::new(115.9, 28.7))),
    ];
    for format in ExchangeFormat::ALL {
        let contents = [(), ()].map(|()| {
            let (_folder, _, written) = written(format, &records);
            let files = written.files.iter();
            files
                .map(|file| fs::read(file).unwrap())
                .collect::<Vec<_>>()
        });
        assert!(contents[0] == contents[1], "{format:?}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_told_with_the_path() {
    let path = Path::new("/no/such/folder/a.geojson");
    for format in ExchangeFormat::ALL {
        let path = path.with_extension(format.extension());
        match writer(format, &path, &layer(Profile::Rfc7946)) {
            Err(WriteError::Io { path: told, .. }) => assert_eq!(told, path),
            _ => panic!("written"),
        }
    }
}

#[test]
fn a_place_that_is_none_is_written_as_none() {
    let mut broken = boundary();
    broken.0[0].exterior_mut(|ring| ring.0[1].x = f64::NAN);
    let empty = geo::MultiPolygon(vec![]);
    let records = [
        record("a", Shape::Outline(&broken)),
        record("b", Shape::Outline(&empty)),
        record("c", Shape::Point(LonLat::new(f64::INFINITY, 28.7))),
    ];
    for format in ExchangeFormat::ALL {
        let (_folder, path, written) = written(format, &records);
        let table = match format {
            ExchangeFormat::GeoPackage => opened(&path, Some("estate_point")).table,
            ExchangeFormat::Shapefile => opened(&written.files[5], None).table,
            _ => opened(&path, None).table,
        };
        let places: Vec<_> = table.rows.iter().map(|row| &row.geometry).collect();
        assert_eq!(places, [&RawGeometry::None; 3], "{format:?}");
    }
}

#[test]
fn what_was_not_surveyed_is_no_number_and_no_answer_anywhere() {
    let mut blank = record("a", Shape::None);
    for cell in &mut blank.cells[1..] {
        *cell = Cell::Empty;
    }
    for format in ExchangeFormat::ALL {
        let (_folder, path, written) = written(format, std::slice::from_ref(&blank));
        let table = match format {
            ExchangeFormat::GeoPackage => opened(&path, Some("estate_point")).table,
            ExchangeFormat::Shapefile => opened(&written.files[5], None).table,
            _ => opened(&path, None).table,
        };
        // A GeoPackage numbers its rows.
        let cells = table.rows[0].cells.iter();
        let cells = cells.filter(|(column, _)| table.columns[*column] != "fid");
        let texts: Vec<_> = cells.map(|(_, text)| text).collect();
        assert!(
            texts.iter().all(|text| *text == "a"),
            "{format:?} {texts:?}"
        );
    }
}

#[test]
fn what_a_format_has_no_room_for_is_cut_at_a_character_and_told() {
    let long = "旧".repeat(40_000);
    let mut odd = record("a", Shape::None);
    odd.name = long.as_str().into();
    odd.cells[0] = Cell::Text(long.as_str().into());
    odd.cells[6] = Cell::Text("a\u{1}b".into());
    let told = |key: &str| vec![("a".to_owned(), key.to_owned())];
    for (format, cut, length) in [
        (ExchangeFormat::GeoJson, vec![], 40_000),
        (ExchangeFormat::GeoPackage, vec![], 40_000),
        (ExchangeFormat::Csv, vec![], 40_000),
        (ExchangeFormat::Shapefile, told("name"), 84),
        (ExchangeFormat::Xlsx, told("name"), 32_767),
        (ExchangeFormat::Kml, told("locality"), 40_000),
    ] {
        let (_folder, path, written) = written(format, std::slice::from_ref(&odd));
        assert_eq!(written.cut, cut, "{format:?}");
        let table = match format {
            ExchangeFormat::GeoPackage => opened(&path, Some("estate_point")).table,
            ExchangeFormat::Shapefile => opened(&written.files[5], None).table,
            _ => opened(&path, None).table,
        };
        let texts = table.rows[0].cells.iter().map(|(_, text)| text);
        let name = texts.max_by_key(|text| text.len()).unwrap();
        assert_eq!(name.chars().count(), length, "{format:?}");
        assert!(long.starts_with(name));
    }
}

#[test]
fn columns_that_a_format_cannot_have_are_refused() {
    let mut twice = layer(Profile::Cgcs2000);
    twice.columns[1].key = "NAME".to_owned();
    let mut many = layer(Profile::Cgcs2000);
    many.columns = vec![many.columns[0].clone(); 256];
    let mut long = layer(Profile::Cgcs2000);
    long.columns[0].short = "longer_than_ten".to_owned();
    let folder = tempfile::tempdir().unwrap();
    for (format, layer) in [
        (ExchangeFormat::GeoPackage, twice),
        (ExchangeFormat::Shapefile, many),
        (ExchangeFormat::Shapefile, long),
    ] {
        let path = target(folder.path(), format);
        let refused = writer(format, &path, &layer).err();
        assert!(
            matches!(refused, Some(WriteError::NoRoom { .. })),
            "{refused:?}"
        );
        assert_eq!(names(path.parent().unwrap()), [""; 0]);
    }
}

#[test]
fn points_of_an_earlier_shapefile_do_not_outlive_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.shp");
    let (boundary, layer) = (boundary(), layer(Profile::Cgcs2000));
    let outline = record("a", Shape::Outline(&boundary));
    write(&path, &layer, &[outline.clone(), record("b", Shape::None)]);
    assert_eq!(names(folder.path()).len(), 10);
    for name in names(folder.path()) {
        let alone = tempfile::tempdir().unwrap();
        let path = alone.path().join("a.shp");
        fs::write(alone.path().join(&name), "own").unwrap();
        let standing = ExchangeFormat::Shapefile.in_the_way(&path);
        assert_eq!(standing, Some(alone.path().join(name)));
    }
    fs::write(folder.path().join("a.qix"), "index").unwrap();
    write(&path, &layer, std::slice::from_ref(&outline));
    let expected = ["a.cpg", "a.dbf", "a.prj", "a.shp", "a.shx"];
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn every_file_that_an_export_may_replace_is_asked_about() {
    let shapefile = ExchangeFormat::Shapefile;
    for (format, standing, told) in [
        (ExchangeFormat::Csv, &["a.dbf", "a.prj"][..], None),
        (ExchangeFormat::Csv, &["a.csv"], Some("a.csv")),
        (shapefile, &[], None),
        (shapefile, &["b.dbf", "a.shp.xml"], None),
        (shapefile, &["a.dbf"], Some("a.dbf")),
        (shapefile, &["a.cpg"], Some("a.cpg")),
        (shapefile, &["a.prj", "a.shx"], Some("a.shx")),
        (shapefile, &["a.dbf", "a.shp"], Some("a.shp")),
        // Indexes are taken away.
        (shapefile, &["a.qix"], Some("a.qix")),
        // Records without an outline become files of their own.
        (shapefile, &["a_point.dbf"], Some("a_point.dbf")),
    ] {
        let folder = tempfile::tempdir().unwrap();
        for name in standing {
            fs::write(folder.path().join(name), "own").unwrap();
        }
        let path = folder.path().join("a").with_extension(format.extension());
        let told = told.map(|name| folder.path().join(name));
        assert_eq!(format.in_the_way(&path), told, "{format:?} {standing:?}");
    }
}

#[test]
fn a_geopackage_finds_every_record_by_its_place() {
    let boundary = boundary();
    let records: Vec<_> = (0..200)
        .map(|number| match number % 3 {
            0 => record("a", Shape::None),
            1 => record("b", Shape::Outline(&boundary)),
            _ => record(
                "c",
                Shape::Point(LonLat::new(f64::from(number) / 2.0, 28.7)),
            ),
        })
        .collect();
    let (_folder, path, _) = written(ExchangeFormat::GeoPackage, &records);
    let file = rusqlite::Connection::open(&path).unwrap();
    for (table, places, east) in [("estate", 67, 67), ("estate_point", 66, 46)] {
        let tree = format!("rtree_{table}_geom");
        let check = format!("SELECT rtreecheck('{tree}')");
        let sound: String = file.query_row(&check, [], |row| row.get(0)).unwrap();
        assert_eq!(sound, "ok", "{table}");
        let count = |sql: String| {
            let count = file.query_row(&sql, [], |row| row.get::<_, i64>(0));
            count.unwrap()
        };
        assert_eq!(count(format!("SELECT count(*) FROM {tree}")), places);
        // The rows are numbered in the order of the records.
        let sql = format!(
            "SELECT count(*) FROM {tree} JOIN {table} ON id = fid
             WHERE minx >= 30 AND geom IS NOT NULL"
        );
        assert_eq!(count(sql), east, "{table}");
    }
}

#[test]
fn a_geopackage_brings_headings_words_and_a_style() {
    let boundary = boundary();
    let records = [record("甲", Shape::Outline(&boundary))];
    let (_folder, path, _) = written(ExchangeFormat::GeoPackage, &records);
    let file = rusqlite::Connection::open(&path).unwrap();
    let text = |sql: &str| {
        file.query_row(sql, [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    let heading = "SELECT title FROM gpkg_data_columns WHERE column_name = 'households'";
    assert_eq!(text(heading), "户数（户）");
    let label = "SELECT c.description FROM gpkg_data_columns d
                 JOIN gpkg_data_column_constraints c ON c.constraint_name = d.constraint_name
                 WHERE d.column_name = 'locality' AND c.value = 'city'";
    assert_eq!(text(label), "城市");
    let style = text("SELECT styleQML FROM layer_styles WHERE f_table_name = 'estate'");
    for part in [
        "name=\"城市\" value=\"city\"",
        "name=\"县城&lt;&quot;&amp;&gt;\" value=\"county_seat\"",
        "alias field=\"households\" index=\"3\" name=\"户数（户）\"",
        "fieldName=\"name\"",
    ] {
        assert!(style.contains(part), "{part}\n{style}");
    }
    assert!(!style.contains(['{', '}']));
    // No layer of points where there are none.
    assert_eq!(opened(&path, None).layers, ["estate"]);
}
