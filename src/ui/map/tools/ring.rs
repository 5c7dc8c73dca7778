//! The corners of a boundary, moved, inserted and removed, as pure functions.

use crate::model::{Boundary, LonLat};
use crate::words::Language;
use geo::{Coord, LineString, Polygon};

/// Which corner of a boundary: polygon, ring (0 is the outer one), position in the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Corner {
    pub polygon: usize,
    pub ring: usize,
    pub position: usize,
}

/// Why a ring cannot become a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RingProblem {
    #[error("fewer than three corners")]
    TooFewCorners,
    #[error("the ring crosses itself")]
    CrossesItself,
}

/// The sentence for a ring that cannot be changed so.
pub fn problem_text(problem: RingProblem, language: Language) -> String {
    let key = match problem {
        RingProblem::TooFewCorners => "map.ring.too_few_corners",
        RingProblem::CrossesItself => "map.ring.crosses_itself",
    };
    language.text(key).into_owned()
}

/// Every corner of a boundary; the closing position of a ring is not a corner of its own.
pub fn corners(boundary: &Boundary) -> Vec<(Corner, LonLat)> {
    let mut corners = Vec::new();
    for (polygon, shape) in boundary.iter().enumerate() {
        let rings = std::iter::once(shape.exterior()).chain(shape.interiors());
        for (ring, line) in rings.enumerate() {
            let open = line.0.len().saturating_sub(1);
            corners.extend(line.0[..open].iter().enumerate().map(|(position, at)| {
                let corner = Corner {
                    polygon,
                    ring,
                    position,
                };
                (corner, LonLat::from(*at))
            }));
        }
    }
    corners
}

pub fn with_moved(boundary: &Boundary, corner: Corner, to: LonLat) -> Boundary {
    edit_ring(boundary, corner, |ring| {
        if let Some(at) = ring.get_mut(corner.position) {
            *at = to.into();
        }
    })
}

/// A new corner after `corner`.
pub fn with_inserted(boundary: &Boundary, corner: Corner, at: LonLat) -> Boundary {
    edit_ring(boundary, corner, |ring| {
        ring.insert((corner.position + 1).min(ring.len()), at.into());
    })
}

/// Without `corner`.
///
/// # Errors
/// A ring keeps at least three corners.
pub fn with_removed(boundary: &Boundary, corner: Corner) -> Result<Boundary, RingProblem> {
    let in_ring = |(other, _): &(Corner, LonLat)| {
        (other.polygon, other.ring) == (corner.polygon, corner.ring)
    };
    if corners(boundary).iter().filter(|c| in_ring(c)).count() <= 3 {
        return Err(RingProblem::TooFewCorners);
    }
    Ok(edit_ring(boundary, corner, |ring| {
        if corner.position < ring.len() {
            ring.remove(corner.position);
        }
    }))
}

fn edit_ring(boundary: &Boundary, corner: Corner, edit: impl FnOnce(&mut Vec<Coord>)) -> Boundary {
    let mut polygons: Vec<_> = boundary.iter().cloned().collect();
    if let Some(polygon) = polygons.get_mut(corner.polygon) {
        let empty = Polygon::new(LineString::new(vec![]), vec![]);
        let (mut exterior, mut interiors) = std::mem::replace(polygon, empty).into_inner();
        let ring = match corner.ring {
            0 => Some(&mut exterior),
            hole => interiors.get_mut(hole - 1),
        };
        if let Some(ring) = ring {
            ring.0.pop();
            edit(&mut ring.0);
        }
        // Closes every ring again.
        *polygon = Polygon::new(exterior, interiors);
    }
    geo::MultiPolygon(polygons)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::parts::ring_boundary;

    fn at(x: f64, y: f64) -> LonLat {
        LonLat::new(115.9 + x / 1000.0, 28.6 + y / 1000.0)
    }

    #[test]
    fn moving_the_first_corner_keeps_the_ring_closed() {
        let boundary =
            ring_boundary(&[at(0.0, 0.0), at(4.0, 0.0), at(4.0, 4.0), at(0.0, 4.0)]).unwrap();
        let first = corners(&boundary)[0].0;
        let moved = with_moved(&boundary, first, at(-1.0, -1.0));
        let ring = moved.0[0].exterior();
        assert!(ring.is_closed());
        assert_eq!(ring.0.len(), 5);
        assert_eq!(corners(&moved)[0].1, at(-1.0, -1.0));
    }

    #[test]
    fn corners_are_inserted_and_removed_down_to_three() {
        let boundary = ring_boundary(&[at(0.0, 0.0), at(4.0, 0.0), at(2.0, 4.0)]).unwrap();
        let corner = corners(&boundary)[1].0;
        assert_eq!(
            with_removed(&boundary, corner),
            Err(RingProblem::TooFewCorners)
        );
        let four = with_inserted(&boundary, corner, at(4.0, 3.0));
        assert_eq!(corners(&four)[2].1, at(4.0, 3.0));
        let added = corners(&four)[2].0;
        assert_eq!(with_removed(&four, added).unwrap(), boundary);
    }
}
