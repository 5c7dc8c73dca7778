//! Journeys through the real window: what a surveyor does in a day, by keys and accessible names,
//! with the survey file as the witness.
#![cfg(feature = "gui")]
// In a test a panic is the message.
#![allow(clippy::unwrap_used, clippy::panic)]

mod bench;
mod deciding;
mod first_start;
mod importing;
mod releasing;
mod surveying;
