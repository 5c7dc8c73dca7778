//! W «优先安排群众改造意愿强烈», 四(二): how many are in favour, of how many that were asked.
//!
//! As soon as it is known how many answered and how many of them agree, the counts speak; before,
//! the surveyor's level does. That `sent` is not known, or less than what came back, leaves the
//! participation open and does not hand over to the level: it must not make the estate surer.

use super::Interval;
use super::interval::share_of;
use crate::catalogue::ScoreLimits;
use crate::model::{Estate, Willingness};

pub(super) fn share(estate: &Estate, pack: &ScoreLimits) -> Interval {
    let participation = participation(estate, pack);
    match (estate.returned, estate.agree, estate.willingness) {
        (Some(returned), Some(agree), _) => in_favour(returned, agree, pack).times(participation),
        (_, _, Some(level)) => Interval::exactly(of_level(level, pack)),
        // What is known of the participation still bounds it from above.
        (_, _, None) => Interval::UNKNOWN.times(participation),
    }
}

/// Nobody answered, or more agree than answered: nothing is known of the share in favour.
fn in_favour(returned: u32, agree: u32, pack: &ScoreLimits) -> Interval {
    if returned == 0 || agree > returned {
        return Interval::UNKNOWN;
    }
    let share = f64::from(agree) / f64::from(returned);
    Interval::exactly(share_of(share - pack.agree_from, pack.agree_span))
}

fn participation(estate: &Estate, pack: &ScoreLimits) -> Interval {
    match (estate.sent, estate.returned) {
        (Some(sent), Some(returned)) if sent > 0 && returned <= sent => {
            let share = f64::from(returned) / f64::from(sent);
            Interval::exactly(share_of(share, pack.returned_full))
        }
        _ => Interval::UNKNOWN,
    }
}

fn of_level(level: Willingness, pack: &ScoreLimits) -> f64 {
    let share = match level {
        Willingness::Strong => pack.levels.strong,
        Willingness::Fair => pack.levels.fair,
        Willingness::Weak => pack.levels.weak,
    };
    share_of(share, 1.0)
}
