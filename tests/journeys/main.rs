//! What people do with the window from beginning to end, by accessible names and keys alone; what
//! came of it is read from the survey.

#![cfg(feature = "gui")]
#![allow(clippy::unwrap_used, clippy::panic)]

mod bench;

#[path = "../office/mod.rs"]
mod office;
#[path = "../photos/pictures.rs"]
mod pictures;
#[path = "../tile_server/mod.rs"]
mod tile_server;

mod basemap;
mod buildings;
mod bulk;
mod county;
mod coverage;
mod delete;
mod draw_and_fill;
mod drawing;
mod duplicates;
mod export;
mod finding;
mod first_start;
mod history;
mod import;
mod keys_and_looks;
mod ledger;
mod mending;
mod my_position;
mod names;
mod newer_lists;
mod offline_pack;
mod online_basemap;
mod open;
mod photos;
mod planner;
mod project;
mod reference_layers;
mod release;
mod reports;
mod review;
mod rules;
mod shapes;
mod tagging;
mod undo;
