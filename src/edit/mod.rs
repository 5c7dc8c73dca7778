//! From what a user means to what changes: `plan` turns a [`Command`] into changes or a reason.

mod command;

pub use command::{Command, Decide, Refusal};
