//! Corners in the hand, alone or with those of neighbours at the same place, as pure functions.
//!
//! What moves together ends on the very same bits, so that neighbours stay neighbours.

use super::ring::{Corner, corners, with_inserted};
use crate::geometry::shared::{SharedCorner, coincident, insert_shared, move_shared};
use crate::geometry::validity::{RingIndex, is_sound};
use crate::geometry::{ShapeProblem, parts};
use crate::model::{Boundary, EstateId, LonLat, ShapeGesture};
use geo::{Coord, LineString, Polygon};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The outer ring of a boundary's first part: of most boundaries the only one.
pub const OUTER: RingIndex = RingIndex {
    polygon: 0,
    ring: 0,
};

/// A boundary, and the neighbours whose corners go with its own: none where borders are moved
/// apart.
#[derive(Clone, Debug)]
pub struct Ground {
    pub own: (EstateId, Arc<Boundary>),
    pub neighbours: Vec<(EstateId, Arc<Boundary>)>,
}

/// Boundaries as an edit would leave them; those it does not change are not among them.
pub type Changed = Vec<(EstateId, Boundary)>;

impl Ground {
    fn all(&self) -> impl Iterator<Item = &(EstateId, Arc<Boundary>)> {
        std::iter::once(&self.own).chain(&self.neighbours)
    }

    fn borrowed(&self) -> Vec<(EstateId, &Boundary)> {
        self.all()
            .map(|(id, boundary)| (*id, &**boundary))
            .collect()
    }

    /// Every corner at `at` that goes with the own one there.
    fn together(&self, at: LonLat) -> Vec<SharedCorner> {
        match self.neighbours.is_empty() {
            true => Vec::new(),
            false => coincident(&self.borrowed(), at),
        }
    }

    /// With a corner of each neighbour wherever its border runs through one of `places`: where two
    /// meet on a third one's side, all three stay together.
    pub fn with_corners_at(&self, places: impl IntoIterator<Item = LonLat>) -> Self {
        places.into_iter().fold(self.clone(), |ground, at| {
            let neighbours: Vec<_> = ground
                .neighbours
                .iter()
                .map(|(id, b)| (*id, &**b))
                .collect();
            let joined = move_shared(&neighbours, at, at);
            ground.with(joined)
        })
    }

    /// The own boundary become `own`, and the neighbours with the corners that it moved. Where its
    /// rings have other corners than before, it is changed alone.
    pub fn reshaped(&self, own: Boundary) -> Changed {
        let id = self.own.0;
        let (before, after) = (corners(&self.own.1), corners(&own));
        let same_corners = before.len() == after.len()
            && before
                .iter()
                .zip(&after)
                .all(|(one, other)| one.0 == other.0);
        if !same_corners || self.neighbours.is_empty() {
            return vec![(id, own)];
        }
        let moved = before.iter().zip(&after);
        let moved: Vec<_> = moved
            .map(|((_, from), (_, to))| (*from, *to))
            .filter(|(from, to)| from != to)
            .collect();
        let joined = self.with_corners_at(moved.iter().map(|(from, _)| *from));
        let mut moves: BTreeMap<EstateId, BTreeMap<Corner, LonLat>> = BTreeMap::new();
        for (from, to) in moved {
            for shared in joined.together(from).iter().filter(|s| s.estate != id) {
                let corner = Corner::of(shared);
                moves.entry(shared.estate).or_default().insert(corner, to);
            }
        }
        let neighbours = joined.neighbours.iter().filter_map(|(id, boundary)| {
            let moves = moves.get(id)?;
            Some((*id, placed(boundary, moves)))
        });
        std::iter::once((id, own)).chain(neighbours).collect()
    }

    /// With a new corner in the middle of the side that begins at `corner`, also in the neighbours
    /// that have this side.
    pub fn with_inserted(&self, corner: Corner, at: LonLat) -> Self {
        let (id, own) = &self.own;
        let neighbours: Vec<_> = self.neighbours.iter().map(|(id, b)| (*id, &**b)).collect();
        let edge = side(own, corner);
        let mut added = edge.map_or(Vec::new(), |edge| insert_shared(&neighbours, edge, at));
        added.push((*id, with_inserted(own, corner, at)));
        self.with(added)
    }

    /// Without these corners of the own boundary, and without those of neighbours at their place.
    /// A ring of which every corner goes is removed.
    ///
    /// # Errors
    /// [`ShapeProblem::TooFewCorners`] where less than a triangle would be left of a ring,
    /// [`ShapeProblem::LastPart`] where nothing would be left.
    pub fn without(&self, gone: &BTreeSet<Corner>) -> Result<Removed, ShapeProblem> {
        let (own_id, own) = &self.own;
        let (kept, rings) = without_own(own, gone)?;
        let mut of_neighbours: BTreeMap<EstateId, BTreeSet<Corner>> = BTreeMap::new();
        for (_, at) in corners(own)
            .iter()
            .filter(|(corner, _)| gone.contains(corner))
        {
            for shared in self.together(*at).iter().filter(|s| s.estate != *own_id) {
                of_neighbours
                    .entry(shared.estate)
                    .or_default()
                    .insert(Corner::of(shared));
            }
        }
        let mut changed = vec![(*own_id, kept)];
        for (id, boundary) in &self.neighbours {
            if let Some(gone) = of_neighbours.get(id) {
                let (kept, rings) = without_own(boundary, gone)?;
                // A neighbour never loses ground to a border that is smoothed.
                if !rings.is_empty() {
                    return Err(ShapeProblem::TooFewCorners);
                }
                changed.push((*id, kept));
            }
        }
        let gesture = match rings.first() {
            Some(RingIndex { ring: 0, .. }) => Some(ShapeGesture::RemovePart),
            Some(_) => Some(ShapeGesture::RemoveHole),
            None => None,
        };
        Ok(Removed { changed, gesture })
    }

    /// The same boundaries, changed.
    pub fn with(&self, changed: Changed) -> Self {
        let mut changed: BTreeMap<_, _> = changed.into_iter().collect();
        let mut now = |(id, before): &(EstateId, Arc<Boundary>)| {
            let now = changed.remove(id).map(Arc::new);
            (*id, now.unwrap_or_else(|| before.clone()))
        };
        Self {
            own: now(&self.own),
            neighbours: self.neighbours.iter().map(now).collect(),
        }
    }

    pub fn into_changed(self) -> Changed {
        let all = std::iter::once(self.own).chain(self.neighbours);
        all.map(|(id, boundary)| (id, Arc::unwrap_or_clone(boundary)))
            .collect()
    }
}

/// The first estate whose boundary is sound before and not after.
pub fn spoilt(
    changed: &Changed,
    before: impl Fn(EstateId) -> Option<Arc<Boundary>>,
) -> Option<EstateId> {
    let was_sound = |id| before(id).is_none_or(|before| is_sound(&before));
    changed
        .iter()
        // A draft may be unsound, and may be mended step by step.
        .find(|(id, now)| !is_sound(now) && was_sound(*id))
        .map(|(id, _)| *id)
}

/// What is left without some corners, and what the edit is called where a ring went.
#[derive(Clone, Debug, PartialEq)]
pub struct Removed {
    pub changed: Changed,
    pub gesture: Option<ShapeGesture>,
}

/// Corners in the hand: whose each is, and where it lay.
#[derive(Clone, Debug, PartialEq)]
pub struct Carried {
    corners: BTreeMap<(EstateId, Corner), LonLat>,
}

impl Carried {
    pub fn of(ground: &Ground, chosen: &BTreeSet<Corner>) -> Self {
        let (own_id, own) = &ground.own;
        let lay: Vec<_> = corners(own)
            .into_iter()
            .filter(|(corner, _)| chosen.contains(corner))
            .collect();
        let mut carried: BTreeMap<_, _> = lay
            .iter()
            .map(|(corner, at)| ((*own_id, *corner), *at))
            .collect();
        for (_, at) in &lay {
            for shared in ground.together(*at) {
                let key = (shared.estate, Corner::of(&shared));
                // Nearly the same place becomes the same.
                carried.entry(key).or_insert(*at);
            }
        }
        Self { corners: carried }
    }

    /// Whose corners these are.
    pub fn estates(&self) -> BTreeSet<EstateId> {
        self.corners.keys().map(|(id, _)| *id).collect()
    }

    /// The boundaries with `lead` moved to `to`, and everything else in the hand with it.
    pub fn moved(&self, ground: &Ground, lead: LonLat, to: LonLat) -> Changed {
        let destination = |at: LonLat| match at == lead {
            // What is snapped to is met to the bit.
            true => to,
            false => LonLat::new(at.lon + (to.lon - lead.lon), at.lat + (to.lat - lead.lat)),
        };
        let mut moves: BTreeMap<EstateId, BTreeMap<Corner, LonLat>> = BTreeMap::new();
        for ((id, corner), at) in &self.corners {
            moves
                .entry(*id)
                .or_default()
                .insert(*corner, destination(*at));
        }
        ground
            .all()
            .filter_map(|(id, boundary)| Some((*id, placed(boundary, moves.get(id)?))))
            .collect()
    }
}

impl Corner {
    pub fn of(shared: &SharedCorner) -> Self {
        Self {
            polygon: shared.ring.polygon,
            ring: shared.ring.ring,
            position: shared.position,
        }
    }

    pub fn ring_index(self) -> RingIndex {
        RingIndex {
            polygon: self.polygon,
            ring: self.ring,
        }
    }
}

/// The side that begins at `corner`.
pub fn side(boundary: &Boundary, corner: Corner) -> Option<(LonLat, LonLat)> {
    let (_, ring) = rings(boundary).find(|(index, _)| *index == corner.ring_index())?;
    // Rings are stored closed: the last position is the first again.
    let end = ring.0.get(corner.position + 1)?;
    Some((ring.0[corner.position].into(), (*end).into()))
}

/// Every ring, outer ones before their holes.
pub fn rings(boundary: &Boundary) -> impl Iterator<Item = (RingIndex, &LineString)> {
    boundary.iter().enumerate().flat_map(|(polygon, shape)| {
        let rings = std::iter::once(shape.exterior()).chain(shape.interiors());
        rings
            .enumerate()
            .map(move |(ring, line)| (RingIndex { polygon, ring }, line))
    })
}

fn placed(boundary: &Boundary, moves: &BTreeMap<Corner, LonLat>) -> Boundary {
    edited(boundary, |ring, open| {
        for (position, at) in open.iter_mut().enumerate() {
            let corner = Corner {
                polygon: ring.polygon,
                ring: ring.ring,
                position,
            };
            if let Some(to) = moves.get(&corner) {
                *at = (*to).into();
            }
        }
    })
}

/// The boundary without `gone`, and the rings that went whole.
fn without_own(
    boundary: &Boundary,
    gone: &BTreeSet<Corner>,
) -> Result<(Boundary, Vec<RingIndex>), ShapeProblem> {
    let mut whole = Vec::new();
    let mut too_few = false;
    let kept = edited(boundary, |ring, open| {
        let is_gone = |position: usize| {
            gone.contains(&Corner {
                polygon: ring.polygon,
                ring: ring.ring,
                position,
            })
        };
        let count = (0..open.len())
            .filter(|position| is_gone(*position))
            .count();
        if count == open.len() {
            whole.push(ring);
        } else if count > 0 {
            let mut position = 0;
            open.retain(|_| {
                position += 1;
                !is_gone(position - 1)
            });
            too_few |= open.len() < 3;
        }
    });
    if too_few {
        return Err(ShapeProblem::TooFewCorners);
    }
    // From the back, so that the rings before keep their number. With its outer ring a part loses
    // its holes.
    let rest = whole.iter().rev().filter(|ring| {
        let outer = RingIndex { ring: 0, ..**ring };
        ring.ring == 0 || !whole.contains(&outer)
    });
    let kept = rest
        .copied()
        .try_fold(kept, |kept, ring| parts::without_ring(&kept, ring))?;
    Ok((kept, whole))
}

/// Every ring opened, edited, and closed again.
fn edited(boundary: &Boundary, mut edit: impl FnMut(RingIndex, &mut Vec<Coord>)) -> Boundary {
    let polygons = boundary.iter().cloned().enumerate();
    let polygons = polygons.map(|(polygon, shape)| {
        let (mut exterior, mut interiors) = shape.into_inner();
        for (ring, line) in std::iter::once(&mut exterior)
            .chain(&mut interiors)
            .enumerate()
        {
            line.0.pop();
            edit(RingIndex { polygon, ring }, &mut line.0);
        }
        Polygon::new(exterior, interiors)
    });
    geo::MultiPolygon(polygons.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(x: f64, y: f64) -> LonLat {
        LonLat::new(115.9 + x / 1000.0, 28.6 + y / 1000.0)
    }

    fn ring(places: &[(f64, f64)]) -> geo::LineString {
        places
            .iter()
            .map(|(x, y)| Coord::from(at(*x, *y)))
            .collect()
    }

    fn id(number: u128) -> EstateId {
        EstateId(uuid::Uuid::from_u128(number))
    }

    fn rectangle(west: f64, east: f64) -> Arc<Boundary> {
        let corners = [(west, 0.0), (east, 0.0), (east, 2.0), (west, 2.0)];
        Arc::new(Polygon::new(ring(&corners), vec![]).into())
    }

    fn corner(position: usize) -> Corner {
        Corner {
            polygon: 0,
            ring: 0,
            position,
        }
    }

    /// Two squares side by side.
    fn pair() -> Ground {
        Ground {
            own: (id(1), rectangle(0.0, 2.0)),
            neighbours: vec![(id(2), rectangle(2.0, 4.0))],
        }
    }

    fn alone() -> Ground {
        Ground {
            neighbours: Vec::new(),
            ..pair()
        }
    }

    fn places(boundary: &Boundary) -> Vec<LonLat> {
        corners(boundary).into_iter().map(|(_, at)| at).collect()
    }

    #[test]
    fn a_shared_corner_moves_in_both_to_the_same_bits_and_alone_where_not_asked() {
        let to = LonLat::new(115.902_013_337, 28.599_876_543);
        for (ground, estates) in [(pair(), vec![id(1), id(2)]), (alone(), vec![id(1)])] {
            let carried = Carried::of(&ground, &[corner(1)].into());
            let changed = carried.moved(&ground, at(2.0, 0.0), to);
            let ids: Vec<_> = changed.iter().map(|(id, _)| *id).collect();
            assert_eq!(ids, estates);
            for (id, boundary) in &changed {
                assert!(places(boundary).contains(&to), "{id:?}");
                assert!(!places(boundary).contains(&at(2.0, 0.0)), "{id:?}");
            }
        }
    }

    #[test]
    fn moving_the_first_corner_keeps_the_ring_closed() {
        let carried = Carried::of(&alone(), &[corner(0)].into());
        let changed = carried.moved(&alone(), at(0.0, 0.0), at(-1.0, -1.0));
        let ring = changed[0].1.0[0].exterior();
        assert!(ring.is_closed());
        assert_eq!(ring.0.len(), 5);
        assert_eq!(places(&changed[0].1)[0], at(-1.0, -1.0));
    }

    #[test]
    fn several_corners_keep_their_shape_and_may_swap_places() {
        // Both corners of the common side one side's length north: one lands where the other lay.
        let ground = pair();
        let carried = Carried::of(&ground, &[corner(1), corner(2)].into());
        let changed = carried.moved(&ground, at(2.0, 0.0), at(2.0, 2.0));
        let [(_, own), (_, neighbour)] = &changed[..] else {
            panic!("{changed:?}");
        };
        assert_eq!(places(own)[1], at(2.0, 2.0));
        assert_eq!(places(own)[2], places(neighbour)[3]);
        assert_eq!(places(own)[0], at(0.0, 0.0));
    }

    #[test]
    fn a_corner_in_the_middle_of_a_common_side_is_one_of_both() {
        let middle = at(2.0, 1.0);
        let ground = pair().with_inserted(corner(1), middle);
        assert_eq!(places(&ground.own.1)[2], middle);
        assert!(places(&ground.neighbours[0].1).contains(&middle));
        let outside = pair().with_inserted(corner(0), at(1.0, 0.0));
        assert_eq!(outside.neighbours, pair().neighbours);
    }

    #[test]
    fn a_corner_on_the_middle_of_a_neighbours_side_takes_the_side_along() {
        let ground = Ground {
            neighbours: vec![(id(2), rectangle(0.0, 4.0)), (id(3), rectangle(2.0, 4.0))],
            ..pair()
        };
        let joined = ground.with_corners_at([at(2.0, 0.0)]);
        let to = at(2.0, -0.3);
        let changed = Carried::of(&joined, &[corner(1)].into()).moved(&joined, at(2.0, 0.0), to);
        assert_eq!(changed.len(), 3);
        assert!(
            changed
                .iter()
                .all(|(_, boundary)| places(boundary).contains(&to))
        );
        assert_eq!(places(&changed[1].1).len(), 5);
    }

    #[test]
    fn corners_go_down_to_a_triangle_and_a_whole_ring_goes_at_once() {
        let hole = ring(&[(0.5, 0.5), (1.0, 0.5), (1.0, 1.0)]);
        let outer = ring(&[(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]);
        let other = ring(&[(5.0, 0.0), (6.0, 0.0), (6.0, 1.0)]);
        let boundary = geo::MultiPolygon(vec![
            Polygon::new(outer, vec![hole]),
            Polygon::new(other, vec![]),
        ]);
        let ground = Ground {
            own: (id(1), Arc::new(boundary)),
            neighbours: Vec::new(),
        };
        let of = |polygon: usize, ring: usize, positions: std::ops::Range<usize>| {
            let corner = move |position| Corner {
                polygon,
                ring,
                position,
            };
            positions.map(corner).collect::<BTreeSet<_>>()
        };
        let left = |gone: &BTreeSet<Corner>| {
            let removed = ground.without(gone)?;
            Ok((corners(&removed.changed[0].1).len(), removed.gesture))
        };
        assert_eq!(left(&of(0, 0, 0..1)), Ok((9, None)));
        assert_eq!(left(&of(0, 0, 0..2)), Err(ShapeProblem::TooFewCorners));
        let hole_goes = Ok((7, Some(ShapeGesture::RemoveHole)));
        assert_eq!(left(&of(0, 1, 0..3)), hole_goes);
        let part_goes = Ok((7, Some(ShapeGesture::RemovePart)));
        assert_eq!(left(&of(1, 0, 0..3)), part_goes);
        let everything = &(&of(0, 0, 0..4) | &of(0, 1, 0..3)) | &of(1, 0, 0..3);
        assert_eq!(left(&everything), Err(ShapeProblem::LastPart));
    }

    #[test]
    fn a_shared_corner_goes_from_both_but_never_spoils_the_neighbour() {
        let ground = pair().with_inserted(corner(1), at(2.0, 1.0));
        let removed = ground.without(&[corner(2)].into()).unwrap();
        assert_eq!(removed.changed.len(), 2);
        let triangle = ring(&[(2.0, 0.0), (4.0, 1.0), (2.0, 2.0)]);
        let ground = Ground {
            neighbours: vec![(id(2), Arc::new(Polygon::new(triangle, vec![]).into()))],
            ..alone()
        };
        let refused = ground.without(&[corner(1)].into());
        assert_eq!(refused, Err(ShapeProblem::TooFewCorners));
    }

    #[test]
    fn a_change_that_spoils_a_boundary_is_told_by_its_estate_and_a_draft_may_stay_unsound() {
        let ground = pair();
        let before = |id| {
            Some(if id == ground.own.0 {
                ground.own.1.clone()
            } else {
                ground.neighbours[0].1.clone()
            })
        };
        let carried = Carried::of(&ground, &[corner(1)].into());
        let across = carried.moved(&ground, at(2.0, 0.0), at(5.0, 1.0));
        assert_eq!(spoilt(&across, before), Some(id(2)));
        let crossed = Arc::new(across[1].1.clone());
        assert_eq!(
            spoilt(&across[1..].to_vec(), |_| Some(crossed.clone())),
            None
        );
    }
}
