//! E12, «finish before start»: nothing is reached before what it follows, and no more are satisfied
//! than answered («真实、完整、可靠»). The forms refuse both; a file of others may hold them.

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart};
use crate::model::{Coded, MilestoneKind};

pub(super) fn check(at: &Looked) -> Vec<Finding> {
    let kinds = MilestoneKind::ALL.iter().copied();
    let days: Vec<_> = kinds
        .filter_map(|kind| Some((kind, at.project.reached(kind)?)))
        .collect();
    let reversed = days.windows(2).filter_map(|pair| match pair {
        [(earlier, before), (later, after)] if after < before => {
            let (earlier, later) = (*earlier, *later);
            Some(ProjectDetail::MilestonesReversed { earlier, later })
        }
        _ => None,
    });
    let mut findings: Vec<Finding> = reversed
        .map(|detail| super::blocks(at, CheckCode::Counts, ProjectPart::Milestones, detail))
        .collect();
    let evaluation = at.project.evaluation.as_ref();
    let counts = evaluation.and_then(|found| found.satisfied.zip(found.answered));
    if let Some((satisfied, answered)) = counts
        && satisfied > answered
    {
        let detail = ProjectDetail::MoreSatisfiedThanAnswered {
            satisfied,
            answered,
        };
        findings.push(super::blocks(
            at,
            CheckCode::Counts,
            ProjectPart::Evaluation,
            detail,
        ));
    }
    findings
}
