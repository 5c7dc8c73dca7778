//! I «各类基础设施缺失或失养严重», 四(二): the facilities of group C besides the four utilities
//! themselves and besides what is a matter of safety.

use super::sums::Sum;
use super::{Interval, ScorePart};
use crate::catalogue::{Items, ScoreLimits};
use crate::model::Estate;

pub(super) fn share(estate: &Estate, items: &Items, pack: &ScoreLimits) -> Interval {
    Sum::of(ScorePart::Infrastructure, estate, items).share(pack.infrastructure_full)
}
