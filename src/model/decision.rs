//! What a person decided about two records that may be one estate.

use super::codes::Verdict;
use super::ids::EstateId;
use serde::{Deserialize, Serialize};

/// Two different records, smaller key first: one pair, one decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Pair {
    a: EstateId,
    b: EstateId,
}

impl Pair {
    /// `None` where both are the same record.
    pub fn new(one: EstateId, other: EstateId) -> Option<Self> {
        match one.cmp(&other) {
            std::cmp::Ordering::Less => Some(Self { a: one, b: other }),
            std::cmp::Ordering::Greater => Some(Self { a: other, b: one }),
            std::cmp::Ordering::Equal => None,
        }
    }

    pub fn a(&self) -> EstateId {
        self.a
    }

    pub fn b(&self) -> EstateId {
        self.b
    }

    pub fn contains(&self, id: EstateId) -> bool {
        self.a == id || self.b == id
    }
}

/// A verdict about a pair. What it does to the records (a merge, a parent) is in their `standing`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub pair: Pair,
    pub verdict: Verdict,
    pub decided_at: jiff::Timestamp,
    pub decided_by: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
