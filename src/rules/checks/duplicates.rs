//! E03: an open duplicate («不重», 三(三)1): a suspected pair without a verdict, or one that a person
//! left UNSURE.

use super::{CheckCode, Detail, Finding};
use crate::model::{Pair, Survey, Verdict};
use crate::rules::fate::{Fate, Judgements};
use std::collections::BTreeSet;

pub(super) fn check(survey: &Survey, judgements: &Judgements, open: &[Pair]) -> Vec<Finding> {
    let unsure = survey
        .decisions()
        .filter(|decision| decision.verdict == Verdict::Unsure)
        .map(|decision| decision.pair);
    let pairs: BTreeSet<Pair> = open.iter().copied().chain(unsure).collect();
    // A record that is out of the library cannot be counted twice in it.
    let may_count = |id| {
        let judgement = judgements.get(&id);
        judgement.is_some_and(|j| matches!(j.fate, Fate::Kept | Fate::Open(_)))
    };
    pairs
        .into_iter()
        .filter(|pair| may_count(pair.a()) && may_count(pair.b()))
        .map(|pair| {
            let detail = Detail::UndecidedPair { other: pair.b() };
            Finding::blocks(CheckCode::OpenDuplicate, detail).about(pair.a())
        })
        .collect()
}
