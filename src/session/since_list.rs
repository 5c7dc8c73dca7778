//! What was changed here since a list last spoke of a record, read from the log: so that a newer
//! version of the list overwrites nobody's work.

use super::{PAGE, Session};
use crate::model::{Change, Differences, EditLabel, EstateId, Field, Value};
use crate::store::{EditOfEstate, Effect, LogReader, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Reads the log on whichever thread it is sent to.
pub struct SinceList {
    path: PathBuf,
    reader: Option<LogReader>,
}

impl Session {
    /// What a worker asks while this session goes on writing.
    pub fn since_list(&self) -> SinceList {
        SinceList {
            path: self.path().to_owned(),
            reader: None,
        }
    }
}

impl SinceList {
    /// The fields of a record that were changed since its list last spoke of them, each with what
    /// the list had said: `None` is "nothing".
    ///
    /// # Errors
    /// Where the log cannot be read.
    pub fn changed(
        &mut self,
        estate: EstateId,
    ) -> Result<BTreeMap<Field, Option<Value>>, StoreError> {
        let reader = match self.reader.take() {
            Some(reader) => reader,
            None => LogReader::open(&self.path)?,
        };
        let reader = self.reader.insert(reader);
        let mut walk = Walk::default();
        let mut older_than = None;
        loop {
            let edits = reader.history_of(estate, older_than, PAGE)?;
            older_than = edits.last().map(|edit| edit.position);
            let is_last = edits.len() < PAGE as usize;
            for edit in edits {
                walk.back_over(edit);
            }
            if walk.is_made || is_last {
                return Ok(walk.changed);
            }
        }
    }
}

/// A way back through the edits of a record, newest first.
#[derive(Default)]
struct Walk {
    changed: BTreeMap<Field, Option<Value>>,
    /// Fields that the list spoke of in an edit passed already.
    told: BTreeSet<Field>,
    /// The edit that made the record was passed.
    is_made: bool,
}

impl Walk {
    fn back_over(&mut self, edit: EditOfEstate) {
        let Some(Change::Estate { before, after, .. }) = edit.change else {
            return;
        };
        if self.is_made || edit.effect == Effect::Undone {
            return;
        }
        if before.is_none() {
            self.is_made = true;
            return;
        }
        let by_list = matches!(
            edit.header.label,
            EditLabel::Import { .. } | EditLabel::UpdateList { .. }
        );
        for difference in Differences::between(before.as_deref(), after.as_deref()).fields {
            match by_list {
                true => {
                    self.told.insert(difference.field);
                }
                false if self.told.contains(&difference.field) => {}
                // The oldest change since: what was there before it is what the list said.
                false => {
                    self.changed.insert(difference.field, difference.before);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::Command;
    use crate::model::{Estate, ListId, Origin};
    use crate::session::Author;
    use std::sync::Arc;

    fn set(session: &mut Session, estate: EstateId, field: Field, value: Value) {
        let command = Command::SetField {
            estates: vec![estate],
            field,
            value: Some(value),
        };
        session.run(command).unwrap();
    }

    fn by_list(session: &mut Session, estate: &Estate, label: EditLabel) {
        let before = session.survey().estate(estate.id).cloned();
        let changes = vec![Change::Estate {
            id: estate.id,
            before,
            after: Some(Arc::new(estate.clone())),
        }];
        session.run(Command::Apply { label, changes }).unwrap();
    }

    #[test]
    fn what_the_list_said_last_is_told_of_what_was_changed_since_and_of_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("洪都 1.gpkg");
        let author = Author {
            name: "李调查".into(),
            device: "laptop 7".into(),
        };
        let mut session = Session::create(&path, Default::default(), author).unwrap();
        let list = ListId::of_file(&[7; 32], "register");
        let id = EstateId::of_row(list, 1);
        let mut estate = Estate::new(id);
        estate.origin = Some(Origin {
            list,
            row: 1,
            source: String::new(),
            source_id: String::new(),
        });
        estate.name = "洪都新村".into();
        estate.households = Some(196);
        let (file, rows) = ("名册.csv".to_owned(), 1);
        let label = EditLabel::Import {
            file: file.clone(),
            rows,
        };
        by_list(&mut session, &estate, label);
        let mut since = session.since_list();
        assert_eq!(since.changed(id).unwrap(), BTreeMap::new());

        for households in [197, 198] {
            set(
                &mut session,
                id,
                Field::Households,
                Value::Count(households),
            );
        }
        set(
            &mut session,
            id,
            Field::Address,
            Value::Text("洪都北大道".into()),
        );
        set(&mut session, id, Field::Name, Value::Text("改名".into()));
        session.undo().unwrap();
        let said = Some(Value::Count(196));
        let expected = BTreeMap::from([(Field::Households, said), (Field::Address, None)]);
        assert_eq!(since.changed(id).unwrap(), expected);

        // A newer version speaks of the households anew.
        let mut estate = Estate::clone(session.survey().estate(id).unwrap());
        estate.households = Some(200);
        by_list(&mut session, &estate, EditLabel::UpdateList { file, rows });
        let expected = BTreeMap::from([(Field::Address, None)]);
        assert_eq!(since.changed(id).unwrap(), expected);
        set(&mut session, id, Field::Households, Value::Count(201));
        let said = Some(Value::Count(200));
        assert_eq!(since.changed(id).unwrap()[&Field::Households], said);
    }
}
