//! How much each piece of evidence weighs: log-odds after Fellegi and Sunter.
//!
//! A level of agreement that most true pairs show and few others do speaks for one estate; the
//! other way round it speaks for two. The shares of both are shipped in the rule pack and adjusted
//! to the survey's own pairs ([`estimate`]); a name's rareness comes in by [`terms`]. Weights move
//! how sure a suggestion is, and whether it is made at all; what kind it is, the rules say.

pub mod decided;
pub mod estimate;
pub mod level;
pub mod terms;

pub use level::{Level, Pattern, level};
pub use terms::Terms;

use super::Evidence;
use crate::catalogue::DedupeLimits;
use std::collections::BTreeMap;

/// What the evidence of a survey's pairs weighs. The same data give the same model, on any number
/// of threads.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Log-odds that two records worth comparing are one estate, before any evidence.
    pub prior: f64,
    weights: BTreeMap<Level, f64>,
    pub terms: Terms,
}

/// A piece of evidence and what it weighs.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub evidence: Evidence,
    /// Natural log-odds; 0 where the piece is told beside another that weighs.
    pub weight: f64,
}

/// The whole account of a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Ledger {
    pub prior: f64,
    pub entries: Vec<Entry>,
}

impl Ledger {
    /// Log-odds that the two are one estate.
    pub fn total(&self) -> f64 {
        self.prior + self.entries.iter().map(|entry| entry.weight).sum::<f64>()
    }
}

impl Model {
    /// The shipped weights, for a survey whose pairs nobody has looked at.
    pub fn shipped(limits: &DedupeLimits) -> Self {
        Self {
            prior: limits.evidence.prior.ln() - (1.0 - limits.evidence.prior).ln(),
            weights: estimate::shares(limits).weights(),
            terms: Terms::default(),
        }
    }

    /// Log-odds that two records with this evidence are one estate.
    pub fn log_odds(&self, evidence: &[Evidence], limits: &DedupeLimits) -> f64 {
        let pattern = Pattern::of(evidence, limits);
        let levels: f64 = pattern.levels().map(|level| self.weight(level)).sum();
        let frequency: f64 = evidence.iter().map(|it| frequency_weight(it, limits)).sum();
        self.prior + levels + frequency
    }

    /// The evidence of a pair, each piece with what it weighs. The sum is [`log_odds`](Self::log_odds).
    pub fn ledger(&self, evidence: Vec<Evidence>, limits: &DedupeLimits) -> Ledger {
        let mut counting: Vec<Level> = Pattern::of(&evidence, limits).levels().collect();
        let entries = evidence.into_iter().map(|evidence| {
            let counted = level(&evidence, limits)
                .and_then(|level| counting.iter().position(|it| *it == level))
                .map(|at| self.weight(counting.swap_remove(at)));
            let weight = counted.unwrap_or(0.0) + frequency_weight(&evidence, limits);
            Entry { evidence, weight }
        });
        Ledger {
            prior: self.prior,
            entries: entries.collect(),
        }
    }

    /// Log-odds of one level.
    pub fn weight(&self, level: Level) -> f64 {
        self.weights.get(&level).copied().unwrap_or(0.0)
    }
}

/// What the rareness of a shared name adds: the odds of meeting it by chance against those of
/// meeting a name of the expected rareness.
fn frequency_weight(evidence: &Evidence, limits: &DedupeLimits) -> f64 {
    let Evidence::NameShare { share, .. } = evidence else {
        return 0.0;
    };
    let terms = &limits.evidence.terms;
    let odds = (terms.typical_share / share.max(f64::MIN_POSITIVE)).ln();
    odds.clamp(-terms.most_log_odds, terms.most_log_odds)
}

/// The probability of log-odds.
pub fn probability(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}
