//! What communities answered, from a file: a row a community.

use super::console::{Console, Failure};
use super::table::read_text;
use crate::catalogue::Divisions;
use crate::edit::Answer;
use crate::formats::formula::unguarded;
use crate::model::{Coded, CommunityState};
use crate::words::Language;
use crate::words::fields::coded_label;
use std::path::Path;

const COLUMNS: [&str; 5] = ["code", "state", "signed_by", "signed_on", "note"];

/// Reads every answer of a file. One bad row refuses the file: half of the answers recorded would
/// leave nobody knowing which.
///
/// # Errors
/// A sentence for each bad row, or for the file.
pub(super) fn read_answers(console: &Console, path: &Path) -> Result<Vec<Answer>, Failure> {
    let language = console.language;
    let file = path.display().to_string();
    let text = read_text(console, path)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(text.as_bytes());
    let unreadable = |error: csv::Error| {
        let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &file), ("reason", &error)];
        Failure(language.text_with("cli.not_read", &values))
    };
    let headings = reader.headers().map_err(unreadable)?.clone();
    let place = |column: &str| headings.iter().position(|heading| heading.trim() == column);
    for column in &COLUMNS[..2] {
        if place(column).is_none() {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &file), ("column", column)];
            return Err(Failure(
                language.text_with("cli.coverage.no_column", &values),
            ));
        }
    }
    let places = COLUMNS.map(place);
    let (mut answers, mut complaints) = (Vec::new(), Vec::new());
    for (index, record) in reader.records().enumerate() {
        let record = record.map_err(unreadable)?;
        let cells = places.map(|place| {
            let cell = place.and_then(|place| record.get(place));
            unguarded(cell.unwrap_or_default().trim())
        });
        match answer(cells) {
            Ok(answer) => answers.push(answer),
            Err((column, value)) => complaints.push(language.text_with(
                "cli.coverage.bad_row",
                &[
                    ("path", &file),
                    ("row", &(index + 1)),
                    ("column", &column),
                    ("value", &value),
                ],
            )),
        }
    }
    match complaints.is_empty() {
        true => Ok(answers),
        false => Err(Failure(complaints.join("\n"))),
    }
}

/// The column that is to blame, and what stands in it.
fn answer(cells: [&str; 5]) -> Result<Answer, (&'static str, String)> {
    let [code, state, signed_by, signed_on, note] = cells;
    let wrong = |column: usize| (COLUMNS[column], cells[column].to_owned());
    let known = Divisions::shipped().exists(code);
    let code = code.parse().ok().filter(|_| known);
    let signed_on = match signed_on {
        "" => None,
        day => Some(day.parse().map_err(|_| wrong(3))?),
    };
    Ok(Answer {
        signed_by: signed_by.to_owned(),
        signed_on,
        note: note.to_owned(),
        ..Answer::new(
            code.ok_or_else(|| wrong(0))?,
            state_of(state).ok_or_else(|| wrong(1))?,
        )
    })
}

/// By its key, or as people call it.
fn state_of(text: &str) -> Option<CommunityState> {
    let mut all = CommunityState::ALL.iter().copied();
    let is_called = |state: CommunityState| {
        let mut languages = Language::ALL.into_iter();
        languages.any(|language| coded_label(language, state) == text)
    };
    CommunityState::from_key(text).or_else(|| all.find(|state| is_called(*state)))
}
