//! What the page begins with: whose project it is, what the checks say of it, and where there is no
//! project yet what it takes to begin one.

use super::Page;
use super::content::add_ui;
use super::parts::row;
use super::text::{Look, caution_line, problem_line, problems, text_box};
use crate::model::Estate;
use crate::rules::recognition::{RecognitionVerdict, recognise};
use crate::ui::action::{Action, Workspace};
use crate::ui::delivery::Said;
use crate::ui::delivery::change::ProjectChange;
use crate::ui::delivery::slot::Slot;
use crate::ui::{icons, signs};
use crate::words::rules::{reason_text, verdict_text};
use crate::words::{fields, projects as words};
use egui::{RichText, Ui};

pub fn heading(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let estate: &Estate = page.estate;
    let name = fields::record_name(language, page.input.survey, estate);
    ui.add(egui::Label::new(RichText::new(name).heading()).wrap());
    ui.horizontal_wrapped(|ui| {
        ui.weak(words::estate_about(language, estate));
        if ui.link(language.text("delivery.to_survey")).clicked() {
            page.actions.push(Action::SetWorkspace(Workspace::Survey));
        }
        if ui.link(language.text("delivery.to_map")).clicked() {
            page.actions.push(Action::ShowOnMap(estate.id));
        }
    });
    verdict_ui(ui, page);
    let input = page.input;
    for said in input.findings {
        finding_ui(ui, page, said);
    }
}

/// «防止…“搭车”申报», 四(三): what is no old estate, or not surely one, has no part in central money.
fn verdict_ui(ui: &mut Ui, page: &Page<'_>) {
    let (language, catalogue) = (page.language(), page.input.catalogue);
    let limits = &catalogue.rules.recognition;
    let recognised = recognise(page.estate, &catalogue.items, limits);
    let deciding = recognised.deciding();
    let reasons = recognised.reasons.iter();
    let reasons = reasons.filter(|reason| deciding.contains(&reason.rule));
    let reasons: Vec<String> = reasons
        .map(|reason| reason_text(language, reason, &catalogue.items))
        .collect();
    let reasons = language.listed(&reasons);
    let verdict = verdict_text(language, recognised.verdict);
    let say = |key| language.text_with(key, &[("verdict", &verdict), ("reasons", &reasons)]);
    match recognised.verdict {
        RecognitionVerdict::Recognised => {}
        RecognitionVerdict::Undetermined => {
            caution_line(ui, &say("delivery.start.undetermined"));
        }
        RecognitionVerdict::NotRecognised => {
            problem_line(ui, &say("delivery.start.not_recognised"));
        }
    }
}

/// What the checks say, a click from where it is corrected.
fn finding_ui(ui: &mut Ui, page: &mut Page<'_>, said: &Said) {
    let color = signs::gravity_colour(ui.visuals(), said.gravity);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.label(RichText::new(signs::gravity_sign(said.gravity)).color(color));
        let text = signs::beneath(ui, said.text.as_str()).color(color);
        let label = egui::Label::new(text).wrap().sense(egui::Sense::click());
        let response = ui.add(label);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, said.text.clone()));
        if response.clicked() {
            page.state.go_to = Some(said.part);
        }
    });
}

/// An estate that nothing is planned for: what a project takes, and two ways to begin.
pub fn nothing_yet(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    ui.add_space(6.0);
    ui.label(language.text("delivery.start.none"));
    for key in [
        "delivery.start.content",
        "delivery.start.money",
        "delivery.start.units",
        "delivery.start.year",
    ] {
        ui.horizontal(|ui| {
            ui.weak(icons::CIRCLE);
            ui.label(language.text(key));
        });
    }
    ui.add_space(6.0);
    let label = language.text("delivery.plan.year");
    row(ui, &label, |ui| {
        ui.horizontal(|ui| {
            let look = Look {
                width: 60.0,
                hint: "2027",
                suffix: "",
            };
            text_box(ui, page, Slot::Year, &label, look);
            let year = page.input.today.year();
            let text = language.text_with("delivery.start.begin", &[("year", &year)]);
            let button = ui.button(format!("{} {text}", icons::PLUS));
            if button.accessible_name(text).clicked() {
                let change = ProjectChange::Type(Slot::Year, year.to_string());
                page.state.drafts.remove(page.estate.id, Slot::Year);
                page.change(change);
            }
        });
        problems(ui, page, &[Slot::Year]);
    });
    add_ui(ui, page);
}
