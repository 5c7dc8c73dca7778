//! The window: egui, eframe, walkers and rfd live here and nowhere else.

pub mod action;
pub mod icons;
pub mod tool;
pub mod verb;
