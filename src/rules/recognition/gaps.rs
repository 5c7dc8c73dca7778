//! R3 «公共设施落后影响居民基本生活»

use super::{Evidence, Outcome, Reason, RuleId};
use crate::catalogue::{Items, Recognition};
use crate::model::Estate;

/// Passes with one confirmed gap. Fails only when every facility inside the estate was surveyed and
/// none lags: an unsurveyed one may be the gap.
pub(super) fn judge(estate: &Estate, items: &Items, pack: &Recognition) -> Reason {
    // Of equally bad gaps the first in the guidance's order is named.
    let worst = estate
        .gaps
        .iter()
        .max_by_key(|(code, severity)| (**severity, std::cmp::Reverse(**code)));
    let Some((&item, &severity)) = worst else {
        return RuleId::Gaps.plainly(Outcome::Unknown);
    };
    let all_surveyed = items
        .iter()
        // C20–C27 lie outside the estate («与小区直接相关»): they are no part of its own state.
        .filter(|item| !item.linked_outside)
        .all(|item| estate.gaps.contains_key(&item.code));
    let outcome = if severity.degree() >= pack.min_gap_severity {
        Outcome::Passed
    } else if all_surveyed {
        Outcome::Failed
    } else {
        Outcome::Unknown
    };
    RuleId::Gaps.because(outcome, Evidence::WorstGap { item, severity })
}
