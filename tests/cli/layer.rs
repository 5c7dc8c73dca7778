//! `jiugai layer`.

use crate::{Desk, REFUSED};

/// Two polygons, one with the code of a street of 南昌东湖区; a point without a place.
const STREETS: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"街道名称":"甲街道","代码":"360102001"},"geometry":{"type":"Polygon",
 "coordinates":[[[115.88,28.68],[115.89,28.68],[115.89,28.69],[115.88,28.68]]]}},
{"type":"Feature","properties":{"街道名称":"乙街道","代码":"360102002"},"geometry":{"type":"Polygon",
 "coordinates":[[[115.89,28.68],[115.90,28.68],[115.90,28.69],[115.89,28.68]]]}},
{"type":"Feature","properties":{"街道名称":"丙"},"geometry":null}]}"#;

#[test]
fn a_layer_says_its_system_what_was_skipped_and_which_divisions_it_draws() {
    let desk = Desk::new();
    desk.write("街道 边界.geojson", STREETS);
    let run = desk.fine(&["layer", "街道 边界.geojson"]);
    let expected = "街道 边界: 2 features, read as";
    assert!(run.stdout.contains(expected), "{}", run.stdout);
    assert!(run.stdout.contains("1 have no geometry"), "{}", run.stdout);
    let expected = "2 divisions by the codes in column 代码";
    assert!(run.stdout.contains(expected), "{}", run.stdout);

    let layer = desk.fine(&["layer", "街道 边界.geojson", "--json"]).json();
    assert_eq!(layer["features"], 2);
    assert_eq!(layer["skipped"][0]["feature"], 3);
    assert_eq!(layer["skipped"][0]["reason"], "no_geometry");
    assert_eq!(layer["divisions"]["by"], "codes");
    assert_eq!(layer["divisions"]["found"], 2);
    assert_eq!(layer["extent"][0], 115.88);
}

#[test]
fn a_layer_without_divisions_is_a_layer_all_the_same() {
    let desk = Desk::new();
    desk.write(
        "井.geojson",
        r#"{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[115.9,28.7]}}"#,
    );
    let run = desk.fine(&["layer", "井.geojson", "--language", "en"]);
    assert!(run.stdout.contains("has no polygons"), "{}", run.stdout);
    let layer = desk.fine(&["layer", "井.geojson", "--json"]).json();
    assert!(layer["divisions"].is_null());
}

#[test]
fn what_is_no_layer_is_refused_with_what_to_do() {
    let desk = Desk::new();
    desk.write("名册.txt", "小区");
    desk.refuses(&["layer", "名册.txt"], "Layers come as GeoJSON", "GeoJSON");
    desk.refuses(&["layer", "没有.shp"], "was not found", "没有.shp");
    desk.write("街道.geojson", STREETS);
    for system in ["gk114", "gk117-zone", "web-mercator"] {
        let words = ["layer", "街道.geojson", "--crs", system];
        desk.refuses(&words, "look like longitude and latitude", "街道.geojson");
    }
    let run = desk.run(&["layer", "街道.geojson", "--crs", "EPSG:4326"]);
    assert_ne!(run.code, REFUSED, "{}", run.stderr);
}
