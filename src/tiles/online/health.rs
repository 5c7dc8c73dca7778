//! What is known of a server: whether it answers, and whether to ask it at all.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

const LONGEST_PAUSE: Duration = Duration::from_secs(60);
/// A server may ask for more; beyond this it is asked again all the same, once.
const LONGEST_ASKED_PAUSE: Duration = Duration::from_secs(3_600);
/// One spoilt tile is a hole in the map; so many one after the other are a spoilt server.
const SPOILT_IN_A_ROW: u32 = 3;

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
    /// No network, or no such server.
    NoConnection,
    /// No answer, or not all of it, in the time there is.
    TooSlow,
    /// The server is not who it says it is: a proxy in between, or a clock that is wrong.
    Certificate {
        detail: String,
    },
    /// 401 or 403: the token is not taken, or has had its share for today.
    TokenRefused {
        status: u16,
    },
    /// 429 or 503: too many requests, or too many people.
    Busy {
        status: u16,
    },
    /// Any other HTTP status that is no tile.
    Refused {
        status: u16,
    },
    /// The answer is no picture: a network's sign-in page, as a rule.
    NoPicture,
    /// The answer ended before the picture did.
    CutOff,
    /// A picture, but none that a tile of this source can be.
    WrongSize {
        width: u32,
        height: u32,
    },
    /// More bytes than any tile has.
    TooLarge,
    Other {
        detail: String,
    },
}

impl OnlineTrouble {
    /// Whether it may be this one tile's alone.
    pub(in crate::tiles) fn is_of_one_tile(&self) -> bool {
        matches!(
            self,
            Self::NoPicture | Self::CutOff | Self::WrongSize { .. } | Self::TooLarge
        )
    }
}

/// What all threads know of the server: whether to ask it at all.
#[derive(Debug)]
pub struct Health {
    first_pause: Duration,
    condition: Mutex<Condition>,
}

#[derive(Debug, Default)]
struct Condition {
    status: OnlineStatus,
    failures_in_a_row: u32,
    paused_until: Option<Instant>,
}

impl Health {
    pub(super) fn with_first_pause(first_pause: Duration) -> Self {
        Self {
            first_pause,
            condition: Mutex::default(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Condition> {
        // Each field alone is sound whenever a thread may have stopped.
        let locked = self.condition.lock();
        locked.unwrap_or_else(PoisonError::into_inner)
    }

    /// How fetching goes. Changes between frames; a change asks for a repaint.
    pub fn status(&self) -> OnlineStatus {
        self.lock().status.clone()
    }

    /// How many requests have failed since the last that did not.
    pub fn failures_in_a_row(&self) -> u32 {
        self.lock().failures_in_a_row
    }

    /// How long the server is still left alone.
    pub fn pause(&self) -> Option<Duration> {
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

    /// Notes a failure; the answer is when to try again. The pause doubles with each, and is no
    /// shorter than the server asks for.
    pub(super) fn failed(&self, trouble: OnlineTrouble, asked: Option<Duration>) -> Duration {
        let mut condition = self.lock();
        let doublings = condition.failures_in_a_row.min(5);
        let doubled = (self.first_pause * 2u32.pow(doublings)).min(LONGEST_PAUSE);
        let pause = doubled.max(asked.unwrap_or_default().min(LONGEST_ASKED_PAUSE));
        condition.failures_in_a_row = condition.failures_in_a_row.saturating_add(1);
        if !trouble.is_of_one_tile() || condition.failures_in_a_row >= SPOILT_IN_A_ROW {
            condition.paused_until = Some(Instant::now() + pause);
        }
        condition.status = OnlineStatus::Trouble(trouble);
        pause
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_minute_and_end_with_the_first_success() {
        let health = Health::with_first_pause(Duration::from_secs(2));
        let pauses: Vec<_> = (0..8)
            .map(|_| health.failed(OnlineTrouble::NoConnection, None).as_secs())
            .collect();
        assert_eq!(pauses, [2, 4, 8, 16, 32, 60, 60, 60]);
        assert!(health.pause().is_some());
        health.worked();
        assert_eq!(health.pause(), None);
        assert_eq!(
            health.failed(OnlineTrouble::NoConnection, None).as_secs(),
            2
        );
    }

    #[test]
    fn a_server_that_asks_for_a_longer_pause_gets_it_up_to_an_hour() {
        let health = Health::with_first_pause(Duration::from_secs(2));
        let busy = OnlineTrouble::Busy { status: 429 };
        let asked = |seconds| Some(Duration::from_secs(seconds));
        assert_eq!(health.failed(busy.clone(), asked(120)).as_secs(), 120);
        assert!(health.pause().unwrap() > Duration::from_secs(110));
        assert_eq!(health.failed(busy.clone(), asked(1)).as_secs(), 4);
        assert_eq!(health.failed(busy, asked(1_000_000)).as_secs(), 3_600);
    }

    #[test]
    fn one_spoilt_tile_does_not_stop_the_others_but_three_in_a_row_do() {
        let health = Health::with_first_pause(Duration::from_secs(2));
        for _ in 0..2 {
            health.failed(OnlineTrouble::NoPicture, None);
            assert_eq!(health.pause(), None);
        }
        health.failed(OnlineTrouble::NoPicture, None);
        assert!(health.pause().is_some());
    }
}
