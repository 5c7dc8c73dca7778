//! The need score, 0–100 (DOMAIN §4, a proposal): «区分轻重缓急», who comes first, 四(二).
//!
//! Four parts, each a share 0..=1 of what it could be; the weights are in the rule pack. An item of
//! the list counts in one part at most. What was not surveyed is not 0: a part is an interval that
//! holds every value the answers may still give it, and so is the score. Ranked is by its low end:
//! what nobody looked at lifts no estate.
//!
//! An *answer* is the severity of one item, the number of households asked (`sent`), or everything
//! that was asked about willingness together. To take one away never narrows an interval and never
//! lowers its upper end. (To take `agree` alone away may: the surveyor's level then speaks, which
//! says something else.)
//!
//! The age is no part: R2 uses it as a gate, so it weighs nothing here.

mod infrastructure;
mod interval;
mod order;
mod safety;
mod sums;
mod utilities;
mod weights;
mod why;
mod willingness;

pub use interval::Interval;
pub use order::{Ranked, rank};
pub use weights::Weights;
pub use why::{PartWhy, Seen, why};

pub(crate) use order::better_first;

use crate::catalogue::{Item, Items, ScoreLimits};
use crate::model::{Coded, Estate};

/// A part of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ScorePart {
    /// «群众改造意愿强烈»
    Willingness,
    /// «水、电、路、气等必要基础设施»
    Utilities,
    /// «各类基础设施缺失或失养严重»
    Infrastructure,
    /// «居住安全和居住功能»
    Safety,
}

impl Coded for ScorePart {
    const DOMAIN: &'static str = "score_part";
    const ALL: &'static [Self] = &[
        Self::Willingness,
        Self::Utilities,
        Self::Infrastructure,
        Self::Safety,
    ];

    fn key(self) -> &'static str {
        match self {
            Self::Willingness => "willingness",
            Self::Utilities => "utilities",
            Self::Infrastructure => "infrastructure",
            Self::Safety => "safety",
        }
    }
}

/// The share that each part reaches, in the order of [`ScorePart::ALL`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScoreParts(pub [Interval; 4]);

impl ScoreParts {
    pub fn get(&self, part: ScorePart) -> Interval {
        self.0[part as usize]
    }
}

/// What each part of an estate's score reaches.
pub fn parts(estate: &Estate, items: &Items, pack: &ScoreLimits) -> ScoreParts {
    ScoreParts([
        willingness::share(estate, pack),
        utilities::share(estate, items),
        infrastructure::share(estate, items, pack),
        safety::share(estate, items, pack),
    ])
}

/// The part that the severity of an item counts in; `None` where it counts in none.
pub fn part_of(item: &Item, items: &Items) -> Option<ScorePart> {
    let leads = |utility| {
        items
            .leading(utility)
            .is_some_and(|it| it.code == item.code)
    };
    if item.leads.is_some_and(leads) {
        Some(ScorePart::Utilities)
    } else if item.safety {
        Some(ScorePart::Safety)
    } else if item.code.group() == 'C' {
        Some(ScorePart::Infrastructure)
    } else {
        None
    }
}

#[cfg(test)]
mod property_tests;
#[cfg(test)]
mod tests;
