//! The Earth: datums of the maps a survey meets, and lengths and areas on the ellipsoid.
//!
//! Areas are geodesic, not projected: Jiangxi spans two Gauss–Krüger zones, and one estate must
//! measure the same in both.

pub mod crs;
pub mod datum;
pub mod form;
pub mod grid;
pub mod measure;
pub mod wkt;
