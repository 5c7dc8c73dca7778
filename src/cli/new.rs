//! `jiugai new`: an empty survey file.

use super::args::NewArguments;
use super::console::{Console, Failure, Outcome};
use crate::catalogue::Divisions;
use crate::model::Settings;
use crate::session::{Author, Session, SessionError};
use crate::words::edit as edit_words;
use serde_json::json;
use std::path::Path;

pub(super) fn run(console: &Console, arguments: NewArguments) -> Result<Outcome, Failure> {
    let county_code = arguments.county.unwrap_or_default();
    let county = Divisions::shipped().name(&county_code);
    if !county_code.is_empty() && (county_code.len() != 6 || county.is_none()) {
        return Err(Failure(
            console
                .language
                .text_with("cli.new.no_county", &[("code", &county_code)]),
        ));
    }
    let settings = Settings {
        county_code: county_code.clone(),
        ..Settings::default()
    };
    let session = Session::create(&arguments.file, settings, Author::of_system())
        .map_err(|error| failure(console, &error))?;
    session.close().map_err(|error| failure(console, &error))?;
    match arguments.json {
        true => console.json(&json!({ "file": arguments.file, "county": county_code })),
        false => console.say("cli.new.done", &[("path", &arguments.file.display())]),
    }
    Ok(Outcome::Fine)
}

/// Opens a survey to work on, saying what other programs have spoilt in it.
pub(super) fn open_session(console: &Console, path: &Path) -> Result<Session, Failure> {
    let session =
        Session::open(path, Author::of_system()).map_err(|error| failure(console, &error))?;
    remark_problems(console, session.problems());
    if session.changed_outside() > 0 {
        let records = session.changed_outside();
        let text = console
            .language
            .text_with("notice.changed_outside", &[("records", &records)]);
        console.remark(&text);
    }
    Ok(session)
}

pub(super) fn remark_problems(console: &Console, problems: &[crate::store::ReadProblem]) {
    for problem in problems {
        console.remark(&crate::words::store::read_problem(
            console.language,
            problem,
        ));
    }
}

pub(super) fn failure(console: &Console, error: &SessionError) -> Failure {
    Failure(edit_words::session_error_text(
        console.language,
        error,
        &console.catalogue.items,
    ))
}
