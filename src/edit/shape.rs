//! Commands of the drawing tools that touch more than one boundary or record.

use super::command::Refusal;
use super::draft::Draft;
use super::plan::{Ambient, check_corners, count, mark_surveyed};
use crate::geometry::ShapeProblem;
use crate::geometry::validity::is_sound;
use crate::model::{Boundary, EditLabel, EstateId, Field, LonLat, ShapeGesture};
use std::sync::Arc;

/// Several boundaries as one gesture left them.
pub(super) fn reshape_many(
    draft: &mut Draft,
    boundaries: Vec<(EstateId, Arc<Boundary>)>,
    gesture: ShapeGesture,
) -> Result<EditLabel, Refusal> {
    let estates = count(boundaries.len());
    let mut name = String::new();
    for (id, boundary) in boundaries {
        check_corners(&boundary)?;
        let estate = draft.counted(id)?;
        name.clone_from(&estate.name);
        let Some(before) = estate.boundary.replace(boundary.clone()) else {
            return Err(Refusal::NoBoundary { name });
        };
        if before == boundary {
            continue;
        }
        // A draft may be unsound, and may be mended step by step; a tool must not spoil it.
        if is_sound(&before) && !is_sound(&boundary) {
            return Err(ShapeProblem::ResultUnsound.into());
        }
        mark_surveyed(estate, Field::Boundary);
    }
    Ok(EditLabel::ReshapeMany {
        gesture,
        name,
        estates,
    })
}

pub(super) fn split(
    _draft: &mut Draft,
    _id: EstateId,
    _line: &[LonLat],
    _ambient: &Ambient,
) -> Result<EditLabel, Refusal> {
    Err(ShapeProblem::DoesNotCross.into())
}

pub(super) fn join(
    _draft: &mut Draft,
    _keep: EstateId,
    _absorb: &[EstateId],
    _ambient: &Ambient,
) -> Result<EditLabel, Refusal> {
    Err(ShapeProblem::NothingToJoin.into())
}

pub(super) fn take_row(
    _draft: &mut Draft,
    _drawn: EstateId,
    _row: EstateId,
) -> Result<EditLabel, Refusal> {
    Err(Refusal::NothingChanges)
}
