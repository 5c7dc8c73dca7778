//! Shapes too thin to be meant: what is left where two borders nearly coincide.

use crate::geodesy::measure::{area_m2, perimeter_m};
use crate::model::Boundary;
use geo::Polygon;

/// Narrower on the average than this, a polygon is a sliver; so is one of a square metre.
pub const SLIVER_WIDTH_M: f64 = 0.5;
/// So is one a hundred times as long as it is wide: no estate is a ribbon.
pub const SLIVER_LENGTHS: f64 = 100.0;

/// Thinner than this, a ring encloses nothing but rounding.
pub(super) const NO_WIDTH_M: f64 = 1e-3;

/// Whether every polygon of a boundary is too thin to be meant.
pub fn is_sliver(boundary: &Boundary) -> bool {
    boundary.iter().all(is_sliver_polygon)
}

pub(super) fn is_sliver_polygon(polygon: &Polygon) -> bool {
    let shape = Boundary::from(polygon.clone());
    let (area, length) = (area_m2(&shape), perimeter_m(&shape) / 2.0);
    // Multiplied out, so that nothing is divided by no length.
    area < SLIVER_WIDTH_M * length || area * SLIVER_LENGTHS < length * length
}

/// Area by length: of a rectangle longer than wide, nearly its width.
pub(super) fn mean_width_m(polygon: &Polygon) -> f64 {
    let shape = Boundary::from(polygon.clone());
    match perimeter_m(&shape) / 2.0 {
        0.0 => 0.0,
        length => area_m2(&shape) / length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::fixtures::rectangle;

    #[test]
    fn thin_and_tiny_shapes_are_slivers_and_a_row_of_houses_is_none() {
        for (name, east, north, expected) in [
            ("a block", 100.0, 60.0, false),
            ("a row of houses", 400.0, 8.0, false),
            ("a shed", 3.0, 4.0, false),
            ("a strip between two borders", 80.0, 0.4, true),
            ("a crumb", 0.4, 0.4, true),
            ("a ribbon", 300.0, 2.0, true),
        ] {
            let shape = rectangle(0.0, 0.0, east, north);
            assert_eq!(is_sliver(&shape), expected, "{name}");
        }
    }
}
