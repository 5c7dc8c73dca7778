//! Who worked on which record, and when: read from the log once, then kept up with every commit.

use super::{Session, SessionError};
use crate::model::{Change, Edit, EditId, EditKind, EditLabel, EstateId};
use crate::store::LastChange;
use jiff::Timestamp;
use std::collections::{BTreeMap, BTreeSet};

/// What somebody touched since a moment.
#[derive(Debug)]
struct Touched {
    author: String,
    since: Timestamp,
    edits: Vec<(EditId, Vec<EstateId>)>,
    /// What was undone is no work.
    undone: BTreeSet<EditId>,
}

/// What was asked of the log so far.
#[derive(Debug, Default)]
pub(super) struct Recent {
    touched: Option<Touched>,
    last_changes: Option<BTreeMap<EstateId, LastChange>>,
}

impl Recent {
    /// Takes in an edit that has reached the disk.
    pub fn note(&mut self, edit: &Edit) {
        if let Some(touched) = &mut self.touched {
            touched.note_kind(edit.kind);
            let is_theirs = edit.author == touched.author && edit.at >= touched.since;
            if is_theirs && is_work(edit.kind, &edit.label) {
                touched.edits.push((edit.id, estates(edit).collect()));
            }
        }
        if let Some(last_changes) = &mut self.last_changes {
            let last = LastChange {
                at: edit.at,
                author: edit.author.clone(),
            };
            last_changes.extend(estates(edit).map(|id| (id, last.clone())));
        }
    }
}

impl Touched {
    fn note_kind(&mut self, kind: EditKind) {
        match kind {
            EditKind::Undo(of) => drop(self.undone.insert(of)),
            EditKind::Redo(of) => drop(self.undone.remove(&of)),
            EditKind::Do | EditKind::Barrier => {}
        }
    }
}

fn estates(edit: &Edit) -> impl Iterator<Item = EstateId> {
    edit.changes.iter().filter_map(|change| match change {
        Change::Estate { id, .. } => Some(*id),
        _ => None,
    })
}

/// A list that is read in is not work on each of its rows, nor are numbers that are given out.
fn is_work(kind: EditKind, label: &EditLabel) -> bool {
    use EditLabel::{Import, Release, UpdateList};
    kind == EditKind::Do && !matches!(label, Import { .. } | UpdateList { .. } | Release { .. })
}

impl Session {
    /// The records that `author` has worked on since `since`, in this run and before. What was
    /// undone, read in from a list or only numbered does not count.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn touched_since(
        &mut self,
        author: &str,
        since: Timestamp,
    ) -> Result<BTreeSet<EstateId>, SessionError> {
        let known = self.recent.touched.take();
        let touched = known.filter(|known| known.author == author && known.since == since);
        let touched = match touched {
            Some(touched) => touched,
            None => self.read_touched(author, since)?,
        };
        let standing = touched
            .edits
            .iter()
            .filter(|(id, _)| !touched.undone.contains(id));
        let estates = standing.flat_map(|(_, estates)| estates).copied().collect();
        self.recent.touched = Some(touched);
        Ok(estates)
    }

    fn read_touched(&self, author: &str, since: Timestamp) -> Result<Touched, SessionError> {
        let mut touched = Touched {
            author: author.to_owned(),
            since,
            edits: Vec::new(),
            undone: BTreeSet::new(),
        };
        for edit in self.file.history()? {
            touched.note_kind(edit.kind);
            let is_theirs = edit.author == author && edit.at >= since;
            if is_theirs && is_work(edit.kind, &edit.label) {
                touched
                    .edits
                    .push((edit.id, self.file.estates_of(edit.id)?));
            }
        }
        Ok(touched)
    }

    /// Who changed each record last, and when.
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn load_last_changes(&mut self) -> Result<(), SessionError> {
        if self.recent.last_changes.is_some() {
            return Ok(());
        }
        // What cannot be read is told once, not in every frame.
        let read = self.file.last_changes();
        let (known, read) = match read {
            Ok(known) => (known, Ok(())),
            Err(error) => (BTreeMap::new(), Err(error.into())),
        };
        self.recent.last_changes = Some(known);
        read
    }

    /// Who changed a record last, and when; `None` until [`Self::load_last_changes`].
    pub fn last_change(&self, id: EstateId) -> Option<&LastChange> {
        self.recent.last_changes.as_ref()?.get(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Command;
    use crate::model::{Field, Settings, Value};
    use crate::session::Author;
    use std::sync::Arc;

    fn author(name: &str) -> Author {
        Author {
            name: name.to_owned(),
            device: String::new(),
        }
    }

    fn draw(session: &mut Session) -> EstateId {
        let square = geo::Rect::new((115.9, 28.7), (115.901, 28.701)).to_polygon();
        let boundary = Arc::new(square.into());
        let committed = session.run(Command::Draw { boundary }).unwrap();
        committed.created.unwrap()
    }

    fn name(session: &mut Session, estate: EstateId, name: &str) {
        let command = Command::SetField {
            estates: vec![estate],
            field: Field::Name,
            value: Some(Value::Text(name.to_owned())),
        };
        session.run(command).unwrap();
    }

    #[test]
    fn work_is_counted_by_author_in_this_run_and_before_and_not_when_undone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("旧改.gpkg");
        let start = Timestamp::UNIX_EPOCH;
        let mut session = Session::create(&path, Settings::default(), author("李")).unwrap();
        let first = draw(&mut session);
        assert_eq!(session.touched_since("李", start).unwrap(), [first].into());
        let second = draw(&mut session);
        let both = [first, second].into();
        assert_eq!(session.touched_since("李", start).unwrap(), both);
        session.undo().unwrap();
        assert_eq!(session.touched_since("李", start).unwrap(), [first].into());
        session.redo().unwrap();
        assert_eq!(session.touched_since("李", start).unwrap(), both);
        session.close().unwrap();

        let mut session = Session::open(&path, author("王")).unwrap();
        assert_eq!(session.touched_since("王", start).unwrap(), [].into());
        name(&mut session, second, "洪都新村");
        assert_eq!(session.touched_since("王", start).unwrap(), [second].into());
        assert_eq!(session.touched_since("李", start).unwrap(), both);
        let later = session.last_saved().unwrap() + jiff::SignedDuration::from_secs(1);
        assert_eq!(session.touched_since("王", later).unwrap(), [].into());
    }

    #[test]
    fn a_list_read_in_is_no_work() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("旧改.gpkg");
        let mut session = Session::create(&path, Settings::default(), author("李")).unwrap();
        let id = EstateId(uuid::Uuid::from_u128(1));
        let import = |rows| Command::Apply {
            label: EditLabel::Import {
                file: "名册.csv".to_owned(),
                rows,
            },
            changes: vec![Change::Estate {
                id,
                before: None,
                after: Some(Arc::new(crate::model::Estate::new(id))),
            }],
        };
        session.run(import(1)).unwrap();
        let touched = session.touched_since("李", Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(touched, [].into());
    }

    #[test]
    fn the_last_change_of_a_record_is_known_before_and_after_an_edit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("旧改.gpkg");
        let mut session = Session::create(&path, Settings::default(), author("李")).unwrap();
        let estate = draw(&mut session);
        session.close().unwrap();
        let mut session = Session::open(&path, author("王")).unwrap();
        let by = |session: &Session| session.last_change(estate).map(|last| last.author.clone());
        assert_eq!(by(&session), None);
        session.load_last_changes().unwrap();
        assert_eq!(by(&session).as_deref(), Some("李"));
        name(&mut session, estate, "洪都新村");
        assert_eq!(by(&session).as_deref(), Some("王"));
    }
}
