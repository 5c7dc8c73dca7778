//! The buildings of an estate, as a table that is typed into, and what they say about the estate.

mod cells;
mod table;

pub use cells::BuildingCells;

use super::Form;
use super::row::issue_line;
use super::sections::section;
use crate::edit::{BuildingCommand, Command};
use crate::model::{Building, Estate};
use crate::rules::buildings::{Figure, Known, Summary, differences, summary};
use crate::rules::checks::Gravity;
use crate::ui::action::Action;
use crate::ui::form::Section;
use crate::ui::icons;
use crate::ui::verb::{Tag, Take, Verb};
use crate::words::buildings as words;
use egui::Ui;
use std::sync::Arc;

pub fn buildings(ui: &mut Ui, form: &mut Form<'_>, estate: &Estate) {
    section(ui, form, Section::Buildings, |ui, form| {
        let survey = form.input.survey;
        let buildings = survey.buildings_of(estate.id);
        table::table(ui, form, estate.id, &buildings);
        problems(ui, form, estate);
        draw_button(ui, form);
        if let Some(said) = summary(&buildings) {
            compared(ui, form, estate, &buildings, &said);
        }
    });
}

/// Why typed texts are no values, each with its cell.
fn problems(ui: &mut Ui, form: &Form<'_>, estate: &Estate) {
    let language = form.language();
    for (cell, typed, problem) in form.state.buildings.problems(estate.id) {
        let name = cells::name(language, form.input.survey, cell);
        let text = format!("{name}: {}", problem.text(language, typed));
        issue_line(ui, Gravity::Blocks, &text);
    }
}

fn draw_button(ui: &mut Ui, form: &mut Form<'_>) {
    let text = form.language().text("buildings.draw");
    let button = ui.button(format!("{} {text}", icons::DRAW_POLYGON));
    if button.accessible_name(text.as_ref()).clicked() {
        form.actions.push(Action::Do(Verb::Take(Take::Building)));
    }
}

/// Where the estate says something else, and a button that takes over what its buildings say.
fn compared(
    ui: &mut Ui,
    form: &mut Form<'_>,
    estate: &Estate,
    buildings: &[&Arc<Building>],
    said: &Summary,
) {
    let language = form.language();
    let differences = differences(estate, said);
    for difference in &differences {
        let figure = difference.figure;
        ui.horizontal_wrapped(|ui| {
            ui.label(words::difference_text(language, difference));
            let name = language.text_with(
                "buildings.take_figure",
                &[("figure", &words::figure_label(language, figure))],
            );
            let button = ui.small_button(language.text("buildings.take").as_ref());
            if button.accessible_name(&name).on_hover_text(name).clicked() {
                let estate = estate.id;
                let figures = vec![figure];
                let command = BuildingCommand::TakeFigures { estate, figures };
                form.actions.push(Action::Edit(Command::Building(command)));
            }
        });
    }
    for figure in Figure::ALL {
        // Where no building has it, nobody meant to give it building by building.
        if let Known::Missing(missing) = figure.of_buildings(said)
            && (missing as usize) < buildings.len()
        {
            ui.weak(words::missing_text(language, figure, missing));
        }
    }
    match differences.len() {
        0 => {
            ui.weak(language.text("buildings.agree"));
        }
        1 => {}
        _ => {
            let verb = Verb::Tag(Tag::TakeFromBuildings);
            if ui.button(language.text(verb.key()).as_ref()).clicked() {
                form.actions.push(Action::Do(verb));
            }
        }
    }
}
