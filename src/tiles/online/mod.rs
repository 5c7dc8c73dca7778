//! Tiles from the network: fetched by address, told how it goes.

mod document;
mod health;
mod reader;

pub use document::fetch_text;
pub use health::{Health, OnlineStatus, OnlineTrouble};
pub use reader::{OnlineReader, Patience, REQUESTS_AT_A_TIME};
