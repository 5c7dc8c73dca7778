//! Selecting, drawing, editing corners.

use super::*;
use crate::ui::action::Selection;
use crate::ui::map::tools::ring::corners;
use crate::ui::tool::{Purpose, Sketch};
use crate::ui::verb::Verb;

#[test]
fn a_click_selects_the_smallest_estate_under_it() {
    let mut harness = harness(Bench::new(small_survey(), Tool::Select));
    for (x, y, expected) in [
        (-1.0, -1.0, Selection::Only(id(1))),
        (1.0, 1.0, Selection::Only(id(2))),
        // The merged copy is not drawn, so what lies under it is picked.
        (0.0, 0.0, Selection::Only(id(1))),
        (3.0, 0.0, Selection::Only(id(4))),
        (0.0, -2.5, Selection::Nothing),
    ] {
        let at = from_middle(harness.state(), x, y);
        click(&mut harness, at);
        let asked = std::mem::take(&mut harness.state_mut().asked);
        assert_eq!(asked, [Action::Select(expected)], "{x} {y}");
    }
}

#[test]
fn a_square_of_clicks_and_enter_is_one_new_estate() {
    let tool = Tool::sketch(Purpose::NewEstate);
    let mut harness = harness(Bench::new(survey([]), tool));
    let clicked = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    for (x, y) in clicked {
        let at = from_middle(harness.state(), x, y);
        click(&mut harness, at);
    }
    harness.key_press(Key::Enter);
    harness.run();
    let Some(Command::Draw { boundary }) = finished(harness.state()) else {
        panic!("{:?}", harness.state().asked);
    };
    let drawn = corners(&boundary);
    assert_eq!(drawn.len(), 4);
    for (x, y) in clicked {
        let near = |at: &LonLat| {
            (at.lon - MIDDLE.lon - x / 1e3).abs() < 1e-6
                && (at.lat - MIDDLE.lat - y / 1e3).abs() < 1e-6
        };
        assert!(drawn.iter().any(|(_, at)| near(at)), "{x} {y}: {drawn:?}");
    }
    // Until the commit is through the sketch stays: a failed one must not lose it.
    assert_eq!(corners_in_hand(&harness), 4);
}

#[test]
fn a_ring_drawn_for_a_waiting_row_becomes_its_boundary() {
    let tool = Tool::sketch(Purpose::Boundary { estate: id(4) });
    let mut harness = harness(Bench::new(small_survey(), tool));
    for (x, y) in [(2.5, -0.5), (3.5, -0.5), (3.5, 0.5)] {
        let at = from_middle(harness.state(), x, y);
        click(&mut harness, at);
    }
    // A click on the first corner closes the ring.
    let first = from_middle(harness.state(), 2.5, -0.5);
    click(&mut harness, first + vec2(4.0, 3.0));
    let finished = finished(harness.state());
    assert!(
        matches!(finished, Some(Command::Reshape { estate, .. }) if estate == id(4)),
        "{finished:?}"
    );
}

/// What the one thing asked for, which is to finish the sketch, comes to.
fn finished(bench: &Bench) -> Option<Command> {
    match (&bench.asked[..], &bench.tool) {
        ([Action::Do(Verb::FinishSketch)], Tool::Sketch(sketch)) => {
            let finished = finish(sketch, &bench.survey, bench.aids.avoid_overlap);
            match finished.ok()? {
                Finished::Edit { command, .. } => Some(*command),
                _ => None,
            }
        }
        _ => None,
    }
}

fn corners_in_hand(harness: &Harness<Bench>) -> usize {
    match &harness.state().tool {
        Tool::Sketch(sketch) => sketch.corners.len(),
        _ => 0,
    }
}

fn three_corners() -> Tool {
    let ring = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0)];
    let ring = ring.map(|(x, y)| LonLat::new(MIDDLE.lon + x / 1e3, MIDDLE.lat + y / 1e3));
    Tool::Sketch(Sketch::new(Purpose::NewEstate).with(ring))
}

fn drawn_corners(harness: &Harness<Bench>) -> Option<usize> {
    match finished(harness.state())? {
        Command::Draw { boundary } => Some(corners(&boundary).len()),
        _ => None,
    }
}

#[test]
fn a_right_click_ends_the_ring() {
    let mut harness = harness(Bench::new(survey([]), three_corners()));
    click_with(&mut harness, pos2(450.0, 200.0), PointerButton::Secondary);
    assert_eq!(drawn_corners(&harness), Some(3));
}

#[test]
fn a_double_click_sets_the_last_corner_and_ends_the_ring() {
    let mut harness = harness(Bench::new(survey([]), three_corners()));
    let last = from_middle(harness.state(), -1.0, 1.0);
    harness.hover_at(last);
    harness.run();
    // The harness's own clock is too slow for a double click.
    for (tick, pressed) in [true, false, true, false].into_iter().enumerate() {
        press(&harness, last, PointerButton::Primary, pressed);
        harness.input_mut().time = Some(100.0 + tick as f64 / 50.0);
        harness.step();
    }
    assert_eq!(drawn_corners(&harness), Some(4));
}

#[test]
fn backspace_takes_back_the_last_corner_and_escape_parks_the_ring() {
    let mut harness = harness(Bench::new(survey([]), three_corners()));
    harness.key_press(Key::Backspace);
    harness.run();
    assert_eq!(corners_in_hand(&harness), 2);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run();
    assert_eq!(corners_in_hand(&harness), 1);
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(harness.state().asked, [Action::Do(Verb::ParkSketch)]);
}

#[test]
fn a_sketch_may_be_drawn_across_itself_and_is_refused_only_at_its_end() {
    let mut harness = harness(Bench::new(survey([]), three_corners()));
    let across = from_middle(harness.state(), 0.0, -2.0);
    click(&mut harness, across);
    assert_eq!(corners_in_hand(&harness), 4);
    let Tool::Sketch(sketch) = &harness.state().tool else {
        panic!("{:?}", harness.state().tool);
    };
    let refused = finish(sketch, &harness.state().survey, Switch::Off);
    assert_eq!(refused, Err(crate::geometry::ShapeProblem::CrossesItself));
}

#[test]
fn dragging_a_corner_is_one_edit_and_does_not_pan() {
    let tool = Tool::EditVertices { estate: id(1) };
    let mut harness = harness(Bench::new(small_survey(), tool));
    let before = harness.state().state.center();
    let from = from_middle(harness.state(), -2.0, -2.0);
    let to = from_middle(harness.state(), -2.4, -1.6);
    drag(&mut harness, from + vec2(2.0, 1.0), to + vec2(2.0, 1.0));
    let [Action::Edit(Command::Reshape { estate, boundary })] = &harness.state().asked[..] else {
        panic!("{:?}", harness.state().asked);
    };
    assert_eq!(*estate, id(1));
    let reshaped = corners(boundary);
    assert_eq!(reshaped.len(), 4);
    let moved = |at: &LonLat| {
        (at.lon - MIDDLE.lon + 0.0024).abs() < 1e-6 && (at.lat - MIDDLE.lat + 0.0016).abs() < 1e-6
    };
    assert!(reshaped.iter().any(|(_, at)| moved(at)), "{reshaped:?}");
    assert_eq!(harness.state().state.center(), before);
}

#[test]
fn dragging_a_sides_middle_makes_a_corner_and_a_right_click_takes_one_away() {
    let tool = Tool::EditVertices { estate: id(1) };
    let mut harness = harness(Bench::new(small_survey(), tool));
    let middle = from_middle(harness.state(), 0.0, -2.0);
    drag(&mut harness, middle, middle + vec2(0.0, 40.0));
    let corner = from_middle(harness.state(), 2.0, 2.0);
    click_with(&mut harness, corner, PointerButton::Secondary);
    let counts: Vec<_> = harness.state().asked.iter().map(corners_of).collect();
    assert_eq!(counts, [Some(5), Some(3)]);
}

fn corners_of(action: &Action) -> Option<usize> {
    match action {
        Action::Edit(Command::Reshape { boundary, .. }) => Some(corners(boundary).len()),
        _ => None,
    }
}
