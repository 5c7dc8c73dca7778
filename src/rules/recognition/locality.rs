//! R1 «城市、县城（城关镇）»

use super::{Outcome, Reason, RuleId};
use crate::model::{Estate, Locality};

pub(super) fn judge(estate: &Estate) -> Reason {
    RuleId::Locality.plainly(match estate.locality {
        Some(Locality::City | Locality::CountySeat) => Outcome::Passed,
        Some(Locality::Other) => Outcome::Failed,
        None => Outcome::Unknown,
    })
}
