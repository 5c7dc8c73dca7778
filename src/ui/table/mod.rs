//! The list of records: what waits at the top, then search, filters that combine, and rows that
//! scroll smoothly whatever the size of the survey.

mod cells;
mod columns;
mod filters;
mod rows;
mod search_line;
mod selected;
mod views;
mod work_list;

#[cfg(test)]
mod tests;

use crate::catalogue::Items;
use crate::model::{EstateId, Filter, ListColumn, LonLat, SavedView, Sort, Survey};
use crate::search::{Asked, Context, Index, Listing, Query};
use crate::session::LastChange;
use crate::ui::action::Action;
use crate::ui::availability::Reason;
use crate::ui::keymap::Keymap;
use crate::ui::map::Listed;
use crate::ui::verb::{Take, Verb};
use crate::words::Language;
use egui::{RichText, Sense, Ui};
use filters::Choices;
use selected::Selected;
use std::collections::BTreeSet;
use views::ViewDraft;

/// What the table shows.
pub struct TableInput<'a> {
    pub survey: &'a Survey,
    pub items: &'a Items,
    pub selection: &'a [EstateId],
    /// Issues of a record that block a release, and warnings.
    pub issue_counts: &'a dyn Fn(EstateId) -> (usize, usize),
    /// How many records have an issue that blocks.
    pub with_errors: usize,
    /// What this surveyor has worked on today.
    pub mine_today: &'a BTreeSet<EstateId>,
    /// Asked only where [`TableState::shows_last_change`].
    pub last_change: &'a dyn Fn(EstateId) -> Option<&'a LastChange>,
    /// Where something is drawn that has no record yet: rows near it come first.
    pub near: Option<LonLat>,
    /// Counts up with every edit.
    pub revision: u64,
    /// Counts up whenever issues or `mine_today` may be others.
    pub context_revision: u64,
    pub language: Language,
    /// Which verbs the menu under a right click offers.
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
    pub keys: &'a Keymap,
}

/// What outlives a frame.
#[derive(Default)]
pub struct TableState {
    search: String,
    filters: BTreeSet<Filter>,
    sort: Sort,
    columns: Columns,
    listing: Listing,
    /// The selection that was last scrolled to.
    seen: Option<EstateId>,
    /// Where a range that is being selected begins.
    anchor: Option<EstateId>,
    selected: Selected,
    search_wanted: bool,
    rows_wanted: bool,
    choices: Choices,
    view_draft: ViewDraft,
}

/// The columns chosen, in their order.
struct Columns(Vec<ListColumn>);

impl Default for Columns {
    fn default() -> Self {
        Self(ListColumn::DEFAULT.to_vec())
    }
}

impl TableState {
    pub fn with_columns(columns: &[ListColumn]) -> Self {
        let known = columns.contains(&ListColumn::Name);
        Self {
            columns: match known {
                true => Columns(columns.to_vec()),
                // Without its name nobody knows what a row is.
                false => Columns::default(),
            },
            ..Self::default()
        }
    }

    /// Puts the cursor into the search box when the table is next drawn.
    pub fn focus_search(&mut self) {
        self.search_wanted = true;
    }

    /// The records listed, in the order shown, e.g. for "next waiting".
    pub fn listed(&self) -> &[EstateId] {
        self.listing.ids()
    }

    /// What is listed where search or filters leave records out, for the map to show the same.
    pub fn listed_alone(&self) -> Option<Listed<'_>> {
        self.listing.leaves_out().then(|| Listed {
            ids: self.listing.ids(),
            changes: self.listing.changes(),
        })
    }

    /// Every record by how it is spelt and read, for others that search.
    pub fn index(&self) -> &Index {
        self.listing.index()
    }

    /// Whether the list tells who changed a record last.
    pub fn shows_last_change(&self) -> bool {
        let by = ListColumn::LastChange;
        self.sort.by == by || self.columns.0.contains(&by)
    }

    fn ask_for_everything(&mut self) {
        self.search.clear();
        self.filters.clear();
    }

    fn toggle(&mut self, filter: Filter) {
        if !self.filters.remove(&filter) {
            self.filters.insert(filter);
        }
    }

    fn show(&mut self, view: &SavedView) {
        self.search.clone_from(&view.query);
        self.filters.clone_from(&view.filters);
        self.sort = view.sort;
        self.columns = Columns(view.columns.clone());
    }
}

/// Draws the table and returns what the user did.
#[must_use]
pub fn table_ui(ui: &mut Ui, state: &mut TableState, input: TableInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    work_list::work_list(ui, state, &input);
    let entered = search_line::search_line(ui, state, input.language);
    actions.extend(filters::filter_line(ui, state, &input));
    update(ui, state, &input);
    if let Some(entered) = entered {
        actions.extend(search_line::enter(state, &input, entered));
    }
    actions.extend(columns::count_line(ui, state, &input));
    if state.listing.ids().is_empty() {
        nothing_listed(ui, state, input.language, &mut actions);
    } else {
        rows::rows(ui, state, &input, &mut actions);
    }
    actions
}

/// Brings the listing up to what is asked for.
fn update(ui: &Ui, state: &mut TableState, input: &TableInput<'_>) {
    let asked = Asked {
        revision: input.revision,
        context_revision: input.context_revision,
        query: Query::new(&state.search),
        filters: state.filters.clone(),
        sort: state.sort,
        near: input.near,
    };
    let context = Context {
        items: input.items,
        issues: input.issue_counts,
        mine_today: input.mine_today,
        changed_at: &|id| (input.last_change)(id).map(|last| last.at),
    };
    state.listing.update(input.survey, asked, &context);
    if !state.listing.is_complete() {
        ui.ctx().request_repaint();
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
