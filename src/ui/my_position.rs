//! Where the surveyor stands: a receiver that is listened to, or a track that was recorded.

use super::pending::{Answer, Pending};
use super::preferences::Switch;
use crate::model::LonLat;
use crate::position::{Receiver, Recorded, Source, recorded};
use crate::progress::Progress;
use crate::reference::LayerError;
use crate::words::{Language, position as words, reference as reference_words};
use egui::Context;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use std::time::Duration;

/// A fix older than this is shown as one: the surveyor may have gone on.
const OLD: Duration = Duration::from_secs(10);

/// Where positions come from on this laptop, and whether they are wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PositionSetting {
    pub shown: Switch,
    pub from: PositionFrom,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PositionFrom {
    /// The service that other programs listen to as well, on this computer.
    #[default]
    Gpsd,
    /// A receiver at a serial port; without a speed, every usual one is tried.
    Serial { port: String, speed: Option<u32> },
    /// A GPX track: its last position is the surveyor's.
    Track { path: PathBuf },
}

/// A place on the map, and how sure it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MyPlace {
    pub at: LonLat,
    /// In metres; `None` where the receiver does not say.
    pub accuracy_m: Option<f64>,
    pub age: Age,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Now,
    /// The sky was lost, or the track is from another day.
    Earlier,
}

/// The source in use.
#[derive(Default)]
pub struct MyPosition {
    from: Option<PositionFrom>,
    state: State,
}

#[derive(Default)]
enum State {
    #[default]
    Off,
    Live(Receiver),
    ReadingTrack(Pending<Result<Vec<Recorded>, LayerError>>),
    Track(Vec<LonLat>),
    Failed(LayerError),
    NoThread,
}

impl MyPosition {
    /// Takes over what the settings say; a receiver that is listened to stays so.
    pub fn apply(&mut self, setting: &PositionSetting, context: &Context) {
        let wanted = setting.shown.is_on().then(|| setting.from.clone());
        if self.from == wanted {
            return;
        }
        self.state = match &wanted {
            None => State::Off,
            Some(PositionFrom::Gpsd) => live(Source::local_gpsd(), context),
            Some(PositionFrom::Serial { port, speed }) => {
                let port = crate::position::port_name(port);
                let speed = *speed;
                live(Source::Serial { port, speed }, context)
            }
            Some(PositionFrom::Track { path }) => read_track(path.clone(), context),
        };
        self.from = wanted;
    }

    /// Tries again what failed.
    pub fn retry(&mut self, setting: &PositionSetting, context: &Context) {
        self.from = None;
        self.state = State::Off;
        self.apply(setting, context);
    }

    /// Takes in a track that has been read.
    pub fn receive(&mut self) {
        let State::ReadingTrack(pending) = &self.state else {
            return;
        };
        self.state = match pending.poll() {
            Answer::Here(Ok(track)) => State::Track(track.iter().map(|it| it.position).collect()),
            Answer::Here(Err(error)) => State::Failed(error),
            Answer::UnderWay => return,
            Answer::Lost => State::NoThread,
        };
    }

    pub fn place(&self) -> Option<MyPlace> {
        match &self.state {
            State::Live(receiver) => {
                let state = receiver.state();
                let fix = state.fix?;
                let is_old = state.heard.is_none_or(|heard| heard.elapsed() > OLD);
                Some(MyPlace {
                    at: fix.position,
                    accuracy_m: fix.accuracy_m,
                    age: if is_old { Age::Earlier } else { Age::Now },
                })
            }
            State::Track(track) => track.last().map(|at| MyPlace {
                at: *at,
                accuracy_m: None,
                age: Age::Earlier,
            }),
            State::Off | State::ReadingTrack(_) | State::Failed(_) | State::NoThread => None,
        }
    }

    /// The way that was recorded.
    pub fn track(&self) -> &[LonLat] {
        match &self.state {
            State::Track(track) => track,
            _ => &[],
        }
    }

    /// How it goes, in a sentence; `None` while it is off.
    pub fn status(&self, language: Language) -> Option<String> {
        Some(match &self.state {
            State::Off => return None,
            State::Live(receiver) => words::status_text(language, &receiver.state()),
            State::ReadingTrack(_) => language.text("layers.reference.reading").into_owned(),
            State::Track(track) if track.is_empty() => {
                language.text("layers.position.empty_track").into_owned()
            }
            State::Track(track) => {
                language.text_with("layers.position.track_of", &[("count", &track.len())])
            }
            State::Failed(error) => reference_words::layer_error_text(language, error),
            State::NoThread => language.text("layers.address.no_thread").into_owned(),
        })
    }
}

fn live(source: Source, context: &Context) -> State {
    let context = context.clone();
    match Receiver::start(source, move || context.request_repaint()) {
        Ok(receiver) => State::Live(receiver),
        Err(_) => State::NoThread,
    }
}

fn read_track(path: PathBuf, context: &Context) -> State {
    let reading = Pending::start("jiugai track", context, move || {
        recorded(&path, &Progress::default())
    });
    match reading {
        Ok(pending) => State::ReadingTrack(pending),
        Err(_) => State::NoThread,
    }
}
