//! The window: egui, eframe, walkers and rfd live here and nowhere else.
//!
//! Views (`form`, `table`, `map`, `review`, …) get the survey to read and return [`action::Action`]s;
//! `app` collects them and `perform` carries them out. [`verb`] is the table of everything a menu,
//! a button or a key can ask for.

pub mod action;
pub mod app;
mod availability;
pub mod basemap;
mod cell_text;
mod context_menu;
mod coverage;
mod delivery;
mod dialog;
mod drop_zone;
mod duplicates;
pub mod files;
pub mod fonts;
pub mod form;
mod history;
pub mod icons;
mod issues;
pub mod keymap;
mod loader;
pub mod map;
mod menu_bar;
pub mod my_position;
mod notice;
mod panels;
mod pending;
mod perform;
mod photo_card;
mod photo_watch;
mod pictures;
mod places;
mod planner;
pub mod preferences;
pub mod references;
mod release_panel;
mod report;
mod review;
pub mod run;
mod shapes;
mod signs;
mod start;
mod status_bar;
pub mod table;
mod tagging;
#[cfg(test)]
mod test_bench;
pub mod theme;
mod today;
pub mod tool;
mod tool_hint;
mod typed_ahead;
pub mod verb;
mod view;
mod worker;
