//! 认定, 三(一): is a record an old urban housing estate? Five conditions that must hold (R1–R5)
//! and five exclusions that must not (X1–X9), each judged alone and each with what it saw.
//!
//! "Not surveyed" never decides anything: it leaves the rule, and with it the estate, undetermined.

mod exclusions;
mod gaps;
mod locality;
mod residential;
mod willingness;
mod year;

use crate::catalogue::{Items, Recognition};
use crate::model::{Coded, Estate, Exclusion, ItemCode, Severity, Willingness};
use serde::{Serialize, Serializer};

/// A rule of 三(一).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleId {
    /// R1 «城市、县城（城关镇）»
    Locality,
    /// R2 «建成于2000年以前»
    Year,
    /// R3 «公共设施落后影响居民基本生活»
    Gaps,
    /// R4 «居民改造意愿强烈»
    Willingness,
    /// R5 «住宅小区»
    Residential,
    /// X1–X4 and X9, what is «不属于老旧小区范畴»
    Excluded(Exclusion),
}

/// How one rule came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Passed,
    Failed,
    /// Something it needs was not surveyed, or contradicts itself.
    Unknown,
}

/// One rule's outcome and what it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Reason {
    pub rule: RuleId,
    pub outcome: Outcome,
    pub evidence: Evidence,
    pub warning: Option<Warning>,
}

/// What a rule saw, for its explanation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// The outcome says it all.
    Plain,
    /// The earliest and the latest possible building year, and the last year that counts.
    Years {
        earliest: Option<i32>,
        latest: Option<i32>,
        last_that_counts: i32,
    },
    /// The worst gap surveyed.
    WorstGap { item: ItemCode, severity: Severity },
    /// Households that were asked, answered and are in favour.
    Answers {
        sent: u32,
        returned: u32,
        agree: u32,
    },
    /// No counts, the surveyor's level instead.
    Level { level: Willingness },
    /// X9 was chosen without the text that «等» needs.
    NoText,
}

/// What a reader of a passed rule must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Warning {
    /// The estate may be of the very year of the cut-off, about which the text is ambiguous.
    CutoffYearItself,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecognitionVerdict {
    Recognised,
    NotRecognised,
    Undetermined,
}

/// The verdict about one record, with every rule that led to it, in the order R1–R5, X1–X9.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recognised {
    pub verdict: RecognitionVerdict,
    pub reasons: Vec<Reason>,
}

/// Judges `estate` by 三(一). One rule that surely fails is enough for "not recognised", even where
/// others are unknown; "recognised" needs every rule to pass.
pub fn recognise(estate: &Estate, items: &Items, pack: &Recognition) -> Recognised {
    let conditions = [
        locality::judge(estate),
        year::judge(estate, pack),
        gaps::judge(estate, items, pack),
        willingness::judge(estate, pack),
        residential::judge(estate),
    ];
    let reasons: Vec<Reason> = conditions
        .into_iter()
        .chain(exclusions::judge(estate))
        .collect();
    let any = |outcome| reasons.iter().any(|reason| reason.outcome == outcome);
    let verdict = if any(Outcome::Failed) {
        RecognitionVerdict::NotRecognised
    } else if any(Outcome::Unknown) {
        RecognitionVerdict::Undetermined
    } else {
        RecognitionVerdict::Recognised
    };
    Recognised { verdict, reasons }
}

impl Recognised {
    /// The rules that decided: those that failed, else those that are unknown, else none.
    pub fn deciding(&self) -> Vec<RuleId> {
        let outcome = match self.verdict {
            RecognitionVerdict::NotRecognised => Outcome::Failed,
            RecognitionVerdict::Undetermined => Outcome::Unknown,
            RecognitionVerdict::Recognised => return Vec::new(),
        };
        let decided = self.reasons.iter().filter(|r| r.outcome == outcome);
        decided.map(|reason| reason.rule).collect()
    }

    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        self.reasons.iter().filter_map(|reason| reason.warning)
    }
}

impl RecognitionVerdict {
    pub const ALL: [Self; 3] = [Self::Recognised, Self::NotRecognised, Self::Undetermined];

    /// The stable ASCII key, as files carry it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Recognised => "recognised",
            Self::NotRecognised => "not_recognised",
            Self::Undetermined => "undetermined",
        }
    }
}

impl RuleId {
    /// Every rule, in the order reasons are given.
    pub const ALL: [RuleId; 10] = [
        Self::Locality,
        Self::Year,
        Self::Gaps,
        Self::Willingness,
        Self::Residential,
        Self::Excluded(Exclusion::ShantyPlan),
        Self::Excluded(Exclusion::Rebuild),
        Self::Excluded(Exclusion::SelfBuilt),
        Self::Excluded(Exclusion::UrbanVillage),
        Self::Excluded(Exclusion::OtherReason),
    ];

    /// `R1` … `R5`, `X1` … `X9`: the stable ASCII key, as files and rule packs carry it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Locality => "R1",
            Self::Year => "R2",
            Self::Gaps => "R3",
            Self::Willingness => "R4",
            Self::Residential => "R5",
            Self::Excluded(exclusion) => exclusion.key(),
        }
    }

    /// A reason that needs no further explanation.
    fn plainly(self, outcome: Outcome) -> Reason {
        self.because(outcome, Evidence::Plain)
    }

    fn because(self, outcome: Outcome, evidence: Evidence) -> Reason {
        Reason {
            rule: self,
            outcome,
            evidence,
            warning: None,
        }
    }
}

impl Serialize for RuleId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

#[cfg(test)]
mod tests;
