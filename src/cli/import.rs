//! `jiugai import`: lists and layers into a survey; each file is one edit.

use super::args::{ImportArguments, Role};
use super::console::{Console, Failure, Outcome};
use super::new::{failure, open_session};
use crate::catalogue::Catalogue;
use crate::edit::Command;
use crate::jobs::import::{self, ImportError, ImportSettings, Imported, Mapping, Preview, Source};
use crate::model::{Crs, ListRole};
use crate::progress::Progress;
use crate::session::{Session, SessionError};
use crate::words::import as words;
use serde_json::json;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// More than a screenful of odd values tells nothing that the first ones do not.
const WARNINGS_SHOWN: usize = 20;

pub(super) fn run(console: &Console, arguments: ImportArguments) -> Result<Outcome, Failure> {
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
        match imported {
            Ok(left) => session = left,
            Err(Failure(sentence)) => {
                stopped = Some((done, sentence));
                break;
            }
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
            ("rest", &rest.join(", ")),
        ],
    )
}

/// Imports a file; gives the session back, unless it ended with a long list.
fn import_one(
    console: &Console,
    session: Session,
    source: &Path,
    arguments: &ImportArguments,
) -> Result<Option<Session>, Failure> {
    let language = console.language;
    let catalogue = &console.catalogue;
    let layer = arguments.layer.as_deref();
    let opened = Source::open(source, layer)
        .map_err(|error| Failure(words::import_error_text(language, &error)))?;
    let preview = import::preview_of(&opened, catalogue);
    let crs = system(console, source, &preview, arguments)?;
    let role = role(arguments.role, &preview);
    let settings = ImportSettings {
        crs,
        role,
        kind: arguments.kind.unwrap_or_default(),
        layer: arguments.layer.clone(),
        mapping: mapping(console, &preview, role, crs, arguments)?,
    };
    let (imported, session) = console
        .watch("job.import", |progress| {
            let is_new = session.survey().list(opened.list(role)).is_none();
            match opened.is_long() && role.gives_estates() && is_new {
                true => take_in(session, opened, &settings, catalogue, progress),
                false => read_and_commit(session, opened, &settings, catalogue, progress),
            }
        })
        .map_err(|stopped| match stopped {
            Stopped::Import(error) => Failure(words::import_error_text(language, &error)),
            Stopped::Session(error) => failure(console, &error),
        })?;
    tell(console, source, &preview, &imported, arguments);
    Ok(session)
}

/// Why a file was not imported.
enum Stopped {
    Import(ImportError),
    Session(SessionError),
}

impl From<ImportError> for Stopped {
    fn from(error: ImportError) -> Self {
        Self::Import(error)
    }
}

impl From<SessionError> for Stopped {
    fn from(error: SessionError) -> Self {
        Self::Session(error)
    }
}

type Done = (Imported, Option<Session>);

/// Takes a long list in row by row.
fn take_in(
    session: Session,
    source: Source,
    settings: &ImportSettings,
    catalogue: &Catalogue,
    progress: &Progress,
) -> Result<Done, Stopped> {
    let imported = session.take_in(source.label(), |survey, take| {
        let now = now();
        let imported =
            import::import_into(survey, source, settings, catalogue, now, progress, take);
        imported.map_err(Stopped::from)
    })?;
    Ok((imported, None))
}

/// Reads a list as a whole, and commits what it gave.
fn read_and_commit(
    mut session: Session,
    source: Source,
    settings: &ImportSettings,
    catalogue: &Catalogue,
    progress: &Progress,
) -> Result<Done, Stopped> {
    let survey = session.survey().clone();
    let mut changes = Vec::new();
    let take = &mut |change| {
        changes.push(change);
        ControlFlow::Continue(())
    };
    let imported =
        import::import_into(&survey, source, settings, catalogue, now(), progress, take)?;
    let label = imported.label.clone();
    session.run(Command::Apply { label, changes })?;
    Ok((imported, Some(session)))
}

/// Says what became of a file.
fn tell(
    console: &Console,
    source: &Path,
    preview: &Preview,
    imported: &Imported,
    arguments: &ImportArguments,
) {
    let language = console.language;
    let file = imported.list.file_name.clone();
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
            "warnings": imported.warnings,
        }));
        return;
    }
    console.line(&words::imported_text(language, imported));
    if preview.layers.len() > 1 {
        console.remark(&words::layers_text(language, preview));
    }
    for rejected in &imported.list.rejected {
        console.remark(&words::rejected_row_text(language, &file, rejected));
    }
    for problem in imported.warnings.iter().take(WARNINGS_SHOWN) {
        console.remark(&words::warning_text(language, &file, problem));
    }
    let more = imported.warnings.len().saturating_sub(WARNINGS_SHOWN);
    if more > 0 {
        console.remark(&language.text_with("cli.import.more", &[("count", &more)]));
    }
}

/// The system that was declared, else the one that the file itself names.
fn system(
    console: &Console,
    source: &Path,
    preview: &Preview,
    arguments: &ImportArguments,
) -> Result<Crs, Failure> {
    let crs = arguments.crs.or(preview.crs_named);
    crs.ok_or_else(|| {
        let file = source.file_name().unwrap_or(source.as_os_str());
        let sentence = words::no_system_text(console.language, &file.to_string_lossy(), preview);
        Failure(sentence)
    })
}

/// Without `--as`, polygons are estates and anything else is a register.
fn role(asked: Option<Role>, preview: &Preview) -> ListRole {
    match asked {
        Some(Role::Estates) => ListRole::Estates,
        Some(Role::Register) => ListRole::Register,
        Some(Role::Buildings) => ListRole::Buildings,
        None if preview.geometries.polygons > 0 => ListRole::Estates,
        None => ListRole::Register,
    }
}

fn mapping(
    console: &Console,
    preview: &Preview,
    role: ListRole,
    crs: Crs,
    arguments: &ImportArguments,
) -> Result<Mapping, Failure> {
    preview
        .mapping_for(crs, console.catalogue.headings_for(role))
        .with_overrides(&arguments.map, &console.catalogue.items)
        .map_err(|error| Failure(words::mapping_error_text(console.language, &error)))
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
