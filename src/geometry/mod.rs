//! Plane geometry of boundaries, in degrees. Knows only `model`.

pub mod validity;
