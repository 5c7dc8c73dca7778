//! 计划: which estates are renovated first, and with which money.
//!
//! Left what moves the ranking (county and year, budget, weights), right the ranking as a table,
//! below the map its charts; map, table and charts show one selection.
//!
//! The rules pass over the survey on the worker, once a revision (`jobs::planning`). From what they
//! found a [`Ranking`] is made at once whenever a weight or the budget moves.

mod budget;
mod cells;
mod charts;
mod detail;
mod figures;
#[cfg(test)]
mod fixture;
mod lines;
mod marks;
mod place;
mod ranking;
mod sensitivity;
mod table;
mod versions;
mod weights;

use super::action::Action;
use super::map::ThemeFacts;
use super::preferences::Switch;
use crate::catalogue::Catalogue;
use crate::jobs::planning::Planning;
use crate::model::{BudgetKey, EstateId, Survey};
use crate::rules::score::Weights;
use crate::words::Language;
use budget::{BudgetDraft, OutcomeKept};
use charts::ChartsState;
use egui::{RichText, ScrollArea, Ui};
use lines::{Lines, Wanted};
use place::PlaceDraft;
use ranking::{Ranking, RankingKey, WhatIf};
use sensitivity::Sensitivity;
use std::sync::Arc;
use versions::Versions;

pub struct PlannerInput<'a> {
    pub survey: &'a Survey,
    /// Counts the changes of the survey.
    pub revision: u64,
    pub catalogue: &'a Catalogue,
    pub selection: &'a [EstateId],
    /// Who sits here, for what asks for a person.
    pub author: &'a str,
    pub language: Language,
}

/// What outlives a frame.
#[derive(Default)]
pub struct PlannerState {
    /// What the rules found, and in which state of the survey.
    found: Option<(u64, Arc<Planning>)>,
    /// Counts what was found.
    passes: u64,
    /// The revision that the worker looks at.
    looking_at: Option<u64>,
    ranking: Option<Ranking>,
    rankings: u64,
    /// 6 digits; `None` is every county.
    county: Option<String>,
    /// The plan year; `None` until somebody chose one.
    year: Option<i32>,
    /// Tried out; `None` where the rules' own hold.
    weights: Option<Weights>,
    what_if: Option<WhatIf>,
    budget: BudgetDraft,
    outcome: OutcomeKept,
    versions: Versions,
    sensitivity: Sensitivity,
    wanted: Wanted,
    lines: Lines,
    /// The selection that was last scrolled to.
    seen: Option<EstateId>,
    place: PlaceDraft,
    charts: ChartsState,
}

/// The state of the survey, and the year that is planned next.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    pub revision: u64,
    pub next_year: i32,
}

/// Whether what is shown is of the survey as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    Nothing,
    /// The rules are at it again.
    Stale,
    Fresh,
}

impl PlannerState {
    /// What the map's themes show of the rules.
    pub fn facts(&self) -> Option<&ThemeFacts> {
        self.ranking.as_ref().map(|ranking| &ranking.facts)
    }

    /// Forgets another survey.
    pub fn forget(&mut self) {
        // What is made from now on is told from what was made before.
        let (passes, rankings) = (self.passes, self.rankings);
        *self = Self {
            passes,
            rankings,
            ..Self::default()
        };
    }

    /// Whether the rules should pass over the survey again.
    pub fn wants_pass(&self, revision: u64) -> bool {
        let found = self.found.as_ref().map(|(revision, _)| *revision);
        found != Some(revision) && self.looking_at != Some(revision)
    }

    pub fn begin_pass(&mut self, revision: u64) {
        self.looking_at = Some(revision);
    }

    /// Takes in what the rules found; `None` where the pass was stopped.
    pub fn take(&mut self, revision: u64, planning: Option<Planning>) {
        self.looking_at = None;
        if let Some(planning) = planning {
            self.found = Some((revision, Arc::new(planning)));
            self.passes += 1;
        }
    }

    /// Brings the ranking up to weights, budget and year. `follows` says whether an edit of a
    /// budget shows before the rules have passed over the survey again.
    pub fn update(&mut self, survey: &Survey, of: Moment, weights: Weights, follows: Switch) {
        let Moment {
            revision,
            next_year,
        } = of;
        let Some((found_at, planning)) = &self.found else {
            return;
        };
        let county = self
            .county
            .get_or_insert_with(|| first_county(survey, planning));
        let year = *self
            .year
            .get_or_insert_with(|| first_year(survey, county).unwrap_or(next_year));
        let key = RankingKey {
            planning: self.passes,
            revision: match follows {
                Switch::On => revision,
                Switch::Off => *found_at,
            },
            year,
            weights: self.weights.unwrap_or(weights),
            what_if: self.what_if.clone(),
        };
        let made = self.ranking.as_ref().map(|ranking| &ranking.key);
        if made != Some(&key) {
            self.rankings += 1;
            let planning = planning.clone();
            self.ranking = Some(Ranking::new(planning, survey, key, self.rankings));
        }
    }

    fn freshness(&self, revision: u64) -> Found {
        match &self.found {
            None => Found::Nothing,
            Some((found_at, _)) if *found_at == revision => Found::Fresh,
            Some(_) => Found::Stale,
        }
    }

    /// The county and year looked at; `None` while every county is.
    fn key(&self) -> Option<BudgetKey> {
        Some(BudgetKey {
            county_code: self.scope()?.to_owned(),
            year: self.year?,
        })
    }

    fn scope(&self) -> Option<&str> {
        self.county.as_deref().filter(|code| *code != EVERY_COUNTY)
    }
}

/// Stands for all of them where a county is chosen.
const EVERY_COUNTY: &str = "*";

/// The survey's own county, else the first that there is.
fn first_county(survey: &Survey, planning: &Planning) -> String {
    let own = survey.settings().county_code.as_str();
    let counties = planning.counties();
    let found = counties.get(own).or_else(|| counties.first());
    found.map_or(EVERY_COUNTY.to_owned(), |code| (*code).to_owned())
}

/// The latest year that the county has a budget for.
fn first_year(survey: &Survey, county: &str) -> Option<i32> {
    let of_county =
        |(key, _): &(&BudgetKey, _)| key.county_code == county || county == EVERY_COUNTY;
    let years = survey.budgets().filter(of_county).map(|(key, _)| key.year);
    years.max()
}

/// The left side: what moves the ranking.
#[must_use]
pub fn controls_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.heading(input.language.text("plan.title"));
        if !found_ui(ui, state, input) {
            return;
        }
        actions.extend(budget::budget_ui(ui, state, input));
        ui.separator();
        actions.extend(weights::weights_ui(ui, state, input));
        ui.separator();
        sensitivity::sensitivity_ui(ui, state, input, &mut actions);
        ui.separator();
        actions.extend(versions::versions_ui(ui, state, input));
    });
    actions
}

/// Says what the figures are of. Returns whether there are any.
fn found_ui(ui: &mut Ui, state: &PlannerState, input: &PlannerInput<'_>) -> bool {
    let language = input.language;
    let found = state.freshness(input.revision);
    if found != Found::Fresh {
        let key = match found {
            Found::Stale => "planner.stale",
            _ => "planner.looking",
        };
        ui.horizontal(|ui| {
            ui.spinner();
            ui.add(egui::Label::new(RichText::new(language.text(key)).weak()).wrap());
        });
    }
    match &state.ranking {
        Some(ranking) if ranking.planning.rows.is_empty() => {
            ui.label(language.text("planner.no_estates"));
            false
        }
        ranking => ranking.is_some(),
    }
}

/// The right side: the ranking.
#[must_use]
pub fn ranking_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    keep_room(ui);
    if !has_rows(state) {
        found_ui(ui, state, input);
        return Vec::new();
    }
    let mut actions = detail::detail_ui(ui, state, input);
    actions.extend(table::table_ui(ui, state, input));
    actions
}

/// Below the map: its charts.
#[must_use]
pub fn charts_ui(ui: &mut Ui, state: &mut PlannerState, input: &PlannerInput<'_>) -> Vec<Action> {
    keep_room(ui);
    match has_rows(state) {
        true => charts::charts_ui(ui, state, input),
        false => {
            found_ui(ui, state, input);
            Vec::new()
        }
    }
}

/// A panel is as large as what it holds: while the rules are at it, too.
fn keep_room(ui: &mut Ui) {
    ui.set_min_size(ui.available_size());
}

fn has_rows(state: &PlannerState) -> bool {
    let ranking = state.ranking.as_ref();
    ranking.is_some_and(|ranking| !ranking.planning.rows.is_empty())
}
