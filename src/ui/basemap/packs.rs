//! Offline packs being made: counted on a thread of their own, then downloaded beside everything
//! else, one at a time.

use super::settings::Token;
use crate::basemap::Source;
use crate::tiles::online::{Patience, TileCache};
use crate::tiles::pack::{
    PackArea, PackJob, PackPlan, PackRefusal, PackReport, PackState, StartError, plan,
};
use crate::ui::pending::{Answer, Pending};
use egui::Context;
use std::ops::RangeInclusive;
use std::path::PathBuf;
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
        pending: Pending<Result<PackPlan, PackRefusal>>,
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
        let asked = wanted.clone();
        let counting = Pending::start("jiugai pack", context, move || {
            plan(&asked.source, asked.area, asked.levels, cache.as_ref())
        });
        self.counted = match counting {
            Ok(pending) => Counted::Counting { wanted, pending },
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
        if let Counted::Counting { wanted, pending } = &self.counted {
            match pending.poll() {
                Answer::UnderWay => {}
                Answer::Lost => self.counted = Counted::Not,
                Answer::Here(plan) => {
                    self.counted = Counted::Done {
                        wanted: wanted.clone(),
                        plan: Box::new(plan),
                    };
                }
            }
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
