//! Fields that are answered by choosing: one code, a set of codes, yes or no, and the exclusions
//! with their explicit "none".

use super::Form;
use super::chips::{Answers, Chip, Choice, Digit, Group, Picked, chip_group};
use super::onward::Then;
use super::row::{about, field_row};
use super::summary::Held;
use crate::model::{Coded, Exclusion, Field, Kind, Value};
use crate::words::fields;
use egui::{Id, Ui};

pub fn coded_row<C: Coded>(ui: &mut Ui, form: &mut Form<'_>, field: Field) {
    let chosen = match form.held(&field) {
        Held::Same(Some(Value::Code(key))) => C::from_key(&key),
        _ => None,
    };
    let chips: Vec<_> = C::ALL
        .iter()
        .enumerate()
        .map(|(index, value)| Chip {
            label: fields::coded_label(form.language(), *value).into_owned(),
            chosen: chosen == Some(*value),
            digit: Digit::of_index(index),
            answers: Answers::Alone,
        })
        .collect();
    let value = |index: usize| Some(Value::Code(C::ALL[index].key().to_owned()));
    chips_row(ui, form, field, Choice::One, &chips, value);
}

pub fn flag_row(ui: &mut Ui, form: &mut Form<'_>, field: Field) {
    let chosen = match form.held(&field) {
        Held::Same(Some(Value::Flag(flag))) => Some(flag),
        _ => None,
    };
    let answers = [(true, "value.yes"), (false, "value.no")];
    let chips: Vec<_> = answers
        .iter()
        .enumerate()
        .map(|(index, (flag, key))| Chip {
            label: form.language().text(key).into_owned(),
            chosen: chosen == Some(*flag),
            digit: Digit::of_index(index),
            answers: Answers::Alone,
        })
        .collect();
    chips_row(ui, form, field, Choice::One, &chips, |index| {
        Some(Value::Flag(index == 0))
    });
}

/// Any number of codes; `alone` is the one that goes with no other.
pub fn coded_set_row<C: Coded + Ord>(ui: &mut Ui, form: &mut Form<'_>, field: Field, alone: C) {
    debug_assert_eq!(field.kind(), Kind::Codes(C::DOMAIN));
    let chosen = chosen_codes::<C>(form, &field);
    let chips: Vec<_> = C::ALL
        .iter()
        .enumerate()
        .map(|(index, value)| Chip {
            label: fields::coded_label(form.language(), *value).into_owned(),
            chosen: chosen.contains(value),
            digit: Digit::of_index(index),
            answers: match *value == alone {
                true => Answers::Alone,
                false => Answers::WithOthers,
            },
        })
        .collect();
    chips_row(ui, form, field, Choice::Several, &chips, |index| {
        let picked = C::ALL[index];
        let others: Vec<_> = chosen
            .iter()
            .copied()
            .filter(|one| (*one == alone) == (picked == alone))
            .collect();
        toggled(&others, picked)
    });
}

/// X1–X9, each with its own digit, and the explicit "none" that tells "asked" from "not asked".
pub fn exclusions_row(ui: &mut Ui, form: &mut Form<'_>) {
    let field = Field::Exclusions;
    let held = form.held(&field);
    let chosen = chosen_codes::<Exclusion>(form, &field);
    let none = Chip {
        label: form.language().text("value.none").into_owned(),
        chosen: held == Held::Same(Some(Value::Codes(Vec::new()))),
        digit: Some(Digit::ZERO),
        answers: Answers::Alone,
    };
    let chips: Vec<_> = std::iter::once(none)
        .chain(Exclusion::ALL.iter().map(|value| Chip {
            label: format!(
                "{} {}",
                value.key(),
                fields::coded_label(form.language(), *value)
            ),
            chosen: chosen.contains(value),
            digit: Digit::of_code(value.key()),
            answers: Answers::WithOthers,
        }))
        .collect();
    chips_row(
        ui,
        form,
        field,
        Choice::Several,
        &chips,
        |index| match index.checked_sub(1) {
            None => Some(Value::Codes(Vec::new())),
            Some(index) => toggled(&chosen, Exclusion::ALL[index]),
        },
    );
}

fn chosen_codes<C: Coded>(form: &Form<'_>, field: &Field) -> Vec<C> {
    match form.held(field) {
        Held::Same(Some(Value::Codes(keys))) => {
            keys.iter().filter_map(|key| C::from_key(key)).collect()
        }
        _ => Vec::new(),
    }
}

/// The set with `value` put in or taken out, in form order. Taking out the last one takes the
/// answer back: an explicit "none" has a chip of its own.
fn toggled<C: Coded>(chosen: &[C], value: C) -> Option<Value> {
    let keys: Vec<_> = C::ALL
        .iter()
        .filter(|one| chosen.contains(one) != (**one == value))
        .map(|one| one.key().to_owned())
        .collect();
    (!keys.is_empty()).then_some(Value::Codes(keys))
}

fn chips_row(
    ui: &mut Ui,
    form: &mut Form<'_>,
    field: Field,
    choice: Choice,
    chips: &[Chip],
    value: impl FnOnce(usize) -> Option<Value>,
) {
    field_row(ui, form, field, |ui, form, label: Id| {
        let id = form.widget_id(&field);
        let name = form.label(&field);
        let Group {
            response,
            picked,
            then,
        } = chip_group(ui, id, &name, choice, chips);
        let group = response.labelled_by(label);
        if form.takes_cursor(&field) {
            group.request_focus();
            group.scroll_to_me(Some(egui::Align::Center));
        }
        if form.held(&field) == Held::Different {
            ui.weak(form.language().text("form.different"));
        }
        group.on_hover_text(about(form, &field));
        match picked {
            Some(Picked::Nothing) => form.set(field, None),
            Some(Picked::Chip(index)) => match (value(index), then) {
                // The digit of what is chosen confirms it: only Space takes it out again.
                (None, Then::GoOn) => {}
                (value, _) => form.set(field, value),
            },
            None => {}
        }
        form.go(ui, field, then);
    });
}
