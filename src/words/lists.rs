//! Sentences about lists beyond their first import: rows to mend, newer versions. Texts: `lists.*`.

use super::Language;
use super::import::import_error_text;
use crate::jobs::import::RejectsError;

/// Why there is no reject file.
pub fn rejects_error_text(language: Language, error: &RejectsError) -> String {
    match error {
        RejectsError::Import(error) => import_error_text(language, error),
        RejectsError::OtherFile { file, list } => language.text_with(
            "lists.rejects.other_file",
            &[("file", file), ("list", list)],
        ),
        RejectsError::NothingRejected { list } => {
            language.text_with("lists.rejects.nothing_waits", &[("list", list)])
        }
    }
}
