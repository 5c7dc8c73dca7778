//! How a long job tells how far it is, and hears that it should stop.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Shared between a job and whoever watches it. Cloning shares.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    done: AtomicU64,
    total: AtomicU64,
    cancelled: AtomicBool,
}

/// The user stopped the job; nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cancelled")]
pub struct Cancelled;

impl Progress {
    /// Starts a stage of `total` steps.
    pub fn begin(&self, total: u64) {
        self.state.done.store(0, Ordering::Relaxed);
        self.state.total.store(total, Ordering::Relaxed);
    }

    /// Sets how many steps are done.
    ///
    /// # Errors
    /// [`Cancelled`] once somebody called `cancel`; a job returns it at once.
    pub fn reach(&self, done: u64) -> Result<(), Cancelled> {
        self.state.done.store(done, Ordering::Relaxed);
        match self.state.cancelled.load(Ordering::Relaxed) {
            true => Err(Cancelled),
            false => Ok(()),
        }
    }

    pub fn cancel(&self) {
        self.state.cancelled.store(true, Ordering::Relaxed);
    }

    /// 0..1, or `None` before the first stage has begun.
    pub fn fraction(&self) -> Option<f32> {
        let total = self.state.total.load(Ordering::Relaxed);
        let done = self.state.done.load(Ordering::Relaxed);
        (total > 0).then(|| (done as f64 / total as f64).min(1.0) as f32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_job_hears_of_it_at_its_next_step() {
        let progress = Progress::default();
        let watcher = progress.clone();
        progress.begin(10);
        assert_eq!(progress.reach(5), Ok(()));
        assert_eq!(watcher.fraction(), Some(0.5));
        watcher.cancel();
        assert_eq!(progress.reach(6), Err(Cancelled));
    }
}
