//! The lists, one line each with what became of its rows; and what a shanty-town plan suggests.

use super::{CoverageInput, identity_ui};
use crate::edit::Command;
use crate::model::{Coded, Estate, Exclusion, Field, ListId, ListKind, Value};
use crate::rules::coverage::Coverage;
use crate::rules::reconciliation::Reconciled;
use crate::ui::action::{Action, Selection};
use crate::ui::icons;
use crate::words::release::rows_text;
use crate::words::{coverage as words, fields};
use egui::{Button, RichText, Ui, vec2};
use std::collections::BTreeSet;

/// Of what X1 is suggested for: those that are dealt with make room for the next.
const MOST_SUGGESTIONS: usize = 100;

pub(super) fn lists_ui(
    ui: &mut Ui,
    coverage: &Coverage,
    picked: &mut Option<ListId>,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    for reconciled in &coverage.reconciliation.lists {
        if list_line(ui, reconciled, *picked == Some(reconciled.list), input) {
            *picked = Some(reconciled.list);
        }
    }
    shanty_ui(ui, coverage, input)
}

fn list_line(
    ui: &mut Ui,
    reconciled: &Reconciled,
    is_picked: bool,
    input: &CoverageInput<'_>,
) -> bool {
    let language = input.language;
    let list = input.survey.list(reconciled.list);
    let full = match list {
        Some(list) => words::list_text(language, list),
        None => language.text("record.gone").into_owned(),
    };
    let short = match list {
        Some(list) if list.kind != ListKind::Other => {
            let kind = fields::coded_label(language, list.kind);
            format!("{kind} · {}", list.file_name)
        }
        Some(list) => list.file_name.clone(),
        None => full.clone(),
    };
    let mut button = Button::new(RichText::new(short).strong())
        .selected(is_picked)
        .truncate()
        .min_size(vec2(ui.available_width(), 0.0));
    let open = reconciled.count.open;
    button = button.right_text(match open {
        0 => icons::CHECK.to_owned(),
        open => language.text_with("coverage.rows_open", &[("count", &open)]),
    });
    let response = ui.add(button);
    let clicked = response.clicked();
    response.accessible_name(&full).on_hover_text(full);
    ui.indent(reconciled.list, |ui| {
        ui.label(rows_text(language, &reconciled.count));
        if !reconciled.count.adds_up() {
            identity_ui(ui, false, language);
        }
    });
    clicked
}

/// What X1 is suggested for. A person sets it, one estate at a time.
fn shanty_ui(ui: &mut Ui, coverage: &Coverage, input: &CoverageInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let estates: BTreeSet<_> = coverage.shanty.iter().map(|listed| listed.estate).collect();
    let estates: Vec<&Estate> = estates
        .into_iter()
        .filter_map(|id| input.survey.estate(id))
        .map(|estate| &**estate)
        .collect();
    if estates.is_empty() {
        return actions;
    }
    ui.separator();
    let count = estates.len();
    ui.strong(language.text_with("coverage.shanty", &[("count", &count)]));
    ui.label(language.text("coverage.shanty_hint"));
    for estate in estates.iter().take(MOST_SUGGESTIONS) {
        let name = fields::record_name(language, input.survey, estate);
        ui.horizontal(|ui| {
            if ui.button(&name).clicked() {
                actions.push(Action::Select(Selection::Only(estate.id)));
                actions.push(Action::ShowOnMap(estate.id));
            }
            let x1 = ui.button(format!("{} X1", icons::PROHIBIT));
            let text = language.text_with("coverage.set_x1", &[("name", &name)]);
            let x1 = x1.accessible_name(&text);
            if x1.on_hover_text(text).clicked() {
                actions.push(Action::Edit(exclude(estate)));
            }
        });
    }
    if count > MOST_SUGGESTIONS {
        let more = count - MOST_SUGGESTIONS;
        ui.weak(language.text_with("coverage.shanty_more", &[("count", &more)]));
    }
    actions
}

/// X1 beside what the estate is excluded for already.
fn exclude(estate: &Estate) -> Command {
    let given = estate.exclusions.iter().flatten().copied();
    let all: BTreeSet<Exclusion> = given.chain([Exclusion::ShantyPlan]).collect();
    let keys = all.into_iter().map(|exclusion| exclusion.key().to_owned());
    Command::SetField {
        estates: vec![estate.id],
        field: Field::Exclusions,
        value: Some(Value::Codes(keys.collect())),
    }
}
