//! From evidence to a suggestion: rules to be read from top to bottom, the first that fits decides.
//!
//! Ground shared on the map comes first, then a datum's displacement, then names together with
//! numbers and distance. A name alone never makes two records one.

mod facts;
mod on_ground;
mod on_names;
mod rule;

pub use rule::{Rule, must_be_decided};

use super::evidence::Evidence;
use super::weights::probability;
use crate::catalogue::DedupeLimits;
use crate::model::Verdict;
use facts::Facts;

/// What the program suggests. A person decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Suggestion {
    pub rule: Rule,
    pub verdict: Verdict,
    /// How likely the verdict is right on this evidence, 0..1.
    pub confidence: f64,
}

/// The first rule that fits the evidence.
pub fn rule(evidence: &[Evidence], limits: &DedupeLimits) -> Rule {
    Facts::of(evidence).rule(limits)
}

/// The suggestion that the evidence leads to. `log_odds` is what it weighs for one estate.
///
/// The rule says what kind of suggestion it is; the weight says whether it is sure enough. What
/// sounds or looks alike, and what is a road alone, is never more than unsure (DOMAIN §7).
pub fn suggest(evidence: &[Evidence], log_odds: f64, limits: &DedupeLimits) -> Suggestion {
    let facts = Facts::of(evidence);
    let rule = facts.rule(limits);
    let likely = probability(log_odds);
    let weights = &limits.evidence;
    let verdict = match rule.verdict() {
        Verdict::Same if likely < weights.same_from => Verdict::Unsure,
        // Inside, but called otherwise, elsewhere and older: one of the two is drawn in the wrong
        // place, and that is for people to see.
        Verdict::PartOf if likely < weights.part_from => Verdict::Unsure,
        Verdict::Unsure if rule.may_be_dropped() && likely < weights.raised_from => {
            Verdict::Distinct
        }
        Verdict::Unsure
            if rule.may_be_sure()
                && facts.is_more_than_a_name(limits)
                && likely >= weights.sure_from =>
        {
            Verdict::Same
        }
        verdict => verdict,
    };
    let of_rule = || limits.confidence.get(rule.key()).copied().unwrap_or(0.5);
    let confidence = match verdict {
        Verdict::Same | Verdict::Split => likely,
        Verdict::Distinct => 1.0 - likely,
        // A rule that is sure of itself, on evidence that is not.
        Verdict::Unsure if rule.verdict() != Verdict::Unsure => 1.0 - likely,
        Verdict::PartOf | Verdict::Phases | Verdict::Unsure => of_rule(),
    };
    Suggestion {
        rule,
        verdict,
        confidence: (confidence * 1000.0).round() / 1000.0,
    }
}

#[cfg(test)]
mod tests;
