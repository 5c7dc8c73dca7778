//! What the guidance asks of a survey, one rule a file. Pure functions: no clock, no I/O; every
//! number of policy comes from the rule pack, and every result names the rule it came from.

pub mod acceptance;
pub mod assessment;
pub mod batches;
pub mod buildings;
pub mod checks;
pub mod communities;
pub mod content;
pub mod coverage;
pub mod delivery;
pub mod evaluation;
pub mod fate;
pub mod funding;
pub mod management;
pub mod projects;
pub mod recognition;
pub mod reconciliation;
pub mod score;
pub mod shanty;
pub mod subsidy;
pub mod year_plan;

#[cfg(test)]
pub(crate) mod sample;
