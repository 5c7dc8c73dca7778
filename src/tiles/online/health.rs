//! What is known of a server: whether it answers, and whether to ask it at all.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const FIRST_PAUSE: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// How fetching tiles from the network goes, as far as the user needs to know.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OnlineStatus {
    /// Nothing has gone wrong since the last tile came.
    #[default]
    Fine,
    Trouble(OnlineTrouble),
}

/// Why no tile came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnlineTrouble {
    /// No network, no such server, or no answer in time.
    NoConnection,
    /// The server answered with this HTTP status.
    Refused {
        status: u16,
    },
    /// The answer is no picture: a network's sign-in page, as a rule.
    NoPicture,
    Other {
        detail: String,
    },
}

/// What both threads know of the server: whether to ask it at all.
#[derive(Debug, Default)]
pub struct Health(Mutex<Condition>);

#[derive(Debug, Default)]
struct Condition {
    status: OnlineStatus,
    failures_in_a_row: u32,
    paused_until: Option<Instant>,
}

impl Health {
    fn lock(&self) -> MutexGuard<'_, Condition> {
        // Each field alone is sound whenever a thread may have stopped.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How fetching goes. Changes between frames; a change asks for a repaint.
    pub fn status(&self) -> OnlineStatus {
        self.lock().status.clone()
    }

    /// How long the server is still left alone.
    pub(super) fn pause(&self) -> Option<Duration> {
        let until = self.lock().paused_until?;
        let left = until.saturating_duration_since(Instant::now());
        (!left.is_zero()).then_some(left)
    }

    pub(super) fn worked(&self) {
        *self.lock() = Condition::default();
    }

    /// Lets the server be asked again at once, e.g. because the user says so.
    pub fn forget_pause(&self) {
        self.lock().paused_until = None;
    }

    /// Notes a failure; the answer is when to try again.
    pub(super) fn failed(&self, trouble: OnlineTrouble) -> Duration {
        let mut condition = self.lock();
        let doublings = condition.failures_in_a_row.min(5);
        let pause = (FIRST_PAUSE * 2u32.pow(doublings)).min(LONGEST_PAUSE);
        condition.failures_in_a_row = condition.failures_in_a_row.saturating_add(1);
        condition.paused_until = Some(Instant::now() + pause);
        condition.status = OnlineStatus::Trouble(trouble);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_minute_and_end_with_the_first_success() {
        let health = Health::default();
        let pauses: Vec<_> = (0..8)
            .map(|_| health.failed(OnlineTrouble::NoConnection).as_secs())
            .collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(health.pause().is_some());
        health.worked();
        assert_eq!(health.pause(), None);
        assert_eq!(health.failed(OnlineTrouble::NoConnection).as_secs(), 2);
    }
}
