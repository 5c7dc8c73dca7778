//! Where the surveyor stands is shown, and gone to.

use crate::bench::{Window, complete_estate, folder, survey_file};
use egui::{Key, Modifiers};
use jiugai::geodesy::measure::distance_m;
use jiugai::model::LonLat;

const TRACK: &str = r#"<?xml version="1.0"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1"><trk><name>巡查</name><trkseg>
<trkpt lat="28.6900" lon="115.9200"><time>2026-05-04T07:30:00Z</time></trkpt>
<trkpt lat="28.6950" lon="115.9300"><time>2026-05-04T07:40:00Z</time></trkpt>
</trkseg></trk></gpx>"#;

#[test]
fn the_last_place_of_a_recorded_track_is_shown_and_gone_to() {
    let (_temporary, folder) = folder();
    let survey = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let track = folder.join("轨迹 1.gpx");
    std::fs::write(&track, TRACK).unwrap();
    let mut window = Window::on(&survey);
    // Nothing is known yet: a sentence, and the map stays.
    let (before, _) = window.harness.state().looks_at();
    window.choose("View", "Go to my position");
    assert!(window.shows("No position yet"));
    // The notice takes a little room, no more.
    let (after, _) = window.harness.state().looks_at();
    assert!(distance_m(before, after) < 20.0);

    window.press_with(Modifiers::COMMAND, Key::B);
    window.click("My position");
    window.click("A recorded GPX track; its last position is mine");
    window.type_path(&track);
    window.click("Read the track");
    window.click("Show my position on the map");
    window.wait_until("the track", |window| window.shows("2 recorded positions"));
    window.press(Key::Escape);
    window.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::G);
    let (center, zoom) = window.harness.state().looks_at();
    assert!(distance_m(center, LonLat::new(115.93, 28.695)) < 1.0);
    assert!(zoom >= 17.0);
}

#[test]
fn without_a_receiver_the_window_says_so_and_goes_on() {
    let (_temporary, folder) = folder();
    let survey = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    let mut window = Window::on(&survey);
    window.press_with(Modifiers::COMMAND, Key::B);
    window.click("My position");
    window.click("A receiver at a serial port");
    window.type_into("Port by name", "没有的串口 9");
    window.click("Show my position on the map");
    window.wait_until("the reason", |window| window.shows("没有的串口 9"));
    window.click("Show my position on the map");
    window.press(Key::Escape);
    assert!(window.has_control("Draw a boundary"));
}
