//! 项目: from the plan of an estate to what was built, accepted and is managed.
//!
//! Left the projects, the timeline of a county's year and the assessment; right the page of the
//! project that was picked; the map between shows where.

use super::action::Action;
use crate::catalogue::Catalogue;
use crate::model::{EstateId, Survey};
use crate::words::Language;
use egui::Ui;

pub struct DeliveryInput<'a> {
    pub survey: &'a Survey,
    /// Counts the changes of the survey.
    pub revision: u64,
    pub catalogue: &'a Catalogue,
    pub selection: &'a [EstateId],
    pub today: jiff::civil::Date,
    pub language: Language,
}

#[derive(Default)]
pub struct DeliveryState {}

/// The left side: projects, timeline, assessment.
#[must_use]
pub fn delivery_ui(
    ui: &mut Ui,
    _state: &mut DeliveryState,
    input: &DeliveryInput<'_>,
) -> Vec<Action> {
    ui.heading(input.language.text("delivery.title"));
    Vec::new()
}

/// The right side: one project.
#[must_use]
pub fn project_ui(
    _ui: &mut Ui,
    _state: &mut DeliveryState,
    _input: &DeliveryInput<'_>,
) -> Vec<Action> {
    Vec::new()
}
