//! What people do with the window from beginning to end, by accessible names and keys alone; what
//! came of it is read from the survey.

#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod bench;

mod delete;
mod draw_and_fill;
mod drawing;
mod duplicates;
mod first_start;
mod import;
mod keys_and_looks;
mod open;
mod release;
mod shapes;
mod tagging;
mod undo;
