//! Commands of the drawing tools: several boundaries at once, and one cut in parts.

use super::command::Refusal;
use super::draft::Draft;
use super::plan::{Ambient, check_corners, count};
use crate::geometry::validity::is_sound;
use crate::geometry::{ShapeProblem, split};
use crate::model::{
    Boundary, Building, EditLabel, Estate, EstateId, Field, LonLat, ShapeGesture, ValueSource,
};
use geo::{Contains, Coord};
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
        estate.mark_surveyed(Field::Boundary);
    }
    Ok(EditLabel::ReshapeMany {
        gesture,
        name,
        estates,
    })
}

/// Cuts an estate along a line; what lies beyond goes with the part it lies in.
pub(super) fn split(
    draft: &mut Draft,
    id: EstateId,
    line: &[LonLat],
    ambient: &Ambient,
) -> Result<EditLabel, Refusal> {
    let whole = draft.counted(id)?.clone();
    let name = whole.name.clone();
    let Some(boundary) = &whole.boundary else {
        return Err(Refusal::NoBoundary { name });
    };
    let parts = split::split(boundary, line)?;
    let label = EditLabel::Split {
        name,
        parts: count(parts.len()),
    };
    let mut parts = parts.into_iter();
    let estate = draft.counted(id)?;
    estate.boundary = parts.next().map(Arc::new);
    estate.mark_surveyed(Field::Boundary);
    let free = |id: &EstateId| draft.estate(*id).is_err();
    let keys: Vec<_> = ambient
        .new_estates()
        .filter(free)
        .take(parts.len())
        .collect();
    for (key, part) in keys.into_iter().zip(parts) {
        move_what_lies_in(draft, id, (key, &part))?;
        draft.insert(cut_off(&whole, key, part));
    }
    Ok(label)
}

/// A part as a record of its own. It lies in the same place and was built in the same years, but
/// the counts stay with the record that keeps the name: they are of the whole, and households
/// entered twice would count twice («不重»). Which part a facility gap is in, and what the residents
/// of a part want, nobody has said: not surveyed.
fn cut_off(whole: &Estate, key: EstateId, part: Boundary) -> Estate {
    let taken = Estate {
        county_code: whole.county_code.clone(),
        street_code: whole.street_code.clone(),
        community_codes: whole.community_codes.clone(),
        locality: whole.locality,
        address: whole.address.clone(),
        build_year: whole.build_year,
        year_min: whole.year_min,
        year_max: whole.year_max,
        year_basis: whole.year_basis,
        tenure: whole.tenure.clone(),
        orig_unit: whole.orig_unit.clone(),
        residential: whole.residential,
        exclusions: whole.exclusions.clone(),
        exclusion_note: whole.exclusion_note.clone(),
        ..Estate::new(key)
    };
    let carried = Field::PLAIN.iter().filter(|f| taken.get(f).is_some());
    // No row of a list says this of the part: what was not the surveyor's word is now inferred.
    let inferred = carried.filter(|field| whole.source_of(field) != ValueSource::Surveyed);
    let sources = inferred.map(|f| (*f, ValueSource::Derived)).collect();
    Estate {
        boundary: Some(Arc::new(part)),
        sources,
        ..taken
    }
}

/// Buildings and photos stand where they stand, whoever's they are called.
fn move_what_lies_in(
    draft: &mut Draft,
    from: EstateId,
    (to, part): (EstateId, &Boundary),
) -> Result<(), Refusal> {
    let lies_inside = |at: Option<LonLat>| at.is_some_and(|at| part.contains(&Coord::from(at)));
    for building in draft.own_buildings(from) {
        if lies_inside(building.anchor()) {
            let moved = Building {
                estate: to,
                ..building.as_ref().clone()
            };
            draft.put_building(building.id, Some(moved));
        }
    }
    for photo in draft.photos_of(from) {
        if lies_inside(draft.photo(photo)?.position) {
            draft.edit_photo(photo)?.estate = Some(to);
        }
    }
    Ok(())
}
