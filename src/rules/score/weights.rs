//! What each part weighs.

use super::{Interval, ScorePart, ScoreParts};
use crate::catalogue::ScoreLimits;
use crate::model::Coded;
use std::collections::BTreeMap;

/// The weights of the parts, in the order of [`ScorePart::ALL`]. Only their proportions matter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights(pub [f64; 4]);

impl Weights {
    pub fn of_pack(pack: &ScoreLimits) -> Self {
        let weights = &pack.weights;
        Self([
            weights.willingness,
            weights.utilities,
            weights.infrastructure,
            weights.safety,
        ])
    }

    pub fn get(&self, part: ScorePart) -> f64 {
        let weight = self.0[part as usize];
        // A weight that is no number weighs nothing.
        if weight.is_finite() {
            weight.max(0.0)
        } else {
            0.0
        }
    }

    #[must_use]
    pub fn with(mut self, part: ScorePart, weight: f64) -> Self {
        self.0[part as usize] = weight;
        self
    }

    pub fn total(&self) -> f64 {
        ScorePart::ALL.iter().map(|part| self.get(*part)).sum()
    }

    /// 100 · Σ weight · part / Σ weight. Where nothing weighs anything, nothing is known.
    pub fn score(&self, parts: &ScoreParts) -> Interval {
        let total = self.total();
        if total <= 0.0 {
            return Interval {
                low: 0.0,
                high: 100.0,
            };
        }
        let (mut low, mut high) = (0.0, 0.0);
        for part in ScorePart::ALL {
            let (weight, share) = (self.get(*part), parts.get(*part));
            low += weight * share.low;
            high += weight * share.high;
        }
        Interval {
            low: rounded(100.0 * low / total),
            high: rounded(100.0 * high / total),
        }
    }

    /// By the key of the part, as snapshots keep them.
    pub fn to_map(&self) -> BTreeMap<String, f64> {
        let by_key = |part: &ScorePart| (part.key().to_owned(), self.get(*part));
        ScorePart::ALL.iter().map(by_key).collect()
    }

    /// A part that the map lacks weighs nothing: a later program may have others.
    pub fn from_map(map: &BTreeMap<String, f64>) -> Self {
        let weight = |part: &ScorePart| map.get(part.key()).copied().unwrap_or(0.0);
        let mut weights = Self([0.0; 4]);
        for part in ScorePart::ALL {
            weights.0[*part as usize] = weight(part);
        }
        weights
    }
}

/// Two estates with the same answers in another order of summation must not differ by the last bit:
/// it would decide who comes first.
fn rounded(score: f64) -> f64 {
    (score * 1e9).round() / 1e9
}
