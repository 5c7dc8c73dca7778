//! What is wrong with a boundary that is stored or in the hand: marked on the map where it is.

use super::scene::Scene;
use super::tools::corners::rings;
use super::tools::flaws::{self, Flaw, Form};
use super::tools::neighbours::is_neighbour;
use crate::geometry::sliver::is_sliver;
use crate::geometry::validity::{BoundaryProblem, RingIndex, problems};
use crate::model::{Boundary, EstateId, LonLat};
use geo::{BoundingRect, Centroid};

/// A survey drawn over a whole town is checked against no more neighbours than these in a frame.
const MOST_NEIGHBOURS: usize = 40;

/// The flaws of a stored boundary, looked for once an edit.
#[derive(Default)]
pub struct Problems {
    of: Option<(EstateId, u64)>,
    flaws: Vec<Flaw>,
}

impl Problems {
    /// Those of `estate` in the state of the survey that `revision` names.
    pub fn look(&mut self, scene: &Scene, estate: EstateId, revision: u64) -> &[Flaw] {
        if self.of != Some((estate, revision)) {
            self.of = Some((estate, revision));
            let slot = scene
                .slot(estate)
                .filter(|slot| is_neighbour(&slot.estate, None));
            self.flaws = slot
                .and_then(|slot| slot.boundary())
                .map_or(Vec::new(), |boundary| {
                    let mut flaws = of_boundary(boundary);
                    flaws.extend(of_neighbours(scene, boundary, &[estate]));
                    flaws
                });
        }
        &self.flaws
    }
}

/// What is wrong with the rings of a boundary, and between them.
pub fn of_boundary(boundary: &Boundary) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (_, ring) in rings(boundary) {
        let open = &ring.0[..ring.0.len().saturating_sub(1)];
        let open: Vec<_> = open.iter().map(|at| LonLat::from(*at)).collect();
        flaws.extend(flaws::of_corners(&open, Form::Ring));
    }
    let found = problems(boundary);
    if found.iter().all(BoundaryProblem::is_harmless) {
        let middle = boundary.centroid().filter(|_| is_sliver(boundary));
        flaws.extend(middle.map(|at| Flaw::Thin(at.0.into())));
    }
    flaws.extend(found.into_iter().filter_map(|problem| {
        let at = first_corner(boundary, ring_of(problem)?)?;
        Some(Flaw::Ring { at, problem })
    }));
    flaws
}

/// Ground that a boundary shares with neighbours that do not move with it.
pub fn of_neighbours(scene: &Scene, boundary: &Boundary, own: &[EstateId]) -> Vec<Flaw> {
    let Some(extent) = boundary.bounding_rect() else {
        return Vec::new();
    };
    let near = scene.within(extent);
    let mut near: Vec<_> = near
        .filter(|slot| is_neighbour(&slot.estate, None) && !own.contains(&slot.estate.id))
        .filter_map(|slot| Some((slot.estate.id, slot.boundary()?)))
        .collect();
    if near.len() > MOST_NEIGHBOURS {
        // Thousands are not put in order for the sake of a few.
        near.select_nth_unstable_by_key(MOST_NEIGHBOURS, |(id, _)| *id);
        near.truncate(MOST_NEIGHBOURS);
    }
    near.sort_by_key(|(id, _)| *id);
    flaws::overlaps(boundary, near)
}

/// Where a problem is that has no position of its own; `None` where it is marked already.
fn ring_of(problem: BoundaryProblem) -> Option<RingIndex> {
    let outer = |polygon| RingIndex { polygon, ring: 0 };
    match problem {
        BoundaryProblem::Empty
        | BoundaryProblem::BadPosition { .. }
        | BoundaryProblem::SelfCrossing { .. }
        | BoundaryProblem::RepeatedPosition { .. } => None,
        BoundaryProblem::TooFewPositions { at }
        | BoundaryProblem::ZeroArea { at }
        | BoundaryProblem::HoleOutside { at }
        | BoundaryProblem::HolesOverlap { at, .. } => Some(at),
        BoundaryProblem::PolygonsOverlap { other, .. }
        | BoundaryProblem::PolygonsTouch { other, .. } => Some(outer(other)),
    }
}

fn first_corner(boundary: &Boundary, at: RingIndex) -> Option<LonLat> {
    let (_, ring) = rings(boundary).find(|(index, _)| *index == at)?;
    ring.0.first().map(|at| LonLat::from(*at))
}
