//! Plans and projects: what is taken, what is refused, and what can be taken back.

use super::planning::{PlanCommand, PlanRefusal};
use super::{Ambient, Command, Refusal, plan};
use crate::model::{
    Batch, Budget, BudgetKey, Coded, EditKind, Estate, EstateId, Milestone, MilestoneKind,
    PackStamp, Project, ProjectPart, ScoreVersion, Signer, Snapshot, SnapshotContent, Survey,
    YearPlan, Yuan,
};
use jiff::civil::date;

const ESTATE: EstateId = EstateId(uuid::Uuid::from_u128(1));

fn survey() -> Survey {
    let mut estate = Estate::new(ESTATE);
    estate.name = "洪都新村".into();
    Survey::from_parts([estate], [], [], Default::default())
}

fn ambient(key: u128) -> Ambient {
    Ambient {
        now: jiff::Timestamp::UNIX_EPOCH,
        author: "县住建局 王工".into(),
        new_estate: EstateId(uuid::Uuid::from_u128(key)),
        divisions: None,
    }
}

fn done(survey: &mut Survey, command: PlanCommand) -> Result<EditKind, Refusal> {
    let key = 100 + survey.snapshots().len() as u128;
    let planned = plan(survey, Command::Plan(command), &ambient(key))?;
    let before = survey.clone();
    survey.apply(&planned.changes);
    let mut back = survey.clone();
    let inverse = planned.changes.into_iter().rev().map(|c| c.inverse());
    back.apply(&inverse.collect::<Vec<_>>());
    assert_eq!(back, before);
    Ok(planned.kind)
}

fn finished() -> Project {
    let mut project = Project::new(ESTATE);
    for (kind, day) in [
        (MilestoneKind::Start, date(2027, 6, 1)),
        (MilestoneKind::Finish, date(2027, 12, 20)),
    ] {
        let milestone = Milestone {
            actual: Some(day),
            ..Milestone::default()
        };
        project.milestones.insert(kind, milestone);
    }
    project
}

fn put(survey: &mut Survey, project: Project, part: ProjectPart) -> Result<EditKind, Refusal> {
    let projects = vec![project];
    done(survey, PlanCommand::PutProjects { projects, part })
}

#[test]
fn an_acceptance_with_a_signature_missing_is_refused() {
    let mut survey = survey();
    let mut project = finished();
    project.milestones.insert(
        MilestoneKind::Acceptance,
        Milestone {
            actual: Some(date(2028, 1, 10)),
            ..Milestone::default()
        },
    );
    for signer in &Signer::ALL[..5] {
        project.signatures.insert(*signer, date(2028, 1, 10));
    }
    let refused = put(&mut survey, project.clone(), ProjectPart::Milestones);
    assert_eq!(
        refused,
        Err(Refusal::Plan(PlanRefusal::SignaturesMissing {
            name: "洪都新村".into(),
            missing: vec![Signer::Supervisor],
        }))
    );
    project
        .signatures
        .insert(Signer::Supervisor, date(2028, 1, 10));
    put(&mut survey, project.clone(), ProjectPart::Milestones).unwrap();
    // Nor can one be taken away afterwards; everything else can still be written down.
    project.signatures.remove(&Signer::Owners);
    assert!(put(&mut survey, project, ProjectPart::Signatures).is_err());
}

#[test]
fn nothing_is_finished_before_it_is_started() {
    let mut survey = survey();
    let mut project = finished();
    if let Some(start) = project.milestones.get_mut(&MilestoneKind::Start) {
        start.actual = Some(date(2028, 6, 1));
    }
    assert_eq!(
        put(&mut survey, project, ProjectPart::Milestones),
        Err(Refusal::Plan(PlanRefusal::OutOfOrder {
            name: "洪都新村".into(),
            earlier: MilestoneKind::Start,
            later: MilestoneKind::Finish,
        }))
    );
}

#[test]
fn a_project_emptied_is_no_record() {
    let mut survey = survey();
    put(&mut survey, finished(), ProjectPart::Milestones).unwrap();
    assert_eq!(survey.projects().len(), 1);
    put(&mut survey, Project::new(ESTATE), ProjectPart::Milestones).unwrap();
    assert_eq!(survey.projects().len(), 0);
}

#[test]
fn a_placement_needs_a_person_and_a_reason() {
    let mut survey = survey();
    let place = |by: &str, reason: &str| PlanCommand::Place {
        estates: vec![ESTATE],
        year: 2027,
        batch: Some(Batch::Implement),
        by: by.into(),
        reason: reason.into(),
    };
    assert_eq!(
        done(&mut survey, place("县住建局", " ")),
        Err(Refusal::ReasonNeeded)
    );
    assert_eq!(
        done(&mut survey, place(" ", "居民多次来访")),
        Err(Refusal::Plan(PlanRefusal::PersonNeeded))
    );
    done(&mut survey, place("县住建局", "居民多次来访")).unwrap();
    let placement = survey.project(ESTATE).unwrap().placement.clone().unwrap();
    assert_eq!((placement.batch, placement.year), (Batch::Implement, 2027));
}

#[test]
fn a_budget_of_nothing_is_no_record() {
    let mut survey = survey();
    let key = BudgetKey {
        county_code: "360102".into(),
        year: 2027,
    };
    let set = |budget| PlanCommand::SetBudget {
        key: key.clone(),
        budget: Some(budget),
    };
    let budget = Budget {
        budget: Yuan::from_wan(1200.0),
        ..Budget::default()
    };
    done(&mut survey, set(budget.clone())).unwrap();
    assert_eq!(survey.budget(&key), Some(&budget));
    done(&mut survey, set(Budget::default())).unwrap();
    assert_eq!(survey.budgets().len(), 0);
}

fn pack() -> PackStamp {
    PackStamp {
        id: "JX-2019-26".into(),
        version: "1".into(),
        authority: String::new(),
        document: String::new(),
        effective_from: String::new(),
    }
}

fn year_plan() -> SnapshotContent {
    SnapshotContent::YearPlan(YearPlan {
        number: String::new(),
        county_code: "360102".into(),
        year: 2027,
        budget: None,
        capacity: None,
        weights: Default::default(),
        entries: Vec::new(),
    })
}

#[test]
fn a_yearly_plan_has_a_number_of_its_own_and_stays() {
    let mut survey = survey();
    let freeze = || PlanCommand::Freeze {
        title: String::new(),
        pack: pack(),
        content: year_plan(),
    };
    assert_eq!(done(&mut survey, freeze()), Ok(EditKind::Barrier));
    assert_eq!(done(&mut survey, freeze()), Ok(EditKind::Barrier));
    let titles: Vec<_> = survey.snapshots().map(|s| s.title.as_str()).collect();
    assert_eq!(titles, ["360102-2027-01", "360102-2027-02"]);
    let first: &Snapshot = survey.snapshots().next().unwrap();
    let snapshot = first.id;
    assert_eq!(
        done(&mut survey, PlanCommand::RemoveSnapshot { snapshot }),
        Err(Refusal::Plan(PlanRefusal::PlanGivenOut {
            number: "360102-2027-01".into()
        }))
    );
}

#[test]
fn a_ranking_held_fast_has_a_name_and_can_go() {
    let mut survey = survey();
    let freeze = |title: &str| PlanCommand::Freeze {
        title: title.into(),
        pack: pack(),
        content: SnapshotContent::Scores(ScoreVersion {
            weights: Default::default(),
            ranking: Vec::new(),
        }),
    };
    assert_eq!(
        done(&mut survey, freeze(" ")),
        Err(Refusal::Plan(PlanRefusal::TitleNeeded))
    );
    assert_eq!(done(&mut survey, freeze("第一稿")), Ok(EditKind::Do));
    let snapshot = survey.snapshots().next().unwrap().id;
    done(&mut survey, PlanCommand::RemoveSnapshot { snapshot }).unwrap();
    assert_eq!(survey.snapshots().len(), 0);
}

#[test]
fn a_revision_of_the_rules_is_counted_on_after_the_shipped_ones_held_again() {
    let mut survey = survey();
    let set = |pack: &str| PlanCommand::SetRules { pack: pack.into() };
    let revision = |survey: &Survey| survey.settings().own_rules.as_ref().map(|r| r.revision);
    done(&mut survey, set("a")).unwrap();
    assert_eq!(done(&mut survey, set("a")), Err(Refusal::NothingChanges));
    done(&mut survey, PlanCommand::ShippedRules).unwrap();
    assert_eq!(revision(&survey), None);
    done(&mut survey, set("b")).unwrap();
    assert_eq!(revision(&survey), Some(2));
}
