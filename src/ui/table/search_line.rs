//! The search box. Enter selects the best hit and hands the keyboard to the list, where Enter
//! draws for it.

use super::{TableInput, TableState};
use crate::ui::action::{Action, Selection};
use crate::ui::icons;
use crate::words::Language;
use egui::{Key, TextEdit, Ui};

/// Enter was pressed in the box.
pub struct Entered;

pub fn search_line(ui: &mut Ui, state: &mut TableState, language: Language) -> Option<Entered> {
    let name = language.text("table.search");
    let hint = format!("{} {}", icons::SEARCH, language.text("table.search_hint"));
    let edit = TextEdit::singleline(&mut state.search)
        .id(egui::Id::unique("table search"))
        .hint_text(hint)
        .desired_width(ui.available_width());
    let response = ui.add(edit).accessible_name(name);
    if std::mem::take(&mut state.search_wanted) {
        response.request_focus();
    }
    if !response.lost_focus() {
        return None;
    }
    // Esc in the box takes the search back.
    if ui.input(|input| input.key_pressed(Key::Escape)) {
        state.search.clear();
    }
    ui.input(|input| input.key_pressed(Key::Enter))
        .then_some(Entered)
}

/// Selects the best hit.
pub fn enter(state: &mut TableState, input: &TableInput<'_>, _: Entered) -> Vec<Action> {
    let Some(best) = state.listing.ids().first().copied() else {
        // Nothing was found: the cursor stays, so that another word can be tried.
        state.search_wanted = true;
        return Vec::new();
    };
    state.rows_wanted = true;
    state.anchor = Some(best);
    let estate = input.survey.estate(best);
    let place = estate.and_then(|estate| estate.anchor());
    let mut actions = vec![Action::Select(Selection::Only(best))];
    actions.extend(place.map(|_| Action::ShowOnMap(best)));
    actions
}
