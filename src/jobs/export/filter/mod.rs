//! Which records go out: a condition in SQL, as QGIS and `ogr2ogr -where` take it.
//!
//! Parsed by `sqlparser`, understood in part, and evaluated here with SQL's three values: what was
//! not surveyed is neither true nor false, so that `NOT (households > 100)` leaves out an estate
//! whose households nobody counted.

mod compile;
mod like;

#[cfg(test)]
mod tests;

use super::cells::cell;
use super::facts::Facts;
use super::names::Names;
use crate::catalogue::{Needs, Source};
use crate::formats::exchange::Cell;
use crate::model::Estate;
use like::Pattern;
use std::borrow::Cow;
use std::cmp::Ordering;

/// A condition on records.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter(Condition);

#[derive(Clone, Debug, PartialEq)]
enum Condition {
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Compare(Operand, Comparison, Operand),
    /// Of a list: whether one of its values is among them.
    In(Source, Vec<Cell<'static>>),
    Like(Source, Pattern),
    IsNull(Source),
    /// A field of yes and no alone.
    Flag(Source),
    /// `IS TRUE`, `IS FALSE`, `IS UNKNOWN`: never unknown itself.
    Is(Box<Condition>, Option<bool>),
    Constant(bool),
}

#[derive(Clone, Debug, PartialEq)]
enum Operand {
    Of(Source),
    Given(Cell<'static>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// Why a filter cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    #[error("longer than {most} characters")]
    TooLong { most: usize },
    /// No SQL: the words of the parser, with the place.
    #[error("{reason}")]
    Syntax { reason: String },
    /// SQL, but nothing that is worked out here.
    #[error("'{part}' is not understood")]
    NotUnderstood { part: String },
    #[error("no field '{name}'")]
    UnknownName { name: String, nearest: Vec<String> },
    /// A value of a kind that the field does not have.
    #[error("'{name}' does not take {value}")]
    WrongValue { name: String, value: String },
    /// No coded value of the field: `(key, word)` of those it has.
    #[error("'{name}' has no value {value}")]
    UnknownCode {
        name: String,
        value: String,
        known: Vec<(String, String)>,
    },
    /// Nothing is smaller or larger than a list.
    #[error("'{name}' is a list")]
    IsList { name: String },
    /// Nothing equals NULL: `IS NULL` was meant.
    #[error("{part} compares with NULL")]
    WithNull { part: String },
    /// Something that is neither true nor false.
    #[error("'{part}' is no condition")]
    NoCondition { part: String },
}

impl Filter {
    /// Reads a condition; `None` where there is only white space.
    ///
    /// # Errors
    /// [`FilterError`].
    pub(super) fn parse(text: &str, names: &Names) -> Result<Option<Self>, FilterError> {
        match text.trim() {
            "" => Ok(None),
            text => compile::condition(text, names).map(|condition| Some(Self(condition))),
        }
    }

    pub fn needs(&self) -> Needs {
        self.0.needs()
    }

    /// Whether a record goes out: an unknown answer is none.
    pub fn takes<'a>(&'a self, estate: &'a Estate, facts: &'a Facts<'a>) -> bool {
        self.0.holds(estate, facts) == Some(true)
    }
}

impl Condition {
    fn needs(&self) -> Needs {
        let of_operand = |operand: &Operand| match operand {
            Operand::Of(source) => source.needs(),
            Operand::Given(_) => Needs::Record,
        };
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().map(Self::needs).max().unwrap_or(Needs::Record)
            }
            Self::Not(part) | Self::Is(part, _) => part.needs(),
            Self::Compare(left, _, right) => of_operand(left).max(of_operand(right)),
            Self::In(source, _) | Self::Like(source, _) => source.needs(),
            Self::IsNull(source) | Self::Flag(source) => source.needs(),
            Self::Constant(_) => Needs::Record,
        }
    }

    /// `None`: nobody can say.
    fn holds<'a>(&'a self, estate: &'a Estate, facts: &'a Facts<'a>) -> Option<bool> {
        let of = |source: &Source| cell(source, estate, facts);
        match self {
            Self::All(parts) => all(parts.iter().map(|part| part.holds(estate, facts))),
            Self::Any(parts) => any(parts.iter().map(|part| part.holds(estate, facts))),
            Self::Not(part) => not(part.holds(estate, facts)),
            Self::Compare(left, comparison, right) => {
                let (left, right) = (left.cell(estate, facts), right.cell(estate, facts));
                compare(&left, *comparison, &right)
            }
            Self::In(source, values) => {
                let cell = of(source);
                let equal = |value| compare(&cell, Comparison::Equal, value);
                any(values.iter().map(equal))
            }
            Self::Like(source, pattern) => match of(source) {
                Cell::Empty => None,
                Cell::Text(text) => Some(pattern.fits(&text)),
                Cell::Texts(texts) => Some(texts.iter().any(|text| pattern.fits(text))),
                Cell::Whole(number) => Some(pattern.fits(&number.to_string())),
                Cell::Decimal(number) => Some(pattern.fits(&number.to_string())),
                Cell::Flag(flag) => Some(pattern.fits(&flag.to_string())),
            },
            Self::IsNull(source) => Some(of(source) == Cell::Empty),
            Self::Flag(source) => match of(source) {
                Cell::Flag(flag) => Some(flag),
                _ => None,
            },
            Self::Is(part, wanted) => Some(part.holds(estate, facts) == *wanted),
            Self::Constant(value) => Some(*value),
        }
    }
}

impl Operand {
    fn cell<'a>(&'a self, estate: &'a Estate, facts: &'a Facts<'a>) -> Cow<'a, Cell<'a>> {
        match self {
            Self::Of(source) => Cow::Owned(cell(source, estate, facts)),
            Self::Given(value) => Cow::Borrowed(value),
        }
    }
}

/// SQL's AND: false beats unknown, unknown beats true.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut all = Some(true);
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => all = None,
        }
    }
    all
}

/// SQL's OR: true beats unknown, unknown beats false.
fn any(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    not(all(parts.map(not)))
}

fn not(holds: Option<bool>) -> Option<bool> {
    holds.map(|holds| !holds)
}

/// Of a list, "equal" means that it has the value; an empty text stands for the empty list.
fn compare(left: &Cell, comparison: Comparison, right: &Cell) -> Option<bool> {
    let fits = |ordering: Ordering| match comparison {
        Comparison::Equal => ordering == Ordering::Equal,
        Comparison::Unequal => ordering != Ordering::Equal,
        Comparison::Less => ordering == Ordering::Less,
        Comparison::AtMost => ordering != Ordering::Greater,
        Comparison::Greater => ordering == Ordering::Greater,
        Comparison::AtLeast => ordering != Ordering::Less,
    };
    let has = |texts: &[_], text: &str| match text {
        "" => texts.is_empty(),
        text => texts.iter().any(|it| it == text),
    };
    match (left, right) {
        (Cell::Empty, _) | (_, Cell::Empty) => None,
        (Cell::Texts(texts), Cell::Text(text)) | (Cell::Text(text), Cell::Texts(texts)) => {
            let is_asked = comparison == Comparison::Equal;
            Some(has(texts, text) == is_asked)
        }
        (Cell::Text(left), Cell::Text(right)) => Some(fits(left.cmp(right))),
        (Cell::Flag(left), Cell::Flag(right)) => Some(fits(left.cmp(right))),
        (left, right) => {
            let ordering = number(left)?.partial_cmp(&number(right)?)?;
            Some(fits(ordering))
        }
    }
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Whole(number) => Some(*number as f64),
        Cell::Decimal(number) => Some(*number),
        _ => None,
    }
}
