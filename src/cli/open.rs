//! `jiugai [FILE]`: the window.

use super::console::{Console, Failure, Outcome};
use crate::words::Language;
use std::path::PathBuf;

#[cfg(feature = "gui")]
pub(super) fn run(
    console: &Console,
    file: Option<PathBuf>,
    asked: Option<Language>,
) -> Result<Outcome, Failure> {
    use crate::ui::run::{WindowError, run};
    let language = console.language;
    run(file, asked).map_err(|error| {
        Failure(match error {
            WindowError::NoDisplay => language.text("cli.open.no_display").into_owned(),
            WindowError::NoLibrary(library) => {
                language.text_with("cli.open.no_library", &[("library", &library)])
            }
            WindowError::Graphics(reason) => {
                language.text_with("cli.open.no_graphics", &[("reason", &reason)])
            }
        })
    })?;
    Ok(Outcome::Fine)
}

#[cfg(not(feature = "gui"))]
pub(super) fn run(
    console: &Console,
    _file: Option<PathBuf>,
    _asked: Option<Language>,
) -> Result<Outcome, Failure> {
    let sentence = console.language.text("cli.open.no_window");
    Err(Failure(sentence.into_owned()))
}

/// Whether a window could be opened here.
pub(super) fn has_display() -> bool {
    #[cfg(feature = "gui")]
    return crate::ui::run::has_display();
    #[cfg(not(feature = "gui"))]
    false
}
