//! `--rejects`: the rows that gave no record, as a file to mend.

use super::ImportArguments;
use crate::cli::console::{Console, Failure};
use crate::jobs::import::{RejectsError, rejects};
use crate::model::ImportList;
use crate::words::Language;
use crate::words::import::row_problem_text;
use crate::words::lists::rejects_error_text;
use std::path::{Path, PathBuf};

/// What became of the reject file.
pub(super) enum Written {
    Rows { rows: usize, path: PathBuf },
    Nothing { path: PathBuf },
}

impl Written {
    pub fn text(&self, language: Language) -> String {
        match self {
            Self::Rows { rows, path } => language.text_with(
                "lists.rejects.saved",
                &[("rows", rows), ("path", &path.display())],
            ),
            Self::Nothing { path } => {
                language.text_with("lists.rejects.nothing", &[("path", &path.display())])
            }
        }
    }

    /// The path of the file, where one was written.
    pub fn json(&self) -> Option<&Path> {
        match self {
            Self::Rows { path, .. } => Some(path),
            Self::Nothing { .. } => None,
        }
    }
}

/// Before anything is imported: no file is overwritten, the list's own least of all.
pub(super) fn check(console: &Console, arguments: &ImportArguments) -> Result<(), Failure> {
    let Some(out) = &arguments.rejects else {
        return Ok(());
    };
    let language = console.language;
    if arguments.source.len() > 1 {
        let text = language.text("lists.rejects.one_source");
        return Err(Failure(text.into_owned()));
    }
    if out.exists() {
        let path = out.display();
        let text = language.text_with("lists.rejects.exists", &[("path", &path)]);
        return Err(Failure(text));
    }
    Ok(())
}

/// Writes the file of a list that is in the survey. Where it cannot be written, that is told; the
/// same command writes it later.
pub(super) fn write(
    console: &Console,
    source: &Path,
    list: &ImportList,
    out: &Path,
) -> Result<Written, Failure> {
    let language = console.language;
    let path = out.to_owned();
    let why = |row: &_| row_problem_text(language, row);
    match rejects(source, list, |row| why(&row.problem)) {
        Ok(rejects) => {
            rejects.write(out).map_err(|reason| {
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("path", &out.display()), ("reason", &reason)];
                Failure(language.text_with("lists.rejects.imported_not_written", &values))
            })?;
            let rows = rejects.rows;
            Ok(Written::Rows { rows, path })
        }
        Err(RejectsError::NothingRejected { .. }) => Ok(Written::Nothing { path }),
        Err(error) => Err(Failure(rejects_error_text(language, &error))),
    }
}

/// The same where it was asked for.
pub(super) fn write_if_asked(
    console: &Console,
    source: &Path,
    list: &ImportList,
    arguments: &ImportArguments,
) -> Result<Option<Written>, Failure> {
    match &arguments.rejects {
        Some(out) if !arguments.dry_run => write(console, source, list, out).map(Some),
        _ => Ok(None),
    }
}

/// Of a list that was imported before.
pub(super) fn tell(console: &Console, source: &Path, written: &Written, asked: &ImportArguments) {
    match asked.json {
        true => console.json(&serde_json::json!({
            "file": source,
            "rejects": written.json(),
            "saved": false,
        })),
        false => console.line(&written.text(console.language)),
    }
}
