//! Work that takes longer than a frame, on a snapshot; it reports changes and never writes a survey.
//! Long work, as functions from a snapshot of the survey to the changes it asks for.
//!
//! A job writes nothing: the window reviews and commits what it returns, the command line commits
//! it at once, and both get the same. It reports through `Progress` and stops where that says so.

pub mod import;

pub mod release;
