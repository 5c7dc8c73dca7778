//! `jiugai import`: lists and layers into a survey; each file is one edit.

mod arguments;
mod commit;
mod newer;
mod rejects;
mod settings;

pub use arguments::{Conflicts, ImportArguments, Role};

use super::console::{Console, Failure, Outcome};
use super::new::{failure, open_session};
use crate::jobs::import::{self, ImportSettings, Imported, Preview, Source};
use crate::model::{ImportList, RowProblem};
use crate::session::Session;
use crate::words::import as words;
use commit::{Stopped, read_and_commit, read_only, take_in};
use serde_json::json;
use std::path::{Path, PathBuf};

/// More than a screenful of odd values tells nothing that the first ones do not.
const WARNINGS_SHOWN: usize = 20;

pub(super) fn run(console: &Console, arguments: ImportArguments) -> Result<Outcome, Failure> {
    rejects::check(console, &arguments)?;
    settings::check(console, &arguments)?;
    let opened = open_session(console, &arguments.file)?;
    let console = &console.under(opened.survey().settings())?;
    let mut session = Some(opened);
    let sources = &arguments.source;
    let mut stopped = None;
    for (done, source) in sources.iter().enumerate() {
        let imported = match session.take() {
            Some(session) => Ok(session),
            // A long list ends the session that it came in by.
            None => open_session(console, &arguments.file),
        }
        .and_then(|opened| import_one(console, opened, source, &arguments));
        let kept = imported.and_then(|(settings, left)| {
            session = left;
            // One template is of one list: the first.
            match done {
                0 => settings::keep(console, &settings, &arguments),
                _ => Ok(()),
            }
        });
        if let Err(Failure(sentence)) = kept {
            stopped = Some((done, sentence));
            break;
        }
    }
    if let Some(session) = session {
        session.close().map_err(|error| failure(console, &error))?;
    }
    match stopped {
        None => Ok(Outcome::Fine),
        Some((_, sentence)) if sources.len() == 1 => Err(Failure(sentence)),
        Some((done, sentence)) => {
            let rest = which_files(console, done, sources);
            Err(Failure(format!("{sentence}\n{rest}")))
        }
    }
}

/// Each file is an edit of its own: those before the refused one stay imported.
fn which_files(console: &Console, done: usize, sources: &[PathBuf]) -> String {
    let rest: Vec<_> = sources[done..]
        .iter()
        .map(|source| source.display().to_string())
        .collect();
    console.language.text_with(
        "cli.import.stopped",
        &[
            ("done", &done),
            ("all", &sources.len()),
            ("rest", &console.language.listed(&rest)),
        ],
    )
}

/// Imports a file; gives the session back, unless it ended with a long list.
fn import_one(
    console: &Console,
    mut session: Session,
    source: &Path,
    arguments: &ImportArguments,
) -> Result<(ImportSettings, Option<Session>), Failure> {
    let language = console.language;
    let catalogue = &console.catalogue;
    let layer = arguments.layer.as_deref();
    let opened = Source::open(source, layer)
        .map_err(|error| Failure(words::import_error_text(language, &error)))?;
    let preview = import::preview_of(&opened, catalogue);
    let settings = settings::of(console, source, &preview, arguments)?;
    let known = session.survey().list(opened.list(settings.role)).cloned();
    if let (Some(list), Some(out)) = (known, &arguments.rejects)
        && !arguments.dry_run
    {
        // It is in the survey: what is wanted are the rows of it that are not.
        let written = rejects::write(console, source, &list, out)?;
        rejects::tell(console, source, &written, arguments);
        return Ok((settings, Some(session)));
    }
    let read = (&preview, &settings);
    if let Some(list) = newer::earlier(console, session.survey(), source, read, arguments)? {
        let earlier = session.survey().list(list).cloned();
        let settings = settings::as_before(console, settings, earlier.as_ref(), arguments)?;
        let file = (source, opened);
        newer::take_in(console, &mut session, file, (list, &settings), arguments)?;
        return Ok((settings, Some(session)));
    }
    let role = settings.role;
    let (imported, session) = console
        .watch("job.import", |progress| {
            let is_new = session.survey().list(opened.list(role)).is_none();
            let is_long = opened.is_long() && role.gives_estates() && is_new;
            match is_long {
                _ if arguments.dry_run => {
                    read_only(session, opened, &settings, catalogue, progress)
                }
                true => take_in(session, opened, &settings, catalogue, progress),
                false => read_and_commit(session, opened, &settings, catalogue, progress),
            }
        })
        .map_err(|stopped| match stopped {
            Stopped::Import(error) => Failure(words::import_error_text(language, &error)),
            Stopped::Session(error) => failure(console, &error),
        })?;
    tell(console, source, &preview, &imported, arguments)?;
    Ok((settings, session))
}

/// Says what became of a file, and writes the rows that gave no record where that is wanted.
fn tell(
    console: &Console,
    source: &Path,
    preview: &Preview,
    imported: &Imported,
    arguments: &ImportArguments,
) -> Result<(), Failure> {
    let language = console.language;
    let rejects = rejects::write_if_asked(console, source, &imported.list, arguments)?;
    if arguments.json {
        console.json(&json!({
            "file": source,
            "layer": preview.layers.get(preview.layer),
            "layers": preview.layers,
            "crs": imported.list.crs.key(),
            "kind": imported.list.kind,
            "rows": imported.list.rows_read,
            "estates": imported.estates,
            "register_rows": imported.register_rows,
            "buildings": imported.buildings,
            "rejected": imported.list.rejected,
            "rejects": rejects.as_ref().and_then(|it| it.json()),
            "warnings": imported.warnings,
            "saved": !arguments.dry_run,
        }));
        return Ok(());
    }
    console.line(&words::imported_text(language, imported));
    if preview.layers.len() > 1 {
        console.remark(&words::layers_text(language, preview));
    }
    remark_rows(console, &imported.list, &imported.warnings);
    if let Some(rejects) = rejects {
        console.remark(&rejects.text(language));
    }
    if arguments.dry_run {
        console.remark(&language.text("lists.newer.dry_run"));
    }
    Ok(())
}

/// The rows that gave no record, and what is odd about others.
fn remark_rows(console: &Console, list: &ImportList, warnings: &[RowProblem]) {
    let (language, file) = (console.language, &list.file_name);
    for rejected in &list.rejected {
        console.remark(&words::rejected_row_text(language, file, rejected));
    }
    for problem in warnings.iter().take(WARNINGS_SHOWN) {
        console.remark(&words::warning_text(language, file, problem));
    }
    let more = warnings.len().saturating_sub(WARNINGS_SHOWN);
    if more > 0 {
        console.remark(&language.text_with("cli.import.more", &[("count", &more)]));
    }
}

/// The command line is an edge: here a list is given the time of its import.
#[allow(clippy::disallowed_methods)]
pub(super) fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

pub(super) fn this_year() -> i16 {
    today().year()
}

/// By the clock of this computer.
pub(super) fn today() -> jiff::civil::Date {
    now().to_zoned_datetime(jiff::tz::TimeZone::system()).date()
}
