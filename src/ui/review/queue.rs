//! The queue of pairs: what blocks the release first, then by households at stake.

use super::bulk::{accept_button, bulk_ui};
use super::{ReviewInput, ReviewState};
use crate::jobs::review_queue::{Class, QueuedPair, ReviewQueue};
use crate::model::{Pair, Survey, Verdict};
use crate::ui::action::Action;
use crate::ui::signs;
use crate::words::fields::{coded_label, record_name};
use crate::words::history::author_text;
use crate::words::review as words;
use egui::{
    Align2, ComboBox, FontSelection, Response, Role, ScrollArea, Sense, TextStyle, Ui, WidgetInfo,
    WidgetText, vec2,
};
use std::borrow::Cow;
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shown {
    #[default]
    Open,
    Decided,
}

/// Which of the waiting pairs are listed and gone through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    #[default]
    Everything,
    Suggested(Verdict),
    Class(Class),
}

impl Filter {
    fn lets_through(self, class: Class) -> bool {
        match self {
            Self::Everything => true,
            Self::Suggested(verdict) => class.suggestion == verdict,
            Self::Class(only) => class == only,
        }
    }

    fn count(self, queue: &ReviewQueue) -> usize {
        let through = queue.classes.iter();
        through
            .filter(|(class, _)| self.lets_through(**class))
            .map(|(_, count)| count)
            .sum()
    }
}

/// Of the unfolded filter: every class of an ordinary survey without scrolling.
const FILTER_HEIGHT: f32 = 560.0;

/// Which way the queue is gone through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Next,
    Previous,
}

/// The queue of pairs.
#[must_use]
pub fn queue_ui(ui: &mut Ui, state: &mut ReviewState, input: &ReviewInput<'_>) -> Vec<Action> {
    let language = input.language;
    if let Some(bulk) = &mut state.bulk {
        return bulk_ui(ui, bulk, input);
    }
    let mut actions = Vec::new();
    ui.heading(language.text("review.heading"));
    if input.evaluation.is_none() {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.label(language.text("review.searching"));
        });
        return actions;
    }
    let decided = input.survey.decisions().len();
    ui.horizontal(|ui| {
        for (shown, key, count) in [
            (Shown::Open, "review.waiting", input.queue.pairs.len()),
            (Shown::Decided, "review.decided", decided),
        ] {
            let text = language.text_with(key, &[("count", &count)]);
            ui.selectable_value(&mut state.shown, shown, text);
        }
    });
    if state.shown == Shown::Open {
        filter_ui(ui, state, input);
        if let Filter::Class(class) = state.filter {
            actions.extend(accept_button(ui, state, class, input));
        }
    }
    ui.separator();
    let rows: Cow<'_, [Row]> = match state.shown {
        Shown::Open => {
            let filter = state.filter;
            let waiting = input.queue.pairs.iter();
            let listed = waiting.filter(|row| filter.lets_through(row.class));
            listed.map(Row::waiting).collect()
        }
        Shown::Decided => input.survey.decisions().map(|d| Row::of(d.pair)).collect(),
    };
    if rows.is_empty() {
        ui.label(language.text("review.none"));
    }
    let heights = [TextStyle::Body, TextStyle::Small].map(|style| ui.text_style_height(&style));
    let row_height = heights[0] + heights[1] + 2.0 * ui.spacing().button_padding.y;
    let mut list = ScrollArea::vertical().auto_shrink(false);
    // The keyboard went to another pair: the list follows.
    if state.listed != input.pair {
        state.listed = input.pair;
        if let Some(at) = rows.iter().position(|row| Some(row.pair) == input.pair) {
            let full_height = row_height + ui.spacing().item_spacing.y;
            let seen = ui.available_height();
            let top = at as f32 * full_height;
            if !state.list_room.contains(top) || !state.list_room.contains(top + full_height) {
                list = list.vertical_scroll_offset((top - seen / 2.0).max(0.0));
            }
        }
    }
    let shown = list.show_rows(ui, row_height, rows.len(), |ui, range| {
        for row in rows.get(range).unwrap_or_default() {
            if row_ui(ui, row, row_height, input).clicked() {
                actions.push(Action::Review(row.pair));
            }
        }
    });
    let top = shown.state.clamped_offset().y;
    state.list_room = egui::Rangef::new(top, top + shown.inner_rect.height());
    actions
}

fn filter_ui(ui: &mut Ui, state: &mut ReviewState, input: &ReviewInput<'_>) {
    let (language, queue) = (input.language, input.queue);
    let text = |filter: Filter| {
        let count = filter.count(queue);
        let what = match filter {
            Filter::Everything => {
                return language.text_with("review.filter_all", &[("count", &count)]);
            }
            Filter::Suggested(verdict) => coded_label(language, verdict).into_owned(),
            Filter::Class(class) => words::class_text(language, class),
        };
        language.text_with("review.filter_of", &[("what", &what), ("count", &count)])
    };
    // The last pair of a class was decided: nothing is hidden behind a filter that lets none
    // through.
    if state.filter.count(queue) == 0 {
        state.filter = Filter::Everything;
    }
    let mut verdicts: BTreeMap<Verdict, Vec<Class>> = BTreeMap::new();
    for class in queue.classes.keys() {
        verdicts.entry(class.suggestion).or_default().push(*class);
    }
    let label = language.text("review.filter");
    ui.horizontal(|ui| {
        let name = ui.label(&*label);
        let chosen = text(state.filter);
        let combo = ComboBox::from_id_salt("review filter")
            .width(ui.available_width())
            .truncate()
            .height(FILTER_HEIGHT)
            .selected_text(chosen)
            .show_ui(ui, |ui| {
                let all = Filter::Everything;
                ui.selectable_value(&mut state.filter, all, text(all));
                for (verdict, classes) in verdicts {
                    ui.separator();
                    let of = Filter::Suggested(verdict);
                    ui.selectable_value(&mut state.filter, of, text(of));
                    for class in classes {
                        let of = Filter::Class(class);
                        ui.indent(class.rule.key(), |ui| {
                            ui.selectable_value(&mut state.filter, of, text(of));
                        });
                    }
                }
            });
        combo.response.labelled_by(name.id);
    });
}

/// A line of the list.
#[derive(Clone, Copy)]
struct Row<'a> {
    pair: Pair,
    waiting: Option<&'a QueuedPair>,
}

impl<'a> Row<'a> {
    fn of(pair: Pair) -> Self {
        let waiting = None;
        Self { pair, waiting }
    }

    fn waiting(queued: &'a QueuedPair) -> Self {
        Self {
            pair: queued.pair,
            waiting: Some(queued),
        }
    }

    /// "suggested: same estate · 200 households at stake".
    fn about(&self, input: &ReviewInput<'_>) -> String {
        let language = input.language;
        let mut parts = Vec::new();
        match (input.survey.decision(self.pair), self.waiting) {
            (Some(decision), None) => {
                parts.push(coded_label(language, decision.verdict).into_owned());
                parts.push(author_text(language, &decision.decided_by, "", ""));
            }
            (None, None) => {}
            (decided, Some(queued)) => {
                if decided.is_some() {
                    parts.push(language.text("review.left_unsure").into_owned());
                }
                let verdict = coded_label(language, queued.class.suggestion);
                parts.push(language.text_with("review.suggested", &[("verdict", &verdict)]));
                parts.push(words::stake_text(language, queued.stake));
            }
        }
        parts.join(" · ")
    }
}

fn row_ui(ui: &mut Ui, row: &Row<'_>, height: f32, input: &ReviewInput<'_>) -> Response {
    let language = input.language;
    let name = |id| match input.survey.estate(id) {
        Some(estate) => record_name(language, input.survey, estate),
        None => language.text("record.gone").into_owned(),
    };
    let names = format!("{} · {}", name(row.pair.a()), name(row.pair.b()));
    let about = row.about(input);
    let chosen = input.pair == Some(row.pair);
    let size = vec2(ui.available_width(), height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, &names));
    if ui.is_rect_visible(rect) {
        let visuals = ui.style().interact_selectable(&response, chosen);
        if chosen || response.hovered() || response.has_focus() {
            ui.painter()
                .rect_filled(rect, visuals.corner_radius, visuals.weak_bg_fill);
        }
        if response.has_focus() {
            let ring = signs::focus_ring(ui.visuals());
            let inside = egui::StrokeKind::Inside;
            ui.painter()
                .rect_stroke(rect, visuals.corner_radius, ring, inside);
        }
        let room = rect.shrink2(ui.spacing().button_padding);
        let line = |text: &str, style: TextStyle| {
            WidgetText::from(text).into_galley(
                ui,
                Some(egui::TextWrapMode::Truncate),
                room.width(),
                FontSelection::Style(style),
            )
        };
        let color = visuals.text_color();
        let (above, below) = (
            line(&names, TextStyle::Body),
            line(&about, TextStyle::Small),
        );
        let at = Align2::LEFT_BOTTOM.anchor_size(room.left_bottom(), below.size());
        ui.painter().galley(room.left_top(), above, color);
        ui.painter().galley(at.min, below, color);
    }
    response.on_hover_ui(|ui| {
        ui.strong(&names);
        ui.label(&about);
        if let Some(queued) = row.waiting {
            ui.label(words::class_text(language, queued.class));
            ui.label(words::stake_hint(language, queued.stake));
        }
    })
}

/// Whether two records count and nobody has decided about them for good.
pub fn waits(survey: &Survey, pair: Pair) -> bool {
    let decided = survey.decision(pair).map(|decision| decision.verdict);
    let counts = |id| {
        let estate = survey.estate(id);
        estate.is_some_and(|estate| estate.standing.is_counted())
    };
    matches!(decided, None | Some(Verdict::Unsure)) && counts(pair.a()) && counts(pair.b())
}

/// The pair that waits after `after`, or before it, among those that `filter` lets through; round
/// about.
///
/// The queue may be of a moment ago: what was decided meanwhile waits no more.
pub fn next_pair(
    queue: &ReviewQueue,
    survey: &Survey,
    filter: Filter,
    after: Option<Pair>,
    step: Step,
) -> Option<Pair> {
    let waits = |row: &&QueuedPair| {
        Some(row.pair) != after && filter.lets_through(row.class) && waits(survey, row.pair)
    };
    let at = after.and_then(|pair| queue.place_of(pair));
    let found = match step {
        Step::Next => {
            let (before, behind) = queue.pairs.split_at(at.map_or(0, |at| at + 1));
            behind.iter().chain(before).find(waits)
        }
        Step::Previous => {
            let (before, behind) = queue.pairs.split_at(at.unwrap_or(0));
            before.iter().rev().chain(behind.iter().rev()).find(waits)
        }
    };
    found.map(|row| row.pair)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::Rule;
    use crate::jobs::review_queue::{Stake, Weight};
    use crate::model::{Decision, Estate};
    use crate::ui::test_bench::id;

    fn pair(a: u128, b: u128) -> Pair {
        Pair::new(id(a), id(b)).unwrap()
    }

    fn queue(rows: &[(Pair, Rule)]) -> ReviewQueue {
        let pairs = rows.iter().map(|(pair, rule)| QueuedPair {
            pair: *pair,
            class: Class {
                suggestion: rule.verdict(),
                rule: *rule,
            },
            weight: Weight::Blocks,
            stake: Stake::Known(1),
        });
        ReviewQueue {
            pairs: pairs.collect(),
            classes: BTreeMap::new(),
            ..ReviewQueue::default()
        }
    }

    #[test]
    fn the_queue_is_gone_through_both_ways_round_about_and_past_what_is_decided() {
        let decision = Decision {
            pair: pair(3, 4),
            verdict: Verdict::Distinct,
            decided_at: jiff::Timestamp::UNIX_EPOCH,
            decided_by: String::new(),
            note: String::new(),
        };
        let estates = (1..=8).map(|number| Estate::new(id(number)));
        let survey = Survey::from_parts(estates, [decision], [], Default::default());
        let queue = queue(&[
            (pair(1, 2), Rule::NameAndPlace),
            (pair(3, 4), Rule::NameAndPlace),
            (pair(5, 6), Rule::Inside),
            (pair(7, 8), Rule::NameAndPlace),
        ]);
        use Step::{Next, Previous};
        let all = Filter::Everything;
        let same = Filter::Suggested(Verdict::Same);
        for (filter, after, step, found) in [
            (all, None, Next, Some(pair(1, 2))),
            (all, Some(pair(1, 2)), Next, Some(pair(5, 6))),
            (same, Some(pair(1, 2)), Next, Some(pair(7, 8))),
            (all, Some(pair(7, 8)), Next, Some(pair(1, 2))),
            (all, Some(pair(1, 2)), Previous, Some(pair(7, 8))),
            (all, Some(pair(5, 6)), Previous, Some(pair(1, 2))),
            (all, None, Previous, Some(pair(7, 8))),
            (
                Filter::Suggested(Verdict::PartOf),
                Some(pair(5, 6)),
                Next,
                None,
            ),
        ] {
            let next = next_pair(&queue, &survey, filter, after, step);
            assert_eq!(next, found, "{filter:?} {after:?} {step:?}");
        }
    }
}
