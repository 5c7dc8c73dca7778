//! Layers of others: opened, looked at, snapped to, and asked for the codes of new estates.

use crate::basemap::{drawn, draws};
use crate::bench::{Window, complete_estate, folder, survey_file};
use crate::drawing::{Ground, ring};
use egui::{Key, Modifiers};
use geo::Coord;
use jiugai::geodesy::crs;
use jiugai::model::{Crs, Easting, Estate, Field, LonLat, Meridian, ValueSource};
use shapefile::{Point, Polyline, ShapeWriter};
use std::path::{Path, PathBuf};

const GIVES_CODES: &str = "社区: Fills the street and community codes of new estates";

/// Two communities of the county, west and east of the middle between the two estates: their codes
/// are real, their borders are not. A corner of the common border lies at [`CORNER`].
const COMMUNITIES: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","properties":{"名称":"民巷社区","代码":"360102002001"},"geometry":{"type":"Polygon",
  "coordinates":[[[115.899,28.675],[115.9035,28.675],[115.9037123456789,28.6795],[115.9035,28.69],[115.899,28.69],[115.899,28.675]]]}},
 {"type":"Feature","properties":{"名称":"章江路社区","代码":"360102002002"},"geometry":{"type":"Polygon",
  "coordinates":[[[115.9035,28.675],[115.909,28.675],[115.909,28.69],[115.9035,28.69],[115.9037123456789,28.6795],[115.9035,28.675]]]}},
 {"type":"Feature","properties":{"名称":"没有边界的社区"},"geometry":null}]}"#;
const CORNER: Coord = Coord {
    x: 115.903_712_345_678_9,
    y: 28.679_5,
};

/// Beside the survey, under a name with Chinese and a space.
fn beside(survey: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let folder = survey.with_file_name("外来 图层");
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join(name);
    std::fs::write(&path, content).unwrap();
    path
}

impl Window {
    /// Opens a layer on its page.
    fn open_layer(&mut self, path: &Path) {
        self.press_with(Modifiers::COMMAND, Key::B);
        self.click("Reference layers");
        self.type_path(path);
        self.click("Open the layer");
    }
}

impl Ground {
    fn close_layers(&mut self) {
        self.window.press(Key::Escape);
        self.window.let_notices_go();
        self.look_again();
    }
}

/// Two estates, and the communities, which give codes.
fn with_communities() -> Ground {
    let mut ground = Ground::new();
    let path = beside(&ground.path, "社区.geojson", COMMUNITIES);
    let window = &mut ground.window;
    window.open_layer(&path);
    window.wait_for(GIVES_CODES);
    window.click(GIVES_CODES);
    ground.close_layers();
    ground
}

fn codes(estate: &Estate) -> (&str, &str, Vec<&str>) {
    let communities = estate.community_codes.iter().map(String::as_str);
    (
        &estate.county_code,
        &estate.street_code,
        communities.collect(),
    )
}

#[test]
fn a_layer_is_listed_with_its_counts_and_its_names_are_drawn() {
    if !draws() {
        return;
    }
    let (_temporary, folder) = folder();
    let survey = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let path = beside(&survey, "社区.geojson", COMMUNITIES);
    let mut window = drawn(survey);
    let picture = |window: &mut Window| {
        window.press(Key::Escape);
        window.let_notices_go();
        window.harness.render().unwrap()
    };
    let before = picture(&mut window);
    window.open_layer(&path);
    window.wait_for_text("社区: 2 features, read as WGS 84");
    assert!(window.shows("1 have no geometry"));
    assert!(window.shows("2 divisions by the codes in column 代码; 0 polygons have none"));
    let with_names = picture(&mut window);
    assert!(with_names != before, "it is seen");

    window.press_with(Modifiers::COMMAND, Key::B);
    window.click("Reference layers");
    window.click("社区: names");
    let without_names = picture(&mut window);
    assert!(without_names != before && without_names != with_names);

    window.press_with(Modifiers::COMMAND, Key::B);
    window.click("Reference layers");
    window.click("Remove 社区");
    assert!(picture(&mut window) == before);
}

#[test]
fn a_new_estate_has_the_codes_of_where_it_lies_and_one_undo_takes_both_back() {
    let mut ground = with_communities();
    let before = ground.window.survey().clone();
    for (east, north, community) in [(0.2, -0.8, "360102002001"), (2.2, 1.2, "360102002002")] {
        ground.window.press(Key::D);
        let corners = [(0.0, 0.0), (0.6, 0.0), (0.6, 0.4), (0.0, 0.4)];
        ground.click_all(&corners.map(|(x, y)| (east + x, north + y)));
        ground.window.press(Key::Enter);
        let [estate] = ground.new_estates()[..] else {
            panic!("{:?}", ground.new_estates());
        };
        assert_eq!(codes(estate), ("360102", "360102002", vec![community]));
        for field in [Field::StreetCode, Field::CommunityCodes] {
            assert_eq!(estate.source_of(&field), ValueSource::Derived);
        }
        ground.window.press(Key::Escape);
        ground.window.press_with(Modifiers::COMMAND, Key::Z);
        assert_eq!(*ground.window.survey(), before, "estate and codes at once");
    }
}

#[test]
fn codes_are_filled_in_as_long_as_that_is_wanted() {
    let mut ground = with_communities();
    ground.window.press_with(Modifiers::COMMAND, Key::B);
    ground.window.click("Reference layers");
    ground.window.click(GIVES_CODES);
    ground.close_layers();
    ground.window.press(Key::D);
    ground.click_all(&[(0.2, -0.8), (0.8, -0.8), (0.8, -0.4), (0.2, -0.4)]);
    ground.window.press(Key::Enter);
    let [estate] = ground.new_estates()[..] else {
        panic!("{:?}", ground.new_estates());
    };
    assert!(estate.street_code.is_empty() && estate.community_codes.is_empty());
}

#[test]
fn a_corner_clicked_beside_a_layers_corner_lies_exactly_on_it() {
    let mut ground = with_communities();
    let place = |at: Coord| ((at.x - 115.902) * 1e3, (at.y - 28.68) * 1e3);
    let (east, north) = place(CORNER);
    let draw = |ground: &mut Ground| {
        ground.window.press(Key::D);
        ground.click_all(&[(0.2, -0.9), (east - 0.02, north + 0.01), (0.2, -0.3)]);
        ground.window.press(Key::Enter);
        let has_corner = ring(ground.drawn()).contains(&CORNER);
        ground.window.press(Key::Escape);
        ground.window.press_with(Modifiers::COMMAND, Key::Z);
        has_corner
    };
    assert!(draw(&mut ground), "to the last bit");

    ground.window.press_with(Modifiers::COMMAND, Key::B);
    ground.window.click("Reference layers");
    ground.window.click("社区: snap to it");
    ground.close_layers();
    assert!(!draw(&mut ground), "it was told not to");
}

/// A road past the estates as a shapefile in `crs`, with no word about the system.
fn road(path: &Path, crs: Crs) {
    let at = |lon, lat| {
        let at = crs::from_storage(crs, LonLat::new(lon, lat)).unwrap();
        Point::new(at.x, at.y)
    };
    let line = Polyline::new(vec![at(115.9, 28.6792), at(115.905, 28.6795)]);
    let mut writer = ShapeWriter::from_path(path).unwrap();
    writer.write_shape(&line).unwrap();
}

#[test]
fn a_shapefile_without_prj_asks_for_its_system_and_is_then_read() {
    let mut ground = Ground::new();
    let path = beside(&ground.path, "规划 道路.shp", "");
    road(&path, Crs::GaussKruger(Meridian::East114, Easting::Plain));
    let window = &mut ground.window;
    window.open_layer(&path);
    let question = "Coordinate system of the layer";
    window.wait_for(question);
    let reason = window.text_with("does not say in which system");
    assert!(reason.contains("metres without a zone number"), "{reason}");
    // A wrong answer is noticed, and asked about again.
    window.click(question);
    let wrong = window.button_with("WGS 84 (GPS)");
    window.click_menu(&wrong);
    window.wait_for_text("Not one position of");
    window.click(question);
    let right = window.button_with("EPSG:4547");
    window.click_menu(&right);
    window.wait_for_text("规划 道路: 1 features");
    ground.close_layers();

    // It lies where it should: what snaps to its end is at its place.
    ground.window.press(Key::D);
    ground.click_all(&[(0.2, -0.9), (0.8, -0.9), (3.0, -0.5)]);
    ground.window.press(Key::Enter);
    let near = |at: &&Coord| (at.x - 115.905).hypot(at.y - 28.6795) < 1e-8;
    assert!(ring(ground.drawn()).iter().any(|at| near(&at)));
}

#[test]
fn a_file_that_is_no_layer_is_told_in_a_sentence_and_changes_nothing() {
    let mut ground = with_communities();
    let before = ground.window.survey().clone();
    for (name, content, told) in [
        ("破的.geojson", &COMMUNITIES[..200], "破的.geojson"),
        ("信.docx", "Dear colleague", "is no layer that can be read"),
        ("破的.zip", "PK\u{3}\u{4}", "is a damaged zip file"),
        ("破的.shp", "\0\0", "is a damaged shapefile"),
        (
            "破的.gpkg",
            "SQLite format 3\0",
            "cannot be read as a GeoPackage",
        ),
        ("破的.gpx", "<gpx><trk>", "breaks off or is no proper XML"),
    ] {
        let path = beside(&ground.path, name, content);
        let window = &mut ground.window;
        window.open_layer(&path);
        window.wait_for_text(told);
        assert!(window.has_control(GIVES_CODES), "the other layer is there");
        if window.has_control(&format!("Remove {name}")) {
            window.click(&format!("Remove {name}"));
        }
        ground.close_layers();
    }
    assert_eq!(*ground.window.survey(), before);
    ground.window.press(Key::D);
    ground.click_all(&[(0.2, -0.8), (0.8, -0.8), (0.8, -0.4), (0.2, -0.4)]);
    ground.window.press(Key::Enter);
    assert_eq!(codes(ground.new_estates()[0]).2, ["360102002001"]);
}

#[test]
fn a_recorded_track_is_shown() {
    if !draws() {
        return;
    }
    let (_temporary, folder) = folder();
    let survey = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let points = (0..40).map(|n| {
        let lon = 115.9022 + f64::from(n) * 2e-5;
        format!(r#"<trkpt lat="28.6803" lon="{lon}"/>"#)
    });
    let points = points.collect::<String>();
    let track = format!(
        r#"<?xml version="1.0"?><gpx version="1.1" creator="a" xmlns="http://www.topografix.com/GPX/1/1">
        <trk><name>上午</name><trkseg>{points}</trkseg></trk></gpx>"#
    );
    let path = beside(&survey, "轨迹 1.gpx", track);
    let mut window = drawn(survey);
    window.let_notices_go();
    let before = window.harness.render().unwrap();
    window.open_layer(&path);
    window.wait_for_text("1 features");
    window.press(Key::Escape);
    window.let_notices_go();
    assert!(window.harness.render().unwrap() != before);
}
