//! Going through the queue of possible duplicates.

use crate::model::Pair;
use crate::ui::app::App;
use crate::ui::review::{Step, next_pair};

impl App {
    /// On to the pair that waits next; stays where none does.
    pub(super) fn next_pair(&mut self) {
        self.step_pair(Step::Next);
    }

    pub(super) fn step_pair(&mut self, step: Step) {
        let Some(session) = &self.session else { return };
        let (queue, filter) = (&self.review_queue, self.review.filter);
        let next = next_pair(queue, session.survey(), filter, self.view.pair, step);
        if let Some(pair) = next {
            self.open_pair(pair);
        }
    }

    pub(super) fn open_pair(&mut self, pair: Pair) {
        self.view.pair = Some(pair);
        self.show_on_map(&[pair.a(), pair.b()]);
    }
}
