//! What this surveyor has worked on today, kept in step with the session.

use crate::model::EstateId;
use crate::session::{Session, SessionError};
use jiff::Timestamp;
use std::collections::BTreeSet;

#[derive(Default)]
pub struct Today {
    mine: BTreeSet<EstateId>,
    /// The state of the survey and the beginning of the day that `mine` is of.
    of: Option<(u64, Timestamp)>,
    changes: u64,
}

impl Today {
    /// The records worked on since `start_of_day`; asks the session only where it may know more.
    ///
    /// # Errors
    /// Where the log cannot be read; it is not asked again until the next edit.
    pub fn update(
        &mut self,
        session: &mut Session,
        start_of_day: Timestamp,
    ) -> Result<(), SessionError> {
        let now = Some((session.revision(), start_of_day));
        if self.of == now {
            return Ok(());
        }
        self.of = now;
        let author = session.author().name.clone();
        let mine = session.touched_since(&author, start_of_day)?;
        if self.mine != mine {
            self.mine = mine;
            self.changes += 1;
        }
        Ok(())
    }

    pub fn mine(&self) -> &BTreeSet<EstateId> {
        &self.mine
    }

    /// Counts how often `mine` has become another set.
    pub fn changes(&self) -> u64 {
        self.changes
    }
}
