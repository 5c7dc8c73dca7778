//! Sketches of every purpose: snapped, traced, measured, finished.

use super::*;
use crate::model::Boundary;
use crate::ui::map::tools::ring::corners;
use crate::ui::tool::{Purpose, Sketch};
use crate::ui::verb::Verb;

/// Two estates beside each other; the second's west side has a corner in its middle.
fn neighbours() -> Survey {
    let west = estate(1, "West", rectangle(-2.0, -1.0, -0.5, 1.0));
    let ring = [(0.5, -1.0), (2.0, -1.0), (2.0, 1.0), (0.5, 1.0), (0.6, 0.0)];
    let at =
        |(x, y): &(f64, f64)| geo::Coord::from(MIDDLE) + geo::coord! { x: x / 1e3, y: y / 1e3 };
    let ring = ring.iter().map(at).collect();
    survey([
        west,
        estate(2, "East", Boundary::from(geo::Polygon::new(ring, vec![]))),
    ])
}

fn drawing(purpose: Purpose) -> Harness<'static, Bench> {
    harness(Bench::new(neighbours(), Tool::sketch(purpose)))
}

/// Clicks at thousandths of a degree from the middle, `off` points beside.
fn click_near(harness: &mut Harness<Bench>, (x, y): (f64, f64), off: egui::Vec2) {
    let at = from_middle(harness.state(), x, y) + off;
    click(harness, at);
}

fn in_hand<'a>(harness: &'a Harness<Bench>) -> &'a Sketch {
    match &harness.state().tool {
        Tool::Sketch(sketch) => sketch,
        other => panic!("{other:?}"),
    }
}

fn corner_of_survey(bench: &Bench, number: u128, index: usize) -> LonLat {
    let estate = bench.survey.estate(id(number)).unwrap();
    corners(estate.boundary.as_ref().unwrap())[index].1
}

#[test]
fn a_corner_beside_a_neighbours_is_that_corner_bit_for_bit() {
    let mut harness = drawing(Purpose::NewEstate);
    let neighbour = corner_of_survey(harness.state(), 1, 1);
    let place = (
        (neighbour.lon - MIDDLE.lon) * 1e3,
        (neighbour.lat - MIDDLE.lat) * 1e3,
    );
    click_near(&mut harness, place, vec2(5.0, -6.0));
    assert_eq!(in_hand(&harness).corners, [neighbour]);
    // Switched off, it stays where it is put.
    harness.state_mut().aids.snapping = Switch::Off;
    click_near(&mut harness, place, vec2(5.0, -6.0));
    assert_ne!(in_hand(&harness).corners[1], neighbour);
}

#[test]
fn alt_holds_snapping_off() {
    let mut harness = drawing(Purpose::NewEstate);
    harness.event(Event::ModifiersChanged(Modifiers::ALT));
    click_near(&mut harness, (-0.5, 1.0), vec2(5.0, -6.0));
    let set = in_hand(&harness).corners[0];
    assert!((set.lon - MIDDLE.lon + 0.0005).abs() > 1e-6, "{set:?}");
}

#[test]
fn a_corner_beside_a_side_lies_on_the_side() {
    let mut harness = drawing(Purpose::NewEstate);
    click_near(&mut harness, (-0.5, 0.3), vec2(6.0, 0.0));
    let set = in_hand(&harness).corners[0];
    assert!((set.lon - MIDDLE.lon + 0.0005).abs() < 1e-9, "{set:?}");
}

#[test]
fn a_corner_is_drawn_to_a_district_border_and_to_the_sketch_itself() {
    let mut bench = Bench::new(survey([]), Tool::sketch(Purpose::NewEstate));
    bench.districts = Arc::new([District {
        name: "County".to_owned(),
        boundary: rectangle(-1.0, -9.0, 9.0, 9.0),
    }]);
    let mut harness = harness(bench);
    for (place, off) in [
        ((-1.0, 0.0), vec2(7.0, 0.0)),
        ((0.5, 0.0), vec2(0.0, 0.0)),
        ((0.5, 1.0), vec2(0.0, 0.0)),
        // On the side between the first two corners.
        ((0.0, 0.0), vec2(0.0, 7.0)),
    ] {
        click_near(&mut harness, place, off);
    }
    let set = &in_hand(&harness).corners;
    assert!((set[0].lon - MIDDLE.lon + 0.001).abs() < 1e-9, "{set:?}");
    assert!((set[3].lat - MIDDLE.lat).abs() < 1e-6, "{set:?}");
}

#[test]
fn tracing_takes_the_corners_between_and_shift_those_of_the_other_way() {
    for (modifiers, expected) in [
        (Modifiers::NONE, vec![4, 0]),
        (Modifiers::SHIFT, vec![2, 1, 0]),
    ] {
        let mut harness = drawing(Purpose::NewEstate);
        harness.state_mut().tracing = Switch::On;
        click_near(&mut harness, (0.5, 1.0), vec2(-3.0, -3.0));
        harness.event(Event::ModifiersChanged(modifiers));
        click_near(&mut harness, (0.5, -1.0), vec2(-3.0, 3.0));
        let corner = |index| corner_of_survey(harness.state(), 2, index);
        let expected: Vec<_> = [3].into_iter().chain(expected).map(corner).collect();
        assert_eq!(in_hand(&harness).corners, expected, "{modifiers:?}");
    }
}

#[test]
fn a_ring_closed_along_a_border_takes_its_corners_too() {
    let mut harness = drawing(Purpose::NewEstate);
    harness.state_mut().tracing = Switch::On;
    for place in [(0.5, 1.0), (0.0, 1.0), (0.0, -1.0), (0.5, -1.0), (0.5, 1.0)] {
        click_near(&mut harness, place, vec2(-2.0, 0.0));
    }
    let set = &in_hand(&harness).corners;
    assert_eq!(set.len(), 5, "{set:?}");
    assert_eq!(set[4], corner_of_survey(harness.state(), 2, 4));
    assert_eq!(harness.state().asked, [Action::Do(Verb::FinishSketch)]);
}

#[test]
fn three_clicks_make_a_rectangle() {
    let mut harness = drawing(Purpose::Rectangle { estate: None });
    harness.state_mut().aids.snapping = Switch::Off;
    for place in [(-1.0, 2.0), (1.0, 2.5), (1.4, 3.4)] {
        click_near(&mut harness, place, vec2(0.0, 0.0));
    }
    assert_eq!(harness.state().asked, [Action::Do(Verb::FinishSketch)]);
    let bench = harness.state();
    let finished = finish(in_hand(&harness), &bench.survey, Switch::Off).unwrap();
    let Finished::Edit { command, .. } = finished else {
        panic!("{finished:?}");
    };
    let Command::Draw { boundary } = *command else {
        panic!("{command:?}");
    };
    let ring = corners(&boundary);
    assert_eq!(ring.len(), 4);
    let side = |a: usize, b: usize| crate::geodesy::measure::distance_m(ring[a].1, ring[b].1);
    assert!((side(0, 1) - side(2, 3)).abs() < 0.01);
    assert!(
        (side(0, 2) - side(1, 3)).abs() < 0.01,
        "the diagonals of a rectangle"
    );
}

#[test]
fn a_measured_line_stays_until_escape_and_is_no_edit() {
    let mut harness = drawing(Purpose::Measure);
    for place in [(-1.0, 2.0), (1.0, 2.0)] {
        click_near(&mut harness, place, vec2(0.0, 0.0));
    }
    harness.key_press(Key::Enter);
    harness.run();
    let [Action::Do(Verb::FinishSketch)] = &harness.state().asked[..] else {
        panic!("{:?}", harness.state().asked);
    };
    let line = in_hand(&harness).corners.clone();
    let finished = finish(in_hand(&harness), &harness.state().survey, Switch::On);
    assert_eq!(finished, Ok(Finished::Measured));
    // As the window does.
    harness.state_mut().state.show_measured(line);
    harness.state_mut().tool = Tool::sketch(Purpose::Measure);
    for tool in [Tool::sketch(Purpose::Measure), Tool::Select] {
        harness.key_press(Key::Escape);
        harness.run();
        assert_eq!(harness.state().tool, tool);
        assert!(harness.state().state.measured.is_empty());
    }
}

#[test]
fn a_drawing_over_neighbours_is_cut_where_that_is_asked_for() {
    let ring = [(-1.0, -0.5), (1.0, -0.5), (1.0, 0.5), (-1.0, 0.5)];
    let ring = ring.map(|(x, y)| LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3));
    let sketch = Sketch::new(Purpose::NewEstate).with(ring);
    let survey = neighbours();
    let finished = |switch| match finish(&sketch, &survey, switch).unwrap() {
        Finished::Edit { command, cut } => match *command {
            Command::Draw { boundary } => (boundary, cut),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    let (whole, cut) = finished(Switch::Off);
    assert_eq!(cut, None);
    let (clipped, cut) = finished(Switch::On);
    let cut = cut.unwrap();
    assert_eq!(cut.neighbours, [id(1), id(2)]);
    let area = crate::geodesy::measure::area_m2;
    assert!((area(&whole) - area(&clipped) - cut.area_m2).abs() < 1.0);
    // The neighbour's corner in the way has become one of the drawing.
    let corner = corner_of_survey(&Bench::new(survey.clone(), Tool::Select), 2, 4);
    assert!(corners(&clipped).iter().any(|(_, at)| *at == corner));
}

#[test]
fn the_arrow_keys_pan_and_leave_the_zoom() {
    let mut harness = drawing(Purpose::NewEstate);
    let before = harness.state().state.center();
    harness.key_press(Key::ArrowRight);
    harness.key_press(Key::ArrowUp);
    harness.run();
    let after = harness.state().state.center();
    assert!(after.lon > before.lon && after.lat > before.lat);
    assert_eq!(harness.state().state.zoom(), 16.0);
}
