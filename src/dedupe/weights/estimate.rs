//! The shares behind the weights, adjusted to the survey's own pairs by expectation–maximisation.
//!
//! Nobody labels pairs: each pair counts as one estate as far as the shares so far say so, and the
//! shares are counted anew, a few times over. The shipped shares stay in the count as if they had
//! been seen on `strength` pairs, so that a small or odd survey moves them little.

use super::decided::Decided;
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

/// The model of a survey whose compared pairs show `patterns`, each with how many show it, and of
/// which people `decided` some.
pub fn model(
    patterns: &BTreeMap<Pattern, u64>,
    decided: &[Decided],
    terms: Terms,
    limits: &DedupeLimits,
) -> Model {
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
        for Decided { pattern, is_one } in decided {
            let side = match is_one {
                true => &mut seen.one,
                false => &mut seen.two,
            };
            for level in pattern.levels() {
                side[level as usize] += evidence.decided_strength;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dedupe::Evidence;
    use crate::dedupe::tests::limits;

    /// A pair with one name at one number, or with neither.
    fn pattern(is_one: bool, is_as_old: bool, limits: &DedupeLimits) -> Pattern {
        let mut evidence = match is_one {
            true => vec![
                Evidence::SameName {
                    name: "洪都新村".into(),
                },
                Evidence::SameRoadNumber {
                    road: "建设路".into(),
                    number: 12,
                },
            ],
            false => vec![
                Evidence::OtherName {
                    names: ["洪都".into(), "阳光".into()],
                },
                Evidence::OtherAddress,
            ],
        };
        evidence.push(match is_as_old {
            true => Evidence::SameYear { difference: 0 },
            false => Evidence::OtherYear { difference: 20 },
        });
        Pattern::of(&evidence, limits)
    }

    /// The weight of the same year among `pairs` of either kind, of which `one` and `two` of a
    /// hundred are as old.
    fn weight_of_year(pairs: u64, one: u64, two: u64) -> f64 {
        let limits = limits();
        let seen = BTreeMap::from([
            (pattern(true, true, &limits), pairs * one / 100),
            (pattern(true, false, &limits), pairs * (100 - one) / 100),
            (pattern(false, true, &limits), pairs * two / 100),
            (pattern(false, false, &limits), pairs * (100 - two) / 100),
        ]);
        model(&seen, &[], Terms::default(), &limits).weight(Level::SameYear)
    }

    #[test]
    fn what_a_survey_shows_moves_the_weights_and_no_farther_than_allowed() {
        let shipped = Model::shipped(&limits()).weight(Level::SameYear);
        let most = limits().evidence.most_moved;
        assert!((weight_of_year(0, 0, 0) - shipped).abs() < 1e-9);
        // Ten pairs say next to nothing.
        assert!((weight_of_year(10, 99, 1) - shipped).abs() < 0.01);
        // A year that true pairs always share and others never says more …
        let telling = weight_of_year(100_000, 99, 2);
        assert!(telling > shipped + 0.5, "{telling} {shipped}");
        // … and one that everybody shares says nothing.
        let common = weight_of_year(100_000, 90, 90);
        assert!(common < shipped - 0.5, "{common} {shipped}");
        for weight in [telling, common] {
            assert!((weight - shipped).abs() <= most + 1e-9);
        }
    }

    #[test]
    fn what_people_decided_counts_for_many_pairs() {
        let limits = limits();
        let is_one = |is_as_old| Decided {
            pattern: pattern(true, is_as_old, &limits),
            is_one: true,
        };
        let weight = |decided: &[Decided]| {
            let model = model(&BTreeMap::new(), decided, Terms::default(), &limits);
            model.weight(Level::SameYear)
        };
        let shipped = weight(&[]);
        assert!(weight(&vec![is_one(true); 200]) > shipped + 0.1);
        assert!(weight(&vec![is_one(false); 200]) < shipped - 0.3);
    }

    #[test]
    fn a_level_that_no_pair_shows_keeps_its_weight() {
        let limits = limits();
        let seen = BTreeMap::from([
            (pattern(true, true, &limits), 50_000),
            (pattern(false, false, &limits), 50_000),
        ]);
        let model = model(&seen, &[], Terms::default(), &limits);
        let shipped = Model::shipped(&limits);
        for level in [Level::GroundSame, Level::SameFloorArea, Level::OtherCounty] {
            let moved = model.weight(level) - shipped.weight(level);
            assert!(moved.abs() < 0.01, "{level:?} {moved}");
        }
    }

    #[test]
    fn the_rule_pack_has_the_shares_of_every_level_and_no_other() {
        let limits = limits();
        let mut keys: Vec<_> = Level::ALL.iter().map(|it| it.key()).collect();
        keys.sort_unstable();
        let listed: Vec<_> = limits.evidence.shares.keys().collect();
        assert_eq!(keys, listed);
        for [one, two] in limits.evidence.shares.values() {
            assert!(
                *one > 0.0 && *two > 0.0,
                "a share of nothing weighs infinitely"
            );
        }
    }
}
