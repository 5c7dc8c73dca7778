//! Each check with a case that passes, one that finds, and one that is not asked at all.

mod projects;
mod record;
mod survey;
mod unknown;

use super::*;
use crate::model::{Field, Settings};
use crate::rules::sample::complete_estate;

fn context(catalogue: &Catalogue) -> Context<'_> {
    Context {
        catalogue,
        county_code: "360102",
        county: None,
        division_exists: None,
        this_year: 2026,
        today: jiff::civil::date(2026, 11, 29),
    }
}

fn findings(change: impl FnOnce(&mut Estate)) -> Vec<Finding> {
    let catalogue = Catalogue::shipped();
    let mut estate = complete_estate(1);
    change(&mut estate);
    check_estate(&estate, &context(&catalogue))
}

/// `(code, field, gravity)` of each finding: what most cases are about.
fn found(change: impl FnOnce(&mut Estate)) -> Vec<(&'static str, Option<Field>, Gravity)> {
    let findings = findings(change).into_iter();
    findings
        .map(|f| (f.code.key(), f.field, f.gravity))
        .collect()
}

fn blocks(code: &'static str, field: Field) -> (&'static str, Option<Field>, Gravity) {
    (code, Some(field), Gravity::Blocks)
}

fn warns(code: &'static str, field: Field) -> (&'static str, Option<Field>, Gravity) {
    (code, Some(field), Gravity::Warns)
}

fn whole_survey(estates: Vec<Estate>, open_pairs: &[Pair]) -> Vec<Finding> {
    let catalogue = Catalogue::shipped();
    let survey = Survey::from_parts(estates, [], [], Settings::default());
    check(&survey, open_pairs, &context(&catalogue))
}
