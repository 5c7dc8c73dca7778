//! The ground a boundary covers.

use crate::model::Boundary;
use geo::{GeodesicArea, LineString, Polygon};

/// Square metres on the ellipsoid, holes taken out; `None` where a position is no place on Earth.
/// The way the rings run does not matter.
pub fn ground_area_m2(boundary: &Boundary) -> Option<f64> {
    let positions = |polygon: &Polygon| {
        std::iter::once(polygon.exterior())
            .chain(polygon.interiors())
            .flat_map(|ring| ring.0.clone())
            .all(|c| c.x.abs() <= 180.0 && c.y.abs() <= 90.0)
    };
    if !boundary.iter().all(positions) {
        return None;
    }
    let ring_area = |ring: &LineString| {
        Polygon::new(ring.clone(), Vec::new())
            .geodesic_area_signed()
            .abs()
    };
    let polygon_area = |polygon: &Polygon| {
        let holes: f64 = polygon.interiors().iter().map(ring_area).sum();
        (ring_area(polygon.exterior()) - holes).max(0.0)
    };
    Some(boundary.iter().map(polygon_area).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{MultiPolygon, Rect, coord};

    #[test]
    fn a_hole_is_taken_out_whichever_way_it_runs() {
        let square = |half: f64| {
            Rect::new(
                coord! { x: 115.9 - half, y: 28.7 - half },
                coord! { x: 115.9 + half, y: 28.7 + half },
            )
            .to_polygon()
        };
        let area = |polygon: Polygon| ground_area_m2(&MultiPolygon(vec![polygon])).unwrap();
        let (outer, inner) = (square(0.002), square(0.001));
        let mut hole = inner.exterior().clone();
        for _ in 0..2 {
            let with_hole = Polygon::new(outer.exterior().clone(), vec![hole.clone()]);
            let rest = area(outer.clone()) - area(inner.clone());
            assert!((area(with_hole) - rest).abs() < 1e-3);
            hole.0.reverse();
        }
    }

    #[test]
    fn a_position_that_is_no_number_has_no_area() {
        let ring = LineString::from(vec![(0.0, 0.0), (f64::NAN, 1.0), (1.0, 1.0)]);
        assert_eq!(
            ground_area_m2(&MultiPolygon(vec![Polygon::new(ring, vec![])])),
            None
        );
    }
}
