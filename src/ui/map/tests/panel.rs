//! Panning, zooming, what floats on the map.

use super::*;

#[test]
fn a_drag_pans_and_the_wheel_zooms_about_the_cursor() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    let before = harness.state().view();
    drag(&mut harness, pos2(300.0, 600.0), pos2(400.0, 620.0));
    let panned = harness.state().view();
    assert!(panned.center[0] < before.center[0] && panned.center[1] < before.center[1]);
    assert_eq!(harness.state().asked, [], "a drag is no click");

    let cursor = pos2(700.0, 200.0);
    harness.hover_at(cursor);
    harness.run();
    let under = harness.state().view().unproject(cursor);
    harness.event(Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: vec2(0.0, 2.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    });
    harness.run();
    let zoomed = harness.state().view();
    assert_eq!(zoomed.zoom, 17.0);
    let now_under = zoomed.unproject(cursor);
    assert!((now_under.lon - under.lon).abs() < 1e-8 && (now_under.lat - under.lat).abs() < 1e-8);
}

#[test]
fn the_map_has_a_name_and_its_buttons_too() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    harness.get_by_label("map");
    harness.get_by_label("Zoom in").click();
    harness.run();
    assert_eq!(harness.state().state.zoom(), 17.0);
    harness.get_by_label("Show the whole survey").click();
    harness.run();
    let view = harness.state().view();
    assert!(view.rect.contains(from_middle(harness.state(), 3.0, 0.0)));
    assert!(view.rect.contains(from_middle(harness.state(), -2.0, 2.0)));
}

#[test]
fn a_click_on_the_legend_is_none_on_the_map() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    let word = harness.get_by_label("ageing").rect().center();
    click(&mut harness, word);
    assert_eq!(harness.state().asked, []);
    harness
        .get_by_label_contains("Worst of water, power, road, gas")
        .click();
    harness.run();
    assert!(harness.query_by_label("ageing").is_none());
}

#[test]
fn what_is_shown_stays_where_it_is_when_a_notice_takes_room() {
    let mut motion = Motion::default();
    motion.set(MIDDLE, 16.0);
    motion.settle(SCREEN, 0.1);
    let place = motion.view(SCREEN).project(MIDDLE);
    let lower = Rect::from_min_max(SCREEN.min, SCREEN.max - vec2(0.0, 40.0));
    motion.settle(lower, 0.1);
    assert!(motion.view(lower).project(MIDDLE).distance(place) < 0.1);
}
