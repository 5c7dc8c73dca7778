//! Why the sample could not be set up.

use super::{Language, edit, import};
use crate::catalogue::Items;
use crate::demo::DemoError;

pub fn demo_error_text(language: Language, error: &DemoError, items: &Items) -> String {
    match error {
        DemoError::Io { path, source } => language.text_with(
            "cli.not_written",
            &[("path", &path.display()), ("reason", source)],
        ),
        DemoError::InTheWay { path } => {
            language.text_with("cli.demo.in_the_way", &[("path", &path.display())])
        }
        DemoError::Plans { path, reason } => language.text_with(
            "cli.demo.plans_spoilt",
            &[("path", &path.display()), ("reason", reason)],
        ),
        DemoError::Import(error) => import::import_error_text(language, error),
        DemoError::Session(error) => edit::session_error_text(language, error, items),
    }
}
