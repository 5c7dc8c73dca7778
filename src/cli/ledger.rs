//! `jiugai ledger`: the ledger 台账 of a survey as an Excel workbook, and an edited one back into
//! the survey.

mod apply;

use super::console::{Console, Failure, Outcome};
use super::dedupe::read_survey;
use super::import::{this_year, today};
use crate::formats::part::replace;
use crate::jobs::ledger::{LedgerFileError, of_survey};
use crate::words::{Language, ledger as words};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub struct LedgerArguments {
    pub file: PathBuf,
    #[arg(required_unless_present = "apply", conflicts_with = "apply")]
    pub out: Option<PathBuf>,
    #[arg(long, conflicts_with = "apply")]
    pub force: bool,
    #[arg(long, value_name = "EDITED.xlsx")]
    pub apply: Option<PathBuf>,
    /// Says what would be changed, and changes nothing.
    #[arg(long, requires = "apply", conflicts_with = "out")]
    pub dry_run: bool,
    #[arg(
        long,
        requires = "apply",
        conflicts_with = "out",
        value_enum,
        default_value = "ours",
        hide_possible_values = true
    )]
    pub conflicts: Holds,
    #[arg(long)]
    pub json: bool,
}

/// Which value holds where both were changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Holds {
    Ours,
    Theirs,
}

pub(super) fn run(console: &Console, arguments: LedgerArguments) -> Result<Outcome, Failure> {
    match (&arguments.apply, &arguments.out) {
        (Some(edited), _) => apply::run(console, &arguments, edited),
        (None, Some(out)) => write(console, &arguments, out),
        // clap asks for one of the two.
        (None, None) => Ok(Outcome::Fine),
    }
}

fn write(console: &Console, arguments: &LedgerArguments, out: &Path) -> Result<Outcome, Failure> {
    let survey = read_survey(console, &arguments.file)?;
    let console = &console.under(survey.settings())?;
    let language = console.language;
    if out.exists() && !arguments.force {
        let path = out.display();
        let text = language.text_with("cli.ledger.exists", &[("path", &path)]);
        return Err(Failure(text));
    }
    let ledger = console
        .watch("job.evaluate", |progress| {
            of_survey(&survey, &console.catalogue, this_year(), today(), progress)
        })
        .map_err(|error| failed(language, out, error.into()))?;
    replace(out, &ledger.bytes).map_err(|error| failed(language, out, error.into()))?;
    match arguments.json {
        true => console.json(&json!({ "path": out, "rows": ledger.rows })),
        false => console.say(
            "cli.ledger.done",
            &[("path", &out.display()), ("rows", &ledger.rows)],
        ),
    }
    Ok(Outcome::Fine)
}

fn failed(language: Language, path: &Path, error: LedgerFileError) -> Failure {
    Failure(words::file_error_text(language, path, &error))
}
