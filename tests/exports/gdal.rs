//! What GDAL says of each export.

use crate::{boundary, layer, record, target, write};
use jiugai::formats::exchange::{ExchangeFormat, Shape};
use jiugai::formats::library::Profile;
use jiugai::model::LonLat;
use std::path::Path;
use std::process::Command;

/// What `ogrinfo` says, both streams; `None`, with a note, where there is no `ogrinfo`.
fn ogrinfo(path: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("ogrinfo").args(arguments).arg(path).output();
    let Ok(output) = output else {
        eprintln!("skipped: ogrinfo is not on PATH");
        return None;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let is_clean = !said.contains("Warning") && !said.contains("ERROR");
    assert!(is_clean, "{said}");
    Some(said)
}

#[test]
fn gdal_reads_every_export_without_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let boundary = boundary();
    let records = [
        record("洪都新村", Shape::Outline(&boundary)),
        record("<b> & \"c\"", Shape::Point(LonLat::new(116.1, 28.6))),
        record("=1+1", Shape::None),
    ];
    const CGCS2000: &str = "ID[\"EPSG\",4490]]";
    let expected: [(ExchangeFormat, usize, &[&str]); 6] = [
        (
            ExchangeFormat::GeoJson,
            0,
            &[
                "Layer name: estate",
                "Feature Count: 3",
                CGCS2000,
                "community_code: StringList",
                "households: Integer",
                "floor_area_m2: Real",
                "residential: Integer(Boolean)",
            ],
        ),
        (
            ExchangeFormat::GeoPackage,
            0,
            &[
                "Geometry: Multi Polygon\nFeature Count: 1",
                "Extent: (115.900000, 28.700000) - (115.910000, 28.710000)",
                "Layer name: estate_point",
                "Geometry: Point\nFeature Count: 2",
                "Extent: (116.100000, 28.600000) - (116.100000, 28.600000)",
                CGCS2000,
                "residential: Integer(Boolean)",
                "domain name=locality",
            ],
        ),
        (
            ExchangeFormat::Shapefile,
            0,
            &[
                "Geometry: Polygon\nFeature Count: 1",
                "Extent: (115.900000, 28.700000) - (115.910000, 28.710000)",
                "China Geodetic Coordinate System 2000",
                "community: String (30.0)",
                "households: Integer (9.0)",
                "floor_area: Real (11.1)",
            ],
        ),
        (
            ExchangeFormat::Shapefile,
            5,
            &[
                "Geometry: Point\nFeature Count: 2",
                "China Geodetic Coordinate System 2000",
            ],
        ),
        (ExchangeFormat::Kml, 0, &["Feature Count: 3", "WGS 84"]),
        (
            ExchangeFormat::Csv,
            0,
            &[
                "Feature Count: 3",
                "Geometry: Unknown (any)",
                "户数（户）: String",
            ],
        ),
    ];
    for (format, file, parts) in expected {
        let path = target(folder.path(), format);
        let written = write(&path, &layer(Profile::Cgcs2000), &records);
        let Some(said) = ogrinfo(&written.files[file], &["-ro", "-al", "-so"]) else {
            return;
        };
        for part in parts {
            assert!(said.contains(part), "{format:?}: {part}\n{said}");
        }
    }
    let path = target(folder.path(), ExchangeFormat::Xlsx);
    write(&path, &layer(Profile::Cgcs2000), &records);
    // Not every build of GDAL has the driver.
    if ogrinfo(&path, &["--formats"]).is_some_and(|formats| formats.contains("XLSX")) {
        let said = ogrinfo(&path, &["-ro", "-al"]).unwrap();
        for part in [
            "Layer name: 小区",
            "Feature Count: 3",
            "小区名称 (String) = =1+1",
            "户数（户） (Integer) = -3",
        ] {
            assert!(said.contains(part), "{part}\n{said}");
        }
    }
}

#[test]
fn gdal_reads_the_values_of_every_export() {
    let folder = tempfile::tempdir().unwrap();
    let boundary = boundary();
    let records = [record("洪都新村", Shape::Outline(&boundary))];
    for (format, name, area) in [
        (ExchangeFormat::GeoJson, "name", "floor_area_m2 (Real)"),
        (ExchangeFormat::GeoPackage, "name", "floor_area_m2 (Real)"),
        (ExchangeFormat::Shapefile, "name", "floor_area (Real)"),
        (ExchangeFormat::Csv, "小区名称", "建筑面积（㎡） (String)"),
    ] {
        let path = target(folder.path(), format);
        write(&path, &layer(Profile::Rfc7946), &records);
        let Some(said) = ogrinfo(&path, &["-ro", "-al"]) else {
            return;
        };
        assert!(
            said.contains(&format!("{name} (String) = 洪都新村")),
            "{said}"
        );
        assert!(said.contains(&format!("{area} = 19404.5")), "{said}");
        assert!(said.contains("POLYGON (("), "{said}");
    }
}

#[test]
fn gdal_finds_records_by_place_and_words_for_their_values() {
    let folder = tempfile::tempdir().unwrap();
    let boundary = boundary();
    let path = target(folder.path(), ExchangeFormat::GeoPackage);
    let records = [
        record("洪都新村", Shape::Outline(&boundary)),
        record("他处", Shape::Point(LonLat::new(116.1, 28.6))),
    ];
    write(&path, &layer(Profile::Cgcs2000), &records);
    let there = ["-q", "-ro", "-al", "-spat", "116", "28.5", "116.2", "28.7"];
    let Some(said) = ogrinfo(&path, &there) else {
        return;
    };
    assert!(
        said.contains("他处") && !said.contains("洪都新村"),
        "{said}"
    );
    let said = ogrinfo(&path, &["-fielddomain", "locality"]).unwrap();
    assert!(said.contains("city: 城市"), "{said}");
}

#[test]
#[ignore = "writes files for tests/qgis/check.py into the folder JIUGAI_EXPORTS"]
fn exports_for_other_programs() {
    let folder = std::env::var_os("JIUGAI_EXPORTS").expect("the folder JIUGAI_EXPORTS");
    std::fs::create_dir_all(&folder).unwrap();
    let boundary = boundary();
    let records = [
        record("洪都新村", Shape::Outline(&boundary)),
        record("<b> & \"c\"", Shape::Point(LonLat::new(116.1, 28.6))),
        record("=1+1", Shape::None),
    ];
    for format in ExchangeFormat::ALL {
        let path = Path::new(&folder)
            .join("estates")
            .with_extension(format.extension());
        write(&path, &layer(Profile::Cgcs2000), &records);
    }
}
