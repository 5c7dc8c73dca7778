//! What is to be done in an estate: items of the guidance's list (三(二)) with work, quantity, cost.

use crate::model::codes::{Utility, coded};
use crate::model::{ItemCode, Yuan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded!(
    /// 工作类型. «更新»: by default the first two alone count for the central subsidy.
    WorkType, "work_type" {
        /// 更新
        Renew = "renew",
        /// 新建
        Build = "build",
        /// 维修
        Repair = "repair",
        /// 维护
        Maintain = "maintain",
        /// 清理
        Clear = "clear",
    }
);

coded!(
    /// Whether central money (以奖代补) is applied for.
    CentralMoney, "central_money" { NotAsked = "not_asked", AppliedFor = "applied_for" }
);

coded!(
    /// Whether what the text asks of an item («具备条件», «有条件», «确需安装») is there.
    Condition, "condition" { Holds = "holds", Fails = "fails" }
);

/// One item of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanItem {
    pub item: ItemCode,
    pub work: WorkType,
    /// In `unit`; `None` while nobody measured it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<f64>,
    /// m, m², 台, 户 …
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Yuan>,
    /// Of an item that serves several utilities (C07 一户一表) those that this work renews. Empty
    /// where the item has one or none.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub utilities: BTreeSet<Utility>,
    /// Whether the item's condition holds; `None` while nobody looked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Condition>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub condition_reason: String,
    /// Of C20–C27: why it is «与小区直接相关».
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub link_reason: String,
    pub central_money: CentralMoney,
}

impl PlanItem {
    /// An item of which nothing but the work is known.
    pub fn new(item: ItemCode, work: WorkType) -> Self {
        Self {
            item,
            work,
            quantity: None,
            unit: String::new(),
            cost: None,
            utilities: BTreeSet::new(),
            condition: None,
            condition_reason: String::new(),
            link_reason: String::new(),
            central_money: CentralMoney::NotAsked,
        }
    }
}
