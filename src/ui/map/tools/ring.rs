//! Rings being drawn or reshaped, as pure functions.

use crate::geodesy::measure;
use crate::geometry::validity::is_sound;
use crate::model::{Boundary, LonLat};
use geo::line_intersection::{LineIntersection, line_intersection};
use geo::{Coord, Line, LineString, Orient, Polygon};
use std::sync::Arc;

/// Which corner of a boundary: polygon, ring (0 is the outer one), position in the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// The boundary that an open ring of corners encloses.
///
/// # Errors
/// Fewer than three corners, or a ring that crosses itself.
pub fn close(ring: &[LonLat]) -> Result<Arc<Boundary>, RingProblem> {
    if ring.len() < 3 {
        return Err(RingProblem::TooFewCorners);
    }
    let polygon = polygon(ring).orient(geo::orient::Direction::Default);
    let boundary = Boundary::from(polygon);
    match is_sound(&boundary) {
        true => Ok(Arc::new(boundary)),
        false => Err(RingProblem::CrossesItself),
    }
}

/// Whether a line from the last corner to `next` would cross or touch the ring so far.
pub fn would_cross(ring: &[LonLat], next: LonLat) -> bool {
    let Some((last, before)) = ring.split_last() else {
        return false;
    };
    let new = Line::new(Coord::from(*last), Coord::from(next));
    let first = ring.first() == Some(&next);
    before
        .iter()
        .zip(&ring[1..])
        .enumerate()
        .any(|(index, (from, to))| {
            let side = Line::new(Coord::from(*from), Coord::from(*to));
            let is_previous = index + 2 == ring.len();
            match line_intersection(side, new) {
                None => false,
                // Sides that meet share a corner; nothing else of them may.
                Some(LineIntersection::SinglePoint { intersection, .. }) => {
                    let at_last = is_previous && intersection == new.start;
                    let at_first = first && index == 0 && intersection == side.start;
                    !(at_last || at_first)
                }
                Some(LineIntersection::Collinear { .. }) => true,
            }
        })
}

/// The geodesic area of an open ring; `None` below three corners.
pub fn area_m2(ring: &[LonLat]) -> Option<f64> {
    (ring.len() >= 3).then(|| measure::area_m2(&polygon(ring).into()))
}

/// A mu (亩) is 2000/3 square metres.
pub fn mu(area_m2: f64) -> f64 {
    area_m2 * 3.0 / 2000.0
}

fn polygon(ring: &[LonLat]) -> Polygon {
    Polygon::new(ring.iter().map(|at| Coord::from(*at)).collect(), vec![])
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

/// A new corner after `corner`.
pub fn with_inserted(boundary: &Boundary, corner: Corner, at: LonLat) -> Boundary {
    edit_ring(boundary, corner, |ring| {
        ring.insert((corner.position + 1).min(ring.len()), at.into());
    })
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

    fn at(x: f64, y: f64) -> LonLat {
        LonLat::new(115.9 + x / 1000.0, 28.6 + y / 1000.0)
    }

    #[test]
    fn a_line_over_the_ring_is_noticed_before_it_is_drawn() {
        let ring = [at(0.0, 0.0), at(4.0, 0.0), at(4.0, 4.0), at(2.0, 4.0)];
        for (next, crosses) in [
            (at(0.0, 4.0), false),
            (at(2.0, 1.0), false),
            (at(2.0, -1.0), true),
            (at(5.0, 2.0), true),
            // Back over the last side, and onto the first corner to close.
            (at(3.0, 4.0), true),
            (at(0.0, 0.0), false),
            (at(4.0, 0.0), true),
        ] {
            assert_eq!(would_cross(&ring, next), crosses, "{next:?}");
        }
        assert!(!would_cross(&[], at(0.0, 0.0)));
        assert!(!would_cross(&ring[..1], at(1.0, 1.0)));
    }

    #[test]
    fn a_bow_tie_and_a_line_are_no_boundary() {
        let bow_tie = [at(0.0, 0.0), at(4.0, 4.0), at(4.0, 0.0), at(0.0, 4.0)];
        assert_eq!(close(&bow_tie), Err(RingProblem::CrossesItself));
        assert_eq!(close(&bow_tie[..2]), Err(RingProblem::TooFewCorners));
        let clockwise = [at(0.0, 0.0), at(0.0, 4.0), at(4.0, 4.0), at(4.0, 0.0)];
        let boundary = close(&clockwise).unwrap();
        use geo::Winding;
        assert!(boundary.0[0].exterior().is_ccw());
    }

    #[test]
    fn a_mu_is_two_thirds_of_a_thousand_square_metres() {
        assert!((mu(2000.0) - 3.0).abs() < 1e-12);
        // 0.001° squared at 28.6° north is about 97.8 m by 110.8 m.
        let square = [at(0.0, 0.0), at(1.0, 0.0), at(1.0, 1.0), at(0.0, 1.0)];
        let area = area_m2(&square).unwrap();
        assert!((area - 10_836.0).abs() < 30.0, "{area}");
    }
}
