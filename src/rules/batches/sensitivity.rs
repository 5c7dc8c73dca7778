//! Which estates enter or leave the implemented batch if one weight were a little other: how much
//! the plan hangs on a number that nobody decreed.

use super::{Candidate, fill_scored};
use crate::catalogue::{BatchLimits, ScoreLimits};
use crate::model::{Batch, Budget, Coded, EstateId};
use crate::rules::score::{ScorePart, Weights};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Which way a weight moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    Lowered,
    Raised,
}

impl Shift {
    pub const ALL: [Self; 2] = [Self::Lowered, Self::Raised];
}

/// What one moved weight does to the implemented batch.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Movement {
    pub part: ScorePart,
    pub shift: Shift,
    /// The weight that it was moved to.
    pub weight: f64,
    /// In the order of their keys.
    pub enters: Vec<EstateId>,
    pub leaves: Vec<EstateId>,
}

/// Moves each weight by the pack's step, down and up, and fills the batches again.
pub fn sensitivity(
    candidates: &[&Candidate],
    year: i32,
    budget: &Budget,
    weights: &Weights,
    score: &ScoreLimits,
    batches: &BatchLimits,
) -> Vec<Movement> {
    let implemented = |weights: &Weights| -> BTreeSet<EstateId> {
        let scored: Vec<_> = candidates
            .iter()
            .map(|candidate| (*candidate, weights.score(&candidate.parts)))
            .collect();
        let placed = fill_scored(&scored, year, budget, batches).placed;
        let implemented = placed
            .into_iter()
            .filter(|placed| placed.batch == Batch::Implement);
        implemented.map(|placed| placed.estate).collect()
    };
    let today = implemented(weights);
    let shifts = ScorePart::ALL
        .iter()
        .flat_map(|part| Shift::ALL.map(|shift| (*part, shift)));
    let shifts: Vec<_> = shifts.collect();
    let moved = shifts.into_par_iter().map(|(part, shift)| {
        let factor = match shift {
            Shift::Lowered => 1.0 - score.sensitivity_step,
            Shift::Raised => 1.0 + score.sensitivity_step,
        };
        let weight = weights.get(part) * factor;
        let then = implemented(&weights.with(part, weight));
        Movement {
            part,
            shift,
            weight,
            enters: then.difference(&today).copied().collect(),
            leaves: today.difference(&then).copied().collect(),
        }
    });
    moved.collect()
}
