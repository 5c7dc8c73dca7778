//! What a user can mean. The one door through which a survey changes.

use super::buildings::{BuildingCommand, BuildingRefusal};
use super::coverage::CoverageCommand;
use super::photos::PhotoCommand;
use super::planning::{PlanCommand, PlanRefusal};
use crate::model::{
    Boundary, Change, EditLabel, EstateId, Field, FilledFrom, ItemCode, ListId, LonLat, Pair,
    Settings, ShapeGesture, Value, Verdict,
};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// A new estate, drawn on the map.
    Draw {
        boundary: Arc<Boundary>,
    },
    /// The boundary of a record drawn, redrawn or reshaped.
    Reshape {
        estate: EstateId,
        boundary: Arc<Boundary>,
    },
    /// Boundaries changed by one gesture of a drawing tool. Sound ones stay sound.
    ReshapeMany {
        boundaries: Vec<(EstateId, Arc<Boundary>)>,
        gesture: ShapeGesture,
    },
    /// Cuts an estate along a line. The record keeps the largest part and all its values; each
    /// other part becomes a record without a name and without counts.
    Split {
        estate: EstateId,
        line: Vec<LonLat>,
    },
    /// Neighbours that are one estate: their ground and their counts become `keep`'s, and they are
    /// merged into it, to be parted again by [`Unmerge`](Self::Unmerge).
    Join {
        keep: EstateId,
        absorb: Vec<EstateId>,
    },
    /// The estate `drawn` here is the one that the register row `row` waits for: the row takes the
    /// boundary and what was typed, and the drawn record goes.
    TakeRow {
        drawn: EstateId,
        row: EstateId,
    },
    /// One field of one or more records; `None` takes it back to "not surveyed".
    SetField {
        estates: Vec<EstateId>,
        field: Field,
        value: Option<Value>,
    },
    /// Several fields of one record at once: a form pasted, repeated, or read from a list.
    FillIn {
        estate: EstateId,
        values: Vec<(Field, Option<Value>)>,
    },
    /// Several fields of one or more records, taken from elsewhere, as one edit.
    Fill {
        values: Vec<(EstateId, Vec<(Field, Value)>)>,
        from: FilledFrom,
    },
    /// Every one of `items` that was not surveyed is intact.
    RestIntact {
        estate: EstateId,
        items: Vec<ItemCode>,
    },
    /// Removes a record that was drawn here. An imported one is withdrawn instead.
    Delete {
        estate: EstateId,
    },
    /// Takes a record out of the count, with the reason that the register then shows.
    Withdraw {
        estate: EstateId,
        reason: String,
    },
    /// Puts a withdrawn record back.
    Restore {
        estate: EstateId,
    },
    Decide(Decide),
    /// Many decisions as one edit, e.g. from a file.
    DecideMany {
        decisions: Vec<Decide>,
    },
    /// Parts a merged or contained record from the one that counts it.
    Unmerge {
        estate: EstateId,
    },
    /// Leaves an unreadable row of a list out, for a reason.
    SetAsideRow {
        list: ListId,
        row: u32,
        reason: String,
    },
    ChangeSettings(Settings),
    Building(BuildingCommand),
    /// What a job worked out on a snapshot.
    Apply {
        label: EditLabel,
        changes: Vec<Change>,
    },
    Photo(PhotoCommand),
    /// «不漏»: what a survey is reconciled against.
    Coverage(CoverageCommand),
    /// What follows the survey: projects, budgets, plans.
    Plan(PlanCommand),
}

/// A verdict about a pair, and for a merge what the kept record takes from the other.
#[derive(Clone, Debug, PartialEq)]
pub struct Decide {
    pub pair: Pair,
    pub verdict: Verdict,
    /// The record that goes on counting (SAME, SPLIT) or that contains the other (PART_OF).
    /// `None` lets the better-surveyed, for PART_OF the larger, one be it.
    pub keep: Option<EstateId>,
    /// Fields whose value the kept record takes from the other. Its gaps are filled anyway.
    pub take: Vec<Field>,
    pub note: String,
}

impl Decide {
    /// A verdict with nothing chosen by hand.
    pub fn new(pair: Pair, verdict: Verdict) -> Self {
        Self {
            pair,
            verdict,
            keep: None,
            take: Vec::new(),
            note: String::new(),
        }
    }
}

/// Why a command cannot be carried out. Sentences: locale files, `refusal.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("no such record: {0}")]
    NoSuchEstate(EstateId),
    #[error("no such row")]
    NoSuchRow,
    #[error(transparent)]
    WrongValue(#[from] crate::model::WrongValue),
    /// The record does not count on its own any more; its root does.
    #[error("{name} is merged into or part of another record")]
    NotCounted { name: String },
    #[error("other records are merged into {name}")]
    OthersMergedInto { name: String },
    /// It came from a list or was released: its row must keep a fate, so a reason is needed.
    #[error("{name} can be withdrawn with a reason, not deleted")]
    WithdrawInstead { name: String },
    #[error("a reason is needed")]
    ReasonNeeded,
    #[error("{name} is not withdrawn")]
    NotWithdrawn { name: String },
    #[error("{name} is not merged")]
    NotMerged { name: String },
    /// «不重»: merging would make one estate of two that a person held to be different.
    #[error("{a} and {b} were decided to be different")]
    DecidedDifferent { a: String, b: String },
    /// A boundary that is no polygon at all.
    #[error("a boundary needs at least three different corners")]
    TooFewCorners,
    /// Two boundaries are needed to join, and one to split.
    #[error("{name} has no boundary")]
    NoBoundary { name: String },
    /// A register row that has its boundary waits for none.
    #[error("{name} has a boundary already")]
    HasBoundary { name: String },
    /// Only a record drawn here, that no list and no release knows, can go into a row.
    #[error("{name} was not drawn here, or has been released")]
    NotDrawnHere { name: String },
    #[error(transparent)]
    Shape(#[from] crate::geometry::ShapeProblem),
    #[error("no such photo")]
    NoSuchPhoto,
    #[error("nothing would change")]
    NothingChanges,
    #[error(transparent)]
    Building(#[from] BuildingRefusal),
    #[error(transparent)]
    Plan(#[from] PlanRefusal),
    #[error(transparent)]
    Stale(#[from] crate::model::Stale),
}
