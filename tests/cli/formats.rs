//! `jiugai import` of the same three estates from every format.

use crate::{Desk, SURVEY};
use jiugai::model::Survey;
use std::io::{Cursor, Write};

/// `(id, name, county code, longitude of the western side)`.
const ESTATES: [(&str, &str, &str, f64); 3] = [
    ("0071", "红星小区", "00360102001", 117.6130),
    ("0072", "粮食局宿舍", "00360102002", 117.6200),
    ("0073", "洪都新村", "00360102003", 117.6300),
];
const SOUTH: f64 = 28.4800;
const SIDE: f64 = 0.001;

/// The corners of an estate, closed, turned as shapefiles want them.
fn ring(west: f64) -> [[f64; 2]; 5] {
    let (east, north) = (west + SIDE, SOUTH + SIDE);
    [
        [west, SOUTH],
        [west, north],
        [east, north],
        [east, SOUTH],
        [west, SOUTH],
    ]
}

fn features() -> Vec<String> {
    let feature = |(id, name, code, west): &(&str, &str, &str, f64)| {
        serde_json::json!({
            "type": "Feature",
            "properties": { "source_id": id, "name": name, "dm": code },
            "geometry": { "type": "Polygon", "coordinates": [ring(*west)] },
        })
        .to_string()
    };
    ESTATES.iter().map(feature).collect()
}

fn shapefile(desk: &Desk, name: &str) {
    use shapefile::{Point, Polygon, PolygonRing, ShapeWriter};
    let polygon = |west: f64| {
        let corners = ring(west).map(|[x, y]| Point::new(x, y));
        Polygon::new(PolygonRing::Outer(corners.to_vec()))
    };
    let shapes: Vec<Polygon> = ESTATES.iter().map(|estate| polygon(estate.3)).collect();
    ShapeWriter::from_path(desk.path(&format!("{name}.shp")))
        .unwrap()
        .write_shapes(&shapes)
        .unwrap();
    desk.write(&format!("{name}.dbf"), table());
    desk.write(&format!("{name}.cpg"), "UTF-8");
    desk.write(
        &format!("{name}.prj"),
        r#"GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]"#,
    );
}

/// A table of dBASE with three columns of text.
fn table() -> Vec<u8> {
    const WIDTHS: [(&str, u8); 3] = [("source_id", 10), ("name", 30), ("dm", 12)];
    let width = 1 + WIDTHS
        .iter()
        .map(|(_, width)| u16::from(*width))
        .sum::<u16>();
    let header = 32 + 32 * WIDTHS.len() as u16 + 1;
    let mut bytes = vec![3, 125, 1, 1];
    bytes.extend((ESTATES.len() as u32).to_le_bytes());
    bytes.extend(header.to_le_bytes());
    bytes.extend(width.to_le_bytes());
    bytes.resize(32, 0);
    for (name, width) in WIDTHS {
        let mut column = name.as_bytes().to_vec();
        column.resize(11, 0);
        column.extend([b'C', 0, 0, 0, 0, width]);
        column.resize(32, 0);
        bytes.extend(column);
    }
    bytes.push(0x0d);
    for (id, name, code, _) in ESTATES {
        bytes.push(b' ');
        for (text, (_, width)) in [id, name, code].into_iter().zip(WIDTHS) {
            let mut cell = text.as_bytes().to_vec();
            cell.resize(usize::from(width), b' ');
            bytes.extend(cell);
        }
    }
    bytes
}

/// With an empty layer before that of the estates, in the tables of GeoPackage 1.0.
fn geopackage(desk: &Desk, name: &str) {
    let file = rusqlite::Connection::open(desk.path(name)).unwrap();
    file.execute_batch(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
           organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
         INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, '', '');
         CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
           description TEXT, last_change TEXT, min_x, min_y, max_x, max_y, srs_id INTEGER);
         CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,
           geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
         CREATE TABLE 空 (fid INTEGER PRIMARY KEY, geom BLOB);
         CREATE TABLE 小区 (fid INTEGER PRIMARY KEY, geom BLOB, source_id TEXT, name TEXT, dm TEXT);
         INSERT INTO gpkg_contents (table_name, data_type, srs_id)
           VALUES ('空', 'features', 4326), ('小区', 'features', 4326);
         INSERT INTO gpkg_geometry_columns
           VALUES ('空', 'geom', 'POLYGON', 4326, 0, 0), ('小区', 'geom', 'POLYGON', 4326, 0, 0);",
    )
    .unwrap();
    for (id, name, code, west) in ESTATES {
        let mut blob = b"GP\x00\x01".to_vec();
        blob.extend(4326i32.to_le_bytes());
        blob.push(1);
        for number in [3u32, 1, 5] {
            blob.extend(number.to_le_bytes());
        }
        for number in ring(west).into_iter().flatten() {
            blob.extend(number.to_le_bytes());
        }
        file.execute(
            "INSERT INTO 小区 (geom, source_id, name, dm) VALUES (?1, ?2, ?3, ?4)",
            (blob, id, name, code),
        )
        .unwrap();
    }
}

fn kml() -> String {
    let placemark = |(id, name, code, west): &(&str, &str, &str, f64)| {
        let corners = ring(*west).map(|[x, y]| format!("{x},{y},0")).join(" ");
        format!(
            "<Placemark><name>{name}</name><ExtendedData><Data name=\"source_id\"><value>{id}</value></Data>\
             <Data name=\"dm\"><value>{code}</value></Data></ExtendedData><Polygon><outerBoundaryIs>\
             <LinearRing><coordinates>{corners}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        )
    };
    let placemarks: String = ESTATES.iter().map(placemark).collect();
    format!("<?xml version=\"1.0\"?><kml><Document>{placemarks}</Document></kml>")
}

fn gpx() -> String {
    let point = |(_, name, _, west): &(&str, &str, &str, f64)| {
        format!("<wpt lat=\"{SOUTH}\" lon=\"{west}\"><name>{name}</name></wpt>")
    };
    let points: String = ESTATES.iter().map(point).collect();
    let track = "<trk><name>步行</name><trkseg><trkpt lat=\"28.48\" lon=\"117.6\"/><trkpt lat=\"28.49\" lon=\"117.6\"/></trkseg></trk>";
    format!("<gpx version=\"1.1\">{points}{track}</gpx>")
}

/// A title over the heading, codes as text, a day, a formula that failed, and a second sheet.
fn workbook(desk: &Desk, name: &str) {
    use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
    let mut book = Workbook::new();
    book.add_worksheet().set_name("说明").unwrap();
    let sheet = book.add_worksheet().set_name("小区").unwrap();
    sheet.write(0, 0, "2026年老旧小区名册").unwrap();
    let heading = [
        "source_id",
        "name",
        "dm",
        "lon",
        "lat",
        "households",
        "建成日期",
        "比例",
    ];
    sheet.write_row(2, 0, heading).unwrap();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    for (row, (id, name, code, west)) in (3..).zip(ESTATES) {
        sheet.write_row(row, 0, [id, name, code]).unwrap();
        sheet.write_row(row, 3, [west, SOUTH, 300.0]).unwrap();
        let date = ExcelDateTime::from_ymd(1998, 6, 30).unwrap();
        sheet.write_with_format(row, 6, &date, &day).unwrap();
        let failed = Formula::new("=1/0").set_result("#DIV/0!");
        sheet.write(row, 7, failed).unwrap();
    }
    let hidden = book.add_worksheet().set_name("二").unwrap();
    hidden.set_hidden(true);
    hidden.write_row(0, 0, ["source_id", "name"]).unwrap();
    hidden.write_row(1, 0, ["0099", "文化新村"]).unwrap();
    book.save(desk.path(name)).unwrap();
}

fn zipped(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// `(name, corners of the boundary)` in the order of the file.
fn found(survey: &Survey) -> Vec<(String, usize)> {
    let mut estates: Vec<_> = survey.estates().collect();
    estates.sort_by_key(|estate| estate.origin.as_ref().map(|origin| origin.row));
    let corners = |estate: &jiugai::model::Estate| {
        let boundary = estate.boundary.as_ref();
        boundary.map_or(0, |b| b.0.iter().map(|part| part.exterior().0.len()).sum())
    };
    let found = estates.iter().map(|e| (e.name.clone(), corners(e)));
    found.collect()
}

#[test]
fn the_same_three_estates_come_from_every_format() {
    let made = Desk::new();
    shapefile(&made, "面");
    let beside = |name: &str| (name.to_owned(), made.bytes(name));
    let shapes = ["面.shp", "面.dbf", "面.cpg", "面.prj", "面.shx"].map(beside);
    let shapes: Vec<_> = shapes
        .iter()
        .map(|(n, b)| (n.as_str(), b.clone()))
        .collect();
    let collection = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features().join(",")
    );
    let sequence: String = features().iter().map(|f| format!("\u{1e}{f}\n")).collect();
    geopackage(&made, "面.gpkg");
    let wgs84 = &["--datum", "wgs84"][..];
    let kmz = zipped(&[("doc.kml", kml().into_bytes()), ("../a.png", Vec::new())]);
    for (name, bytes, more) in [
        ("面.geojson", collection.into_bytes(), wgs84),
        ("行.geojson", features().join("\n").into_bytes(), wgs84),
        ("行.ndjson", features().join("\r\n").into_bytes(), wgs84),
        ("列.geojsons", sequence.clone().into_bytes(), wgs84),
        // The content tells.
        ("列.txt", sequence.into_bytes(), wgs84),
        ("面.gpkg", made.bytes("面.gpkg"), &[]),
        ("面.kml", kml().into_bytes(), &[]),
        ("面.csv", kml().into_bytes(), &[]),
        ("面.kmz", kmz, &[]),
        ("面.zip", zipped(&shapes), &[]),
    ] {
        let desk = Desk::with_survey();
        desk.write(name, bytes);
        check(&desk, name, more);
    }
    let desk = Desk::with_survey();
    shapefile(&desk, "面");
    check(&desk, "面.shp", &[]);
}

fn check(desk: &Desk, name: &str, more: &[&str]) {
    let words = ["import", SURVEY, name, "--json"];
    let told = desk.fine(&[&words[..], more].concat()).json();
    assert_eq!(
        (&told["rows"], &told["estates"]),
        (&3.into(), &3.into()),
        "{name}"
    );
    assert_eq!(told["warnings"], serde_json::json!([]), "{name}");
    assert_eq!(told["crs"], "wgs84", "{name}");
    let expected = ESTATES.map(|(_, estate, ..)| (estate.to_owned(), 5));
    assert_eq!(found(&desk.survey()), expected, "{name}");
    for (id, _, code, west) in ESTATES {
        let estate = desk.estate(id);
        assert_eq!(estate.other.get("dm"), Some(code), "{name}");
        let boundary = estate.boundary.as_ref().unwrap();
        let corner = boundary.0[0]
            .exterior()
            .0
            .iter()
            .fold(f64::MAX, |x, c| x.min(c.x));
        assert!((corner - west).abs() < 1e-7, "{name} {corner}");
    }
}

#[test]
fn waypoints_are_points_and_a_track_is_listed() {
    let desk = Desk::with_survey();
    desk.write("点.gpx", gpx());
    let told = desk.fine(&["import", SURVEY, "点.gpx", "--json"]).json();
    assert_eq!(told["register_rows"], 3);
    assert_eq!(
        told["rejected"][0]["problem"]["kind"], "unsupported_geometry",
        "{told}"
    );
    let names: Vec<_> = found(&desk.survey())
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ESTATES.map(|estate| estate.1));
}

#[test]
fn a_sheet_is_read_below_its_title_and_each_sheet_is_a_list() {
    let desk = Desk::with_survey();
    workbook(&desk, "名册.xlsx");
    desk.refuses(
        &["import", SURVEY, "名册.xlsx"],
        "--datum wgs84",
        "程序从不猜测",
    );
    let words = ["import", SURVEY, "名册.xlsx", "--datum", "wgs84", "--json"];
    let told = desk.fine(&words).json();
    assert_eq!(told["layers"], serde_json::json!(["说明", "小区", "二"]));
    assert_eq!((&told["layer"], &told["rows"]), (&"小区".into(), &3.into()));
    let kinds: Vec<_> = told["warnings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|w| w["kind"].clone())
        .collect();
    assert_eq!(kinds, ["cell_error"; 3], "{told}");
    let one = desk.estate("0071");
    assert_eq!(one.households, Some(300));
    let other = |key: &str| one.other.get(key);
    assert_eq!(other("dm"), Some("00360102001"));
    assert_eq!(other("比例"), None);
    let place = one.position.unwrap();
    assert!((place.lon - 117.6130).abs() < 1e-9);

    let second = [&words[..], &["--layer", "二"]].concat();
    assert_eq!(desk.fine(&second).json()["rows"], 1);
    assert_eq!(desk.estate("0099").name, "文化新村");
    desk.refuses(
        &[&words[..5], &["--layer", "二"]].concat(),
        "already imported",
        "已",
    );
    desk.refuses(&[&words[..5], &["--layer", "三"]].concat(), "三", "三");
}
