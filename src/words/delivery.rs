//! How far a project is and what is late, in words. Texts: `stage.*`, `late.*`.

use super::Language;
use super::fields::coded_label;
use crate::rules::delivery::{Against, Extent, Late, Stage};
use crate::rules::management::ManagementGap;
use std::borrow::Cow;
use std::fmt::Display;

/// What a stage is called.
pub fn stage_label(language: Language, stage: Stage) -> Cow<'static, str> {
    language.text(&format!("stage.{}", stage.key()))
}

/// What the management of an estate lacks.
pub fn management_gap_text(language: Language, gap: ManagementGap) -> Cow<'static, str> {
    language.text(&format!("management_gap.{}", gap.key()))
}

/// What is late, by which day and by how much, with the reason where one was given.
pub fn late_text(language: Language, late: &Late) -> String {
    let text = late_text_alone(language, late);
    match late.reason.is_empty() {
        true => text,
        false => {
            let values: [(&str, &dyn Display); 2] = [("text", &text), ("reason", &late.reason)];
            language.text_with("late.with_reason", &values)
        }
    }
}

/// The same without the reason.
pub fn late_text_alone(language: Language, late: &Late) -> String {
    let milestone = coded_label(language, late.milestone);
    let say = |key: &str, values: &[(&str, &dyn Display)]| {
        let mut all: Vec<(&str, &dyn Display)> = vec![("milestone", &milestone)];
        all.extend(values);
        language.text_with(key, &all)
    };
    let against = match late.against {
        Against::Guidance => "guidance",
        Against::OwnPlan => "own_plan",
    };
    match &late.extent {
        Extent::Reached { last_day, days } => say(
            &format!("late.reached.{against}"),
            &[("day", last_day), ("days", days)],
        ),
        Extent::Overdue { last_day, days } => say(
            &format!("late.overdue.{against}"),
            &[("day", last_day), ("days", days)],
        ),
        Extent::MeantFor { last_day, days } => {
            say("late.meant_for", &[("day", last_day), ("days", days)])
        }
        Extent::DayNotRecorded { last_day } => say("late.day_not_recorded", &[("day", last_day)]),
        Extent::NoFestival { year } => say("late.no_festival", &[("year", year)]),
    }
}
