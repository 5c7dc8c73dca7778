//! The corners of a boundary by their place in it.

use crate::model::{Boundary, LonLat};
use geo::{Coord, LineString, Polygon};

/// Which corner of a boundary: polygon, ring (0 is the outer one), position in the ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Corner {
    pub polygon: usize,
    pub ring: usize,
    pub position: usize,
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
