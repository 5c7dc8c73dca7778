//! Values of fields, whatever record they belong to: kinds, and the bridge to typed members.

use super::codes::Coded;
use super::field::Field;
use super::place::Boundary;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::Arc;

/// What kind of value a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    /// Several texts.
    Texts,
    /// A whole number, zero or more.
    Count,
    Year,
    SquareMetres,
    /// Yes or no.
    Flag,
    /// One of the coded values of a domain.
    Code(&'static str),
    /// Any number of the coded values of a domain.
    Codes(&'static str),
    Polygon,
}

/// The value of a field. "Not surveyed" is no value: `Option<Value>`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Texts(Vec<String>),
    Count(u32),
    Year(i32),
    SquareMetres(f64),
    Flag(bool),
    /// The ASCII key of a coded value.
    Code(String),
    /// The ASCII keys of coded values, in form order; empty is an explicit "none".
    Codes(Vec<String>),
    Polygon(#[serde(with = "super::place::nested_arrays")] Arc<Boundary>),
}

/// A value of the wrong kind for its field, or a key its domain lacks.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("field {field:?} does not take {value}")]
pub struct WrongValue<F: Debug = Field> {
    pub field: F,
    pub value: String,
}

pub(super) fn text(text: &str) -> Option<Value> {
    (!text.is_empty()).then(|| Value::Text(text.to_owned()))
}

pub(super) fn texts<'a>(texts: impl IntoIterator<Item = &'a String>) -> Option<Value> {
    let texts: Vec<_> = texts.into_iter().cloned().collect();
    (!texts.is_empty()).then_some(Value::Texts(texts))
}

pub(super) fn code<C: Coded>(value: Option<C>) -> Option<Value> {
    value.map(|value| Value::Code(value.key().to_owned()))
}

pub(super) fn codes<C: Coded>(values: &BTreeSet<C>) -> Value {
    Value::Codes(values.iter().map(|value| value.key().to_owned()).collect())
}

/// A value on its way into a field, unwrapped by the kind that the field wants.
pub(super) struct Setting<F> {
    pub field: F,
    pub value: Option<Value>,
}

impl<F: Copy + Debug> Setting<F> {
    fn wrong(&self) -> WrongValue<F> {
        WrongValue {
            field: self.field,
            value: format!("{:?}", self.value),
        }
    }

    pub fn text(self) -> Result<String, WrongValue<F>> {
        match self.value {
            None => Ok(String::new()),
            Some(Value::Text(text)) => Ok(text),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn texts(self) -> Result<Vec<String>, WrongValue<F>> {
        match self.value {
            None => Ok(Vec::new()),
            Some(Value::Texts(texts)) => Ok(texts),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn count(self) -> Result<Option<u32>, WrongValue<F>> {
        match self.value {
            None => Ok(None),
            Some(Value::Count(count)) => Ok(Some(count)),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn year(self) -> Result<Option<i32>, WrongValue<F>> {
        match self.value {
            None => Ok(None),
            Some(Value::Year(year)) => Ok(Some(year)),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn square_metres(self) -> Result<Option<f64>, WrongValue<F>> {
        match self.value {
            None => Ok(None),
            Some(Value::SquareMetres(area)) if area.is_finite() && area >= 0.0 => Ok(Some(area)),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn flag(self) -> Result<Option<bool>, WrongValue<F>> {
        match self.value {
            None => Ok(None),
            Some(Value::Flag(flag)) => Ok(Some(flag)),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn polygon(self) -> Result<Option<Arc<Boundary>>, WrongValue<F>> {
        match self.value {
            None => Ok(None),
            Some(Value::Polygon(boundary)) => Ok(Some(boundary)),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn code<C: Coded>(self) -> Result<Option<C>, WrongValue<F>> {
        match &self.value {
            None => Ok(None),
            Some(Value::Code(key)) => C::from_key(key).map(Some).ok_or_else(|| self.wrong()),
            Some(_) => Err(self.wrong()),
        }
    }

    pub fn codes<C: Coded + Ord>(self) -> Result<Option<BTreeSet<C>>, WrongValue<F>> {
        match &self.value {
            None => Ok(None),
            Some(Value::Codes(keys)) => keys
                .iter()
                .map(|key| C::from_key(key))
                .collect::<Option<BTreeSet<C>>>()
                .map(Some)
                .ok_or_else(|| self.wrong()),
            Some(_) => Err(self.wrong()),
        }
    }
}
