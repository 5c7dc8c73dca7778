//! A list too long to hold: it goes to the disk record by record, and never into this memory.

use super::{Session, SessionError, now};
use crate::edit::Refusal;
use crate::model::{Change, Edit, EditId, EditKind, EditLabel, RecordKey, Stale, Survey};
use crate::store::{Intake, StoreError};
use std::ops::ControlFlow;

/// What takes the changes of a list as they come; it breaks where one cannot be taken.
pub type Take<'a> = dyn FnMut(Change) -> ControlFlow<()> + 'a;

impl Session {
    /// Makes one edit of the records that `fill` gives, in the order it gives them: new estates,
    /// and at the end the list that they are of. All of it is on disk when this returns, or
    /// nothing. What the survey was is in the memory that `fill` sees; what it is now is not, so
    /// that the session ends here, whatever comes of it.
    ///
    /// # Errors
    /// What `fill` gave up for; else why a record was refused or the file could not be written.
    pub fn take_in<T, E: From<SessionError>>(
        mut self,
        label: EditLabel,
        fill: impl FnOnce(&Survey, &mut Take<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let edit = Edit {
            id: EditId(uuid::Uuid::new_v4()),
            label,
            kind: EditKind::Do,
            author: self.author.name.clone(),
            device: self.author.device.clone(),
            at: now(),
            changes: Vec::new(),
        };
        let filled = self.fill(&edit, fill)?;
        self.close()?;
        Ok(filled)
    }

    fn fill<T, E: From<SessionError>>(
        &mut self,
        edit: &Edit,
        fill: impl FnOnce(&Survey, &mut Take<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let survey = &self.survey;
        let mut intake = self.file.take_in(edit).map_err(SessionError::from)?;
        let mut last = None;
        let mut failure = None;
        let filled = fill(survey, &mut |change| {
            match put(survey, &mut intake, &change) {
                Ok(()) => {}
                Err(error) => {
                    failure = Some(error);
                    return ControlFlow::Break(());
                }
            }
            if matches!(change, Change::List { .. }) {
                last = Some(change);
            }
            ControlFlow::Continue(())
        });
        if let Some(failure) = failure {
            return Err(failure.into());
        }
        let filled = filled?;
        // Dropped unfinished where there is no list: nothing was taken in.
        if let Some(list) = last {
            intake.finish(&list).map_err(SessionError::from)?;
        }
        Ok(filled)
    }
}

fn put(survey: &Survey, intake: &mut Intake<'_>, change: &Change) -> Result<(), SessionError> {
    let stale = |key: RecordKey| Err(Refusal::from(Stale(key)).into());
    match change {
        Change::Estate {
            id,
            before: None,
            after: Some(estate),
        } if survey.estate(*id).is_none() => {
            let put: Result<(), StoreError> = intake.put(estate);
            Ok(put?)
        }
        Change::List { id, before, .. } if survey.list(*id) == before.as_ref() => Ok(()),
        // Records that are there already are changed by edits that hold them.
        other => stale(other.key()),
    }
}
