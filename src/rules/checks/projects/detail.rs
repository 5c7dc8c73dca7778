//! What is wrong with a project or a county's year, with the numbers of it.

use crate::model::{
    EstateId, FundingSource, ItemCode, MilestoneKind, Severity, Signer, Utility, Yuan,
};
use crate::rules::delivery::Late;
use crate::rules::recognition::RuleId;
use serde::Serialize;

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ProjectDetail {
    /// E07: central money is applied for, and these utilities alone are renewed.
    FailsSubsidy { utilities: Vec<Utility> },
    /// E08: central money is applied for an estate that is none.
    NotRecognisedButApplied { rules: Vec<RuleId> },
    /// E08: central money is applied for an item that is on no list.
    ItemNotOnList { item: ItemCode },
    /// E08: central money is applied for a facility outside, and nobody said what links it.
    LinkNotJustified { item: ItemCode },
    /// E09: what is planned costs the county more than it can bear.
    OverCapacity {
        county_code: String,
        year: i32,
        #[serde(rename = "planned_yuan")]
        planned: Yuan,
        #[serde(rename = "capacity_yuan")]
        capacity: Yuan,
    },
    /// E09: local fiscal money is planned, and nobody assessed what the county can bear.
    CapacityMissing {
        county_code: String,
        year: i32,
        #[serde(rename = "planned_yuan")]
        planned: Yuan,
    },
    /// E10: the record with the central money is counted by another.
    CentralOfCountedBy { other: EstateId },
    /// E10: the record with the central money was withdrawn, or is gone.
    CentralOfNoEstate,
    /// E10: nothing is planned that the central money is for.
    CentralWithoutContent,
    /// E10: nobody says in which year's plan it is.
    CentralWithoutYear,
    /// E11
    NotReady { lacking: Vec<ImplementNeed> },
    /// E12: reached before what it follows.
    MilestonesReversed {
        earlier: MilestoneKind,
        later: MilestoneKind,
    },
    /// E12: more are satisfied than answered.
    MoreSatisfiedThanAnswered { satisfied: u32, answered: u32 },
    /// E13
    SignaturesMissing { missing: Vec<Signer> },
    /// W14: it passes only if these items count.
    SubsidyIfConfigured { items: Vec<ItemCode> },
    /// W15
    Late { late: Late },
    /// W16: the worst severe gap, of which nothing is planned.
    ForShow {
        utility: Utility,
        severity: Severity,
    },
    /// W17
    AllFundsFiscal { sources: Vec<FundingSource> },
    /// W18: finished, and no body stands for the owners.
    NoManagementBody,
    /// W19: a plan of an earlier year listed it for implementation.
    PlannedBefore { number: String, year: i32 },
    /// W20: the project stays with a record that another one counts.
    ProjectOfCountedBy { other: EstateId },
    /// W20: the project stays with a record that was withdrawn, or is gone.
    ProjectOfNoEstate,
}

/// What an implementation needs, 三(三)2–3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImplementNeed {
    /// «小区改造方案»
    Plan,
    /// «落实项目实施单位»
    Unit,
    /// «资金来源»: all of a cost that is known.
    Funds,
}

impl ImplementNeed {
    pub const ALL: [Self; 3] = [Self::Plan, Self::Unit, Self::Funds];

    /// The stable ASCII key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Unit => "unit",
            Self::Funds => "funds",
        }
    }
}
