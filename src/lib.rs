pub mod catalogue;
pub mod cli;
pub mod dedupe;
pub mod demo;
pub mod edit;
pub mod formats;
pub mod geodesy;
pub mod geometry;
pub mod jobs;
pub mod model;
pub mod progress;
pub mod rules;
pub mod session;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
pub mod words;

rust_i18n::i18n!("assets/locales", fallback = "en");
