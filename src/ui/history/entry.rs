//! One entry of a history: when, who, and line by line what was before and after.

use super::Reading;
use crate::edit::Command;
use crate::geodesy::measure::area_m2;
use crate::model::{Boundary, EditId, EditLabel, Estate, Field, FieldDifference, Value};
use crate::session::{Effect, Existence, HistoryEntry};
use crate::ui::action::Action;
use crate::ui::icons;
use crate::words::history::{author_text, effect_text, standing_text, when};
use crate::words::{Language, edit as edit_words, fields};
use egui::{Button, CollapsingHeader, Label, RichText, Ui};
use std::sync::Arc;

/// An entry in words.
pub struct Entry {
    edit: EditId,
    /// When and who.
    heading: String,
    /// "undone".
    effect: Option<String>,
    /// What the edit was called, where its lines don't say it.
    title: Option<String>,
    lines: Vec<Line>,
}

struct Line {
    label: String,
    text: String,
    restores: Option<Restores>,
    outline_before: Option<Arc<Boundary>>,
}

/// A value that can be put back.
struct Restores {
    field: Field,
    value: Option<Value>,
    /// What the button is called.
    name: String,
}

/// More lines than this are folded away: an import sets every field of a record.
const MOST_LINES: usize = 5;

impl Entry {
    pub fn of(entry: HistoryEntry, reading: &Reading<'_>) -> Self {
        let language = reading.language;
        let at = entry
            .edit
            .at
            .to_zoned_datetime(reading.now.time_zone().clone());
        let author = author_text(
            language,
            &entry.edit.author,
            &entry.edit.device,
            reading.this_device,
        );
        let is_told_by_its_line = matches!(
            entry.edit.label,
            EditLabel::SetField { .. } | EditLabel::Reshape { .. }
        );
        let title = edit_words::edit_text(language, &entry.edit.label, reading.items);
        Self {
            edit: entry.edit.id,
            heading: format!("{} · {author}", when(language, &at, reading.now)),
            effect: effect_text(language, entry.effect).map(Into::into),
            title: (!is_told_by_its_line).then_some(title),
            lines: lines(entry, reading),
        }
    }
}

fn lines(entry: HistoryEntry, reading: &Reading<'_>) -> Vec<Line> {
    let language = reading.language;
    let plain = |label: String, text: String| Line {
        label,
        text,
        restores: None,
        outline_before: None,
    };
    let mut lines = Vec::new();
    if let Some(standing) = &entry.differences.standing {
        let text = |standing| standing_text(language, reading.survey, standing);
        let text = format!("{} → {}", text(&standing.before), text(&standing.after));
        lines.push(plain(language.text("history.standing").into_owned(), text));
    }
    if let Some(number) = &entry.differences.number_given {
        let label = language.text("history.number").into_owned();
        lines.push(plain(label, number.clone()));
    }
    let (effect, existence) = (entry.effect, entry.existence);
    let outline_before = entry.outline_before;
    lines.extend(entry.differences.fields.into_iter().map(|difference| {
        Line {
            label: fields::label(language, &difference.field, reading.items),
            text: change_text(&difference, existence, language),
            outline_before: outline_before
                .clone()
                .filter(|_| difference.field == Field::Boundary),
            restores: Some(restores(difference, effect, existence, reading)),
        }
    }));
    lines
}

/// "196 → 200 households"; of a record that just came, its value alone.
fn change_text(difference: &FieldDifference, existence: Existence, language: Language) -> String {
    let text = |value: &Option<Value>| value_text(language, &difference.field, value.as_ref());
    match existence {
        Existence::Made => text(&difference.after),
        Existence::Deleted => text(&difference.before),
        Existence::Kept => format!("{} → {}", text(&difference.before), text(&difference.after)),
    }
}

/// As the form shows it; a boundary by its area.
fn value_text(language: Language, field: &Field, value: Option<&Value>) -> String {
    match (field, value) {
        (Field::Boundary, Some(Value::Polygon(boundary))) => {
            let area = Value::SquareMetres(area_m2(boundary).round());
            fields::value_text(language, &Field::FloorArea, Some(&area))
        }
        (Field::Boundary, _) => language.text("history.no_boundary").into_owned(),
        _ => fields::value_text(language, field, value),
    }
}

/// The value that an entry leads back to: the one it replaced, or the one it set where that is
/// what was lost, because the edit was undone, or where nothing was before.
fn restores(
    difference: FieldDifference,
    effect: Effect,
    existence: Existence,
    reading: &Reading<'_>,
) -> Restores {
    let FieldDifference {
        field,
        before,
        after,
    } = difference;
    let value = match (effect, existence) {
        (Effect::Undone, _) | (_, Existence::Made) => after,
        (Effect::InForce, _) => before,
    };
    let name = reading.language.text_with(
        "history.restore",
        &[
            (
                "field",
                &fields::label(reading.language, &field, reading.items),
            ),
            (
                "value",
                &value_text(reading.language, &field, value.as_ref()),
            ),
        ],
    );
    Restores { field, value, name }
}

impl Restores {
    fn command(&self, estate: &Estate) -> Command {
        match &self.value {
            Some(Value::Polygon(boundary)) => Command::Reshape {
                estate: estate.id,
                boundary: boundary.clone(),
            },
            value => Command::SetField {
                estates: vec![estate.id],
                field: self.field,
                value: value.clone(),
            },
        }
    }
}

pub(super) fn entry_ui(
    ui: &mut Ui,
    entry: &Entry,
    estate: &Estate,
    outline: Option<&Arc<Boundary>>,
    language: Language,
) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.push_id(entry.edit, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.strong(&entry.heading);
            if let Some(effect) = &entry.effect {
                ui.weak(format!("{} {effect}", icons::UNDO));
            }
        });
        if let Some(title) = &entry.title {
            ui.add(Label::new(title).wrap());
        }
        let mut all = |ui: &mut Ui| {
            for line in &entry.lines {
                actions.extend(line_ui(ui, entry, line, estate, outline, language));
            }
        };
        match entry.lines.len() <= MOST_LINES {
            true => all(ui),
            false => {
                let count = entry.lines.len();
                let values = language.text_with("history.values", &[("count", &count)]);
                CollapsingHeader::new(values).show(ui, all);
            }
        }
    });
    actions
}

/// When, who and what, in a line or two.
pub(super) fn brief_ui(ui: &mut Ui, entry: &Entry, language: Language) {
    /// An import sets every field: their number says as much.
    const MOST_BRIEF: usize = 2;
    let mut parts: Vec<String> = entry.title.iter().cloned().collect();
    match entry.lines.len() <= MOST_BRIEF {
        true => parts.extend(
            entry
                .lines
                .iter()
                .map(|line| format!("{} {}", line.label, line.text)),
        ),
        false => {
            let count = entry.lines.len();
            parts.push(language.text_with("history.values", &[("count", &count)]));
        }
    }
    let mut text = RichText::new(format!("{} — {}", entry.heading, parts.join("; "))).small();
    if entry.effect.is_some() {
        text = text.strikethrough();
    }
    let shown = ui.add(Label::new(text).wrap());
    if let Some(effect) = &entry.effect {
        shown.on_hover_text(effect);
    }
}

fn line_ui(
    ui: &mut Ui,
    entry: &Entry,
    line: &Line,
    estate: &Estate,
    outline: Option<&Arc<Boundary>>,
    language: Language,
) -> Vec<Action> {
    let mut actions = Vec::new();
    ui.horizontal_wrapped(|ui| {
        ui.weak(&line.label);
        let text = RichText::new(&line.text);
        ui.label(match entry.effect {
            Some(_) => text.strikethrough(),
            None => text,
        });
        if let Some(before) = &line.outline_before {
            let name = language.text("history.show_outline");
            let is_shown = outline.is_some_and(|shown| Arc::ptr_eq(shown, before));
            let button = Button::selectable(is_shown, icons::CIRCLE_DASHED);
            let response = ui.add(button).accessible_name(&*name).on_hover_text(name);
            if response.clicked() {
                let shown = (!is_shown).then(|| before.clone());
                actions.push(Action::ShowOutline(shown));
            }
        }
        if let Some(restores) = &line.restores {
            actions.extend(restore_ui(ui, restores, estate, language));
        }
    });
    actions
}

fn restore_ui(
    ui: &mut Ui,
    restores: &Restores,
    estate: &Estate,
    language: Language,
) -> Option<Action> {
    let why_not = match estate.standing.is_counted() {
        false => Some(language.text_with("refusal.not_counted", &[("name", &estate.name)])),
        true if estate.get(&restores.field) == restores.value => {
            Some(language.text("history.holds").into_owned())
        }
        true => None,
    };
    let button = Button::new(icons::REVERT).small();
    let response = ui.add_enabled(why_not.is_none(), button);
    let response = response.accessible_name(&restores.name);
    let clicked = response.clicked();
    match why_not {
        None => response.on_hover_text(&restores.name),
        Some(reason) => response.on_disabled_hover_text(format!("{}\n{reason}", restores.name)),
    };
    clicked.then(|| Action::Edit(restores.command(estate)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::Survey;

    #[test]
    fn an_entry_leads_back_to_the_value_that_was_lost() {
        use Effect::{InForce, Undone};
        use Existence::{Kept, Made};
        let (survey, items) = (Survey::default(), Catalogue::shipped().items);
        let now = jiff::Timestamp::UNIX_EPOCH.to_zoned_datetime(jiff::tz::TimeZone::UTC);
        let reading = Reading {
            survey: &survey,
            items: &items,
            language: Language::English,
            this_device: "",
            now: &now,
        };
        let (old, new) = (Some(Value::Count(196)), Some(Value::Count(200)));
        for (before, effect, existence, value) in [
            (old.clone(), InForce, Kept, old.clone()),
            (None, InForce, Kept, None),
            (old, Undone, Kept, new.clone()),
            (None, InForce, Made, new.clone()),
        ] {
            let difference = FieldDifference {
                field: Field::Households,
                before,
                after: new.clone(),
            };
            let restores = restores(difference, effect, existence, &reading);
            assert_eq!(restores.value, value, "{effect:?} {existence:?}");
        }
    }
}
