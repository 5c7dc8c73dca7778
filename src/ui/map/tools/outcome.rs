//! What a sketch would become if it were finished now: shown while it is drawn, and what
//! finishing it commits.

use crate::edit::BuildingPlace;
use crate::geometry::{ShapeProblem, parts, reshape, split, transform, validity};
use crate::model::{Boundary, EstateId, LonLat, ShapeGesture, Survey};
use crate::ui::tool::{Purpose, Sketch};
use std::sync::Arc;

#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// The boundary of a new estate, or of a record that had none.
    Drawn(Boundary),
    /// An estate's boundary as it would be.
    Reshaped {
        estate: EstateId,
        boundary: Boundary,
        gesture: ShapeGesture,
    },
    Split {
        estate: EstateId,
        /// Largest first.
        parts: Vec<Boundary>,
    },
    Building {
        estate: EstateId,
        place: BuildingPlace,
    },
    /// Nothing that is stored.
    Measured,
}

/// # Errors
/// Why it cannot be finished like this.
pub fn outcome(sketch: &Sketch, survey: &Survey) -> Result<Outcome, ShapeProblem> {
    let corners = &sketch.corners;
    match sketch.purpose {
        Purpose::NewEstate | Purpose::Boundary { .. } | Purpose::Rectangle { .. } => {
            parts::ring_boundary(&ring(sketch)).map(Outcome::Drawn)
        }
        Purpose::Building { estate } => Ok(Outcome::Building {
            estate,
            place: match corners[..] {
                // One click is a point.
                [at] => BuildingPlace::Point(at),
                _ => BuildingPlace::Footprint(Arc::new(parts::ring_boundary(corners)?)),
            },
        }),
        Purpose::Hole { estate } => Ok(Outcome::Reshaped {
            estate,
            boundary: parts::with_hole(held(survey, estate)?, corners)?,
            gesture: ShapeGesture::AddHole,
        }),
        Purpose::Part { estate } => Ok(Outcome::Reshaped {
            estate,
            boundary: parts::with_part(held(survey, estate)?, corners)?,
            gesture: ShapeGesture::AddPart,
        }),
        Purpose::Reshape { estate } => Ok(Outcome::Reshaped {
            estate,
            boundary: reshape::reshaped(held(survey, estate)?, corners)?,
            gesture: ShapeGesture::Reshape,
        }),
        Purpose::Split { estate } => Ok(Outcome::Split {
            estate,
            parts: split::split(held(survey, estate)?, corners)?,
        }),
        Purpose::Measure => Ok(Outcome::Measured),
    }
}

/// The corners of the ring that a sketch is of: a rectangle has one more than was clicked.
pub fn ring(sketch: &Sketch) -> Vec<LonLat> {
    match (sketch.purpose, sketch.corners.as_slice()) {
        (Purpose::Rectangle { .. }, [a, b, c, ..]) => {
            transform::rectangle_corners(*a, *b, *c).into()
        }
        (_, corners) => corners.to_vec(),
    }
}

/// The boundary that a record has.
///
/// # Errors
/// [`ShapeProblem::NoSuchRing`]
pub fn held(survey: &Survey, estate: EstateId) -> Result<&Boundary, ShapeProblem> {
    let record = survey.estate(estate);
    let boundary = record.and_then(|record| record.boundary.as_deref());
    boundary.ok_or(ShapeProblem::NoSuchRing)
}

/// `boundary` with the polygons of `more`, which may have holes.
///
/// # Errors
/// [`ShapeProblem::PartOverlaps`]
pub fn with_polygons(boundary: &Boundary, more: &Boundary) -> Result<Boundary, ShapeProblem> {
    let both = boundary.iter().chain(more.iter()).cloned().collect();
    let both = Boundary::new(both);
    match validity::is_sound(&both) {
        true => Ok(both),
        false => Err(ShapeProblem::PartOverlaps),
    }
}
