//! «不漏»: what the survey is reconciled against, and what is still open of it.
//!
//! Left what there is to reconcile, right what became of the piece that was picked; the map between
//! shows where. Nothing here says that a survey is complete.

mod answer;
mod cells;
mod communities;
mod gaps;
mod kind;
mod lists;
mod rows;
mod scope;

pub use communities::communities_have_focus;
pub use kind::kind_ui;

use super::action::Action;
use super::icons;
use super::map::GapMap;
use super::preferences::Switch;
use super::references::References;
use super::theme::Palette;
use crate::jobs::gaps::{Gap, GapSummary, Gaps};
use crate::model::{CommunityCode, ListId, Survey};
use crate::rules::communities::{Community, CommunityStanding};
use crate::rules::coverage::Coverage;
use crate::words::release::rows_text;
use crate::words::{Language, coverage as words};
use egui::{ScrollArea, Ui};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub struct CoverageInput<'a> {
    pub survey: &'a Survey,
    pub language: Language,
    pub references: &'a References,
    /// Whether the map shows the grid.
    pub cells_shown: Switch,
}

/// What is looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Lists,
    Communities,
    Gaps,
}

#[derive(Default)]
pub struct CoverageState {
    /// `None` while the survey is being looked at for the first time.
    coverage: Option<Coverage>,
    page: Page,
    list: Option<ListId>,
    rows: rows::Shown,
    communities: communities::CommunitiesState,
    answer: answer::AnswerState,
    gaps: gaps::GapsState,
    cells: cells::CellsState,
}

impl CoverageState {
    /// Takes over what a job found.
    pub fn take(&mut self, coverage: Coverage) {
        self.coverage = Some(coverage);
    }

    /// How much waits for somebody.
    pub fn waiting(&self, survey: &Survey) -> Option<usize> {
        let coverage = self.coverage.as_ref()?;
        Some(coverage.waiting(survey))
    }

    /// The gaps that were found last.
    pub fn gaps(&self) -> Option<Arc<Gaps>> {
        self.gaps.found.clone()
    }

    pub fn take_gaps(&mut self, gaps: Gaps) {
        self.gaps.take(gaps);
    }

    /// What the last search for gaps came to by now.
    pub fn gap_summary(&self, survey: &Survey) -> Option<GapSummary> {
        let found = self.gaps.found.as_ref()?;
        Some(GapSummary {
            layer: found.layer.clone(),
            polygons: found.polygons,
            open: self.gaps.open(survey).len(),
        })
    }

    /// What a release says of what may be missing.
    pub fn report(&self, survey: &Survey, language: Language) -> Vec<String> {
        let gaps = self.gap_summary(survey);
        let coverage = self.coverage.as_ref();
        coverage.map_or_else(Vec::new, |coverage| {
            words::report_lines(language, survey, coverage, gaps.as_ref())
        })
    }

    /// Takes in which of `gaps` are still outside every boundary.
    pub fn take_open(&mut self, gaps: &Arc<Gaps>, open: Vec<bool>) {
        self.gaps.take_open(gaps, open);
    }

    pub fn pick_gap(&mut self, index: usize) -> Option<&Gap> {
        self.page = Page::Gaps;
        self.gaps.pick(index)
    }

    /// The gaps that the map shows, while their list is looked at.
    pub fn gap_map<'a>(&'a self, survey: &Survey) -> Option<GapMap<'a>> {
        (self.page == Page::Gaps).then(|| GapMap {
            gaps: self.gaps.open(survey),
            picked: self.gaps.picked,
        })
    }

    /// Whether a click on the map says of a cell that it was searched.
    pub fn marks_cells(&self) -> Switch {
        match self.page {
            Page::Gaps => self.cells.marking,
            Page::Lists | Page::Communities => Switch::Off,
        }
    }

    pub fn cell_reason(&self) -> &str {
        &self.cells.reason
    }

    /// Whether the map is to show how communities stand.
    pub fn shows_communities(&self) -> bool {
        self.page == Page::Communities
    }

    pub fn picked_communities(&self) -> &BTreeSet<CommunityCode> {
        self.communities.picked()
    }

    pub fn standings(&self, survey: &Survey) -> BTreeMap<CommunityStanding, usize> {
        let coverage = self.coverage.as_ref();
        coverage.map_or_else(BTreeMap::new, |coverage| coverage.standings(survey))
    }

    /// How a community stands, or the worst of a street's that has to answer.
    pub fn standing(&self, survey: &Survey, code: &str) -> Option<CommunityStanding> {
        let all = &self.coverage.as_ref()?.communities;
        let start = all.partition_point(|community| community.code.as_str() < code);
        let inside = all[start..]
            .iter()
            .take_while(|c| c.code.as_str().starts_with(code));
        let nobody_has_to = survey.settings().answering.is_empty();
        let counts = |c: &&Community| code.len() == 12 || nobody_has_to || c.must_answer;
        // In the order of the standings: signed, nil, nothing, contradicted.
        inside.filter(counts).map(|c| c.standing(survey)).max()
    }

    pub fn show_community(&mut self, code: CommunityCode) {
        self.page = Page::Communities;
        self.communities.show(code);
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
    ui.horizontal_wrapped(|ui| {
        for (page, key) in [
            (Page::Lists, "coverage.lists"),
            (Page::Communities, "coverage.communities_page"),
            (Page::Gaps, "coverage.gaps.page"),
        ] {
            ui.selectable_value(&mut state.page, page, language.text(key));
        }
    });
    ui.separator();
    match state.page {
        Page::Communities => {
            communities::communities_ui(ui, &mut state.communities, coverage, input)
        }
        Page::Gaps => {
            let mut actions = cells::cells_ui(ui, &mut state.cells, input);
            ui.separator();
            actions.extend(gaps::gaps_ui(ui, &mut state.gaps, input));
            actions
        }
        Page::Lists => {
            let reconciliation = &coverage.reconciliation;
            let scroll = ScrollArea::vertical().auto_shrink(false);
            let shown = scroll.show(ui, |ui| {
                let text = words::reconciled_text(language, input.survey, reconciliation);
                ui.label(text);
                ui.add_space(6.0);
                ui.label(rows_text(language, &reconciliation.total));
                identity_ui(ui, reconciliation.adds_up(), language);
                ui.separator();
                lists::lists_ui(ui, coverage, &mut state.list, input)
            });
            shown.inner
        }
    }
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
    // As wide as when there is something to see.
    ui.set_min_width(ui.available_width());
    let language = input.language;
    let Some(coverage) = &state.coverage else {
        return Vec::new();
    };
    match state.page {
        Page::Lists => match state.list.and_then(|id| coverage.reconciliation.list(id)) {
            Some(reconciled) => rows::rows_ui(ui, reconciled, &mut state.rows, input),
            None => {
                ui.label(language.text("coverage.pick_list"));
                Vec::new()
            }
        },
        Page::Gaps => gaps::gap_ui(ui, &mut state.gaps, input),
        Page::Communities => {
            let picked = state.communities.picked();
            answer::answer_ui(ui, &mut state.answer, picked, coverage, input)
        }
    }
}
