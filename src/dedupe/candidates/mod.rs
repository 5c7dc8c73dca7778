//! Which pairs are worth comparing: near on the map, on one road number, or of one name.
//!
//! No step looks at all pairs. Neighbours come from an R-tree ([`near`]); names and numbers from
//! sorted blocks ([`blocks`]), and in a block too large to compare (教师公寓) only neighbours are.
//! Every step gives the same pairs on any number of threads.

mod blocks;
mod near;

pub use blocks::{Block, Keys};
pub use near::Places;

use super::place::distance_m;
use super::profile::Profile;
use crate::catalogue::DedupeLimits;
use crate::progress::{Cancelled, Progress};
use rayon::prelude::*;

/// A name or a road number that more records bear than are compared with each other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CutBlock {
    /// The core of the name, or the end of the road with the number.
    pub key: String,
    pub records: usize,
}

/// Pairs of positions in `profiles`, smaller first, sorted, each once.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    pub pairs: Vec<(u32, u32)>,
    pub cut: Vec<CutBlock>,
}

/// Collects the pairs worth comparing.
///
/// # Errors
/// [`Cancelled`] when the user stopped it.
pub fn pairs(
    profiles: &[Profile],
    places: &Places,
    limits: &DedupeLimits,
    progress: &Progress,
) -> Result<Pairs, Cancelled> {
    let mut found = Pairs {
        pairs: near::pairs(profiles, places, limits, progress)?,
        cut: Vec::new(),
    };
    for block in [Block::OneName, Block::OneNumber] {
        progress.reach(profiles.len() as u64)?;
        blocks::pairs(profiles, block, limits, &mut found);
    }
    found.pairs.par_sort_unstable();
    found.pairs.dedup();
    found.cut.sort_unstable();
    Ok(found)
}

/// Near enough for sources that give the agency's shop; without a position anything may be.
fn may_be_one(a: &Profile, b: &Profile, reach_m: f64) -> bool {
    match (a.anchor, b.anchor) {
        (Some(from), Some(to)) => distance_m(from, to) <= reach_m,
        _ => true,
    }
}
