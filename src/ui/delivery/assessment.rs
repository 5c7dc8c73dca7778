//! 考核, 四(四): what a county's year came to, against a version that was frozen before.

use super::DeliveryInput;
use crate::edit::{Command, PlanCommand};
use crate::model::{AssessmentFigures, Snapshot, SnapshotContent, SnapshotId};
use crate::rules::assessment::{
    Figure, FigureChange, Group, Measure, Progress, Scope, assess, compare, counties, years,
};
use crate::ui::action::Action;
use crate::ui::icons;
use crate::words::assessment::{change_text, figure_label, figure_text, figure_value, group_label};
use crate::words::projects::{self as words, Compared};
use crate::words::{Language, coverage::division_name};
use egui::{Align, Button, ComboBox, Grid, Layout, ScrollArea, TextEdit, Ui};
use std::collections::BTreeSet;

#[derive(Default)]
pub struct AssessmentState {
    /// Empty for the whole survey.
    county: String,
    year: Option<i32>,
    against: Option<SnapshotId>,
    title: String,
    /// The figures, and what they were worked out for.
    figures: Option<((u64, Scope), AssessmentFigures)>,
    counties: BTreeSet<String>,
    years: BTreeSet<i32>,
}

pub fn assessment_ui(
    ui: &mut Ui,
    state: &mut AssessmentState,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let Some(evaluation) = input.evaluation else {
        ui.label(language.text("issues.working"));
        return Vec::new();
    };
    let scope = Scope {
        county_code: state.county.clone(),
        year: state.year.unwrap_or_else(|| i32::from(input.today.year())),
        today: input.today,
    };
    let year = scope.year;
    let asked = (input.evaluations, scope);
    if state.figures.as_ref().is_none_or(|(of, _)| *of != asked) {
        let judgements = &evaluation.judgements;
        let figures = assess(input.survey, judgements, &asked.1, input.catalogue);
        state.counties = counties(input.survey);
        state.years = years(input.survey);
        state.years.insert(i32::from(input.today.year()));
        state.figures = Some((asked, figures));
    }
    scope_ui(ui, state, year, language);
    let AssessmentState {
        title,
        against,
        figures: Some((_, figures)),
        ..
    } = state
    else {
        return Vec::new();
    };
    let figures = &*figures;
    let frozen = frozen(input, figures);
    let mut actions = freeze_ui(ui, title, figures, input);
    let before = against_ui(ui, against, &frozen, language);
    actions.extend(frozen_ui(ui, &frozen, language));
    ui.separator();
    let rows = compare(figures, before.unwrap_or(figures));
    let is_compared = before.is_some();
    let copy = language.text("delivery.assessment.copy");
    let button = ui.button(format!("{} {copy}", icons::COPY));
    if button.accessible_name(copy.as_ref()).clicked() {
        let title = words::assessment_title(language, figures);
        let compared = match is_compared {
            true => Compared::WithEarlier,
            false => Compared::Alone,
        };
        let text = words::assessment_as_text(language, &title, &rows, compared);
        ui.ctx().copy_text(text);
    }
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        figures_ui(ui, &rows, is_compared, language);
    });
    actions
}

fn county_name(language: Language, code: &str) -> String {
    match code {
        "" => language.text("delivery.filter.all_counties").into_owned(),
        code => division_name(code),
    }
}

fn scope_ui(ui: &mut Ui, state: &mut AssessmentState, shown: i32, language: Language) {
    ui.horizontal_wrapped(|ui| {
        let combo = ComboBox::from_id_salt("assessed county")
            .selected_text(county_name(language, &state.county))
            .width(120.0)
            .height(400.0);
        let response = combo.show_ui(ui, |ui| {
            let all = county_name(language, "");
            ui.selectable_value(&mut state.county, String::new(), all);
            for code in &state.counties {
                let name = division_name(code);
                ui.selectable_value(&mut state.county, code.clone(), name);
            }
        });
        let name = language.text("delivery.filter.county");
        response.response.accessible_name(name.as_ref());
        let combo = ComboBox::from_id_salt("assessed year")
            .selected_text(shown.to_string())
            .width(72.0);
        let response = combo.show_ui(ui, |ui| {
            for year in &state.years {
                let chosen = shown == *year;
                if ui.selectable_label(chosen, year.to_string()).clicked() {
                    state.year = Some(*year);
                }
            }
        });
        let name = language.text("delivery.filter.year");
        response.response.accessible_name(name.as_ref());
    });
}

/// The frozen versions of the same county and year.
fn frozen<'a>(
    input: &DeliveryInput<'a>,
    figures: &AssessmentFigures,
) -> Vec<(&'a Snapshot, &'a AssessmentFigures)> {
    let of_scope = |snapshot: &'a std::sync::Arc<Snapshot>| match &snapshot.content {
        SnapshotContent::Assessment(held)
            if held.county_code == figures.county_code && held.year == figures.year =>
        {
            Some((&**snapshot, held))
        }
        _ => None,
    };
    input.survey.snapshots().filter_map(of_scope).collect()
}

fn freeze_ui(
    ui: &mut Ui,
    title: &mut String,
    figures: &AssessmentFigures,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.horizontal(|ui| {
        let name = language.text("delivery.assessment.name");
        let edit = TextEdit::singleline(title)
            .hint_text(&*name)
            .desired_width(ui.available_width() - 90.0);
        let response = ui.add(edit);
        let entered =
            response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        response.accessible_name(name.as_ref());
        let ready = !title.trim().is_empty();
        let freeze = language.text("delivery.assessment.freeze");
        let button = Button::new(format!("{} {freeze}", icons::FREEZE));
        let button = ui.add_enabled(ready, button).on_disabled_hover_text(&*name);
        if (button.accessible_name(freeze.as_ref()).clicked() || entered) && ready {
            actions.push(Action::Edit(Command::Plan(PlanCommand::Freeze {
                title: std::mem::take(title),
                pack: input.catalogue.rules.stamp(),
                content: SnapshotContent::Assessment(figures.clone()),
            })));
        }
    });
    actions
}

/// Which frozen version the figures are held against.
fn against_ui<'a>(
    ui: &mut Ui,
    against: &mut Option<SnapshotId>,
    frozen: &[(&'a Snapshot, &'a AssessmentFigures)],
    language: Language,
) -> Option<&'a AssessmentFigures> {
    if frozen.is_empty() {
        ui.weak(language.text("delivery.assessment.nothing_frozen"));
        return None;
    }
    let held = frozen.iter().find(|(one, _)| Some(one.id) == *against);
    let none = language.text("delivery.assessment.against_nothing");
    let shown = held.map_or(none.to_string(), |(one, _)| one.title.clone());
    let label = language.text("delivery.assessment.against");
    ui.horizontal(|ui| {
        ui.label(&*label);
        let combo = ComboBox::from_id_salt("against")
            .selected_text(shown)
            .width(170.0);
        let response = combo.show_ui(ui, |ui| {
            ui.selectable_value(against, None, none);
            for (one, _) in frozen {
                ui.selectable_value(against, Some(one.id), &one.title);
            }
        });
        response.response.accessible_name(label.as_ref());
    });
    held.map(|(_, figures)| *figures)
}

fn frozen_ui(
    ui: &mut Ui,
    frozen: &[(&Snapshot, &AssessmentFigures)],
    language: Language,
) -> Vec<Action> {
    let mut actions = Vec::new();
    for (one, _) in frozen {
        ui.horizontal(|ui| {
            let title = &one.title;
            let name = language.text_with("delivery.remove", &[("what", title)]);
            let button = ui.small_button(icons::TRASH).on_hover_text(&name);
            if button.accessible_name(name).clicked() {
                let snapshot = one.id;
                let command = PlanCommand::RemoveSnapshot { snapshot };
                actions.push(Action::Edit(Command::Plan(command)));
            }
            let text = words::frozen_text(language, one);
            ui.add(egui::Label::new(crate::ui::signs::beneath(ui, text).weak()).truncate());
        });
    }
    actions
}

fn figures_ui(ui: &mut Ui, rows: &[FigureChange], is_compared: bool, language: Language) {
    for group in Group::ALL {
        // That nothing is unknown needs no line of its own.
        let is_said = |row: &&FigureChange| {
            let nothing = |value: Option<f64>| value.is_none_or(|value| value == 0.0);
            let is_gap = matches!(row.figure, Figure::Unknown(..) | Figure::CostUnknown);
            let in_matrix = matches!(row.figure, Figure::Reached(..));
            row.figure.group() == group
                && !in_matrix
                && !(is_gap && nothing(row.now) && nothing(row.before))
        };
        let said: Vec<&FigureChange> = rows.iter().filter(is_said).collect();
        if said.is_empty() && group != Group::Progress {
            continue;
        }
        ui.add_space(4.0);
        ui.strong(group_label(language, group));
        if group == Group::Progress {
            matrix_ui(ui, rows, is_compared, language);
        }
        Grid::new(group.key())
            .num_columns(3)
            .striped(true)
            .show(ui, |ui| {
                for row in said {
                    figure_ui(ui, row, is_compared, language);
                    ui.end_row();
                }
            });
    }
}

/// How much has come how far: a line a measure, a column a stage.
fn matrix_ui(ui: &mut Ui, rows: &[FigureChange], is_compared: bool, language: Language) {
    Grid::new("reached").striped(true).show(ui, |ui| {
        ui.label("");
        for progress in Progress::ALL {
            let key = progress.key();
            let word = language.text(&format!("figure.progress.{key}"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.weak(word));
        }
        ui.end_row();
        for measure in Measure::ALL {
            let key = measure.key();
            ui.label(language.text(&format!("figure.measure.{key}")));
            for progress in Progress::ALL {
                let figure = Figure::Reached(progress, measure);
                let row = rows.iter().find(|row| row.figure == figure);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    cell_ui(ui, figure, row, is_compared, language);
                });
            }
            ui.end_row();
        }
    });
}

fn cell_ui(
    ui: &mut Ui,
    figure: Figure,
    row: Option<&FigureChange>,
    is_compared: bool,
    language: Language,
) {
    let now = row.and_then(|row| row.now);
    let whole = figure_text(language, figure, now);
    let text = match now {
        Some(value) => figure_value(figure, value),
        None => whole.clone(),
    };
    let said = format!("{}: {whole}", figure_label(language, figure));
    let (text, said) = match row.filter(|_| is_compared) {
        Some(row) => {
            let change = change_text(language, figure, row.change());
            let before = figure_text(language, figure, row.before);
            let before = language.text_with("delivery.assessment.before", &[("value", &before)]);
            (format!("{text} ({change})"), format!("{said}; {before}"))
        }
        None => (text, said),
    };
    ui.label(text).on_hover_text(said);
}

fn figure_ui(ui: &mut Ui, row: &FigureChange, is_compared: bool, language: Language) {
    const LABEL_WIDTH: f32 = 170.0;
    let figure = row.figure;
    ui.scope(|ui| {
        ui.set_width(LABEL_WIDTH);
        ui.add(egui::Label::new(figure_label(language, figure)).wrap());
    });
    ui.label(figure_text(language, figure, row.now));
    if is_compared {
        let before = figure_text(language, figure, row.before);
        let text = language.text_with("delivery.assessment.before", &[("value", &before)]);
        let change = change_text(language, figure, row.change());
        ui.label(change).on_hover_text(text);
    }
}
