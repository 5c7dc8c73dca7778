//! What the batches need to know of an estate, gathered once.

use crate::catalogue::{BatchLimits, Catalogue, Items, Readiness, missing_must_haves};
use crate::model::{
    CentralMoney, Estate, EstateId, Field, FundingLine, FundingSource, MilestoneKind, Placement,
    PlanItem, Project, Yuan,
};
use crate::rules::funding;
use crate::rules::recognition::{Evidence, Outcome, Recognised, RecognitionVerdict, RuleId};
use crate::rules::score::{Interval, ScoreParts, Weights};
use crate::rules::subsidy::{Subsidy, SubsidyOutcome};
use std::collections::BTreeSet;

/// An estate on its way into a batch.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub estate: EstateId,
    pub parts: ScoreParts,
    /// Under the weights that it was gathered with.
    pub score: Interval,
    pub verdict: RecognitionVerdict,
    pub admission: Admission,
    pub duplicates: Duplicates,
    /// The year that its project is meant for; `None` where any will do.
    pub year: Option<i32>,
    /// What is missing of all that an implementation may need.
    pub lacking: BTreeSet<Readiness>,
    pub subsidy: SubsidyNeed,
    /// Of all that is planned; `None` where nothing is, or where an item has no cost yet.
    pub cost: Option<Yuan>,
    /// The funds that are sure enough to count.
    pub counting_funds: Yuan,
    /// What it costs the county.
    pub local_fiscal: Yuan,
    pub placement: Option<Placement>,
}

/// Whether an estate may be planned at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Admission {
    /// Recognised, and every must-have is known.
    Admitted,
    /// «不属于老旧小区范畴»: these rules failed.
    NotAdmitted { rules: Vec<RuleId> },
    /// R4 failed.
    WeakWillingness,
    /// R3 failed: no facility lags, as of now.
    NoGap,
    /// R4 is open, and nothing else.
    WillingnessUnknown,
    /// These rules are open and these must-haves empty.
    DataIncomplete {
        rules: Vec<RuleId>,
        fields: Vec<Field>,
    },
}

/// Whether the estate may be another one too (E03).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    None,
    Open,
}

/// Whether central money is asked for, and if so how the plan stands to its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SubsidyNeed {
    NotAsked,
    Asked(SubsidyOutcome),
}

/// The money that is sure enough for the batches to count on.
pub(crate) fn counting_funds(lines: &[FundingLine], pack: &BatchLimits) -> Yuan {
    let counting = lines
        .iter()
        .filter(|line| line.status >= pack.counting_status);
    counting.map(|line| line.amount).sum()
}

impl Candidate {
    /// Gathers what is known of an estate; `subsidy` is that of its whole content, where something
    /// is planned. It is scored with the pack's own weights.
    pub fn of(
        estate: &Estate,
        project: Option<&Project>,
        recognised: &Recognised,
        duplicates: Duplicates,
        parts: ScoreParts,
        subsidy: Option<&Subsidy>,
        catalogue: &Catalogue,
    ) -> Self {
        let pack = &catalogue.rules.batches;
        let content = project.map_or(&[][..], |project| &project.content);
        let lines = project.map_or(&[][..], |project| &project.funding);
        let sums = project.map(funding::sums).unwrap_or_default();
        let counting_funds = counting_funds(lines, pack);
        let subsidy = match subsidy {
            Some(subsidy) if asks_central_money(content, lines) => {
                SubsidyNeed::Asked(subsidy.outcome)
            }
            // Central money for a plan without content renews nothing.
            None if asks_central_money(content, lines) => SubsidyNeed::Asked(SubsidyOutcome::Fail),
            _ => SubsidyNeed::NotAsked,
        };
        Self {
            estate: estate.id,
            parts,
            score: Weights::of_pack(&catalogue.rules.score).score(&parts),
            verdict: recognised.verdict,
            admission: admission(estate, recognised, &catalogue.items),
            duplicates,
            year: project.and_then(|project| project.year),
            lacking: lacking(estate, project, recognised, sums.cost, counting_funds, pack),
            subsidy,
            cost: sums.cost,
            counting_funds,
            local_fiscal: sums.local_fiscal,
            placement: project.and_then(|project| project.placement.clone()),
        }
    }
}

/// Central money is asked for by an item, or expected in a funding line.
pub(crate) fn asks_central_money(content: &[PlanItem], funding: &[FundingLine]) -> bool {
    content
        .iter()
        .any(|item| item.central_money == CentralMoney::AppliedFor)
        || funding
            .iter()
            .any(|line| line.source == FundingSource::CentralSubsidy && line.amount > Yuan::ZERO)
}

fn admission(estate: &Estate, recognised: &Recognised, items: &Items) -> Admission {
    let of = |outcome: Outcome| -> Vec<RuleId> {
        let reasons = recognised.reasons.iter().filter(|r| r.outcome == outcome);
        reasons.map(|reason| reason.rule).collect()
    };
    let failed = of(Outcome::Failed);
    let shut: Vec<RuleId> = failed
        .iter()
        .copied()
        .filter(|rule| !matches!(rule, RuleId::Gaps | RuleId::Willingness))
        .collect();
    if !shut.is_empty() {
        return Admission::NotAdmitted { rules: shut };
    }
    if failed.contains(&RuleId::Willingness) {
        return Admission::WeakWillingness;
    }
    if failed.contains(&RuleId::Gaps) {
        return Admission::NoGap;
    }
    let rules = of(Outcome::Unknown);
    let fields = missing_must_haves(estate, items);
    let about_willingness =
        |field: &Field| matches!(field, Field::Willingness | Field::WillingnessBasis);
    match (rules.as_slice(), fields.as_slice()) {
        ([], []) => Admission::Admitted,
        ([RuleId::Willingness], fields) if fields.iter().all(about_willingness) => {
            Admission::WillingnessUnknown
        }
        _ => Admission::DataIncomplete { rules, fields },
    }
}

fn lacking(
    estate: &Estate,
    project: Option<&Project>,
    recognised: &Recognised,
    cost: Option<Yuan>,
    counting_funds: Yuan,
    pack: &BatchLimits,
) -> BTreeSet<Readiness> {
    let is_there = |need: Readiness| match need {
        Readiness::WillingnessEvidence => has_evidence(estate, recognised, pack),
        Readiness::Funds => is_funded(cost, counting_funds, pack),
        Readiness::Plan => project.is_some_and(|project| !project.content.is_empty()),
        Readiness::Agreement => project.is_some_and(|project| project.agreed_on.is_some()),
        Readiness::Unit => project.is_some_and(|it| !it.implementing_unit.trim().is_empty()),
        Readiness::Supervisor => project.is_some_and(|it| !it.supervisor.trim().is_empty()),
        Readiness::Approval => {
            project.is_some_and(|project| project.reached(MilestoneKind::Approval).is_some())
        }
    };
    let needs = Readiness::ALL.into_iter();
    needs.filter(|need| !is_there(*need)).collect()
}

/// Counted answers are evidence; a level is as good as what it rests on.
fn has_evidence(estate: &Estate, recognised: &Recognised, pack: &BatchLimits) -> bool {
    let reason = recognised
        .reasons
        .iter()
        .find(|reason| reason.rule == RuleId::Willingness);
    let Some(reason) = reason.filter(|reason| reason.outcome == Outcome::Passed) else {
        return false;
    };
    match reason.evidence {
        Evidence::Answers { .. } => true,
        _ => estate
            .willingness_basis
            .is_some_and(|basis| pack.evidence_bases.contains(&basis)),
    }
}

/// In whole yuan, so that a plan is funded to the last one; a share of it is rounded up.
pub(crate) fn is_funded(cost: Option<Yuan>, counting: Yuan, pack: &BatchLimits) -> bool {
    cost.is_some_and(|cost| {
        let needed = match pack.min_funded_share == 1.0 {
            true => cost.0,
            false => (cost.0 as f64 * pack.min_funded_share.max(0.0)).ceil() as u64,
        };
        counting.0 >= needed
    })
}
