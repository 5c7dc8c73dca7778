//! Plane geometry of boundaries, in degrees. Knows only `model`.

pub mod area;
pub mod validity;
