//! Plans and projects, 三(三)2–5, 三(四), 四: what the commands about them change.

use super::command::Refusal;
use super::draft::Draft;
use super::plan::{Ambient, Planned, count, reason_given};
use crate::model::{
    Batch, Budget, BudgetKey, EditKind, EditLabel, EstateId, MilestoneKind, OwnRules, PackStamp,
    Placement, PlanLabel, Project, ProjectPart, Signer, Snapshot, SnapshotContent, SnapshotId,
};
use crate::rules::acceptance::{Acceptance, acceptance};
use crate::rules::delivery::reversed_milestones;
use crate::rules::evaluation::more_satisfied;

/// What a user can mean with plans and projects.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanCommand {
    /// Projects as they are to be, each with one part changed.
    PutProjects {
        projects: Vec<Project>,
        part: ProjectPart,
    },
    /// A person puts estates into a batch; `None` lets the rules decide again. Whether the rules
    /// let it be is asked when batches are filled (`rules::batches`), for a capacity can fall later.
    Place {
        estates: Vec<EstateId>,
        year: i32,
        batch: Option<Batch>,
        by: String,
        reason: String,
    },
    /// What a county can spend in a year; `None` takes it back to "nobody said".
    SetBudget {
        key: BudgetKey,
        budget: Option<Budget>,
    },
    /// Holds something fast. A yearly plan is given its number, and cannot be undone: the number
    /// may stand in a paper by then.
    Freeze {
        title: String,
        pack: PackStamp,
        content: SnapshotContent,
    },
    /// Of a ranking or an assessment; a yearly plan stays.
    RemoveSnapshot { snapshot: SnapshotId },
    /// The survey's own rule pack, whole.
    SetRules { pack: serde_json::Value },
    /// The shipped rule pack holds again.
    ShippedRules,
}

/// Why a plan or a project cannot be changed. Sentences: locale files, `plan.refusal.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanRefusal {
    /// 三(三)4: all of them accept together.
    #[error("signatures are missing: {missing:?}")]
    SignaturesMissing { name: String, missing: Vec<Signer> },
    /// A milestone before the one that it follows.
    #[error("{later:?} before {earlier:?}")]
    OutOfOrder {
        name: String,
        earlier: MilestoneKind,
        later: MilestoneKind,
    },
    /// A placement names who answers for it.
    #[error("a person is needed")]
    PersonNeeded,
    #[error("no such snapshot")]
    NoSuchSnapshot,
    #[error("plan {number} has been given out")]
    PlanGivenOut { number: String },
    #[error("it needs a name")]
    TitleNeeded,
    /// More than satisfied, answers than households and the like.
    #[error("{satisfied} of {answered} are satisfied")]
    MoreSatisfiedThanAnswered { satisfied: u32, answered: u32 },
}

pub(super) fn plan(
    draft: &mut Draft,
    command: PlanCommand,
    ambient: &Ambient,
) -> Result<Planned, Refusal> {
    let mut kind = EditKind::Do;
    let label = match command {
        PlanCommand::PutProjects { projects, part } => put_projects(draft, projects, part)?,
        PlanCommand::Place {
            estates,
            year,
            batch,
            by,
            reason,
        } => {
            let placement = batch
                .map(|batch| placement(batch, year, &by, &reason, ambient))
                .transpose()?;
            place(draft, &estates, placement.as_ref())?
        }
        PlanCommand::SetBudget { key, budget } => {
            let label = PlanLabel::Budget {
                county_code: key.county_code.clone(),
                year: key.year,
            };
            draft.put_budget(key, budget.filter(|budget| *budget != Budget::default()));
            label
        }
        PlanCommand::Freeze {
            title,
            pack,
            content,
        } => {
            if matches!(content, SnapshotContent::YearPlan(_)) {
                kind = EditKind::Barrier;
            }
            freeze(draft, title, pack, content, ambient)?
        }
        PlanCommand::RemoveSnapshot { snapshot } => remove_snapshot(draft, snapshot)?,
        PlanCommand::SetRules { pack } => {
            let mut settings = draft.settings().clone();
            let held = settings.own_rules.as_deref();
            if held.is_some_and(|held| held.pack == pack) {
                return Err(Refusal::NothingChanges);
            }
            let revision = settings.rule_revisions + 1;
            settings.rule_revisions = revision;
            settings.own_rules = Some(Box::new(OwnRules {
                revision,
                changed_by: ambient.author.clone(),
                changed_at: ambient.now,
                pack,
            }));
            draft.set_settings(settings);
            PlanLabel::Rules { revision }
        }
        PlanCommand::ShippedRules => {
            let mut settings = draft.settings().clone();
            settings.own_rules = None;
            draft.set_settings(settings);
            PlanLabel::ShippedRules
        }
    };
    Ok(Planned {
        label: EditLabel::Plan(label),
        kind,
    })
}

fn put_projects(
    draft: &mut Draft,
    projects: Vec<Project>,
    part: ProjectPart,
) -> Result<PlanLabel, Refusal> {
    let mut name = String::new();
    let number = count(projects.len());
    for project in projects {
        name.clone_from(&draft.counted(project.estate)?.name);
        check_order(&project, &name)?;
        check_acceptance(&draft.project(project.estate), &project, &name)?;
        check_evaluation(&project)?;
        draft.put_project(project);
    }
    Ok(PlanLabel::Project {
        part,
        name,
        projects: number,
    })
}

/// Nothing is reached before what it follows (E12 «finish before start»).
fn check_order(project: &Project, name: &str) -> Result<(), PlanRefusal> {
    match reversed_milestones(project).first() {
        Some((earlier, later)) => Err(PlanRefusal::OutOfOrder {
            name: name.to_owned(),
            earlier: *earlier,
            later: *later,
        }),
        None => Ok(()),
    }
}

/// 三(三)4: an acceptance with a signature missing is none. What is refused is to record one so,
/// and to take a signature away from one.
fn check_acceptance(held: &Project, project: &Project, name: &str) -> Result<(), PlanRefusal> {
    let is_same = held.milestones.get(&MilestoneKind::Acceptance)
        == project.milestones.get(&MilestoneKind::Acceptance)
        && held.signatures == project.signatures;
    match acceptance(project) {
        Acceptance::SignaturesMissing { missing, .. } if !is_same => {
            Err(PlanRefusal::SignaturesMissing {
                name: name.to_owned(),
                missing,
            })
        }
        _ => Ok(()),
    }
}

fn check_evaluation(project: &Project) -> Result<(), PlanRefusal> {
    match more_satisfied(project) {
        Some((satisfied, answered)) => Err(PlanRefusal::MoreSatisfiedThanAnswered {
            satisfied,
            answered,
        }),
        None => Ok(()),
    }
}

fn placement(
    batch: Batch,
    year: i32,
    by: &str,
    reason: &str,
    ambient: &Ambient,
) -> Result<Placement, Refusal> {
    let reason = reason_given(reason)?;
    let by = by.trim();
    if by.is_empty() {
        return Err(PlanRefusal::PersonNeeded.into());
    }
    Ok(Placement {
        year,
        batch,
        by: by.to_owned(),
        reason,
        at: ambient.now,
    })
}

fn place(
    draft: &mut Draft,
    estates: &[EstateId],
    placement: Option<&Placement>,
) -> Result<PlanLabel, Refusal> {
    let mut name = String::new();
    for id in estates {
        name.clone_from(&draft.counted(*id)?.name);
        let mut project = draft.project(*id);
        project.placement = placement.cloned();
        draft.put_project(project);
    }
    Ok(PlanLabel::Place {
        name,
        batch: placement.map(|placement| placement.batch),
    })
}

fn freeze(
    draft: &mut Draft,
    title: String,
    pack: PackStamp,
    mut content: SnapshotContent,
    ambient: &Ambient,
) -> Result<PlanLabel, Refusal> {
    let mut title = title.trim().to_owned();
    let label = match &mut content {
        SnapshotContent::YearPlan(plan) => {
            plan.number = next_plan_number(draft, &plan.county_code, plan.year);
            title.clone_from(&plan.number);
            PlanLabel::FreezeYearPlan {
                number: plan.number.clone(),
            }
        }
        SnapshotContent::Scores(_) => PlanLabel::FreezeScores {
            title: title.clone(),
        },
        SnapshotContent::Assessment(_) => PlanLabel::FreezeAssessment {
            title: title.clone(),
        },
    };
    if title.is_empty() {
        return Err(PlanRefusal::TitleNeeded.into());
    }
    let id = SnapshotId(ambient.new_estate.0);
    draft.put_snapshot(
        id,
        Some(Snapshot {
            id,
            title,
            taken_at: ambient.now,
            taken_by: ambient.author.clone(),
            pack,
            content,
        }),
    );
    Ok(label)
}

/// `360102-2027-01`. The survey remembers the highest number of each county and year.
fn next_plan_number(draft: &mut Draft, county_code: &str, year: i32) -> String {
    let mut settings = draft.settings().clone();
    let key = format!("plan {county_code} {year}");
    let highest = settings.numbers_given.entry(key).or_default();
    *highest += 1;
    let number = format!("{county_code}-{year}-{highest:02}");
    draft.set_settings(settings);
    number
}

fn remove_snapshot(draft: &mut Draft, id: SnapshotId) -> Result<PlanLabel, Refusal> {
    let snapshot = draft.snapshot(id).ok_or(PlanRefusal::NoSuchSnapshot)?;
    let title = snapshot.title.clone();
    if let SnapshotContent::YearPlan(plan) = &snapshot.content {
        let number = plan.number.clone();
        return Err(PlanRefusal::PlanGivenOut { number }.into());
    }
    draft.put_snapshot(id, None);
    Ok(PlanLabel::RemoveSnapshot { title })
}
