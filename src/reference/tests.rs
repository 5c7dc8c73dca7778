//! What becomes of the layers of others.

use super::*;
use crate::geodesy::measure::distance_m;
use crate::model::Datum;
use std::io::Write;
use std::path::PathBuf;

/// A folder with these files, and the path of the first.
fn written(files: &[(&str, &[u8])]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let path = folder.path().join(files[0].0);
    (folder, path)
}

fn read_files(files: &[(&str, &[u8])], declared: Option<&str>) -> Result<Layer, LayerErrorKind> {
    let (_folder, path) = written(files);
    let declared = declared.map(|name| Crs::named(name).unwrap());
    read(&path, None, declared, &Progress::default()).map_err(|error| error.kind)
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn conformance(name: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/testdata/conformance"
    ))
    .join(name);
    if !path.exists() {
        eprintln!("skipped: {} is absent", path.display());
        return None;
    }
    Some(path)
}

fn read_path(path: &Path, declared: Option<&str>) -> Result<Layer, LayerErrorKind> {
    let declared = declared.map(|name| Crs::named(name).unwrap());
    read(path, None, declared, &Progress::default()).map_err(|error| error.kind)
}

const EVERY_GEOMETRY: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"OBJECTID":1,"名称":"点"},"geometry":{"type":"MultiPoint","coordinates":[[115.9,28.6],[115.91,28.61]]}},
 {"type":"Feature","properties":{"名称":"线"},"geometry":{"type":"LineString","coordinates":[[115.9,28.6],[115.91,28.61]]}},
 {"type":"Feature","properties":{"名称":"面","代码":"360102001"},"geometry":{"type":"GeometryCollection","geometries":[
   {"type":"Polygon","coordinates":[[[115.9,28.6],[115.91,28.6],[115.91,28.61],[115.9,28.6]]]},
   {"type":"Point","coordinates":[115.905,28.605]}]}},
 {"type":"Feature","properties":{"名称":"无"},"geometry":null},
 {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":["a"]}},
 {"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[200,28]}},
 17]}"#;

#[test]
fn geojson_of_every_kind_is_read_and_what_cannot_be_is_listed() {
    let layer = read_files(&[("街道.geojson", EVERY_GEOMETRY.as_bytes())], None).unwrap();
    assert_eq!(layer.name, "街道");
    assert_eq!(layer.crs, Crs::Degrees(Datum::Wgs84));
    let labels: Vec<_> = layer.features.iter().map(|f| layer.label(f)).collect();
    assert_eq!(labels, ["点", "线", "面"]);
    let [points, line, mixed] = &layer.features[..] else {
        unreachable!("three features")
    };
    assert_eq!(points.shape.points.len(), 2);
    assert_eq!(line.shape.lines[0].0.len(), 2);
    assert_eq!(mixed.shape.polygons.0.len(), 1);
    assert_eq!(mixed.shape.points.len(), 1);
    let attributes: Vec<_> = layer.attributes(mixed).collect();
    assert_eq!(attributes, [("名称", "面"), ("代码", "360102001")]);
    use SkipReason::*;
    let skipped: Vec<_> = layer.skipped.iter().map(|s| (s.number, s.reason)).collect();
    assert_eq!(
        skipped,
        [(4, NoGeometry), (5, Broken), (6, BadPosition), (7, Broken)]
    );
    let (south_west, north_east) = layer.extent.unwrap();
    assert_eq!((south_west.lon, north_east.lat), (115.9, 28.61));
}

#[test]
fn a_declared_system_counts_more_than_what_the_file_says() {
    let plain = EVERY_GEOMETRY.as_bytes();
    let honest = read_files(&[("a.json", plain)], None).unwrap();
    let shifted = read_files(&[("a.json", plain)], Some("gcj02")).unwrap();
    let apart = distance_m(
        honest.features[0].shape.points[0],
        shifted.features[0].shape.points[0],
    );
    assert!((200.0..900.0).contains(&apart), "{apart}");
    let metres = r#"{"type":"Point","coordinates":[3175280.9,38685719.7],
        "crs":{"type":"name","properties":{"name":"EPSG:4526"}}}"#;
    let layer = read_files(&[("a.geojson", metres.as_bytes())], None).unwrap();
    assert_eq!(layer.axes, AxisOrder::NorthFirst);
    let at = layer.features[0].shape.points[0];
    assert!(distance_m(at, LonLat::new(115.9, 28.68)) < 1.0, "{at:?}");
    assert!(matches!(
        read_files(&[("a.geojson", metres.as_bytes())], Some("wgs84")),
        Err(LayerErrorKind::NotOfSystem { .. })
    ));
    let other = metres.replace("4526", "32650");
    assert!(matches!(
        read_files(&[("a.geojson", other.as_bytes())], None),
        Err(LayerErrorKind::UnknownSystem { name }) if name == "EPSG:32650"
    ));
}

#[test]
fn what_is_no_layer_is_refused() {
    use LayerErrorKind::*;
    for (name, bytes, is_expected) in [
        (
            "a.txt",
            &b"hello"[..],
            (|e| matches!(e, UnknownFormat)) as fn(&LayerErrorKind) -> bool,
        ),
        ("a.dbf", b"\x03", |e| matches!(e, NoShapes)),
        ("a.zip", b"PK\x03\x04 and so on", |e| {
            matches!(e, Damaged(Damage::Zip(_)))
        }),
        ("a.geojson", b"{", |e| matches!(e, Format(_))),
        ("a.shp", b"\x00\x00\x27\x0a", |e| {
            matches!(e, Damaged(Damage::Shapefile(_)))
        }),
        ("a.kml", b"<kml><Placemark></kml>", |e| {
            matches!(e, Damaged(Damage::Xml(_)))
        }),
        ("a.gpkg", b"SQLite format 3\0....", |e| {
            matches!(e, Damaged(Damage::GeoPackage(_)))
        }),
    ] {
        let error = read_files(&[(name, bytes)], None).unwrap_err();
        assert!(is_expected(&error), "{name} {error:?}");
    }
    let absent = Path::new("nowhere.shp");
    assert!(matches!(read_path(absent, None), Err(Io(_))));
    let empty = zipped(&[("readme.txt", b"")]);
    assert!(matches!(
        read_files(&[("a.zip", &empty)], None),
        Err(NoLayers)
    ));
}

#[test]
fn kml_gives_placemarks_of_nested_folders_with_their_data() {
    let kml = r#"<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><name>文档</name>
<Folder><name>东湖区</name><Folder>
<Placemark id="a"><name>红星&amp;小区</name><description><![CDATA[<b>旧</b>]]></description>
 <ExtendedData><Data name="code"><value>360102001001</value></Data>
 <SchemaData schemaUrl="s"><SimpleData name="户数">120</SimpleData></SchemaData></ExtendedData>
 <MultiGeometry><Polygon><outerBoundaryIs><LinearRing><coordinates>
   115.9,28.6,0 115.92,28.6,0 115.92,28.62,0 115.9,28.6,0</coordinates></LinearRing></outerBoundaryIs>
   <innerBoundaryIs><LinearRing><coordinates>115.912,28.605 115.915,28.605 115.915,28.608 115.912,28.605</coordinates></LinearRing></innerBoundaryIs></Polygon>
   <Point><coordinates>115.91,28.61</coordinates></Point></MultiGeometry></Placemark>
<Placemark><name>线</name><LineString><coordinates>115.9,28.6 115.91,28.61</coordinates></LineString></Placemark>
<Placemark><name>轨迹</name><gx:Track><when>2026-01-01T00:00:00Z</when><gx:coord>115.9 28.6 0</gx:coord><gx:coord>115.91 28.61 0</gx:coord></gx:Track></Placemark>
<Placemark><name>空</name></Placemark>
<Placemark><name>坏</name><Point><coordinates>东,28</coordinates></Point></Placemark>
</Folder></Folder></Document></kml>"#;
    let layer = read_files(&[("小区.kml", kml.as_bytes())], None).unwrap();
    let labels: Vec<_> = layer.features.iter().map(|f| layer.label(f)).collect();
    assert_eq!(labels, ["红星&小区", "线", "轨迹"]);
    let estate = &layer.features[0];
    assert_eq!(estate.shape.polygons.0[0].interiors().len(), 1);
    assert_eq!(estate.shape.points.len(), 1);
    let attributes: Vec<_> = layer.attributes(estate).collect();
    assert!(attributes.contains(&("description", "<b>旧</b>")));
    assert!(attributes.contains(&("code", "360102001001")));
    assert!(attributes.contains(&("户数", "120")));
    assert_eq!(layer.features[2].shape.lines[0].0.len(), 2);
    let skipped: Vec<_> = layer.skipped.iter().map(|s| (s.number, s.reason)).collect();
    use SkipReason::*;
    assert_eq!(skipped, [(4, NoGeometry), (5, BadPosition)]);
    let kmz = zipped(&[("doc.kml", kml.as_bytes()), ("files/a.png", b"")]);
    let again = read_files(&[("小区.kmz", &kmz)], None).unwrap();
    assert_eq!(again.features, layer.features);
}

#[test]
fn gpx_gives_waypoints_routes_and_tracks_with_their_times() {
    let gpx = r#"<gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<metadata><name>外业</name></metadata>
<wpt lat="28.60" lon="115.90"><ele>23.5</ele><time>2026-05-01T01:02:03Z</time><name>红星小区</name><hdop>1.2</hdop></wpt>
<rte><name>路线</name><rtept lat="28.60" lon="115.90"/><rtept lat="28.61" lon="115.91"/></rte>
<trk><name>步行</name><trkseg><trkpt lat="28.60" lon="115.90"><time>2026-05-01T01:00:00Z</time></trkpt>
<trkpt lat="28.61" lon="115.91"><time>not a time</time></trkpt></trkseg>
<trkseg><trkpt lat="28.62" lon="115.92"><time>2026-05-01T02:00:00+08:00</time></trkpt><trkpt lat="x" lon="115.92"/></trkseg></trk></gpx>"#;
    let (_folder, path) = written(&[("外业.gpx", gpx.as_bytes())]);
    let layer = read_path(&path, None).unwrap();
    assert_eq!(
        layer.features.len(),
        2,
        "a track with a bad point is no line"
    );
    assert_eq!(layer.label(&layer.features[0]), "红星小区");
    let attributes: Vec<_> = layer.attributes(&layer.features[0]).collect();
    assert!(attributes.contains(&("time", "2026-05-01T01:02:03Z")));
    assert_eq!(layer.skipped[0].reason, SkipReason::BadPosition);

    let recorded = gpx::recorded(&path, &Progress::default()).unwrap();
    let times: Vec<_> = recorded
        .iter()
        .map(|r| r.at.map(|at| at.to_string()))
        .collect();
    let expected = [
        Some("2026-05-01T01:02:03Z"),
        Some("2026-05-01T01:00:00Z"),
        None,
        Some("2026-04-30T18:00:00Z"),
    ];
    assert_eq!(times, expected.map(|time| time.map(str::to_owned)));
    assert_eq!(
        (recorded[0].hdop, recorded[1].name.as_str()),
        (Some(1.2), "步行")
    );
}

#[test]
fn a_kml_or_gpx_file_that_breaks_off_between_elements_is_refused() {
    let kml = "<kml><Document><Placemark><name>民巷</name><Point><coordinates>115.9,28.6</coordinates>\
               </Point></Placemark></Document></kml>";
    let gpx = r#"<gpx><wpt lat="28.6" lon="115.9"><name>井</name></wpt></gpx>"#;
    for (name, text, end) in [("a.kml", kml, "</Document>"), ("a.gpx", gpx, "</gpx>")] {
        assert_eq!(
            read_files(&[(name, text.as_bytes())], None)
                .unwrap()
                .features
                .len(),
            1
        );
        let (whole, _) = text.split_once(end).unwrap();
        let cut_off = read_files(&[(name, whole.as_bytes())], None).unwrap_err();
        assert!(
            matches!(cut_off, LayerErrorKind::Damaged(Damage::Xml(_))),
            "{cut_off:?}"
        );
    }
}

#[test]
fn a_shapefile_is_read_with_what_lies_beside_it_and_without() {
    let Some(folder) = conformance("shpjs") else {
        return;
    };
    let file = |name: &str| folder.join(name);
    let of = |name: &str, declared| read_path(&file(name), declared);
    let utf = of("utf.shp", None).unwrap();
    assert_eq!(utf.crs, Crs::Degrees(Datum::Wgs84));
    assert!(
        utf.features.iter().any(|f| !utf.label(f).is_ascii()),
        "{utf:?}"
    );
    // A page of the web in the place of the .prj, no .shx, and no .prj at all.
    assert!(matches!(
        of("htmlprj.shp", None),
        Err(LayerErrorKind::NoSystem { .. })
    ));
    assert_eq!(
        of("htmlprj.shp", Some("wgs84")).unwrap().features.len(),
        utf.features.len()
    );
    assert!(matches!(
        of("counties.shp", None),
        Err(LayerErrorKind::NoSystem { .. })
    ));
    assert!(matches!(
        of("LGA_2013_AUST.shp", None),
        Err(LayerErrorKind::UnknownSystem { .. })
    ));
    let lga = of("LGA_2013_AUST.shp", Some("wgs84")).unwrap();
    assert!(!lga.features.is_empty() && !lga.columns.is_empty());
    // A page of the web under the name of a zip file.
    assert!(matches!(
        of("badzip.zip", None),
        Err(LayerErrorKind::UnknownFormat)
    ));
    assert!(matches!(
        of("noshp.zip", None),
        Err(LayerErrorKind::NoShapes)
    ));
    for name in [
        "counties.zip",
        "senate.zip",
        "utf.zip",
        "mixedcase.zip",
        "T8Th4_6n.zip",
    ] {
        for declared in [None, Some("wgs84"), Some("gk117")] {
            match of(name, declared) {
                Ok(layer) => eprintln!("{name} {declared:?}: {}", layer.features.len()),
                Err(error) => eprintln!("{name} {declared:?}: {error}"),
            }
        }
    }
}

#[test]
fn geopackages_of_every_version_open_or_are_refused() {
    let Some(folder) = conformance("gpkg_ets12") else {
        return;
    };
    let mut read_something = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let names = match layers(&path) {
            Ok(names) => names,
            Err(error) => {
                eprintln!("{error}");
                continue;
            }
        };
        for name in names {
            match read(&path, Some(&name), None, &Progress::default()) {
                Ok(layer) => {
                    read_something += 1;
                    eprintln!("{}: {name} {}", path.display(), layer.features.len());
                }
                Err(error) => eprintln!("{name}: {error}"),
            }
        }
    }
    assert!(read_something > 8, "{read_something}");
}

#[test]
fn a_stopped_reading_stops() {
    let (_folder, path) = written(&[("a.geojson", EVERY_GEOMETRY.as_bytes())]);
    let progress = Progress::default();
    progress.cancel();
    let error = read(&path, None, None, &progress).unwrap_err();
    assert!(matches!(error.kind, LayerErrorKind::Cancelled(_)));
}

/// `cargo test --lib -- --ignored --nocapture a_hundred_thousand`
#[test]
#[ignore = "measures"]
fn a_hundred_thousand_features_take_some_seconds() {
    let features: Vec<String> = (0..100_000)
        .map(|index| {
            let (x, y) = (115.0 + f64::from(index % 316) * 1e-3, 28.0 + f64::from(index / 316) * 1e-3);
            let corner = |dx: f64, dy: f64| format!("[{:.7},{:.7}]", x + dx, y + dy);
            let ring: Vec<_> = (0..12)
                .map(|side| {
                    let angle = f64::from(side % 11) / 11.0 * std::f64::consts::TAU;
                    corner(4e-4 * angle.cos(), 4e-4 * angle.sin())
                })
                .collect();
            format!(
                r#"{{"type":"Feature","properties":{{"id":{index},"名称":"楼{index}","floors":6}},"geometry":{{"type":"Polygon","coordinates":[[{}]]}}}}"#,
                ring.join(",")
            )
        })
        .collect();
    let text = format!(
        r#"{{"type":"FeatureCollection","features":[{}]}}"#,
        features.join(",")
    );
    let (_folder, path) = written(&[("a.geojson", text.as_bytes())]);
    let started = std::time::Instant::now();
    let layer = read_path(&path, Some("gcj02")).unwrap();
    eprintln!(
        "{} features in {:?}",
        layer.features.len(),
        started.elapsed()
    );
    assert_eq!(layer.features.len(), 100_000);
}
