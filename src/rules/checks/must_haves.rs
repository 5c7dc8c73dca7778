//! E01: a must-have (★ in DOMAIN §3) is empty. The clause names the core of them: «户数、建筑面积、
//! 产权性质、建成时间等基本情况» (三(三)1). The boundary is E05's.

use super::{CheckCode, Context, Detail, Finding};
use crate::catalogue::Utility;
use crate::model::{Estate, Exclusion, Field};

const ALWAYS: &[Field] = &[
    Field::Name,
    Field::CountyCode,
    Field::StreetCode,
    Field::CommunityCodes,
    Field::Locality,
    Field::Address,
    Field::YearBasis,
    Field::Households,
    Field::FloorArea,
    Field::Buildings,
    Field::Tenure,
    Field::Residential,
    Field::Exclusions,
    Field::WillingnessBasis,
];

pub(super) fn check(estate: &Estate, context: &Context) -> Vec<Finding> {
    let is_blank = |text: &String| text.trim().is_empty();
    let mut missing: Vec<Field> = ALWAYS
        .iter()
        .copied()
        .filter(|field| match field {
            Field::Name => is_blank(&estate.name),
            Field::Address => is_blank(&estate.address),
            Field::CountyCode => is_blank(&estate.county_code),
            Field::StreetCode => is_blank(&estate.street_code),
            Field::CommunityCodes => estate.community_codes.iter().all(is_blank),
            other => estate.get(other).is_none(),
        })
        .collect();
    let has_range = estate.year_min.is_some() && estate.year_max.is_some();
    if estate.build_year.is_none() && !has_range {
        missing.push(Field::BuildYear);
    }
    let other_reason =
        |found: &std::collections::BTreeSet<Exclusion>| found.contains(&Exclusion::OtherReason);
    if estate.exclusions.as_ref().is_some_and(other_reason) && is_blank(&estate.exclusion_note) {
        missing.push(Field::ExclusionNote);
    }
    let items = &context.catalogue.items;
    for utility in Utility::ESSENTIAL {
        if items.utility_severity(estate, utility).is_none() {
            missing.extend(items.leading(utility).map(|item| Field::Gap(item.code)));
        }
    }
    let counted = [estate.sent, estate.returned, estate.agree];
    if estate.willingness.is_none() && counted.contains(&None) {
        missing.push(Field::Willingness);
    }
    // Form order, whatever the order of the questions above.
    missing.sort();
    let finding = |field| {
        Finding::blocks(CheckCode::MustHave, Detail::Missing)
            .about(estate.id)
            .at(field)
    };
    missing.into_iter().map(finding).collect()
}
