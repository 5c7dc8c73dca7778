//! What was drawn here is deleted; what came from a list keeps its row and needs a reason.

use crate::bench::{Window, complete_estate, folder, id, survey_file};
use egui::Key;
use jiugai::model::{Estate, ListId, Origin, Standing};

fn first_selected(estate: Estate) -> (tempfile::TempDir, Window) {
    let (temporary, folder) = folder();
    let path = survey_file(&folder.join("洪都.gpkg"), [estate]);
    let mut window = Window::on(&path);
    window.focus("List of estates");
    window.press(Key::Home);
    (temporary, window)
}

#[test]
fn a_drawn_estate_is_deleted_and_comes_back_with_undo() {
    let (_temporary, mut window) = first_selected(complete_estate(1, "洪都新村"));
    window.choose("Edit", "Delete or withdraw");
    assert_eq!(window.survey().estates().len(), 0);
    window.click("Undo");
    assert_eq!(window.survey().estates().len(), 1);
}

#[test]
fn an_imported_one_asks_for_a_reason_and_stays_in_the_register() {
    let imported = Estate {
        origin: Some(Origin {
            list: ListId(uuid::Uuid::nil()),
            row: 1,
            source: String::new(),
            source_id: String::new(),
        }),
        ..complete_estate(1, "洪都新村")
    };
    let (_temporary, mut window) = first_selected(imported);
    window.choose("Edit", "Delete or withdraw");
    assert!(window.shows("Withdraw a record"));
    assert!(!window.is_enabled("Take out"));
    window.type_into("Reason", "2024年已拆除");
    window.click("Take out");

    let standing = window.survey().estate(id(1)).unwrap().standing.clone();
    assert_eq!(
        standing,
        Standing::Withdrawn {
            reason: "2024年已拆除".into()
        }
    );
    assert!(!window.shows("Withdraw a record"));
    window.click("Undo");
    assert!(window.survey().estate(id(1)).unwrap().standing.is_counted());
}

#[test]
fn with_nothing_selected_the_menu_says_why_it_cannot() {
    let (_temporary, mut window) = first_selected(complete_estate(1, "洪都新村"));
    window.click_map(0.02, 0.4);
    window.open_menu("Edit");
    assert!(!window.is_enabled("Delete or withdraw"));
    assert!(window.hint_of("Delete or withdraw", "Select an estate first."));
}
