//! What neighbouring estates are likely to have in common: what "repeat last", pasting and presets
//! may carry from one record to another. A proposal of this program: the guidance has no such list.

use super::{Items, is_surveyed};
use crate::model::{Estate, Field, Value};

/// Whether a value of `field` may be carried over to another estate.
pub fn is_shared(field: &Field) -> bool {
    match field {
        // Where it lies, and whose it was: blocks of one employer were built in one go.
        Field::CountyCode
        | Field::StreetCode
        | Field::CommunityCodes
        | Field::Locality
        | Field::BuildYear
        | Field::YearMin
        | Field::YearMax
        | Field::YearBasis
        | Field::Tenure
        | Field::OrigUnit
        | Field::Residential
        | Field::Exclusions
        | Field::ExclusionNote => true,
        // One pipe, one cable and one road serve a whole street.
        Field::Gap(_) => true,
        // One meeting, one block leader: the level of several estates, and how it is known.
        Field::Willingness | Field::WillingnessBasis => true,
        // What it is called and where it stands is one estate's alone («不重»: a name that was
        // carried over would look like a duplicate).
        Field::Name | Field::Aliases | Field::Address | Field::Boundary | Field::Remarks => false,
        // A count that was not counted is no survey («真实、完整、可靠»).
        Field::Households
        | Field::FloorArea
        | Field::Buildings
        | Field::Sent
        | Field::Returned
        | Field::Agree
        | Field::Oppose
        | Field::WillingToPay
        | Field::WillingnessDate => false,
    }
}

/// What `estate` has to give to others, in form order.
pub fn shared_values(estate: &Estate) -> Vec<(Field, Value)> {
    let gaps = estate.gaps.keys().map(|item| Field::Gap(*item));
    let fields = Field::PLAIN.iter().copied().chain(gaps);
    fields
        .filter(is_shared)
        .filter_map(|field| Some((field, estate.get(&field)?)))
        .collect()
}

/// Of `values`, those that `estate` has no answer for yet and that fit what it has.
pub fn open_values(
    estate: &Estate,
    values: &[(Field, Value)],
    items: &Items,
) -> Vec<(Field, Value)> {
    let given = |field| values.iter().find(|(one, _)| *one == field);
    let fits = |field: &Field| match field {
        // A year and a range of years are one answer.
        Field::BuildYear | Field::YearMin | Field::YearMax => estate.years().is_none(),
        // A code lies inside the code above it (E06): a street of another county is no answer.
        Field::StreetCode => agrees(estate, Field::CountyCode, given(Field::CountyCode)),
        Field::CommunityCodes => {
            agrees(estate, Field::CountyCode, given(Field::CountyCode))
                && agrees(estate, Field::StreetCode, given(Field::StreetCode))
        }
        // The text belongs to the X9 that comes with it.
        Field::ExclusionNote => estate.exclusions.is_none(),
        // Counted answers are worth more than a level.
        Field::Willingness => !is_surveyed(estate, field, items),
        _ => true,
    };
    values
        .iter()
        .filter(|(field, _)| estate.get(field).is_none() && fits(field))
        .cloned()
        .collect()
}

/// Whether `estate` has nothing else in the field than what it is given.
fn agrees(estate: &Estate, field: Field, given: Option<&(Field, Value)>) -> bool {
    match (estate.get(&field), given) {
        (Some(held), Some((_, given))) => held == *given,
        (None, _) | (_, None) => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{EstateId, ItemCode, Locality, Severity, Willingness};

    fn tagged() -> Estate {
        let mut estate = Estate::new(EstateId(uuid::Uuid::from_u128(1)));
        estate.name = "洪都新村".into();
        estate.households = Some(200);
        estate.county_code = "360102".into();
        estate.street_code = "360102002".into();
        estate.community_codes = ["360102002001".to_owned()].into();
        estate.locality = Some(Locality::City);
        estate.build_year = Some(1987);
        estate.willingness = Some(Willingness::Strong);
        estate
            .gaps
            .insert(ItemCode::parse("C04").unwrap(), Severity::Failing);
        estate
    }

    fn fields(values: &[(Field, Value)]) -> Vec<String> {
        values.iter().map(|(field, _)| field.key()).collect()
    }

    #[test]
    fn a_name_and_a_count_are_never_carried_over() {
        let given = fields(&shared_values(&tagged()));
        for own in ["name", "households"] {
            assert!(!given.contains(&own.to_owned()), "{given:?}");
        }
        assert!(given.contains(&"gap.C04".to_owned()), "{given:?}");
    }

    #[test]
    fn what_is_answered_stays_and_what_does_not_fit_is_left_out() {
        let items = Catalogue::shipped().items;
        let given = shared_values(&tagged());
        let blank = Estate::new(EstateId(uuid::Uuid::from_u128(2)));
        assert_eq!(open_values(&blank, &given, &items), given);

        let mut other = blank.clone();
        other.county_code = "360103".into();
        other.year_min = Some(1990);
        other.year_max = Some(1995);
        (other.sent, other.returned, other.agree) = (Some(9), Some(9), Some(9));
        other
            .gaps
            .insert(ItemCode::parse("C04").unwrap(), Severity::Intact);
        assert_eq!(fields(&open_values(&other, &given, &items)), ["locality"]);
    }
}
