//! How far a project is, and whether it is late (三(三)2–5, 三(四)). Lateness warns with its reason and
//! never blocks: «原则上».

mod lateness;
mod stage;

pub use lateness::{Against, Extent, Late, deadline, has_come, lateness, plan_year, year_named};
pub use stage::{Stage, Step, reversed_milestones, stage, steps};

#[cfg(test)]
mod tests;
