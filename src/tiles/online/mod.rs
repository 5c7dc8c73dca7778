//! Tiles from the network: fetched by address, kept on disk, told how it goes.

mod answer;
mod cache;
mod document;
mod health;
mod picture;
mod reader;
#[cfg(test)]
mod server_tests;
#[cfg(test)]
#[path = "../../../tests/tile_server/mod.rs"]
pub(super) mod tile_server;

pub use cache::{Clock, TileCache};
pub use document::fetch_text;
pub use health::{Health, OnlineStatus, OnlineTrouble};
pub use reader::{OnlineReader, Patience, REQUESTS_AT_A_TIME, Reach};

pub(in crate::tiles) use cache::SourceKey;
pub(in crate::tiles) use reader::Missed;
