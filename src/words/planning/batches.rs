//! Why an estate is in its batch, in one sentence.

use super::super::Language;
use super::super::fields::{coded_label, label};
use super::super::rules::{rule_text, verdict_text};
use super::{joined, money_text};
use crate::catalogue::{Items, Readiness};
use crate::rules::batches::{BatchReason, PlacementOutcome, PlacementProblem};
use crate::rules::recognition::RuleId;
use std::borrow::Cow;

/// Why an estate is in its batch.
pub fn reason_text(language: Language, reason: &BatchReason, items: &Items) -> String {
    let key = format!("planning.reason.{}", reason.key());
    let money = |amount| money_text(language, amount);
    match reason {
        BatchReason::Fits { left } => language.text_with(&key, &[("left", &money(*left))]),
        BatchReason::PlacedByHand { by, reason } => {
            language.text_with(&key, &[("by", by), ("reason", reason)])
        }
        BatchReason::NotAdmitted { rules } => {
            let rules = joined(language, rules.iter().map(|rule| named(language, *rule)));
            language.text_with(&key, &[("rules", &rules)])
        }
        BatchReason::DataIncomplete { rules, fields } => {
            let rules = rules.iter().map(|rule| named(language, *rule));
            let fields = fields.iter().map(|field| label(language, field, items));
            let what = joined(language, rules.chain(fields));
            language.text_with(&key, &[("what", &what)])
        }
        BatchReason::OtherYear { year } => language.text_with(&key, &[("year", year)]),
        BatchReason::Missing { what, cost, funds } => {
            let needs = what.iter();
            let needs = joined(
                language,
                needs.map(|need| need_text(language, *need).into_owned()),
            );
            let about_funds = what.contains(&Readiness::Funds);
            let has_plan = !what.contains(&Readiness::Plan);
            match cost {
                Some(cost) if about_funds => language.text_with(
                    "planning.reason.missing_funds",
                    &[
                        ("what", &needs),
                        ("funds", &money(*funds)),
                        ("cost", &money(*cost)),
                    ],
                ),
                None if about_funds && has_plan => {
                    language.text_with("planning.reason.missing_cost", &[("what", &needs)])
                }
                _ => language.text_with(&key, &[("what", &needs)]),
            }
        }
        BatchReason::OverLimit { needs, left } => {
            language.text_with(&key, &[("needs", &money(*needs)), ("left", &money(*left))])
        }
        BatchReason::AfterCut { cut } => language.text_with(&key, &[("cut", cut)]),
        BatchReason::WeakWillingness
        | BatchReason::WillingnessUnknown
        | BatchReason::NoGap
        | BatchReason::OpenDuplicate
        | BatchReason::SubsidyFails
        | BatchReason::LimitUnknown => language.text(&key).into_owned(),
    }
}

fn named(language: Language, rule: RuleId) -> String {
    format!("{} {}", rule.key(), rule_text(language, rule))
}

/// What an implementation needs.
pub fn need_text(language: Language, need: Readiness) -> Cow<'static, str> {
    language.text(&format!("planning.need.{}", need.key()))
}

/// That a placement by hand does not hold, and why; one that holds is the reason of its batch.
pub fn placement_text(language: Language, outcome: PlacementOutcome) -> Option<String> {
    match outcome {
        PlacementOutcome::None | PlacementOutcome::Honoured => None,
        PlacementOutcome::NotHonoured { wanted, why } => Some(language.text_with(
            "planning.placement.not_honoured",
            &[
                ("batch", &coded_label(language, wanted)),
                ("why", &placement_problem_text(language, why)),
            ],
        )),
    }
}

/// Why a placement by hand would not hold.
pub fn placement_problem_text(language: Language, problem: PlacementProblem) -> String {
    let key = format!("planning.placement.{}", problem.key());
    match problem {
        PlacementProblem::NotRecognised { verdict } => {
            language.text_with(&key, &[("verdict", &verdict_text(language, verdict))])
        }
        PlacementProblem::OverLimit { needs, left } => language.text_with(
            &key,
            &[
                ("needs", &money_text(language, needs)),
                ("left", &money_text(language, left)),
            ],
        ),
        PlacementProblem::AdmissionIsNotPlaced | PlacementProblem::LimitUnknown => {
            language.text(&key).into_owned()
        }
    }
}
