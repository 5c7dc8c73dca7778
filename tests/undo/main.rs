//! Any sequence of commands, all undone, gives back the survey as it was: in memory, and in the
//! file after it was closed in between. All redone, it is as it had become.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic)]

mod plan_steps;
mod steps;

use jiugai::edit::{Command, Refusal};
use jiugai::model::{
    Change, Crs, Datum, EditLabel, Estate, EstateId, ImportList, ListKind, ListRole, Origin,
    RejectedRow, RowProblem, RowProblemKind, Settings, Survey,
};
use jiugai::session::{Author, Session, SessionError};
use proptest::prelude::*;
use proptest::sample::Index;
use std::path::Path;
use std::sync::Arc;
use steps::{LIST, Step, UNREADABLE_ROW, item, square, steps};

/// Three rows of a list, one more that could not be read, and two estates drawn here.
fn begin(path: &Path) -> Session {
    let author = Author {
        name: "测试".to_owned(),
        device: "desk".to_owned(),
    };
    let mut session = Session::create(path, Settings::default(), author).unwrap();
    let list = ImportList {
        id: LIST,
        file_name: "名册.csv".to_owned(),
        sha256: "00".repeat(32),
        role: ListRole::Register,
        kind: ListKind::Other,
        crs: Crs::Degrees(Datum::Bd09),
        imported_at: "2026-11-24T08:00:00Z".parse().unwrap(),
        rows_read: UNREADABLE_ROW,
        mapping: vec![("name".to_owned(), "小区名称".to_owned())],
        rejected: vec![RejectedRow {
            problem: RowProblem {
                row: UNREADABLE_ROW,
                column: None,
                kind: RowProblemKind::Empty,
                value: String::new(),
            },
            text: "合计".to_owned(),
            set_aside: None,
        }],
    };
    let rows = (1..UNREADABLE_ROW).map(|row| {
        let mut estate = Estate::new(EstateId::of_row(LIST, row));
        estate.name = format!("小区 {row}");
        estate.households = Some(100 + row);
        estate
            .gaps
            .insert(item("C05"), jiugai::model::Severity::Missing);
        estate.origin = Some(Origin {
            list: LIST,
            row,
            source: "县房管局".to_owned(),
            source_id: format!("FG-{row}"),
        });
        Change::Estate {
            id: estate.id,
            before: None,
            after: Some(Arc::new(estate)),
        }
    });
    let list = Change::List {
        id: LIST,
        before: None,
        after: Some(Arc::new(list)),
    };
    let label = EditLabel::Import {
        file: "名册.csv".to_owned(),
        rows: UNREADABLE_ROW,
    };
    let changes = rows.chain([list]).collect();
    session.run(Command::Apply { label, changes }).unwrap();
    for place in [0, 1] {
        let boundary = square(place);
        session.run(Command::Draw { boundary }).unwrap();
    }
    session
}

fn reopened(session: Session) -> Session {
    let path = session.path().to_owned();
    let author = Author {
        name: "另一人".to_owned(),
        device: "desk".to_owned(),
    };
    let before = session.survey().clone();
    session.close().unwrap();
    let session = Session::open(&path, author).unwrap();
    assert!(session.problems().is_empty(), "{:?}", session.problems());
    assert!(*session.survey() == before, "the file holds another survey");
    session
}

/// Carries the steps out, and gives the survey before each that changed something.
fn run(session: &mut Session, steps: Vec<Step>) -> Vec<Arc<Survey>> {
    let mut before = Vec::new();
    for step in steps {
        let survey = session.survey().clone();
        let Some(command) = step.command(&survey) else {
            continue;
        };
        match session.run(command) {
            Ok(_) => before.push(survey),
            Err(SessionError::Refused(Refusal::Stale(key))) => panic!("{key}"),
            Err(SessionError::Refused(_)) => assert!(*session.survey() == survey),
            Err(error) => panic!("{error}"),
        }
    }
    before
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn all_undone_is_as_it_was_and_all_redone_as_it_had_become(
        steps in proptest::collection::vec(steps(), 1..24),
        reopen_after in any::<Index>(),
    ) {
        let folder = tempfile::Builder::new().prefix("旧改 undo ").tempdir().unwrap();
        let mut session = begin(&folder.path().join("调查.gpkg"));
        let start = session.survey().clone();
        let before = run(&mut session, steps);
        let end = session.survey().clone();

        let reopen_after = reopen_after.index(before.len() + 1);
        for (index, earlier) in before.iter().rev().enumerate() {
            if index == reopen_after {
                session = reopened(session);
            }
            session.undo().unwrap();
            prop_assert!(session.survey() == earlier, "undo {index}");
        }
        session = reopened(session);
        prop_assert!(*session.survey() == start);

        for _ in &before {
            session.redo().unwrap();
        }
        prop_assert!(matches!(session.redo(), Err(SessionError::NothingToRedo)));
        session = reopened(session);
        prop_assert!(*session.survey() == end);
    }

    #[test]
    fn no_commands_lose_a_row_or_count_it_twice(
        steps in proptest::collection::vec(steps(), 1..24),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut session = begin(&folder.path().join("a.gpkg"));
        run(&mut session, steps);
        let catalogue = jiugai::catalogue::Catalogue::shipped();
        let judgements = jiugai::rules::fate::judge(session.survey(), &catalogue);
        let tally = jiugai::rules::fate::tally(session.survey(), &judgements);
        prop_assert_eq!(tally.total.rows_in, u64::from(UNREADABLE_ROW));
        prop_assert!(tally.total.adds_up(), "{:?}", tally);
        // Every merged record leads to one that counts or was withdrawn.
        for estate in session.survey().estates() {
            let root = session.survey().root(estate.id);
            let root = session.survey().estate(root).unwrap();
            let ends = root.standing.is_counted() || matches!(
                root.standing,
                jiugai::model::Standing::Withdrawn { .. }
            );
            prop_assert!(ends, "{:?}", root.standing);
        }
        // Every building is of a record that is there, and no record's list has one twice.
        let survey = session.survey();
        for building in survey.buildings() {
            prop_assert!(survey.estate(building.estate).is_some());
        }
        let own: usize = survey.estates().map(|e| survey.own_buildings(e.id).len()).sum();
        prop_assert_eq!(own, survey.buildings().len());
        for estate in survey.counted() {
            let mut ids: Vec<_> = survey.buildings_of(estate.id).iter().map(|b| b.id).collect();
            let all = ids.len();
            ids.sort();
            ids.dedup();
            prop_assert_eq!(ids.len(), all);
        }
    }
}
