//! Files in the formats of others.

pub mod library;
