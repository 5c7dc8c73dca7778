//! The checks before a release (DOMAIN §6): what blocks the library, and what travels with it.
//! One check a file. A draft is saved whatever they say; only a release is blocked.
//!
//! A record that surely is no old estate needs nothing but the evidence that decided it; merged,
//! contained and withdrawn records need nothing at all.
//!
//! "Datum undeclared" (E05) cannot happen: no import starts without one.

mod boundary;
mod buildings;
mod codes;
mod communities;
mod counts;
mod duplicates;
mod excluded;
mod finding;
mod must_haves;
mod photos;
mod plausibility;
mod projects;
mod rows;
mod shanty;

pub use finding::{CheckCode, Detail, Finding, Gravity};
pub use projects::{ImplementNeed, ProjectDetail, check_project, local_fiscal_of_years};

use super::fate::judge;
use super::recognition::{Recognised, RecognitionVerdict, recognise};
use crate::catalogue::Catalogue;
use crate::model::{Estate, Pair, Survey};
use geo::algorithm::indexed::IntervalTreeMultiPolygon;
use jiff::civil::Date;

/// What the checks look up besides the records.
pub struct Context<'a> {
    pub catalogue: &'a Catalogue,
    /// The county surveyed, 6 digits; empty where none was named.
    pub county_code: &'a str,
    /// Where a border of that county is at hand.
    pub county: Option<&'a CountyBorder>,
    /// Whether a division of this code exists, where the list of divisions is at hand.
    pub division_exists: Option<&'a (dyn Fn(&str) -> bool + Sync)>,
    /// The year in which the check is made: nothing can have been built after it.
    pub this_year: i32,
    /// The day on which what is late is counted.
    pub today: Date,
}

/// The border of a county, made ready to be asked about many positions.
pub struct CountyBorder(IntervalTreeMultiPolygon<f64>);

impl CountyBorder {
    pub fn new(border: &crate::model::Boundary) -> Self {
        Self(IntervalTreeMultiPolygon::new(border))
    }

    fn contains(&self, position: geo::Coord) -> bool {
        geo::Contains::contains(&self.0, &position)
    }
}

/// Every finding of a survey: lists and communities first, then record by record in the order of
/// their keys, then what concerns two records, then projects. `open_pairs` are the suspected duplicates that nobody has decided.
pub fn check(survey: &Survey, open_pairs: &[Pair], context: &Context) -> Vec<Finding> {
    let judgements = judge(survey, context.catalogue);
    let mut findings = rows::check(survey, &judgements);
    findings.extend(buildings::rows(survey));
    findings.extend(communities::check(survey, &judgements));
    for estate in survey.estates() {
        if let Some(judgement) = judgements.get(&estate.id) {
            findings.extend(check_recognised(estate, &judgement.recognised, context));
            if needs_checks(estate, &judgement.recognised) {
                findings.extend(buildings::differing(survey, estate));
            }
        }
    }
    findings.extend(excluded::numbers_held_twice(survey));
    findings.extend(duplicates::check(survey, &judgements, open_pairs));
    findings.extend(photos::check(survey, &judgements));
    findings.extend(shanty::check(survey, &judgements));
    findings.extend(projects::check(survey, &judgements, context));
    findings
}

/// The findings that one record shows by itself; quick enough to ask after every keystroke.
pub fn check_estate(estate: &Estate, context: &Context) -> Vec<Finding> {
    let catalogue = context.catalogue;
    let recognised = recognise(estate, &catalogue.items, &catalogue.rules.recognition);
    check_recognised(estate, &recognised, context)
}

fn check_recognised(estate: &Estate, recognised: &Recognised, context: &Context) -> Vec<Finding> {
    let mut findings = excluded::check(estate, recognised);
    if needs_checks(estate, recognised) {
        findings.extend(must_haves::check(estate, context));
        findings.extend(counts::check(estate, context));
        // An empty must-have or a contradiction explains by itself why nothing is determined.
        if findings.is_empty() {
            findings.extend(rows::undetermined(estate, recognised));
        }
        findings.extend(boundary::check(estate, context));
        findings.extend(codes::check(estate, context));
        findings.extend(plausibility::check(estate, recognised, context));
    }
    findings
}

/// Surely no old estate needs nothing but what decided it; a record that does not count, nothing.
fn needs_checks(estate: &Estate, recognised: &Recognised) -> bool {
    estate.standing.is_counted() && recognised.verdict != RecognitionVerdict::NotRecognised
}

#[cfg(test)]
mod tests;
