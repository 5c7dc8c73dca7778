//! One thing that a thread of its own finds out, for a frame to take in once it is there.

use egui::Context;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

/// What is being found out. Dropped, nobody waits for it any more.
pub struct Pending<T>(Receiver<T>);

/// How far it is.
pub enum Answer<T> {
    UnderWay,
    Here(T),
    /// The thread is gone without an answer.
    Lost,
}

impl<T: Send + 'static> Pending<T> {
    /// Starts finding it out; `context` is repainted when it is there.
    ///
    /// # Errors
    /// Where the system gives no thread.
    pub fn start(
        name: &str,
        context: &Context,
        find: impl FnOnce() -> T + Send + 'static,
    ) -> std::io::Result<Self> {
        let (sender, receiver) = channel();
        let context = context.clone();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || {
                if sender.send(find()).is_ok() {
                    context.request_repaint();
                }
            })?;
        Ok(Self(receiver))
    }

    pub fn poll(&self) -> Answer<T> {
        match self.0.try_recv() {
            Ok(found) => Answer::Here(found),
            Err(TryRecvError::Empty) => Answer::UnderWay,
            Err(TryRecvError::Disconnected) => Answer::Lost,
        }
    }
}
