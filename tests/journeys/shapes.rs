//! Boundaries that are there already, edited in the window: corners, whole estates, neighbours.

use crate::bench::{Window, complete_estate, folder, id, read, square, survey_file};
use egui::{Key, Modifiers, vec2};
use geo::{Coord, CoordsIter, LineString, Polygon};
use jiugai::model::{Boundary, Estate, Standing};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

const HONGDU: &str = "洪都新村";
const GRAIN: &str = "粮食局宿舍";

/// Two estates with a common side.
fn neighbours() -> (tempfile::TempDir, PathBuf) {
    let beside = Estate {
        boundary: Some(square(3.0, 0.0)),
        ..complete_estate(2, GRAIN)
    };
    with([complete_estate(1, HONGDU), beside])
}

fn with(estates: impl IntoIterator<Item = Estate>) -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), estates);
    (temporary, path)
}

/// The corners of an estate, bit for bit.
fn corners(window: &Window, number: u128) -> BTreeSet<[u64; 2]> {
    let estate = window.survey().estate(id(number)).unwrap();
    let boundary = estate.boundary.as_ref().unwrap();
    let bits = |at: Coord| [at.x.to_bits(), at.y.to_bits()];
    boundary.coords_iter().map(bits).collect()
}

#[test]
fn a_shared_corner_moves_with_both_and_one_undo_gives_both_back() {
    let (_temporary, path) = neighbours();
    let mut window = Window::on(&path);
    let start = window.survey().clone();
    let common = &corners(&window, 1) & &corners(&window, 2);
    assert_eq!(common.len(), 2);
    window.click(HONGDU);
    window.choose("Draw", "Edit corners");
    window.press(Key::J);
    let corner = window.place_of("Corner 2");
    window.drag(Modifiers::NONE, corner, corner + vec2(18.0, -26.0));
    let now = &corners(&window, 1) & &corners(&window, 2);
    assert_eq!(now.len(), 2);
    assert_eq!((&now & &common).len(), 1, "one of the two has moved");
    let (moved, on_disk) = (window.survey().clone(), read(&path));
    assert_eq!(moved, on_disk);

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("Undone: Moved a shared border: 2 estates"));
    assert_eq!(*window.survey(), start);

    // Not asked to, the corner parts, and the sign says so before.
    window.press(Key::J);
    let corner = window.place_of("Corner 2");
    window.drag(Modifiers::NONE, corner, corner + vec2(18.0, -26.0));
    assert_eq!((&corners(&window, 1) & &corners(&window, 2)).len(), 1);
}

#[test]
fn corners_are_moved_by_keys_alone_and_a_run_of_presses_is_one_edit() {
    let (_temporary, path) = neighbours();
    let mut window = Window::on(&path);
    let start = window.survey().clone();
    window.click(HONGDU);
    window.choose("Draw", "Edit corners");
    for key in [Key::Tab, Key::Tab] {
        window.harness.key_press(key);
        window.harness.step();
    }
    for _ in 0..3 {
        window
            .harness
            .key_press_modifiers(Modifiers::SHIFT, Key::ArrowUp);
        window.harness.step();
    }
    window.press(Key::Enter);
    assert!(window.is_on("Select"));
    assert_ne!(*window.survey(), start);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.survey(), start);
}

#[test]
fn neighbours_in_a_box_are_merged_say_what_was_added_up_and_are_parted_again() {
    let (_temporary, path) = neighbours();
    let mut window = Window::on(&path);
    let start = window.survey().clone();
    let (from, to) = (window.on_map(0.02, 0.02), window.on_map(0.98, 0.98));
    window.drag(Modifiers::SHIFT, from, to);
    window.press(Key::C);
    assert!(
        window.shows("Households 200 + 200 = 400"),
        "{}",
        window.text_with("Merged")
    );
    let kept = window.survey().estate(id(1)).unwrap();
    assert_eq!(kept.households, Some(400));
    assert_eq!(kept.boundary.as_ref().unwrap().0.len(), 1);
    let other = window.survey().estate(id(2)).unwrap();
    assert!(matches!(other.standing, Standing::Merged { into, .. } if into == id(1)));

    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.survey(), start);
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert_ne!(*window.survey(), start);
    // Days later one of them is found to be an estate of its own.
    window.click(HONGDU);
    window.click(&format!("Part '{GRAIN}' again"));
    for number in [1, 2] {
        let ground = |window: &Window| window.survey().estate(id(number)).cloned();
        assert_eq!(ground(&window), start.estate(id(number)).cloned());
    }
}

#[test]
fn estates_apart_are_not_merged_and_the_reason_is_said() {
    let (_temporary, path) = with([complete_estate(1, HONGDU), complete_estate(2, GRAIN)]);
    let mut window = Window::on(&path);
    let start = window.survey().clone();
    let (from, to) = (window.on_map(0.02, 0.02), window.on_map(0.98, 0.98));
    window.drag(Modifiers::SHIFT, from, to);
    window.press(Key::C);
    assert!(window.shows("These boundaries do not touch"));
    assert_eq!(*window.survey(), start);
}

fn drawn(corners: &[(f64, f64)]) -> Estate {
    let at = |(x, y): &(f64, f64)| Coord {
        x: 115.902 + x / 97_700.0,
        y: 28.68 + y / 110_800.0,
    };
    let ring: LineString = corners.iter().map(at).collect();
    let boundary: Boundary = Polygon::new(ring, vec![]).into();
    Estate {
        boundary: Some(Arc::new(boundary)),
        ..complete_estate(1, HONGDU)
    }
}

#[test]
fn a_crooked_estate_is_squared_and_undone() {
    let crooked = drawn(&[(0.0, 0.0), (100.0, 0.0), (97.0, 60.0), (0.0, 61.0)]);
    let (_temporary, path) = with([crooked]);
    let mut window = Window::on(&path);
    let start = window.survey().clone();
    window.click(HONGDU);
    window.choose("Draw", "Square the corners");
    assert!(window.shows("Corners squared"));
    assert_ne!(*window.survey(), start);
    window.choose("Draw", "Square the corners");
    assert!(window.shows("These corners are square already"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.survey(), start);
}

#[test]
fn an_outline_of_too_many_corners_is_shown_simpler_before_it_is() {
    let mut wavy: Vec<_> = (0..30)
        .map(|n| (f64::from(n) * 4.0, f64::from(n % 2) * 1.5))
        .collect();
    wavy.extend([(116.0, 80.0), (0.0, 80.0)]);
    let (_temporary, path) = with([drawn(&wavy)]);
    let mut window = Window::on(&path);
    let start = window.survey().clone();
    window.click(HONGDU);
    window.choose("Draw", "Simplify");
    assert!(window.shows("corners, within 1 m"));
    let before = window.text_with("corners, within 1 m");
    window.press(Key::Plus);
    assert!(window.shows("32 → 4 corners, within 2 m"), "{before}");
    assert_eq!(*window.survey(), start);
    window.press(Key::Enter);
    assert_eq!(corners(&window, 1).len(), 4);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.survey(), start);
}

#[test]
fn a_boundary_that_crosses_itself_is_repaired_and_says_how() {
    let bow_tie = drawn(&[(0.0, 0.0), (100.0, 60.0), (100.0, 0.0), (0.0, 60.0)]);
    let (_temporary, path) = with([bow_tie]);
    let mut window = Window::on(&path);
    let start = window.survey().clone();
    window.click(HONGDU);
    window.choose("Draw", "Repair the boundary");
    assert!(window.shows("cut the boundary apart where it crossed itself"));
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.survey(), start);
}

#[test]
fn what_can_be_done_with_an_estate_is_offered_where_it_is_clicked_on() {
    let (_temporary, path) = neighbours();
    let mut window = Window::on(&path);
    let middle = window.on_map(0.4, 0.5);
    window.right_click(middle);
    window.click_menu("Move and rotate");
    assert!(window.is_on("Move and rotate"));
    let start = window.survey().clone();
    window.drag(Modifiers::ALT, middle, middle + vec2(0.0, 40.0));
    assert_ne!(*window.survey(), start);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.survey(), start);
}
