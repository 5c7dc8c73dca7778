//! What a survey of an estate must have (★ in DOMAIN §3): the two-minute form marks it, and a
//! release asks for it.

use super::{Items, Utility};
use crate::model::{Estate, Exclusion, Field, Value};

/// What only a survey answers, besides the year and the gaps; lists and drawings give the rest.
pub const SURVEY_ANSWERS: [Field; 9] = [
    Field::YearBasis,
    Field::Households,
    Field::FloorArea,
    Field::Buildings,
    Field::Tenure,
    Field::Residential,
    Field::Exclusions,
    Field::Willingness,
    Field::WillingnessBasis,
];

/// Every must-have, in form order. The building year stands for itself or a range.
pub fn must_haves(items: &Items) -> Vec<Field> {
    let mut fields = vec![
        Field::Name,
        Field::Boundary,
        Field::CountyCode,
        Field::StreetCode,
        Field::CommunityCodes,
        Field::Locality,
        Field::Address,
        Field::BuildYear,
        Field::YearBasis,
        Field::Households,
        Field::FloorArea,
        Field::Buildings,
        Field::Tenure,
        Field::Residential,
    ];
    // «水、电、路、气»: the item that stands for each.
    fields.extend(
        Utility::ESSENTIAL
            .iter()
            .filter_map(|utility| items.leading(*utility))
            .map(|item| Field::Gap(item.code)),
    );
    fields.extend([
        Field::Willingness,
        Field::WillingnessBasis,
        Field::Exclusions,
    ]);
    fields
}

/// The must-haves that `estate` still lacks, in form order.
pub fn missing_must_haves(estate: &Estate, items: &Items) -> Vec<Field> {
    let mut missing = must_haves(items);
    missing.retain(|field| !is_surveyed(estate, field, items));
    if lacks_exclusion_note(estate) {
        missing.push(Field::ExclusionNote);
    }
    missing
}

/// «等» names no case of its own: X9 needs a text.
pub fn lacks_exclusion_note(estate: &Estate) -> bool {
    let found = estate.exclusions.as_ref();
    let has_other_reason = found.is_some_and(|found| found.contains(&Exclusion::OtherReason));
    has_other_reason && estate.exclusion_note.trim().is_empty()
}

/// Whether the must-have `field` is answered.
pub fn is_surveyed(estate: &Estate, field: &Field, items: &Items) -> bool {
    match field {
        Field::BuildYear => {
            estate.build_year.is_some() || (estate.year_min.is_some() && estate.year_max.is_some())
        }
        Field::Boundary => estate.boundary.is_some(),
        Field::CommunityCodes => estate.community_codes.iter().any(|c| !c.trim().is_empty()),
        // Counted answers are worth more than a level.
        Field::Willingness => {
            let counts = [estate.sent, estate.returned, estate.agree];
            estate.willingness.is_some() || counts.iter().all(Option::is_some)
        }
        // Any item of the utility tells how it is; that the leading one is open is a warning.
        Field::Gap(code) => items
            .get(*code)
            .and_then(|item| item.leads)
            .is_some_and(|utility| items.utility_severity(estate, utility).is_some()),
        field => match estate.get(field) {
            Some(Value::Text(text)) => !text.trim().is_empty(),
            value => value.is_some(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::EstateId;

    #[test]
    fn a_range_of_years_is_as_good_as_a_year() {
        let items = Catalogue::shipped().items;
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        assert_eq!(missing_must_haves(&estate, &items), must_haves(&items));
        estate.year_min = Some(1985);
        assert!(missing_must_haves(&estate, &items).contains(&Field::BuildYear));
        estate.year_max = Some(1990);
        assert!(!missing_must_haves(&estate, &items).contains(&Field::BuildYear));
    }

    #[test]
    fn an_explicit_none_is_an_answer() {
        let items = Catalogue::shipped().items;
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        estate
            .set(&Field::Exclusions, Some(Value::Codes(Vec::new())))
            .unwrap();
        assert!(!missing_must_haves(&estate, &items).contains(&Field::Exclusions));
    }
}
