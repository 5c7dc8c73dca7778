//! Threads that fetch what frames draw, such as tiles and photos: a frame only asks what there is.
//!
//! What has come is kept in a bounded number; what is asked for last comes first, because that is
//! where the user looks.

use egui::Context;
use lru::LruCache;
use std::collections::VecDeque;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// What waits longer than this many others has left the view.
const WAITING: usize = 96;

/// What a thing is asked for by.
pub trait Key: Copy + Eq + Hash + Send + 'static {}
impl<K: Copy + Eq + Hash + Send + 'static> Key for K {}

/// Gets one thing. Called on a thread of the loader's.
pub trait Fetch<K, T>: Send + 'static {
    fn fetch(&mut self, key: K, context: &Context) -> Fetched<T>;
}

pub enum Fetched<T> {
    Here(T),
    Failed { again_after: Duration },
}

/// How far a thing is.
#[derive(Clone)]
pub enum State<T> {
    Asked,
    Here(T),
    Failed { again_at: Instant },
}

pub struct Loader<K: Key, T> {
    queue: Arc<Queue<K>>,
    done: Receiver<(K, State<T>)>,
    kept: LruCache<K, State<T>>,
}

impl<K: Key, T: Clone + Send + 'static> Loader<K, T> {
    /// One thread for each of `fetchers`, all working off one queue until the loader is dropped.
    /// The `most` things asked about last are kept.
    ///
    /// # Errors
    /// Where the system starts no further thread.
    pub fn start<F: Fetch<K, T>>(
        name: &str,
        most: NonZeroUsize,
        fetchers: Vec<F>,
        context: &Context,
    ) -> std::io::Result<Self> {
        let (report, done) = channel();
        // Built first: dropping it ends the threads that did start.
        let loader = Self {
            queue: Arc::new(Queue::default()),
            done,
            kept: LruCache::new(most),
        };
        for fetcher in fetchers {
            let worker = Worker {
                fetcher,
                queue: loader.queue.clone(),
                report: report.clone(),
                context: context.clone(),
            };
            std::thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || worker.run())?;
        }
        Ok(loader)
    }

    /// Takes over what has been loaded since.
    pub fn receive(&mut self) {
        while let Ok((key, state)) = self.done.try_recv() {
            self.kept.put(key, state);
        }
    }

    /// Takes over at most `most` of the things that have come since, each as `finished` makes it;
    /// whether more wait.
    pub fn receive_some(&mut self, most: usize, mut finished: impl FnMut(K, T) -> T) -> bool {
        for _ in 0..most {
            let Ok((key, state)) = self.done.try_recv() else {
                return false;
            };
            let state = match state {
                State::Here(thing) => State::Here(finished(key, thing)),
                other => other,
            };
            self.kept.put(key, state);
        }
        true
    }

    /// Lets everything that failed be asked for again at once.
    pub fn forget_failures(&mut self) {
        self.forget_where(|state| matches!(state, State::Failed { .. }));
    }

    /// How far the thing is; `None` where nobody has asked yet, or it is time to ask again.
    pub fn state(&mut self, key: K) -> Option<State<T>> {
        match self.kept.get(&key)? {
            State::Failed { again_at } if *again_at <= Instant::now() => None,
            state => Some(state.clone()),
        }
    }

    /// Asks for a thing. The newest is fetched first.
    pub fn ask(&mut self, key: K) {
        self.kept.put(key, State::Asked);
        let forgotten = {
            let mut waiting = self.queue.lock();
            waiting.keys.push_back(key);
            match waiting.keys.len() > WAITING {
                true => waiting.keys.pop_front(),
                false => None,
            }
        };
        if let Some(forgotten) = forgotten {
            self.kept.pop(&forgotten);
        }
        self.queue.changed.notify_one();
    }

    /// Lets go of everything that has come; what was asked for still comes.
    pub fn forget(&mut self) {
        self.receive();
        self.forget_where(|state| !matches!(state, State::Asked));
    }

    fn forget_where(&mut self, leaves: impl Fn(&State<T>) -> bool) {
        let kept = self.kept.iter();
        let leaving: Vec<K> = kept
            .filter(|(_, state)| leaves(state))
            .map(|(key, _)| *key)
            .collect();
        for key in leaving {
            self.kept.pop(&key);
        }
    }

    /// Whether nothing is waited for, after a `receive`.
    #[cfg(test)]
    pub fn is_idle(&self) -> bool {
        !self
            .kept
            .iter()
            .any(|(_, state)| matches!(state, State::Asked))
    }
}

impl<K: Key, T> Drop for Loader<K, T> {
    fn drop(&mut self) {
        let mut waiting = self.queue.lock();
        waiting.closed = true;
        waiting.keys.clear();
        drop(waiting);
        self.queue.changed.notify_all();
    }
}

/// What the threads still have to do.
struct Queue<K> {
    waiting: Mutex<Waiting<K>>,
    changed: Condvar,
}

struct Waiting<K> {
    keys: VecDeque<K>,
    closed: bool,
}

impl<K> Default for Queue<K> {
    fn default() -> Self {
        Self {
            waiting: Mutex::new(Waiting {
                keys: VecDeque::new(),
                closed: false,
            }),
            changed: Condvar::new(),
        }
    }
}

impl<K> Queue<K> {
    fn lock(&self) -> MutexGuard<'_, Waiting<K>> {
        // A thread that panicked left a list of keys behind: no half-done work.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next key; `None` once nobody wants any.
    fn next(&self) -> Option<K> {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return None;
            }
            if let Some(key) = waiting.keys.pop_back() {
                return Some(key);
            }
            waiting = self
                .changed
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

struct Worker<F, K, T> {
    fetcher: F,
    queue: Arc<Queue<K>>,
    report: Sender<(K, State<T>)>,
    context: Context,
}

impl<K: Key, T, F: Fetch<K, T>> Worker<F, K, T> {
    fn run(mut self) {
        while let Some(key) = self.queue.next() {
            let state = match self.fetcher.fetch(key, &self.context) {
                Fetched::Here(thing) => State::Here(thing),
                Fetched::Failed { again_after } => {
                    self.context.request_repaint_after(again_after);
                    State::Failed {
                        again_at: Instant::now() + again_after,
                    }
                }
            };
            if self.report.send((key, state)).is_err() {
                return;
            }
            self.context.request_repaint();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Never answers, so that everything asked goes on waiting.
    struct Stuck(Receiver<()>);

    impl Fetch<u32, ()> for Stuck {
        fn fetch(&mut self, _: u32, _: &Context) -> Fetched<()> {
            _ = self.0.recv();
            Fetched::Here(())
        }
    }

    #[test]
    fn what_waits_too_long_is_forgotten_and_can_be_asked_again() {
        let (_open, gate) = channel();
        let most = NonZeroUsize::new(500).unwrap();
        let stuck = vec![Stuck(gate)];
        let mut loader = Loader::start("loader-test", most, stuck, &Context::default()).unwrap();
        for key in 0..500 {
            loader.ask(key);
        }
        assert!(loader.queue.lock().keys.len() <= WAITING);
        let asked = (0..500).filter(|key| loader.state(*key).is_some()).count();
        // Those that wait, and the one or two that the thread has taken.
        assert!((WAITING..WAITING + 3).contains(&asked), "{asked}");
        assert!(loader.state(499).is_some());
    }
}
