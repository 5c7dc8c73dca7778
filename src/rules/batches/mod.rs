//! «实施一批、谋划一批、储备一批», 四(二): which estate is in which batch in a year, and why.
//!
//! *Not admitted*: an exclusion, the locality, the year or the use says that it is no old estate.
//! *Reserve*: willingness is weak or unknown, no facility lags, or the survey is incomplete.
//! *Planned*: recognised, and something is missing before it can be built, or the money ran out.
//! *Implement*: recognised, ready, and within the lesser of budget and fiscal capacity.
//!
//! What an implemented estate costs the county is the local fiscal money in its funding lines, sure
//! or not: what is only intended will have to be paid too.
//!
//! A limit that nobody named admits nobody: «量力而行» asks for the capacity to be assessed first, and
//! a plan without a limit would be the opposite of it.
//!
//! A placement by hand never overrides recognition or the limit; it may go before the ranking and
//! before what else is missing, for a person answers for it.

mod candidate;
mod fill;
mod placement;
mod sensitivity;

pub use candidate::{Admission, Candidate, Duplicates, SubsidyNeed};
pub(crate) use candidate::{asks_central_money, counting_funds, is_funded};
pub use fill::{BatchReason, Placed, PlacementOutcome, Plan, fill, fill_scored};
pub use placement::{PlacementProblem, may_place};
pub use sensitivity::{Movement, Shift, sensitivity};

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
