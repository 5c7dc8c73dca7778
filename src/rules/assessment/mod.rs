//! 考核, 四(四): what a county's year of renovation came to. The guidance has no number to be reached;
//! the figures of DOMAIN §5 are told, and compared with an earlier version.
//!
//! What nobody knows is no zero: a sum leaves such estates out and tells how many they are, and a
//! figure of which nothing is known is absent.

mod figure;
mod sums;

pub use figure::{Figure, Group, Measure, Progress, Unit};

use super::fate::Judgements;
use super::projects::year_plans;
use crate::catalogue::Catalogue;
use crate::model::{AssessmentFigures, Survey};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// What is assessed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Six digits; empty for the whole survey.
    pub county_code: String,
    /// The year of the plan.
    pub year: i32,
    /// The day on which what is overdue is counted.
    pub today: Date,
}

/// The figures of `scope`. `judgements` are of this very survey.
///
/// A project belongs to the county of its record and to the year it is meant for. Planned is what
/// the yearly plan given out last says; where none was, what is meant for the year. Started,
/// finished and accepted are told of the projects of that year, planned or not.
pub fn assess(
    survey: &Survey,
    judgements: &Judgements,
    scope: &Scope,
    catalogue: &Catalogue,
) -> AssessmentFigures {
    AssessmentFigures {
        county_code: scope.county_code.clone(),
        year: scope.year,
        figures: sums::figures(survey, judgements, scope, catalogue)
            .into_iter()
            .map(|(figure, value)| (figure.key(), value))
            .collect(),
    }
}

/// A figure now and in an earlier version; `None` where it is not known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FigureChange {
    pub figure: Figure,
    pub now: Option<f64>,
    pub before: Option<f64>,
}

impl FigureChange {
    /// Now less before; `None` where either is not known: what nobody knew did not grow.
    pub fn change(&self) -> Option<f64> {
        Some(self.now? - self.before?)
    }
}

/// Every figure that either knows, in the order they are shown.
pub fn compare(now: &AssessmentFigures, before: &AssessmentFigures) -> Vec<FigureChange> {
    let figures = Figure::all().into_iter().map(|figure| {
        let key = figure.key();
        FigureChange {
            figure,
            now: now.figures.get(&key).copied(),
            before: before.figures.get(&key).copied(),
        }
    });
    figures
        .filter(|change| change.now.is_some() || change.before.is_some())
        .collect()
}

/// The counties that an assessment may be asked for: those of the records that count, of the
/// projects and of what the communities answered.
pub fn counties(survey: &Survey) -> BTreeSet<String> {
    let of_records = survey.estates().map(|estate| estate.county_code.as_str());
    let of_answers = survey.communities().map(|answer| answer.code);
    let of_answers: Vec<String> = of_answers
        .map(|code| code.as_str()[..6].to_owned())
        .collect();
    of_records
        .map(str::to_owned)
        .chain(of_answers)
        .filter(|code| !code.is_empty())
        .collect()
}

/// The years that an assessment may be asked for: those of projects and of yearly plans.
pub fn years(survey: &Survey) -> BTreeSet<i32> {
    let of_projects = survey.projects().filter_map(|project| project.year);
    of_projects
        .chain(year_plans(survey).into_iter().map(|plan| plan.year))
        .collect()
}

#[cfg(test)]
mod tests;
