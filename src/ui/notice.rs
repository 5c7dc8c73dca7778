//! Sentences that come and go above the status bar: what was done, or why it was not.

use std::collections::VecDeque;

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something was done; goes away by itself.
    Done,
    /// Something was refused or failed; stays until read or replaced.
    Problem,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub tone: Tone,
    pub text: String,
    /// When it appeared, in seconds of egui's clock.
    pub since: f64,
}

/// How long a `Done` notice stays, in seconds.
const DONE_SECONDS: f64 = 6.0;
/// More at once would hide the map.
const MOST: usize = 3;

#[derive(Clone, Debug, Default)]
pub struct Notices {
    shown: VecDeque<Notice>,
}

impl Notices {
    pub fn say(&mut self, tone: Tone, text: String, now: f64) {
        self.shown.retain(|notice| notice.text != text);
        self.shown.push_back(Notice {
            tone,
            text,
            since: now,
        });
        while self.shown.len() > MOST {
            self.shown.pop_front();
        }
    }

    pub fn dismiss(&mut self, index: usize) {
        self.shown.remove(index);
    }

    /// Forgets what has been shown long enough.
    pub fn expire(&mut self, now: f64) {
        self.shown
            .retain(|notice| notice.tone == Tone::Problem || now - notice.since < DONE_SECONDS);
    }

    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Notice> {
        self.shown.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_stays_until_it_is_dismissed() {
        let mut notices = Notices::default();
        notices.say(Tone::Done, "saved".into(), 0.0);
        notices.say(Tone::Problem, "locked".into(), 0.0);
        notices.expire(60.0);
        assert_eq!(
            notices.iter().map(|n| &*n.text).collect::<Vec<_>>(),
            ["locked"]
        );
        notices.dismiss(0);
        assert_eq!(notices.iter().len(), 0);
    }
}
