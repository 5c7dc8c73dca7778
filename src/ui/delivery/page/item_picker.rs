//! The catalogue, searched: the guidance's items and the county's own.

use super::Page;
use crate::catalogue::Item;
use crate::model::ItemCode;
use crate::ui::icons;
use crate::words::fields;
use egui::{Popup, PopupCloseBehavior, ScrollArea, TextEdit, Ui};

/// What is looked for.
#[derive(Default)]
pub struct PickerState {
    query: String,
}

const WIDTH: f32 = 320.0;
const HEIGHT: f32 = 320.0;

/// A button that opens the list; the item that was picked.
pub fn picker(ui: &mut Ui, page: &mut Page<'_>) -> Option<ItemCode> {
    let language = page.language();
    let text = language.text("delivery.content.add");
    let button = ui.button(format!("{} {text}", icons::PLUS));
    let button = button.accessible_name(text.as_ref());
    let opened = button.clicked();
    let popup = Popup::from_toggle_button_response(&button)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(text.into_owned())
        .width(WIDTH);
    let shown = popup.show(|ui| list(ui, page, opened));
    let picked = shown.and_then(|shown| shown.inner);
    if picked.is_some() {
        Popup::close_all(ui.ctx());
        page.state.picker.query.clear();
    }
    picked
}

fn list(ui: &mut Ui, page: &mut Page<'_>, opened: bool) -> Option<ItemCode> {
    let language = page.language();
    let name = language.text("delivery.content.search");
    let edit = TextEdit::singleline(&mut page.state.picker.query)
        .hint_text(format!("{} {name}", icons::SEARCH))
        .desired_width(WIDTH - 12.0);
    let response = ui.add(edit);
    if opened {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    response.accessible_name(name.as_ref());
    let items: Vec<&Item> = found(page).collect();
    let mut picked = match items[..] {
        [only] if entered => Some(only.code),
        _ => None,
    };
    if items.is_empty() {
        ui.weak(language.text("delivery.content.nothing_found"));
    }
    ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
        ui.set_width(WIDTH);
        for item in items {
            let held = page.project.content.iter().any(|one| one.item == item.code);
            let text = format!("{} {}", item.code, fields::item_label(language, item));
            let button = egui::Button::selectable(held, &text).truncate();
            let button = button.min_size(egui::vec2(WIDTH - 16.0, 0.0));
            let response = ui.add(button).on_hover_text(&text);
            if response.clicked() {
                picked = Some(item.code);
            }
        }
    });
    picked
}

/// By code or by a piece of the name, in either language.
fn found<'a>(page: &Page<'a>) -> impl Iterator<Item = &'a Item> + use<'a> {
    let query = page.state.picker.query.trim().to_lowercase();
    let items = page.input.catalogue.items.iter();
    items.filter(move |item| matches(item, &query))
}

fn matches(item: &Item, query: &str) -> bool {
    let code = item.code.as_str().to_lowercase();
    code.starts_with(query) || item.zh.contains(query) || item.en.to_lowercase().contains(query)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;

    #[test]
    fn an_item_is_found_by_its_code_and_by_a_piece_of_its_name() {
        let items = Catalogue::shipped().items;
        let found = |query: &str| -> Vec<String> {
            let fits = items.iter().filter(|item| matches(item, query));
            fits.map(|item| item.code.to_string()).collect()
        };
        assert_eq!(found("c05"), ["C05"]);
        assert!(found("供水").contains(&"C05".to_owned()));
        assert_eq!(found("").len(), 57);
        assert_eq!(found("没有这个"), [] as [String; 0]);
    }
}
