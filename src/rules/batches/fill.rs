//! Fills the batches of one county's year, in order of score.

use super::candidate::{Admission, Candidate, Duplicates, SubsidyNeed};
use super::placement::{PlacementProblem, honours};
use crate::catalogue::{AfterFirstMiss, BatchLimits, Readiness};
use crate::model::{Batch, Budget, EstateId, Field, Yuan};
use crate::rules::recognition::RuleId;
use crate::rules::score::{Interval, better_first};
use crate::rules::subsidy::SubsidyOutcome;
use serde::Serialize;

/// Where an estate stands in a year's plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    pub estate: EstateId,
    pub batch: Batch,
    pub reason: BatchReason,
    pub score: Interval,
    /// 1 is the best.
    pub rank: usize,
    /// What it costs the county.
    pub local_fiscal: Yuan,
    /// Of all that is planned; `None` where an item has no cost yet.
    pub cost: Option<Yuan>,
    pub placement: PlacementOutcome,
}

/// What became of a placement by hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacementOutcome {
    /// Nobody placed it for this year.
    None,
    Honoured,
    NotHonoured {
        wanted: Batch,
        why: PlacementProblem,
    },
}

/// Why an estate is in its batch: enough for one sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum BatchReason {
    /// Implement: ready and within the limit, of which `left` remains after it.
    Fits {
        #[serde(rename = "left_yuan")]
        left: Yuan,
    },
    /// Any but not admitted: a person put it there.
    PlacedByHand {
        by: String,
        reason: String,
    },
    /// Not admitted: these rules failed.
    NotAdmitted {
        rules: Vec<RuleId>,
    },
    /// Reserve.
    WeakWillingness,
    WillingnessUnknown,
    NoGap,
    DataIncomplete {
        rules: Vec<RuleId>,
        fields: Vec<Field>,
    },
    /// Planned: it may be counted twice.
    OpenDuplicate,
    /// Planned: its project is meant for another year.
    OtherYear {
        year: i32,
    },
    /// Planned: these are not there. `cost` and `funds` say how far the money goes.
    Missing {
        what: Vec<Readiness>,
        #[serde(rename = "cost_yuan")]
        cost: Option<Yuan>,
        #[serde(rename = "funds_yuan")]
        funds: Yuan,
    },
    /// Planned: it asks for central money, and its content fails the rule.
    SubsidyFails,
    /// Planned: neither budget nor capacity is known («量力而行»).
    LimitUnknown,
    /// Planned: it needs more than is left.
    OverLimit {
        #[serde(rename = "needs_yuan")]
        needs: Yuan,
        #[serde(rename = "left_yuan")]
        left: Yuan,
    },
    /// Planned: one before it did not fit, and the pack lets none overtake it.
    AfterCut {
        cut: usize,
    },
}

/// The batches of a county's year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// In order of rank.
    pub placed: Vec<Placed>,
    /// The lesser of budget and capacity; `None` where nobody named either.
    pub limit: Option<Yuan>,
    /// What the implemented estates cost the county; never more than the limit.
    pub used: Yuan,
    /// Of `used`: what was placed by hand.
    pub used_by_hand: Yuan,
    /// The rank of the first that was ready and did not fit.
    pub cut: Option<usize>,
}

/// Fills the batches with each candidate's own score.
pub fn fill(candidates: &[Candidate], year: i32, budget: &Budget, pack: &BatchLimits) -> Plan {
    let scored: Vec<_> = candidates.iter().map(|it| (it, it.score)).collect();
    fill_scored(&scored, year, budget, pack)
}

/// The same under other scores, as other weights give them.
pub fn fill_scored(
    candidates: &[(&Candidate, Interval)],
    year: i32,
    budget: &Budget,
    pack: &BatchLimits,
) -> Plan {
    let mut ranked = candidates.to_vec();
    ranked.sort_unstable_by(|a, b| better_first((a.1, a.0.estate), (b.1, b.0.estate)));
    let mut purse = Purse {
        limit: budget.limit(),
        used: Yuan::ZERO,
    };
    // Those that a person put into the batch go before the ranking, in its order.
    let by_hand: Vec<PlacementOutcome> = ranked
        .iter()
        .map(|(candidate, _)| placement(candidate, year, &mut purse))
        .collect();
    let used_by_hand = purse.used;
    let mut cut = None;
    let mut placed = Vec::with_capacity(ranked.len());
    for ((index, (candidate, score)), placement) in ranked.iter().enumerate().zip(by_hand) {
        let rank = index + 1;
        let honoured = match placement {
            PlacementOutcome::Honoured => candidate.placement.as_ref(),
            _ => None,
        };
        let (batch, reason) = match honoured {
            Some(by_hand) => {
                let reason = BatchReason::PlacedByHand {
                    by: by_hand.by.clone(),
                    reason: by_hand.reason.clone(),
                };
                (by_hand.batch, reason)
            }
            None => match not_ready(candidate, year, pack) {
                Some(place) => place,
                None => take(candidate, &mut purse, &mut cut, rank, pack),
            },
        };
        placed.push(Placed {
            estate: candidate.estate,
            batch,
            reason,
            score: *score,
            rank,
            local_fiscal: candidate.local_fiscal,
            cost: candidate.cost,
            placement: settled(placement, batch),
        });
    }
    Plan {
        placed,
        limit: purse.limit,
        used: purse.used,
        used_by_hand,
        cut,
    }
}

/// What the county can spend, and has.
struct Purse {
    limit: Option<Yuan>,
    used: Yuan,
}

impl Purse {
    fn left(&self) -> Option<Yuan> {
        Some(self.limit?.saturating_sub(self.used))
    }

    fn pay(&mut self, amount: Yuan) {
        self.used = self.used + amount;
    }
}

fn placement(candidate: &Candidate, year: i32, purse: &mut Purse) -> PlacementOutcome {
    let Some(wanted) = candidate.placement.as_ref().filter(|it| it.year == year) else {
        return PlacementOutcome::None;
    };
    match honours(candidate, wanted.batch, purse.left()) {
        Err(why) => PlacementOutcome::NotHonoured {
            wanted: wanted.batch,
            why,
        },
        Ok(()) => {
            if wanted.batch == Batch::Implement {
                purse.pay(candidate.local_fiscal);
            }
            PlacementOutcome::Honoured
        }
    }
}

/// A placement that the rules come to as well is not refused.
fn settled(placement: PlacementOutcome, batch: Batch) -> PlacementOutcome {
    match placement {
        PlacementOutcome::NotHonoured { wanted, .. } if wanted == batch => {
            PlacementOutcome::Honoured
        }
        other => other,
    }
}

/// The batch of an estate that is not ready to be implemented in this year; `None` for one that is.
fn not_ready(candidate: &Candidate, year: i32, pack: &BatchLimits) -> Option<(Batch, BatchReason)> {
    let reserve = |reason| Some((Batch::Reserve, reason));
    let planned = |reason| Some((Batch::Planned, reason));
    match &candidate.admission {
        Admission::Admitted => {}
        Admission::NotAdmitted { rules } => {
            let rules = rules.clone();
            return Some((Batch::NotAdmitted, BatchReason::NotAdmitted { rules }));
        }
        Admission::WeakWillingness => return reserve(BatchReason::WeakWillingness),
        Admission::WillingnessUnknown => return reserve(BatchReason::WillingnessUnknown),
        Admission::NoGap => return reserve(BatchReason::NoGap),
        Admission::DataIncomplete { rules, fields } => {
            return reserve(BatchReason::DataIncomplete {
                rules: rules.clone(),
                fields: fields.clone(),
            });
        }
    }
    if candidate.duplicates == Duplicates::Open {
        return planned(BatchReason::OpenDuplicate);
    }
    if let Some(other) = candidate.year.filter(|other| *other != year) {
        return planned(BatchReason::OtherYear { year: other });
    }
    let what: Vec<Readiness> = candidate
        .lacking
        .intersection(&pack.implement_needs)
        .copied()
        .collect();
    if !what.is_empty() {
        return planned(BatchReason::Missing {
            what,
            cost: candidate.cost,
            funds: candidate.counting_funds,
        });
    }
    match candidate.subsidy {
        // That a pass hangs on the configured items travels as a warning (DOMAIN §6).
        SubsidyNeed::NotAsked
        | SubsidyNeed::Asked(SubsidyOutcome::Pass | SubsidyOutcome::PassIfConfigured) => None,
        SubsidyNeed::Asked(SubsidyOutcome::Fail) => planned(BatchReason::SubsidyFails),
    }
}

/// A ready estate: «既尽力而为又量力而行».
fn take(
    candidate: &Candidate,
    purse: &mut Purse,
    cut: &mut Option<usize>,
    rank: usize,
    pack: &BatchLimits,
) -> (Batch, BatchReason) {
    let needs = candidate.local_fiscal;
    let Some(left) = purse.left() else {
        cut.get_or_insert(rank);
        return (Batch::Planned, BatchReason::LimitUnknown);
    };
    match *cut {
        Some(cut) if pack.after_first_miss == AfterFirstMiss::Stop => {
            (Batch::Planned, BatchReason::AfterCut { cut })
        }
        _ if needs > left => {
            cut.get_or_insert(rank);
            (Batch::Planned, BatchReason::OverLimit { needs, left })
        }
        _ => {
            purse.pay(needs);
            let left = left.saturating_sub(needs);
            (Batch::Implement, BatchReason::Fits { left })
        }
    }
}

impl Plan {
    /// The estates of a batch, in order of rank.
    pub fn of_batch(&self, batch: Batch) -> impl Iterator<Item = &Placed> {
        self.placed
            .iter()
            .filter(move |placed| placed.batch == batch)
    }

    /// What the county can still spend; `None` where nobody said what it can.
    pub fn left(&self) -> Option<Yuan> {
        Some(self.limit?.saturating_sub(self.used))
    }

    /// The placements by hand that do not hold.
    pub fn not_honoured(&self) -> impl Iterator<Item = &Placed> {
        self.placed
            .iter()
            .filter(|placed| matches!(placed.placement, PlacementOutcome::NotHonoured { .. }))
    }
}

impl BatchReason {
    /// Under which key the rule pack holds the clause that it goes back to.
    pub fn clause_key(&self) -> &'static str {
        match self {
            Self::PlacedByHand { .. } => "batches",
            Self::NotAdmitted { .. } => "batches.not_admitted",
            Self::WeakWillingness | Self::WillingnessUnknown => "batches.willingness",
            Self::NoGap => RuleId::Gaps.key(),
            Self::DataIncomplete { .. } => "batches.data",
            Self::OpenDuplicate => "batches.duplicate",
            Self::OtherYear { .. } => "batches.year",
            // Of several that are missing the first is named: it comes first in the work too.
            Self::Missing { what, .. } => match what.first() {
                None | Some(Readiness::WillingnessEvidence) => "batches.willingness",
                Some(Readiness::Plan) => "batches.plan",
                Some(Readiness::Agreement) => "batches.agreement",
                Some(Readiness::Unit) => "batches.unit",
                Some(Readiness::Supervisor) => "batches.supervisor",
                Some(Readiness::Funds) => "batches.funds",
                Some(Readiness::Approval) => "batches.approval",
            },
            Self::SubsidyFails => "subsidy",
            Self::Fits { .. }
            | Self::LimitUnknown
            | Self::OverLimit { .. }
            | Self::AfterCut { .. } => "batches.limit",
        }
    }

    /// The stable ASCII key, as files and frozen plans carry it.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Fits { .. } => "fits",
            Self::PlacedByHand { .. } => "placed_by_hand",
            Self::NotAdmitted { .. } => "not_admitted",
            Self::WeakWillingness => "weak_willingness",
            Self::WillingnessUnknown => "willingness_unknown",
            Self::NoGap => "no_gap",
            Self::DataIncomplete { .. } => "data_incomplete",
            Self::OpenDuplicate => "open_duplicate",
            Self::OtherYear { .. } => "other_year",
            Self::Missing { .. } => "missing",
            Self::SubsidyFails => "subsidy_fails",
            Self::LimitUnknown => "limit_unknown",
            Self::OverLimit { .. } => "over_limit",
            Self::AfterCut { .. } => "after_cut",
        }
    }
}
