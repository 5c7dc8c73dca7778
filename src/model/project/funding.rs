//! Where the money of a project comes from (四(三) «多渠道可持续资金筹措机制»).

use crate::model::Yuan;
use crate::model::codes::coded;
use serde::{Deserialize, Serialize};

coded!(
    /// 资金来源
    FundingSource, "funding_source" {
        /// 居民出资
        Residents = "residents",
        /// 住宅专项维修资金
        MaintenanceFund = "maintenance_fund",
        /// 公共收益
        PublicIncome = "public_income",
        /// 捐资捐物
        Donation = "donation",
        /// 原产权单位
        FormerOwner = "former_owner",
        WaterCompany = "water_company",
        PowerCompany = "power_company",
        GasCompany = "gas_company",
        TelecomsCompany = "telecoms_company",
        BroadcastingCompany = "broadcasting_company",
        /// 社会资本
        PrivateCapital = "private_capital",
        /// 地方财政
        LocalFiscal = "local_fiscal",
        /// 中央补助（以奖代补）
        CentralSubsidy = "central_subsidy",
    }
);

coded!(
    /// How sure the money is, least first.
    FundingStatus, "funding_status" {
        /// 意向
        Intended = "intended",
        /// 落实
        Committed = "committed",
        /// 到位
        Received = "received",
    }
);

/// One sum from one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingLine {
    pub source: FundingSource,
    pub amount: Yuan,
    pub status: FundingStatus,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
