//! What people do with the window from beginning to end, by accessible names and keys alone; what
//! came of it is read from the survey.

#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic)]

#[allow(dead_code)] // Verbs of journeys still to come.
mod bench;

mod draw_and_fill;
mod first_start;
mod import;
mod open;
