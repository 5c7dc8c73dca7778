use super::*;
use crate::model::Coded;
use crate::model::{Document, DocumentKind, ItemCode, Paper, WorkType, Yuan};
use crate::ui::test_bench::id;

/// Whether it holds a day.
fn is_day(slot: Slot) -> bool {
    matches!(
        slot,
        Slot::AgreedOn
            | Slot::Milestone(_, MilestoneText::Planned | MilestoneText::Actual)
            | Slot::Signature(_)
            | Slot::Issue(_, IssueText::FoundOn | IssueText::SolvedOn)
            | Slot::Evaluation(EvaluationText::On)
            | Slot::Management(ManagementText::Since)
    )
}

fn project() -> Project {
    let mut project = Project::new(id(1));
    let item = ItemCode::parse("C05").unwrap();
    project.content.push(PlanItem::new(item, WorkType::Renew));
    project.funding.push(FundingLine {
        source: FundingSource::LocalFiscal,
        amount: Yuan(10_000),
        status: FundingStatus::Intended,
        note: String::new(),
    });
    Slot::NewIssue.set(&mut project, "渗水").unwrap();
    project.documents.push(Document {
        kind: DocumentKind::Plan,
        paper: Paper {
            file_name: "方案.pdf".into(),
            sha256: String::new(),
        },
        added_at: jiff::Timestamp::UNIX_EPOCH,
        note: String::new(),
    });
    project
}

/// Every place, with a text that is a value there.
fn places() -> Vec<(Slot, &'static str)> {
    let mut places = vec![
        (Slot::Year, "2027"),
        (Slot::AgreedOn, "2027-03-01"),
        (Slot::Item(0, ItemText::Quantity), "120.5"),
        (Slot::Item(0, ItemText::Unit), "m"),
        (Slot::Item(0, ItemText::Cost), "12.5"),
        (Slot::Item(0, ItemText::ConditionReason), "有空地"),
        (Slot::Item(0, ItemText::LinkReason), "紧邻小区"),
        (Slot::Funding(0, FundingText::Amount), "3"),
        (Slot::Funding(0, FundingText::Note), "区财政"),
        (Slot::Issue(0, IssueText::Issue), "漏水"),
        (Slot::Issue(0, IssueText::Cause), "接口松"),
        (Slot::Issue(0, IssueText::Remedy), "更换"),
        (Slot::Issue(0, IssueText::FoundOn), "2027-09-01"),
        (Slot::Issue(0, IssueText::SolvedOn), "2027-09-05"),
        (Slot::Evaluation(EvaluationText::On), "2028-01-10"),
        (Slot::Evaluation(EvaluationText::Answered), "180"),
        (Slot::Evaluation(EvaluationText::Satisfied), "170"),
        (Slot::Evaluation(EvaluationText::Note), "停车仍紧张"),
        (Slot::Management(ManagementText::Company), "某物业"),
        (Slot::Management(ManagementText::Since), "2028-02-01"),
        (Slot::DocumentNote(0), "原件在档案室"),
        (Slot::Note, "备注"),
    ];
    places.extend(Unit::ALL.map(|unit| (Slot::Unit(unit), "某单位")));
    for kind in MilestoneKind::ALL {
        places.extend([
            (Slot::Milestone(*kind, MilestoneText::Planned), "2027-06-01"),
            (Slot::Milestone(*kind, MilestoneText::Actual), "2027-06-02"),
            (Slot::Milestone(*kind, MilestoneText::DelayReason), "雨"),
        ]);
    }
    let signatures = Signer::ALL
        .iter()
        .map(|one| (Slot::Signature(*one), "2027-12-01"));
    places.extend(signatures);
    places
}

#[test]
fn what_is_typed_reads_back_and_taken_out_leaves_the_project_as_it_was() {
    for (slot, text) in places() {
        let mut project = project();
        let before = (project.clone(), slot.text_of(&project));
        slot.set(&mut project, text).unwrap();
        assert_eq!(slot.text_of(&project), text, "{slot:?}");
        assert_ne!(project, before.0, "{slot:?} changes something");
        slot.set(&mut project, &before.1).unwrap();
        assert_eq!(project, before.0, "{slot:?}");
    }
}

#[test]
fn a_text_that_is_no_value_changes_nothing() {
    let with_values = places()
        .into_iter()
        .fold(project(), |mut project, (slot, text)| {
            slot.set(&mut project, text).unwrap();
            project
        });
    for (slot, _) in places().into_iter().filter(|(slot, _)| is_day(*slot)) {
        let mut project = with_values.clone();
        assert_eq!(slot.set(&mut project, "2月30日"), Err(TypedProblem::NoDay));
        assert_eq!(project, with_values, "{slot:?}");
    }
    for slot in [
        Slot::Funding(0, FundingText::Amount),
        Slot::Issue(0, IssueText::Issue),
    ] {
        let mut project = with_values.clone();
        assert_eq!(slot.set(&mut project, " "), Err(TypedProblem::Needed));
        assert_eq!(project, with_values, "{slot:?}");
    }
}

#[test]
fn a_line_that_is_gone_takes_nothing() {
    for (slot, text) in places() {
        let Some((_, line)) = slot.line() else {
            continue;
        };
        let mut project = project();
        let gone = slot.in_line(line + 7);
        gone.set(&mut project, text).unwrap();
        assert_eq!(project, self::project(), "{slot:?}");
        assert_eq!(gone.text_of(&project), "");
    }
}
