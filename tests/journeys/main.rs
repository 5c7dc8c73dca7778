//! What people do with the window from beginning to end, by accessible names and keys alone; what
//! came of it is read from the survey.

#![cfg(feature = "gui")]

mod bench;

mod first_start;
mod open;
