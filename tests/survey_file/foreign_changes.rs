//! What QGIS changes while the survey is closed is noticed, told in the history, and can be undone.

use crate::other_programs::outside;
use crate::{folder, small_survey};
use jiugai::model::{Change, EditLabel, RecordKey, Survey};
use jiugai::session::{Author, Session};
use jiugai::store;
use std::path::Path;
use std::sync::Arc;

fn open(path: &Path) -> Session {
    let author = Author {
        name: "张三".to_owned(),
        device: "调查-07".to_owned(),
    };
    Session::open(path, author).unwrap()
}

fn last_label(session: &Session) -> EditLabel {
    session.history().unwrap().pop().unwrap().label
}

#[test]
fn what_was_changed_added_and_deleted_outside_is_one_edit_that_undo_takes_back() {
    let (_folder, path) = folder();
    let before = small_survey(&path);
    let other = outside(&path);
    other
        .execute_batch(
            "UPDATE estate SET households = 77 WHERE name = '洪都新村';
             DELETE FROM estate WHERE name = '工人新村';
             INSERT INTO register_row (name, households) VALUES ('粮食局新宿舍', 12);
             UPDATE building SET number = '1号楼' WHERE number = '1栋';",
        )
        .unwrap();
    drop(other);

    let mut session = open(&path);
    assert_eq!(session.changed_outside(), 4);
    assert_eq!(
        last_label(&session),
        EditLabel::ChangedOutside { records: 4 }
    );
    let after: Arc<Survey> = session.survey().clone();
    let named = |name: &str| after.estates().find(|e| e.name == name).cloned();
    assert_eq!(named("洪都新村").unwrap().households, Some(77));
    assert_eq!(named("工人新村"), None);
    assert_eq!(named("粮食局新宿舍").unwrap().households, Some(12));

    let undone = session.undo().unwrap();
    assert_eq!(undone.changes.len(), 4);
    assert_eq!(**session.survey(), before);
    session.close().unwrap();
    assert_eq!(store::read(&path).unwrap().survey, before);

    // Undo was ours: nothing is noticed, and redo goes on where it was left.
    let mut session = open(&path);
    assert_eq!(session.changed_outside(), 0);
    session.redo().unwrap();
    assert_eq!(session.survey(), &after);
    session.close().unwrap();
    assert_eq!(store::read(&path).unwrap().survey, *after);
}

#[test]
fn a_change_that_was_taken_back_outside_and_an_untouched_file_are_nothing() {
    let (_folder, path) = folder();
    small_survey(&path);
    let other = outside(&path);
    other
        .execute_batch(
            "UPDATE estate SET name = 'x' WHERE name = '洪都新村';
             UPDATE estate SET name = '洪都新村' WHERE name = 'x';",
        )
        .unwrap();
    drop(other);
    for _ in 0..2 {
        let session = open(&path);
        assert_eq!(session.changed_outside(), 0);
        assert_ne!(
            last_label(&session),
            EditLabel::ChangedOutside { records: 0 }
        );
        assert_eq!(session.history().unwrap().len(), 1);
        session.close().unwrap();
    }
}

#[test]
fn an_estate_redrawn_as_a_point_moves_between_the_layers_as_one_change() {
    let (_folder, path) = folder();
    let before = small_survey(&path);
    let estate = before.estates().find(|e| e.name == "阳光花园").unwrap();
    let key = estate.id.to_string();
    let other = outside(&path);
    other
        .execute("DELETE FROM estate WHERE uuid = ?1", [&key])
        .unwrap();
    other
        .execute(
            "INSERT INTO register_row (uuid, name) VALUES (?1, '阳光花园')",
            [&key],
        )
        .unwrap();
    drop(other);
    let mut session = open(&path);
    assert_eq!(session.changed_outside(), 1);
    let undone = session.undo().unwrap();
    let [change] = undone.changes.as_slice() else {
        panic!("{:?}", undone.changes);
    };
    assert_eq!(change.key(), RecordKey::Estate(estate.id));
    assert!(matches!(change, Change::Estate { after: Some(e), .. } if e.boundary.is_some()));
    assert_eq!(**session.survey(), before);
}
