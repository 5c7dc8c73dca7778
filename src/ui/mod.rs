//! The window: egui, eframe, walkers and rfd live here and nowhere else.

pub mod action;
pub mod form;
pub mod icons;
pub mod map;
mod signs;
pub mod table;
#[cfg(test)]
mod test_bench;
pub mod theme;
pub mod tool;
pub mod verb;
