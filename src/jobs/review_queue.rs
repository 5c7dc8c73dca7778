//! The order in which pairs are reviewed: what blocks the release first, then what would be
//! counted twice. Worked out once for each evaluation.

use super::evaluate::Evaluation;
use crate::dedupe::groups::{Group, groups};
use crate::dedupe::{Candidate, Rule};
use crate::model::{Estate, EstateId, Pair, Survey, Verdict};
use std::cell::LazyCell;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Pairs alike: raised by one rule, with one suggestion. A user who has looked at one of them
/// knows what the others are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Class {
    pub suggestion: Verdict,
    pub rule: Rule,
}

impl Class {
    pub fn of(candidate: &Candidate) -> Self {
        Self {
            suggestion: candidate.suggestion,
            rule: candidate.rule,
        }
    }
}

/// The households of the smaller record: those that count twice as long as nobody decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stake {
    Known(u32),
    /// One of the two is not surveyed; it stands in the queue as if it had the survey's median.
    Unknown {
        ranked_as: u32,
    },
}

impl Stake {
    pub fn rank(self) -> u32 {
        match self {
            Self::Known(households) => households,
            Self::Unknown { ranked_as } => ranked_as,
        }
    }

    fn of(a: Option<u32>, b: Option<u32>, median: impl Fn() -> u32) -> Self {
        match (a, b) {
            (Some(a), Some(b)) => Self::Known(a.min(b)),
            (a, b) => Self::Unknown {
                ranked_as: a.unwrap_or_else(&median).min(b.unwrap_or_else(&median)),
            },
        }
    }
}

/// Whether a release waits for a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    Blocks,
    Waits,
}

/// A pair that nobody has decided for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct QueuedPair {
    pub pair: Pair,
    pub class: Class,
    pub weight: Weight,
    pub stake: Stake,
}

/// What waits for a person, in the order in which it matters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewQueue {
    pub pairs: Vec<QueuedPair>,
    /// How many pairs each class has, by verdict and rule.
    pub classes: BTreeMap<Class, usize>,
    /// Records that hang together, three or more, or that a decision keeps apart.
    pub groups: Vec<Group>,
    /// The place in `groups` of each record that is in one.
    pub group_of: BTreeMap<EstateId, usize>,
}

impl ReviewQueue {
    pub fn of_class(&self, class: Class) -> impl Iterator<Item = &QueuedPair> {
        self.pairs.iter().filter(move |row| row.class == class)
    }

    /// The group that either record of a pair is in; a pair alone is none.
    pub fn group_of(&self, pair: Pair) -> Option<&Group> {
        let at = [pair.a(), pair.b()]
            .iter()
            .find_map(|id| self.group_of.get(id));
        at.and_then(|at| self.groups.get(*at))
    }

    pub fn place_of(&self, pair: Pair) -> Option<usize> {
        self.pairs.iter().position(|row| row.pair == pair)
    }
}

/// The queue of an evaluated survey.
pub fn review_queue(survey: &Survey, evaluation: &Evaluation) -> ReviewQueue {
    ordered(survey, &evaluation.candidates, &evaluation.open_pairs)
}

fn ordered(survey: &Survey, candidates: &[Candidate], blocking: &[Pair]) -> ReviewQueue {
    let blocking: BTreeSet<Pair> = blocking.iter().copied().collect();
    // Asked for only where a record is not surveyed: it looks at every estate.
    let median = LazyCell::new(|| median_households(survey.counted().map(|estate| &**estate)));
    let households = |id| survey.estate(id).and_then(|estate| estate.households);
    let waits = |pair: Pair| {
        let decided = survey.decision(pair).map(|decision| decision.verdict);
        matches!(decided, None | Some(Verdict::Unsure))
    };
    let waiting = candidates.iter().filter(|candidate| waits(candidate.pair));
    let mut ranked: Vec<_> = waiting
        .map(|candidate| {
            let pair = candidate.pair;
            let row = QueuedPair {
                pair,
                class: Class::of(candidate),
                weight: match blocking.contains(&pair) {
                    true => Weight::Blocks,
                    false => Weight::Waits,
                },
                stake: Stake::of(households(pair.a()), households(pair.b()), || *median),
            };
            (candidate.confidence, row)
        })
        .collect();
    ranked.sort_by(|(sure, row), (other_sure, other)| {
        let rank = |row: &QueuedPair| (row.weight, Reverse(row.stake.rank()));
        rank(row)
            .cmp(&rank(other))
            // Of two alike the surer one first: it is decided in a second.
            .then(other_sure.total_cmp(sure))
            .then(row.pair.cmp(&other.pair))
    });
    let mut classes = BTreeMap::new();
    for (_, row) in &ranked {
        *classes.entry(row.class).or_default() += 1;
    }
    let groups = groups(survey, candidates).into_iter();
    let groups: Vec<Group> = groups
        .filter(|it| it.members.len() > 2 || !it.cut.is_empty())
        .collect();
    let of = groups.iter().enumerate();
    let group_of = of.flat_map(|(at, group)| group.members.iter().map(move |id| (*id, at)));
    ReviewQueue {
        pairs: ranked.into_iter().map(|(_, row)| row).collect(),
        classes,
        group_of: group_of.collect(),
        groups,
    }
}

/// Of those that are known; 0 where none is.
fn median_households<'a>(estates: impl Iterator<Item = &'a Estate>) -> u32 {
    let mut known: Vec<u32> = estates.filter_map(|estate| estate.households).collect();
    let middle = known.len() / 2;
    match known.is_empty() {
        true => 0,
        false => *known.select_nth_unstable(middle).1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Decision;

    fn id(number: u128) -> EstateId {
        EstateId(uuid::Uuid::from_u128(number))
    }

    fn pair(a: u128, b: u128) -> Pair {
        Pair::new(id(a), id(b)).unwrap()
    }

    fn survey(households: &[Option<u32>], decisions: &[(Pair, Verdict)]) -> Survey {
        let estates = households.iter().zip(1..).map(|(households, number)| {
            let mut estate = Estate::new(id(number));
            estate.households = *households;
            estate
        });
        let decisions = decisions.iter().map(|(pair, verdict)| Decision {
            pair: *pair,
            verdict: *verdict,
            decided_at: jiff::Timestamp::UNIX_EPOCH,
            decided_by: "李调查".into(),
            note: String::new(),
        });
        Survey::from_parts(estates, decisions, [], Default::default())
    }

    fn candidate(pair: Pair, rule: Rule, confidence: f64) -> Candidate {
        Candidate {
            pair,
            suggestion: rule.verdict(),
            confidence,
            rule,
            evidence: [].into(),
        }
    }

    #[test]
    fn the_smaller_record_is_what_would_count_twice_and_nothing_known_counts_as_the_median() {
        let median = || 150;
        for (a, b, stake) in [
            (Some(200), Some(80), Stake::Known(80)),
            (Some(0), Some(80), Stake::Known(0)),
            (Some(80), None, Stake::Unknown { ranked_as: 80 }),
            (Some(400), None, Stake::Unknown { ranked_as: 150 }),
            (None, None, Stake::Unknown { ranked_as: 150 }),
        ] {
            assert_eq!(Stake::of(a, b, median), stake, "{a:?} {b:?}");
            assert_eq!(Stake::of(b, a, median), stake, "{b:?} {a:?}");
        }
        let of = |known: &[Option<u32>]| {
            let survey = survey(known, &[]);
            median_households(survey.counted().map(|estate| &**estate))
        };
        assert_eq!(of(&[Some(10), None, Some(30), Some(500)]), 30);
        assert_eq!(of(&[None]), 0);
    }

    #[test]
    fn what_blocks_comes_first_then_households_then_the_surer_suggestion() {
        let households = [Some(100), Some(900), Some(300), Some(300), None, Some(20)];
        let survey = survey(
            &households,
            &[
                (pair(1, 2), Verdict::Distinct),
                (pair(2, 3), Verdict::Unsure),
            ],
        );
        let candidates = [
            candidate(pair(1, 2), Rule::NameAndPlace, 0.9),
            candidate(pair(1, 6), Rule::NameAndPlace, 0.9),
            candidate(pair(2, 3), Rule::NameApart, 0.5),
            candidate(pair(2, 4), Rule::NameAndPlace, 0.8),
            candidate(pair(2, 5), Rule::Inside, 0.8),
            candidate(pair(3, 4), Rule::NameAndPlace, 0.9),
        ];
        let blocking = [pair(1, 6), pair(2, 3), pair(2, 4), pair(2, 5)];
        let queue = ordered(&survey, &candidates, &blocking);
        let order: Vec<_> = queue.pairs.iter().map(|row| row.pair).collect();
        let expected = [
            // All of 300 households, or as if: the surer first, then by pair.
            pair(2, 4),
            pair(2, 5),
            pair(2, 3),
            pair(1, 6),
            // What blocks nothing comes last, however large.
            pair(3, 4),
        ];
        assert_eq!(order, expected);
        assert_eq!(queue.pairs[1].stake, Stake::Unknown { ranked_as: 300 });
        assert_eq!(queue.pairs[4].weight, Weight::Waits);
        let counts: Vec<_> = queue.classes.values().copied().collect();
        assert_eq!(counts.iter().sum::<usize>(), 5, "the decided pair is out");
        let same = Class {
            suggestion: Verdict::Same,
            rule: Rule::NameAndPlace,
        };
        assert_eq!(queue.classes[&same], 3);
        assert_eq!(queue.of_class(same).count(), 3);
    }
}
