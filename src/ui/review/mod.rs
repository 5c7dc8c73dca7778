//! The review workspace: a queue of pairs on the left, two records field by field on the right.

mod bulk;
mod fields;
mod keys;
mod pair;
mod queue;
mod records;

pub use bulk::{Bulk, ProposedFor, can_accept};
pub use fields::{Choice, FieldKey, field_rows, step, value_text};
pub use pair::pair_ui;
pub use queue::{Step, next_pair, queue_ui, waits};
pub use records::{Behind, published, source_line};

use super::availability::Reason;
use super::keymap::Keymap;
use super::pictures::Pictures;
use super::verb::Verb;
use crate::catalogue::Items;
use crate::edit::{Decide, better_surveyed};
use crate::jobs::evaluate::Evaluation;
use crate::jobs::review_queue::{Class, ReviewQueue};
use crate::model::{Estate, EstateId, Field, Pair, Survey, Verdict};
use crate::words::Language;
use egui::{Key, Rangef};
use queue::{Filter, Shown};
use std::collections::{BTreeMap, BTreeSet};
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
    /// Another number after every commit.
    pub revision: u64,
    pub available: &'a dyn Fn(Verb) -> Result<(), Reason>,
    pub keys: &'a Keymap,
    pub pictures: &'a Pictures,
    pub language: Language,
}

/// The verdicts with the digits that give them.
pub const VERDICTS: [(Verdict, u8, Key); 6] = [
    (Verdict::Same, 1, Key::Num1),
    (Verdict::PartOf, 2, Key::Num2),
    (Verdict::Phases, 3, Key::Num3),
    (Verdict::Split, 4, Key::Num4),
    (Verdict::Distinct, 5, Key::Num5),
    (Verdict::Unsure, 6, Key::Num6),
];

/// The choices made for the pair under review, before a verdict carries them out, and what of the
/// queue is shown.
pub struct ReviewState {
    pair: Option<Pair>,
    /// The record chosen to go on counting; `None` leaves it to the verdict, for «part of» the
    /// larger one.
    keep: Option<EstateId>,
    /// The record whose value is chosen, by field; that of the record kept where nobody chose.
    chosen: BTreeMap<Field, EstateId>,
    /// Where the cursor is among the fields that differ, and whether it just came there.
    pub at: Option<Field>,
    cursor_moved: bool,
    shown: Shown,
    pub filter: Filter,
    /// The pair that the list was last scrolled to, and which stretch of it is in view.
    listed: Option<Pair>,
    list_room: Rangef,
    /// The classes of which a pair was looked at since the survey was opened.
    pub seen: BTreeSet<Class>,
    /// The panel that accepts a class at once, in the place of the queue.
    pub bulk: Option<Bulk>,
    /// Photos and history of the pair.
    pub behind: Option<Behind>,
}

impl Default for ReviewState {
    fn default() -> Self {
        Self {
            pair: None,
            keep: None,
            chosen: BTreeMap::new(),
            at: None,
            cursor_moved: false,
            shown: Shown::default(),
            filter: Filter::default(),
            listed: None,
            list_room: Rangef::NOTHING,
            seen: BTreeSet::new(),
            bulk: None,
            behind: None,
        }
    }
}

impl ReviewState {
    /// Another pair is under review: nothing is chosen for it yet.
    pub fn look_at(&mut self, pair: Pair) {
        if self.pair != Some(pair) {
            self.pair = Some(pair);
            self.keep = None;
            self.chosen.clear();
            self.at = None;
        }
    }

    /// The record that a merge would keep.
    pub fn kept(&self, [a, b]: [&Arc<Estate>; 2]) -> EstateId {
        self.keep.unwrap_or_else(|| better_surveyed(a, b))
    }

    /// The other of the two goes on counting. Values chosen stay as they are.
    pub fn keep_other(&mut self, records: [&Arc<Estate>; 2]) {
        let kept = self.kept(records);
        let other = records.into_iter().find(|estate| estate.id != kept);
        self.keep = other.map(|estate| estate.id);
    }

    /// Takes the cursor elsewhere.
    pub fn go_to(&mut self, field: Option<Field>) {
        self.cursor_moved = true;
        self.at = field;
    }

    pub fn choose(&mut self, field: Field, of: EstateId) {
        self.chosen.insert(field, of);
    }

    /// The verdict with what was chosen for it.
    pub fn decide(&self, pair: Pair, verdict: Verdict, records: [&Arc<Estate>; 2]) -> Decide {
        let kept = self.kept(records);
        let taken = self.chosen.iter().filter(|(_, of)| **of != kept);
        let take: Vec<Field> = taken.map(|(field, _)| *field).collect();
        // Who chose values chose them for the record shown as kept.
        let merges = matches!(verdict, Verdict::Same | Verdict::Split);
        let keep = match merges && !take.is_empty() {
            true => Some(kept),
            false => self.keep,
        };
        Decide {
            keep,
            take,
            ..Decide::new(pair, verdict)
        }
    }
}
