//! All pairs of a class that the user has looked at, accepted as suggested: first the list of what
//! it does, then one edit.

use super::{ReviewInput, ReviewState};
use crate::edit::{Outcome, Proposal, Proposed};
use crate::jobs::review_queue::Class;
use crate::model::{EstateId, Pair, Verdict};
use crate::ui::action::{Action, BulkAction};
use crate::ui::availability::Reason;
use crate::ui::icons;
use crate::ui::theme::Palette;
use crate::ui::verb::{OfPair, Verb};
use crate::words::edit::refusal_text;
use crate::words::fields::record_name;
use crate::words::review::class_text;
use egui::{Button, Label, RichText, ScrollArea, TextStyle, Ui};
use std::collections::BTreeSet;

/// The panel while it is open.
pub struct Bulk {
    pub class: Class,
    /// The pairs of the class, in the order of the queue.
    pub pairs: Vec<Pair>,
    /// Those whose tick was taken away.
    pub left_out: BTreeSet<Pair>,
    /// What was worked out, and for which state.
    pub proposal: Option<(ProposedFor, Proposal)>,
    /// What a job is working out.
    pub asked: Option<ProposedFor>,
    /// It was just opened: the keyboard follows, to where a key pressed by habit does no harm.
    takes_focus: bool,
}

/// What a proposal depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct ProposedFor {
    pub class: Class,
    pub pairs: Vec<Pair>,
    pub revision: u64,
}

impl Bulk {
    pub fn new(class: Class, pairs: Vec<Pair>) -> Self {
        Self {
            class,
            pairs,
            left_out: BTreeSet::new(),
            proposal: None,
            asked: None,
            takes_focus: true,
        }
    }

    /// What has to be worked out for the panel as it stands.
    pub fn wanted(&self, revision: u64) -> ProposedFor {
        let ticked = self.pairs.iter();
        ProposedFor {
            class: self.class,
            pairs: ticked
                .filter(|pair| !self.left_out.contains(pair))
                .copied()
                .collect(),
            revision,
        }
    }

    /// The proposal, where it is of what is ticked now.
    pub fn fresh(&self, revision: u64) -> Option<&Proposal> {
        let (of, proposal) = self.proposal.as_ref()?;
        (*of == self.wanted(revision)).then_some(proposal)
    }
}

/// Whether all pairs of a class can be accepted at once.
///
/// # Errors
/// The [`Reason`] why not.
pub fn can_accept(class: Class, seen: &BTreeSet<Class>) -> Result<(), Reason> {
    if class.suggestion == Verdict::Unsure {
        return Err(Reason::EachNeedsALook);
    }
    match seen.contains(&class) {
        true => Ok(()),
        false => Err(Reason::LookAtOne),
    }
}

/// The way to the panel, for the class that the queue is filtered by.
pub(super) fn accept_button(
    ui: &mut Ui,
    state: &ReviewState,
    class: Class,
    input: &ReviewInput<'_>,
) -> Option<Action> {
    let language = input.language;
    let count = input.queue.classes.get(&class).copied().unwrap_or(0);
    // One alone is decided by its verdict.
    if count < 2 {
        return None;
    }
    let can = can_accept(class, &state.seen);
    let name = language.text_with("review.bulk.open", &[("count", &count)]);
    let button = Button::new(format!("{} {name}", icons::LIST_CHECKS));
    let response = ui.add_enabled(can.is_ok(), button).accessible_name(name);
    let clicked = response.clicked();
    let hint = match can {
        Ok(()) => match input.keys.text(Verb::Pair(OfPair::AcceptAlike), ui.ctx()) {
            Some(keys) => format!("{} ({keys})", language.text("review.bulk.hint")),
            None => language.text("review.bulk.hint").into_owned(),
        },
        Err(reason) => language.text(reason.key()).into_owned(),
    };
    response.on_hover_text(&hint).on_disabled_hover_text(&hint);
    clicked.then_some(Action::Bulk(BulkAction::Open(class)))
}

/// The panel, in the place of the queue.
pub(super) fn bulk_ui(ui: &mut Ui, bulk: &mut Bulk, input: &ReviewInput<'_>) -> Vec<Action> {
    let language = input.language;
    let mut actions = Vec::new();
    let back = language.text("review.bulk.back");
    let button = ui.button(format!("{} {back}", icons::ARROW_LEFT));
    let button = button.accessible_name(back);
    if std::mem::take(&mut bulk.takes_focus) {
        button.request_focus();
    }
    if button.clicked() {
        actions.push(Action::Bulk(BulkAction::Close));
    }
    let class = RichText::new(class_text(language, bulk.class)).strong();
    ui.add(Label::new(class).wrap());
    let proposal = bulk.fresh(input.revision);
    accept_ui(ui, proposal, input, &mut actions);
    ui.horizontal(|ui| {
        for (key, action) in [
            ("review.bulk.tick_all", BulkAction::TickAll),
            ("review.bulk.tick_none", BulkAction::TickNone),
        ] {
            if ui.small_button(language.text(key)).clicked() {
                actions.push(Action::Bulk(action));
            }
        }
    });
    ui.separator();
    // While ticks are worked out anew, the list stays as it was.
    let known = bulk.proposal.as_ref().map(|(_, proposal)| proposal);
    let rows = rows(bulk, known);
    let heights = [TextStyle::Body, TextStyle::Small].map(|style| ui.text_style_height(&style));
    // Two small lines say what becomes of each record.
    let height = heights[0] + 2.0 * heights[1] + 10.0;
    ScrollArea::vertical()
        .auto_shrink(false)
        .show_rows(ui, height, rows.len(), |ui, range| {
            for row in rows.get(range).unwrap_or_default() {
                ui.push_id(row.pair, |ui| row_ui(ui, row, height, input, &mut actions));
            }
        });
    actions
}

/// How many it decides, and the button that does it.
fn accept_ui(
    ui: &mut Ui,
    proposal: Option<&Proposal>,
    input: &ReviewInput<'_>,
    actions: &mut Vec<Action>,
) {
    let language = input.language;
    let Some(proposal) = proposal else {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(language.text("review.bulk.working"));
        });
        return;
    };
    let refused = proposal.refused();
    if refused > 0 {
        let text = language.text_with("review.bulk.refused", &[("count", &refused)]);
        let text = RichText::new(format!("{} {text}", icons::WARNING));
        let text = text.color(Palette::of(ui.visuals()).caution);
        ui.add(Label::new(text).wrap());
    }
    let decided = proposal.decided;
    let name = language.text_with("review.bulk.accept", &[("count", &decided)]);
    let button = Button::new(format!("{} {name}", icons::CHECK));
    let button = ui.add_enabled(decided > 0, button).accessible_name(name);
    if button.clicked() {
        actions.push(Action::Bulk(BulkAction::Accept));
    }
    button
        .on_hover_text(language.text("review.bulk.one_edit"))
        .on_disabled_hover_text(language.text("review.bulk.nothing"));
}

/// A line of the list.
struct Row<'a> {
    pair: Pair,
    /// `None` where its tick was taken away, or nothing is worked out for it yet.
    proposed: Option<&'a Proposed>,
    ticked: Ticked,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ticked {
    Yes,
    No,
}

/// What is refused comes first: it is what a person has to know of.
fn rows<'a>(bulk: &Bulk, proposal: Option<&'a Proposal>) -> Vec<Row<'a>> {
    let known: std::collections::BTreeMap<Pair, &Proposed> = proposal
        .into_iter()
        .flat_map(|proposal| &proposal.rows)
        .map(|row| (row.decide.pair, row))
        .collect();
    let rows = bulk
        .pairs
        .iter()
        .map(|pair| match bulk.left_out.contains(pair) {
            true => Row {
                pair: *pair,
                proposed: None,
                ticked: Ticked::No,
            },
            false => Row {
                pair: *pair,
                proposed: known.get(pair).copied(),
                ticked: Ticked::Yes,
            },
        });
    let is_refused = |row: &Row<'_>| row.proposed.is_some_and(|it| it.outcome.is_err());
    let (mut refused, others): (Vec<_>, Vec<_>) = rows.partition(is_refused);
    refused.extend(others);
    refused
}

fn row_ui(
    ui: &mut Ui,
    row: &Row<'_>,
    height: f32,
    input: &ReviewInput<'_>,
    actions: &mut Vec<Action>,
) {
    let language = input.language;
    let name = |id: EstateId| match input.survey.estate(id) {
        Some(estate) => record_name(language, input.survey, estate),
        None => language.text("record.gone").into_owned(),
    };
    let names = format!("{} · {}", name(row.pair.a()), name(row.pair.b()));
    let caution = Palette::of(ui.visuals()).caution;
    let refused = row.proposed.is_some_and(|it| it.outcome.is_err());
    let about = match row.proposed.map(|it| &it.outcome) {
        None if row.ticked == Ticked::No => language.text("review.bulk.left_out").into_owned(),
        None => "…".to_owned(),
        Some(Ok(outcome)) => outcome_text(*outcome, &name, input),
        Some(Err(refusal)) => {
            let reason = refusal_text(language, refusal, input.items);
            format!("{} {reason}", icons::WARNING)
        }
    };
    ui.horizontal(|ui| {
        ui.set_height(height);
        let mut ticked = row.ticked == Ticked::Yes && !refused;
        let tick = ui.add_enabled(!refused, egui::Checkbox::without_text(&mut ticked));
        let tick_name = language.text_with("review.bulk.include", &[("names", &names)]);
        if tick.accessible_name(tick_name).changed() {
            actions.push(Action::Bulk(match ticked {
                true => BulkAction::Tick(row.pair),
                false => BulkAction::LeaveOut(row.pair),
            }));
        }
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let chosen = input.pair == Some(row.pair);
            let shown = ui.add(Button::selectable(chosen, &names).small().truncate());
            if shown
                .accessible_name(&names)
                .on_hover_text(&names)
                .clicked()
            {
                actions.push(Action::Review(row.pair));
            }
            for line in about.split('\n') {
                let text = RichText::new(line).small();
                let text = match refused {
                    true => text.color(caution),
                    false => text,
                };
                let label = Label::new(text);
                // A reason is read whole; what is done says its most important word first.
                let label = match refused {
                    true => label.wrap(),
                    false => label.truncate(),
                };
                ui.add(label).on_hover_text(line);
            }
        });
    });
}

fn outcome_text(
    outcome: Outcome,
    name: &dyn Fn(EstateId) -> String,
    input: &ReviewInput<'_>,
) -> String {
    let language = input.language;
    let two = |key: &str, kept: EstateId, other: EstateId| {
        let names: [(&str, &dyn std::fmt::Display); 2] = [
            ("kept", &described(kept, name, input)),
            ("other", &described(other, name, input)),
        ];
        language.text_with(key, &names)
    };
    match outcome {
        Outcome::Merges { kept, absorbed } => two("review.bulk.merges", kept, absorbed),
        Outcome::Contains { parent, child } => two("review.bulk.contains", parent, child),
        Outcome::CountApart => language.text("review.bulk.count_apart").into_owned(),
        Outcome::LeftUnsure => language.text("review.left_unsure").into_owned(),
        Outcome::OneAlready { root } => {
            language.text_with("review.bulk.one_already", &[("name", &name(root))])
        }
    }
}

/// The name, and the row it was read from: two records of a pair often have one name.
fn described(id: EstateId, name: &dyn Fn(EstateId) -> String, input: &ReviewInput<'_>) -> String {
    let estate = input.survey.estate(id);
    let row = estate
        .and_then(|estate| crate::words::fields::row_text(input.language, input.survey, estate));
    match row {
        Some(row) => input
            .language
            .text_with("review.bulk.record", &[("name", &name(id)), ("row", &row)]),
        None => name(id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::Rule;

    #[test]
    fn a_class_is_accepted_at_once_only_when_one_of_it_was_looked_at() {
        let class = |rule: Rule| Class {
            suggestion: rule.verdict(),
            rule,
        };
        let seen = BTreeSet::from([class(Rule::NameAndPlace), class(Rule::NameApart)]);
        for (rule, expected) in [
            (Rule::NameAndPlace, Ok(())),
            (Rule::Inside, Err(Reason::LookAtOne)),
            (Rule::NameApart, Err(Reason::EachNeedsALook)),
        ] {
            assert_eq!(can_accept(class(rule), &seen), expected, "{rule:?}");
        }
    }
}
