pub mod catalogue;
pub mod model;
pub mod progress;
pub mod words;

rust_i18n::i18n!("assets/locales", fallback = "en");
