pub mod catalogue;
pub mod dedupe;
pub mod edit;
pub mod geodesy;
pub mod model;
pub mod progress;
#[cfg(feature = "gui")]
pub mod ui;
pub mod words;

rust_i18n::i18n!("assets/locales", fallback = "en");
