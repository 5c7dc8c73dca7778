//! Damaged and hostile files: a layer, or an error; never a panic.

use super::*;
use proptest::prelude::*;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Small files of every format, to be damaged.
static SEEDS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut seeds = vec![
        (
            "a.geojson".to_owned(),
            br#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":{"type":"Polygon","coordinates":[[[115.9,28.6],[115.91,28.6],[115.91,28.61],[115.9,28.6]]]}}]}"#.to_vec(),
        ),
        (
            "a.kml".to_owned(),
            b"<kml><Placemark><name>a&amp;b</name><ExtendedData><Data name=\"c\"><value>d</value></Data></ExtendedData><Polygon><outerBoundaryIs><LinearRing><coordinates>115,28 116,28 116,29 115,28</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>".to_vec(),
        ),
        (
            "a.gpx".to_owned(),
            b"<gpx><wpt lat=\"28\" lon=\"115\"><name>a</name></wpt><trk><trkseg><trkpt lat=\"28\" lon=\"115\"><time>2026-05-01T01:00:00Z</time></trkpt></trkseg></trk></gpx>".to_vec(),
        ),
    ];
    let folder = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/testdata/conformance"
    );
    for name in [
        "shpjs/utf.shp",
        "shpjs/export_polylinez.shp",
        "shpjs/utf.zip",
        "shpjs/T8Th4_6n.zip",
        "gpkg_ets12/gpkg-test-5208.gpkg",
    ] {
        if let Ok(bytes) = std::fs::read(Path::new(folder).join(name)) {
            seeds.push((name.rsplit('/').next().unwrap().to_owned(), bytes));
        }
    }
    seeds
});

/// A file with some bytes changed and its end cut off.
fn damaged() -> impl Strategy<Value = (String, Vec<u8>)> {
    let flips = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6);
    let cut = prop::option::of(any::<prop::sample::Index>());
    (any::<prop::sample::Index>(), flips, cut).prop_map(|(seed, flips, cut)| {
        let (name, mut bytes) = seed.get(&SEEDS).clone();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        (name, bytes)
    })
}

fn look_at(path: &Path) {
    let progress = Progress::default();
    let names = layers(path).unwrap_or_default();
    for name in names.iter().take(3) {
        for declared in [None, Crs::named("wgs84"), Crs::named("gk114")] {
            if let Ok(layer) = read(path, Some(name), declared, &progress) {
                for feature in &layer.features {
                    let _ = (layer.label(feature), layer.attributes(feature).count());
                }
            }
        }
    }
    let _ = gpx::recorded(path, &progress);
}

fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_file_is_read_or_refused((name, bytes) in damaged()) {
        let folder = tempfile::tempdir().unwrap();
        look_at(&put(folder.path(), &name, &bytes));
    }

    #[test]
    fn a_damaged_table_or_index_loses_no_shapes(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
        cut in prop::option::of(any::<prop::sample::Index>()),
        extension in prop::sample::select(vec!["dbf", "shx", "prj", "cpg"]),
    ) {
        let source = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/testdata/conformance/shpjs"));
        if !source.exists() {
            return Ok(());
        }
        let folder = tempfile::tempdir().unwrap();
        for beside in ["shp", "dbf", "shx", "prj", "cpg"] {
            let name = format!("utf.{beside}");
            let mut bytes = std::fs::read(source.join(&name)).unwrap();
            if beside == extension {
                for (at, byte) in &flips {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
                if let Some(cut) = cut {
                    bytes.truncate(cut.index(bytes.len()));
                }
            }
            put(folder.path(), &name, &bytes);
        }
        look_at(&folder.path().join("utf.shp"));
    }
}

#[test]
fn nesting_overflows_no_stack() {
    let folder = tempfile::tempdir().unwrap();
    let deep = 200_000;
    let kml = format!(
        "<kml>{}{}</kml>",
        "<Folder>".repeat(deep),
        "</Folder>".repeat(deep)
    );
    look_at(&put(folder.path(), "a.kml", kml.as_bytes()));
    let nested = format!(
        "<kml><Placemark>{}{}</Placemark></kml>",
        "<MultiGeometry>".repeat(deep),
        "</MultiGeometry>".repeat(deep)
    );
    look_at(&put(folder.path(), "b.kml", nested.as_bytes()));
    let collection = format!(
        r#"{}{{"type":"Point","coordinates":[1,2]}}{}"#,
        r#"{"type":"GeometryCollection","geometries":["#.repeat(deep),
        "]}".repeat(deep)
    );
    look_at(&put(folder.path(), "c.geojson", collection.as_bytes()));
}
