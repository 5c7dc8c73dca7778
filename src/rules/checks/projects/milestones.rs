//! E12, «finish before start»: nothing is reached before what it follows, and no more are satisfied
//! than answered («真实、完整、可靠»). The forms refuse both; a file of others may hold them.

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart};
use crate::rules::delivery::reversed_milestones;
use crate::rules::evaluation::more_satisfied;

pub(super) fn check(at: &Looked) -> Vec<Finding> {
    let reversed = reversed_milestones(at.project).into_iter();
    let mut findings: Vec<Finding> = reversed
        .map(|(earlier, later)| {
            let detail = ProjectDetail::MilestonesReversed { earlier, later };
            super::blocks(at, CheckCode::Counts, ProjectPart::Milestones, detail)
        })
        .collect();
    if let Some((satisfied, answered)) = more_satisfied(at.project) {
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
