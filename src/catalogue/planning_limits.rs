//! The parts of a rule pack that planning uses (DOMAIN §2, §4). The guidance gives no weights and no
//! percentages here: every number is a proposal of this program.

use crate::model::{FundingStatus, ItemCode, Severity, WillingnessBasis, WorkType};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The need score.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ScoreLimits {
    pub weights: ScoreWeights,
    /// The share of answers in favour up to which willingness scores nothing …
    pub agree_from: f64,
    /// … and how much above it that it scores in full.
    pub agree_span: f64,
    /// The share of the households asked whose answers speak for all.
    pub returned_full: f64,
    /// What the surveyor's level scores where nobody counted, 0..1.
    pub levels: LevelShares,
    /// The sum of severities from which infrastructure scores in full.
    pub infrastructure_full: f64,
    /// The same of safety and function.
    pub safety_full: f64,
    /// By what share of itself a weight moves in the sensitivity view.
    pub sensitivity_step: f64,
}

/// What each part of the score weighs. The age is no part: it is a gate (R2), so its weight is 0.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct ScoreWeights {
    pub willingness: f64,
    pub utilities: f64,
    pub infrastructure: f64,
    pub safety: f64,
}

#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
pub struct LevelShares {
    pub strong: f64,
    pub fair: f64,
    pub weak: f64,
}

/// «改造内容须包括对水、电、路、气4项设施中至少2项进行更新；或者…包括加装电梯»
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct SubsidyLimits {
    /// The work that is a renewal («更新»).
    pub counting_work: BTreeSet<WorkType>,
    /// How many different of water, power, road and gas.
    pub least_utilities: usize,
    /// Items marked "configured" that the county holds for a renewal.
    #[serde(default)]
    pub configured_items: BTreeSet<ItemCode>,
}

/// How gaps turn into planned work, and when a plan is for show.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct ContentLimits {
    /// The least severity, 0..3, for which work is proposed.
    pub propose_from: u8,
    /// The work that a severity asks for …
    pub work_by_severity: BTreeMap<Severity, WorkType>,
    /// … unless the text names the work of the item («清淘化粪池»).
    pub work_of_item: BTreeMap<ItemCode, WorkType>,
    /// What an item is counted in.
    pub unit_of_item: BTreeMap<ItemCode, String>,
    /// The groups of items that only change how an estate looks («小区面貌改观»).
    pub appearance_groups: BTreeSet<char>,
    /// The least severity, 0..3, of a utility beside which they alone are for show («形象工程»).
    pub severe_from: u8,
}

/// What goes into the batch that is implemented.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct BatchLimits {
    /// What must be there first.
    pub implement_needs: BTreeSet<Readiness>,
    /// Where nobody counted answers: what a strong level may rest on.
    pub evidence_bases: BTreeSet<WillingnessBasis>,
    /// The least sure funding that counts («落实»).
    pub counting_status: FundingStatus,
    /// Counting funds by cost.
    pub min_funded_share: f64,
    pub after_first_miss: AfterFirstMiss,
}

/// What an estate needs before it is implemented.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readiness {
    /// Strong willingness by counts or by more than an estimate.
    WillingnessEvidence,
    /// 改造方案: what is to be done.
    Plan,
    /// 商定: the day that the residents agreed to content and money.
    Agreement,
    /// 项目实施单位
    Unit,
    /// 监理单位
    Supervisor,
    /// 资金: what the plan costs is known and there.
    Funds,
    /// 立项
    Approval,
}

/// Whether a cheaper estate further down may still be implemented when one did not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterFirstMiss {
    GoOn,
    Stop,
}

impl Readiness {
    pub const ALL: [Self; 7] = [
        Self::WillingnessEvidence,
        Self::Plan,
        Self::Agreement,
        Self::Unit,
        Self::Supervisor,
        Self::Funds,
        Self::Approval,
    ];

    /// The stable ASCII key.
    pub fn key(self) -> &'static str {
        match self {
            Self::WillingnessEvidence => "willingness_evidence",
            Self::Plan => "plan",
            Self::Agreement => "agreement",
            Self::Unit => "unit",
            Self::Supervisor => "supervisor",
            Self::Funds => "funds",
            Self::Approval => "approval",
        }
    }
}
