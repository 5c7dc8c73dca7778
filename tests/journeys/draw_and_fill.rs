//! An estate is drawn, and its two-minute form filled in with the keyboard.

use crate::bench::{Window, folder, read, survey_file};
use egui::{Key, Modifiers};
use jiugai::catalogue::{Catalogue, missing_must_haves};
use jiugai::model::{Estate, Field, ItemCode, Locality, Severity};

/// Corners in shares of the map, counter-clockwise from the lower left.
const CORNERS: [(f32, f32); 4] = [(0.3, 0.6), (0.6, 0.6), (0.6, 0.35), (0.3, 0.35)];

fn new_window() -> (tempfile::TempDir, std::path::PathBuf, Window) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), []);
    let window = Window::on(&path);
    (temporary, path, window)
}

fn estate(window: &Window) -> &Estate {
    window.survey().estates().next().unwrap()
}

fn missing(window: &Window) -> Vec<Field> {
    missing_must_haves(estate(window), &Catalogue::shipped().items)
}

/// What the status bar says the pointer is at.
fn pointed_at(window: &Window) -> geo::Coord {
    let text = window.text_with(", ");
    let mut numbers = text.split(", ").map(|number| number.parse().unwrap());
    geo::coord! { x: numbers.next().unwrap(), y: numbers.next().unwrap() }
}

#[test]
fn four_clicks_and_enter_are_an_estate_where_the_status_bar_said() {
    let (_temporary, path, mut window) = new_window();
    // A district's border is near.
    window.press(Key::S);
    window.press(Key::D);
    let mut wanted = Vec::new();
    for (x, y) in CORNERS {
        window.click_map(x, y);
        wanted.push(pointed_at(&window));
    }
    assert_eq!(
        window.survey().estates().len(),
        0,
        "nothing is finished yet"
    );
    window.press(Key::Enter);
    window.close();

    let survey = read(&path);
    let drawn = survey.estates().next().unwrap();
    let ring = &drawn.boundary.as_ref().unwrap().0[0].exterior().0;
    assert_eq!(ring.len(), 5, "closed");
    for (corner, wanted) in ring.iter().zip(wanted) {
        let off = (corner.x - wanted.x).abs().max((corner.y - wanted.y).abs());
        // The status bar rounds to a millionth of a degree.
        assert!(off <= 5.1e-7, "{corner:?} {wanted:?}");
    }
}

#[test]
fn a_ring_that_crosses_itself_is_refused_with_a_sentence_and_backspace_takes_corners_back() {
    let (_temporary, _, mut window) = new_window();
    window.press(Key::D);
    for (x, y) in [(0.3, 0.6), (0.6, 0.3), (0.6, 0.6), (0.3, 0.3)] {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    assert!(window.shows("The sketch crosses itself"));
    window.press(Key::Backspace);
    window.press(Key::Backspace);
    window.press(Key::Enter);
    assert_eq!(
        window.survey().estates().len(),
        0,
        "two corners are no ring"
    );
    window.click_map(0.6, 0.6);
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 1);
}

#[test]
fn the_form_is_filled_in_by_keyboard_until_nothing_is_missing() {
    let (_temporary, path, mut window) = new_window();
    window.press(Key::D);
    for (x, y) in CORNERS {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    assert!(!missing(&window).contains(&Field::Boundary));

    // The cursor waits in the name.
    assert!(window.has_cursor("Name"));
    window.type_text("洪都新村");
    window.press(Key::Enter);
    assert!(
        window.has_cursor("Address"),
        "Enter goes on to the next must-have"
    );
    window.type_text("洪都北大道1号");
    window.press(Key::Tab);
    for (name, text) in [
        ("County code", "360102"),
        ("Street code", "360102002"),
        ("Communities", "360102002001"),
        ("Year built", "1987"),
        ("Households", "１９６户"),
        ("Floor area", "14,000"),
        ("Buildings", "8"),
    ] {
        window.type_into(name, text);
        window.press(Key::Tab);
    }
    for (chips, digit) in [
        ("Locality", Key::Num1),
        ("Year known by", Key::Num1),
        ("Tenure", Key::Num2),
        ("Residential", Key::Num1),
        ("Willingness", Key::Num1),
        ("Known by", Key::Num1),
    ] {
        window.focus(chips);
        window.press(digit);
    }

    let estate_fields = |window: &Window| missing(window);
    let before = estate_fields(&window);
    window.focus("Facility grid");
    for key in [Key::W, Key::P, Key::R, Key::G] {
        window.press(key);
        window.press(key);
    }
    let after = estate_fields(&window);
    assert_eq!(before.len(), after.len() + 4, "{before:?} {after:?}");
    assert!(
        estate(&window)
            .gaps
            .values()
            .all(|s| *s == Severity::Ageing)
    );

    assert_eq!(after, [Field::Exclusions]);
    window.click("Exclusions: none");
    assert_eq!(missing(&window), []);
    assert!(window.shows("All must-haves are answered"));

    window.close();
    let survey = read(&path);
    let estate = survey.estates().next().unwrap();
    assert_eq!(estate.name, "洪都新村");
    assert_eq!(estate.households, Some(196));
    assert_eq!(estate.exclusions, Some(Default::default()));
}

#[test]
fn a_text_that_is_still_being_typed_is_kept_when_the_window_closes() {
    let (_temporary, path, mut window) = new_window();
    window.press(Key::D);
    for (x, y) in CORNERS {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    window.type_text("洪都新村");
    window.close();
    assert_eq!(read(&path).estates().next().unwrap().name, "洪都新村");
}

#[test]
fn a_text_that_is_still_being_typed_is_kept_when_the_workspace_changes() {
    let (_temporary, _, mut window) = new_window();
    window.press(Key::D);
    for (x, y) in CORNERS {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    window.type_text("洪都新村");
    window.press_with(Modifiers::COMMAND, Key::Num3);
    assert_eq!(estate(&window).name, "洪都新村");
}

#[test]
fn a_click_on_a_facility_brings_the_keyboard_with_it() {
    let (_temporary, _path, mut window) = new_window();
    window.press(Key::D);
    for (x, y) in CORNERS {
        window.click_map(x, y);
    }
    window.press(Key::Enter);
    window.click("Locality: city");
    window.click("Exclusions: none");
    window.click("Water-supply pipes");
    for key in [Key::P, Key::P, Key::R, Key::G] {
        window.press(key);
    }

    let estate = estate(&window);
    assert_eq!(estate.locality, Some(Locality::City));
    assert_eq!(
        estate.exclusions,
        Some(Default::default()),
        "an explicit none"
    );
    let state = |code| estate.gaps.get(&ItemCode::parse(code).unwrap()).copied();
    assert_eq!(
        ["C05", "C04", "C12", "C06"].map(state),
        [
            Some(Severity::Intact),
            Some(Severity::Ageing),
            Some(Severity::Intact),
            Some(Severity::Intact)
        ]
    );
}
