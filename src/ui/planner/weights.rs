//! A slider a part of the score. The ranking follows at once; the county's rules change only when
//! somebody says so.

use super::{PlannerInput, PlannerState};
use crate::catalogue::RulePack;
use crate::edit::{Command, PlanCommand};
use crate::model::{Coded, Settings};
use crate::rules::score::{ScorePart, Weights};
use crate::ui::action::Action;
use crate::ui::signs;
use crate::ui::theme::Palette;
use crate::words::fields::coded_label;
use egui::{Button, Grid, RichText, Slider, Ui};

pub fn weights_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let language = input.language;
    let of_rules = Weights::of_pack(&input.catalogue.rules.score);
    let mut weights = state.weights.unwrap_or(of_rules);
    ui.strong(language.text("planner.weights"));
    // Not by the room there is: what fills it widens the panel.
    ui.spacing_mut().slider_width = SLIDER_WIDTH;
    Grid::new("weights").num_columns(2).show(ui, |ui| {
        for part in ScorePart::ALL {
            let name = coded_label(language, *part);
            ui.label(&*name);
            let mut weight = weights.get(*part);
            let slider = Slider::new(&mut weight, 0.0..=100.0)
                .step_by(1.0)
                .max_decimals(1);
            let values: [(&str, &dyn std::fmt::Display); 1] = [("part", &name)];
            let slider = ui
                .add(slider)
                .accessible_name(language.text_with("planner.weight_of", &values));
            if slider.changed() {
                weights = weights.with(*part, weight);
                state.weights = Some(weights);
            }
            ui.end_row();
        }
    });
    let is_other = state.weights.is_some_and(|weights| weights != of_rules);
    if !is_other {
        state.weights = None;
    }
    let key = match is_other {
        true => "planner.weights_tried",
        false => "planner.weights_held",
    };
    let text = RichText::new(language.text(key));
    let text = match is_other {
        true => text.color(Palette::of(ui.visuals()).caution),
        false => text.weak(),
    };
    ui.add(egui::Label::new(text).wrap());
    let mut asked = Vec::new();
    ui.horizontal_wrapped(|ui| {
        let why_not = language.text("planner.weights_unchanged");
        let usable = is_other && weights.total() > 0.0;
        let save = ui.add_enabled(usable, Button::new(language.text("planner.save_weights")));
        if save.on_disabled_hover_text(&*why_not).clicked() {
            let pack = with_weights(input.survey.settings(), &weights);
            asked.push(Action::Edit(Command::Plan(PlanCommand::SetRules { pack })));
        }
        let reset = ui.add_enabled(is_other, Button::new(language.text("planner.reset")));
        if reset.on_disabled_hover_text(why_not).clicked() {
            state.weights = None;
        }
    });
    if weights.total() <= 0.0 {
        ui.label(signs::beneath(ui, language.text("planner.no_weight")));
    }
    asked
}

/// Beside the longest name of a part and its number.
const SLIDER_WIDTH: f32 = 70.0;

/// The whole pack that holds in the survey, with other weights.
fn with_weights(settings: &Settings, weights: &Weights) -> serde_json::Value {
    let mut pack = RulePack::json_of(settings);
    for part in ScorePart::ALL {
        pack["score"]["weights"][part.key()] = weights.get(*part).into();
    }
    pack
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_weights_leave_the_rest_of_the_pack_as_it_is() {
        let settings = Settings::default();
        let before = RulePack::json_of(&settings);
        let weights = Weights([10.0, 20.0, 30.0, 40.0]);
        let mut after = with_weights(&settings, &weights);
        let pack = RulePack::from_json(&after).unwrap();
        assert_eq!(Weights::of_pack(&pack.score), weights);
        after["score"]["weights"] = before["score"]["weights"].clone();
        assert_eq!(after, before);
    }
}
