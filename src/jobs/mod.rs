//! Work that takes longer than a frame, on a snapshot; it reports changes and never writes a survey.

pub mod release;
