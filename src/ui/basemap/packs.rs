//! Offline packs being made: counted on a thread of their own, then downloaded beside everything
//! else, one at a time.

use super::settings::Token;
use crate::basemap::Source;
use crate::tiles::online::{Patience, TileCache};
use crate::tiles::pack::{
    PackArea, PackJob, PackPlan, PackRefusal, PackReport, PackState, StartError, plan,
};
use egui::Context;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

/// How often a download is looked at.
const LOOK_AGAIN: Duration = Duration::from_millis(300);

/// What is wanted of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct WantedPack {
    pub source: Source,
    pub area: PackArea,
    pub levels: RangeInclusive<u8>,
}

/// The pack that is being thought of, and the one that is being made.
#[derive(Default)]
pub struct Packs {
    counted: Counted,
    job: Option<Making>,
}

/// How large a pack will be.
#[derive(Default)]
pub enum Counted {
    #[default]
    Not,
    Counting {
        wanted: WantedPack,
        receiver: Receiver<Result<PackPlan, PackRefusal>>,
    },
    Done {
        wanted: WantedPack,
        plan: Box<Result<PackPlan, PackRefusal>>,
    },
}

struct Making {
    job: PackJob,
    name: String,
    /// Whether the end has been told.
    told: Told,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    No,
    Yes,
}

impl Packs {
    /// Counts the tiles of a pack, unless that is being done or has been.
    pub fn count(&mut self, wanted: WantedPack, cache: Option<TileCache>, context: &Context) {
        let known = match &self.counted {
            Counted::Not => None,
            Counted::Counting { wanted, .. } | Counted::Done { wanted, .. } => Some(wanted),
        };
        if known == Some(&wanted) {
            return;
        }
        let (sender, receiver) = channel();
        let (asked, context) = (wanted.clone(), context.clone());
        let started = std::thread::Builder::new()
            .name("jiugai pack".to_owned())
            .spawn(move || {
                let plan = plan(&asked.source, asked.area, asked.levels, cache.as_ref());
                // Nobody waits any more where another pack is thought of.
                if sender.send(plan).is_ok() {
                    context.request_repaint();
                }
            });
        self.counted = match started {
            Ok(_) => Counted::Counting { wanted, receiver },
            Err(_) => Counted::Not,
        };
    }

    pub fn counted(&self) -> &Counted {
        &self.counted
    }

    /// Begins the download of what was counted.
    ///
    /// # Errors
    /// [`StartError`], and nothing has begun.
    pub fn start(
        &mut self,
        name: String,
        token: Option<&Token>,
        path: PathBuf,
        cache: Option<TileCache>,
    ) -> Result<(), StartError> {
        let Counted::Done { plan, .. } = &self.counted else {
            return Ok(());
        };
        let Ok(plan) = &**plan else {
            return Ok(());
        };
        let token = token.map(|token| token.0.as_str());
        let job = PackJob::start(plan.clone(), token, &path, cache, Patience::default())?;
        self.job = Some(Making {
            job,
            name,
            told: Told::No,
        });
        Ok(())
    }

    /// How the download is doing, and what of.
    pub fn report(&self) -> Option<(&str, PackReport)> {
        let making = self.job.as_ref()?;
        Some((&making.name, making.job.report()))
    }

    pub fn order(&mut self, order: PackOrder) {
        if let Some(making) = &self.job {
            match order {
                PackOrder::Pause => making.job.pause(),
                PackOrder::Resume => making.job.resume(),
                PackOrder::Cancel => making.job.cancel(),
            }
        }
    }

    /// Takes in what has come; a pack that is done, once.
    pub fn receive(&mut self, context: &Context) -> Option<PathBuf> {
        if let Counted::Counting { receiver, .. } = &self.counted {
            let answer = receiver.try_recv();
            let before = std::mem::take(&mut self.counted);
            self.counted = match (before, answer) {
                (Counted::Counting { wanted, .. }, Ok(plan)) => Counted::Done {
                    wanted,
                    plan: Box::new(plan),
                },
                (before, Err(TryRecvError::Empty)) => before,
                _ => Counted::Not,
            };
        }
        let making = self.job.as_mut()?;
        match making.job.report().state {
            PackState::Done(path) if making.told == Told::No => {
                making.told = Told::Yes;
                Some(path)
            }
            PackState::Running | PackState::Waiting(_) => {
                context.request_repaint_after(LOOK_AGAIN);
                None
            }
            _ => None,
        }
    }
}

/// What a download is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PackOrder {
    Pause,
    Resume,
    Cancel,
}
