//! County and year, what the county can spend, a budget tried out, and what the plan comes to.

use super::lines::division_title;
use super::ranking::{Ranking, Sums, WhatIf};
use super::{EVERY_COUNTY, PlannerInput, PlannerState};
use crate::edit::{Command, PlanCommand};
use crate::model::{Budget, BudgetKey, Yuan};
use crate::rules::batches::Plan;
use crate::ui::action::Action;
use crate::ui::theme::{BOX_HEIGHT, Palette};
use crate::ui::{icons, signs};
use crate::words::fields::with_separators;
use crate::words::planning::money_text;
use egui::{Button, ComboBox, DragValue, Grid, ProgressBar, RichText, Slider, TextEdit, Ui};

/// What is being typed, and for which county and year.
#[derive(Default)]
pub struct BudgetDraft {
    of: Option<(BudgetKey, Option<Budget>)>,
    budget: String,
    capacity: String,
    basis: String,
}

impl BudgetDraft {
    /// Shows what is saved, unless it is what was shown before.
    fn follow(&mut self, key: &BudgetKey, saved: Option<&Budget>) {
        let now = Some((key.clone(), saved.cloned()));
        if self.of == now {
            return;
        }
        let text = |amount: Option<Yuan>| amount.map_or(String::new(), |it| it.to_string());
        self.budget = text(saved.and_then(|budget| budget.budget));
        self.capacity = text(saved.and_then(|budget| budget.capacity));
        self.basis = saved.map_or(String::new(), |budget| budget.basis.clone());
        self.of = now;
    }

    /// What was typed; `None` where an amount is none.
    fn typed(&self) -> Option<Budget> {
        let amount = |text: &str| match text.trim() {
            "" => Some(None),
            text => Yuan::parse_wan(text).map(Some),
        };
        let saved = self.of.as_ref().and_then(|(_, budget)| budget.clone());
        Some(Budget {
            budget: amount(&self.budget)?,
            capacity: amount(&self.capacity)?,
            basis: self.basis.trim().to_owned(),
            ..saved.unwrap_or_default()
        })
    }
}

/// What the plans of the county come to.
#[derive(Clone, Copy, Debug, Default)]
struct Outcome {
    sums: Sums,
    /// What all their estates together would cost the county.
    needed: Yuan,
    /// Placements by hand that do not hold.
    not_honoured: usize,
}

/// The outcome, and which ranking, survey and county it is of: thousands of estates are not added
/// up in every frame.
#[derive(Default)]
pub struct OutcomeKept {
    of: Option<(u64, u64, Option<String>)>,
    outcome: Outcome,
}

fn plans_of<'a>(ranking: &'a Ranking, scope: Option<&'a str>) -> impl Iterator<Item = &'a Plan> {
    let plans = ranking.plans.iter();
    let of_scope = plans.filter(move |(code, _)| scope.is_none_or(|scope| scope == code));
    of_scope.map(|(_, plan)| plan)
}

fn add_up(state: &mut PlannerState, input: &PlannerInput<'_>) {
    let scope = state.scope().map(str::to_owned);
    let Some(ranking) = &state.ranking else {
        return;
    };
    let of = Some((ranking.changes(), input.revision, scope));
    if state.outcome.of == of {
        return;
    }
    let plans = || {
        plans_of(
            ranking,
            of.as_ref().and_then(|(_, _, scope)| scope.as_deref()),
        )
    };
    let placed = plans().flat_map(|plan| &plan.placed);
    let outcome = Outcome {
        sums: Sums::of(plans(), input.survey),
        needed: placed.map(|placed| placed.local_fiscal).sum(),
        not_honoured: plans().flat_map(Plan::not_honoured).count(),
    };
    state.outcome = OutcomeKept { of, outcome };
}

pub fn budget_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    scope_ui(ui, state, input);
    add_up(state, input);
    match state.key() {
        Some(key) => {
            actions.extend(amounts_ui(ui, state, input, &key));
            actions.extend(what_if_ui(ui, state, input, &key));
        }
        None => {
            ui.weak(input.language.text("planner.choose_county"));
        }
    }
    ui.separator();
    outcome_ui(ui, state, input);
    actions
}

fn scope_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) {
    let language = input.language;
    let Some(ranking) = &state.ranking else {
        return;
    };
    let title = |code: &str| match code {
        EVERY_COUNTY => language.text("planner.every_county").into_owned(),
        code => division_title(code, language),
    };
    let mut chosen = state.county.clone().unwrap_or_default();
    let mut year = state.year.unwrap_or_default();
    ui.horizontal(|ui| {
        let counties = ranking.plans.iter().map(|(code, _)| code.as_str());
        let combo = ComboBox::from_id_salt("plan county")
            .selected_text(title(&chosen))
            .width(120.0)
            .truncate()
            .show_ui(ui, |ui| {
                for code in counties.chain([EVERY_COUNTY]) {
                    ui.selectable_value(&mut chosen, code.to_owned(), title(code));
                }
            });
        combo
            .response
            .accessible_name(language.text("planner.county"));
        ui.label(language.text("planner.year"));
        let drag = DragValue::new(&mut year).range(2000..=2100).speed(0.1);
        ui.add(drag).accessible_name(language.text("planner.year"));
    });
    if Some(year) != state.year {
        state.year = Some(year);
        state.what_if = None;
    }
    if Some(&chosen) != state.county.as_ref() {
        state.county = Some(chosen);
        state.what_if = None;
    }
    state.wanted.county = state.scope().map(str::to_owned);
}

fn amounts_ui(
    ui: &mut Ui,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    key: &BudgetKey,
) -> Option<Action> {
    let language = input.language;
    let saved = input.survey.budget(key);
    let draft = &mut state.budget;
    draft.follow(key, saved);
    let mut entered = false;
    Grid::new("budget").num_columns(2).show(ui, |ui| {
        let rows: [(&str, &mut String); 3] = [
            ("planner.budget", &mut draft.budget),
            ("planner.capacity", &mut draft.capacity),
            ("planner.basis", &mut draft.basis),
        ];
        for (label, text) in rows {
            let name = language.text(label);
            ui.label(&*name);
            let edit = TextEdit::singleline(text)
                .desired_width(96.0)
                .min_size(egui::vec2(0.0, BOX_HEIGHT));
            let text_box = ui.add(edit).accessible_name(name);
            entered |= text_box.lost_focus();
            ui.end_row();
        }
    });
    let typed = draft.typed();
    if typed.is_none() {
        let palette = Palette::of(ui.visuals());
        ui.colored_label(palette.finding, language.text("planner.no_amount"));
    }
    // Like the form: what was typed is saved as the cursor leaves it.
    let budget = typed.filter(|typed| entered && Some(typed) != saved)?;
    if saved.is_none() && budget == Budget::default() {
        return None;
    }
    let key = key.clone();
    Some(Action::Edit(Command::Plan(PlanCommand::SetBudget {
        key,
        budget: Some(budget),
    })))
}

const SLIDER_WIDTH: f32 = 180.0;

/// A budget that is moved without being saved.
fn what_if_ui(
    ui: &mut Ui,
    state: &mut PlannerState,
    input: &PlannerInput<'_>,
    key: &BudgetKey,
) -> Option<Action> {
    let language = input.language;
    let saved = input.survey.budget(key).cloned().unwrap_or_default();
    let set_aside = saved.budget.or(saved.limit()).unwrap_or_default();
    let needed = state.outcome.outcome.needed;
    let most = (set_aside.wan() * 2.0).max(needed.wan()).max(100.0).ceil();
    let mut wan = state
        .what_if
        .as_ref()
        .map_or(set_aside, |it| it.budget)
        .wan();
    ui.label(language.text("planner.what_if"));
    ui.spacing_mut().slider_width = SLIDER_WIDTH;
    let slider = Slider::new(&mut wan, 0.0..=most)
        .max_decimals(1)
        .step_by(1.0);
    let slider = ui
        .add(slider)
        .accessible_name(language.text("planner.what_if"));
    if slider.changed() {
        state.what_if = Yuan::from_wan(wan).map(|budget| WhatIf {
            county_code: key.county_code.clone(),
            budget,
        });
    }
    let tried = state.what_if.as_ref()?.budget;
    let mut kept = None;
    let palette = Palette::of(ui.visuals());
    egui::Frame::group(ui.style())
        .stroke(egui::Stroke::new(1.5, palette.caution))
        .show(ui, |ui| {
            let text = language.text_with(
                "planner.what_if_on",
                &[
                    ("tried", &money_text(language, tried)),
                    ("saved", &money_text(language, set_aside)),
                ],
            );
            let text = RichText::new(format!("{} {text}", icons::WARNING)).color(palette.caution);
            ui.add(egui::Label::new(text).wrap());
            if saved.capacity.is_some_and(|capacity| tried > capacity) {
                let beyond = language.text("planner.beyond_capacity");
                ui.add(egui::Label::new(signs::beneath(ui, beyond)).wrap());
            }
            ui.horizontal(|ui| {
                if ui.button(language.text("planner.keep")).clicked() {
                    let budget = Budget {
                        budget: Some(tried),
                        ..saved.clone()
                    };
                    kept = Some(Action::Edit(Command::Plan(PlanCommand::SetBudget {
                        key: key.clone(),
                        budget: Some(budget),
                    })));
                    state.what_if = None;
                }
                if ui.add(Button::new(language.text("planner.drop"))).clicked() {
                    state.what_if = None;
                }
            });
        });
    kept
}

/// What the plan comes to.
fn outcome_ui(ui: &mut Ui, state: &PlannerState, input: &PlannerInput<'_>) {
    let language = input.language;
    let Some(ranking) = &state.ranking else {
        return;
    };
    let plans = || plans_of(ranking, state.scope());
    let Outcome {
        sums, not_honoured, ..
    } = state.outcome.outcome;
    ui.strong(language.text("planner.outcome"));
    ui.label(language.text_with(
        "planner.outcome_sums",
        &[
            ("estates", &sums.estates),
            ("households", &with_separators(sums.households)),
            ("m2", &with_separators(sums.floor_area_m2.round() as u64)),
        ],
    ));
    if sums.uncounted > 0 {
        let text = language.text_with("planner.uncounted", &[("estates", &sums.uncounted)]);
        ui.label(signs::beneath(ui, text));
    }
    let used: Yuan = plans().map(|plan| plan.used).sum();
    let limits: Option<Vec<Yuan>> = plans().map(|plan| plan.limit).collect();
    match limits.map(|limits| limits.into_iter().sum::<Yuan>()) {
        Some(limit) => {
            let share = match limit {
                Yuan::ZERO => 0.0,
                limit => used.wan() / limit.wan(),
            };
            let text = language.text_with(
                "planner.used",
                &[("used", &used), ("limit", &money_text(language, limit))],
            );
            let bar = ProgressBar::new(share as f32).text(text.clone());
            ui.add(bar).accessible_name(text);
        }
        None => {
            let text = language.text("planner.limit_unknown");
            ui.add(egui::Label::new(RichText::new(text).weak()).wrap());
        }
    }
    if not_honoured > 0 {
        let palette = Palette::of(ui.visuals());
        let values: [(&str, &dyn std::fmt::Display); 1] = [("count", &not_honoured)];
        let text = language.text_with("planner.not_honoured", &values);
        ui.colored_label(palette.caution, format!("{} {text}", icons::WARNING));
    }
}
