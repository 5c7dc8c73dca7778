//! The delivery workspace in words: what is wrong with what was typed, what the sections of a
//! project say in short. Sentences: `delivery.*`.

use super::Language;
use super::assessment::{change_text, figure_label, figure_text};
use super::coverage::{day_in_china, division_name};
use super::fields::{coded_label, item_label, utility_label, value_text};
use super::history::author_text;
use crate::catalogue::Item;
use crate::model::{
    AssessmentFigures, Coded, Estate, Field, FundingSource, MilestoneKind, Project, Snapshot,
    Value, Yuan,
};
use crate::rules::assessment::FigureChange;
use crate::rules::delivery::{Extent, Late, Step};
use crate::rules::evaluation::IssueGap;
use crate::rules::funding::FundingSums;
use std::borrow::Cow;

/// "In Chinese as it is", in English with a capital letter.
pub fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// County, households and year of an estate, as far as they are known.
pub fn estate_about(language: Language, estate: &Estate) -> String {
    let county = Some(estate.county_code.as_str()).filter(|code| !code.is_empty());
    let households = estate.households.map(|households| {
        let value = Value::Count(households);
        value_text(language, &Field::Households, Some(&value))
    });
    let number = estate.lib_no.as_ref().map(ToString::to_string);
    let parts = [county.map(division_name), households, number];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What a person should know of an item before planning it.
pub fn item_about(language: Language, item: &Item) -> String {
    let mut lines = vec![item_label(language, item).to_owned()];
    if !item.utilities.is_empty() {
        let names = item
            .utilities
            .iter()
            .map(|one| utility_label(language, *one));
        let names = names.collect::<Vec<_>>().join(&language.text("plan.and"));
        lines.push(language.text_with("delivery.item.utilities", &[("names", &names)]));
    }
    if let Some(condition) = &item.condition {
        lines.push(language.text_with("delivery.content.condition", &[("words", condition)]));
    }
    if item.linked_outside {
        lines.push(language.text("delivery.item.linked").into_owned());
    }
    if let Some(day) = item.filed_on {
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("standard", &item.standard),
            ("number", &item.filing_number),
            ("day", &day),
        ];
        lines.push(language.text_with("delivery.item.own", &values));
    }
    lines.join("\n")
}

/// "Approved on 2027-03-01", for a step of the strip.
pub fn step_about(language: Language, step: &Step) -> String {
    let help = language.text(&format!("delivery.stage_help.{}", step.stage.key()));
    match step.on {
        Some(day) => language.text_with("delivery.stage_on", &[("help", &help), ("day", &day)]),
        None => help.into_owned(),
    }
}

/// Secured money against the cost.
pub fn funding_told(language: Language, sums: &FundingSums) -> String {
    let secured = sums.secured();
    match sums.cost {
        Some(cost) => language.text_with(
            "delivery.funding.told",
            &[("secured", &secured), ("cost", &cost)],
        ),
        None if sums.total() == Yuan::ZERO => String::new(),
        None => language.text_with("delivery.funding.told_open", &[("secured", &secured)]),
    }
}

pub fn funding_by_status(language: Language, sums: &FundingSums) -> String {
    language.text_with(
        "delivery.funding.by_status",
        &[
            ("received", &sums.received),
            ("committed", &sums.committed),
            ("intended", &sums.intended),
        ],
    )
}

/// The sum of each source, in the guidance's order.
pub fn funding_by_source(language: Language, sums: &FundingSums) -> String {
    let said = FundingSource::ALL.iter().filter_map(|source| {
        let sum = sums.by_source.get(source)?;
        Some(format!("{} {sum}", coded_label(language, *source)))
    });
    let said: Vec<_> = said.collect();
    language.listed(&said)
}

/// The next thing that an issue lacks.
pub fn issue_gap_text(language: Language, gap: IssueGap) -> Cow<'static, str> {
    language.text(match gap {
        IssueGap::Cause => "delivery.issues.lacks_cause",
        IssueGap::Remedy => "delivery.issues.lacks_remedy",
        IssueGap::Solution => "delivery.issues.lacks_solution",
    })
}

/// "Start 12 days overdue", where there is no room for the whole sentence.
pub fn late_short(language: Language, late: &Late) -> String {
    let milestone = coded_label(language, late.milestone);
    let (key, days) = match late.extent {
        Extent::Overdue { days, .. } => ("delivery.late.overdue", days),
        Extent::Reached { days, .. } => ("delivery.late.reached", days),
        Extent::MeantFor { days, .. } => ("delivery.late.meant_for", days),
        Extent::DayNotRecorded { .. } | Extent::NoFestival { .. } => ("delivery.late.unknown", 0),
    };
    language.text_with(key, &[("milestone", &milestone), ("days", &days)])
}

/// A line a milestone: planned and actual day.
pub fn milestone_lines(language: Language, project: &Project) -> Vec<String> {
    let unknown = language.text("delivery.milestones.no_day");
    let lines = MilestoneKind::ALL.iter().filter_map(|kind| {
        let milestone = project.milestones.get(kind)?;
        let day = |day: Option<jiff::civil::Date>| {
            day.map_or_else(|| unknown.clone().into_owned(), |day| day.to_string())
        };
        Some(language.text_with(
            "delivery.milestones.line",
            &[
                ("milestone", &coded_label(language, *kind)),
                ("planned", &day(milestone.planned)),
                ("actual", &day(milestone.actual)),
            ],
        ))
    });
    lines.collect()
}

/// When and by whom a version was frozen, and the rules it was made with.
pub fn frozen_text(language: Language, snapshot: &Snapshot) -> String {
    language.text_with(
        "delivery.assessment.frozen",
        &[
            ("title", &snapshot.title),
            ("day", &day_in_china(snapshot.taken_at)),
            ("by", &author_text(language, &snapshot.taken_by, "", "")),
            (
                "pack",
                &format!("{} {}", snapshot.pack.id, snapshot.pack.version),
            ),
        ],
    )
}

/// "360102 东湖区, 2027".
pub fn assessment_title(language: Language, figures: &AssessmentFigures) -> String {
    let county = match figures.county_code.as_str() {
        "" => language.text("delivery.filter.all_counties").into_owned(),
        code => division_name(code),
    };
    language.text_with(
        "delivery.assessment.of",
        &[("county", &county), ("year", &figures.year)],
    )
}

/// Whether figures stand beside those of an earlier version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    WithEarlier,
    Alone,
}

/// The figures as lines of text, the columns apart by tabs: for a letter or a spreadsheet.
pub fn assessment_as_text(
    language: Language,
    title: &str,
    rows: &[FigureChange],
    compared: Compared,
) -> String {
    let mut text = format!("{title}\n");
    for row in rows {
        let label = figure_label(language, row.figure);
        let now = figure_text(language, row.figure, row.now);
        text.push_str(&format!("{label}\t{now}"));
        if compared == Compared::WithEarlier {
            let before = figure_text(language, row.figure, row.before);
            let change = change_text(language, row.figure, row.change());
            text.push_str(&format!("\t{before}\t{change}"));
        }
        text.push('\n');
    }
    text
}
