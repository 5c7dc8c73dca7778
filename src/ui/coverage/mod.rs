//! «不漏»: what the survey is reconciled against, and what is still open of it.
//!
//! Left what there is to reconcile, right what became of the piece that was picked; the map between
//! shows where. Nothing here says that a survey is complete.

mod kind;
mod lists;
mod rows;

pub use kind::kind_ui;

use super::action::Action;
use super::icons;
use super::theme::Palette;
use crate::model::{ListId, Survey};
use crate::rules::coverage::Coverage;
use crate::words::release::rows_text;
use crate::words::{Language, coverage as words};
use egui::{ScrollArea, Ui};

pub struct CoverageInput<'a> {
    pub survey: &'a Survey,
    pub language: Language,
}

/// What is looked at.
#[derive(Default)]
pub struct CoverageState {
    /// `None` while the survey is being looked at for the first time.
    coverage: Option<Coverage>,
    list: Option<ListId>,
    rows: rows::Shown,
}

impl CoverageState {
    /// Takes over what a job found.
    pub fn take(&mut self, coverage: Coverage) {
        self.coverage = Some(coverage);
    }

    /// How much waits for somebody.
    pub fn waiting(&self) -> Option<usize> {
        self.coverage.as_ref().map(Coverage::waiting)
    }
}

/// The left side: what there is to reconcile.
#[must_use]
pub fn coverage_ui(
    ui: &mut Ui,
    state: &mut CoverageState,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    ui.heading(language.text("coverage.title"));
    let Some(coverage) = &state.coverage else {
        ui.label(language.text("issues.working"));
        return Vec::new();
    };
    let reconciliation = &coverage.reconciliation;
    let scroll = ScrollArea::vertical().auto_shrink(false);
    let actions = scroll.show(ui, |ui| {
        ui.label(words::reconciled_text(
            language,
            input.survey,
            reconciliation,
        ));
        ui.add_space(6.0);
        ui.label(rows_text(language, &reconciliation.total));
        identity_ui(ui, reconciliation.adds_up(), language);
        ui.separator();
        lists::lists_ui(ui, coverage, &mut state.list, input)
    });
    actions.inner
}

/// Whether the identity of E04 holds; it is shown at all times.
fn identity_ui(ui: &mut Ui, adds_up: bool, language: Language) {
    match adds_up {
        true => {
            let text = language.text("coverage.adds_up");
            ui.label(format!("{} {text}", icons::CHECK_CIRCLE));
        }
        false => {
            let text = language.text("coverage.does_not_add_up");
            let color = Palette::of(ui.visuals()).finding;
            ui.colored_label(color, format!("{} {text}", icons::CLOSE_CIRCLE));
        }
    }
}

/// The right side: what became of the piece that was picked.
#[must_use]
pub fn detail_ui(ui: &mut Ui, state: &mut CoverageState, input: &CoverageInput<'_>) -> Vec<Action> {
    let picked = state.list.zip(state.coverage.as_ref());
    let reconciled = picked.and_then(|(id, coverage)| coverage.reconciliation.list(id));
    match reconciled {
        Some(reconciled) => rows::rows_ui(ui, reconciled, &mut state.rows, input),
        None => {
            ui.label(input.language.text("coverage.pick_list"));
            Vec::new()
        }
    }
}
