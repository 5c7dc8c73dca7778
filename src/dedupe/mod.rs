pub mod address;
pub mod normalise;
