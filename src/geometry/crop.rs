//! What lies within an extent of a boundary, fast: for a look at one place of a large shape.

use crate::model::Boundary;
use geo::{Coord, LineString, Polygon, Rect};

/// `boundary` within `extent`, by Sutherland and Hodgman. Rings keep their direction and may run
/// to and fro along the extent's sides: sound enough for another overlay, not to be stored.
pub fn cropped(boundary: &Boundary, extent: Rect) -> Boundary {
    let polygons = boundary.iter().map(|polygon| {
        let holes = polygon.interiors().iter();
        let holes = holes.map(|hole| cropped_ring(hole, extent));
        Polygon::new(
            cropped_ring(polygon.exterior(), extent),
            holes.filter(|hole| !hole.0.is_empty()).collect(),
        )
    });
    let is_left = |polygon: &Polygon| !polygon.exterior().0.is_empty();
    Boundary::new(polygons.filter(is_left).collect())
}

fn cropped_ring(ring: &LineString, extent: Rect) -> LineString {
    let (least, most) = (extent.min(), extent.max());
    let mut open = ring.0[..ring.0.len().saturating_sub(1)].to_vec();
    open = within(&open, |at| at.x - least.x);
    open = within(&open, |at| most.x - at.x);
    open = within(&open, |at| at.y - least.y);
    open = within(&open, |at| most.y - at.y);
    LineString::new(open)
}

/// The part of a ring where `depth`, which is linear, is not negative.
fn within(ring: &[Coord], depth: impl Fn(Coord) -> f64) -> Vec<Coord> {
    let Some(last) = ring.last() else {
        return Vec::new();
    };
    let mut kept = Vec::new();
    let (mut from, mut from_depth) = (*last, depth(*last));
    for to in ring {
        let to_depth = depth(*to);
        if (from_depth < 0.0) != (to_depth < 0.0) {
            kept.push(from + (*to - from) * (from_depth / (from_depth - to_depth)));
        }
        if to_depth >= 0.0 {
            kept.push(*to);
        }
        (from, from_depth) = (*to, to_depth);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Area, BooleanOps, coord, polygon};

    #[test]
    fn what_is_cropped_has_the_ground_that_the_whole_has_there() {
        let extent = Rect::new(coord! { x: 1.0, y: 1.0 }, coord! { x: 3.0, y: 3.0 });
        let square = |size: f64| Rect::new(coord! { x: 0.0, y: 0.0 }, coord! { x: size, y: size });
        let comb = polygon![
            (x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 2.5), (x: 2.5, y: 2.5),
            (x: 2.5, y: 0.5), (x: 1.5, y: 0.5), (x: 1.5, y: 2.5), (x: 0.0, y: 2.5),
        ];
        let holed = polygon!(
            exterior: [(x: 0.0, y: 0.0), (x: 4.0, y: 0.0), (x: 4.0, y: 4.0), (x: 0.0, y: 4.0)],
            interiors: [[(x: 0.5, y: 1.5), (x: 2.0, y: 1.5), (x: 2.0, y: 2.0), (x: 0.5, y: 2.0)]],
        );
        for (name, polygon) in [
            ("around it", square(4.0).to_polygon()),
            ("over its corner", square(2.0).to_polygon()),
            ("beside it", square(0.5).to_polygon()),
            ("two prongs in it", comb),
            ("a hole across its side", holed),
        ] {
            let whole = Boundary::from(polygon);
            let expected = whole.intersection(&Boundary::from(extent.to_polygon()));
            let cropped = cropped(&whole, extent);
            let difference = expected.xor(&cropped).unsigned_area();
            assert!(difference < 1e-9, "{name}: {cropped:?}");
        }
    }
}
