//! What completeness says («不漏»): reconciliation, communities, gaps. Texts: `coverage.*`.

use super::Language;
use super::fields::coded_label;
use crate::model::CoverageLabel;

/// What was done for completeness.
pub fn edit_text(language: Language, label: &CoverageLabel) -> String {
    match label {
        CoverageLabel::ListKind { file, kind } => language.text_with(
            "coverage.edit.list_kind",
            &[("file", file), ("kind", &coded_label(language, *kind))],
        ),
    }
}
