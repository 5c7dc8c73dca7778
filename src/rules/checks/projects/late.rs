//! W15: late to start or to finish, «原则上要在当年8月底前开工，春节前完工», 三(三)3. Never blocks: «原则上».

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart};
use crate::model::MilestoneKind;
use crate::rules::delivery::{Against, lateness};

pub(super) fn check(at: &Looked) -> Vec<Finding> {
    let late = lateness(at.project, at.context.today, at.context.catalogue);
    let is_told = |kind, against| match kind {
        MilestoneKind::Start | MilestoneKind::Finish => {
            // Late by the guidance's own day needs no second warning.
            against == Against::Guidance
                || !late
                    .iter()
                    .any(|other| (other.milestone, other.against) == (kind, Against::Guidance))
        }
        MilestoneKind::Approval | MilestoneKind::Acceptance => false,
    };
    late.iter()
        .filter(|late| is_told(late.milestone, late.against))
        .map(|late| {
            let detail = ProjectDetail::Late { late: late.clone() };
            super::warns(at, CheckCode::Late, ProjectPart::Milestones, detail)
        })
        .collect()
}
