//! What is known of a number: between two ends.

use serde::{Deserialize, Serialize};

/// A share 0..=1 of a part, or a score 0..=100; `low == high` where everything was surveyed.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    pub low: f64,
    pub high: f64,
}

impl Interval {
    /// A share of which nothing is known.
    pub const UNKNOWN: Self = Self {
        low: 0.0,
        high: 1.0,
    };

    pub fn exactly(value: f64) -> Self {
        Self {
            low: value,
            high: value,
        }
    }

    pub fn is_exact(&self) -> bool {
        self.low == self.high
    }

    #[cfg(test)]
    pub fn width(&self) -> f64 {
        self.high - self.low
    }

    /// The product of two shares: neither is negative.
    pub(super) fn times(self, other: Self) -> Self {
        Self {
            low: self.low * other.low,
            high: self.high * other.high,
        }
    }
}

/// `value` as a share of `full`, 0..=1. A pack in which nothing is needed has it in full.
pub(super) fn share_of(value: f64, full: f64) -> f64 {
    match full > 0.0 {
        true => (value / full).clamp(0.0, 1.0),
        false => 1.0,
    }
}
