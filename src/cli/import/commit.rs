//! A list on its way into the survey: a long one row by row, any other as a whole.

use super::now;
use crate::catalogue::Catalogue;
use crate::edit::Command;
use crate::jobs::import::{self, ImportError, ImportSettings, Imported, Source};
use crate::progress::Progress;
use crate::session::{Session, SessionError};
use std::ops::ControlFlow;

/// Why a file was not imported.
pub(super) enum Stopped {
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

pub(super) type Done = (Imported, Option<Session>);

/// Takes a long list in row by row.
pub(super) fn take_in(
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

/// Reads a list, and changes nothing.
pub(super) fn read_only(
    session: Session,
    source: Source,
    settings: &ImportSettings,
    catalogue: &Catalogue,
    progress: &Progress,
) -> Result<Done, Stopped> {
    let take = &mut |_| ControlFlow::Continue(());
    let survey = session.survey();
    let imported = import::import_into(survey, source, settings, catalogue, now(), progress, take)?;
    Ok((imported, Some(session)))
}

/// Reads a list as a whole, and commits what it gave.
pub(super) fn read_and_commit(
    mut session: Session,
    source: Source,
    settings: &ImportSettings,
    catalogue: &Catalogue,
    progress: &Progress,
) -> Result<Done, Stopped> {
    let mut changes = Vec::new();
    let take = &mut |change| {
        changes.push(change);
        ControlFlow::Continue(())
    };
    // Not a copy: a survey that nobody else holds is changed in place.
    let survey = session.survey();
    let imported = import::import_into(survey, source, settings, catalogue, now(), progress, take)?;
    let label = imported.label.clone();
    session.run(Command::Apply { label, changes })?;
    Ok((imported, Some(session)))
}
