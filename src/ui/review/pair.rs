//! The pair under review: the evidence, the verdicts, and the records field by field.

use super::bulk::accept_button;
use super::fields::{compare_ui, keep_ui};
use super::queue::Filter;
use super::records::records_ui;
use super::{ReviewInput, ReviewState, VERDICTS};
use crate::dedupe::{Candidate, Stance};
use crate::edit::Refusal;
use crate::jobs::review_queue::Class;
use crate::model::{Pair, Verdict};
use crate::ui::action::Action;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::ui::verb::{OfPair, Verb};
use crate::words::edit::refusal_text;
use crate::words::history::author_text;
use crate::words::review::rule_text;
use crate::words::{dedupe as dedupe_words, fields};
use egui::{Button, Label, RichText, ScrollArea, Ui};

/// The pair under review: verdicts, evidence, and the records field by field.
#[must_use]
pub fn pair_ui(ui: &mut Ui, state: &mut ReviewState, input: &ReviewInput<'_>) -> Vec<Action> {
    let language = input.language;
    let records = input.pair.and_then(|pair| {
        let a = input.survey.estate(pair.a())?;
        let b = input.survey.estate(pair.b())?;
        Some((pair, a, b))
    });
    // However little there is to say, the panel stays as wide as it is.
    ui.set_min_width(ui.available_width());
    let Some((pair, a, b)) = records else {
        ui.label(language.text("review.pick"));
        return Vec::new();
    };
    let candidate = input
        .evaluation
        .and_then(|evaluation| evaluation.candidate(pair));
    state.look_at(pair);
    state.seen.extend(candidate.map(Class::of));
    let mut actions = Vec::new();
    suggestion_ui(ui, pair, candidate, input);
    let behind = state.behind.as_ref().filter(|behind| behind.of.0 == pair);
    let refused = behind.map_or(&[][..], |behind| &behind.refused);
    actions.extend(verdicts_ui(ui, pair, refused, input));
    ui.horizontal_wrapped(|ui| {
        actions.extend(ways_ui(ui, input));
        if let (None, Some(candidate)) = (input.survey.decision(pair), candidate) {
            let class = Class::of(candidate);
            // Above the queue of this class alone the button stands already.
            if state.filter != Filter::Class(class) {
                actions.extend(accept_button(ui, state, class, input));
            }
        }
    });
    ui.separator();
    ScrollArea::vertical()
        .id_salt(pair)
        .auto_shrink(false)
        .show(ui, |ui| {
            if let Some(candidate) = candidate {
                evidence_ui(ui, candidate, input);
                ui.separator();
            }
            actions.extend(group_ui(ui, pair, input));
            keep_ui(ui, state, [a, b], input);
            compare_ui(ui, state, [a, b], input);
            let behind = state.behind.as_ref().filter(|behind| behind.of.0 == pair);
            actions.extend(records_ui(ui, behind, [a, b], input));
        });
    actions
}

/// What was decided, or what the program suggests and by which rule.
fn suggestion_ui(ui: &mut Ui, pair: Pair, candidate: Option<&Candidate>, input: &ReviewInput<'_>) {
    let language = input.language;
    let text = match (input.survey.decision(pair), candidate) {
        (Some(decision), _) => {
            let verdict = fields::coded_label(language, decision.verdict);
            let by = author_text(language, &decision.decided_by, "", "");
            language.text_with("review.decided_as", &[("verdict", &verdict), ("by", &by)])
        }
        (None, Some(candidate)) => {
            let verdict = fields::coded_label(language, candidate.suggestion);
            let confidence = format!("{:.0}", candidate.confidence * 100.0);
            let values: [(&str, &dyn std::fmt::Display); 2] =
                [("verdict", &verdict), ("confidence", &confidence)];
            language.text_with("review.suggestion", &values)
        }
        (None, None) => return,
    };
    ui.add(Label::new(RichText::new(text).strong()).wrap());
    if let Some(candidate) = candidate {
        ui.add(Label::new(rule_text(language, candidate.rule)).wrap());
    }
}

/// What speaks for one estate, what against, and what neither.
fn evidence_ui(ui: &mut Ui, candidate: &Candidate, input: &ReviewInput<'_>) {
    let language = input.language;
    for (stance, key, icon) in [
        (Stance::Supports, "review.speaks_for", icons::CHECK),
        (Stance::Contradicts, "review.speaks_against", icons::WARNING),
        (Stance::Neutral, "review.speaks_neither", icons::INFO),
    ] {
        let of_stance = candidate.evidence.iter();
        let mut of_stance = of_stance.filter(|it| it.stance() == stance).peekable();
        if of_stance.peek().is_none() {
            continue;
        }
        ui.strong(language.text(key));
        for evidence in of_stance {
            let sentence = dedupe_words::evidence_text(language, evidence);
            let mut text = RichText::new(format!("{icon} {sentence}"));
            if stance == Stance::Contradicts {
                text = text.color(Palette::of(ui.visuals()).caution);
            }
            ui.add(Label::new(text).wrap());
        }
    }
}

/// What else is suggested to be the same estate, each pair a click away, and what was cut because
/// a person decided otherwise.
fn group_ui(ui: &mut Ui, pair: Pair, input: &ReviewInput<'_>) -> Vec<Action> {
    let mut actions = Vec::new();
    let Some(group) = input.queue.group_of(pair) else {
        return actions;
    };
    let language = input.language;
    let name = |id| {
        let estate = input.survey.estate(id);
        estate.map_or_else(String::new, |it| {
            fields::record_name(language, input.survey, it)
        })
    };
    let names = |pair: Pair| format!("{} · {}", name(pair.a()), name(pair.b()));
    let count = group.members.len();
    ui.strong(language.text_with("review.group", &[("records", &count)]));
    for other in group.pairs.iter().filter(|other| **other != pair) {
        let mark = match input.survey.decision(*other) {
            Some(_) => icons::CHECK,
            None => icons::COPY,
        };
        let names = names(*other);
        let button = ui.add(Button::new(format!("{mark} {names}")).truncate());
        let values: [(&str, &dyn std::fmt::Display); 1] = [("pair", &names)];
        let name = language.text_with("review.group_pair", &values);
        if button.accessible_name(name).clicked() {
            actions.push(Action::Review(*other));
        }
    }
    for cut in &group.cut {
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("pair", &names(cut.pair)), ("apart", &names(cut.apart))];
        let text = language.text_with("review.cut", &values);
        let text = RichText::new(format!("{} {text}", icons::WARNING));
        ui.add(Label::new(text.color(Palette::of(ui.visuals()).caution)).wrap());
    }
    ui.separator();
    actions
}

fn verdicts_ui(
    ui: &mut Ui,
    pair: Pair,
    refused: &[(Verdict, Refusal)],
    input: &ReviewInput<'_>,
) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let decided = input.survey.decision(pair).map(|it| it.verdict);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        for (verdict, digit, _) in VERDICTS {
            let name = fields::coded_label(language, verdict);
            let button = Button::new(format!("{digit} {name}"));
            let why_not = refused.iter().find(|(of, _)| *of == verdict);
            let button = button.selected(decided == Some(verdict));
            let response = ui.add_enabled(why_not.is_none(), button);
            let response = response.accessible_name(name.as_ref());
            if response.clicked() {
                actions.push(Action::Do(Verb::Pair(OfPair::Decide(verdict))));
            }
            if let Some((_, refusal)) = why_not {
                response.on_disabled_hover_text(refusal_text(language, refusal, input.items));
            }
        }
    });
    actions
}

/// Into the form, and what takes a merge apart again.
fn ways_ui(ui: &mut Ui, input: &ReviewInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    for (of_pair, icon, key) in [
        (OfPair::OpenInForm, icons::PENCIL, "review.open_in_form"),
        (OfPair::Part, icons::UNLINK, "review.undecide"),
    ] {
        let verb = Verb::Pair(of_pair);
        if of_pair == OfPair::Part && (input.available)(verb).is_err() {
            continue;
        }
        let name = language.text(key);
        let button = ui.button(format!("{icon} {name}")).accessible_name(&*name);
        let hint = match input.keys.text(verb, ui.ctx()) {
            Some(keys) => format!("{name} ({keys})"),
            None => name.into_owned(),
        };
        if button.on_hover_text(hint).clicked() {
            actions.push(Action::Do(verb));
        }
    }
    actions
}
