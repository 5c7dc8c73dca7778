//! What several estates are given at once: the year of their plan, or who carries it out.

use super::slot::{Slot, Unit};
use super::typed;
use super::{DeliveryInput, ProjectAction, ProjectChange};
use crate::model::EstateId;
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::theme::Palette;
use egui::{Button, TextEdit, Ui};

/// What is being typed.
#[derive(Default)]
pub struct SeveralState {
    year: String,
    unit: String,
}

pub fn several_ui(ui: &mut Ui, state: &mut SeveralState, input: &DeliveryInput<'_>) -> Vec<Action> {
    let language = input.language;
    let survey = input.survey;
    let counts = |id: &&EstateId| {
        let estate = survey.estate(**id);
        estate.is_some_and(|estate| estate.standing.is_counted())
    };
    let estates: Vec<EstateId> = input.selection.iter().filter(counts).copied().collect();
    let count = estates.len();
    ui.heading(language.text_with("delivery.several.title", &[("count", &count)]));
    let without = estates.iter().filter(|id| survey.project(**id).is_none());
    let without = without.count();
    if without > 0 {
        ui.label(language.text_with("delivery.several.without", &[("count", &without)]));
    }
    ui.add_space(6.0);
    let mut actions = Vec::new();
    let year_problem = typed::year(&state.year).err();
    for (text, slot, key) in [
        (&mut state.year, Slot::Year, "delivery.several.year"),
        (
            &mut state.unit,
            Slot::Unit(Unit::Implementing),
            "delivery.several.unit",
        ),
    ] {
        let label = language.text(key);
        ui.label(&*label);
        ui.horizontal(|ui| {
            let edit = TextEdit::singleline(text).desired_width(ui.available_width() - 90.0);
            let response = ui.add(edit);
            let entered =
                response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
            response.accessible_name(label.as_ref());
            let is_wrong = slot == Slot::Year && year_problem.is_some();
            let ready = !text.trim().is_empty() && !is_wrong && count > 0;
            let word = language.text("delivery.several.set");
            let button = ui.add_enabled(ready, Button::new(&*word));
            let spoken = language.text_with("delivery.of", &[("what", &label), ("field", &word)]);
            if (button.accessible_name(spoken).clicked() || entered) && ready {
                let change = ProjectChange::Type(slot, std::mem::take(text));
                let estates = estates.clone();
                let action = ProjectAction::Change { estates, change };
                actions.push(Action::Project(Box::new(action)));
            }
        });
        if let (Slot::Year, Some(problem)) = (slot, &year_problem) {
            let text = problem.text(language, text);
            let color = Palette::of(ui.visuals()).finding;
            ui.colored_label(color, format!("{} {text}", icons::PROHIBIT));
        }
    }
    ui.weak(language.text("delivery.several.help"));
    actions
}
