//! The download of a pack: a few named threads, told what to do through one shared order, and
//! asked how far they are.

use super::file::PackFile;
use super::plan::Policy;
use super::{PackFileError, PackPlan};
use crate::basemap::TileAddress;
use crate::tiles::online::{
    Missed, OnlineReader, OnlineTrouble, Patience, REQUESTS_AT_A_TIME, TileCache,
};
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often a thread that waits for the others looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);
/// A paused thread is woken by the order to go on.
const PAUSED: Duration = Duration::from_secs(60);

/// Why a download does not begin.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StartError {
    /// The source asks for a token, and there is none.
    #[error("no token")]
    NoToken,
    #[error(transparent)]
    File(#[from] PackFileError),
    #[error("no thread: {detail}")]
    NoThread { detail: String },
}

/// How a download is doing.
#[derive(Clone, Debug, PartialEq)]
pub struct PackReport {
    pub state: PackState,
    /// Tiles that need nothing more: fetched, or known not to be.
    pub done: u64,
    pub total: u64,
    /// What the fetched ones take.
    pub bytes: u64,
    /// Tiles that did not come, however often they were asked for.
    pub failed: u64,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PackState {
    Running,
    /// The server is left alone for a while, because of this.
    Waiting(OnlineTrouble),
    Paused,
    /// The file is in its place.
    Done(PathBuf),
    /// Nothing is left of it.
    Cancelled,
    /// The server went on failing. What has come is kept: the download can be begun again.
    GaveUp(OnlineTrouble),
    /// The file cannot be written any more. What has come is kept.
    Failed(PackFileError),
}

/// A download. Dropped, it stops, and what has come is kept for the next time.
pub struct PackJob {
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Go,
    Pause,
}

struct Shared {
    plan: PackPlan,
    reader: OnlineReader,
    inner: Mutex<Inner>,
    /// Told of every order, and of every tile that ends the waiting for the others.
    changed: Condvar,
}

struct Inner {
    order: Order,
    /// `None` once the file is done or given up.
    file: Option<PackFile>,
    waiting: VecDeque<(TileAddress, u32)>,
    /// Tiles that a thread is asking for.
    asked: usize,
    report: PackReport,
}

impl PackJob {
    /// Begins, or goes on with what there is at `path`. Tiles that `cache` holds are taken from it.
    ///
    /// # Errors
    /// [`StartError`], and nothing has begun.
    pub fn start(
        plan: PackPlan,
        token: Option<&str>,
        path: &Path,
        cache: Option<TileCache>,
        patience: Patience,
    ) -> Result<Self, StartError> {
        if plan.source.token.is_some() && token.is_none_or(str::is_empty) {
            return Err(StartError::NoToken);
        }
        let mut reader = OnlineReader::new(plan.source.clone(), token, patience);
        if let Some(cache) = cache {
            reader = reader.with_cache(cache);
        }
        let (file, there, bytes) = PackFile::open(path, &plan)?;
        let missing = plan.tiles().filter(|tile| !there.contains(tile));
        let waiting: VecDeque<_> = missing.map(|tile| (tile, 0)).collect();
        let total = plan.tile_count();
        let shared = Arc::new(Shared {
            reader,
            inner: Mutex::new(Inner {
                order: Order::Go,
                file: Some(file),
                asked: 0,
                report: PackReport {
                    state: PackState::Running,
                    done: total - waiting.len() as u64,
                    total,
                    bytes,
                    failed: 0,
                },
                waiting,
            }),
            plan,
            changed: Condvar::new(),
        });
        let mut job = Self {
            shared,
            threads: Vec::new(),
        };
        for number in 1..=REQUESTS_AT_A_TIME {
            let shared = job.shared.clone();
            let thread = std::thread::Builder::new()
                .name(format!("jiugai pack {number}"))
                .spawn(move || shared.work())
                // Dropped, the job stops what has begun.
                .map_err(|error| StartError::NoThread {
                    detail: error.to_string(),
                })?;
            job.threads.push(thread);
        }
        Ok(job)
    }

    pub fn report(&self) -> PackReport {
        self.shared.lock().report.clone()
    }

    /// What is being asked for still comes.
    pub fn pause(&self) {
        let mut inner = self.shared.lock();
        if !inner.is_over() {
            inner.order = Order::Pause;
            inner.report.state = PackState::Paused;
            self.shared.commit(&mut inner);
        }
    }

    /// Goes on at once, also where the server was to be left alone.
    pub fn resume(&self) {
        let mut inner = self.shared.lock();
        if !inner.is_over() {
            self.shared.reader.health().forget_pause();
            inner.order = Order::Go;
            inner.report.state = PackState::Running;
            self.shared.changed.notify_all();
        }
    }

    /// Stops at once, and takes back what was begun.
    pub fn cancel(&self) {
        let mut inner = self.shared.lock();
        if let Some(file) = inner.file.take() {
            inner.report.state = match file.give_up(&self.shared.plan) {
                Ok(()) => PackState::Cancelled,
                Err(error) => PackState::Failed(error),
            };
            self.shared.changed.notify_all();
        }
    }

    /// Waits for the end, however it comes.
    pub fn wait(mut self) -> PackReport {
        for thread in self.threads.drain(..) {
            // A thread that panicked would have said so already.
            let _ = thread.join();
        }
        self.report()
    }
}

impl Drop for PackJob {
    /// Does not wait for what is being asked for: the program may be closing.
    fn drop(&mut self) {
        let mut inner = self.shared.lock();
        if !inner.is_over() {
            self.shared.leave(&mut inner, PackState::Paused);
        }
    }
}

impl Inner {
    fn is_over(&self) -> bool {
        self.file.is_none()
    }
}

enum Next {
    Tile(TileAddress, u32),
    Over,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        // Whatever a thread was doing, its tile is fetched again next time.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self) {
        while let Next::Tile(tile, attempts) = self.next() {
            let found = self.reader.picture_file(tile);
            self.take(tile, attempts, found);
        }
    }

    /// Waits for a tile to ask for, through pauses and for those that others still ask for.
    fn next(&self) -> Next {
        let mut inner = self.lock();
        loop {
            if inner.is_over() {
                return Next::Over;
            }
            if inner.order == Order::Pause {
                inner = self.sleep(inner, PAUSED);
                continue;
            }
            if let Some(pause) = self.reader.health().pause() {
                inner = self.sleep(inner, pause);
                continue;
            }
            if let Some((tile, attempts)) = inner.waiting.pop_front() {
                inner.asked += 1;
                return Next::Tile(tile, attempts);
            }
            if inner.asked == 0 {
                self.finish(&mut inner);
                continue;
            }
            inner = self.sleep(inner, LOOK_AGAIN);
        }
    }

    fn sleep<'a>(&self, inner: MutexGuard<'a, Inner>, long: Duration) -> MutexGuard<'a, Inner> {
        let woken = self.changed.wait_timeout(inner, long);
        woken.unwrap_or_else(PoisonError::into_inner).0
    }

    /// Takes over what came of a tile.
    fn take(&self, tile: TileAddress, attempts: u32, found: Result<Option<Vec<u8>>, Missed>) {
        let policy = Policy::shipped();
        let mut inner = self.lock();
        inner.asked -= 1;
        let Inner { file, report, .. } = &mut *inner;
        let Some(open) = file else { return };
        match found {
            Ok(picture) => {
                let kept = match &picture {
                    Some(picture) => open.put(tile, picture),
                    None => open.put_absent(tile),
                };
                match kept {
                    Ok(()) => {
                        report.done += 1;
                        report.bytes += picture.map_or(0, |picture| picture.len() as u64);
                        if matches!(report.state, PackState::Waiting(_)) {
                            report.state = PackState::Running;
                        }
                    }
                    Err(error) => self.fail(&mut inner, error),
                }
            }
            Err(Missed::Paused(_)) => inner.waiting.push_front((tile, attempts)),
            Err(Missed::Failed { trouble, .. }) => {
                // Spoilt tiles come again last; where those never asked for are spoilt too, the
                // server is.
                let is_server = !trouble.is_of_one_tile() || attempts == 0;
                let attempts = attempts + u32::from(trouble.is_of_one_tile());
                match attempts >= policy.attempts_a_tile {
                    true => report.failed += 1,
                    false => inner.waiting.push_back((tile, attempts)),
                }
                if inner.order == Order::Go {
                    inner.report.state = PackState::Waiting(trouble.clone());
                }
                let failures = self.reader.health().failures_in_a_row();
                if is_server && failures >= policy.failures_to_give_up {
                    self.leave(&mut inner, PackState::GaveUp(trouble));
                }
            }
        }
        self.changed.notify_all();
    }

    fn commit(&self, inner: &mut Inner) {
        if let Some(Err(error)) = inner.file.as_mut().map(PackFile::commit) {
            self.fail(inner, error);
        }
    }

    fn finish(&self, inner: &mut Inner) {
        inner.report.state = match inner.file.take().map(|file| file.finish(&self.plan)) {
            Some(Ok(path)) => PackState::Done(path),
            Some(Err(error)) => PackState::Failed(error),
            // Another thread was first.
            None => return,
        };
        self.changed.notify_all();
    }

    /// Stops, and keeps what has come.
    fn leave(&self, inner: &mut Inner, state: PackState) {
        let mut file = inner.file.take();
        inner.report.state = match file.as_mut().map(PackFile::commit) {
            Some(Err(error)) => PackState::Failed(error),
            Some(Ok(())) | None => state,
        };
        self.changed.notify_all();
    }

    fn fail(&self, inner: &mut Inner, error: PackFileError) {
        // Dropped, the file rolls back to the last commit.
        inner.file = None;
        inner.report.state = PackState::Failed(error);
        self.changed.notify_all();
    }
}
