//! What a person takes of a returned ledger becomes the changes of one edit.

use super::Returned;
use crate::model::{Change, EditLabel, Estate, EstateId, RecordKey, Stale, Survey};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One edit, ready to be committed.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    pub label: EditLabel,
    pub changes: Vec<Change>,
}

impl Returned {
    /// The places in `edits` of what is in nobody's way.
    pub fn proposed_places(&self) -> BTreeSet<usize> {
        let edits = self.edits.iter().enumerate();
        let free = edits.filter(|(_, edit)| !edit.is_conflict());
        free.map(|(at, _)| at).collect()
    }

    /// The edits at these places, made of `survey` as it is now.
    ///
    /// # Errors
    /// [`Stale`] where one of the values is no longer what the ledger was held against.
    pub fn accept(&self, survey: &Survey, places: &BTreeSet<usize>) -> Result<Accepted, Stale> {
        let mut estates = BTreeMap::<EstateId, Estate>::new();
        let chosen = places.iter().filter_map(|at| self.edits.get(*at));
        let mut cells = 0_u32;
        for edit in chosen {
            let stale = || Stale(RecordKey::Estate(edit.estate));
            let held = survey.estate(edit.estate).ok_or_else(stale)?;
            if held.get(&edit.field) != edit.ours || !held.standing.is_counted() {
                return Err(stale());
            }
            let draft = estates.entry(edit.estate);
            let draft = draft.or_insert_with(|| held.as_ref().clone());
            // The value came from this very field, so it fits.
            draft
                .set(&edit.field, edit.theirs.clone())
                .map_err(|_| stale())?;
            draft.mark_surveyed(edit.field);
            cells = cells.saturating_add(1);
        }
        let label = EditLabel::Ledger {
            file: self.file.clone(),
            cells,
            estates: u32::try_from(estates.len()).unwrap_or(u32::MAX),
        };
        let changes = estates.into_iter().map(|(id, after)| Change::Estate {
            id,
            before: survey.estate(id).cloned(),
            after: Some(Arc::new(after)),
        });
        Ok(Accepted {
            label,
            changes: changes.collect(),
        })
    }
}
