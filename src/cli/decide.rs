//! `jiugai decide`: verdicts from a file, as one edit that one undo takes back.

use super::args::DecideArguments;
use super::console::{Console, Failure, Outcome};
use super::new::{failure, open_session};
use super::origin::{Directory, NotFound, OriginName};
use super::table::read_text;
use crate::edit::{Command, Decide, Refusal};
use crate::formats::formula::unguarded;
use crate::model::{Coded, Pair, Survey, Verdict};
use crate::session::SessionError;
use serde_json::json;
use std::path::Path;

const COLUMNS: [&str; 5] = ["source_a", "id_a", "source_b", "id_b", "decision"];

pub(super) fn run(console: &Console, arguments: DecideArguments) -> Result<Outcome, Failure> {
    let mut session = open_session(console, &arguments.file)?;
    let decisions = read_decisions(console, session.survey(), &arguments.pairs)?;
    let count = decisions.len();
    let changed = match session.run(Command::DecideMany { decisions }) {
        Ok(committed) => committed.changes.len(),
        // The same file a second time, or no decision in it yet.
        Err(SessionError::Refused(Refusal::NothingChanges)) => 0,
        Err(error) => return Err(failure(console, &error)),
    };
    session.close().map_err(|error| failure(console, &error))?;
    if arguments.json {
        console.json(&json!({ "decided": count, "records_changed": changed }));
        return Ok(Outcome::Fine);
    }
    match changed {
        0 => console.say("cli.decide.nothing_new", &[("count", &count)]),
        _ => console.say("cli.decide.done", &[("count", &count)]),
    }
    Ok(Outcome::Fine)
}

/// Reads every decision of a file. One bad row refuses the file: half of the decisions applied
/// would leave nobody knowing which.
///
/// # Errors
/// A sentence for each bad row, or for the file.
pub(super) fn read_decisions(
    console: &Console,
    survey: &Survey,
    path: &Path,
) -> Result<Vec<Decide>, Failure> {
    let language = console.language;
    let file = path.display();
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure(language.text_with("cli.not_read", &[("path", &file), ("reason", error)]))
    };
    let text = read_text(console, path)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader
        .headers()
        .map_err(|error| unreadable(&error))?
        .clone();
    let mut places = [0; 5];
    for (place, column) in places.iter_mut().zip(COLUMNS) {
        *place = headings
            .iter()
            .position(|heading| heading.trim() == column)
            .ok_or_else(|| {
                Failure(language.text_with(
                    "cli.decide.no_column",
                    &[("path", &file), ("column", &column)],
                ))
            })?;
    }
    let directory = Directory::of(survey);
    let mut decisions = Vec::new();
    let mut complaints = Vec::new();
    for (index, record) in reader.records().enumerate() {
        let row = index + 1;
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                complaints.push(language.text_with(
                    "cli.decide.bad_row",
                    &[("path", &file), ("row", &row), ("reason", &error)],
                ));
                continue;
            }
        };
        let cells = places.map(|place| unguarded(record.get(place).unwrap_or_default().trim()));
        match decision(&directory, cells) {
            // A row without a decision is a pair that nobody has looked at yet.
            Ok(None) => {}
            Ok(Some(decision)) => decisions.push(decision),
            Err(problem) => complaints.push(problem.sentence(console, &file, row)),
        }
    }
    match complaints.is_empty() {
        true => Ok(decisions),
        false => Err(Failure(complaints.join("\n"))),
    }
}

enum RowFault {
    Record { name: OriginName, why: NotFound },
    Verdict(String),
    Itself(OriginName),
}

fn decision(directory: &Directory, cells: [&str; 5]) -> Result<Option<Decide>, RowFault> {
    let [source_a, id_a, source_b, id_b, verdict] = cells;
    if verdict.is_empty() {
        return Ok(None);
    }
    let verdict = Verdict::from_key(&verdict.to_ascii_uppercase())
        .ok_or_else(|| RowFault::Verdict(verdict.to_owned()))?;
    let find = |source: &str, id: &str| {
        let name = OriginName {
            source: source.to_owned(),
            id: id.to_owned(),
        };
        directory
            .find(&name)
            .map_err(|why| RowFault::Record { name, why })
    };
    let (a, b) = (find(source_a, id_a)?, find(source_b, id_b)?);
    let pair = Pair::new(a, b).ok_or_else(|| {
        RowFault::Itself(OriginName {
            source: source_a.to_owned(),
            id: id_a.to_owned(),
        })
    })?;
    Ok(Some(Decide::new(pair, verdict)))
}

impl RowFault {
    fn sentence(&self, console: &Console, file: &dyn std::fmt::Display, row: usize) -> String {
        let text = |key: &str, name: &OriginName| {
            console.language.text_with(
                key,
                &[
                    ("path", &file),
                    ("row", &row),
                    ("source", &name.source),
                    ("id", &name.id),
                ],
            )
        };
        match self {
            Self::Record {
                name,
                why: NotFound::Unknown,
            } => text("cli.decide.unknown_record", name),
            Self::Record {
                name,
                why: NotFound::Ambiguous,
            } => text("cli.decide.ambiguous_record", name),
            Self::Itself(name) => text("cli.decide.same_record", name),
            Self::Verdict(verdict) => console.language.text_with(
                "cli.decide.unknown_verdict",
                &[("path", &file), ("row", &row), ("verdict", verdict)],
            ),
        }
    }
}
