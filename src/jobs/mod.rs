//! Long work, as functions from a snapshot of the survey to what it asks for.
//!
//! A job writes no survey: the window reviews and commits what it returns, the command line
//! commits it at once, and both get the same. It reports through `Progress` and stops where that
//! says so.

mod checksum;
pub mod evaluate;
pub mod export;
pub mod gaps;
pub mod import;
pub mod ledger;
pub mod paper;
pub mod photos;
pub mod planning;
pub mod release;
pub mod report;
pub mod review_queue;
