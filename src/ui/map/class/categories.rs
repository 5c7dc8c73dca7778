//! Themes of a field with a closed list of values: a class a value.

use crate::model::{
    Category, Coded, Estate, Exclusion, Field, Locality, Tenure, WillingnessBasis, YearBasis,
};
use crate::words::Language;
use crate::words::fields::coded_label;
use std::borrow::Cow;

/// The value of the estate by its place in the list; `None` where it was not surveyed.
pub(super) fn value(estate: &Estate, category: Category) -> Option<u8> {
    match category {
        Category::Locality => estate.locality.map(|value| value as u8),
        Category::YearBasis => estate.year_basis.map(|value| value as u8),
        Category::WillingnessBasis => estate.willingness_basis.map(|value| value as u8),
        Category::Residential => estate.residential.map(|is| u8::from(!is)),
        // Several of them are what the list calls mixed.
        Category::Tenure => {
            let mut tenures = estate.tenure.iter();
            let first = *tenures.next()?;
            let one = tenures.next().is_none();
            Some(if one { first } else { Tenure::Mixed } as u8)
        }
        // The explicit "none" comes first; of several the first of the guidance's order.
        Category::Exclusions => {
            let first = estate.exclusions.as_ref()?.iter().next();
            Some(first.map_or(0, |exclusion| 1 + *exclusion as u8))
        }
    }
}

/// What a value is called.
pub(super) fn word(language: Language, category: Category, value: u8) -> Cow<'static, str> {
    fn of<C: Coded>(language: Language, value: u8) -> Cow<'static, str> {
        let value = C::ALL.get(usize::from(value)).copied();
        value.map_or(Cow::Borrowed(""), |value| coded_label(language, value))
    }
    match (category, value) {
        (Category::Locality, value) => of::<Locality>(language, value),
        (Category::YearBasis, value) => of::<YearBasis>(language, value),
        (Category::WillingnessBasis, value) => of::<WillingnessBasis>(language, value),
        (Category::Tenure, value) => of::<Tenure>(language, value),
        (Category::Residential, 0) => language.text("value.yes"),
        (Category::Residential, _) => language.text("value.no"),
        (Category::Exclusions, 0) => language.text("value.none"),
        (Category::Exclusions, value) => of::<Exclusion>(language, value - 1),
    }
}

/// The field that the theme is of.
pub fn field(category: Category) -> Field {
    match category {
        Category::Locality => Field::Locality,
        Category::YearBasis => Field::YearBasis,
        Category::Tenure => Field::Tenure,
        Category::Residential => Field::Residential,
        Category::Exclusions => Field::Exclusions,
        Category::WillingnessBasis => Field::WillingnessBasis,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EstateId;
    use std::collections::BTreeSet;

    #[test]
    fn every_value_of_every_field_has_a_place_and_a_word_of_its_own() {
        for category in Category::ALL {
            for language in Language::ALL {
                let words: BTreeSet<_> = (0..category.values())
                    .map(|value| word(language, *category, value))
                    .collect();
                assert_eq!(words.len(), usize::from(category.values()), "{category:?}");
                assert!(!words.contains(""), "{category:?}");
            }
        }
    }

    #[test]
    fn what_was_not_surveyed_is_no_value_and_none_is_one() {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        for category in Category::ALL {
            assert_eq!(value(&estate, *category), None, "{category:?}");
        }
        estate.exclusions = Some(BTreeSet::new());
        assert_eq!(value(&estate, Category::Exclusions), Some(0));
        estate.exclusions = Some([Exclusion::UrbanVillage].into());
        assert_eq!(value(&estate, Category::Exclusions), Some(4));
        estate.tenure = [Tenure::Reformed].into();
        assert_eq!(
            value(&estate, Category::Tenure),
            Some(Tenure::Reformed as u8)
        );
        estate.tenure.insert(Tenure::Commodity);
        assert_eq!(value(&estate, Category::Tenure), Some(Tenure::Mixed as u8));
        estate.residential = Some(false);
        assert_eq!(value(&estate, Category::Residential), Some(1));
    }
}
