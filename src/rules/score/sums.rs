//! Sums of severities over the items of a part.

use super::interval::share_of;
use super::{Interval, ScorePart, part_of};
use crate::catalogue::Items;
use crate::model::{Estate, ItemCode, Severity};

/// The worst that an unsurveyed item may be.
const WORST: u32 = 3;

/// What the items of a part add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Sum {
    pub severity: u32,
    pub surveyed: u32,
    pub items: u32,
    /// The first of the worst, where one is not intact.
    pub worst: Option<(ItemCode, Severity)>,
}

impl Sum {
    pub fn of(part: ScorePart, estate: &Estate, items: &Items) -> Self {
        let mut sum = Self::default();
        for item in items.iter() {
            if part_of(item, items) != Some(part) {
                continue;
            }
            sum.items += 1;
            let Some(severity) = estate.gaps.get(&item.code).copied() else {
                continue;
            };
            sum.surveyed += 1;
            sum.severity += u32::from(severity.degree());
            let is_worse = sum.worst.is_none_or(|(_, worst)| severity > worst);
            if severity > Severity::Intact && is_worse {
                sum.worst = Some((item.code, severity));
            }
        }
        sum
    }

    /// As a share of `full`; an item that was not surveyed may be anything.
    pub fn share(&self, full: f64) -> Interval {
        let most = self.severity + WORST * (self.items - self.surveyed);
        Interval {
            low: share_of(self.severity.into(), full),
            high: share_of(most.into(), full),
        }
    }
}
