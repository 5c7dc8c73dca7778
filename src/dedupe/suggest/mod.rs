//! From evidence to a suggestion: rules to be read from top to bottom, the first that fits decides.
//!
//! Ground shared on the map comes first, then a datum's displacement, then names together with
//! numbers and distance. A name alone never makes two records one.

mod facts;
mod on_ground;
mod on_names;
mod rule;

pub use rule::Rule;

use super::evidence::{Evidence, Stance};
use crate::catalogue::DedupeLimits;
use crate::model::Verdict;
use facts::Facts;

/// What the program suggests. A person decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    pub rule: Rule,
    pub verdict: Verdict,
    /// How sure the rule is of its verdict on this evidence, 0..1.
    pub confidence: f64,
}

/// The suggestion that the evidence leads to.
pub fn suggest(evidence: &[Evidence], limits: &DedupeLimits) -> Suggestion {
    let rule = Facts::of(evidence).rule(limits);
    Suggestion {
        rule,
        verdict: rule.verdict(),
        confidence: confidence(rule, evidence, limits),
    }
}

/// The rule's own confidence, moved by what supports and contradicts it, in log-odds.
fn confidence(rule: Rule, evidence: &[Evidence], limits: &DedupeLimits) -> f64 {
    let base: f64 = limits.confidence.get(rule.key()).copied().unwrap_or(0.5);
    let base = base.clamp(0.01, 0.99);
    let count = |stance| evidence.iter().filter(|e| e.stance() == stance).count() as f64;
    let supports = count(Stance::Supports) * limits.support_log_odds;
    let contradicts = count(Stance::Contradicts) * limits.contradiction_log_odds;
    let moved = match rule.verdict() {
        // What speaks against one estate speaks for two.
        Verdict::Distinct => -(supports + contradicts),
        // Nothing makes the program sure that it is not sure.
        Verdict::Unsure => 0.0,
        // Contradictions are what tells parts and phases from the whole.
        Verdict::PartOf | Verdict::Phases => supports,
        Verdict::Same | Verdict::Split => supports + contradicts,
    };
    let log_odds = (base / (1.0 - base)).ln() + moved;
    let probability = 1.0 / (1.0 + (-log_odds).exp());
    (probability * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests;
