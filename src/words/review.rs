//! The queue of possible duplicates in words. Sentences: `review.*`, `duplicate_rule.*`.

use super::Language;
use super::fields::{coded_label, with_separators};
use crate::dedupe::Rule;
use crate::jobs::review_queue::{Class, Stake};
use std::borrow::Cow;

/// What a rule found, in a few words.
pub fn rule_text(language: Language, rule: Rule) -> Cow<'static, str> {
    language.text(&format!("duplicate_rule.{}", rule.key()))
}

/// "same estate: one name in one place".
pub fn class_text(language: Language, class: Class) -> String {
    let verdict = coded_label(language, class.suggestion);
    let rule = rule_text(language, class.rule);
    language.text_with("review.class", &[("verdict", &verdict), ("rule", &rule)])
}

/// How many households would be counted twice.
pub fn stake_text(language: Language, stake: Stake) -> String {
    match stake {
        Stake::Known(households) => {
            let households = with_separators(households.into());
            language.text_with("review.households", &[("households", &households)])
        }
        Stake::Unknown { .. } => language.text("review.households_unknown").into_owned(),
    }
}

/// What that number is, and where it puts the pair in the queue.
pub fn stake_hint(language: Language, stake: Stake) -> String {
    match stake {
        Stake::Known(_) => language.text("review.households_hint").into_owned(),
        Stake::Unknown { ranked_as } => {
            let households = with_separators(ranked_as.into());
            language.text_with(
                "review.households_unknown_hint",
                &[("households", &households)],
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_named_in_both_languages() {
        for language in Language::ALL {
            for rule in Rule::ALL {
                let text = rule_text(language, *rule);
                assert!(!text.contains("duplicate_rule."), "{language:?} {text}");
            }
        }
    }

    #[test]
    fn what_is_not_surveyed_is_never_shown_as_a_number() {
        let unknown = Stake::Unknown { ranked_as: 150 };
        for language in Language::ALL {
            assert!(!stake_text(language, unknown).contains("150"));
            assert!(stake_hint(language, unknown).contains("150"));
            assert!(stake_text(language, Stake::Known(1200)).contains("1,200"));
        }
    }
}
