//! What a newer version of a list changes, row by row, for a person to decide about.

use crate::catalogue::Items;
use crate::jobs::import::newer::{About, Choices, Fate, Gone, Newer, Row, Tally, ValueNews};
use crate::ui::preferences::Switch;
use crate::words::lists as words;
use crate::words::{Language, import as import_words};
use egui::{Button, Label, ScrollArea, TextEdit, Ui};
use std::collections::BTreeMap;

/// A newer version under review.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Review {
    pub newer: Newer,
    /// Counted once: a list may be long.
    tally: Tally,
    choices: Choices,
    shown: Shown,
    /// Whether records that are gone are taken out, and for which reason.
    withdraws: Switch,
    reason: String,
    lines: BTreeMap<Shown, Vec<Line>>,
}

/// Which rows are listed; in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shown {
    Conflicts,
    Changed,
    New,
    Unclear,
    Gone,
    Rejected,
    Emptied,
    Same,
}

/// A line: a value of a row, or something as a whole; by their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Line {
    at: usize,
    value: usize,
}

/// What a person did here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reviewed {
    Take,
    Back,
}

const MOST_LINES: f32 = 380.0;

impl Review {
    pub fn new(newer: Newer) -> Self {
        let mut lines: BTreeMap<Shown, Vec<Line>> = BTreeMap::new();
        let mut list = |shown: Shown, at: usize, value: usize| {
            lines.entry(shown).or_default().push(Line { at, value });
        };
        for (at, row) in newer.rows.iter().enumerate() {
            match &row.about {
                About::New => list(Shown::New, at, 0),
                About::Unclear { .. } => list(Shown::Unclear, at, 0),
                About::Known { news, .. } if news.is_empty() => list(Shown::Same, at, 0),
                About::Known { news, .. } => {
                    for (value, news) in news.iter().enumerate() {
                        let shown = match news.fate {
                            Fate::Taken => Shown::Changed,
                            Fate::Conflict => Shown::Conflicts,
                            Fate::Emptied => Shown::Emptied,
                        };
                        list(shown, at, value);
                    }
                }
            }
        }
        (0..newer.gone.len()).for_each(|at| list(Shown::Gone, at, 0));
        (0..newer.list.rejected.len()).for_each(|at| list(Shown::Rejected, at, 0));
        let shown = lines.keys().next().copied().unwrap_or(Shown::Same);
        Self {
            tally: newer.tally(),
            newer,
            choices: Choices::default(),
            shown,
            withdraws: Switch::Off,
            reason: String::new(),
            lines,
        }
    }

    /// What was decided, with the reason for those that are gone.
    pub fn choices(&self) -> Choices {
        Choices {
            gone: self.gone(),
            ..self.choices.clone()
        }
    }

    fn gone(&self) -> Gone {
        match self.withdraws {
            Switch::On => Gone::Withdraw {
                reason: self.reason.trim().to_owned(),
            },
            Switch::Off => Gone::Keep,
        }
    }

    fn is_ready(&self) -> bool {
        self.withdraws == Switch::Off || !self.reason.trim().is_empty()
    }
}

pub(super) fn review_ui(
    ui: &mut Ui,
    review: &mut Review,
    items: &Items,
    language: Language,
) -> Option<Reviewed> {
    ui.label(words::tally_text(language, &review.newer, review.tally));
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        for (shown, lines) in &review.lines {
            let text = language.text_with(shown.key(), &[("count", &lines.len())]);
            ui.selectable_value(&mut review.shown, *shown, text);
        }
    });
    if let Some(hint) = review.shown.hint() {
        ui.weak(language.text(hint));
    }
    match review.shown {
        Shown::Conflicts => all_ui(ui, review, language),
        Shown::Gone => gone_ui(ui, review, language),
        _ => {}
    }
    ui.separator();
    lines_ui(ui, review, items, language);
    ui.separator();
    let mut reviewed = None;
    ui.horizontal(|ui| {
        let take = Button::new(language.text("lists.newer.take"));
        let take = ui.add_enabled(review.is_ready(), take);
        let take = take.on_disabled_hover_text(language.text("reason.reason_needed"));
        if take.clicked() {
            reviewed = Some(Reviewed::Take);
        }
        if ui.button(language.text("lists.newer.back")).clicked() {
            reviewed = Some(Reviewed::Back);
        }
    });
    reviewed
}

/// Every conflict at once.
fn all_ui(ui: &mut Ui, review: &mut Review, language: Language) {
    ui.horizontal(|ui| {
        if ui
            .small_button(language.text("lists.newer.take_all"))
            .clicked()
        {
            review.choices.taken = Choices::taking_all(&review.newer).taken;
        }
        if ui
            .small_button(language.text("lists.newer.keep_all"))
            .clicked()
        {
            review.choices.taken.clear();
        }
    });
}

/// What becomes of records that are gone.
fn gone_ui(ui: &mut Ui, review: &mut Review, language: Language) {
    let mut withdraws = review.withdraws.is_on();
    ui.checkbox(&mut withdraws, language.text("lists.newer.withdraw"));
    review.withdraws = withdraws.into();
    if withdraws {
        let label = language.text("dialog.withdraw.reason");
        ui.horizontal(|ui| {
            ui.set_min_height(crate::ui::theme::BOX_HEIGHT);
            ui.label(&*label);
            let text = TextEdit::singleline(&mut review.reason);
            ui.add(text).accessible_name(&*label);
        });
    }
}

fn lines_ui(ui: &mut Ui, review: &mut Review, items: &Items, language: Language) {
    let fate = review.gone();
    let Review {
        newer,
        choices,
        shown,
        lines,
        ..
    } = review;
    let lines = lines.get(shown).map(Vec::as_slice).unwrap_or_default();
    let height = ui.spacing().interact_size.y;
    let area = ScrollArea::vertical()
        .id_salt(*shown as u8)
        .max_height(MOST_LINES)
        .auto_shrink([false, true]);
    area.show_rows(ui, height, lines.len(), |ui, range| {
        for line in lines.get(range).unwrap_or_default() {
            ui.push_id((line.at, line.value), |ui| match shown {
                Shown::Gone => {
                    let gone = &newer.gone[line.at];
                    plain(ui, words::gone_text(language, gone, &fate));
                }
                Shown::Rejected => {
                    let rejected = &newer.list.rejected[line.at];
                    let text = import_words::row_problem_text(language, &rejected.problem);
                    plain(ui, text);
                }
                Shown::New | Shown::Unclear | Shown::Same => {
                    whole_row_ui(ui, &newer.rows[line.at], choices, language);
                }
                Shown::Conflicts | Shown::Changed | Shown::Emptied => {
                    let row = &newer.rows[line.at];
                    if let About::Known { record, news, .. } = &row.about {
                        let key = (record.id, &news[line.value]);
                        value_ui(ui, row, key, choices, (items, language));
                    }
                }
            });
        }
    });
}

fn plain(ui: &mut Ui, text: String) {
    ui.add(Label::new(&text).truncate()).on_hover_text(text);
}

/// A row that is new, unclear or the same.
fn whole_row_ui(ui: &mut Ui, row: &Row, choices: &mut Choices, language: Language) {
    let text = words::row_text(language, row, choices);
    let About::Unclear { .. } = row.about else {
        return plain(ui, text);
    };
    let mut is_new = choices.new.contains(&row.number);
    if ui.checkbox(&mut is_new, text).clicked() {
        match is_new {
            true => choices.new.insert(row.number),
            false => choices.new.remove(&row.number),
        };
    }
}

/// A value, ticked where the list's is taken.
fn value_ui(
    ui: &mut Ui,
    row: &Row,
    (estate, news): (crate::model::EstateId, &ValueNews),
    choices: &mut Choices,
    (items, language): (&Items, Language),
) {
    let mut taken = choices.takes(estate, news);
    let text = words::value_line(language, row, news, taken, items);
    if news.fate == Fate::Emptied {
        return plain(ui, text);
    }
    let response = ui.checkbox(&mut taken, &text).on_hover_text(text);
    if !response.clicked() {
        return;
    }
    let key = (estate, news.what.clone());
    // Ticks are kept as exceptions from what happens without a word.
    let (exceptions, is_exception) = match news.fate {
        Fate::Conflict => (&mut choices.taken, taken),
        Fate::Taken | Fate::Emptied => (&mut choices.left, !taken),
    };
    match is_exception {
        true => exceptions.insert(key),
        false => exceptions.remove(&key),
    };
}

impl Shown {
    fn key(self) -> &'static str {
        match self {
            Self::Conflicts => "lists.newer.shown.conflicts",
            Self::Changed => "lists.newer.shown.changed",
            Self::New => "lists.newer.shown.new",
            Self::Unclear => "lists.newer.shown.unclear",
            Self::Gone => "lists.newer.shown.gone",
            Self::Rejected => "lists.newer.shown.rejected",
            Self::Emptied => "lists.newer.shown.emptied",
            Self::Same => "lists.newer.shown.same",
        }
    }

    fn hint(self) -> Option<&'static str> {
        match self {
            Self::Conflicts => Some("lists.newer.hint.conflicts"),
            Self::Changed => Some("lists.newer.hint.changed"),
            Self::Unclear => Some("lists.newer.hint.unclear"),
            Self::Gone => Some("lists.newer.hint.gone"),
            Self::New | Self::Rejected | Self::Emptied | Self::Same => None,
        }
    }
}
