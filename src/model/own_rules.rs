//! The survey's own copy of a rule pack: what a county decided otherwise than the shipped one.

use serde::{Deserialize, Serialize};

/// A whole rule pack, as JSON. What it means is the catalogue's knowledge; a survey carries it
/// from laptop to laptop even where a program is too old to understand all of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnRules {
    /// Counted up by each change, part of the pack's version in every result.
    pub revision: u32,
    pub changed_by: String,
    pub changed_at: jiff::Timestamp,
    pub pack: serde_json::Value,
}
