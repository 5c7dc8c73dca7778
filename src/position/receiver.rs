//! A receiver being listened to: on a thread of its own, which comes back after every trouble.

use super::gpsd::{GpsdReader, WATCH};
use super::nmea::{Counts, NmeaReader};
use super::serial::{self, SPEEDS};
use super::{Fix, Said, Trouble};
use std::io::{ErrorKind, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Where positions come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Serial {
        port: String,
        /// In baud; `None` tries [`SPEEDS`] until sentences come.
        speed: Option<u32>,
    },
    Gpsd {
        address: SocketAddr,
    },
}

impl Source {
    /// gpsd on this computer, at the port it always has.
    pub fn local_gpsd() -> Self {
        const PORT: u16 = 2947;
        Self::Gpsd {
            address: (Ipv4Addr::LOCALHOST, PORT).into(),
        }
    }
}

/// How it goes.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Status {
    #[default]
    Connecting,
    /// Connected, and nothing said yet.
    Listening {
        speed: Option<u32>,
    },
    /// The receiver works but sees too few satellites.
    NoFix {
        satellites: Option<u32>,
    },
    Fix,
    /// Tried again in a moment.
    Trouble(Trouble),
}

/// What is known now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    pub status: Status,
    /// The last fix; it stays when the sky is lost, with `heard` to tell how old it is.
    pub fix: Option<Fix>,
    /// When the last fix came.
    pub heard: Option<Instant>,
    pub counts: Counts,
}

/// Listens until it is dropped.
#[derive(Debug)]
pub struct Receiver {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    stopped: AtomicBool,
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        // A state is whole after every assignment.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

/// How long is waited for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pace {
    /// For bytes, before looking whether to stop.
    pub read: Duration,
    /// For a first sentence at each speed.
    pub trial: Duration,
    /// Before trying again.
    pub retry: Duration,
}

impl Pace {
    const USUAL: Self = Self {
        read: Duration::from_millis(200),
        // Receivers speak once a second.
        trial: Duration::from_millis(2_500),
        retry: Duration::from_secs(2),
    };
}

impl Receiver {
    /// Starts listening. `changed` is called from the other thread after every change.
    ///
    /// # Errors
    /// Where the system gives no more threads.
    pub fn start(
        source: Source,
        changed: impl Fn() + Send + 'static,
    ) -> Result<Self, std::io::Error> {
        Self::with_pace(source, Pace::USUAL, changed)
    }

    pub(super) fn with_pace(
        source: Source,
        pace: Pace,
        changed: impl Fn() + Send + 'static,
    ) -> Result<Self, std::io::Error> {
        let shared = Arc::new(Shared::default());
        let listener = Listener {
            shared: shared.clone(),
            pace,
            changed: Box::new(changed),
        };
        std::thread::Builder::new()
            .name("position".to_owned())
            .spawn(move || listener.run(&source))?;
        Ok(Self { shared })
    }

    pub fn state(&self) -> State {
        self.shared.state().clone()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        // The thread ends at its next look; nobody waits for it.
        self.shared.stopped.store(true, Ordering::Relaxed);
    }
}

struct Listener {
    shared: Arc<Shared>,
    pace: Pace,
    changed: Box<dyn Fn() + Send>,
}

impl Listener {
    fn run(&self, source: &Source) {
        while !self.shared.is_stopped() {
            let trouble = match source {
                Source::Serial { port, speed } => self.listen_to_port(port, *speed),
                Source::Gpsd { address } => self.listen_to_gpsd(*address),
            };
            if let Err(trouble) = trouble {
                self.set(Status::Trouble(trouble));
            }
            self.pause();
        }
    }

    fn set(&self, status: Status) {
        self.shared.state().status = status;
        (self.changed)();
    }

    fn pause(&self) {
        let until = Instant::now() + self.pace.retry;
        while Instant::now() < until && !self.shared.is_stopped() {
            std::thread::sleep(self.pace.read.min(self.pace.retry));
        }
    }

    fn listen_to_port(&self, port: &str, speed: Option<u32>) -> Result<(), Trouble> {
        let speeds = speed.map_or_else(|| SPEEDS.to_vec(), |speed| vec![speed]);
        let mut refused = None;
        for speed in speeds {
            let mut open = match serial::open(port, speed, self.pace.read) {
                Ok(open) => open,
                // Another speed may be taken.
                Err(trouble @ Trouble::BadSpeed { .. }) => {
                    refused = Some(trouble);
                    continue;
                }
                Err(trouble) => return Err(trouble),
            };
            self.set(Status::Listening { speed: Some(speed) });
            let mut reader = NmeaReader::default();
            let started = Instant::now();
            let mut take = |bytes: &[u8]| {
                let said = reader.take(bytes);
                let counts = reader.counts();
                self.shared.state().counts = counts;
                let is_silent = counts.sentences == 0 && started.elapsed() > self.pace.trial;
                (!is_silent).then_some(said)
            };
            match self.listen(&mut open, &mut take)? {
                Ended::Stopped => return Ok(()),
                Ended::Silent => {}
            }
        }
        Err(refused.unwrap_or_else(|| Trouble::NoSentences {
            port: port.to_owned(),
        }))
    }

    fn listen_to_gpsd(&self, address: SocketAddr) -> Result<(), Trouble> {
        const PATIENCE: Duration = Duration::from_secs(3);
        let nobody = |_| Trouble::NoGpsd {
            address: address.to_string(),
        };
        let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(nobody)?;
        let ended = |error: std::io::Error| Trouble::Ended {
            reason: error.to_string(),
        };
        stream
            .set_read_timeout(Some(self.pace.read))
            .map_err(ended)?;
        stream.write_all(WATCH).map_err(ended)?;
        self.set(Status::Listening { speed: None });
        let mut reader = GpsdReader::default();
        self.listen(&mut stream, &mut |bytes| Some(reader.take(bytes)))?;
        Ok(())
    }

    /// Reads until it is stopped, or until `take` gives up.
    fn listen(
        &self,
        stream: &mut impl Read,
        take: &mut impl FnMut(&[u8]) -> Option<Vec<Said>>,
    ) -> Result<Ended, Trouble> {
        let mut buffer = [0; 4_096];
        while !self.shared.is_stopped() {
            let read = match stream.read(&mut buffer) {
                Ok(0) => {
                    return Err(Trouble::Ended {
                        reason: String::new(),
                    });
                }
                Ok(read) => read,
                Err(error) => match error.kind() {
                    ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => 0,
                    _ => {
                        return Err(Trouble::Ended {
                            reason: error.to_string(),
                        });
                    }
                },
            };
            let Some(said) = take(&buffer[..read]) else {
                return Ok(Ended::Silent);
            };
            // Of several the last counts.
            if let Some(said) = said.into_iter().next_back() {
                self.hear(said);
            }
        }
        Ok(Ended::Stopped)
    }

    fn hear(&self, said: Said) {
        let mut state = self.shared.state();
        match said {
            Said::Fix(fix) => {
                state.status = Status::Fix;
                state.heard = Some(Instant::now());
                state.fix = Some(fix);
            }
            Said::NoFix { satellites } => state.status = Status::NoFix { satellites },
        }
        drop(state);
        (self.changed)();
    }
}

enum Ended {
    Stopped,
    Silent,
}
