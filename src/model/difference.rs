//! What two images of one record differ in: what the history of an estate tells, field by field.

use super::estate::{Estate, Standing};
use super::field::Field;
use super::item::ItemCode;
use super::value::Value;
use std::collections::BTreeSet;

/// A record before and after an edit, reduced to what is not the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Differences {
    /// In form order, the gaps last by item.
    pub fields: Vec<FieldDifference>,
    /// Where it counts differently now.
    pub standing: Option<StandingDifference>,
    /// The library number (项目库编号) that it was given.
    pub number_given: Option<String>,
}

/// One field; `None` is "not surveyed".
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDifference {
    pub field: Field,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct StandingDifference {
    pub before: Standing,
    pub after: Standing,
}

impl Differences {
    /// What differs between two images of a record. One that does not exist has no values.
    pub fn between(before: Option<&Estate>, after: Option<&Estate>) -> Self {
        let gaps = |estate: Option<&Estate>| -> BTreeSet<ItemCode> {
            let gaps = estate.map(|estate| estate.gaps.keys().copied());
            gaps.into_iter().flatten().collect()
        };
        let items = &gaps(before) | &gaps(after);
        let fields = Field::PLAIN
            .iter()
            .copied()
            .chain(items.into_iter().map(Field::Gap))
            .filter_map(|field| {
                let of = |estate: Option<&Estate>| estate.and_then(|estate| estate.get(&field));
                let (before, after) = (of(before), of(after));
                (before != after).then_some(FieldDifference {
                    field,
                    before,
                    after,
                })
            })
            .collect();
        let standing = |estate: Option<&Estate>| match estate {
            Some(estate) => estate.standing.clone(),
            None => Standing::Counted,
        };
        let standing = StandingDifference {
            before: standing(before),
            after: standing(after),
        };
        let number = |estate: Option<&Estate>| estate.and_then(|estate| estate.lib_no.clone());
        Self {
            fields,
            standing: (before.is_some() && after.is_some() && standing.before != standing.after)
                .then_some(standing),
            number_given: number(after).filter(|_| number(before) != number(after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EstateId, Severity};

    fn estate(change: impl FnOnce(&mut Estate)) -> Estate {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        estate.name = "洪都新村".into();
        change(&mut estate);
        estate
    }

    fn gap(code: &str) -> ItemCode {
        ItemCode::parse(code).unwrap()
    }

    #[test]
    fn only_what_is_not_the_same_is_told_in_form_order() {
        let before = estate(|estate| {
            estate.households = Some(196);
            estate.gaps.insert(gap("C04"), Severity::Failing);
            estate.gaps.insert(gap("A01"), Severity::Intact);
        });
        let after = estate(|estate| {
            estate.build_year = Some(1987);
            estate.households = Some(200);
            estate.gaps.insert(gap("A01"), Severity::Intact);
        });
        let told: Vec<_> = Differences::between(Some(&before), Some(&after))
            .fields
            .into_iter()
            .map(|difference| (difference.field, difference.before, difference.after))
            .collect();
        let failing = Value::Code("2".into());
        assert_eq!(
            told,
            [
                (Field::BuildYear, None, Some(Value::Year(1987))),
                (
                    Field::Households,
                    Some(Value::Count(196)),
                    Some(Value::Count(200))
                ),
                (Field::Gap(gap("C04")), Some(failing), None),
            ]
        );
    }

    #[test]
    fn an_explicit_none_is_told_as_another_thing_than_not_surveyed() {
        let after = estate(|estate| estate.exclusions = Some(BTreeSet::new()));
        let differences = Differences::between(Some(&estate(|_| {})), Some(&after));
        assert_eq!(differences.fields.len(), 1);
        assert_eq!(differences.fields[0].before, None);
        assert_eq!(differences.fields[0].after, Some(Value::Codes(Vec::new())));
    }

    #[test]
    fn a_record_that_came_is_told_by_its_values_and_has_not_changed_its_standing() {
        let came = Differences::between(None, Some(&estate(|_| {})));
        assert_eq!(came.fields.len(), 1, "the name");
        assert_eq!(came.standing, None);
    }

    #[test]
    fn a_withdrawal_and_a_number_are_told() {
        let withdrawn = Standing::Withdrawn {
            reason: "拟拆除".into(),
        };
        let after = estate(|estate| {
            estate.standing = withdrawn.clone();
            estate.lib_no = Some("36010420260001".into());
        });
        let before = estate(|_| {});
        assert_eq!(
            Differences::between(Some(&before), Some(&after)),
            Differences {
                fields: Vec::new(),
                standing: Some(StandingDifference {
                    before: Standing::Counted,
                    after: withdrawn,
                }),
                number_given: Some("36010420260001".into()),
            }
        );
        assert_eq!(
            Differences::between(Some(&after), Some(&after)),
            Differences::default()
        );
    }
}
