//! The grid that a town is searched by: shown, and its cells marked.

use super::CoverageInput;
use crate::model::SearchedPlace;
use crate::ui::action::{Action, CoverageAction};
use crate::ui::preferences::Switch;
use crate::ui::verb::{Toggle, Verb};
use egui::{CollapsingHeader, TextEdit, Ui};

#[derive(Default)]
pub(super) struct CellsState {
    /// Whether a click on the map is about a cell.
    pub marking: Switch,
    /// What is written down with the cells marked next.
    pub reason: String,
}

pub(super) fn cells_ui(
    ui: &mut Ui,
    state: &mut CellsState,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let searched = input.survey.searched();
    let cells = searched.filter(|s| matches!(s.place, SearchedPlace::Cell(_)));
    let title = language.text_with("coverage.cells.title", &[("count", &cells.count())]);
    let mut actions = Vec::new();
    CollapsingHeader::new(title)
        .id_salt("cells")
        .show(ui, |ui| {
            let mut shown = input.cells_shown.is_on();
            if ui
                .checkbox(&mut shown, language.text("verb.searched_cells"))
                .changed()
            {
                actions.push(Action::Do(Verb::Toggle(Toggle::SearchedCells)));
            }
            let mut marking = state.marking.is_on();
            let mark = ui.checkbox(&mut marking, language.text("coverage.cells.mark"));
            if mark.changed() {
                state.marking = marking.into();
                if marking && !input.cells_shown.is_on() {
                    // A click on what nobody sees would mark it unseen.
                    actions.push(Action::Do(Verb::Toggle(Toggle::SearchedCells)));
                }
            }
            let name = language.text("coverage.cells.reason");
            let edit = TextEdit::singleline(&mut state.reason)
                .hint_text(&*name)
                .desired_width(ui.available_width());
            ui.add(edit).accessible_name(name.as_ref());
            ui.horizontal_wrapped(|ui| {
                for (key, action) in [
                    ("coverage.cells.middle", CoverageAction::ToggleMiddle),
                    ("coverage.cells.view", CoverageAction::SearchView),
                ] {
                    if ui.button(language.text(key)).clicked() {
                        actions.push(Action::Coverage(action));
                    }
                }
            });
        });
    actions
}
