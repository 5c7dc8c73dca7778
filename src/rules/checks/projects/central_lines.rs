//! E10: «中央补助资金应落实到具体项目», 四(三). Central money belongs to a project that says what is built and in which
//! year's plan it is. That its record still counts, `seats` asks.

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart, asks_central_money};
use crate::rules::delivery::year_named;

pub(super) fn check(at: &Looked) -> Vec<Finding> {
    if !asks_central_money(at.project) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if at.project.content.is_empty() {
        let detail = ProjectDetail::CentralWithoutContent;
        findings.push(super::blocks(
            at,
            CheckCode::CentralLine,
            ProjectPart::Content,
            detail,
        ));
    }
    if year_named(at.project).is_none() {
        let detail = ProjectDetail::CentralWithoutYear;
        findings.push(super::blocks(
            at,
            CheckCode::CentralLine,
            ProjectPart::Year,
            detail,
        ));
    }
    findings
}
