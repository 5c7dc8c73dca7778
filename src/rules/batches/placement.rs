//! A person puts an estate into another batch: «区分轻重缓急» is a judgement, and a person answers for
//! it. What is law and what is money stays.

use super::candidate::Candidate;
use super::fill::{PlacementOutcome, Plan};
use crate::model::{Batch, EstateId, Yuan};
use crate::rules::recognition::RecognitionVerdict;
use serde::Serialize;

/// Why a placement by hand is not honoured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PlacementProblem {
    /// 三(一) does not, or not yet, recognise it.
    NotRecognised { verdict: RecognitionVerdict },
    /// «不属于老旧小区范畴» is for the rules to find: an exclusion is entered in the survey.
    AdmissionIsNotPlaced,
    /// Neither budget nor capacity is known: «量力而行».
    LimitUnknown,
    /// It costs the county more than is left for it.
    OverLimit {
        #[serde(rename = "needs_yuan")]
        needs: Yuan,
        #[serde(rename = "left_yuan")]
        left: Yuan,
    },
}

impl PlacementProblem {
    /// The stable ASCII key.
    pub fn key(self) -> &'static str {
        match self {
            Self::NotRecognised { .. } => "not_recognised",
            Self::AdmissionIsNotPlaced => "admission_is_not_placed",
            Self::LimitUnknown => "limit_unknown",
            Self::OverLimit { .. } => "over_limit",
        }
    }
}

/// Whether an estate may be put into `batch` by hand, beside what `plan` already holds by hand.
///
/// # Errors
/// [`PlacementProblem`]: why it would not be honoured.
pub fn may_place(candidate: &Candidate, batch: Batch, plan: &Plan) -> Result<(), PlacementProblem> {
    honours(candidate, batch, room(candidate.estate, plan))
}

/// What is left beside the other estates that were placed by hand: those go before the ranking.
fn room(estate: EstateId, plan: &Plan) -> Option<Yuan> {
    let placed = plan.placed.iter().find(|placed| placed.estate == estate);
    let own = placed.filter(|placed| {
        placed.batch == Batch::Implement && placed.placement == PlacementOutcome::Honoured
    });
    let own = own.map_or(Yuan::ZERO, |placed| placed.local_fiscal);
    Some(
        plan.limit?
            .saturating_sub(plan.used_by_hand.saturating_sub(own)),
    )
}

/// `left` is what the county can still spend; `None` where nobody said.
pub(super) fn honours(
    candidate: &Candidate,
    batch: Batch,
    left: Option<Yuan>,
) -> Result<(), PlacementProblem> {
    if candidate.verdict != RecognitionVerdict::Recognised {
        let verdict = candidate.verdict;
        return Err(PlacementProblem::NotRecognised { verdict });
    }
    match (batch, left) {
        (Batch::NotAdmitted, _) => Err(PlacementProblem::AdmissionIsNotPlaced),
        (Batch::Planned | Batch::Reserve, _) => Ok(()),
        (Batch::Implement, None) => Err(PlacementProblem::LimitUnknown),
        (Batch::Implement, Some(left)) if candidate.local_fiscal > left => {
            Err(PlacementProblem::OverLimit {
                needs: candidate.local_fiscal,
                left,
            })
        }
        (Batch::Implement, Some(_)) => Ok(()),
    }
}
