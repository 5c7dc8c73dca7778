//! `jiugai import`: lists and layers into a survey; each file is one edit.

mod arguments;
mod newer;
mod rejects;

pub use arguments::{Conflicts, ImportArguments, Role};

use super::console::{Console, Failure, Outcome};
use super::new::{failure, open_session};
use crate::edit::Command;
use crate::jobs::import::{self, ImportSettings, Mapping, Preview};
use crate::model::{Crs, ImportList, ListRole, RowProblem};
use crate::session::Session;
use crate::words::import as words;
use serde_json::json;
use std::path::{Path, PathBuf};

/// More than a screenful of odd values tells nothing that the first ones do not.
const WARNINGS_SHOWN: usize = 20;

pub(super) fn run(console: &Console, arguments: ImportArguments) -> Result<Outcome, Failure> {
    rejects::check(console, &arguments)?;
    let mut session = open_session(console, &arguments.file)?;
    let console = &console.under(session.survey().settings())?;
    let sources = &arguments.source;
    let mut stopped = None;
    for (done, source) in sources.iter().enumerate() {
        if let Err(Failure(sentence)) = import_one(console, &mut session, source, &arguments) {
            stopped = Some((done, sentence));
            break;
        }
    }
    session.close().map_err(|error| failure(console, &error))?;
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

fn import_one(
    console: &Console,
    session: &mut Session,
    source: &Path,
    arguments: &ImportArguments,
) -> Result<(), Failure> {
    let language = console.language;
    let catalogue = &console.catalogue;
    let refused = |error| Failure(words::import_error_text(language, &error));
    let layer = arguments.layer.as_deref();
    let preview = import::preview_layer(source, layer, catalogue).map_err(refused)?;
    let crs = system(console, source, &preview, arguments)?;
    let role = role(arguments.role, &preview);
    let settings = ImportSettings {
        crs,
        role,
        kind: arguments.kind.unwrap_or_default(),
        layer: arguments.layer.clone(),
        mapping: mapping(console, &preview, role, crs, arguments)?,
    };
    let read = (&preview, &settings);
    if let Some(list) = newer::earlier(console, session.survey(), source, read, arguments)? {
        return newer::take_in(console, session, source, (list, &settings), arguments);
    }
    let survey = session.survey().clone();
    let imported = console
        .watch("job.import", |progress| {
            import::import(&survey, source, &settings, catalogue, now(), progress)
        })
        .map_err(refused)?;

    let rejects = match &arguments.rejects {
        Some(out) if !arguments.dry_run => {
            Some(rejects::write(console, source, &imported.list, out)?)
        }
        _ => None,
    };
    let summary = words::imported_text(language, &imported);
    let command = Command::Apply {
        label: imported.label,
        changes: imported.changes,
    };
    if !arguments.dry_run {
        session
            .run(command)
            .map_err(|error| failure(console, &error))?;
    }
    if arguments.json {
        console.json(&json!({
            "file": source,
            "layer": preview.layers.get(preview.layer),
            "layers": preview.layers,
            "crs": crs.key(),
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
    console.line(&summary);
    if preview.layers.len() > 1 {
        console.remark(&words::layers_text(language, &preview));
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
