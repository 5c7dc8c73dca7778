//! `jiugai report`: the sheet of an estate and the report of a county, as PDF.

use super::console::{Console, Failure, Outcome};
use super::dedupe::read_survey;
use super::import::today;
use super::origin::{Directory, NotFound};
use crate::catalogue::Divisions;
use crate::jobs::report::{Facts, Request, Target, Wanted, counties, write};
use crate::model::{EstateId, Survey};
use crate::words::reports as words;
use clap::Args;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub struct ReportArguments {
    pub file: PathBuf,
    #[arg(long)]
    pub out: PathBuf,
    #[arg(long, value_name = "ID")]
    pub estate: Vec<String>,
    #[arg(long, value_name = "CODE")]
    pub county: Vec<String>,
    #[arg(long)]
    pub year: Option<i32>,
    /// Today by the clock of this computer where it is not given.
    #[arg(long, value_parser = date)]
    pub date: Option<jiff::civil::Date>,
    #[arg(long)]
    pub json: bool,
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse().map_err(|_| "2026-11-28".to_owned())
}

pub(super) fn run(console: &Console, arguments: ReportArguments) -> Result<Outcome, Failure> {
    let language = console.language;
    let survey = read_survey(console, &arguments.file)?;
    let console = &console.under(survey.settings())?;
    let catalogue = &console.catalogue;
    let request = Request {
        wanted: wanted(console, &survey, &arguments)?,
        target: Target::Folder(arguments.out),
        survey_file: arguments.file,
        today: arguments.date.unwrap_or_else(today),
        year: arguments.year,
        known: None,
    };
    let written = console
        .watch("job.report", |progress| {
            let compose = |facts: &Facts<'_>| words::compose(language, facts);
            write(&survey, catalogue, &request, &compose, progress)
        })
        .map_err(|error| Failure(words::report_error_text(language, &error)))?;
    match arguments.json {
        true => console.json(&json!({
            "rule_pack": { "id": catalogue.rules.id, "version": catalogue.rules.version },
            "reports": written
                .iter()
                .map(|report| json!({
                    "path": report.path,
                    "pages": report.pages,
                    "missing": report.missing.iter().collect::<String>(),
                }))
                .collect::<Vec<_>>(),
        })),
        false => {
            for report in &written {
                for line in words::written_lines(language, report) {
                    console.line(&line);
                }
            }
        }
    }
    Ok(Outcome::Fine)
}

/// What was asked for; the report of the survey's county where nothing was.
fn wanted(
    console: &Console,
    survey: &Survey,
    arguments: &ReportArguments,
) -> Result<Vec<Wanted>, Failure> {
    let directory = Directory::of(survey);
    let mut wanted = Vec::new();
    for text in &arguments.estate {
        let id = find(survey, &directory, text).map_err(|why| {
            let key = match why {
                NotFound::Unknown => "cli.report.no_estate",
                NotFound::Ambiguous => "cli.report.several_estates",
            };
            Failure(console.language.text_with(key, &[("estate", text)]))
        })?;
        wanted.push(Wanted::Sheet(id));
    }
    for code in &arguments.county {
        let is_county = code.len() == 6 && Divisions::shipped().exists(code);
        if !is_county {
            return Err(Failure(
                console
                    .language
                    .text_with("cli.report.no_county", &[("code", code)]),
            ));
        }
        wanted.push(Wanted::County(code.clone()));
    }
    if wanted.is_empty() {
        wanted = counties(survey);
    }
    Ok(wanted)
}

/// By its library number, its key, its source and id, or its name: the record that counts for it.
fn find(survey: &Survey, directory: &Directory, text: &str) -> Result<EstateId, NotFound> {
    let numbered = |estate: &&std::sync::Arc<_>| {
        let estate: &crate::model::Estate = estate;
        estate.lib_no.as_deref() == Some(text)
    };
    let mut found = survey.estates().filter(numbered).map(|estate| estate.id);
    match (found.next(), found.next()) {
        (Some(id), None) => Ok(id),
        (Some(_), Some(_)) => Err(NotFound::Ambiguous),
        (None, _) => match directory.find_said(survey, text) {
            Ok(id) => Ok(survey.root(id)),
            Err(NotFound::Ambiguous) => one_estate_named(survey, text),
            Err(NotFound::Unknown) => Err(NotFound::Unknown),
        },
    }
}

/// Records that were merged go on bearing the name of the estate that counts them: they are one.
fn one_estate_named(survey: &Survey, name: &str) -> Result<EstateId, NotFound> {
    let named = survey.estates().filter(|estate| estate.name == name);
    let roots: BTreeSet<_> = named.map(|estate| survey.root(estate.id)).collect();
    let mut roots = roots.into_iter();
    match (roots.next(), roots.next()) {
        (Some(id), None) => Ok(id),
        _ => Err(NotFound::Ambiguous),
    }
}
