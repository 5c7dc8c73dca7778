//! The renovation of one estate, from the plan to the management of what was built
//! (三(三)2–5, 三(四), 四(三)). The rules about it are in `rules`.

mod content;
mod delivery;
mod funding;

pub use content::{CentralMoney, Condition, PlanItem, WorkType};
pub use delivery::{
    Document, DocumentKind, Evaluation, Management, ManagementBody, ManagementMode, Milestone,
    MilestoneKind, ProjectIssue, Signer,
};
pub use funding::{FundingLine, FundingSource, FundingStatus};

use super::codes::coded;
use super::ids::EstateId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

coded!(
    /// «实施一批、谋划一批、储备一批», 四(二): where an estate stands in the project library.
    Batch, "batch" {
        /// 实施
        Implement = "implement",
        /// 谋划
        Planned = "planned",
        /// 储备
        Reserve = "reserve",
        /// No old urban estate: an exclusion, the locality, the year or the use says so.
        NotAdmitted = "not_admitted",
    }
);

/// The renovation project (改造项目) of one estate. An estate without a record here has none yet:
/// nothing is planned, which is not the same as "not needed".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Project {
    /// The record that counts; an estate has one project.
    pub estate: EstateId,
    /// The year of the yearly plan that it is meant for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i32>,
    /// What is to be done (改造内容), in the order it was planned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub content: Vec<PlanItem>,
    /// When the content and the money were agreed with the residents («商定改造内容、资金来源»).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub funding: Vec<FundingLine>,
    /// 项目实施单位, an office or a company.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub implementing_unit: String,
    /// 设计单位
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub designer: String,
    /// 施工单位
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contractor: String,
    /// 监理单位
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub supervisor: String,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub milestones: BTreeMap<MilestoneKind, Milestone>,
    /// Who signed the acceptance, and when; an absent signer has not signed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub signatures: BTreeMap<Signer, Date>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub issues: Vec<ProjectIssue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evaluation: Option<Evaluation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management: Option<Management>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement: Option<Placement>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// A person puts an estate into another batch than the rules would. It never overrides an
/// exclusion or the capacity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placement {
    /// The plan year that it is meant for.
    pub year: i32,
    pub batch: Batch,
    /// The office or the person of the planning team who answers for it.
    pub by: String,
    pub reason: String,
    pub at: jiff::Timestamp,
}

impl Project {
    /// A project of which nothing is known yet.
    pub fn new(estate: EstateId) -> Self {
        Self {
            estate,
            year: None,
            content: Vec::new(),
            agreed_on: None,
            funding: Vec::new(),
            implementing_unit: String::new(),
            designer: String::new(),
            contractor: String::new(),
            supervisor: String::new(),
            milestones: BTreeMap::new(),
            signatures: BTreeMap::new(),
            issues: Vec::new(),
            evaluation: None,
            management: None,
            documents: Vec::new(),
            placement: None,
            note: String::new(),
        }
    }

    /// Whether nothing was entered: such a project is no record.
    pub fn is_empty(&self) -> bool {
        *self == Self::new(self.estate)
    }

    /// The day a milestone was reached.
    pub fn reached(&self, kind: MilestoneKind) -> Option<Date> {
        self.milestones.get(&kind)?.actual
    }

    /// The day a milestone is meant to be reached.
    pub fn meant_for(&self, kind: MilestoneKind) -> Option<Date> {
        self.milestones.get(&kind)?.planned
    }
}
