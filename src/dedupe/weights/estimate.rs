//! The shares behind the weights, adjusted to the survey's own pairs by expectation–maximisation.
//!
//! Nobody labels pairs: each pair counts as one estate as far as the shares so far say so, and the
//! shares are counted anew, a few times over. The shipped shares stay in the count as if they had
//! been seen on `strength` pairs, so that a small or odd survey moves them little.

use super::level::{Field, Level, Pattern};
use super::{Model, Terms, probability};
use crate::catalogue::DedupeLimits;
use std::collections::BTreeMap;

/// How often a level is seen among pairs that are one estate, and among those that are two, as
/// shares of the pairs whose field says anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    one: [f64; Level::ALL.len()],
    two: [f64; Level::ALL.len()],
}

/// The shares of the rule pack, each field's made to add up to one.
pub fn shares(limits: &DedupeLimits) -> Shares {
    let mut shares = Shares {
        one: [0.0; Level::ALL.len()],
        two: [0.0; Level::ALL.len()],
    };
    for level in Level::ALL {
        // The catalogue's test holds the pack to list every level.
        let [one, two] = limits
            .evidence
            .shares
            .get(level.key())
            .copied()
            .unwrap_or([0.5, 0.5]);
        shares.one[*level as usize] = one;
        shares.two[*level as usize] = two;
    }
    shares.normalise();
    shares
}

impl Shares {
    fn normalise(&mut self) {
        for field in Field::ALL {
            for side in [&mut self.one, &mut self.two] {
                let sum: f64 = field.levels().iter().map(|it| side[*it as usize]).sum();
                for level in field.levels() {
                    side[*level as usize] /= sum;
                }
            }
        }
    }

    /// Log-odds of each level.
    pub fn weights(&self) -> BTreeMap<Level, f64> {
        let weight = |level: Level| (self.one[level as usize] / self.two[level as usize]).ln();
        Level::ALL.iter().map(|it| (*it, weight(*it))).collect()
    }
}

/// The model of a survey whose compared pairs show `patterns`, each with how many show it.
pub fn model(patterns: &BTreeMap<Pattern, u64>, terms: Terms, limits: &DedupeLimits) -> Model {
    let shipped = shares(limits);
    let mut model = Model {
        terms,
        ..Model::shipped(limits)
    };
    let evidence = &limits.evidence;
    let pairs: u64 = patterns.values().sum();
    for _ in 0..evidence.rounds {
        // Seen so far: the shipped shares, on as many pairs as they are trusted for, of which as
        // many are one estate as of the survey's; so a level that no pair shows keeps its weight.
        let one = probability(model.prior);
        let scaled = |side: [f64; Level::ALL.len()], part: f64| {
            side.map(|share| share * part * evidence.strength)
        };
        let mut seen = Shares {
            one: scaled(shipped.one, one),
            two: scaled(shipped.two, 1.0 - one),
        };
        let mut ones = evidence.prior * evidence.strength;
        for (pattern, count) in patterns {
            let levels: f64 = pattern.levels().map(|it| model.weight(it)).sum();
            let one = probability(model.prior + levels);
            let count = *count as f64;
            ones += count * one;
            for level in pattern.levels() {
                seen.one[level as usize] += count * one;
                seen.two[level as usize] += count * (1.0 - one);
            }
        }
        seen.normalise();
        model.weights = seen.weights();
        let share = ones / (pairs as f64 + evidence.strength);
        model.prior = share.ln() - (1.0 - share).ln();
        // No weight moves farther from the shipped one than the pack allows: what two hundred
        // neighbours happen to share is no evidence.
        for (level, weight) in shipped.weights() {
            let most = evidence.most_moved;
            model
                .weights
                .entry(level)
                .and_modify(|it| *it = it.clamp(weight - most, weight + most));
        }
    }
    model
}
