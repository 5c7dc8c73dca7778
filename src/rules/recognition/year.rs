//! R2 «建成于2000年以前»

use super::{Evidence, Outcome, Reason, RuleId, Warning};
use crate::catalogue::Recognition;
use crate::model::Estate;

pub(super) fn judge(estate: &Estate, pack: &Recognition) -> Reason {
    // «以前» leaves open whether the year itself counts: the rule pack decides, and we warn.
    let last_that_counts = match pack.cutoff_year_counts {
        true => pack.cutoff_year,
        false => pack.cutoff_year - 1,
    };
    let Some((earliest, latest)) = estate.years() else {
        return RuleId::Year.plainly(Outcome::Unknown);
    };
    let outcome = if earliest > latest {
        // A range that ends before it begins says nothing; the counts check (E12) reports it.
        Outcome::Unknown
    } else if latest <= last_that_counts {
        Outcome::Passed
    } else if earliest > last_that_counts {
        Outcome::Failed
    } else {
        Outcome::Unknown
    };
    let touches_cutoff = earliest <= pack.cutoff_year && latest >= pack.cutoff_year;
    Reason {
        warning: (outcome == Outcome::Passed && touches_cutoff)
            .then_some(Warning::CutoffYearItself),
        ..RuleId::Year.because(
            outcome,
            Evidence::Years {
                earliest: (earliest != i32::MIN).then_some(earliest),
                latest: (latest != i32::MAX).then_some(latest),
                last_that_counts,
            },
        )
    }
}
