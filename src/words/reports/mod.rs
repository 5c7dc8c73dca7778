//! Reports in words: what `jobs::report` gathered, as a document to be set on pages.
//! Sentences: `report.*`.

mod county;
mod judged;
mod plan;
mod project;
mod sheet;
mod statements;

use super::Language;
use super::fields::{area_figure, with_separators};
use super::planning::pack_text;
use crate::formats::pdf::{Cell, Document, Furniture, Tone};
use crate::jobs::report::{Composed, Facts, ReportError, Stamp, Written};
use std::fmt::Display;
use std::io::ErrorKind;

/// The report as its reader has it.
pub fn compose(language: Language, facts: &Facts<'_>) -> Composed {
    match facts {
        Facts::Sheet(sheet) => sheet::compose(language, sheet),
        Facts::County(county) => county::compose(language, county),
    }
}

/// What was written, a line each: where it lies, how many pages, which signs it lacks.
pub fn written_lines(language: Language, written: &Written) -> Vec<String> {
    let path = written.path.display();
    let mut lines = vec![language.text_with(
        "report.written",
        &[("path", &path), ("pages", &written.pages)],
    )];
    if !written.missing.is_empty() {
        lines.push(missing_text(language, written));
    }
    lines
}

/// Which signs stand in a report as boxes.
pub fn missing_text(language: Language, written: &Written) -> String {
    let signs: Vec<_> = written
        .missing
        .iter()
        .map(|sign| format!("{sign} (U+{:04X})", u32::from(*sign)))
        .collect();
    language.text_with("report.missing_in", &[("signs", &language.listed(&signs))])
}

/// Why there is no report, and what to do.
pub fn report_error_text(language: Language, error: &ReportError) -> String {
    let say = |key: &str, values: &[(&str, &dyn Display)]| language.text_with(key, values);
    match error {
        ReportError::Cancelled(_) => say("report.error.cancelled", &[]),
        ReportError::InTheWay { path } => {
            say("report.error.in_the_way", &[("path", &path.display())])
        }
        ReportError::NoEstate(_) => say("report.error.no_estate", &[]),
        ReportError::Writer { detail } => say("report.error.writer", &[("reason", detail)]),
        ReportError::Io { path, source } => {
            let path = path.display();
            match source.kind() {
                ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                    say("report.error.permission", &[("path", &path)])
                }
                ErrorKind::StorageFull => say("report.error.disk_full", &[("path", &path)]),
                _ => say("report.error.io", &[("path", &path), ("reason", source)]),
            }
        }
    }
}

/// The furniture of a report's pages.
fn document(language: Language, stamp: &Stamp, title: String, header: String) -> Document {
    let text = |key: &str| language.text(key).into_owned();
    Document {
        title,
        language: language.tag().to_owned(),
        header,
        footer: language.text_with(
            "report.footer",
            &[
                ("file", &stamp.survey_file),
                ("date", &stamp.today),
                ("program", &stamp.program),
                ("pack", &stamp.pack.id),
                ("version", &stamp.pack.version),
            ],
        ),
        furniture: Furniture {
            page: text("report.page"),
            missing: text("report.missing"),
            scale: text("report.scale"),
            north: text("report.north"),
        },
        blocks: Vec::new(),
    }
}

/// What stands below the title of every report.
fn stamp_lines(language: Language, stamp: &Stamp) -> Vec<String> {
    vec![
        language.text_with(
            "report.made_of",
            &[("file", &stamp.survey_file), ("date", &stamp.today)],
        ),
        language.text_with(
            "report.made_by",
            &[
                ("pack", &pack_text(language, &stamp.pack)),
                ("program", &stamp.program),
            ],
        ),
    ]
}

/// A figure, or that nobody surveyed it.
fn surveyed<T>(language: Language, value: Option<T>, text: impl Fn(T) -> String) -> Cell {
    match value {
        Some(value) => Cell::from(text(value)),
        None => not_surveyed(language),
    }
}

fn not_surveyed(language: Language) -> Cell {
    Cell::toned(language.text("report.not_surveyed"), Tone::Faint)
}

/// A text, or a dash where nothing was entered.
fn or_dash(text: &str) -> Cell {
    match text.trim().is_empty() {
        true => Cell::toned("—", Tone::Faint),
        false => Cell::from(text),
    }
}

fn count(number: u64) -> String {
    with_separators(number)
}

/// A sum, and of how many of the `estates` the number is not known. Where it is known of none there
/// is no sum: "not surveyed" is not 0.
fn sum_cell(language: Language, figure: String, [unknown, estates]: [u64; 2]) -> Cell {
    match unknown {
        0 => Cell::from(figure),
        unknown if unknown >= estates => not_surveyed(language),
        unknown => Cell::from(language.text_with(
            "report.sum_unknown",
            &[("figure", &figure), ("unknown", &unknown)],
        )),
    }
}

/// Households, buildings and floor area of a sum, each with what is unknown of it.
fn sum_cells(language: Language, sums: &crate::jobs::report::Sums) -> [Cell; 4] {
    let cell = |figure, unknown| sum_cell(language, figure, [unknown, sums.estates]);
    [
        Cell::from(count(sums.estates)),
        cell(count(sums.households), sums.households_unknown),
        cell(count(sums.buildings), sums.buildings_unknown),
        cell(
            area_figure(sums.floor_area_m2.round()),
            sums.floor_area_unknown,
        ),
    ]
}
