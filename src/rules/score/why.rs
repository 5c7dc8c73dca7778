//! Why a score is what it is, part by part: data, whose words are in `words::planning`.

use super::sums::Sum;
use super::{Interval, ScorePart, Weights};
use crate::catalogue::{Items, ScoreLimits};
use crate::model::{Coded, Estate, ItemCode, Severity, Utility, Willingness};
use serde::Serialize;

/// One part of a score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartWhy {
    pub part: ScorePart,
    /// How much of the part is reached, 0..=1.
    pub share: Interval,
    /// The points that the part can give at most, of 100.
    pub weight: f64,
    /// The points that it gives.
    pub points: Interval,
    pub seen: Seen,
}

/// What a part was read from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Seen {
    /// Counted answers; households.
    Answers {
        sent: Option<u32>,
        returned: u32,
        agree: u32,
    },
    /// No counts, the surveyor's level.
    Level { level: Willingness },
    /// Nobody asked, or nothing that says how many are in favour.
    NotAsked,
    /// Each of the four by its leading item; `None` where it was not surveyed.
    Utilities {
        severities: Vec<(Utility, Option<Severity>)>,
    },
    /// Severities added up over `surveyed` of `items`; the part is full at `full`.
    Gaps {
        severity: u32,
        full: f64,
        surveyed: u32,
        items: u32,
        worst: Option<(ItemCode, Severity)>,
    },
}

/// The four parts of an estate's score, in the order of [`ScorePart::ALL`].
pub fn why(estate: &Estate, items: &Items, pack: &ScoreLimits, weights: &Weights) -> Vec<PartWhy> {
    let parts = super::parts(estate, items, pack);
    let of_part = |part: &ScorePart| {
        let (share, weight) = (parts.get(*part), points_of(*part, weights));
        PartWhy {
            part: *part,
            share,
            weight,
            points: Interval {
                low: weight * share.low,
                high: weight * share.high,
            },
            seen: seen(*part, estate, items, pack),
        }
    };
    ScorePart::ALL.iter().map(of_part).collect()
}

fn points_of(part: ScorePart, weights: &Weights) -> f64 {
    match weights.total() {
        total if total > 0.0 => 100.0 * weights.get(part) / total,
        _ => 0.0,
    }
}

fn seen(part: ScorePart, estate: &Estate, items: &Items, pack: &ScoreLimits) -> Seen {
    let gaps = |full| {
        let sum = Sum::of(part, estate, items);
        Seen::Gaps {
            severity: sum.severity,
            full,
            surveyed: sum.surveyed,
            items: sum.items,
            worst: sum.worst,
        }
    };
    match part {
        ScorePart::Willingness => match (estate.returned, estate.agree, estate.willingness) {
            (Some(returned), Some(agree), _) => Seen::Answers {
                sent: estate.sent,
                returned,
                agree,
            },
            (_, _, Some(level)) => Seen::Level { level },
            (_, _, None) => Seen::NotAsked,
        },
        ScorePart::Utilities => Seen::Utilities {
            severities: Utility::ESSENTIAL
                .iter()
                .map(|utility| {
                    let leading = items.leading(*utility);
                    let severity = leading.and_then(|item| estate.gaps.get(&item.code));
                    (*utility, severity.copied())
                })
                .collect(),
        },
        ScorePart::Infrastructure => gaps(pack.infrastructure_full),
        ScorePart::Safety => gaps(pack.safety_full),
    }
}
