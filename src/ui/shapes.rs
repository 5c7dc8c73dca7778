//! What squaring, simplifying and repairing make of the boundaries selected. Pure: the window
//! carries it out, the map shows it before.

use super::map::Ground;
use crate::geometry::ShapeProblem;
use crate::geometry::repair::{Fix, Repair, repaired};
use crate::geometry::simplify::simplified;
use crate::geometry::square::squared;
use crate::geometry::validity::is_sound;
use crate::model::{Boundary, EstateId, Survey};
use geo::{BoundingRect, CoordsIter};
use rstar::primitives::{GeomWithData, Rectangle};
use rstar::{AABB, RTree};
use std::collections::BTreeMap;
use std::sync::Arc;

/// So many boundaries are changed at once and no more: each is looked through within a frame.
pub const MOST_AT_ONCE: usize = 100;

/// What became of each boundary selected.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// As they will be, neighbours that move along among them.
    pub changed: BTreeMap<EstateId, Arc<Boundary>>,
    /// Which of those selected are among them.
    pub done: Vec<EstateId>,
    pub failed: Vec<(EstateId, ShapeProblem)>,
    pub fixes: Vec<Fix>,
}

/// Whether neighbours follow where a corner moves that they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Borders {
    Together,
    Apart,
}

/// The corners of each made square.
pub fn square(survey: &Survey, ids: &[EstateId], borders: Borders) -> Outcome {
    let near = match borders {
        Borders::Together => Near::of(survey),
        Borders::Apart => Near::default(),
    };
    let mut outcome = Outcome::default();
    for (id, stored) in boundaries(survey, ids) {
        // A neighbour done before may have taken corners of this one along.
        let own = outcome.changed.get(&id).cloned().unwrap_or(stored);
        let neighbours = near.to(&own).into_iter().filter(|(other, _)| *other != id);
        let neighbours = neighbours.map(|(other, boundary)| {
            let now = outcome.changed.get(&other);
            (other, now.cloned().unwrap_or(boundary))
        });
        let ground = Ground {
            own: (id, own.clone()),
            neighbours: neighbours.collect(),
        };
        let changed = squared(&own).and_then(|squared| {
            let changed = ground.reshaped(squared);
            let spoils = |(id, now): &(EstateId, Boundary)| {
                let before = survey.estate(*id).and_then(|e| e.boundary.as_deref());
                !is_sound(now) && before.is_none_or(is_sound)
            };
            match changed.iter().any(spoils) {
                true => Err(ShapeProblem::ResultUnsound),
                false => Ok(changed),
            }
        });
        match changed {
            Ok(changed) => outcome.take(id, &own, changed),
            Err(problem) => outcome.failed.push((id, problem)),
        }
    }
    outcome
}

/// Each without the corners that matter less than `tolerance_m`.
pub fn simplify(survey: &Survey, ids: &[EstateId], tolerance_m: f64) -> Outcome {
    let mut outcome = Outcome::default();
    for (id, stored) in boundaries(survey, ids) {
        match simplified(&stored, tolerance_m) {
            Ok(simpler) => outcome.take(id, &stored, vec![(id, simpler)]),
            Err(problem) => outcome.failed.push((id, problem)),
        }
    }
    outcome
}

/// Each made sound.
pub fn repair(survey: &Survey, ids: &[EstateId]) -> Outcome {
    let mut outcome = Outcome::default();
    for (id, stored) in boundaries(survey, ids) {
        match repaired(&stored) {
            Ok(Repair { boundary, fixes }) => {
                if !fixes.is_empty() {
                    outcome.take(id, &stored, vec![(id, boundary)]);
                    outcome.fixes.extend(fixes);
                }
            }
            Err(problem) => outcome.failed.push((id, problem)),
        }
    }
    outcome
}

impl Outcome {
    fn take(&mut self, id: EstateId, before: &Boundary, changed: Vec<(EstateId, Boundary)>) {
        let is_new = changed
            .iter()
            .any(|(other, now)| *other == id && now != before);
        if is_new {
            self.done.push(id);
            let changed = changed.into_iter();
            self.changed
                .extend(changed.map(|(id, boundary)| (id, Arc::new(boundary))));
        }
    }
}

/// How many corners a boundary has.
pub fn corner_count(boundary: &Boundary) -> usize {
    let rings = boundary.iter().map(|polygon| 1 + polygon.interiors().len());
    // Each ring repeats its first corner.
    boundary.coords_count().saturating_sub(rings.sum::<usize>())
}

/// The boundaries of those that count.
fn boundaries<'a>(
    survey: &'a Survey,
    ids: &'a [EstateId],
) -> impl Iterator<Item = (EstateId, Arc<Boundary>)> + 'a {
    let estates = ids.iter().filter_map(|id| survey.estate(*id));
    estates
        .filter(|estate| estate.standing.is_counted())
        .filter_map(|estate| Some((estate.id, estate.boundary.clone()?)))
}

/// Every boundary of the survey by place.
#[derive(Default)]
struct Near {
    tree: RTree<GeomWithData<Rectangle<[f64; 2]>, usize>>,
    boundaries: Vec<(EstateId, Arc<Boundary>)>,
}

impl Near {
    fn of(survey: &Survey) -> Self {
        let counted = survey.counted();
        let boundaries: Vec<_> = counted
            .filter_map(|estate| Some((estate.id, estate.boundary.clone()?)))
            .collect();
        let entries = boundaries.iter().enumerate().filter_map(|(index, (_, b))| {
            let [lower, upper] = corners_of(b)?;
            Some(GeomWithData::new(
                Rectangle::from_corners(lower, upper),
                index,
            ))
        });
        Self {
            tree: RTree::bulk_load(entries.collect()),
            boundaries,
        }
    }

    /// Those whose extent meets that of `boundary`, by key.
    fn to(&self, boundary: &Boundary) -> Vec<(EstateId, Arc<Boundary>)> {
        let Some([lower, upper]) = corners_of(boundary) else {
            return Vec::new();
        };
        let met = self
            .tree
            .locate_in_envelope_intersecting(AABB::from_corners(lower, upper));
        let mut met: Vec<_> = met
            .map(|entry| self.boundaries[entry.data].clone())
            .collect();
        met.sort_by_key(|(id, _)| *id);
        met
    }
}

/// South-west and north-east corner; `None` where it lies nowhere.
fn corners_of(boundary: &Boundary) -> Option<[[f64; 2]; 2]> {
    let extent = boundary.bounding_rect()?;
    let corners = [extent.min(), extent.max()].map(|corner| [corner.x, corner.y]);
    let mut axes = corners.iter().flatten();
    axes.all(|axis| axis.is_finite()).then_some(corners)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Estate;
    use crate::ui::test_bench::id;
    use geo::{Coord, LineString, Polygon};

    /// Corners in metres, more or less, from a place in Nanchang.
    fn boundary(corners: &[(f64, f64)]) -> Boundary {
        let at = |(x, y): &(f64, f64)| Coord {
            x: 115.9 + x / 97_800.0,
            y: 28.68 + y / 110_800.0,
        };
        let ring: LineString = corners.iter().map(at).collect();
        Polygon::new(ring, vec![]).into()
    }

    fn survey(boundaries: &[&[(f64, f64)]]) -> Survey {
        let estates = boundaries.iter().zip(1..).map(|(corners, number)| Estate {
            boundary: Some(Arc::new(boundary(corners))),
            ..Estate::new(id(number))
        });
        Survey::from_parts(estates, [], [], Default::default())
    }

    const CROOKED: &[(f64, f64)] = &[(0.0, 0.0), (100.0, 0.0), (98.0, 60.0), (0.0, 60.0)];
    const BESIDE: &[(f64, f64)] = &[(100.0, 0.0), (200.0, 0.0), (200.0, 60.0), (98.0, 60.0)];
    const TRIANGLE: &[(f64, f64)] = &[(0.0, 200.0), (100.0, 200.0), (30.0, 250.0)];

    #[test]
    fn a_squared_estate_takes_its_neighbour_along_where_asked() {
        let survey = survey(&[CROOKED, BESIDE]);
        let apart = square(&survey, &[id(1)], Borders::Apart);
        assert_eq!(apart.changed.keys().copied().collect::<Vec<_>>(), [id(1)]);
        let together = square(&survey, &[id(1)], Borders::Together);
        assert_eq!(together.done, [id(1)]);
        let common = |id: EstateId| -> Vec<Coord> {
            let corners: Vec<_> = together.changed[&id].coords_iter().collect();
            corners
                .into_iter()
                .filter(|at| (115.9009..115.9012).contains(&at.x))
                .collect()
        };
        let (ours, theirs) = (common(id(1)), common(id(2)));
        assert_eq!(ours.len(), 2);
        assert!(
            ours.iter().all(|at| theirs.contains(at)),
            "{ours:?} {theirs:?}"
        );
    }

    #[test]
    fn of_several_each_is_done_or_says_why_not() {
        let survey = survey(&[CROOKED, TRIANGLE]);
        let outcome = square(&survey, &[id(1), id(2), id(9)], Borders::Apart);
        assert_eq!(outcome.done, [id(1)]);
        assert_eq!(outcome.failed, [(id(2), ShapeProblem::NotNearlySquare)]);
        // What is square already is neither.
        let again = Survey::from_parts(
            outcome.changed.iter().map(|(id, boundary)| Estate {
                boundary: Some(boundary.clone()),
                ..Estate::new(*id)
            }),
            [],
            [],
            Default::default(),
        );
        assert_eq!(square(&again, &[id(1)], Borders::Apart), Outcome::default());
    }

    #[test]
    fn a_repair_tells_what_it_did_and_leaves_the_sound_alone() {
        let bow_tie: &[(f64, f64)] = &[(0.0, 0.0), (100.0, 60.0), (100.0, 0.0), (0.0, 60.0)];
        let survey = survey(&[bow_tie, BESIDE]);
        let outcome = repair(&survey, &[id(1), id(2)]);
        assert_eq!(outcome.done, [id(1)]);
        assert!(!outcome.fixes.is_empty());
        assert!(is_sound(&outcome.changed[&id(1)]));
    }

    #[test]
    fn a_coarser_tolerance_leaves_fewer_corners() {
        let wavy: Vec<_> = (0..40)
            .map(|n| (f64::from(n) * 5.0, f64::from(n % 2)))
            .chain([(195.0, 100.0), (0.0, 100.0)])
            .collect();
        let survey = survey(&[&wavy]);
        let left = |tolerance_m| {
            let outcome = simplify(&survey, &[id(1)], tolerance_m);
            outcome
                .changed
                .get(&id(1))
                .map(|boundary| corner_count(boundary))
        };
        assert_eq!(left(0.1), None);
        assert_eq!(left(2.0), Some(4));
    }
}
