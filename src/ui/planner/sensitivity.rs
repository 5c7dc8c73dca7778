//! Which estates enter or leave the implemented batch if a weight moves: whether the plan rests on
//! a number that nobody can be sure of.

use super::{PlannerInput, PlannerState};
use crate::model::BudgetKey;
use crate::rules::batches::Movement;
use crate::ui::action::{Action, Selection};
use crate::ui::pending::{Answer, Pending};
use crate::words::planning::movement_text;
use egui::{CollapsingHeader, Ui};

/// What is being worked out, of which ranking and county's year.
type Asked = ((u64, BudgetKey), Pending<Vec<Movement>>);

/// Worked out on a thread of its own, where somebody looks.
#[derive(Default)]
pub struct Sensitivity {
    /// Of which ranking, and of which county's year.
    of: Option<(u64, BudgetKey)>,
    movements: Vec<Movement>,
    pending: Option<Asked>,
}

pub fn sensitivity_ui(
    ui: &mut Ui,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    actions: &mut Vec<Action>,
) {
    let language = input.language;
    let step = input.catalogue.rules.score.sensitivity_step * 100.0;
    let title = language.text_with("planner.sensitivity", &[("step", &step.round())]);
    CollapsingHeader::new(title)
        .id_salt("sensitivity")
        .show(ui, |ui| {
            if state.scope().is_none() {
                ui.weak(language.text("planner.choose_county"));
                return;
            }
            update(ui, state, input);
            let now = state
                .ranking
                .as_ref()
                .map(|it| it.changes())
                .zip(state.key());
            if state.sensitivity.of != now {
                ui.horizontal(|ui| {
                    ui.spinner();
                    ui.weak(language.text("planner.looking"));
                });
                return;
            }
            for movement in &state.sensitivity.movements {
                let text = movement_text(language, movement);
                let estates: Vec<_> = [&movement.enters, &movement.leaves]
                    .into_iter()
                    .flatten()
                    .copied()
                    .collect();
                if estates.is_empty() {
                    ui.add(egui::Label::new(text).wrap());
                } else if ui
                    .add(egui::Button::new(text).wrap().frame(false))
                    .on_hover_text(language.text("planner.select_these"))
                    .clicked()
                {
                    actions.push(Action::Select(Selection::These(estates)));
                }
            }
        });
}

fn update(ui: &Ui, state: &mut PlannerState, input: &PlannerInput<'_>) {
    let (Some(ranking), Some(key)) = (&state.ranking, state.key()) else {
        return;
    };
    let of = (ranking.changes(), key.clone());
    let sensitivity = &mut state.sensitivity;
    if let Some((asked, pending)) = &sensitivity.pending {
        match pending.poll() {
            Answer::UnderWay => return,
            Answer::Here(movements) => {
                sensitivity.of = Some(asked.clone());
                sensitivity.movements = movements;
            }
            Answer::Lost => {}
        }
        sensitivity.pending = None;
    }
    if sensitivity.of.as_ref() == Some(&of) {
        return;
    }
    let mut budget = input.survey.budget(&key).cloned().unwrap_or_default();
    if let Some(what_if) = &state.what_if {
        budget.budget = Some(what_if.budget);
    }
    let (planning, weights) = (ranking.planning.clone(), ranking.key.weights);
    let find = move || planning.sensitivity(&key, &budget, &weights);
    let pending = Pending::start("sensitivity", ui.ctx(), find);
    sensitivity.pending = pending.ok().map(|pending| (of, pending));
}
