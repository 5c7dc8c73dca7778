//! E07: central money is applied for, and the plan fails the rule of 三(二), «水、电、路、气4项设施中至少2项进行更
//! 新；或者…包括加装电梯». W14: it passes only if items count of which the text leaves it open («更新»).

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart, asks_central_money};
use crate::rules::subsidy::{SubsidyOutcome, judge};

pub(super) fn check(at: &Looked) -> Vec<Finding> {
    // Without content there is nothing to judge: E10 says so.
    if !asks_central_money(at.project) || at.project.content.is_empty() {
        return Vec::new();
    }
    let catalogue = at.context.catalogue;
    let subsidy = judge(
        &at.project.content,
        &catalogue.items,
        &catalogue.rules.subsidy,
    );
    match subsidy.outcome {
        SubsidyOutcome::Pass => Vec::new(),
        SubsidyOutcome::PassIfConfigured => {
            let items = subsidy.configured;
            let detail = ProjectDetail::SubsidyIfConfigured { items };
            vec![super::warns(
                at,
                CheckCode::SubsidyIfConfigured,
                ProjectPart::Content,
                detail,
            )]
        }
        SubsidyOutcome::Fail => {
            let utilities = subsidy.utilities.into_iter().collect();
            let detail = ProjectDetail::FailsSubsidy { utilities };
            vec![super::blocks(
                at,
                CheckCode::Subsidy,
                ProjectPart::Content,
                detail,
            )]
        }
    }
}
