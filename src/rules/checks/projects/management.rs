//! W18: finished, and nobody stands for the owners: «推动成立业主大会、业主委员会或业主自治小组», 三(四), or else the
//! community acts.

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart};
use crate::model::MilestoneKind;
use crate::rules::delivery::has_come;
use crate::rules::management::body;

pub(super) fn check(at: &Looked) -> Option<Finding> {
    let is_finished = has_come(at.project, MilestoneKind::Finish);
    (is_finished && body(at.project).is_none()).then(|| {
        let detail = ProjectDetail::NoManagementBody;
        super::warns(
            at,
            CheckCode::NoManagementBody,
            ProjectPart::Management,
            detail,
        )
    })
}
