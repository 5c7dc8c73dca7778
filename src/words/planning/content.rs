//! What a plan's content lacks, and how it stands to the central subsidy.

use super::super::Language;
use super::super::fields::{severity_label, utility_label};
use super::{item_text, joined};
use crate::catalogue::{Items, SubsidyLimits};
use crate::model::{ItemCode, Utility};
use crate::rules::content::{ContentProblem, ForShow};
use crate::rules::subsidy::{NotCounting, Subsidy, SubsidyOutcome};
use std::collections::BTreeSet;

/// The verdict about the central subsidy, with the items and utilities that it hangs on.
pub fn subsidy_text(
    language: Language,
    subsidy: &Subsidy,
    items: &Items,
    pack: &SubsidyLimits,
) -> String {
    let utilities = utilities_text(language, &subsidy.utilities);
    match subsidy.outcome {
        SubsidyOutcome::Pass => language.text_with(
            "planning.subsidy.pass",
            &[
                ("utilities", &utilities),
                ("items", &items_text(language, &subsidy.counting, items)),
            ],
        ),
        SubsidyOutcome::PassIfConfigured => {
            let configured = items_text(language, &subsidy.configured, items);
            language.text_with(
                "planning.subsidy.pass_if_configured",
                &[("configured", &configured)],
            )
        }
        SubsidyOutcome::Fail if subsidy.utilities.is_empty() => {
            language.text_with("planning.subsidy.fail", &[("least", &pack.least_utilities)])
        }
        SubsidyOutcome::Fail => language.text_with(
            "planning.subsidy.fail_with",
            &[("utilities", &utilities), ("least", &pack.least_utilities)],
        ),
    }
}

/// The items of a utility or lift that do not count, each with why.
pub fn subsidy_notes(language: Language, subsidy: &Subsidy, items: &Items) -> Vec<String> {
    let note = |(item, why): &(ItemCode, NotCounting)| {
        let why = match why {
            NotCounting::Work => "work",
            NotCounting::ConditionFails => "condition_fails",
            NotCounting::UtilitiesNotChosen => "utilities_not_chosen",
            NotCounting::Listed => "listed",
        };
        language.text_with(
            "planning.subsidy.not_counting",
            &[
                ("item", &item_text(language, *item, items)),
                (
                    "why",
                    &language.text(&format!("planning.subsidy.why.{why}")),
                ),
            ],
        )
    };
    subsidy.not_counting.iter().map(note).collect()
}

fn utilities_text(language: Language, utilities: &BTreeSet<Utility>) -> String {
    let names = utilities.iter();
    joined(
        language,
        names.map(|utility| utility_label(language, *utility).into_owned()),
    )
}

fn items_text(language: Language, codes: &[ItemCode], items: &Items) -> String {
    let names = codes.iter();
    joined(
        language,
        names.map(|code| item_text(language, *code, items)),
    )
}

/// What is wrong with an item of a plan, with the item's name.
pub fn problem_text(language: Language, problem: ContentProblem, items: &Items) -> String {
    let text = problem_beside_text(language, problem, items);
    language.text_with(
        "planning.content.problem",
        &[
            ("item", &item_text(language, problem.item(), items)),
            ("text", &text),
        ],
    )
}

/// The same without the item's name, for where it stands beside it.
pub fn problem_beside_text(language: Language, problem: ContentProblem, items: &Items) -> String {
    let condition = items.get(problem.item());
    let condition = condition.and_then(|item| item.condition.as_deref());
    language.text_with(
        &format!("planning.content.{}", problem.key()),
        &[("condition", &condition.unwrap_or_default())],
    )
}

/// «形象工程»: nothing but the looks is planned while a utility fails.
pub fn for_show_text(language: Language, show: ForShow) -> String {
    language.text_with(
        "planning.content.for_show",
        &[
            ("utility", &utility_label(language, show.utility)),
            ("severity", &severity_label(language, Some(show.severity))),
        ],
    )
}
