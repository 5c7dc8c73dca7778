//! Why a shape cannot be made. Sentences: locale files, `shape_problem.<kind>`.

use super::validity::is_sound;
use crate::model::Boundary;

/// Why a drawing tool cannot do to a boundary what was asked of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShapeProblem {
    #[error("fewer than three different corners")]
    TooFewCorners,
    /// A coordinate that is no number, or no place on Earth.
    #[error("a position that is no place on Earth")]
    BadPosition,
    #[error("no area")]
    ZeroArea,
    /// The ring drawn crosses or touches itself.
    #[error("the ring crosses itself")]
    CrossesItself,
    /// The boundary to work on is not sound: it has to be repaired first.
    #[error("the boundary is not sound")]
    Unsound,
    /// The shape asked for would not be sound.
    #[error("the result would not be sound")]
    ResultUnsound,
    /// A part would be too thin to be meant.
    #[error("a part would be a sliver")]
    LeavesSliver,
    /// The line does not cross the boundary from side to side.
    #[error("the line does not cross the boundary")]
    DoesNotCross,
    /// The line meets the boundary once only, or not at all: no stretch of it to replace.
    #[error("the line does not meet the boundary twice")]
    DoesNotMeetTwice,
    #[error("fewer than two boundaries to join")]
    NothingToJoin,
    /// The boundaries do not touch within the tolerance.
    #[error("the boundaries do not touch")]
    Apart,
    /// Nothing is left: the boundary lies inside its neighbours.
    #[error("wholly inside its neighbours")]
    InsideNeighbours,
    /// No main direction, or corners too far from square to be meant so.
    #[error("too far from square")]
    NotNearlySquare,
    /// A corner would have to move farther than the limit.
    #[error("a corner would move too far")]
    MovesTooFar,
    /// The hole is not inside one polygon, or meets another hole.
    #[error("the hole is not inside the boundary")]
    HoleOutside,
    /// The new part shares ground or a side with the boundary.
    #[error("the part overlaps the boundary")]
    PartOverlaps,
    #[error("no such ring")]
    NoSuchRing,
    /// Its last polygon can't be taken from a boundary.
    #[error("the last part")]
    LastPart,
}

/// What tools ask of a boundary before they start.
pub(super) fn require_sound(boundary: &Boundary) -> Result<(), ShapeProblem> {
    match is_sound(boundary) {
        true => Ok(()),
        false => Err(ShapeProblem::Unsound),
    }
}
