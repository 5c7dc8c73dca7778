use crate::bench::Window;
use egui::{Key, Modifiers};
use jiugai::catalogue::{Catalogue, missing_must_haves};
use jiugai::model::{Field, Severity, Willingness};
use jiugai::session::Session;
use std::path::Path;

fn new_survey(path: &Path) -> Window {
    Session::create(path, Default::default(), crate::bench::author())
        .unwrap()
        .close()
        .unwrap();
    Window::open(Some(path))
}

fn draw_a_block(window: &mut Window) {
    window.press(Key::D);
    for corner in [[-60.0, -60.0], [60.0, -60.0], [60.0, 60.0], [-60.0, 60.0]] {
        window.click_map(corner);
    }
    window.press(Key::Enter);
}

#[test]
fn an_estate_is_drawn_and_surveyed_with_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = new_survey(&folder.path().join("survey.gpkg"));
    draw_a_block(&mut window);
    let corners = window.only_estate().boundary.clone().unwrap().0[0]
        .exterior()
        .0
        .len();
    assert_eq!(corners, 5, "four corners, closed");

    window.type_into("Name", "洪都新村一期");
    window.type_into("Address", "洪都北大道258号");
    window.type_into("County code", "360102");
    window.type_into("Street code", "360102002");
    window.type_into("Communities", "360102002001");
    window.type_into("Year built", "1987");
    window.type_into("Households", "312");
    window.type_into("Floor area", "28000");
    window.type_into("Buildings", "12");
    for choice in [
        "Locality: city",
        "Year known by: acceptance papers",
        "Tenure: reformed",
        "Residential: yes",
        "Willingness: strong",
        "Known by: door to door",
        "Exclusions: none",
    ] {
        window.choose(choice);
    }
    // One key a facility: W, P, R, G; pressed twice is "ageing".
    window.choose("Water-supply pipes");
    for key in [Key::P, Key::P, Key::R, Key::G] {
        window.press(key);
    }

    let estate = window.only_estate();
    let items = Catalogue::shipped().items;
    assert_eq!(missing_must_haves(&estate, &items), []);
    assert_eq!(estate.name, "洪都新村一期");
    assert_eq!(estate.willingness, Some(Willingness::Strong));
    assert_eq!(
        estate.exclusions,
        Some(Default::default()),
        "an explicit none"
    );
    let power = items.leading(jiugai::catalogue::Utility::Power).unwrap();
    assert_eq!(estate.gaps[&power.code], Severity::Ageing);
}

#[test]
fn undo_goes_on_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("survey.gpkg");
    let mut window = new_survey(&path);
    draw_a_block(&mut window);
    window.type_into("Name", "洪都新村");
    drop(window);

    let mut window = Window::open(Some(&path));
    assert_eq!(window.only_estate().name, "洪都新村");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.only_estate().name, "");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().estates().len(), 0);
    window.press_with(Modifiers::COMMAND, Key::Y);
    assert!(window.only_estate().get(&Field::Boundary).is_some());
}

#[test]
fn a_half_drawn_ring_survives_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("survey.gpkg");
    let mut window = new_survey(&path);
    window.press(Key::D);
    window.click_map([-60.0, -60.0]);
    window.click_map([60.0, -60.0]);
    window.click_map([60.0, 60.0]);
    // Neither closed nor saved by anybody.
    std::fs::copy(&path, folder.path().join("copy.gpkg")).unwrap();
    drop(window);

    let mut window = Window::open(Some(&path));
    window.press(Key::Enter);
    assert!(window.only_estate().boundary.is_some());
}

#[test]
fn a_drawn_estate_is_deleted_and_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = new_survey(&folder.path().join("survey.gpkg"));
    draw_a_block(&mut window);
    window.press_with(Modifiers::COMMAND, Key::P);
    window.type_into("All commands", "Delete or withdraw");
    assert_eq!(window.survey().estates().len(), 0);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert!(window.only_estate().boundary.is_some());
}
