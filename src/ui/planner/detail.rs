//! Below the ranking: the selected estate, why it stands where it does, and the way to put it
//! elsewhere.

use super::place::place_ui;
use super::{PlannerInput, PlannerState};
use crate::rules::score::why;
use crate::ui::action::Action;
use crate::ui::theme::{DETAIL_HEIGHT, Palette};
use crate::ui::{icons, signs};
use crate::words::fields::{coded_label, record_name};
use crate::words::planning::{placement_text, reason_text, score_text, subsidy_text, why_lines};
use egui::{Label, Panel, RichText, ScrollArea, Ui};

pub fn detail_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    Panel::bottom("plan detail")
        .resizable(true)
        .default_size(DETAIL_HEIGHT)
        .show(ui, |ui| {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                actions.extend(selected_ui(ui, state, input));
            });
        });
    actions
}

fn selected_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let &[id] = input.selection else {
        let values: [(&str, &dyn std::fmt::Display); 1] = [("count", &input.selection.len())];
        match input.selection.len() {
            0 => ui.weak(language.text("planner.select_one")),
            _ => ui.label(language.text_with("planner.selected", &values)),
        };
        return actions;
    };
    let (Some(ranking), Some(estate)) = (&state.ranking, input.survey.estate(id)) else {
        return actions;
    };
    let (Some(place), Some(row)) = (ranking.place_of(id), ranking.planning.row(id)) else {
        ui.weak(language.text("planner.not_ranked"));
        return actions;
    };
    let placed = ranking.placed(place);
    let items = &input.catalogue.items;
    ui.horizontal_wrapped(|ui| {
        ui.strong(record_name(language, input.survey, estate));
        ui.label(format!(
            "#{} · {} · {}",
            placed.rank,
            score_text(language, placed.score),
            coded_label(language, placed.batch),
        ));
    });
    ui.add(Label::new(reason_text(language, &placed.reason, items)).wrap());
    if let Some(text) = placement_text(language, placed.placement) {
        let text = RichText::new(text).color(Palette::of(ui.visuals()).caution);
        ui.add(Label::new(text).wrap());
    }
    let mut opens = false;
    ui.horizontal_wrapped(|ui| {
        let name = language.text("planner.place");
        let button = ui.button(format!("{} {name}", icons::HAND_RAISED));
        opens = button.accessible_name(name).clicked();
        let name = language.text("verb.fit_selection");
        let button = ui.button(format!("{} {name}", icons::FIT));
        if button.accessible_name(name).clicked() {
            actions.push(Action::ShowOnMap(id));
        }
        let name = language.text("planner.open_project");
        let button = ui.button(format!("{} {name}", icons::CRANE));
        if button.accessible_name(name).clicked() {
            actions.push(Action::ShowProject(id, None));
        }
    });
    let rules = &ranking.planning.pack;
    let whys = why(estate, items, &rules.score, &ranking.key.weights);
    let lines = why_lines(language, &whys, items, rules);
    let subsidy = row.subsidy.as_ref();
    let subsidy = subsidy.map(|found| subsidy_text(language, found, items, &rules.subsidy));
    if opens {
        state.place.open(id, input.author);
    }
    actions.extend(place_ui(ui, state, input, id));
    for line in lines.into_iter().chain(subsidy) {
        let line = signs::beneath(ui, line);
        ui.add(Label::new(line).wrap());
    }
    actions
}
