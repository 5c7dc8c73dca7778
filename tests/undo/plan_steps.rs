//! What the property test does to plans: projects, budgets, rankings held fast, own rules.

use jiugai::edit::{Command, PlanCommand};
use jiugai::model::{
    Batch, Budget, BudgetKey, Coded, EstateId, Evaluation, FrozenScore, FundingLine, FundingSource,
    FundingStatus, Management, ManagementBody, Milestone, MilestoneKind, PackStamp, PlanItem,
    Project, ProjectIssue, ProjectPart, ScoreVersion, Signer, SnapshotContent, Survey, WorkType,
    Yuan,
};
use proptest::prelude::*;
use proptest::sample::Index;

#[derive(Clone, Debug)]
pub enum PlanStep {
    Put(Index, ProjectPart, u8),
    Place(Vec<Index>, Option<Batch>),
    SetBudget(u8, Option<u64>),
    Freeze,
    RemoveSnapshot(Index),
    SetRules(u8),
    ShippedRules,
}

impl PlanStep {
    pub fn command(self, survey: &Survey, at: impl Fn(&Index) -> EstateId) -> Option<Command> {
        Some(Command::Plan(match self {
            Self::Put(index, part, number) => PlanCommand::PutProjects {
                projects: vec![changed(survey, at(&index), part, number)],
                part,
            },
            Self::Place(indices, batch) => PlanCommand::Place {
                estates: indices.iter().map(at).collect(),
                year: 2027,
                batch,
                by: "县住建局".to_owned(),
                reason: "居民多次“来访”".to_owned(),
            },
            Self::SetBudget(year, amount) => PlanCommand::SetBudget {
                key: BudgetKey {
                    county_code: "360102".to_owned(),
                    year: 2026 + i32::from(year % 3),
                },
                budget: amount.map(|amount| Budget {
                    budget: Some(Yuan(amount)),
                    basis: "财政局“评估”".to_owned(),
                    ..Budget::default()
                }),
            },
            Self::Freeze => PlanCommand::Freeze {
                title: "第一稿".to_owned(),
                pack: PackStamp {
                    id: "JX-2019-26".to_owned(),
                    version: "1".to_owned(),
                    authority: String::new(),
                    document: String::new(),
                    effective_from: "2019".to_owned(),
                },
                content: SnapshotContent::Scores(ScoreVersion {
                    weights: [("utilities".to_owned(), 40.0)].into(),
                    ranking: survey
                        .estates()
                        .map(|estate| FrozenScore {
                            estate: estate.id,
                            low: 41.7,
                            high: 100.0 / 3.0,
                        })
                        .collect(),
                }),
            },
            Self::RemoveSnapshot(index) => {
                let ids: Vec<_> = survey.snapshots().map(|snapshot| snapshot.id).collect();
                if ids.is_empty() {
                    return None;
                }
                PlanCommand::RemoveSnapshot {
                    snapshot: *index.get(&ids),
                }
            }
            Self::SetRules(year) => PlanCommand::SetRules {
                pack: serde_json::json!({"recognition": {"cutoff_year": 2000 + u16::from(year % 3)}}),
            },
            Self::ShippedRules => PlanCommand::ShippedRules,
        }))
    }
}

/// The project of an estate with one part of it changed.
fn changed(survey: &Survey, estate: EstateId, part: ProjectPart, number: u8) -> Project {
    let held = survey.project(estate).map(|held| (**held).clone());
    let mut project = held.unwrap_or_else(|| Project::new(estate));
    let day = jiff::civil::date(2027, 3, 1 + (number % 28) as i8);
    match part {
        ProjectPart::Year => project.year = number.is_multiple_of(2).then_some(2027),
        ProjectPart::Content => {
            let mut item = PlanItem::new(crate::item("C04"), WorkType::Renew);
            item.quantity = Some(f64::from(number) + 0.1);
            item.cost = Some(Yuan(u64::from(number) * 9_999));
            project.content.push(item);
        }
        ProjectPart::Funding => project.funding.push(FundingLine {
            source: FundingSource::ALL[usize::from(number) % FundingSource::ALL.len()],
            amount: Yuan(u64::from(number)),
            status: FundingStatus::Committed,
            note: String::new(),
        }),
        ProjectPart::Units => project.implementing_unit = format!("城投 {number}"),
        ProjectPart::Milestones => {
            let kind = MilestoneKind::ALL[usize::from(number) % 4];
            let milestone = Milestone {
                planned: Some(day),
                actual: number.is_multiple_of(3).then_some(day),
                delay_reason: "雨季".to_owned(),
            };
            project.milestones.insert(kind, milestone);
        }
        ProjectPart::Signatures => {
            let signer = Signer::ALL[usize::from(number) % 6];
            match project.signatures.remove(&signer) {
                Some(_) => {}
                None => {
                    project.signatures.insert(signer, day);
                }
            }
        }
        ProjectPart::Issues => project.issues.push(ProjectIssue {
            issue: "渗水".to_owned(),
            cause: String::new(),
            remedy: String::new(),
            found_on: Some(day),
            solved_on: None,
        }),
        ProjectPart::Evaluation => {
            project.evaluation = Some(Evaluation {
                answered: Some(100),
                satisfied: Some(u32::from(number)),
                ..Evaluation::default()
            });
        }
        ProjectPart::Management => {
            project.management = Some(Management {
                body: Some(ManagementBody::ALL[usize::from(number) % 4]),
                ..Management::default()
            });
        }
        ProjectPart::Documents => project.documents.clear(),
        ProjectPart::Note => project.note = "备注".to_owned(),
    }
    project
}

pub fn plan_steps() -> impl Strategy<Value = PlanStep> {
    let parts = vec![
        ProjectPart::Year,
        ProjectPart::Content,
        ProjectPart::Funding,
        ProjectPart::Units,
        ProjectPart::Milestones,
        ProjectPart::Signatures,
        ProjectPart::Issues,
        ProjectPart::Evaluation,
        ProjectPart::Management,
        ProjectPart::Documents,
        ProjectPart::Note,
    ];
    let part = proptest::sample::select(parts);
    let batches: Vec<_> = Batch::ALL.iter().copied().map(Some).chain([None]).collect();
    let several = proptest::collection::vec(any::<Index>(), 1..3);
    prop_oneof![
        8 => (any::<Index>(), part, any::<u8>())
            .prop_map(|(at, part, number)| PlanStep::Put(at, part, number)),
        2 => (several, proptest::sample::select(batches))
            .prop_map(|(at, batch)| PlanStep::Place(at, batch)),
        2 => (any::<u8>(), any::<Option<u32>>())
            .prop_map(|(year, amount)| PlanStep::SetBudget(year, amount.map(u64::from))),
        1 => Just(PlanStep::Freeze),
        1 => any::<Index>().prop_map(PlanStep::RemoveSnapshot),
        1 => any::<u8>().prop_map(PlanStep::SetRules),
        1 => Just(PlanStep::ShippedRules),
    ]
}
