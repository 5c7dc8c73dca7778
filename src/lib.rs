pub mod catalogue;
pub mod edit;
pub mod model;
pub mod progress;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
pub mod words;

rust_i18n::i18n!("assets/locales", fallback = "en");
