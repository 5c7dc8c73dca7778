//! From the first day of building to the management afterwards (三(三)3–5, 三(四), 四(一)).
//! Offices and companies are named, residents never.

use crate::model::Paper;
use crate::model::codes::coded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

coded!(
    /// 里程碑, in the order they are reached.
    MilestoneKind, "milestone" {
        /// 立项
        Approval = "approval",
        /// 开工
        Start = "start",
        /// 完工
        Finish = "finish",
        /// 验收
        Acceptance = "acceptance",
    }
);

/// When something is meant to happen, and when it did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub planned: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actual: Option<Date>,
    /// Why it is late.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub delay_reason: String,
}

coded!(
    /// Who accepts the work together, 三(三)4.
    Signer, "signer" {
        /// 街道办事处
        StreetOffice = "street_office",
        /// 居委会
        ResidentsCommittee = "residents_committee",
        /// 业主委员会（或业主代表）
        Owners = "owners",
        /// 设计单位
        Designer = "designer",
        /// 施工单位
        Contractor = "contractor",
        /// 监理
        Supervisor = "supervisor",
    }
);

/// A fault and what became of it: «查找原因，寻求解决办法», 三(三)5.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProjectIssue {
    pub issue: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub cause: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remedy: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_on: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved_on: Option<Date>,
}

/// 效果共评: what the residents say of the result. Counts alone, never a resident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<Date>,
    /// Households that answered, and of those how many are satisfied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfied: Option<u32>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

coded!(
    /// 业主自治组织, 三(四).
    ManagementBody, "management_body" {
        /// 业主大会
        OwnersAssembly = "owners_assembly",
        /// 业主委员会
        OwnersCommittee = "owners_committee",
        /// 业主自治小组
        SelfManagementGroup = "self_management_group",
        /// 社区或者居委会代行, only where none of the others was set up
        CommunityActing = "community_acting",
    }
);

coded!(
    /// How the estate is kept afterwards, 三(四).
    ManagementMode, "management_mode" {
        /// 物业管理
        PropertyCompany = "property_company",
        /// 自治管理
        SelfManagement = "self_management",
    }
);

/// 长效管理
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Management {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<ManagementBody>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<ManagementMode>,
    /// The property company, where there is one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub company: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Date>,
}

coded!(
    /// What a paper of the project's archive (项目档案) is.
    DocumentKind, "document_kind" {
        /// 改造方案
        Plan = "plan",
        /// 立项批复
        Approval = "approval",
        /// 居民意见
        ResidentsOpinion = "residents_opinion",
        /// 设计图纸
        Drawing = "drawing",
        /// 合同
        Contract = "contract",
        /// 监理资料
        Supervision = "supervision",
        /// 资金资料
        Finance = "finance",
        /// 竣工验收资料
        Acceptance = "acceptance",
        /// 影像资料
        Pictures = "pictures",
        Other = "other",
    }
);

/// A paper of the archive. It stays where it is: its name and sum are kept, so that it can be
/// found and recognised.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub kind: DocumentKind,
    pub paper: Paper,
    pub added_at: jiff::Timestamp,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
