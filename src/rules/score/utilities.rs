//! E «特别是水、电、路、气等必要基础设施亟需更新的», 四(二): how bad the four are on average.
//!
//! Each of the four is read from its leading item: a survey asks for one key a facility, and the
//! side items (C01 清淘化粪池 …) count as other infrastructure.

use super::interval::share_of;
use super::sums::Sum;
use super::{Interval, ScorePart};
use crate::catalogue::Items;
use crate::model::{Estate, Utility};

pub(super) fn share(estate: &Estate, items: &Items) -> Interval {
    let full = f64::from(3 * Utility::ESSENTIAL.len() as u32);
    let sum = Sum::of(ScorePart::Utilities, estate, items);
    let led = Utility::ESSENTIAL.len() as u32;
    // A list without a leading item for one of the four leaves that one unknown.
    let unled = led.saturating_sub(sum.items);
    let most = sum.severity + 3 * (sum.items - sum.surveyed + unled);
    Interval {
        low: share_of(sum.severity.into(), full),
        high: share_of(most.into(), full),
    }
}
