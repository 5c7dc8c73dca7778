//! Who comes first.

use super::{Interval, ScoreParts, Weights};
use crate::model::EstateId;
use std::cmp::Ordering;

/// An estate and its score; the rank is its place in the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    pub estate: EstateId,
    pub score: Interval,
}

/// Best first: by the low end, then by the high end, then by key, so that the order is always one.
pub fn rank(parts: &[(EstateId, ScoreParts)], weights: &Weights) -> Vec<Ranked> {
    let mut ranked: Vec<Ranked> = parts
        .iter()
        .map(|(estate, parts)| Ranked {
            estate: *estate,
            score: weights.score(parts),
        })
        .collect();
    ranked.sort_unstable_by(|a, b| better_first((a.score, a.estate), (b.score, b.estate)));
    ranked
}

pub(crate) fn better_first(a: (Interval, EstateId), b: (Interval, EstateId)) -> Ordering {
    b.0.low
        .total_cmp(&a.0.low)
        .then(b.0.high.total_cmp(&a.0.high))
        .then(a.1.cmp(&b.1))
}
