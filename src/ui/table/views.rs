//! Views that the survey keeps under a name: choosing, saving, deleting.

use super::{TableInput, TableState};
use crate::edit::Command;
use crate::model::{SavedView, Settings};
use crate::ui::action::Action;
use crate::ui::icons;
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, Key, PopupCloseBehavior, TextEdit, Ui};

/// The name being typed for a view.
#[derive(Default)]
pub struct ViewDraft {
    name: String,
}

pub fn views_menu(ui: &mut Ui, state: &mut TableState, input: &TableInput<'_>) -> Vec<Action> {
    let language = input.language;
    let name = language.text("table.views");
    let mut actions = Vec::new();
    // A name is typed into the menu, so it stays until somebody clicks beside it.
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let button = Button::new(format!("{} {name}", icons::LIST_BULLETS));
    let (response, _) = MenuButton::from_button(button).config(config).ui(ui, |ui| {
        for view in &input.survey.settings().saved_views {
            ui.horizontal(|ui| {
                if ui.button(&view.name).clicked() {
                    state.show(view);
                    ui.close();
                }
                let delete = language.text_with("table.delete_view", &[("name", &view.name)]);
                let button = ui.small_button(icons::TRASH).accessible_name(&delete);
                if button.on_hover_text(delete).clicked() {
                    actions.push(without(input, &view.name));
                }
            });
        }
        if input.survey.settings().saved_views.is_empty() {
            ui.weak(language.text("table.no_views"));
        }
        ui.separator();
        ui.horizontal(|ui| {
            let edit = TextEdit::singleline(&mut state.view_draft.name)
                .hint_text(language.text("table.view_name"))
                .desired_width(140.0);
            let text_box = ui
                .add(edit)
                .accessible_name(language.text("table.view_name"));
            let entered = text_box.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            let named = !state.view_draft.name.trim().is_empty();
            let save = ui.add_enabled(named, Button::new(language.text("table.save_view")));
            let save = save.on_disabled_hover_text(language.text("table.view_needs_name"));
            if named && (save.clicked() || entered) {
                actions.push(with(input, state));
                state.view_draft.name.clear();
                ui.close();
            }
        });
    });
    response.accessible_name(name);
    actions
}

/// Keeps what is listed now under the name typed; a view of that name gives way.
fn with(input: &TableInput<'_>, state: &TableState) -> Action {
    let view = SavedView {
        name: state.view_draft.name.trim().to_owned(),
        query: state.search.trim().to_owned(),
        filters: state.filters.clone(),
        sort: state.sort,
        columns: state.columns.0.clone(),
    };
    change(input, |views| {
        match views.iter_mut().find(|other| other.name == view.name) {
            Some(other) => *other = view,
            None => views.push(view),
        }
    })
}

fn without(input: &TableInput<'_>, name: &str) -> Action {
    change(input, |views| views.retain(|view| view.name != name))
}

fn change(input: &TableInput<'_>, change: impl FnOnce(&mut Vec<SavedView>)) -> Action {
    let mut settings: Settings = input.survey.settings().clone();
    change(&mut settings.saved_views);
    Action::Edit(Command::ChangeSettings(settings))
}
