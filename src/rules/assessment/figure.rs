//! The figures of an assessment, each with a stable key and a unit. Labels: locale files, under
//! `figure`.

use crate::model::{Coded, FundingSource};

/// One figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// How much has come so far.
    Reached(Progress, Measure),
    /// The estates that have come so far and of which the measure is not known.
    Unknown(Progress, Measure),
    /// Started, though the plan that was given out does not list them for the year.
    OutsidePlan,
    /// On the plan that was given out, and meant for another year or none since.
    Postponed,
    /// Not started, and the last day to start has passed.
    StartOverdue,
    /// Not finished, and the last day to finish has passed.
    FinishOverdue,
    /// What everything planned costs.
    Cost,
    /// Estates with a project of which the cost is not known.
    CostUnknown,
    FundingTotal,
    FundingIntended,
    FundingCommitted,
    FundingReceived,
    /// What the secured money leaves of the known costs.
    FundingMissing,
    FundingOf(FundingSource),
    /// Estates of which the residents were asked about the result.
    Evaluated,
    /// Households that answered, and of those the satisfied ones.
    HouseholdsAnswered,
    HouseholdsSatisfied,
    SatisfiedShare,
    OpenIssues,
    /// Finished estates with a body and a mode of management.
    Managed,
    /// Of these, where the community only stands in.
    ManagedByCommunity,
    /// The managed share of the finished estates.
    ManagementCoverage,
    /// Records that were merged into another: the same estate, reported twice.
    DuplicatesRemoved,
    /// Records that lie inside another, which counts them.
    PartsCountedOnce,
    /// Communities with a signed list, or a nil return that nothing contradicts.
    CommunitiesConfirmed,
    /// Communities that have to answer.
    CommunitiesToAnswer,
}

/// How far projects have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Progress {
    Planned,
    Started,
    Finished,
    /// With all six signatures.
    Accepted,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    Estates,
    Households,
    Buildings,
    FloorArea,
}

/// What a figure is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    Estates,
    Households,
    Buildings,
    SquareMetres,
    /// 万元
    TenThousandYuan,
    /// 0..1, shown in per cent.
    Share,
    Records,
    Communities,
    Issues,
}

/// What belongs together on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Progress,
    Funding,
    Evaluation,
    Management,
    /// «不重不漏»
    Register,
}

impl Progress {
    pub const ALL: [Self; 4] = [Self::Planned, Self::Started, Self::Finished, Self::Accepted];

    pub fn key(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Accepted => "accepted",
        }
    }
}

impl Measure {
    pub const ALL: [Self; 4] = [
        Self::Estates,
        Self::Households,
        Self::Buildings,
        Self::FloorArea,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Estates => "estates",
            Self::Households => "households",
            Self::Buildings => "buildings",
            Self::FloorArea => "floor_area_m2",
        }
    }

    fn unit(self) -> Unit {
        match self {
            Self::Estates => Unit::Estates,
            Self::Households => Unit::Households,
            Self::Buildings => Unit::Buildings,
            Self::FloorArea => Unit::SquareMetres,
        }
    }
}

impl Unit {
    pub const ALL: [Self; 9] = [
        Self::Estates,
        Self::Households,
        Self::Buildings,
        Self::SquareMetres,
        Self::TenThousandYuan,
        Self::Share,
        Self::Records,
        Self::Communities,
        Self::Issues,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Estates => "estates",
            Self::Households => "households",
            Self::Buildings => "buildings",
            Self::SquareMetres => "m2",
            Self::TenThousandYuan => "wan_yuan",
            Self::Share => "share",
            Self::Records => "records",
            Self::Communities => "communities",
            Self::Issues => "issues",
        }
    }
}

impl Group {
    pub const ALL: [Self; 5] = [
        Self::Progress,
        Self::Funding,
        Self::Evaluation,
        Self::Management,
        Self::Register,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Self::Progress => "progress",
            Self::Funding => "funding",
            Self::Evaluation => "evaluation",
            Self::Management => "management",
            Self::Register => "register",
        }
    }
}

impl Figure {
    /// Every figure, in the order they are shown.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for progress in Progress::ALL {
            all.extend(Measure::ALL.map(|measure| Self::Reached(progress, measure)));
            // Of an estate that is counted, that it is one is known.
            let unsure = Measure::ALL.into_iter().skip(1);
            all.extend(unsure.map(|measure| Self::Unknown(progress, measure)));
        }
        all.extend([
            Self::OutsidePlan,
            Self::Postponed,
            Self::StartOverdue,
            Self::FinishOverdue,
            Self::Cost,
            Self::CostUnknown,
            Self::FundingTotal,
            Self::FundingIntended,
            Self::FundingCommitted,
            Self::FundingReceived,
            Self::FundingMissing,
        ]);
        all.extend(FundingSource::ALL.iter().copied().map(Self::FundingOf));
        all.extend([
            Self::Evaluated,
            Self::HouseholdsAnswered,
            Self::HouseholdsSatisfied,
            Self::SatisfiedShare,
            Self::OpenIssues,
            Self::Managed,
            Self::ManagedByCommunity,
            Self::ManagementCoverage,
            Self::DuplicatesRemoved,
            Self::PartsCountedOnce,
            Self::CommunitiesConfirmed,
            Self::CommunitiesToAnswer,
        ]);
        all
    }

    /// The stable ASCII key, as files and frozen versions carry it.
    pub fn key(self) -> String {
        let plain = match self {
            Self::Reached(progress, measure) => {
                return format!("{}_{}", progress.key(), measure.key());
            }
            Self::Unknown(progress, measure) => {
                return format!("{}_{}_unknown", progress.key(), measure.key());
            }
            Self::FundingOf(source) => return format!("funding_{}", source.key()),
            Self::OutsidePlan => "outside_plan_estates",
            Self::Postponed => "postponed_estates",
            Self::StartOverdue => "start_overdue_estates",
            Self::FinishOverdue => "finish_overdue_estates",
            Self::Cost => "cost",
            Self::CostUnknown => "cost_unknown_estates",
            Self::FundingTotal => "funding_total",
            Self::FundingIntended => "funding_intended",
            Self::FundingCommitted => "funding_committed",
            Self::FundingReceived => "funding_received",
            Self::FundingMissing => "funding_missing",
            Self::Evaluated => "evaluated_estates",
            Self::HouseholdsAnswered => "households_answered",
            Self::HouseholdsSatisfied => "households_satisfied",
            Self::SatisfiedShare => "satisfied_share",
            Self::OpenIssues => "open_issues",
            Self::Managed => "managed_estates",
            Self::ManagedByCommunity => "managed_by_community_estates",
            Self::ManagementCoverage => "management_coverage",
            Self::DuplicatesRemoved => "duplicates_removed",
            Self::PartsCountedOnce => "parts_counted_once",
            Self::CommunitiesConfirmed => "communities_confirmed",
            Self::CommunitiesToAnswer => "communities_to_answer",
        };
        plain.to_owned()
    }

    /// The figure with this key; `None` for one of a later program.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|figure| figure.key() == key)
    }

    pub fn unit(self) -> Unit {
        match self {
            Self::Reached(_, measure) => measure.unit(),
            Self::Unknown(..)
            | Self::OutsidePlan
            | Self::Postponed
            | Self::StartOverdue
            | Self::FinishOverdue
            | Self::CostUnknown
            | Self::Evaluated
            | Self::Managed
            | Self::ManagedByCommunity => Unit::Estates,
            Self::Cost
            | Self::FundingTotal
            | Self::FundingIntended
            | Self::FundingCommitted
            | Self::FundingReceived
            | Self::FundingMissing
            | Self::FundingOf(_) => Unit::TenThousandYuan,
            Self::HouseholdsAnswered | Self::HouseholdsSatisfied => Unit::Households,
            Self::SatisfiedShare | Self::ManagementCoverage => Unit::Share,
            Self::OpenIssues => Unit::Issues,
            Self::DuplicatesRemoved | Self::PartsCountedOnce => Unit::Records,
            Self::CommunitiesConfirmed | Self::CommunitiesToAnswer => Unit::Communities,
        }
    }

    pub fn group(self) -> Group {
        match self {
            Self::Reached(..)
            | Self::Unknown(..)
            | Self::OutsidePlan
            | Self::Postponed
            | Self::StartOverdue
            | Self::FinishOverdue => Group::Progress,
            Self::Cost
            | Self::CostUnknown
            | Self::FundingTotal
            | Self::FundingIntended
            | Self::FundingCommitted
            | Self::FundingReceived
            | Self::FundingMissing
            | Self::FundingOf(_) => Group::Funding,
            Self::Evaluated
            | Self::HouseholdsAnswered
            | Self::HouseholdsSatisfied
            | Self::SatisfiedShare
            | Self::OpenIssues => Group::Evaluation,
            Self::Managed | Self::ManagedByCommunity | Self::ManagementCoverage => {
                Group::Management
            }
            Self::DuplicatesRemoved
            | Self::PartsCountedOnce
            | Self::CommunitiesConfirmed
            | Self::CommunitiesToAnswer => Group::Register,
        }
    }

    /// Whether the figure of a survey is the sum of its counties'; a share is not.
    pub fn adds_up(self) -> bool {
        self.unit() != Unit::Share
    }
}
