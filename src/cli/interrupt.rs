//! Ctrl-C while a job runs: the job stops as it does where a window cancels it, so that no half
//! file is left. A second one ends the program at once.

use crate::progress::Progress;
use std::sync::{Mutex, Once, PoisonError};

static RUNNING: Mutex<Option<Progress>> = Mutex::new(None);

/// What a shell expects of a program that Ctrl-C has ended.
const INTERRUPTED: i32 = 130;

/// The job to stop at Ctrl-C, until this is dropped.
pub(super) struct Stoppable;

impl Stoppable {
    pub fn new(progress: &Progress) -> Self {
        static LISTENING: Once = Once::new();
        // Where the system lets nobody listen, Ctrl-C ends the program as it always did.
        LISTENING.call_once(|| drop(ctrlc::set_handler(stop)));
        set(Some(progress.clone()));
        Self
    }
}

impl Drop for Stoppable {
    fn drop(&mut self) {
        set(None);
    }
}

/// Ctrl-C, once or twice.
fn stop() {
    match set(None) {
        Some(running) => running.cancel(),
        None => std::process::exit(INTERRUPTED),
    }
}

/// The job that was there before.
fn set(running: Option<Progress>) -> Option<Progress> {
    let mut held = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::replace(&mut *held, running)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::progress::Cancelled;

    #[test]
    fn ctrl_c_stops_the_job_that_runs() {
        let progress = Progress::default();
        let stoppable = Stoppable::new(&progress);
        assert_eq!(progress.reach(1), Ok(()));
        stop();
        assert_eq!(progress.reach(2), Err(Cancelled));
        drop(stoppable);
        assert!(set(None).is_none());
    }
}
