//! How good the suggestions are, held against pairs that somebody knows the truth of.

use super::Candidate;
use super::normalise::fold;
use crate::model::{Pair, Survey, Verdict};
use std::collections::BTreeMap;

/// What is known of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub pair: Pair,
    pub truth: Truth,
    /// What kind of case it is, in the words of whoever labelled it; may be empty.
    pub kind: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Truth {
    /// One estate, counted once.
    One,
    /// Not one estate: two, phases, or a part of the other, or nobody can tell.
    NotOne,
}

/// Which of the pairs that nobody labelled count as wrong when they are suggested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum World {
    /// Every true pair is listed, so any other suggestion is wrong.
    Closed,
    /// Only the listed pairs are known.
    Open,
}

/// Right and wrong suggestions of one class of pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Suggested, and one estate.
    pub right: usize,
    /// Suggested, and not.
    pub wrong: usize,
    /// One estate, and not suggested as such …
    pub missed: usize,
    /// … though raised for a person to decide.
    pub missed_but_raised: usize,
}

impl Counts {
    /// `None` where nothing was suggested.
    pub fn precision(&self) -> Option<f64> {
        share(self.right, self.right + self.wrong)
    }

    /// `None` where no pair is one estate.
    pub fn recall(&self) -> Option<f64> {
        share(self.right, self.right + self.missed)
    }

    pub fn f1(&self) -> Option<f64> {
        share(2 * self.right, 2 * self.right + self.wrong + self.missed)
    }

    /// The share of true pairs that a person gets to see.
    pub fn candidate_recall(&self) -> Option<f64> {
        share(
            self.right + self.missed_but_raised,
            self.right + self.missed,
        )
    }
}

fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// The suggestions of a search held against known pairs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Suggested as one and the same: SAME, SPLIT.
    pub merged: Counts,
    /// Suggested to count once: a part of the other as well.
    pub counted_once: Counts,
    /// `merged`, of pairs whose names are equal, and of the others: equal names prove little.
    pub equal_names: Counts,
    pub other_names: Counts,
    /// For each kind, how many pairs got which suggestion; `None`: not raised.
    pub by_kind: BTreeMap<String, BTreeMap<Option<Verdict>, usize>>,
}

/// Holds `candidates` against `known` pairs.
pub fn score(survey: &Survey, candidates: &[Candidate], known: &[Known], world: World) -> Score {
    let suggested: BTreeMap<Pair, Verdict> = candidates
        .iter()
        .map(|it| (it.pair, it.suggestion))
        .collect();
    let mut score = Score::default();
    let mut listed = BTreeMap::new();
    for it in known {
        let suggestion = suggested.get(&it.pair).copied();
        let kind = score.by_kind.entry(it.kind.clone()).or_default();
        *kind.entry(suggestion).or_default() += 1;
        score.count(survey, it.pair, suggestion, it.truth);
        listed.insert(it.pair, it.truth);
    }
    if world == World::Closed {
        for (pair, suggestion) in &suggested {
            if !listed.contains_key(pair) {
                score.count(survey, *pair, Some(*suggestion), Truth::NotOne);
            }
        }
    }
    score
}

impl Score {
    fn count(&mut self, survey: &Survey, pair: Pair, suggestion: Option<Verdict>, truth: Truth) {
        let is_merged = matches!(suggestion, Some(Verdict::Same | Verdict::Split));
        let is_once = is_merged || suggestion == Some(Verdict::PartOf);
        let names = match are_called_the_same(survey, pair) {
            true => &mut self.equal_names,
            false => &mut self.other_names,
        };
        for (counts, is_suggested) in [
            (&mut self.merged, is_merged),
            (names, is_merged),
            (&mut self.counted_once, is_once),
        ] {
            match (truth, is_suggested) {
                (Truth::One, true) => counts.right += 1,
                (Truth::NotOne, true) => counts.wrong += 1,
                (Truth::One, false) => {
                    counts.missed += 1;
                    counts.missed_but_raised += usize::from(suggestion.is_some());
                }
                (Truth::NotOne, false) => {}
            }
        }
    }
}

fn are_called_the_same(survey: &Survey, pair: Pair) -> bool {
    let name = |id| survey.estate(id).map(|estate| fold(&estate.name));
    name(pair.a()) == name(pair.b())
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::at;
    use super::super::{Index, tests::limits};
    use super::*;
    use crate::model::{Estate, EstateId, Settings};
    use crate::progress::Progress;

    #[test]
    fn suggestions_are_counted_against_what_is_known() {
        let id = |n: u128| EstateId(uuid::Uuid::from_u128(n + 1));
        let records = [
            ("洪都新村", 0.0),
            ("洪都新村", 20.0),
            ("滨江花园", 5_000.0),
            ("滨江花园", 5_020.0),
            ("梅岭山庄", 9_000.0),
            ("红谷丽景", 9_010.0),
        ];
        let records = records.iter().enumerate().map(|(n, (name, east))| Estate {
            id: id(n as u128),
            ..at(name, *east, 0.0)
        });
        let survey = Survey::from_parts(records, [], [], Settings::default());
        let index = Index::new(&survey, &limits(), &Progress::default()).expect("not cancelled");
        let candidates = &index.search().candidates;
        let known = |a, b, truth| Known {
            pair: Pair::new(id(a), id(b)).expect("two records"),
            truth,
            kind: "jitter".into(),
        };
        let known = [known(0, 1, Truth::One), known(4, 5, Truth::One)];
        let closed = score(&survey, candidates, &known, World::Closed);
        let expected = Counts {
            right: 1,
            wrong: 1,
            missed: 1,
            missed_but_raised: 0,
        };
        assert_eq!(closed.merged, expected);
        assert_eq!(closed.merged.f1(), Some(0.5));
        assert_eq!(closed.other_names.recall(), Some(0.0));
        assert_eq!(closed.by_kind["jitter"][&Some(Verdict::Same)], 1);
        let open = score(&survey, candidates, &known, World::Open);
        assert_eq!(open.merged.precision(), Some(1.0));
        assert_eq!(open.merged.candidate_recall(), Some(0.5));
    }
}
