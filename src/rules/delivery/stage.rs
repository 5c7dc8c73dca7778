//! The stages of a project, each read from what is on record; nobody sets one.

use crate::model::{Coded, MilestoneKind, Project};
use crate::rules::acceptance::{Acceptance, acceptance};
use crate::rules::{evaluation, management};
use jiff::civil::Date;
use serde::Serialize;

/// How far a project is, in the guidance's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 三(一): nothing more is on record.
    Recognised,
    /// 三(三)2: content and money agreed with the residents.
    Planned,
    /// 立项
    Approved,
    /// 开工
    Started,
    /// 完工
    Finished,
    /// 竣工验收, 三(三)4: a day, and all six signatures.
    Accepted,
    /// 效果共评, 三(三)5
    Evaluated,
    /// 长效管理, 三(四): a body and a mode.
    Managed,
}

impl Stage {
    pub const ALL: [Self; 8] = [
        Self::Recognised,
        Self::Planned,
        Self::Approved,
        Self::Started,
        Self::Finished,
        Self::Accepted,
        Self::Evaluated,
        Self::Managed,
    ];

    /// The stable ASCII key, as files carry it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Recognised => "recognised",
            Self::Planned => "planned",
            Self::Approved => "approved",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Accepted => "accepted",
            Self::Evaluated => "evaluated",
            Self::Managed => "managed",
        }
    }
}

/// One stage of a project, and whether what it asks for is on record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub stage: Stage,
    pub is_done: bool,
    /// The day of it, where one is on record.
    pub on: Option<Date>,
}

/// Every stage in order. A step may be open while a later one is done: an old file may know the
/// day that the work was finished and not that it began.
pub fn steps(project: &Project) -> [Step; 8] {
    Stage::ALL.map(|stage| {
        let (is_done, on) = match stage {
            Stage::Recognised => (true, None),
            Stage::Planned => (is_agreed(project), project.agreed_on),
            Stage::Approved => reached(project, MilestoneKind::Approval),
            Stage::Started => reached(project, MilestoneKind::Start),
            Stage::Finished => reached(project, MilestoneKind::Finish),
            Stage::Accepted => match acceptance(project) {
                Acceptance::Complete { on } => (true, Some(on)),
                Acceptance::NotYet | Acceptance::SignaturesMissing { .. } => (false, None),
            },
            Stage::Evaluated => {
                let on = project.evaluation.as_ref().and_then(|found| found.on);
                (evaluation::is_evaluated(project), on)
            }
            Stage::Managed => {
                let since = project.management.as_ref().and_then(|found| found.since);
                (management::is_managed(project), since)
            }
        };
        Step { stage, is_done, on }
    })
}

/// How far `project` is: the last step that is done. What an estate had before (a property company,
/// say) is no stage of the project, so evaluation and management count once the work is accepted.
pub fn stage(project: &Project) -> Stage {
    let steps = steps(project);
    let is_accepted = steps
        .iter()
        .any(|step| step.stage == Stage::Accepted && step.is_done);
    let done = steps
        .iter()
        .filter(|step| step.is_done && (is_accepted || step.stage <= Stage::Accepted));
    done.map(|step| step.stage)
        .max()
        .unwrap_or(Stage::Recognised)
}

/// «商定改造内容、资金来源», 三(三)2.
fn is_agreed(project: &Project) -> bool {
    !project.content.is_empty() && project.agreed_on.is_some()
}

fn reached(project: &Project, kind: MilestoneKind) -> (bool, Option<Date>) {
    let on = project.reached(kind);
    (on.is_some(), on)
}

/// A milestone that was reached before the one that it follows (E12, «finish before start»), and
/// that one. A day that is not on record contradicts none.
pub fn reversed_milestones(project: &Project) -> Vec<(MilestoneKind, MilestoneKind)> {
    // `MilestoneKind` is in the order in which they are reached.
    let kinds = MilestoneKind::ALL.iter().copied();
    let days: Vec<_> = kinds
        .filter_map(|kind| Some((kind, project.reached(kind)?)))
        .collect();
    let pairs = days.windows(2).filter_map(|pair| match pair {
        [(earlier, before), (later, after)] if after < before => Some((*earlier, *later)),
        _ => None,
    });
    pairs.collect()
}
