//! The window: egui, eframe, walkers and rfd live here and nowhere else.

pub mod action;
pub mod icons;
pub mod map;
pub mod theme;
pub mod tool;
pub mod verb;
