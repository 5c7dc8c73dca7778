//! Offline packs: the tiles of an area, fetched while there is a network and kept as one MBTiles
//! file for where there is none.
//!
//! [`plan`] counts and estimates, or refuses with a reason; a [`PackJob`] downloads, can be paused,
//! and goes on where it stopped, also after the program was closed.

mod file;
#[cfg(test)]
mod file_tests;
mod job;
#[cfg(test)]
mod pack_tests;
mod plan;

pub use file::{PackFileError, PackFileErrorKind};
pub use job::{PackJob, PackReport, PackState, StartError};
pub use plan::{Estimate, LevelCount, PackArea, PackPlan, PackRefusal, plan};
