//! What a finished sketch asks for.

use super::neighbours;
use super::outcome::{Outcome, held, outcome, with_polygons};
use crate::edit::{BuildingPlace, Command};
use crate::geometry::{ShapeProblem, clip, parts};
use crate::model::{Boundary, EstateId, ShapeGesture, Survey};
use crate::ui::preferences::Switch;
use crate::ui::tool::Sketch;
use std::sync::Arc;

/// What a sketch becomes.
#[derive(Clone, Debug, PartialEq)]
pub enum Finished {
    Edit {
        command: Box<Command>,
        /// What was left to neighbours.
        cut: Option<Cut>,
    },
    Building {
        estate: EstateId,
        place: BuildingPlace,
    },
    /// Nothing that is stored.
    Measured,
}

/// Ground that was drawn, but belongs to neighbours already.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    pub area_m2: f64,
    pub neighbours: Vec<EstateId>,
}

/// Ends `sketch`. With `avoid_overlap` on, new ground is clipped to the neighbours.
///
/// # Errors
/// Why it cannot become an edit yet; the sketch should stay in hand.
pub fn finish(
    sketch: &Sketch,
    survey: &Survey,
    avoid_overlap: Switch,
) -> Result<Finished, ShapeProblem> {
    let clipped = |boundary| clipped(boundary, survey, sketch.purpose.estate(), avoid_overlap);
    let (command, cut) = match outcome(sketch, survey)? {
        Outcome::Measured => return Ok(Finished::Measured),
        Outcome::Building { estate, place } => {
            return Ok(Finished::Building { estate, place });
        }
        Outcome::Drawn(boundary) => {
            let (boundary, cut) = clipped(boundary)?;
            let boundary = Arc::new(boundary);
            let command = match sketch.purpose.estate() {
                Some(estate) => Command::Reshape { estate, boundary },
                None => Command::Draw { boundary },
            };
            (command, cut)
        }
        Outcome::Reshaped {
            estate,
            gesture: gesture @ ShapeGesture::AddPart,
            ..
        } => {
            let (part, cut) = clipped(parts::ring_boundary(&sketch.corners)?)?;
            let boundary = with_polygons(held(survey, estate)?, &part)?;
            (reshape(estate, boundary, gesture), cut)
        }
        Outcome::Reshaped {
            estate,
            boundary,
            gesture,
        } => (reshape(estate, boundary, gesture), None),
        Outcome::Split { estate, .. } => {
            let line = sketch.corners.clone();
            (Command::Split { estate, line }, None)
        }
    };
    let command = Box::new(command);
    Ok(Finished::Edit { command, cut })
}

fn reshape(estate: EstateId, boundary: Boundary, gesture: ShapeGesture) -> Command {
    Command::ReshapeMany {
        boundaries: vec![(estate, Arc::new(boundary))],
        gesture,
    }
}

fn clipped(
    boundary: Boundary,
    survey: &Survey,
    own: Option<EstateId>,
    avoid_overlap: Switch,
) -> Result<(Boundary, Option<Cut>), ShapeProblem> {
    if !avoid_overlap.is_on() {
        return Ok((boundary, None));
    }
    let near = neighbours::near(survey, &boundary, own);
    let ground: Vec<_> = near.iter().map(|(_, ground)| *ground).collect();
    let clipped = clip::without(&boundary, &ground)?;
    let cut = (!clipped.by.is_empty()).then(|| Cut {
        area_m2: clipped.removed_m2,
        neighbours: clipped.by.iter().map(|index| near[*index].0.id).collect(),
    });
    Ok((clipped.boundary, cut))
}
