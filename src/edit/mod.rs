//! From what a user means to what changes: [`plan`] turns a [`Command`] into changes or a reason.

mod buildings;
#[cfg(test)]
mod buildings_tests;
mod bulk;
mod command;
mod coverage;
#[cfg(test)]
mod coverage_tests;
mod decide;
mod divisions;
mod draft;
mod join;
mod parting;
mod photos;
mod plan;
mod planning;
#[cfg(test)]
mod planning_tests;
mod shape;
#[cfg(test)]
mod shape_tests;
mod take_row;
#[cfg(test)]
mod take_row_tests;
#[cfg(test)]
mod tests;

pub use buildings::{BuildingCommand, BuildingPlace, BuildingRefusal};
pub use bulk::{Outcome, Proposal, Proposed, propose};
pub use command::{Command, Decide, Refusal};
pub use coverage::{Answer, CoverageCommand};
pub use decide::better_surveyed;
pub use join::SUMMED;
pub use photos::PhotoCommand;
pub use plan::{Ambient, Plan, plan, reason_given};
pub use planning::{PlanCommand, PlanRefusal};
