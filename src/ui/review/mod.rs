//! The review workspace: a queue of pairs on the left, two records field by field on the right.

mod pair;
mod queue;

pub use pair::pair_ui;
pub use queue::{Step, next_pair, queue_ui};

use crate::catalogue::Items;
use crate::edit::better_surveyed;
use crate::jobs::evaluate::Evaluation;
use crate::jobs::review_queue::ReviewQueue;
use crate::model::{Estate, EstateId, Field, Pair, Survey};
use crate::words::Language;
use queue::{Filter, Shown};
use std::collections::BTreeSet;
use std::sync::Arc;

/// What the review panels need.
pub struct ReviewInput<'a> {
    pub survey: &'a Survey,
    pub items: &'a Items,
    /// `None` while the first search is under way.
    pub evaluation: Option<&'a Evaluation>,
    /// What of it waits, in order.
    pub queue: &'a ReviewQueue,
    pub pair: Option<Pair>,
    pub language: Language,
}

/// The choices made for the pair under review, before a verdict carries them out, and what of the
/// queue is shown.
#[derive(Clone, Debug)]
pub struct ReviewState {
    pair: Option<Pair>,
    /// The record chosen to go on counting; `None` leaves it to the verdict, for «part of» the
    /// larger one.
    keep: Option<EstateId>,
    /// Fields whose value is taken from the record that is not kept.
    take: BTreeSet<Field>,
    shown: Shown,
    pub filter: Filter,
    /// The pair that the list was last scrolled to, and which stretch of it is in view.
    listed: Option<Pair>,
    list_room: egui::Rangef,
}

impl Default for ReviewState {
    fn default() -> Self {
        Self {
            pair: None,
            keep: None,
            take: BTreeSet::new(),
            shown: Shown::default(),
            filter: Filter::default(),
            listed: None,
            list_room: egui::Rangef::NOTHING,
        }
    }
}

impl ReviewState {
    /// Another pair is under review: nothing is chosen for it yet.
    fn begin(&mut self, pair: Pair) {
        self.pair = Some(pair);
        self.keep = None;
        self.take.clear();
    }

    /// The record that a merge would keep.
    fn kept(&self, [a, b]: [&Arc<Estate>; 2]) -> EstateId {
        self.keep.unwrap_or_else(|| better_surveyed(a, b))
    }
}
