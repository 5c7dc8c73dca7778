//! A named set of values that a team fills in again and again: "1980s work-unit housing".

use super::field::Field;
use super::value::Value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Kept in the survey file, so that everybody who works in it has the same ones.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preset {
    pub name: String,
    pub values: BTreeMap<Field, Value>,
}
