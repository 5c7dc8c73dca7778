//! How far a record is.

use crate::model::{Estate, Standing};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordState {
    WaitsForBoundary,
    /// Drawn, but must-haves are open.
    Unfinished,
    Complete,
    Merged,
    PartOf,
    Withdrawn,
}

impl RecordState {
    /// The state of a record that lacks `missing` must-haves.
    pub fn of(estate: &Estate, missing: usize) -> Self {
        match &estate.standing {
            Standing::Merged { .. } => Self::Merged,
            Standing::PartOf { .. } => Self::PartOf,
            Standing::Withdrawn { .. } => Self::Withdrawn,
            Standing::Counted if estate.boundary.is_none() => Self::WaitsForBoundary,
            Standing::Counted if missing > 0 => Self::Unfinished,
            Standing::Counted => Self::Complete,
        }
    }
}
