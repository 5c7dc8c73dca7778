//! R5 «住宅小区»

use super::{Outcome, Reason, RuleId};
use crate::model::Estate;

pub(super) fn judge(estate: &Estate) -> Reason {
    RuleId::Residential.plainly(match estate.residential {
        Some(true) => Outcome::Passed,
        Some(false) => Outcome::Failed,
        None => Outcome::Unknown,
    })
}
