//! A folder watched for new photos, by a named thread that looks at it every few seconds.

use crate::jobs::photos::{Listing, Watch};
use egui::Context;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Between two looks: soon enough for a person, seldom enough for a slow network drive.
const PAUSE: Duration = Duration::from_secs(2);

/// What the thread tells.
#[derive(Debug, PartialEq, Eq)]
pub enum Seen {
    New(Vec<PathBuf>),
    /// The folder cannot be looked at, e.g. because the stick was pulled out. Told once.
    Lost(String),
}

/// Watches until it is dropped.
pub struct PhotoWatch {
    folder: PathBuf,
    seen: Receiver<Seen>,
    // Dropping it ends the thread.
    _until: Sender<()>,
}

impl PhotoWatch {
    /// Pictures that lie there already are not new.
    ///
    /// # Errors
    /// Where the folder cannot be read, or the system gives no thread.
    pub fn start(folder: &Path, context: &Context) -> std::io::Result<Self> {
        let watch = Watch::new(Listing::of(folder)?);
        let (report, seen) = channel();
        let (until, stopped) = channel();
        let (of, context) = (folder.to_owned(), context.clone());
        std::thread::Builder::new()
            .name("jiugai watched folder".to_owned())
            .spawn(move || run(&of, watch, &stopped, &report, &context))?;
        Ok(Self {
            folder: folder.to_owned(),
            seen,
            _until: until,
        })
    }

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub fn poll(&self) -> Option<Seen> {
        self.seen.try_recv().ok()
    }
}

fn run(
    folder: &Path,
    mut watch: Watch,
    stopped: &Receiver<()>,
    report: &Sender<Seen>,
    context: &Context,
) {
    let mut is_lost = false;
    while stopped.recv_timeout(PAUSE) == Err(RecvTimeoutError::Timeout) {
        let seen = match Listing::of(folder) {
            Ok(listing) => {
                is_lost = false;
                Some(watch.look(listing))
                    .filter(|new| !new.is_empty())
                    .map(Seen::New)
            }
            Err(error) => {
                let told = std::mem::replace(&mut is_lost, true);
                (!told).then(|| Seen::Lost(error.to_string()))
            }
        };
        if let Some(seen) = seen {
            if report.send(seen).is_err() {
                return;
            }
            context.request_repaint();
        }
    }
}
