//! The filters in force as chips, and the menu that adds others.

use super::views::views_menu;
use super::{TableInput, TableState};
use crate::catalogue::{Item, Items, Utility};
use crate::model::{Coded, Filter, Severity, Survey, Willingness, YearBand};
use crate::ui::action::Action;
use crate::ui::{icons, signs};
use crate::words::fields;
use crate::words::search::{division_name, filter_label, filter_sentence};
use egui::{Button, Response, RichText, Role, ScrollArea, Ui, WidgetInfo};
use std::collections::BTreeMap;

/// Always one click away; those of the work list are there.
const CHIPS: [Filter; 4] = [
    Filter::NotSurveyed,
    Filter::NotFullySurveyed,
    Filter::Warnings,
    Filter::NotCounted,
];

/// Every filter without a parameter.
const PLAIN: [Filter; 7] = [
    Filter::WaitsForBoundary,
    Filter::NotSurveyed,
    Filter::NotFullySurveyed,
    Filter::Errors,
    Filter::Warnings,
    Filter::MineToday,
    Filter::NotCounted,
];

const MENU_HEIGHT: f32 = 320.0;

/// The divisions that occur in the survey, each with its number of records.
#[derive(Default)]
pub struct Choices {
    revision: Option<u64>,
    communities: BTreeMap<String, usize>,
    streets: BTreeMap<String, usize>,
}

impl Choices {
    fn update(&mut self, survey: &Survey, revision: u64) {
        if self.revision == Some(revision) {
            return;
        }
        *self = Self {
            revision: Some(revision),
            ..Self::default()
        };
        for estate in survey.counted() {
            for code in &estate.community_codes {
                *self.communities.entry(code.clone()).or_default() += 1;
            }
            if !estate.street_code.is_empty() {
                *self.streets.entry(estate.street_code.clone()).or_default() += 1;
            }
        }
    }
}

pub fn filter_line(ui: &mut Ui, state: &mut TableState, input: &TableInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        let unfiltered = state.filters.is_empty() && state.search.is_empty();
        if chip(ui, &language.text("table.filter_all"), unfiltered).clicked() {
            state.ask_for_everything();
        }
        for filter in CHIPS {
            let chosen = state.filters.contains(&filter);
            let label = filter_label(language, &filter, input.items);
            let about = filter_sentence(language, &filter, input.items);
            if chip(ui, &label, chosen).on_hover_text(about).clicked() {
                state.toggle(filter);
            }
        }
        for filter in state.filters.clone() {
            if !CHIPS.contains(&filter) && removable_chip(ui, &filter, input).clicked() {
                state.toggle(filter);
            }
        }
        add_menu(ui, state, input);
        actions.extend(views_menu(ui, state, input));
    });
    actions
}

fn chip(ui: &mut Ui, label: &str, chosen: bool) -> Response {
    let response = ui.add(signs::chip(ui, label, chosen));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen, label));
    response
}

/// A filter in force that a click takes away.
fn removable_chip(ui: &mut Ui, filter: &Filter, input: &TableInput<'_>) -> Response {
    let language = input.language;
    let label = filter_label(language, filter, input.items);
    let text = format!("{label} {}", icons::CLOSE);
    let response = ui.add(signs::chip(ui, &text, true));
    let name = language.text_with("table.remove_filter", &[("filter", &label)]);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    response.on_hover_text(filter_sentence(language, filter, input.items))
}

fn add_menu(ui: &mut Ui, state: &mut TableState, input: &TableInput<'_>) {
    let language = input.language;
    let name = language.text("table.add_filter");
    let menu = ui.menu_button(format!("{} {name}", icons::FILTER), |ui| {
        state.choices.update(input.survey, input.revision);
        for filter in PLAIN {
            entry(ui, state, input, filter, None);
        }
        ui.separator();
        let divisions = [
            (
                "table.by_community",
                state.choices.communities.clone(),
                Filter::Community as fn(String) -> Filter,
            ),
            (
                "table.by_street",
                state.choices.streets.clone(),
                Filter::Street,
            ),
        ];
        for (key, codes, filter) in divisions {
            ui.add_enabled_ui(!codes.is_empty(), |ui| {
                ui.menu_button(language.text(key), |ui| {
                    divisions_menu(ui, state, input, &codes, filter);
                });
            });
        }
        ui.menu_button(language.text("table.by_year"), |ui| {
            for band in YearBand::ALL {
                entry(ui, state, input, Filter::Built(Some(*band)), None);
            }
            entry(ui, state, input, Filter::Built(None), None);
        });
        ui.menu_button(language.text("table.by_gap"), |ui| {
            gap_menu(ui, state, input)
        });
        ui.menu_button(language.text("table.by_willingness"), |ui| {
            for level in Willingness::ALL {
                entry(ui, state, input, Filter::Willingness(Some(*level)), None);
            }
            entry(ui, state, input, Filter::Willingness(None), None);
        });
    });
    menu.response.accessible_name(name);
}

/// A line of the menu. `count` says how many records it is about.
fn entry(
    ui: &mut Ui,
    state: &mut TableState,
    input: &TableInput<'_>,
    filter: Filter,
    count: Option<usize>,
) {
    let label = filter_label(input.language, &filter, input.items);
    let about = filter_sentence(input.language, &filter, input.items);
    let mut button = Button::selectable(state.filters.contains(&filter), &label);
    if let Some(count) = count {
        button = button.right_text(RichText::new(count.to_string()).weak());
    }
    let response = ui.add(button).accessible_name(&label);
    if response.on_hover_text(about).clicked() {
        state.toggle(filter);
    }
}

fn divisions_menu(
    ui: &mut Ui,
    state: &mut TableState,
    input: &TableInput<'_>,
    codes: &BTreeMap<String, usize>,
    filter: fn(String) -> Filter,
) {
    ScrollArea::vertical()
        .max_height(MENU_HEIGHT)
        .show(ui, |ui| {
            // Codes of one street follow each other.
            let mut around = None;
            for (code, count) in codes {
                let parent = code.get(..9).filter(|parent| *parent != code);
                if parent.is_some() && parent != around {
                    around = parent;
                    ui.weak(division_name(parent.unwrap_or_default()));
                }
                entry(ui, state, input, filter(code.clone()), Some(*count));
            }
        });
}

/// The four essential ones first, then every item by its group.
fn gap_menu(ui: &mut Ui, state: &mut TableState, input: &TableInput<'_>) {
    let language = input.language;
    for utility in Utility::ESSENTIAL {
        if let Some(item) = input.items.leading(utility) {
            item_menu(ui, state, input, item);
        }
    }
    ui.separator();
    for group in groups(input.items) {
        let title = match language.text_if_any(&format!("form.group.{group}")) {
            Some(title) => title.into_owned(),
            None => group.to_string(),
        };
        ui.menu_button(title, |ui| {
            ScrollArea::vertical()
                .max_height(MENU_HEIGHT)
                .show(ui, |ui| {
                    let items = input.items.iter();
                    for item in items.filter(|item| item.code.group() == group) {
                        item_menu(ui, state, input, item);
                    }
                });
        });
    }
}

/// The letters of the groups, in the order of the items.
fn groups(items: &Items) -> Vec<char> {
    let mut groups: Vec<char> = items.iter().map(|item| item.code.group()).collect();
    groups.dedup();
    groups
}

fn item_menu(ui: &mut Ui, state: &mut TableState, input: &TableInput<'_>, item: &Item) {
    let label = fields::item_label(input.language, item).to_owned();
    ui.menu_button(label, |ui| {
        let severities = [Severity::Ageing, Severity::Failing, Severity::Missing];
        let at_least = severities.into_iter().map(Some).chain([None]);
        for at_least in at_least {
            let filter = Filter::Gap {
                item: item.code,
                at_least,
            };
            entry(ui, state, input, filter, None);
        }
    });
}
