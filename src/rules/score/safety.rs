//! S «重点解决严重影响居住安全和居住功能等群众反映强烈的问题», 二(二): the items tagged as safety in the
//! list, whatever their group.

use super::sums::Sum;
use super::{Interval, ScorePart};
use crate::catalogue::{Items, ScoreLimits};
use crate::model::Estate;

pub(super) fn share(estate: &Estate, items: &Items, pack: &ScoreLimits) -> Interval {
    Sum::of(ScorePart::Safety, estate, items).share(pack.safety_full)
}
