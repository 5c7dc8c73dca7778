//! X1–X9: what is «不属于老旧小区范畴».

use super::{Evidence, Outcome, Reason, RuleId};
use crate::model::{Coded, Estate, Exclusion};

pub(super) fn judge(estate: &Estate) -> impl Iterator<Item = Reason> {
    Exclusion::ALL.iter().map(|&exclusion| {
        let rule = RuleId::Excluded(exclusion);
        match &estate.exclusions {
            None => rule.plainly(Outcome::Unknown),
            Some(found) if !found.contains(&exclusion) => rule.plainly(Outcome::Passed),
            // «等» names no case of its own: without a text it excludes nothing yet.
            Some(_)
                if exclusion == Exclusion::OtherReason
                    && estate.exclusion_note.trim().is_empty() =>
            {
                rule.because(Outcome::Unknown, Evidence::NoText)
            }
            Some(_) => rule.plainly(Outcome::Failed),
        }
    })
}
