pub mod catalogue;
pub mod edit;
pub mod formats;
pub mod geodesy;
pub mod jobs;
pub mod model;
pub mod progress;
#[cfg(feature = "gui")]
pub mod ui;
pub mod words;

rust_i18n::i18n!("assets/locales", fallback = "en");
