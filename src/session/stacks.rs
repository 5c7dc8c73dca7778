//! What can be undone and redone, read from the log: so it survives a restart.

use crate::model::{EditId, EditKind, EditLabel};
use crate::store::EditHeader;

#[derive(Debug, Default)]
pub(super) struct Stacks {
    undo: Vec<(EditId, EditLabel)>,
    redo: Vec<(EditId, EditLabel)>,
}

impl Stacks {
    pub fn replay(history: &[EditHeader]) -> Self {
        let mut stacks = Self::default();
        for edit in history {
            stacks.push(edit.id, edit.kind, edit.label.clone());
        }
        stacks
    }

    pub fn push(&mut self, id: EditId, kind: EditKind, label: EditLabel) {
        match kind {
            EditKind::Do => {
                self.undo.push((id, label));
                self.redo.clear();
            }
            EditKind::Undo(of) => {
                self.undo.retain(|(undone, _)| *undone != of);
                self.redo.push((of, label));
            }
            EditKind::Redo(of) => {
                self.redo.retain(|(redone, _)| *redone != of);
                self.undo.push((of, label));
            }
            EditKind::Barrier => {
                self.undo.clear();
                self.redo.clear();
            }
        }
    }

    pub fn undo(&self) -> Option<&(EditId, EditLabel)> {
        self.undo.last()
    }

    pub fn redo(&self) -> Option<&(EditId, EditLabel)> {
        self.redo.last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(number: u128) -> EditId {
        EditId(uuid::Uuid::from_u128(number))
    }

    /// Pushes edits 1, 2, … of the given kinds; gives the next undo and the next redo.
    fn check(kinds: &[EditKind], undo: Option<u128>, redo: Option<u128>) {
        let mut stacks = Stacks::default();
        for (index, kind) in kinds.iter().enumerate() {
            stacks.push(edit(index as u128 + 1), *kind, EditLabel::ChangeSettings);
        }
        assert_eq!(stacks.undo().map(|(id, _)| *id), undo.map(edit), "undo");
        assert_eq!(stacks.redo().map(|(id, _)| *id), redo.map(edit), "redo");
    }

    #[test]
    fn undo_and_redo_walk_back_and_forth_along_the_log() {
        use EditKind::{Barrier, Do, Redo, Undo};
        check(&[], None, None);
        check(&[Do, Do], Some(2), None);
        check(&[Do, Do, Undo(edit(2))], Some(1), Some(2));
        check(&[Do, Do, Undo(edit(2)), Undo(edit(1))], None, Some(1));
        check(&[Do, Do, Undo(edit(2)), Redo(edit(2))], Some(2), None);
        check(&[Do, Undo(edit(1)), Do], Some(3), None);
        check(&[Do, Barrier], None, None);
        check(&[Do, Barrier, Do], Some(3), None);
    }
}
