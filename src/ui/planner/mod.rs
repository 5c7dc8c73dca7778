//! 计划: which estates are renovated first, and with which money.
//!
//! Left what moves the ranking (county and year, budget, weights), right the ranking as a table,
//! below the map its charts; map, table and charts show one selection.

use super::action::Action;
use super::map::ThemeFacts;
use crate::catalogue::Catalogue;
use crate::model::{EstateId, Survey};
use crate::words::Language;
use egui::Ui;

pub struct PlannerInput<'a> {
    pub survey: &'a Survey,
    /// Counts the changes of the survey.
    pub revision: u64,
    pub catalogue: &'a Catalogue,
    pub selection: &'a [EstateId],
    pub language: Language,
}

#[derive(Default)]
pub struct PlannerState {}

impl PlannerState {
    /// What the map's themes show of the rules.
    pub fn facts(&self) -> Option<&ThemeFacts> {
        None
    }
}

/// The left side: what moves the ranking.
#[must_use]
pub fn controls_ui(
    ui: &mut Ui,
    _state: &mut PlannerState,
    input: &PlannerInput<'_>,
) -> Vec<Action> {
    ui.heading(input.language.text("plan.title"));
    Vec::new()
}

/// The right side: the ranking.
#[must_use]
pub fn ranking_ui(
    _ui: &mut Ui,
    _state: &mut PlannerState,
    _input: &PlannerInput<'_>,
) -> Vec<Action> {
    Vec::new()
}

/// Below the map: its charts.
#[must_use]
pub fn charts_ui(
    _ui: &mut Ui,
    _state: &mut PlannerState,
    _input: &PlannerInput<'_>,
) -> Vec<Action> {
    Vec::new()
}
