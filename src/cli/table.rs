//! Tables that come back from Excel.

use super::console::{Console, Failure};
use crate::formats;
use crate::jobs::import::ImportError;
use crate::words::import::import_error_text;
use std::path::Path;

/// The text of a file, UTF-8 or GB18030, which Excel writes.
///
/// # Errors
/// A sentence where the file cannot be read, or is no text.
pub(super) fn read_text(console: &Console, path: &Path) -> Result<String, Failure> {
    let file = || path.display().to_string();
    let refused = |error| Failure(import_error_text(console.language, &error));
    let bytes = std::fs::read(path).map_err(|reason| {
        refused(ImportError::Io {
            file: file(),
            reason,
        })
    })?;
    let text = formats::read_text(&bytes).map_err(|reason| {
        refused(ImportError::Format {
            file: file(),
            reason,
        })
    })?;
    Ok(text.into())
}
