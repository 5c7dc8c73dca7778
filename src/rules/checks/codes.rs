//! E06: division codes of 6, 9 and 12 digits, each beginning with the one above it; and W06, a
//! library number that was given under another county code.

use super::{CheckCode, Context, Detail, Finding};
use crate::model::{Estate, Field};

pub(super) fn check(estate: &Estate, context: &Context) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut judge = |field, code: &str, digits, parent: &str| {
        let finding = problem(code, digits, parent, context)
            .map(|detail| Finding::blocks(CheckCode::DivisionCode, detail));
        findings.extend(finding.map(|finding| finding.about(estate.id).at(field)));
    };
    let (county, street) = (&estate.county_code, &estate.street_code);
    judge(Field::CountyCode, county, 6, context.county_code);
    judge(Field::StreetCode, street, 9, county);
    // An estate in several communities may reach into a second street of its county (SPLIT).
    let reaches_over = estate
        .community_codes
        .iter()
        .any(|c| c.starts_with(street.as_str()));
    let parent = if reaches_over && estate.community_codes.len() > 1 {
        county
    } else {
        street
    };
    for community in &estate.community_codes {
        judge(Field::CommunityCodes, community, 12, parent);
    }
    findings.extend(number_of_other_county(estate));
    findings
}

/// The first thing that is wrong with one code. An empty one is E01's; a parent that is no code
/// itself is its own finding and says nothing about its children.
fn problem(code: &str, digits: usize, parent: &str, context: &Context) -> Option<Detail> {
    let value = code.to_owned();
    if code.trim().is_empty() {
        None
    } else if !is_code(code, digits) {
        Some(Detail::MalformedCode { value, digits })
    } else if context.division_exists.is_some_and(|exists| !exists(code)) {
        Some(Detail::UnknownCode { value })
    } else if (is_code(parent, 6) || is_code(parent, 9)) && !code.starts_with(parent) {
        let parent = parent.to_owned();
        Some(Detail::WrongParent { value, parent })
    } else {
        None
    }
}

fn is_code(code: &str, digits: usize) -> bool {
    code.len() == digits && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn number_of_other_county(estate: &Estate) -> Option<Finding> {
    let lib_no = estate.lib_no.as_ref()?;
    let changed = is_code(&estate.county_code, 6) && !lib_no.starts_with(&estate.county_code);
    changed.then(|| {
        let lib_no = lib_no.clone();
        let detail = Detail::NumberOfOtherCounty { lib_no };
        Finding::warns(CheckCode::CodeChanged, detail)
            .about(estate.id)
            .at(Field::CountyCode)
    })
}
