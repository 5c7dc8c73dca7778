//! Undo goes on where it was left, and a ring half drawn outlives the window.

use crate::bench::{Window, after_power_loss, complete_estate, folder, id, read, survey_file};
use egui::{Key, Modifiers};
use std::path::PathBuf;

fn one_estate() -> (tempfile::TempDir, PathBuf) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), [complete_estate(1, "洪都新村")]);
    (temporary, path)
}

fn set(window: &mut Window, field: &str, text: &str) {
    window.type_into(field, text);
    window.press(Key::Enter);
}

/// The list's one row is selected.
fn select_first(window: &mut Window) {
    window.focus("List of estates");
    window.press(Key::Home);
}

#[test]
fn edits_are_undone_and_redone_after_the_window_was_closed() {
    let (_temporary, path) = one_estate();
    let start = read(&path);
    let mut window = Window::on(&path);
    select_first(&mut window);
    set(&mut window, "Households", "196");
    set(&mut window, "Address", "八一大道12号");
    window.close();
    let changed = read(&path);
    assert_ne!(changed, start);

    let mut window = Window::on(&path);
    for what in ["Address", "Households"] {
        window.press_with(Modifiers::COMMAND, Key::Z);
        assert!(window.shows(&format!("Undone: Set “{what}”")), "{what}");
    }
    assert_eq!(*window.survey(), start);
    window.close();
    assert_eq!(read(&path), start);

    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Y);
    window.click("Redo");
    assert!(!window.is_enabled("Redo"));
    assert_eq!(*window.survey(), changed);
}

#[test]
fn ctrl_z_in_a_text_that_is_being_typed_takes_back_the_text_and_no_edit() {
    let (_temporary, path) = one_estate();
    let mut window = Window::on(&path);
    select_first(&mut window);
    set(&mut window, "Households", "196");
    window.type_into("Address", "八一大道");
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().estate(id(1)).unwrap().households, Some(196));
    // The button means the edit that the text has become by now.
    window.type_text("八一大道");
    window.click("Undo");
    let estate = window.survey().estate(id(1)).unwrap();
    assert_eq!(
        (estate.households, &*estate.address),
        (Some(196), "洪都北大道1号")
    );
}

#[test]
fn a_half_drawn_ring_outlives_a_closed_window_and_a_crash() {
    let (_temporary, path) = one_estate();
    let mut window = Window::on(&path);
    window.press(Key::D);
    window.click_map(0.2, 0.9);
    window.click_map(0.4, 0.9);
    window.close();

    let mut window = Window::on(&path);
    assert!(window.shows("An unfinished sketch was found"));
    window.click_map(0.95, 0.4);
    let path = after_power_loss(&path);

    let mut window = Window::on(&path);
    assert!(window.shows("An unfinished sketch was found"));
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 2);
    let drawn = window.survey().estates().find(|e| e.id != id(1)).unwrap();
    let ring = &drawn.boundary.as_ref().unwrap().0[0].exterior().0;
    assert_eq!(ring.len(), 4, "three corners, closed");
    window.close();

    let window = Window::on(&path);
    assert!(!window.shows("An unfinished sketch was found"));
}

#[test]
fn a_finished_edit_outlives_a_crash() {
    let (_temporary, path) = one_estate();
    let mut window = Window::on(&path);
    select_first(&mut window);
    set(&mut window, "Households", "196");
    let path = after_power_loss(&path);
    assert_eq!(read(&path).estate(id(1)).unwrap().households, Some(196));
}

#[test]
fn a_parked_ring_is_gone_on_with() {
    let (_temporary, path) = one_estate();
    let mut window = Window::on(&path);
    window.press(Key::D);
    for (x, y) in [(0.2, 0.9), (0.4, 0.9), (0.4, 0.75)] {
        window.click_map(x, y);
    }
    window.press(Key::Escape);
    assert!(window.shows("The sketch is parked"));
    // Enter finishes nothing now.
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 1);
    window.press(Key::D);
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 2);
}

#[test]
fn esc_closes_a_dialog_and_leaves_the_sketch_in_hand() {
    let (_temporary, path) = one_estate();
    let mut window = Window::on(&path);
    window.press(Key::D);
    for (x, y) in [(0.2, 0.9), (0.4, 0.9), (0.4, 0.75)] {
        window.click_map(x, y);
    }
    window.press_with(Modifiers::COMMAND, Key::P);
    assert!(window.shows("All commands"));
    window.press(Key::Escape);
    assert!(!window.shows("The sketch is parked"));
    window.press(Key::Enter);
    assert_eq!(window.survey().estates().len(), 2);
}

/// Two estates four kilometres apart; the map shows the second.
fn two_estates() -> (tempfile::TempDir, Window) {
    let (temporary, folder) = folder();
    let far = complete_estate(20, "粮食局宿舍");
    let path = survey_file(
        &folder.join("洪都.gpkg"),
        [complete_estate(1, "洪都新村"), far],
    );
    (temporary, Window::on(&path))
}

fn look_at(window: &mut Window, row: Key) {
    window.focus("List of estates");
    window.press(row);
    window.press(Key::F);
}

/// Where the map looks, to a metre, and how near.
fn look(window: &mut Window) -> (i64, i64, i64) {
    // A notice takes room from the map, which then shows another middle.
    window.let_notices_go();
    let (center, zoom) = window.harness.state().looks_at();
    let rounded = |value: f64| (value * 1e5).round() as i64;
    (rounded(center.lon), rounded(center.lat), rounded(zoom))
}

#[test]
fn undo_goes_back_to_the_place_and_the_selection_and_so_does_redo() {
    let (_temporary, mut window) = two_estates();
    look_at(&mut window, Key::Home);
    window.press(Key::F);
    window.click("Zoom out");
    window.finish_jobs();
    let made_at = look(&mut window);
    set(&mut window, "Households", "196");
    look_at(&mut window, Key::End);
    let elsewhere = look(&mut window);
    assert_ne!(elsewhere, made_at);
    assert_eq!(window.harness.state().selection(), [id(20)]);

    for key in [Key::Z, Key::Y] {
        window.press_with(Modifiers::COMMAND, key);
        assert_eq!(window.harness.state().selection(), [id(1)], "{key:?}");
        assert_eq!(look(&mut window), made_at, "{key:?}");
        look_at(&mut window, Key::End);
    }
}

#[test]
fn undo_of_what_is_in_view_leaves_the_map_where_it_is() {
    let (_temporary, mut window) = two_estates();
    look_at(&mut window, Key::Home);
    set(&mut window, "Households", "196");
    window.click("Zoom out");
    let before = look(&mut window);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().estate(id(1)).unwrap().households, Some(200));
    assert_eq!(look(&mut window), before);
}

#[test]
fn after_a_restart_undo_shows_and_selects_what_it_changed() {
    let (temporary, mut window) = two_estates();
    look_at(&mut window, Key::Home);
    set(&mut window, "Households", "196");
    window.close();
    let mut window = Window::on(&temporary.path().join("旧改 survey/洪都.gpkg"));
    look_at(&mut window, Key::End);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.harness.state().selection(), [id(1)]);
    let (center, _) = window.harness.state().looks_at();
    assert!((center.lon - 115.9025).abs() < 1e-4, "{center:?}");
}

#[test]
fn undo_of_a_merge_goes_back_to_the_pair_under_review() {
    let (_temporary, folder) = folder();
    let mut twin = complete_estate(2, "洪都新村");
    twin.boundary = complete_estate(1, "").boundary;
    let path = survey_file(
        &folder.join("洪都.gpkg"),
        [complete_estate(1, "洪都新村"), twin],
    );
    let mut window = Window::on(&path);
    window.press_with(Modifiers::COMMAND, Key::Num2);
    let pair = window.button_with("洪都新村");
    window.click(&pair);
    window.click("same estate");
    assert_eq!(window.survey().counted().count(), 1);
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.press_with(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.survey().counted().count(), 2);
    assert!(window.has_control("same estate"), "the review is back");
}
