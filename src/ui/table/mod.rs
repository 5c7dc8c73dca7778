//! The list of records: search, filters that combine, and rows that scroll smoothly whatever the
//! size of the survey.

mod listing;
mod rows;
mod search;

#[cfg(test)]
mod tests;

pub use listing::{Direction, Filter, Sort, SortBy};

use crate::catalogue::Items;
use crate::model::{EstateId, Survey};
use crate::ui::action::Action;
use crate::ui::availability::Reason;
use crate::ui::icons;
use crate::ui::signs;
use crate::ui::verb::{Take, Verb};
use crate::words::Language;
use egui::{Response, RichText, Role, Sense, TextEdit, Ui, WidgetInfo};
use listing::{Asked, Listing};
use std::collections::BTreeSet;

/// What the table shows.
pub struct TableInput<'a> {
    pub survey: &'a Survey,
    pub items: &'a Items,
    pub selection: &'a [EstateId],
    /// Issues of a record that block a release, and warnings.
    pub issue_counts: &'a dyn Fn(EstateId) -> (usize, usize),
    /// Counts up with every edit.
    pub revision: u64,
    /// Counts up whenever `issue_counts` may answer differently.
    pub issues_revision: u64,
    pub language: Language,
    /// Which verbs the menu under a right click offers.
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
}

/// What outlives a frame.
pub struct TableState {
    search: String,
    filters: BTreeSet<Filter>,
    sort: Sort,
    listing: Listing,
    /// The selection that was last scrolled to.
    seen: Option<EstateId>,
    search_wanted: bool,
}

impl Default for TableState {
    fn default() -> Self {
        Self {
            search: String::new(),
            filters: BTreeSet::new(),
            sort: Sort {
                by: SortBy::State,
                direction: Direction::Ascending,
            },
            listing: Listing::default(),
            seen: None,
            search_wanted: false,
        }
    }
}

impl TableState {
    /// Puts the cursor into the search box when the table is next drawn.
    pub fn focus_search(&mut self) {
        self.search_wanted = true;
    }

    /// The records listed, in the order shown, e.g. for "next waiting".
    pub fn listed(&self) -> &[EstateId] {
        self.listing.ids()
    }

    fn ask_for_everything(&mut self) {
        self.search.clear();
        self.filters.clear();
    }
}

/// Draws the table and returns what the user did.
#[must_use]
pub fn table_ui(ui: &mut Ui, state: &mut TableState, input: TableInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    search_line(ui, state, input.language);
    filter_line(ui, state, input.language);
    let asked = Asked {
        revision: input.revision,
        issues_revision: input.issues_revision,
        query: search::Query::new(&state.search),
        filters: state.filters.clone(),
        sort: state.sort,
    };
    let blocking = |id| (input.issue_counts)(id).0;
    state
        .listing
        .update(input.survey, input.items, asked, &blocking);
    count_line(ui, state, input.language);
    if state.listing.ids().is_empty() {
        nothing_listed(ui, state, input.language, &mut actions);
    } else {
        rows::rows(ui, state, &input, &mut actions);
    }
    actions
}

fn search_line(ui: &mut Ui, state: &mut TableState, language: Language) {
    let name = language.text("table.search");
    let hint = format!("{} {}", icons::SEARCH, language.text("table.search_hint"));
    let edit = TextEdit::singleline(&mut state.search)
        .id(egui::Id::unique("table search"))
        .hint_text(hint)
        .desired_width(ui.available_width());
    let response = ui.add(edit).accessible_name(name);
    if std::mem::take(&mut state.search_wanted) {
        response.request_focus();
    }
    // Esc in the box takes the search back.
    if response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Escape)) {
        state.search.clear();
    }
}

fn filter_line(ui: &mut Ui, state: &mut TableState, language: Language) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
        let all = language.text("table.filter.all");
        let unfiltered = state.filters.is_empty() && state.search.is_empty();
        if filter_chip(ui, &all, unfiltered).clicked() {
            state.ask_for_everything();
        }
        for filter in Filter::ALL {
            let chosen = state.filters.contains(&filter);
            let label = language.text(filter.key());
            if filter_chip(ui, &label, chosen).clicked() {
                match chosen {
                    true => state.filters.remove(&filter),
                    false => state.filters.insert(filter),
                };
            }
        }
    });
}

fn filter_chip(ui: &mut Ui, label: &str, chosen: bool) -> Response {
    let response = ui.add(signs::chip(ui, label, chosen));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen, label));
    response
}

fn count_line(ui: &mut Ui, state: &mut TableState, language: Language) {
    ui.horizontal(|ui| {
        let listed = state.listing.ids().len();
        let counted = state.listing.counted();
        ui.weak(language.text_with("table.count", &[("listed", &listed), ("counted", &counted)]));
        let sort = state.sort;
        let arrow = match sort.direction {
            Direction::Ascending => icons::ARROW_UP,
            Direction::Descending => icons::ARROW_DOWN,
        };
        let text = format!("{} {arrow}", language.text(sort.by.key()));
        let layout = egui::Layout::right_to_left(egui::Align::Center);
        ui.with_layout(layout, |ui| {
            let name = language.text("table.sort_by");
            let menu = ui.menu_button(format!("{} {text}", icons::SORT), |ui| {
                for by in SortBy::ALL {
                    let label = language.text(by.key());
                    if ui.selectable_label(sort.by == by, label).clicked() {
                        state.sort = sorted_by(sort, by);
                        ui.close();
                    }
                }
            });
            menu.response.accessible_name(name);
        });
    });
}

/// The same key again turns the list around.
fn sorted_by(sort: Sort, by: SortBy) -> Sort {
    match sort.by == by {
        true => Sort {
            by,
            direction: sort.direction.turned(),
        },
        false => Sort {
            by,
            direction: Direction::Ascending,
        },
    }
}

/// What to do next where there is nothing to list.
fn nothing_listed(
    ui: &mut Ui,
    state: &mut TableState,
    language: Language,
    actions: &mut Vec<Action>,
) {
    ui.add_space(12.0);
    let sentence = |ui: &mut Ui, key| {
        ui.add(egui::Label::new(RichText::new(language.text(key)).weak()).wrap());
    };
    if state.listing.is_survey_empty() {
        sentence(ui, "table.empty");
        ui.horizontal_wrapped(|ui| {
            for (key, verb) in [
                ("table.import", Verb::Import),
                ("table.draw", Verb::Take(Take::Draw)),
            ] {
                let name = language.text(key);
                let button = ui.button(format!("{} {name}", verb.icon()));
                if button.accessible_name(name).clicked() {
                    actions.push(Action::Do(verb));
                }
            }
        });
        return;
    }
    let only_waiting = state.filters.iter().eq(&[Filter::WaitsForBoundary]);
    match only_waiting && state.search.is_empty() {
        true => sentence(ui, "table.none_waits"),
        false => sentence(ui, "table.no_match"),
    }
    if ui.button(language.text("table.show_all")).clicked() {
        state.ask_for_everything();
    }
}

/// A widget that is reached with the mouse alone: the table is one stop of the Tab key.
const MOUSE_ONLY: Sense = Sense::CLICK;
