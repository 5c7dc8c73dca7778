//! The geometry of boundaries: what makes one sound, and what a drawing tool does to one.
//!
//! Every function here is pure. Positions go in and come out in degrees; lengths and angles are
//! those on the ground, worked out in a [`plane`] of metres beside the shape. Whatever is asked of
//! two shapes at once (union, difference, slice) goes through [`overlay`], which gives untouched
//! corners back bit for bit, so that neighbours stay neighbours.

pub mod clip;
pub mod crop;
mod faces;
#[cfg(test)]
pub(crate) mod fixtures;
pub mod join;
pub mod nearest;
mod overlay;
pub mod parts;
pub mod plane;
mod problem;
pub mod repair;
pub mod reshape;
pub mod shared;
pub mod simplify;
mod slice;
pub mod sliver;
pub mod snap;
pub mod split;
pub mod square;
pub mod trace;
pub mod transform;
pub mod uncross;
pub mod validity;

pub use problem::ShapeProblem;
