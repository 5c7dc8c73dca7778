//! What is to be done in the estate (三(二)): each item with its work, quantity and cost, what is
//! wrong with it, and whether the whole passes for central money.

use super::Page;
use super::item_picker::picker;
use super::parts::{chips, choose, of, remove_button, row};
use super::text::{Look, caution_line, problem_line, problems, sentence, text_box};
use crate::catalogue::Item;
use crate::model::{CentralMoney, PlanItem, ProjectPart, WorkType};
use crate::rules::content::{self, ContentProblem};
use crate::rules::funding;
use crate::rules::subsidy::{self, SubsidyOutcome};
use crate::ui::delivery::change::{ProjectChange, Renews};
use crate::ui::delivery::slot::{ItemText, Lines, Slot};
use crate::ui::icons;
use crate::words::planning::{for_show_text, problem_beside_text, subsidy_notes, subsidy_text};
use crate::words::{fields, projects as words};
use egui::Ui;
use std::collections::BTreeSet;

pub fn section(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let count = page.project.content.len();
    let told = match funding::cost(&page.project.content) {
        _ if count == 0 => language.text("delivery.content.none").into_owned(),
        Some(cost) => language.text_with(
            "delivery.content.told",
            &[("count", &count), ("cost", &cost)],
        ),
        None => language.text_with("delivery.content.told_open", &[("count", &count)]),
    };
    let head = (icons::LIST_CHECKS, "delivery.content.title");
    page.section(ui, ProjectPart::Content, head, &told, |ui, page| {
        let found = content::problems(&page.project.content, &page.input.catalogue.items);
        for line in 0..page.project.content.len() {
            item_ui(ui, page, line, &found);
        }
        add_ui(ui, page);
        if count > 0 {
            total_ui(ui, page);
            subsidy_ui(ui, page);
        }
    });
}

fn item_ui(ui: &mut Ui, page: &mut Page<'_>, line: usize, found: &[ContentProblem]) {
    let project = page.project;
    let planned = &project.content[line];
    let name = page.item_name(planned.item);
    let item = page.input.catalogue.items.get(planned.item);
    egui::Frame::group(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.push_id(("item", line), |ui| {
            title_ui(ui, page, line, &name, item);
            figures_ui(ui, page, line, planned, &name);
            if let Some(item) = item {
                conditions_ui(ui, page, line, planned, item, &name);
            }
            let slots = [ItemText::Quantity, ItemText::Cost];
            problems(ui, page, &slots.map(|text| Slot::Item(line, text)));
            problems_ui(ui, page, planned, found);
        });
    });
}

/// What must not be, each on a line of its own; what is still to be filled in, together.
fn problems_ui(ui: &mut Ui, page: &Page<'_>, planned: &PlanItem, found: &[ContentProblem]) {
    let (language, items) = (page.language(), &page.input.catalogue.items);
    let mut open = Vec::new();
    // Of an item that stands there twice, each line has the problems of both.
    let mine: BTreeSet<&ContentProblem> = found
        .iter()
        .filter(|one| one.item() == planned.item)
        .collect();
    for problem in mine {
        let text = problem_beside_text(language, *problem, items);
        match problem {
            ContentProblem::NotOnList { .. }
            | ContentProblem::Twice { .. }
            | ContentProblem::ConditionFails { .. } => problem_line(ui, &text),
            _ => open.push(text),
        }
    }
    if !open.is_empty() {
        caution_line(ui, &language.listed(&open));
    }
}

fn title_ui(ui: &mut Ui, page: &mut Page<'_>, line: usize, name: &str, item: Option<&Item>) {
    let language = page.language();
    let layout = egui::Layout::right_to_left(egui::Align::Min);
    ui.with_layout(layout, |ui| {
        if remove_button(ui, language, name) {
            page.change(ProjectChange::Remove(Lines::Content, line));
        }
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            let label = ui.add(egui::Label::new(egui::RichText::new(name).strong()).wrap());
            if let Some(item) = item {
                label.on_hover_text(words::item_about(language, item));
            }
        });
    });
}

fn figures_ui(ui: &mut Ui, page: &mut Page<'_>, line: usize, planned: &PlanItem, name: &str) {
    let language = page.language();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        let spoken = of(language, name, &language.text("delivery.content.work"));
        if let Some(work) = choose(ui, line, &spoken, planned.work, 62.0, language) {
            page.change(ProjectChange::Work(line, work));
        }
        for (text, key, width, suffix) in [
            (ItemText::Quantity, "delivery.content.quantity", 62.0, ""),
            (ItemText::Unit, "delivery.content.unit", 36.0, ""),
            (
                ItemText::Cost,
                "delivery.content.cost",
                84.0,
                "delivery.wan",
            ),
        ] {
            let label = language.text(key);
            let suffix = match suffix {
                "" => std::borrow::Cow::Borrowed(""),
                key => language.text(key),
            };
            let look = Look {
                width,
                hint: &label,
                suffix: &suffix,
            };
            let spoken = of(language, name, &label);
            text_box(ui, page, Slot::Item(line, text), &spoken, look);
        }
        central_money_ui(ui, page, line, planned, name);
    });
}

fn central_money_ui(ui: &mut Ui, page: &mut Page<'_>, line: usize, planned: &PlanItem, name: &str) {
    let language = page.language();
    let mut asked = planned.central_money == CentralMoney::AppliedFor;
    let label = language.text("delivery.content.central");
    let response = ui.checkbox(&mut asked, &*label);
    if response.changed() {
        let asked = match asked {
            true => CentralMoney::AppliedFor,
            false => CentralMoney::NotAsked,
        };
        page.change(ProjectChange::CentralMoney(line, asked));
    }
    let spoken = of(language, name, &label);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, true, asked, spoken.clone())
    });
}

/// What some items need beside figures: the condition of the text, the link to the estate, and
/// which of several utilities the work renews.
fn conditions_ui(
    ui: &mut Ui,
    page: &mut Page<'_>,
    line: usize,
    planned: &PlanItem,
    item: &Item,
    name: &str,
) {
    let language = page.language();
    if let Some(condition) = &item.condition {
        let label = language.text_with("delivery.content.condition", &[("words", condition)]);
        row(ui, &label, |ui| {
            let spoken = of(language, name, &label);
            if let Some(holds) = chips(ui, &spoken, planned.condition, language) {
                page.change(ProjectChange::Condition(line, holds));
            }
            let why = language.text("delivery.content.condition_reason");
            let look = Look {
                width: ui.available_width() - 8.0,
                hint: &why,
                suffix: "",
            };
            let spoken = of(language, name, &why);
            let slot = Slot::Item(line, ItemText::ConditionReason);
            text_box(ui, page, slot, &spoken, look);
        });
    }
    if item.linked_outside {
        let label = language.text("delivery.content.link_reason");
        row(ui, &label, |ui| {
            let hint = language.text("delivery.content.link_hint");
            let look = Look {
                width: ui.available_width() - 8.0,
                hint: &hint,
                suffix: "",
            };
            let spoken = of(language, name, &label);
            text_box(
                ui,
                page,
                Slot::Item(line, ItemText::LinkReason),
                &spoken,
                look,
            );
        });
    }
    if item.utilities.len() > 1 {
        utilities_ui(ui, page, line, planned, item, name);
    }
}

fn utilities_ui(
    ui: &mut Ui,
    page: &mut Page<'_>,
    line: usize,
    planned: &PlanItem,
    item: &Item,
    name: &str,
) {
    let language = page.language();
    let label = language.text("delivery.content.utilities");
    row(ui, &label, |ui| {
        ui.horizontal_wrapped(|ui| {
            for utility in &item.utilities {
                let mut renews = planned.utilities.contains(utility);
                let word = fields::utility_label(language, *utility);
                let response = ui.checkbox(&mut renews, &*word);
                if response.changed() {
                    let renews = match renews {
                        true => Renews::Yes,
                        false => Renews::No,
                    };
                    page.change(ProjectChange::Renews(line, *utility, renews));
                }
                let spoken = of(language, name, &word);
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, renews, spoken.clone())
                });
            }
        });
    });
}

/// The two ways to plan something.
pub fn add_ui(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    ui.horizontal_wrapped(|ui| {
        if let Some(code) = picker(ui, page) {
            let item = PlanItem::new(code, WorkType::Renew);
            page.change(ProjectChange::AddItems(vec![item]));
        }
        propose_button(ui, page);
    });
    if page.project.content.is_empty() {
        ui.weak(language.text("delivery.content.empty"));
    }
}

/// Takes over what the gaps of the survey ask for and the content lacks.
fn propose_button(ui: &mut Ui, page: &mut Page<'_>) {
    let language = page.language();
    let content = &page.project.content;
    let proposed = content::propose(page.estate, page.input.catalogue);
    let lacking: Vec<PlanItem> = proposed
        .into_iter()
        .filter(|item| !content.iter().any(|held| held.item == item.item))
        .collect();
    let text = language.text("delivery.content.propose");
    let count = lacking.len();
    let button = egui::Button::new(format!("{} {text}", icons::SLIDERS));
    let response = ui.add_enabled(count > 0, button);
    let response = response
        .on_hover_text(language.text_with("delivery.content.propose_help", &[("count", &count)]));
    let response = response.on_disabled_hover_text(language.text("delivery.content.no_gaps"));
    if response.accessible_name(text.as_ref()).clicked() {
        page.change(ProjectChange::AddItems(lacking));
    }
}

fn total_ui(ui: &mut Ui, page: &Page<'_>) {
    let language = page.language();
    let known: crate::model::Yuan = page.project.content.iter().filter_map(|i| i.cost).sum();
    let text = match funding::cost(&page.project.content) {
        Some(cost) => language.text_with("delivery.content.total", &[("cost", &cost)]),
        None => language.text_with("delivery.content.total_open", &[("cost", &known)]),
    };
    ui.strong(text);
}

/// Whether it passes «至少2项进行更新；或者…加装电梯», with the items that decide.
fn subsidy_ui(ui: &mut Ui, page: &Page<'_>) {
    let language = page.language();
    let catalogue = page.input.catalogue;
    let limits = &catalogue.rules.subsidy;
    let verdict = subsidy::judge(&page.project.content, &catalogue.items, limits);
    let text = subsidy_text(language, &verdict, &catalogue.items, limits);
    match verdict.outcome {
        SubsidyOutcome::Pass => {
            let color = ui.visuals().text_color();
            sentence(ui, icons::CHECK_CIRCLE, &text, color);
        }
        SubsidyOutcome::PassIfConfigured => caution_line(ui, &text),
        SubsidyOutcome::Fail => problem_line(ui, &text),
    }
    let weak = ui.visuals().weak_text_color();
    for note in subsidy_notes(language, &verdict, &catalogue.items) {
        sentence(ui, icons::INFO, &note, weak);
    }
    let limits = &catalogue.rules.content;
    let content = &page.project.content;
    if let Some(show) = content::for_show(content, page.estate, &catalogue.items, limits) {
        caution_line(ui, &for_show_text(language, show));
    }
}
