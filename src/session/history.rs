//! The history of one estate, read from the log: who changed what, and when.

use super::{Session, SessionError};
use crate::model::{Boundary, Change, Differences, Estate, EstateId};
use crate::store::{EditHeader, EditOfEstate, Effect, LogPosition};
use std::sync::Arc;

/// One edit as it changed one estate.
#[derive(Clone, Debug, PartialEq)]
pub struct HistoryEntry {
    pub edit: EditHeader,
    pub effect: Effect,
    pub existence: Existence,
    pub differences: Differences,
    /// The outline from before, where the edit changed it.
    pub outline_before: Option<Arc<Boundary>>,
}

/// Whether an edit made the record, changed it or took it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existence {
    Made,
    Kept,
    Deleted,
}

/// A piece of a history, newest first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HistoryPage {
    pub entries: Vec<HistoryEntry>,
    /// Where older entries go on; `None` where there are none.
    pub older: Option<LogPosition>,
}

/// How many entries are read at once, so that reading never takes longer than a frame.
pub(super) const PAGE: u32 = 50;

impl Session {
    /// The edits that changed an estate, its buildings or its photos, newest first, a page at a time. An edit that was undone
    /// is told as undone.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn history_of(
        &self,
        estate: EstateId,
        older_than: Option<LogPosition>,
    ) -> Result<HistoryPage, SessionError> {
        let edits = self.file.history_of(estate, older_than, PAGE)?;
        let is_full = edits.len() == PAGE as usize;
        Ok(HistoryPage {
            older: edits.last().filter(|_| is_full).map(|edit| edit.position),
            entries: edits.into_iter().map(entry).collect(),
        })
    }

    /// How many entries the history of an estate has.
    ///
    /// # Errors
    /// Where the file cannot be read.
    pub fn count_edits_of(&self, estate: EstateId) -> Result<u32, SessionError> {
        Ok(self.file.count_edits_of(estate)?)
    }
}

fn entry(edit: EditOfEstate) -> HistoryEntry {
    let (before, after) = match edit.change {
        Some(Change::Estate { before, after, .. }) => (before, after),
        // Only what belongs to it changed.
        _ => {
            return HistoryEntry {
                edit: edit.header,
                effect: edit.effect,
                existence: Existence::Kept,
                differences: Differences::default(),
                outline_before: None,
            };
        }
    };
    let existence = match (&before, &after) {
        (None, _) => Existence::Made,
        (Some(_), Some(_)) => Existence::Kept,
        (Some(_), None) => Existence::Deleted,
    };
    let outline =
        |estate: &Option<Arc<Estate>>| estate.as_ref().and_then(|estate| estate.boundary.clone());
    let (outline_before, outline_after) = (outline(&before), outline(&after));
    HistoryEntry {
        edit: edit.header,
        effect: edit.effect,
        existence,
        differences: Differences::between(before.as_deref(), after.as_deref()),
        outline_before: outline_before.filter(|before| Some(before) != outline_after.as_ref()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Command;
    use crate::model::{Field, Value};
    use crate::session::Author;
    use std::path::{Path, PathBuf};

    fn open(path: &Path) -> Session {
        let author = Author {
            name: "李调查".into(),
            device: "laptop 7".into(),
        };
        match path.exists() {
            true => Session::open(path, author).unwrap(),
            false => Session::create(path, Default::default(), author).unwrap(),
        }
    }

    fn draw(session: &mut Session) -> EstateId {
        let square = geo::Rect::new((115.9, 28.6), (115.901, 28.601)).to_polygon();
        let boundary = Arc::new(square.into());
        let committed = session.run(Command::Draw { boundary }).unwrap();
        committed.created.unwrap()
    }

    fn set_households(session: &mut Session, estate: EstateId, households: u32) {
        let command = Command::SetField {
            estates: vec![estate],
            field: Field::Households,
            value: Some(Value::Count(households)),
        };
        session.run(command).unwrap();
    }

    fn new_file() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("洪都.gpkg");
        (folder, path)
    }

    /// The households that each entry set, newest first; 0 where it drew the estate.
    fn told(session: &Session, estate: EstateId) -> Vec<(u32, Effect)> {
        let page = session.history_of(estate, None).unwrap();
        let households = |entry: &HistoryEntry| match &entry.differences.fields[0].after {
            Some(Value::Count(count)) => *count,
            _ => 0,
        };
        let entries = page.entries.iter();
        entries
            .map(|entry| (households(entry), entry.effect))
            .collect()
    }

    #[test]
    fn an_undone_edit_is_told_as_undone_until_it_is_done_again_and_after_reopening() {
        use Effect::{InForce, Undone};
        let (_folder, path) = new_file();
        let mut session = open(&path);
        let estate = draw(&mut session);
        let other = draw(&mut session);
        set_households(&mut session, other, 7);
        set_households(&mut session, estate, 196);
        set_households(&mut session, estate, 200);
        session.undo().unwrap();
        let undone = [(200, Undone), (196, InForce), (0, InForce)];
        assert_eq!(told(&session, estate), undone);
        session.close().unwrap();

        let mut session = open(&path);
        assert_eq!(told(&session, estate), undone);
        session.redo().unwrap();
        assert_eq!(told(&session, estate)[0], (200, InForce));
        session.undo().unwrap();
        set_households(&mut session, estate, 210);
        assert_eq!(
            told(&session, estate),
            [(210, InForce), (200, Undone), (196, InForce), (0, InForce)]
        );
        assert_eq!(session.count_edits_of(estate).unwrap(), 4);
        assert_eq!(session.count_edits_of(other).unwrap(), 2);
    }

    #[test]
    fn a_long_history_is_read_a_page_at_a_time_and_every_entry_comes_once() {
        let (_folder, path) = new_file();
        let mut session = open(&path);
        let estate = draw(&mut session);
        let changes = PAGE + 20;
        for households in 1..=changes {
            set_households(&mut session, estate, households);
        }
        let newest = session.history_of(estate, None).unwrap();
        assert_eq!(newest.entries.len(), PAGE as usize);
        let oldest = session.history_of(estate, newest.older).unwrap();
        assert_eq!(oldest.older, None);
        assert_eq!(
            newest.entries.len() + oldest.entries.len(),
            changes as usize + 1
        );
        let first = oldest.entries.last().unwrap();
        assert_eq!(first.existence, Existence::Made);
        assert_eq!(first.edit.author, "李调查");
    }

    #[test]
    fn a_reshaped_boundary_keeps_its_outline_from_before() {
        let (_folder, path) = new_file();
        let mut session = open(&path);
        let estate = draw(&mut session);
        let before = session.survey().estate(estate).unwrap().boundary.clone();
        let smaller = geo::Rect::new((115.9, 28.6), (115.9005, 28.601)).to_polygon();
        let boundary = Arc::new(smaller.into());
        session.run(Command::Reshape { estate, boundary }).unwrap();
        set_households(&mut session, estate, 196);
        let page = session.history_of(estate, None).unwrap();
        let outlines: Vec<_> = page
            .entries
            .into_iter()
            .map(|entry| entry.outline_before)
            .collect();
        assert_eq!(outlines, [None, before, None]);
    }
}
