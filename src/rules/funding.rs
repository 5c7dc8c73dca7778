//! The money of a project, «多渠道可持续资金筹措机制» (四(三)): what it costs, who pays how much and how
//! sure that is, and what is missing.

use crate::model::{FundingSource, FundingStatus, PlanItem, Project, Yuan};
use std::collections::BTreeMap;

/// The sums of a project's funding lines, beside what its content costs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FundingSums {
    /// Of all that is planned; `None` where nothing is planned yet, or an item has no cost: a part
    /// of the cost is not the cost.
    pub cost: Option<Yuan>,
    /// Lines that are no more than an intention. Each line is in one of these three.
    pub intended: Yuan,
    /// Lines that are promised and not paid in yet.
    pub committed: Yuan,
    /// Lines that are paid in.
    pub received: Yuan,
    /// Whatever the status; a source without a line is absent.
    pub by_source: BTreeMap<FundingSource, Yuan>,
    /// What the county itself pays, whatever the status.
    pub local_fiscal: Yuan,
    /// 中央补助, whatever the status.
    pub central: Yuan,
    /// What the committed and the received money leaves of the cost; `None` where the cost is not
    /// known.
    pub missing: Option<Yuan>,
}

/// Adds up the funding of `project`.
pub fn sums(project: &Project) -> FundingSums {
    let of_status = |status| {
        let lines = project.funding.iter().filter(|line| line.status == status);
        lines.map(|line| line.amount).sum::<Yuan>()
    };
    let mut by_source = BTreeMap::new();
    for line in &project.funding {
        let sum = by_source.entry(line.source).or_insert(Yuan::ZERO);
        *sum = *sum + line.amount;
    }
    let of_source = |source| by_source.get(&source).copied().unwrap_or_default();
    let (committed, received) = (
        of_status(FundingStatus::Committed),
        of_status(FundingStatus::Received),
    );
    let cost = cost(&project.content);
    FundingSums {
        cost,
        intended: of_status(FundingStatus::Intended),
        committed,
        received,
        local_fiscal: of_source(FundingSource::LocalFiscal),
        central: of_source(FundingSource::CentralSubsidy),
        by_source,
        missing: cost.map(|cost| cost.saturating_sub(committed + received)),
    }
}

/// What all of `content` costs; `None` where it is empty or an item has no cost yet.
pub fn cost(content: &[PlanItem]) -> Option<Yuan> {
    let costs: Option<Vec<Yuan>> = content.iter().map(|item| item.cost).collect();
    costs
        .filter(|costs| !costs.is_empty())
        .map(|costs| costs.into_iter().sum())
}

impl FundingSums {
    /// Every line, whatever its status.
    pub fn total(&self) -> Yuan {
        self.intended + self.secured()
    }

    /// Money that is promised or paid in.
    pub fn secured(&self) -> Yuan {
        self.committed + self.received
    }

    /// How much of the cost is secured, 0 and up; `None` where the cost is not known or 0.
    pub fn secured_share(&self) -> Option<f64> {
        let cost = self.cost.filter(|cost| *cost > Yuan::ZERO)?;
        Some(self.secured().0 as f64 / cost.0 as f64)
    }

    /// Whether all the money is the treasury's, the county's or the centre's, and there is some:
    /// «居民合理分担、单位投资、市场运作、财政奖补等多渠道», 四(三).
    pub fn is_fiscal_alone(&self) -> bool {
        let fiscal = self.local_fiscal + self.central;
        fiscal > Yuan::ZERO && fiscal == self.total()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FundingLine, ItemCode, WorkType};
    use crate::rules::sample::id;
    use FundingSource::{CentralSubsidy, LocalFiscal, Residents};
    use FundingStatus::{Committed, Intended, Received};

    fn project(costs: &[Option<u64>], lines: &[(FundingSource, u64, FundingStatus)]) -> Project {
        let mut project = Project::new(id(1));
        let item = ItemCode::parse("C05").unwrap();
        project.content = costs
            .iter()
            .map(|cost| PlanItem {
                cost: cost.map(Yuan),
                ..PlanItem::new(item, WorkType::Renew)
            })
            .collect();
        project.funding = lines
            .iter()
            .map(|(source, amount, status)| FundingLine {
                source: *source,
                amount: Yuan(*amount),
                status: *status,
                note: String::new(),
            })
            .collect();
        project
    }

    #[test]
    fn each_line_is_in_one_status_and_one_source() {
        let lines = [
            (LocalFiscal, 30, Committed),
            (LocalFiscal, 20, Intended),
            (CentralSubsidy, 40, Received),
            (Residents, 10, Intended),
        ];
        let sums = sums(&project(&[Some(60), Some(40)], &lines));
        assert_eq!(sums.cost, Some(Yuan(100)));
        let by_status = [sums.intended, sums.committed, sums.received];
        assert_eq!(by_status, [Yuan(30), Yuan(30), Yuan(40)]);
        assert_eq!((sums.local_fiscal, sums.central), (Yuan(50), Yuan(40)));
        assert_eq!(sums.by_source.values().copied().sum::<Yuan>(), sums.total());
        // An intention does not pay for anything.
        assert_eq!(sums.missing, Some(Yuan(30)));
        assert_eq!(sums.secured_share(), Some(0.7));
    }

    #[test]
    fn a_cost_that_nobody_knows_is_not_zero() {
        for costs in [&[][..], &[Some(60), None]] {
            let sums = sums(&project(costs, &[(Residents, 70, Received)]));
            assert_eq!(
                (sums.cost, sums.missing, sums.secured_share()),
                (None, None, None)
            );
        }
        let free = sums(&project(&[Some(0)], &[]));
        assert_eq!((free.cost, free.missing), (Some(Yuan(0)), Some(Yuan(0))));
    }

    #[test]
    fn more_money_than_needed_leaves_nothing_missing() {
        let sums = sums(&project(&[Some(60)], &[(Residents, 70, Committed)]));
        assert_eq!(sums.missing, Some(Yuan::ZERO));
    }

    #[test]
    fn all_the_money_is_the_treasurys_or_it_is_not() {
        let cases: [(&[_], bool); 4] = [
            (
                &[(LocalFiscal, 5, Intended), (CentralSubsidy, 5, Received)],
                true,
            ),
            (
                &[(LocalFiscal, 5, Committed), (Residents, 1, Intended)],
                false,
            ),
            (&[(Residents, 5, Received)], false),
            (&[], false),
        ];
        for (lines, expected) in cases {
            assert_eq!(
                sums(&project(&[], lines)).is_fiscal_alone(),
                expected,
                "{lines:?}"
            );
        }
    }
}
