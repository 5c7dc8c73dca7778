//! What somebody's map shows outside every boundary, one line each; and what is done about one.

use super::CoverageInput;
use crate::edit::{Command, CoverageCommand};
use crate::jobs::gaps::{Gap, Gaps};
use crate::model::{Searched, SearchedPlace, Survey};
use crate::ui::action::{Action, CoverageAction, Workspace};
use crate::ui::icons;
use crate::ui::verb::{Take, Verb};
use crate::words::coverage as words;
use egui::{Button, CollapsingHeader, ComboBox, ScrollArea, TextEdit, Ui, vec2};
use std::collections::BTreeSet;
use std::sync::Arc;

#[derive(Default)]
pub(super) struct GapsState {
    /// What the layer is called that is looked through.
    layer: Option<String>,
    pub found: Option<Arc<Gaps>>,
    /// Which of those found lie outside every boundary now.
    uncovered: Vec<bool>,
    /// Put off: at the end of the list.
    later: BTreeSet<usize>,
    pub picked: Option<usize>,
    reason: String,
}

impl GapsState {
    pub fn take(&mut self, gaps: Gaps) {
        self.uncovered = vec![true; gaps.gaps.len()];
        self.found = Some(Arc::new(gaps));
        self.picked = None;
        self.later.clear();
    }

    pub fn take_open(&mut self, gaps: &Arc<Gaps>, open: Vec<bool>) {
        // Another search may have come in between.
        if self
            .found
            .as_ref()
            .is_some_and(|found| Arc::ptr_eq(found, gaps))
        {
            self.uncovered = open;
        }
    }

    pub fn pick(&mut self, index: usize) -> Option<&Gap> {
        if self.picked != Some(index) {
            self.reason.clear();
        }
        self.picked = Some(index);
        self.found.as_ref()?.gaps.get(index)
    }

    /// Those that are neither drawn nor searched, those put off last.
    pub fn open(&self, survey: &Survey) -> Vec<(usize, &Gap)> {
        let Some(found) = &self.found else {
            return Vec::new();
        };
        let all = found.gaps.iter().enumerate().zip(&self.uncovered);
        let open = all.filter(|((_, gap), uncovered)| **uncovered && !gap.is_searched(survey));
        let mut open: Vec<_> = open.map(|(gap, _)| gap).collect();
        open.sort_by_key(|(index, _)| self.later.contains(index));
        open
    }

    /// The one to go on with after `index`.
    fn next(&self, index: usize, survey: &Survey) -> Option<usize> {
        let open = self.open(survey);
        let place = open.iter().position(|(one, _)| *one == index);
        let next = place.and_then(|place| open.get(place + 1)).or(open.first());
        next.map(|(next, _)| *next).filter(|next| *next != index)
    }
}

pub(super) fn gaps_ui(
    ui: &mut Ui,
    state: &mut GapsState,
    input: &CoverageInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    ui.label(language.text("coverage.gaps.help"));
    actions.extend(layer_ui(ui, state, input));
    actions.extend(searched_ui(ui, input));
    let Some(found) = &state.found else {
        return actions;
    };
    ui.label(words::gaps_text(language, found));
    let open = state.open(input.survey);
    ui.strong(language.text_with("coverage.gaps.open", &[("count", &open.len())]));
    let height = ui.spacing().interact_size.y;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, open.len(), |ui, rows| {
            for (index, gap) in &open[rows] {
                let name = words::gap_text(language, gap);
                let mut button = Button::new(&name)
                    .selected(state.picked == Some(*index))
                    .truncate()
                    .min_size(vec2(ui.available_width(), 0.0));
                if state.later.contains(index) {
                    button = button.right_text(language.text("coverage.gaps.put_off").as_ref());
                }
                let response = ui.add(button).accessible_name(name);
                if response.clicked() {
                    actions.push(Action::Coverage(CoverageAction::PickGap(*index)));
                }
            }
        });
    actions
}

fn layer_ui(ui: &mut Ui, state: &mut GapsState, input: &CoverageInput<'_>) -> Option<Action> {
    let language = input.language;
    let layers: Vec<String> = input
        .references
        .with_polygons()
        .map(|(name, _)| name)
        .collect();
    if layers.is_empty() {
        ui.label(language.text("coverage.gaps.no_layer"));
        let button = ui.button(language.text("coverage.map_load"));
        return button.clicked().then_some(Action::Do(Verb::Basemaps));
    }
    if !state
        .layer
        .as_ref()
        .is_some_and(|layer| layers.contains(layer))
    {
        state.layer = layers.first().cloned();
    }
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        let chosen = state.layer.clone().unwrap_or_default();
        let name = language.text("coverage.gaps.layer");
        let combo = ComboBox::from_id_salt("gaps layer").selected_text(&chosen);
        let response = combo.show_ui(ui, |ui| {
            for layer in layers {
                let label = layer.clone();
                ui.selectable_value(&mut state.layer, Some(layer), label);
            }
        });
        response.response.accessible_name(name);
        if ui.button(language.text("coverage.gaps.find")).clicked() {
            let layer = state.layer.clone();
            asked = layer.map(|layer| Action::Coverage(CoverageAction::FindGaps(layer)));
        }
    });
    asked
}

/// What was searched on somebody's map; each can be searched again.
fn searched_ui(ui: &mut Ui, input: &CoverageInput<'_>) -> Vec<Action> {
    let language = input.language;
    let of_features = input.survey.searched();
    let of_features = of_features.filter(|s| matches!(s.place, SearchedPlace::Feature { .. }));
    let searched: Vec<&Arc<Searched>> = of_features.collect();
    let mut actions = Vec::new();
    if searched.is_empty() {
        return actions;
    }
    let title = language.text_with("coverage.gaps.searched", &[("count", &searched.len())]);
    let header = CollapsingHeader::new(title).id_salt("searched");
    header.show(ui, |ui| {
        let height = ui.spacing().interact_size.y;
        let scroll = ScrollArea::vertical()
            .max_height(height * 6.0)
            .id_salt("searched rows");
        scroll.show_rows(ui, height, searched.len(), |ui, rows| {
            for searched in &searched[rows] {
                let text = words::searched_text(language, searched);
                ui.horizontal(|ui| {
                    let again = language.text("coverage.gaps.again");
                    let button = ui.button(icons::UNDO).on_hover_text(&*again);
                    let button = button.accessible_name(format!("{again}: {text}"));
                    if button.clicked() {
                        let places = vec![searched.place.id()];
                        let command = CoverageCommand::SearchAgain { places };
                        actions.push(Action::Edit(Command::Coverage(command)));
                    }
                    ui.add(egui::Label::new(&text).truncate())
                        .on_hover_text(&text);
                });
            }
        });
    });
    actions
}

/// What is done about the gap that was picked.
pub(super) fn gap_ui(ui: &mut Ui, state: &mut GapsState, input: &CoverageInput<'_>) -> Vec<Action> {
    let (language, survey) = (input.language, input.survey);
    let found = state.found.clone();
    let picked = state.picked.filter(|picked| {
        let open = state.open(survey);
        open.iter().any(|(index, _)| index == picked)
    });
    let gap = picked.zip(found.as_ref());
    let gap = gap.and_then(|(index, found)| Some((index, &found.layer, found.gaps.get(index)?)));
    let Some((index, layer, gap)) = gap else {
        ui.label(language.text("coverage.gaps.pick"));
        return Vec::new();
    };
    let mut actions = Vec::new();
    ui.heading(words::gap_text(language, gap));
    ui.weak(format!("{layer} · {:.6}, {:.6}", gap.at.lon, gap.at.lat));
    ui.add_space(8.0);
    if ui.button(language.text("coverage.gaps.draw")).clicked() {
        actions.push(Action::Coverage(CoverageAction::PickGap(index)));
        actions.push(Action::SetWorkspace(Workspace::Survey));
        actions.push(Action::Do(Verb::Take(Take::Draw)));
    }
    let take = ui.button(language.text("coverage.gaps.take"));
    if take
        .on_hover_text(language.text("coverage.gaps.take_hint"))
        .clicked()
    {
        let boundary = gap.outline.clone();
        actions.push(Action::Edit(Command::Draw { boundary }));
        actions.push(Action::SetWorkspace(Workspace::Survey));
    }
    ui.separator();
    let name = language.text("coverage.gaps.reason");
    ui.label(&*name);
    let edit = TextEdit::singleline(&mut state.reason)
        .hint_text(language.text("coverage.gaps.reason_hint"))
        .desired_width(ui.available_width());
    let entered = ui.add(edit).accessible_name(name.as_ref());
    let entered = entered.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    let given = !state.reason.trim().is_empty();
    let next = state.next(index, survey);
    let button = Button::new(language.text("coverage.gaps.nothing_here"));
    let button = ui.add_enabled(given, button);
    let button = button.on_disabled_hover_text(language.text("reason.reason_needed"));
    if (button.clicked() || entered) && given {
        let command = CoverageCommand::Search {
            places: gap.places(layer),
            reason: state.reason.trim().to_owned(),
        };
        actions.push(Action::Edit(Command::Coverage(command)));
        actions.extend(next.map(|next| Action::Coverage(CoverageAction::PickGap(next))));
    }
    ui.separator();
    if ui.button(language.text("coverage.gaps.later")).clicked() {
        state.later.insert(index);
        actions.extend(next.map(|next| Action::Coverage(CoverageAction::PickGap(next))));
    }
    actions
}
