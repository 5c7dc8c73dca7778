//! The pairs that may be one estate, brought up to date with each edit.
//!
//! A whole search runs on the worker when a survey is opened and after changes too many to follow;
//! in between the index follows, so that the queue is right again before the next frame.

use crate::catalogue::DedupeLimits;
use crate::dedupe::{Candidate, Index};
use crate::model::{EstateId, Survey};
use std::collections::BTreeSet;

/// An import changes thousands: then what evidence weighs is learned anew as well.
const MOST_FOLLOWED: usize = 200;

#[derive(Default)]
pub(super) struct Duplicates {
    index: Option<Index>,
    /// Changed while a whole search is under way; `None` where that search will be of no use.
    missed: Option<BTreeSet<EstateId>>,
}

impl Duplicates {
    /// What is known; `None` where the whole survey is to be searched.
    pub(super) fn known(&self) -> Option<Vec<Candidate>> {
        Some(self.index.as_ref()?.search().candidates.clone())
    }

    /// A whole search begins; what changes from now on it does not see.
    pub(super) fn begin_search(&mut self) {
        self.index = None;
        self.missed = Some(BTreeSet::new());
    }

    /// Takes in what a whole search found, and what has changed since it began.
    pub(super) fn take(&mut self, mut index: Index, survey: &Survey, limits: &DedupeLimits) {
        let Some(missed) = self.missed.take() else {
            return;
        };
        if index.follows(survey) {
            index.update(survey, missed, limits);
            self.index = Some(index);
        }
    }

    /// Follows an edit. Whether the pairs are known afterwards.
    pub(super) fn follow(
        &mut self,
        survey: &Survey,
        changed: BTreeSet<EstateId>,
        limits: &DedupeLimits,
    ) -> bool {
        if let Some(missed) = &mut self.missed {
            missed.extend(&changed);
            if missed.len() > MOST_FOLLOWED {
                self.missed = None;
            }
        }
        match self.index.take() {
            Some(mut index) if changed.len() <= MOST_FOLLOWED && index.follows(survey) => {
                index.update(survey, changed, limits);
                self.index = Some(index);
                true
            }
            _ => false,
        }
    }

    /// The next look is at the whole survey.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }
}
