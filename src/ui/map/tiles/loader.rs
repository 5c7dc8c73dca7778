//! The threads that fetch and decode tiles, what they still have to do, and what they have done.

use egui::{ColorImage, Context, TextureOptions};
use image::{ImageReader, Limits};
use lru::LruCache;
use std::collections::VecDeque;
use std::io::Cursor;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use walkers::{Tile, TileId};

/// Enough for a large screen and the way back; at 256 by 256 pixels 128 MB of textures.
const KEPT: NonZeroUsize = NonZeroUsize::new(512).expect("is not zero");
/// What waits longer than this many others has left the view.
const WAITING: usize = 96;
/// Larger images are no tiles.
const SIDE_PX: u32 = 2_048;

/// Gets one tile. Called on a thread of the loader's.
pub(super) trait Fetch: Send + 'static {
    fn fetch(&mut self, tile: TileId) -> Fetched;
}

pub(super) enum Fetched {
    Image(ColorImage),
    /// The source has no such tile.
    Missing,
    Failed {
        again_after: Duration,
    },
}

/// How far a tile is.
#[derive(Clone)]
pub(super) enum State {
    Asked,
    Ready(Tile),
    Missing,
    Failed { again_at: Instant },
}

pub(super) struct Loader {
    queue: Arc<Queue>,
    done: Receiver<(TileId, State)>,
    tiles: LruCache<TileId, State>,
}

impl Loader {
    /// One thread for each of `fetchers`, all working off one queue until the loader is dropped.
    ///
    /// # Errors
    /// Where the system starts no further thread.
    pub fn start<F: Fetch>(
        name: &str,
        fetchers: Vec<F>,
        context: &Context,
    ) -> std::io::Result<Self> {
        let (report, done) = channel();
        // Built first: dropping it ends the threads that did start.
        let loader = Self {
            queue: Arc::default(),
            done,
            tiles: LruCache::new(KEPT),
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
        while let Ok((tile, state)) = self.done.try_recv() {
            self.tiles.put(tile, state);
        }
    }

    /// How far the tile is; `None` where nobody has asked yet, or it is time to ask again.
    pub fn state(&mut self, tile: TileId) -> Option<State> {
        match self.tiles.get(&tile)? {
            State::Failed { again_at } if *again_at <= Instant::now() => None,
            state => Some(state.clone()),
        }
    }

    /// Asks for a tile. The newest is fetched first: that is where the user looks.
    pub fn ask(&mut self, tile: TileId) {
        self.tiles.put(tile, State::Asked);
        let forgotten = {
            let mut waiting = self.queue.lock();
            waiting.tiles.push_back(tile);
            match waiting.tiles.len() > WAITING {
                true => waiting.tiles.pop_front(),
                false => None,
            }
        };
        if let Some(forgotten) = forgotten {
            self.tiles.pop(&forgotten);
        }
        self.queue.changed.notify_one();
    }

    /// Whether nothing is waited for, after a `receive`.
    #[cfg(test)]
    pub fn is_idle(&self) -> bool {
        !self
            .tiles
            .iter()
            .any(|(_, state)| matches!(state, State::Asked))
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        let mut waiting = self.queue.lock();
        waiting.closed = true;
        waiting.tiles.clear();
        drop(waiting);
        self.queue.changed.notify_all();
    }
}

/// What the threads still have to do.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    tiles: VecDeque<TileId>,
    closed: bool,
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // A thread that panicked left a list of numbers behind: no half-done work.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the next tile; `None` once nobody wants any.
    fn next(&self) -> Option<TileId> {
        let mut waiting = self.lock();
        loop {
            if waiting.closed {
                return None;
            }
            if let Some(tile) = waiting.tiles.pop_back() {
                return Some(tile);
            }
            waiting = self
                .changed
                .wait(waiting)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }
}

struct Worker<F> {
    fetcher: F,
    queue: Arc<Queue>,
    report: Sender<(TileId, State)>,
    context: Context,
}

impl<F: Fetch> Worker<F> {
    fn run(mut self) {
        while let Some(tile) = self.queue.next() {
            let state = match self.fetcher.fetch(tile) {
                Fetched::Image(image) => {
                    let name = format!("tile {}/{}/{}", tile.zoom, tile.x, tile.y);
                    let texture = self
                        .context
                        .load_texture(name, image, TextureOptions::LINEAR);
                    State::Ready(Tile::Raster(texture))
                }
                Fetched::Missing => State::Missing,
                Fetched::Failed { again_after } => {
                    self.context.request_repaint_after(again_after);
                    State::Failed {
                        again_at: Instant::now() + again_after,
                    }
                }
            };
            if self.report.send((tile, state)).is_err() {
                return;
            }
            self.context.request_repaint();
        }
    }
}

/// The picture in a PNG or JPEG file; `None` where it is none, or too large for a tile.
pub(super) fn decode(file: &[u8]) -> Option<ColorImage> {
    let mut reader = ImageReader::new(Cursor::new(file))
        .with_guessed_format()
        .ok()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_PX);
    limits.max_image_height = Some(SIDE_PX);
    reader.limits(limits);
    let pixels = reader.decode().ok()?.into_rgba8();
    let size = [pixels.width() as usize, pixels.height() as usize];
    Some(ColorImage::from_rgba_unmultiplied(size, pixels.as_raw()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_picture_is_none() {
        for file in [b"".as_slice(), b"<html>", b"\x89PNG\r\n\x1a\n cut off"] {
            assert!(decode(file).is_none());
        }
    }

    /// Never answers, so that everything asked goes on waiting.
    struct Stuck(Receiver<()>);

    impl Fetch for Stuck {
        fn fetch(&mut self, _: TileId) -> Fetched {
            _ = self.0.recv();
            Fetched::Missing
        }
    }

    #[test]
    fn what_waits_too_long_is_forgotten_and_can_be_asked_again() {
        let (_open, gate) = channel();
        let mut loader =
            Loader::start("tiles-test", vec![Stuck(gate)], &Context::default()).unwrap();
        let tile = |x| TileId { x, y: 0, zoom: 20 };
        for x in 0..500 {
            loader.ask(tile(x));
        }
        assert!(loader.queue.lock().tiles.len() <= WAITING);
        let asked = (0..500)
            .filter(|x| loader.state(tile(*x)).is_some())
            .count();
        // Those that wait, and the one or two that the thread has taken.
        assert!((WAITING..WAITING + 3).contains(&asked), "{asked}");
        assert!(loader.state(tile(499)).is_some());
    }
}
