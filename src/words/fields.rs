//! Names and values of an estate's fields, as a person reads them: used by the form, the table,
//! the review and the command line. Sentences: `field.*`, `code.*`, `value.*`, `source.*`.

use super::Language;
use crate::catalogue::{Item, Items, Utility};
use crate::model::{Coded, Estate, Field, Kind, Severity, Survey, Value, ValueSource};
use std::borrow::Cow;

/// What the field is called. A gap is called what its item is called.
pub fn label(language: Language, field: &Field, items: &Items) -> String {
    match field {
        Field::Gap(code) => match items.get(*code) {
            Some(item) => item_label(language, item).to_owned(),
            // A county's own item that this catalogue does not know.
            None => code.to_string(),
        },
        plain => language
            .text(&format!("field.{}.label", plain.key()))
            .into_owned(),
    }
}

/// What the guidance calls a content item.
pub fn item_label(language: Language, item: &Item) -> &str {
    match language {
        Language::Chinese => &item.zh,
        Language::English => &item.en,
    }
}

/// Water, power, road, gas or lift.
pub fn utility_label(language: Language, utility: Utility) -> Cow<'static, str> {
    language.text(&format!("utility.{}", utility.key()))
}

/// One sentence about how the field is meant. `None` where the label says it all.
pub fn help(language: Language, field: &Field) -> Option<Cow<'static, str>> {
    let key = match field {
        Field::Gap(_) => "field.gap.help".to_owned(),
        plain => format!("field.{}.help", plain.key()),
    };
    language.text_if_any(&key)
}

/// The unit that its numbers are in.
pub fn unit(language: Language, field: &Field) -> Option<Cow<'static, str>> {
    let key = match field {
        Field::FloorArea => "unit.square_metres",
        Field::Buildings => "unit.buildings",
        Field::Households
        | Field::Sent
        | Field::Returned
        | Field::Agree
        | Field::Oppose
        | Field::WillingToPay => "unit.households",
        _ => return None,
    };
    Some(language.text(key))
}

/// The label of a coded value.
pub fn coded_label<C: Coded>(language: Language, value: C) -> Cow<'static, str> {
    code_label(language, C::DOMAIN, value.key())
}

/// The label of the key of a coded value; the key itself where it is no key of that domain.
pub fn code_label(language: Language, domain: &str, key: &str) -> Cow<'static, str> {
    language
        .text_if_any(&format!("code.{domain}.{key}"))
        .unwrap_or_else(|| Cow::Owned(key.to_owned()))
}

/// How bad a gap is, in one or two words; "not surveyed" for none.
pub fn severity_label(language: Language, severity: Option<Severity>) -> Cow<'static, str> {
    match severity {
        Some(severity) => language.text(&format!("severity_word.{}", severity.key())),
        None => language.text("severity_word.not_surveyed"),
    }
}

/// A value in words and figures, with its unit. No value reads "not surveyed".
pub fn value_text(language: Language, field: &Field, value: Option<&Value>) -> String {
    let Some(value) = value else {
        return language.text("value.not_surveyed").into_owned();
    };
    match value {
        Value::Text(text) => text.clone(),
        Value::Texts(texts) => language.listed(texts),
        Value::Year(year) => year.to_string(),
        Value::Count(count) => with_unit(language, field, with_separators(u64::from(*count))),
        Value::SquareMetres(area) => with_unit(language, field, area_figure(*area)),
        Value::Flag(true) => language.text("value.yes").into_owned(),
        Value::Flag(false) => language.text("value.no").into_owned(),
        Value::Code(key) => match field.kind() {
            Kind::Code(domain) => code_label(language, domain, key).into_owned(),
            _ => key.clone(),
        },
        Value::Codes(keys) if keys.is_empty() => language.text("value.none").into_owned(),
        Value::Codes(keys) => {
            let labels: Vec<_> = keys
                .iter()
                .map(|key| match field.kind() {
                    Kind::Codes(domain) => code_label(language, domain, key),
                    _ => Cow::Borrowed(key.as_str()),
                })
                .collect();
            language.listed(&labels)
        }
        Value::Polygon(boundary) => {
            let corners: usize = boundary
                .iter()
                .flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()))
                // A closed ring repeats its first position.
                .map(|ring| ring.0.len().saturating_sub(1))
                .sum();
            match boundary.0.len() {
                0 | 1 => language.text_with("value.polygon", &[("corners", &corners)]),
                parts => language.text_with(
                    "value.polygons",
                    &[("parts", &parts), ("corners", &corners)],
                ),
            }
        }
    }
}

/// Where a value came from, e.g. "from nanchang.csv row 12".
pub fn source_text(language: Language, survey: &Survey, estate: &Estate, field: &Field) -> String {
    match estate.source_of(field) {
        ValueSource::Surveyed => language.text("source.surveyed").into_owned(),
        ValueSource::Derived => language.text("source.derived").into_owned(),
        ValueSource::Imported => match row_text(language, survey, estate) {
            Some(row) => language.text_with("source.imported", &[("row", &row)]),
            None => language.text("source.imported_somewhere").into_owned(),
        },
        ValueSource::Merged(other) => {
            let name = match survey.estate(other) {
                Some(other) => record_name(language, survey, other),
                None => language.text("record.gone").into_owned(),
            };
            language.text_with("source.merged", &[("name", &name)])
        }
    }
}

/// What to call a record: its name, else its address, else the row it was read from.
pub fn record_name(language: Language, survey: &Survey, estate: &Estate) -> String {
    if let Some(name) = own_name(estate) {
        return name.to_owned();
    }
    match row_text(language, survey, estate) {
        Some(row) => language.text_with("record.of_row", &[("row", &row)]),
        None => language.text("record.unnamed").into_owned(),
    }
}

/// What to call a record where its row is told beside it: its name, else its address.
pub fn bare_name(language: Language, estate: &Estate) -> Cow<'_, str> {
    match own_name(estate) {
        Some(name) => Cow::Borrowed(name),
        None => language.text("record.unnamed"),
    }
}

fn own_name(estate: &Estate) -> Option<&str> {
    let names = [&estate.name, &estate.address];
    let name = names.into_iter().find(|name| !name.is_empty());
    name.map(String::as_str)
}

/// File and row that a record was read from, e.g. "nanchang.csv row 12".
pub fn row_text(language: Language, survey: &Survey, estate: &Estate) -> Option<String> {
    let origin = estate.origin.as_ref()?;
    let list = survey.list(origin.list)?;
    Some(language.text_with(
        "record.row",
        &[("file", &list.file_name), ("row", &origin.row)],
    ))
}

fn with_unit(language: Language, field: &Field, figure: String) -> String {
    match unit(language, field) {
        Some(unit) => format!("{figure} {unit}"),
        None => figure,
    }
}

/// An area in square metres with thousands separators and at most two decimals.
pub fn area_figure(area_m2: f64) -> String {
    let text = format!("{area_m2:.2}");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let whole = separated(whole);
    match decimals {
        "" => whole,
        decimals => format!("{whole}.{decimals}"),
    }
}

/// A whole number with thousands separators.
pub fn with_separators(number: u64) -> String {
    separated(&number.to_string())
}

pub(super) fn separated(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{
        Crs, Datum, EstateId, Exclusion, ImportList, ItemCode, ListId, ListKind, ListRole,
        Locality, Origin, Tenure, Willingness, WillingnessBasis, YearBasis,
    };

    fn every_code_has_a_label<C: Coded>() {
        for language in Language::ALL {
            for value in C::ALL {
                let key = format!("code.{}.{}", C::DOMAIN, value.key());
                assert!(language.text_if_any(&key).is_some(), "{language:?} {key}");
            }
        }
    }

    #[test]
    fn every_field_and_every_code_has_words_in_both_languages() {
        let items = Catalogue::shipped().items;
        for language in Language::ALL {
            for field in Field::PLAIN {
                let label = label(language, field, &items);
                assert!(!label.starts_with("field."), "{language:?} {field:?}");
                assert!(help(language, field).is_some(), "{language:?} {field:?}");
            }
        }
        every_code_has_a_label::<Locality>();
        every_code_has_a_label::<YearBasis>();
        every_code_has_a_label::<Tenure>();
        every_code_has_a_label::<Exclusion>();
        every_code_has_a_label::<Willingness>();
        every_code_has_a_label::<WillingnessBasis>();
        every_code_has_a_label::<Severity>();
    }

    #[test]
    fn a_gap_is_called_what_its_item_is_called() {
        let items = Catalogue::shipped().items;
        let gap = |code: &str| Field::Gap(ItemCode::parse(code).unwrap());
        assert_eq!(
            label(Language::Chinese, &gap("C05"), &items),
            "维修改造供水管线"
        );
        assert_eq!(label(Language::English, &gap("Z99"), &items), "Z99");
    }

    #[test]
    fn values_read_as_words_and_figures() {
        let text =
            |field, value: Option<Value>| value_text(Language::English, &field, value.as_ref());
        for (field, value, words) in [
            (Field::Households, None, "not surveyed"),
            (
                Field::Households,
                Some(Value::Count(1234567)),
                "1,234,567 households",
            ),
            (
                Field::FloorArea,
                Some(Value::SquareMetres(19400.5)),
                "19,400.5 m²",
            ),
            (Field::FloorArea, Some(Value::SquareMetres(0.0)), "0 m²"),
            (Field::BuildYear, Some(Value::Year(1987)), "1987"),
            (Field::Exclusions, Some(Value::Codes(Vec::new())), "none"),
            (Field::Residential, Some(Value::Flag(false)), "no"),
            (
                Field::Willingness,
                Some(Value::Code("strong".into())),
                "strong",
            ),
            (Field::Locality, Some(Value::Code("moon".into())), "moon"),
        ] {
            assert_eq!(text(field, value), words);
        }
    }

    #[test]
    fn a_value_names_the_file_and_row_it_came_from() {
        let list = ListId(uuid::Uuid::from_u128(1));
        let mut estate = Estate::new(EstateId(uuid::Uuid::from_u128(2)));
        estate.origin = Some(Origin {
            list,
            row: 12,
            source: String::new(),
            source_id: String::new(),
        });
        estate
            .sources
            .insert(Field::Households, ValueSource::Surveyed);
        let lists = [ImportList {
            id: list,
            file_name: "nanchang.csv".into(),
            sha256: String::new(),
            role: ListRole::Register,
            kind: ListKind::Other,
            crs: Crs::Degrees(Datum::Wgs84),
            imported_at: jiff::Timestamp::UNIX_EPOCH,
            rows_read: 1,
            mapping: Vec::new(),
            rejected: Vec::new(),
        }];
        let survey = Survey::from_parts([estate.clone()], [], lists, Default::default());
        let text = |field| source_text(Language::English, &survey, &estate, &field);
        assert_eq!(text(Field::Name), "from nanchang.csv row 12");
        assert_eq!(text(Field::Households), "surveyed here");
        assert_eq!(
            record_name(Language::Chinese, &survey, &estate),
            "nanchang.csv 第12行"
        );
    }
}
