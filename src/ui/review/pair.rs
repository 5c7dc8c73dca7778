//! The pair under review: the evidence, the verdicts, and the records field by field.

use super::{ReviewInput, ReviewState};
use crate::dedupe::Stance;
use crate::edit::{Command, Decide};
use crate::model::{Estate, Field, Pair, Standing, Verdict};
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::words::{dedupe as dedupe_words, fields};
use egui::{Button, Key, RichText, ScrollArea, Ui};
use std::collections::BTreeSet;
use std::sync::Arc;

const VERDICT_KEYS: [(Verdict, Key); 6] = [
    (Verdict::Same, Key::Num1),
    (Verdict::PartOf, Key::Num2),
    (Verdict::Phases, Key::Num3),
    (Verdict::Split, Key::Num4),
    (Verdict::Distinct, Key::Num5),
    (Verdict::Unsure, Key::Num6),
];

/// The pair under review: evidence, verdicts, and the records field by field.
#[must_use]
pub fn pair_ui(ui: &mut Ui, state: &mut ReviewState, input: &ReviewInput<'_>) -> Vec<Action> {
    let language = input.language;
    let records = input.pair.and_then(|pair| {
        let a = input.survey.estate(pair.a())?;
        let b = input.survey.estate(pair.b())?;
        Some((pair, a, b))
    });
    let Some((pair, a, b)) = records else {
        ui.label(language.text("review.pick"));
        return Vec::new();
    };
    if state.pair != Some(pair) {
        state.begin(pair);
    }
    let mut actions = Vec::new();
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        suggestion_ui(ui, pair, input);
        ui.add_space(6.0);
        actions.extend(verdicts_ui(ui, state, pair, input));
        ui.separator();
        keep_ui(ui, state, [a, b], input);
        compare_ui(ui, state, [a, b], input);
    });
    actions
}

fn suggestion_ui(ui: &mut Ui, pair: Pair, input: &ReviewInput<'_>) {
    let language = input.language;
    let candidate = input
        .evaluation
        .and_then(|evaluation| evaluation.candidate(pair));
    if let Some(decision) = input.survey.decision(pair) {
        let verdict = fields::coded_label(language, decision.verdict);
        let text = language.text_with(
            "review.decided_as",
            &[("verdict", &verdict), ("by", &decision.decided_by)],
        );
        ui.strong(text);
    } else if let Some(candidate) = candidate {
        let verdict = fields::coded_label(language, candidate.suggestion);
        let confidence = format!("{:.0}", candidate.confidence * 100.0);
        let text = language.text_with(
            "review.suggestion",
            &[("verdict", &verdict), ("confidence", &confidence)],
        );
        ui.strong(text);
    }
    if let Some(candidate) = candidate {
        ui.label(language.text("review.evidence"));
        for evidence in &candidate.evidence {
            let sentence = dedupe_words::evidence_text(language, evidence);
            match evidence.stance() {
                Stance::Contradicts => ui.colored_label(
                    Palette::of(ui.visuals()).caution,
                    format!("{} {sentence}", icons::WARNING),
                ),
                Stance::Supports => ui.label(format!("{} {sentence}", icons::CHECK)),
                Stance::Neutral => ui.label(format!("{} {sentence}", icons::INFO)),
            };
        }
    }
}

fn verdicts_ui(
    ui: &mut Ui,
    state: &ReviewState,
    pair: Pair,
    input: &ReviewInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut chosen = None;
    let typing = ui.ctx().text_edit_focused();
    ui.horizontal_wrapped(|ui| {
        for (index, (verdict, key)) in VERDICT_KEYS.into_iter().enumerate() {
            let name = fields::coded_label(language, verdict);
            let decided = input.survey.decision(pair).map(|d| d.verdict) == Some(verdict);
            let text = format!("{} {name}", index + 1);
            let response = ui.add(Button::new(text).selected(decided));
            let response = response.accessible_name(name.as_ref());
            let pressed =
                !typing && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
            if response.clicked() || pressed {
                chosen = Some(verdict);
            }
        }
    });
    let mut actions = Vec::new();
    if let Some(verdict) = chosen {
        let decide = Decide {
            keep: state.keep,
            take: state.take.iter().copied().collect(),
            ..Decide::new(pair, verdict)
        };
        actions.push(Action::Edit(Command::Decide(decide)));
    }
    let joined = [pair.a(), pair.b()].into_iter().find(|id| {
        let other = if *id == pair.a() { pair.b() } else { pair.a() };
        match input.survey.estate(*id).map(|estate| &estate.standing) {
            Some(Standing::Merged { into, .. }) => *into == other,
            Some(Standing::PartOf { parent }) => *parent == other,
            _ => false,
        }
    });
    if let Some(estate) = joined {
        let name = language.text("review.undecide");
        let button = ui.button(format!("{} {name}", icons::UNLINK));
        if button.accessible_name(name).clicked() {
            actions.push(Action::Edit(Command::Unmerge { estate }));
        }
    }
    actions
}

fn keep_ui(
    ui: &mut Ui,
    state: &mut ReviewState,
    records: [&Arc<Estate>; 2],
    input: &ReviewInput<'_>,
) {
    let language = input.language;
    let kept = state.kept(records);
    ui.horizontal_wrapped(|ui| {
        ui.label(language.text("review.keep"))
            .on_hover_text(language.text("review.keep_hint"));
        for estate in records {
            let name = fields::record_name(language, input.survey, estate);
            if ui
                .radio(kept == estate.id, name)
                .on_hover_text(language.text("review.keep_hint"))
                .clicked()
            {
                state.keep = Some(estate.id);
                state.take.clear();
            }
        }
    });
}

fn compare_ui(
    ui: &mut Ui,
    state: &mut ReviewState,
    [a, b]: [&Arc<Estate>; 2],
    input: &ReviewInput<'_>,
) {
    let language = input.language;
    let kept = state.kept([a, b]);
    let gaps = a.gaps.keys().chain(b.gaps.keys()).map(|g| Field::Gap(*g));
    let all: BTreeSet<Field> = gaps.collect();
    let rows = Field::PLAIN.iter().copied().chain(all);
    // Long values wrap, so that the panel stays as wide as it is and the map keeps its room.
    let column = (ui.available_width() - 2.0 * ui.spacing().item_spacing.x) / 3.0;
    egui::Grid::new("compare")
        .num_columns(3)
        .striped(true)
        .min_col_width(60.0)
        .max_col_width(column)
        .show(ui, |ui| {
            ui.strong(language.text("review.field"));
            for estate in [a, b] {
                let row = fields::row_text(language, input.survey, estate);
                ui.strong(row.unwrap_or_default());
            }
            ui.end_row();
            for field in rows {
                let (left, right) = (a.get(&field), b.get(&field));
                if left.is_none() && right.is_none() {
                    continue;
                }
                let differs = left != right;
                let label = fields::label(language, &field, input.items);
                ui.label(match differs {
                    true => RichText::new(format!("≠ {label}")).strong(),
                    false => RichText::new(label.clone()),
                });
                for (estate, value) in [(a, &left), (b, &right)] {
                    let text = fields::value_text(language, &field, value.as_ref());
                    let source = fields::source_text(language, input.survey, estate, &field);
                    let is_other = kept != estate.id;
                    // A value can be taken over only where both have one and they differ.
                    if is_other && differs && left.is_some() && right.is_some() {
                        let mut taken = state.take.contains(&field);
                        let box_ = ui
                            .checkbox(&mut taken, text)
                            .on_hover_text(language.text("review.take"));
                        if box_.changed() {
                            match taken {
                                true => state.take.insert(field),
                                false => state.take.remove(&field),
                            };
                        }
                    } else {
                        ui.label(text).on_hover_text(source);
                    }
                }
                ui.end_row();
            }
        });
}
