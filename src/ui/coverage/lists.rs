//! The lists, one line each with what became of its rows; and what a shanty-town plan suggests.

use super::CoverageInput;
use crate::edit::Command;
use crate::model::{Coded, Estate, Exclusion, Field, ListId, ListKind, Value};
use crate::rules::coverage::Coverage;
use crate::rules::reconciliation::Reconciled;
use crate::ui::action::{Action, Selection};
use crate::ui::icons;
use crate::words::{coverage as words, fields};
use egui::{Align, Button, Layout, RichText, Ui, vec2};
use std::collections::BTreeSet;

const HEADINGS: [&str; 5] = [
    "coverage.heading.rows",
    "coverage.heading.drawn",
    "coverage.heading.matched",
    "coverage.heading.excluded",
    "coverage.heading.open",
];
/// Of a column of figures.
const FIGURE: f32 = 42.0;

pub(super) fn lists_ui(
    ui: &mut Ui,
    coverage: &Coverage,
    picked: &mut Option<ListId>,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    ui.spacing_mut().item_spacing.x = 2.0;
    line(
        ui,
        |ui, width| {
            let name = RichText::new(language.text("coverage.heading.list")).weak();
            ui.add_sized(vec2(width, 0.0), Button::new(name).frame(false))
        },
        HEADINGS.map(|key| RichText::new(language.text(key)).small().weak()),
    );
    for reconciled in &coverage.reconciliation.lists {
        if list_line(ui, reconciled, *picked == Some(reconciled.list), input) {
            *picked = Some(reconciled.list);
        }
    }
    shanty_ui(ui, coverage, input)
}

/// The name in the room that the figures leave, then the figures.
fn line(
    ui: &mut Ui,
    name: impl FnOnce(&mut Ui, f32) -> egui::Response,
    figures: [RichText; 5],
) -> egui::Response {
    let height = ui.spacing().interact_size.y;
    let width = ui.available_width() - 5.0 * (FIGURE + ui.spacing().item_spacing.x);
    let row = ui.horizontal(|ui| {
        let response = name(ui, width.max(FIGURE));
        for figure in figures {
            let layout = Layout::right_to_left(Align::Center);
            ui.allocate_ui_with_layout(vec2(FIGURE, height), layout, |ui| ui.label(figure));
        }
        response
    });
    row.inner
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
    let count = &reconciled.count;
    let figures = [
        count.rows_in,
        count.kept,
        count.merged,
        count.excluded,
        count.open,
    ];
    let mut figures = figures.map(|figure| RichText::new(fields::with_separators(figure)));
    if count.open > 0 {
        figures[4] = figures[4].clone().strong();
    }
    let response = line(
        ui,
        |ui, width| {
            let button = Button::new(short).selected(is_picked).truncate();
            let button = button.min_size(vec2(width, 0.0));
            ui.allocate_ui(vec2(width, 0.0), |ui| ui.add(button)).inner
        },
        figures,
    );
    let clicked = response.clicked();
    response.accessible_name(&full).on_hover_text(full);
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
    for estate in estates {
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
