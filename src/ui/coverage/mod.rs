//! «不漏»: what the survey is reconciled against, and what is still open.

mod kind;

pub use kind::kind_ui;
