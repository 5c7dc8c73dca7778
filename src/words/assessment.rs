//! The figures of an assessment in words. Texts: `figure.*`.

use super::Language;
use super::fields::coded_label;
use super::fields::separated;
use crate::rules::assessment::{Figure, Group, Unit};
use std::borrow::Cow;
use std::fmt::Display;

/// What a figure is called.
pub fn figure_label(language: Language, figure: Figure) -> String {
    match figure {
        Figure::Reached(progress, measure) => {
            let progress = language.text(&format!("figure.progress.{}", progress.key()));
            let measure = language.text(&format!("figure.measure.{}", measure.key()));
            let values: [(&str, &dyn Display); 2] =
                [("progress", &progress), ("measure", &measure)];
            language.text_with("figure.reached", &values)
        }
        Figure::Unknown(progress, measure) => {
            let progress = language.text(&format!("figure.progress.{}", progress.key()));
            let measure = language.text(&format!("figure.measure.{}", measure.key()));
            let values: [(&str, &dyn Display); 2] =
                [("progress", &progress), ("measure", &measure)];
            language.text_with("figure.unknown_in", &values)
        }
        Figure::FundingOf(source) => coded_label(language, source).into_owned(),
        plain => language
            .text(&format!("figure.plain.{}", plain.key()))
            .into_owned(),
    }
}

/// The unit that a figure is in.
pub fn unit_label(language: Language, unit: Unit) -> Cow<'static, str> {
    language.text(&format!("figure.unit.{}", unit.key()))
}

/// What stands above the figures that belong together.
pub fn group_label(language: Language, group: Group) -> Cow<'static, str> {
    language.text(&format!("figure.group.{}", group.key()))
}

/// A figure without its unit: `1,234`, `120.5`, `66.7` for a share in per cent.
pub fn figure_value(figure: Figure, value: f64) -> String {
    match figure.unit() {
        Unit::Share => format!("{:.1}", value * 100.0),
        Unit::TenThousandYuan => {
            let text = format!("{value:.4}");
            let text = text.trim_end_matches('0').trim_end_matches('.');
            grouped(text)
        }
        Unit::SquareMetres => grouped(&format!("{:.0}", value)),
        _ => grouped(&format!("{value:.0}")),
    }
}

/// A figure with its unit; a dash where it is not known, which is no 0.
pub fn figure_text(language: Language, figure: Figure, value: Option<f64>) -> String {
    match value {
        None => language.text("figure.not_known").into_owned(),
        Some(value) => {
            let unit = unit_label(language, figure.unit());
            let value = figure_value(figure, value);
            let values: [(&str, &dyn Display); 2] = [("value", &value), ("unit", &unit)];
            language.text_with("figure.with_unit", &values)
        }
    }
}

/// How a figure changed: `+3`, `−2`, `0`; a share in percentage points.
pub fn change_text(language: Language, figure: Figure, change: Option<f64>) -> String {
    match change {
        None => language.text("figure.not_known").into_owned(),
        Some(change) => {
            let size = figure_value(figure, change.abs());
            let is_nothing = size.chars().all(|c| matches!(c, '0' | '.'));
            match (is_nothing, change > 0.0) {
                (true, _) => size,
                (false, true) => format!("+{size}"),
                (false, false) => format!("−{size}"),
            }
        }
    }
}

/// A comma after each three digits of the whole part.
fn grouped(number: &str) -> String {
    match number.split_once('.') {
        Some((whole, rest)) => format!("{}.{rest}", separated(whole)),
        None => separated(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::assessment::{Measure, Progress};

    #[test]
    fn every_figure_group_and_unit_has_words_in_both_languages() {
        for language in Language::ALL {
            let mut labels = std::collections::BTreeSet::new();
            for figure in Figure::all() {
                let label = figure_label(language, figure);
                assert!(
                    !label.contains("figure.") && !label.contains('%'),
                    "{label}"
                );
                assert!(labels.insert(label), "{figure:?}");
            }
            for unit in Unit::ALL {
                assert!(!unit_label(language, unit).contains("figure."));
            }
            for group in Group::ALL {
                assert!(!group_label(language, group).contains("figure."));
            }
        }
    }

    #[test]
    fn a_figure_is_written_as_people_read_it() {
        let households = Figure::Reached(Progress::Planned, Measure::Households);
        let area = Figure::Reached(Progress::Planned, Measure::FloorArea);
        for (figure, value, expected) in [
            (households, 1_234_567.0, "1,234,567"),
            (households, 12.0, "12"),
            (area, 14_000.4, "14,000"),
            (Figure::Cost, 1200.5, "1,200.5"),
            (Figure::Cost, 0.0, "0"),
            (Figure::ManagementCoverage, 2.0 / 3.0, "66.7"),
        ] {
            assert_eq!(figure_value(figure, value), expected);
        }
        let english = Language::English;
        assert_eq!(figure_text(english, Figure::Cost, Some(12.5)), "12.5 万元");
        assert_eq!(figure_text(english, Figure::SatisfiedShare, None), "—");
        for (change, expected) in [(3.0, "+3"), (-2.0, "−2"), (0.0, "0")] {
            assert_eq!(
                change_text(english, Figure::OpenIssues, Some(change)),
                expected
            );
        }
        assert_eq!(change_text(english, Figure::OpenIssues, None), "—");
    }
}
