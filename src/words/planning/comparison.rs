//! What moves when a weight moves, and what has changed since a plan was frozen.

use super::super::Language;
use super::super::fields::{area_figure, coded_label, with_separators};
use super::{money_text, points_text, score_text};
use crate::rules::batches::{Movement, Shift};
use crate::rules::score::Interval;
use crate::rules::year_plan::ChangedValue;
use std::fmt::Display;

/// What one moved weight does to the implemented batch.
pub fn movement_text(language: Language, movement: &Movement) -> String {
    let key = match movement.shift {
        Shift::Raised => "planning.movement.raised",
        Shift::Lowered => "planning.movement.lowered",
    };
    language.text_with(
        key,
        &[
            ("part", &coded_label(language, movement.part)),
            ("weight", &points_text(movement.weight)),
            ("enters", &movement.enters.len()),
            ("leaves", &movement.leaves.len()),
        ],
    )
}

/// One value of an estate, then and now.
pub fn changed_value_text(language: Language, value: &ChangedValue) -> String {
    let unknown = || language.text("planning.changed.unknown").into_owned();
    let count = |value: Option<u32>| value.map_or_else(unknown, |it| with_separators(it.into()));
    let say = |key: &str, before: &dyn Display, after: &dyn Display| {
        let key = format!("planning.changed.{key}");
        language.text_with(&key, &[("before", before), ("after", after)])
    };
    match *value {
        ChangedValue::Name => language.text("planning.changed.name").into_owned(),
        ChangedValue::Score { before, after } => {
            let score = |[low, high]: [f64; 2]| score_text(language, Interval { low, high });
            say("score", &score(before), &score(after))
        }
        ChangedValue::Households { before, after } => {
            say("households", &count(before), &count(after))
        }
        ChangedValue::Buildings { before, after } => {
            say("buildings", &count(before), &count(after))
        }
        ChangedValue::FloorArea { before, after } => {
            let area = |value: Option<f64>| value.map_or_else(unknown, area_figure);
            say("floor_area", &area(before), &area(after))
        }
        ChangedValue::Cost { before, after } => {
            let money = |value: Option<_>| {
                value.map_or_else(unknown, |amount| money_text(language, amount))
            };
            say("cost", &money(before), &money(after))
        }
        ChangedValue::LocalFiscal { before, after } => say(
            "local_fiscal",
            &money_text(language, before),
            &money_text(language, after),
        ),
    }
}
