//! One named thread that runs jobs on snapshots, so that no frame waits for one.

use crate::progress::Progress;
use std::sync::mpsc::{Receiver, Sender, channel};

type Job<R> = Box<dyn FnOnce(&Progress) -> R + Send>;

/// Runs jobs one after another; each gives one report.
pub struct Worker<R> {
    jobs: Sender<(Job<R>, Progress)>,
    reports: Receiver<R>,
    waiting: std::collections::VecDeque<Running>,
    /// How many reports are still to come that nobody wants any more.
    forgotten: usize,
}

/// A job that was started and has not reported yet.
#[derive(Clone, Debug)]
pub struct Running {
    /// What the status bar calls it: a key of the locale files.
    pub title: &'static str,
    pub progress: Progress,
}

impl<R: Send + 'static> Worker<R> {
    /// Starts the thread. `wake` is called after each report, so that the window draws it.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(wake: impl Fn() + Send + 'static) -> std::io::Result<Self> {
        let (jobs, todo) = channel::<(Job<R>, Progress)>();
        let (done, reports) = channel();
        std::thread::Builder::new()
            .name("jiugai jobs".to_owned())
            .spawn(move || {
                for (job, progress) in todo {
                    if done.send(job(&progress)).is_err() {
                        break;
                    }
                    wake();
                }
            })?;
        Ok(Self {
            jobs,
            reports,
            waiting: Default::default(),
            forgotten: 0,
        })
    }

    /// Puts a job at the end of the queue.
    pub fn run(
        &mut self,
        title: &'static str,
        job: impl FnOnce(&Progress) -> R + Send + 'static,
    ) -> Progress {
        let progress = Progress::default();
        // The thread ends only with this worker, so there is somebody to send to.
        if self.jobs.send((Box::new(job), progress.clone())).is_ok() {
            self.waiting.push_back(Running {
                title,
                progress: progress.clone(),
            });
        }
        progress
    }

    /// The job at work, if any.
    pub fn running(&self) -> Option<&Running> {
        self.waiting.front()
    }

    /// Asks every job that was started to stop.
    pub fn cancel_all(&self) {
        for running in &self.waiting {
            running.progress.cancel();
        }
    }

    /// Stops every job that was started and drops what they still report: it is about a survey
    /// that is no longer open.
    pub fn forget_all(&mut self) {
        self.cancel_all();
        self.forgotten += self.waiting.len();
        self.waiting.clear();
    }

    /// A report that has come in.
    pub fn poll(&mut self) -> Option<R> {
        while self.forgotten > 0 {
            self.reports.try_recv().ok()?;
            self.forgotten -= 1;
        }
        let report = self.reports.try_recv().ok()?;
        self.waiting.pop_front();
        Some(report)
    }

    /// Waits for the next report; `None` where no job is under way.
    pub fn wait(&mut self) -> Option<R> {
        self.waiting.pop_front()?;
        while self.forgotten > 0 {
            self.reports.recv().ok()?;
            self.forgotten -= 1;
        }
        self.reports.recv().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jobs_report_in_the_order_they_were_started() {
        let mut worker = Worker::start(|| {}).unwrap();
        for number in 0..3 {
            worker.run("job.evaluate", move |_| number);
        }
        assert!(worker.running().is_some());
        assert_eq!(
            [worker.wait(), worker.wait(), worker.wait(), worker.wait()],
            [Some(0), Some(1), Some(2), None]
        );
        assert!(worker.running().is_none());
    }

    #[test]
    fn a_forgotten_job_reports_to_nobody() {
        let mut worker = Worker::start(|| {}).unwrap();
        worker.run("job.import", |_| "of the survey before");
        worker.forget_all();
        assert!(worker.running().is_none());
        worker.run("job.import", |_| "of this one");
        assert_eq!([worker.wait(), worker.wait()], [Some("of this one"), None]);
    }
}
