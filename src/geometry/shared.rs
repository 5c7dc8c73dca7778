//! Borders that several records share: corners at the same place, within [`SAME_PLACE_DEGREES`].

use super::validity::RingIndex;
use crate::model::{Boundary, EstateId, LonLat};
use geo::{Closest, ClosestPoint, Coord, Distance, Euclidean, Line, LineString, Point, Polygon};

/// A tenth of a millimetre: nearer corners are one corner.
pub const SAME_PLACE_DEGREES: f64 = 1e-9;

/// A corner of a record's boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SharedCorner {
    pub estate: EstateId,
    pub ring: RingIndex,
    /// In the ring, counted from 0; the closing position is corner 0.
    pub position: usize,
}

/// Whether two corners are one.
pub fn is_same_place(one: LonLat, other: LonLat) -> bool {
    (one.lon - other.lon).abs() <= SAME_PLACE_DEGREES
        && (one.lat - other.lat).abs() <= SAME_PLACE_DEGREES
}

/// Every corner of `boundaries` that lies at `at`.
pub fn coincident(boundaries: &[(EstateId, &Boundary)], at: LonLat) -> Vec<SharedCorner> {
    let mut found = Vec::new();
    for (estate, boundary) in boundaries {
        for (polygon, shape) in boundary.iter().enumerate() {
            let rings = std::iter::once(shape.exterior()).chain(shape.interiors());
            for (ring, line) in rings.enumerate() {
                let open = line.0.len().saturating_sub(1);
                let here = line.0[..open].iter().enumerate();
                let here = here.filter(|(_, corner)| is_same_place((**corner).into(), at));
                found.extend(here.map(|(position, _)| SharedCorner {
                    estate: *estate,
                    ring: RingIndex { polygon, ring },
                    position,
                }));
            }
        }
    }
    found
}

/// The boundaries whose border runs through `from`, with it moved to `to`: as a corner, which one
/// without a corner there gets first. They may be unsound: see [`validity`](super::validity).
pub fn move_shared(
    boundaries: &[(EstateId, &Boundary)],
    from: LonLat,
    to: LonLat,
) -> Vec<(EstateId, Boundary)> {
    changed(boundaries, |ring| {
        insert_on_sides(ring, from.into(), |_| vec![to.into()]);
        for corner in ring {
            if is_same_place((*corner).into(), from) {
                *corner = to.into();
            }
        }
    })
}

/// The boundaries with a side along `edge`, where `at` is nearest to it, with the new corner `at`
/// in that side: a corner inserted on a shared border is inserted in the neighbour too. Where one
/// has a corner on the other's side, the other gets it as well, or the border would part there.
pub fn insert_shared(
    boundaries: &[(EstateId, &Boundary)],
    edge: (LonLat, LonLat),
    at: LonLat,
) -> Vec<(EstateId, Boundary)> {
    let Some(foot) = foot(edge, at) else {
        return Vec::new();
    };
    let rings = boundaries.iter().flat_map(|(_, boundary)| {
        let polygons = boundary.iter();
        polygons.flat_map(|p| std::iter::once(p.exterior()).chain(p.interiors()))
    });
    let ends: Vec<Coord> = rings
        .flat_map(|ring| ring.lines())
        .filter(|side| passes(*side, foot))
        .flat_map(|side| [side.start, side.end])
        .collect();
    changed(boundaries, |ring| {
        insert_on_sides(ring, foot, |side| {
            let mut on: Vec<_> = ends.iter().filter(|end| passes(side, **end)).collect();
            let along = |place: &Coord| Euclidean.distance(*place, side.start);
            on.sort_by(|a, b| along(a).total_cmp(&along(b)));
            on.dedup_by(|a, b| is_same_place((**a).into(), (**b).into()));
            let before = on.partition_point(|end| along(end) < along(&foot));
            let mut corners: Vec<Coord> = on.into_iter().copied().collect();
            corners.insert(before, at.into());
            corners
        });
    })
}

/// Puts corners into every side of a ring that runs through `place`.
fn insert_on_sides(ring: &mut Vec<Coord>, place: Coord, corners: impl Fn(Line) -> Vec<Coord>) {
    // From the end, so that the sides still to come stay where they are.
    for side in (0..ring.len().saturating_sub(1)).rev() {
        let line = Line::new(ring[side], ring[side + 1]);
        if passes(line, place) {
            ring.splice(side + 1..side + 1, corners(line));
        }
    }
}

/// Whether a side runs through a place that is not one of its ends.
fn passes(side: Line, place: Coord) -> bool {
    let at_end = [side.start, side.end]
        .iter()
        .any(|end| is_same_place((*end).into(), place.into()));
    !at_end && Euclidean.distance(&side, &Point(place)) <= SAME_PLACE_DEGREES
}

/// The boundaries without the corner at `at`, wherever a ring keeps a triangle.
pub fn remove_shared(
    boundaries: &[(EstateId, &Boundary)],
    at: LonLat,
) -> Vec<(EstateId, Boundary)> {
    changed(boundaries, |ring| {
        let mut open = ring[..ring.len().saturating_sub(1)].to_vec();
        open.retain(|corner| !is_same_place((*corner).into(), at));
        if open.len() >= 3 {
            *ring = open;
        }
    })
}

/// The place of an edge nearest to `at`.
fn foot((from, to): (LonLat, LonLat), at: LonLat) -> Option<Coord> {
    // Degrees suffice: the place need only lie on the edge, and about halfway is halfway there too.
    match Line::new(Coord::from(from), Coord::from(to)).closest_point(&Point(at.into())) {
        Closest::SinglePoint(foot) | Closest::Intersection(foot) => Some(foot.0),
        Closest::Indeterminate => None,
    }
}

/// The boundaries that `edit` changes, each of its closed rings given to it.
fn changed(
    boundaries: &[(EstateId, &Boundary)],
    edit: impl Fn(&mut Vec<Coord>),
) -> Vec<(EstateId, Boundary)> {
    let ring = |line: &LineString| {
        let mut corners = line.0.clone();
        edit(&mut corners);
        LineString(corners)
    };
    let polygon = |polygon: &Polygon| {
        let holes = polygon.interiors().iter().map(ring).collect();
        // Closes every ring.
        Polygon::new(ring(polygon.exterior()), holes)
    };
    boundaries
        .iter()
        .map(|(id, before)| {
            (
                *id,
                *before,
                Boundary::new(before.iter().map(polygon).collect()),
            )
        })
        .filter(|(_, before, after)| *before != after)
        .map(|(id, _, after)| (id, after))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::{area, at, corners, rectangle, shape};

    fn id(number: u128) -> EstateId {
        EstateId(uuid::Uuid::from_u128(number))
    }

    /// Two blocks side by side, the right one with a corner in the middle of the common border, and
    /// one apart.
    fn street() -> [Boundary; 3] {
        [
            rectangle(0.0, 0.0, 50.0, 40.0),
            shape(&[&[
                (50.0, 0.0),
                (90.0, 0.0),
                (90.0, 40.0),
                (50.0, 40.0),
                (50.0, 20.0),
            ]]),
            rectangle(200.0, 0.0, 50.0, 40.0),
        ]
    }

    fn with_ids(street: &[Boundary]) -> Vec<(EstateId, &Boundary)> {
        (1..).map(id).zip(street).collect()
    }

    #[test]
    fn a_common_corner_is_found_in_each_and_moves_in_each() {
        let street = street();
        let all = with_ids(&street);
        let place = at(50.0, 0.0);
        // Off by less than the tolerance, as another program may have saved it.
        let nearly = LonLat::new(place.lon + 5e-10, place.lat - 5e-10);
        let found: Vec<_> = coincident(&all, nearly)
            .into_iter()
            .map(|corner| (corner.estate, corner.position))
            .collect();
        assert_eq!(found, [(id(1), 1), (id(2), 0)]);

        let moved = move_shared(&all, nearly, at(55.0, -5.0));
        assert_eq!(
            moved.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            [id(1), id(2)]
        );
        for (_, boundary) in &moved {
            assert!(corners(boundary)[0].contains(&(55.0, -5.0)));
            // Corner 0 moved with the position that closes the ring.
            assert!(boundary.0[0].exterior().is_closed());
            assert_eq!(coincident(&[(id(9), boundary)], place), []);
        }
        assert!(move_shared(&all, at(1.0, 1.0), place).is_empty());

        // The left one has no corner here, but its border is the same.
        let moved = move_shared(&all, at(50.0, 20.0), at(45.0, 20.0));
        let sum: f64 = moved.iter().map(|(_, boundary)| area(boundary)).sum();
        assert_eq!(moved.len(), 2);
        assert!((sum - 3600.0).abs() < 0.01, "{sum}");
    }

    #[test]
    fn a_corner_inserted_on_a_common_border_is_inserted_in_the_neighbour() {
        let street = street();
        let all = with_ids(&street);
        let edge = (at(50.0, 0.0), at(50.0, 40.0));
        let inserted = insert_shared(&all, edge, at(52.0, 10.0));
        assert_eq!(inserted.len(), 2);
        let sum: f64 = inserted.iter().map(|(_, boundary)| area(boundary)).sum();
        assert!((sum - 3600.0).abs() < 0.01, "{sum}");
        for (_, boundary) in &inserted {
            assert!(corners(boundary)[0].contains(&(52.0, 10.0)));
        }
        // The left one has the right one's corner now too.
        assert!(corners(&inserted[0].1)[0].contains(&(50.0, 20.0)));
        // Where the neighbour has a corner already, only the one without gets it.
        let at_corner = insert_shared(&all, edge, at(50.0, 20.0));
        assert_eq!(
            at_corner.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            [id(1)]
        );
    }

    #[test]
    fn a_corner_goes_from_every_ring_that_keeps_a_triangle() {
        let triangle = shape(&[&[(50.0, 0.0), (60.0, -30.0), (40.0, -30.0)]]);
        let street = [street()[0].clone(), triangle];
        let removed = remove_shared(&with_ids(&street), at(50.0, 0.0));
        assert_eq!(removed.len(), 1);
        assert_eq!(corners(&removed[0].1)[0].len(), 3);
    }
}
