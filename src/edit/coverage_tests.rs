//! What the commands about completeness change, and that undo takes it back.

use crate::edit::tests::run;
use crate::edit::{Command, CoverageCommand, Refusal};
use crate::model::{CoverageLabel, EditLabel, ListKind, Survey};
use crate::rules::sample::{list, list_id};

#[test]
fn whose_list_it_is_can_be_said_later_and_no_row_changes() {
    let lists = [list(1, 3, Vec::new())];
    let mut survey = Survey::from_parts([], [], lists, Default::default());
    let kind = ListKind::ShantyPlan;
    let list = list_id(1);
    let set = |list| Command::Coverage(CoverageCommand::SetListKind { list, kind });
    let plan = run(&mut survey, set(list)).unwrap();
    let file = "名册 1.csv".to_owned();
    let label = EditLabel::Coverage(CoverageLabel::ListKind { file, kind });
    assert_eq!((plan.label, plan.changes.len()), (label, 1));
    let held = survey.list(list).unwrap();
    assert_eq!((held.kind, held.rows_read), (kind, 3));
    assert_eq!(run(&mut survey, set(list)), Err(Refusal::NothingChanges));
    assert_eq!(run(&mut survey, set(list_id(9))), Err(Refusal::NoSuchRow));
}
