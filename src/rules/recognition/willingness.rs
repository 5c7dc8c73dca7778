//! R4 «居民改造意愿强烈»: by counted answers where there are any, else by the surveyor's level.

use super::{Evidence, Outcome, Reason, RuleId};
use crate::catalogue::Recognition;
use crate::model::{Estate, Willingness};

pub(super) fn judge(estate: &Estate, pack: &Recognition) -> Reason {
    if let (Some(sent), Some(returned), Some(agree)) = (estate.sent, estate.returned, estate.agree)
    {
        let evidence = Evidence::Answers {
            sent,
            returned,
            agree,
        };
        return RuleId::Willingness.because(by_answers(sent, returned, agree, pack), evidence);
    }
    match estate.willingness {
        Some(level) => RuleId::Willingness.because(
            match level {
                // The text asks for «强烈»: fair is not enough.
                Willingness::Strong => Outcome::Passed,
                Willingness::Fair | Willingness::Weak => Outcome::Failed,
            },
            Evidence::Level { level },
        ),
        None => RuleId::Willingness.plainly(Outcome::Unknown),
    }
}

/// Too few answers leave the question open: households that did not answer are no "no".
fn by_answers(sent: u32, returned: u32, agree: u32, pack: &Recognition) -> Outcome {
    let contradictory = agree > returned || returned > sent;
    if contradictory || returned == 0 {
        return Outcome::Unknown;
    }
    // Exact: IEEE division rounds 200/300 and the pack's 2/3 to the same number.
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole);
    if share(returned, sent) < pack.min_returned_share {
        Outcome::Unknown
    } else if share(agree, returned) >= pack.min_agree_share {
        Outcome::Passed
    } else {
        Outcome::Failed
    }
}
