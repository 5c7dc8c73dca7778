//! What the guidance asks of a survey, one rule a file. Pure functions: no clock, no I/O; every
//! number of policy comes from the rule pack, and every result names the rule it came from.

pub mod batches;
pub mod buildings;
pub mod checks;
pub mod communities;
pub mod content;
pub mod coverage;
pub mod fate;
pub mod recognition;
pub mod reconciliation;
pub mod score;
pub mod shanty;
pub mod subsidy;
pub mod year_plan;

#[cfg(test)]
pub(crate) mod sample;
