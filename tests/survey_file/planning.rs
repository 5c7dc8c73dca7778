//! The tables of projects, budgets and snapshots: what is written comes back, other programs see
//! it, and what they spoil is told.

use crate::folder;
use crate::generate::{edit, key, time};
use crate::other_programs::outside;
use jiff::civil::date;
use jiugai::model::{
    Batch, Budget, BudgetKey, CentralMoney, Change, Condition, Document, DocumentKind, EditKind,
    Evaluation, FundingLine, FundingSource, FundingStatus, ItemCode, Management, ManagementBody,
    ManagementMode, Milestone, MilestoneKind, PackStamp, Paper, Placement, PlanItem, Project,
    ProjectIssue, Settings, Signer, Snapshot, SnapshotContent, SnapshotId, Survey, Utility,
    WorkType, YearPlan, YearPlanEntry, Yuan,
};
use jiugai::store::{self, ReadProblemKind, SurveyFile};
use std::sync::Arc;

/// A project with something in every field.
fn project(number: u128) -> Project {
    let day = date(2027, 8, 31);
    let paper = Paper {
        file_name: "方案（终稿）.pdf".to_owned(),
        sha256: "ba78".to_owned(),
    };
    Project {
        year: Some(2027),
        content: vec![PlanItem {
            quantity: Some(1_234.5),
            unit: "m".to_owned(),
            cost: Some(Yuan(1_205_001)),
            utilities: [Utility::Water, Utility::Gas].into(),
            condition: Some(Condition::Holds),
            condition_reason: "管网已到“红线”".to_owned(),
            link_reason: "与小区直接相关".to_owned(),
            central_money: CentralMoney::AppliedFor,
            ..PlanItem::new(ItemCode::parse("C07").unwrap(), WorkType::Renew)
        }],
        agreed_on: Some(day),
        funding: vec![FundingLine {
            source: FundingSource::CentralSubsidy,
            amount: Yuan(1),
            status: FundingStatus::Received,
            note: "第一批".to_owned(),
        }],
        implementing_unit: "县城投".to_owned(),
        designer: "市设计院".to_owned(),
        contractor: "一建".to_owned(),
        supervisor: "监理公司".to_owned(),
        milestones: [(
            MilestoneKind::Start,
            Milestone {
                planned: Some(day),
                actual: Some(date(2027, 9, 2)),
                delay_reason: "雨季".to_owned(),
            },
        )]
        .into(),
        signatures: [(Signer::Owners, day)].into(),
        issues: vec![ProjectIssue {
            issue: "渗水".to_owned(),
            cause: "接口".to_owned(),
            remedy: "返工".to_owned(),
            found_on: Some(day),
            solved_on: None,
        }],
        evaluation: Some(Evaluation {
            on: Some(day),
            answered: Some(120),
            satisfied: Some(101),
            note: String::new(),
        }),
        management: Some(Management {
            body: Some(ManagementBody::OwnersCommittee),
            mode: Some(ManagementMode::PropertyCompany),
            company: "某物业".to_owned(),
            since: Some(day),
        }),
        documents: vec![Document {
            kind: DocumentKind::Plan,
            paper,
            added_at: time(5),
            note: String::new(),
        }],
        placement: Some(Placement {
            year: 2027,
            batch: Batch::Planned,
            by: "县住建局".to_owned(),
            reason: "居民来访".to_owned(),
            at: time(6),
        }),
        note: "备注".to_owned(),
        ..Project::new(key(number))
    }
}

fn budget() -> (BudgetKey, Budget) {
    let key = BudgetKey {
        county_code: "360102".to_owned(),
        year: 2027,
    };
    let budget = Budget {
        budget: Some(Yuan(12_000_001)),
        capacity: None,
        basis: "县财政局“评估”".to_owned(),
        paper: None,
    };
    (key, budget)
}

fn snapshot() -> Snapshot {
    Snapshot {
        id: SnapshotId(uuid::Uuid::from_u128(9)),
        title: "360102-2027-01".to_owned(),
        taken_at: time(7),
        taken_by: "王工".to_owned(),
        pack: PackStamp {
            id: "JX-2019-26".to_owned(),
            version: "1+2".to_owned(),
            authority: "省住建厅".to_owned(),
            document: "赣建城〔2019〕26号".to_owned(),
            effective_from: "2019".to_owned(),
        },
        content: SnapshotContent::YearPlan(YearPlan {
            number: "360102-2027-01".to_owned(),
            county_code: "360102".to_owned(),
            year: 2027,
            budget: Some(Yuan(3)),
            capacity: None,
            weights: [("utilities".to_owned(), 40.0)].into(),
            entries: vec![YearPlanEntry {
                estate: key(1),
                name: "洪都新村".to_owned(),
                lib_no: None,
                batch: Batch::Implement,
                reason: "fits".to_owned(),
                low: 100.0 / 3.0,
                high: 58.1,
                households: None,
                buildings: Some(8),
                floor_area_m2: Some(14_000.1),
                cost: None,
                local_fiscal: Yuan(2),
            }],
        }),
    }
}

fn put(project: &Project, before: Option<&Project>) -> Change {
    Change::Project {
        id: project.estate,
        before: before.cloned().map(Arc::new),
        after: Some(Arc::new(project.clone())),
    }
}

#[test]
fn plans_come_back_whole_keep_their_row_and_go() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let (budget_key, budget) = budget();
    let made = edit(
        1,
        EditKind::Do,
        vec![
            put(&project(1), None),
            put(&project(2), None),
            Change::Budget {
                key: budget_key.clone(),
                before: None,
                after: Some(Box::new(budget.clone())),
            },
            Change::Snapshot {
                id: snapshot().id,
                before: None,
                after: Some(Arc::new(snapshot())),
            },
        ],
    );
    file.commit(&made).unwrap();
    assert_eq!(file.edit(made.id).unwrap(), Some(made));
    let shorter = Project {
        funding: Vec::new(),
        ..project(1)
    };
    let gone = Change::Project {
        id: key(2),
        before: Some(Arc::new(project(2))),
        after: None,
    };
    let changes = vec![put(&shorter, Some(&project(1))), gone];
    file.commit(&edit(2, EditKind::Do, changes)).unwrap();
    file.close().unwrap();

    let contents = store::read(&path).unwrap();
    assert_eq!(contents.problems, []);
    let expected = Survey::default().with_plans([shorter], [(budget_key, budget)], [snapshot()]);
    assert_eq!(contents.survey, expected);
    let sql = "SELECT fid, year, implementing_unit, started_on FROM project";
    let row: (i64, i32, String, String) = outside(&path)
        .query_row(sql, [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .unwrap();
    assert_eq!(row, (1, 2027, "县城投".to_owned(), "2027-09-02".to_owned()));
}

#[test]
fn a_project_that_another_program_spoilt_is_told_and_costs_no_other() {
    let (_folder, path) = folder();
    let mut file = SurveyFile::create(&path, &Settings::default()).unwrap();
    let changes = vec![put(&project(1), None), put(&project(2), None)];
    file.commit(&edit(1, EditKind::Do, changes)).unwrap();
    file.close().unwrap();
    outside(&path)
        .execute_batch("UPDATE project SET record = '{}' WHERE fid = 1")
        .unwrap();
    let contents = store::read(&path).unwrap();
    let problems: Vec<_> = contents
        .problems
        .iter()
        .map(|problem| (problem.table, problem.fid, &problem.kind))
        .collect();
    assert_eq!(problems, [("project", 1, &ReadProblemKind::UnreadableRow)]);
    assert_eq!(contents.survey.projects().len(), 1);
}
