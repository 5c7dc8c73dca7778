//! Sentences about buildings: their fields, what was done with them, and how an estate differs
//! from what they say.

use super::Language;
use super::fields::{area_figure, value_text, with_separators};
use crate::edit::BuildingRefusal;
use crate::model::{Building, BuildingField, BuildingLabel, Field, Value};
use crate::rules::buildings::{Amount, Difference, Figure};
use std::borrow::Cow;

pub fn field_label(language: Language, field: BuildingField) -> Cow<'static, str> {
    language.text(&format!("buildings.field.{}", field.key()))
}

/// The short heading of a column.
pub fn field_heading(language: Language, field: BuildingField) -> Cow<'static, str> {
    language.text(&format!("buildings.heading.{}", field.key()))
}

/// "3栋", or that it has no number.
pub fn number_text(language: Language, number: &str) -> String {
    match number {
        "" => language.text("buildings.unnumbered").into_owned(),
        number => number.to_owned(),
    }
}

/// "Added 12 buildings to 洪都新村"
pub fn edit_text(language: Language, label: &BuildingLabel) -> String {
    let say = |key: &str, name: &str, buildings: u32| {
        language.text_with(
            &format!("buildings.edit.{key}"),
            &[("buildings", &buildings), ("name", &name)],
        )
    };
    let estate = |name: &str| match name {
        "" => language.text("edit.unnamed").into_owned(),
        name => name.to_owned(),
    };
    match label {
        BuildingLabel::Add { name, buildings } => say("add", &estate(name), *buildings),
        BuildingLabel::SetField {
            field,
            number,
            buildings,
        } => {
            let field = field_label(language, *field);
            let key = match buildings {
                0 | 1 => "set_field",
                _ => "set_field_of_many",
            };
            say(key, &number_text(language, number), *buildings).replace("%{field}", &field)
        }
        BuildingLabel::Reshape { number } => say("reshape", &number_text(language, number), 1),
        BuildingLabel::Move { name, buildings } => say("move", &estate(name), *buildings),
        BuildingLabel::Delete { number, buildings } => {
            let key = match buildings {
                0 | 1 => "delete",
                _ => "delete_many",
            };
            say(key, &number_text(language, number), *buildings)
        }
        BuildingLabel::TakeFigures { name } => say("take_figures", &estate(name), 0),
    }
}

pub fn refusal_text(language: Language, refusal: &BuildingRefusal) -> String {
    match refusal {
        BuildingRefusal::NoSuchBuilding(_) => language
            .text("buildings.refusal.no_such_building")
            .into_owned(),
        BuildingRefusal::WrongValue(wrong) => language.text_with(
            "refusal.wrong_value",
            &[
                ("field", &field_label(language, wrong.field)),
                ("value", &wrong.value),
            ],
        ),
        BuildingRefusal::NoBuildings { name } => {
            language.text_with("buildings.refusal.no_buildings", &[("name", name)])
        }
        BuildingRefusal::NotKnown {
            name,
            figure,
            missing,
        } => {
            let figure = figure_label(language, *figure);
            match missing {
                0 => language.text_with(
                    "buildings.refusal.too_large",
                    &[("figure", &figure), ("name", name)],
                ),
                _ => language.text_with(
                    "buildings.refusal.not_known",
                    &[("figure", &figure), ("missing", missing), ("name", name)],
                ),
            }
        }
    }
}

pub fn figure_label(language: Language, figure: Figure) -> Cow<'static, str> {
    language.text(&format!("buildings.figure.{}", figure_key(figure)))
}

/// "6 buildings", "4,820 m²", "1982–1985"
pub fn amount_text(language: Language, figure: Figure, amount: Amount) -> String {
    let field = figure.field();
    let value = match amount {
        Amount::Count(count) => Value::Count(count),
        Amount::SquareMetres(area) => Value::SquareMetres(area),
        Amount::Years(min, max) if min == max => Value::Year(min),
        // One end of a range may be open.
        Amount::Years(min, max) => {
            let end = |year: i32| match year {
                i32::MIN | i32::MAX => "…".to_owned(),
                year => year.to_string(),
            };
            return format!("{}–{}", end(min), end(max));
        }
    };
    value_text(language, &field, Some(&value))
}

/// "The estate says 6 buildings, its buildings say 7."
pub fn difference_text(language: Language, difference: &Difference) -> String {
    let figure = difference.figure;
    let estate = match difference.estate {
        Some(amount) => amount_text(language, figure, amount),
        None => value_text(language, &Field::Households, None),
    };
    let buildings = amount_text(language, figure, difference.buildings);
    language.text_with(
        "buildings.difference",
        &[
            ("figure", &figure_label(language, figure)),
            ("estate", &estate),
            ("buildings", &buildings),
        ],
    )
}

/// What is known of a building, a line a field: "Floors: 6".
pub fn known_values(language: Language, building: &Building) -> Vec<String> {
    let lines = BuildingField::ALL.iter().filter_map(|field| {
        let value = match building.get(*field)? {
            // The number stands above the lines, and the footprint is seen.
            _ if matches!(field, BuildingField::Number | BuildingField::Footprint) => return None,
            Value::Text(text) => text,
            Value::Year(year) => year.to_string(),
            Value::Count(count) => with_separators(count.into()),
            Value::SquareMetres(area) => area_figure(area),
            _ => return None,
        };
        Some(language.text_with(
            "buildings.known",
            &[("field", &field_label(language, *field)), ("value", &value)],
        ))
    });
    lines.collect()
}

/// "Households: 2 buildings lack it"
pub fn missing_text(language: Language, figure: Figure, missing: u32) -> String {
    language.text_with(
        "buildings.missing",
        &[
            ("figure", &figure_label(language, figure)),
            ("missing", &missing),
        ],
    )
}

fn figure_key(figure: Figure) -> &'static str {
    match figure {
        Figure::Buildings => "buildings",
        Figure::Households => "households",
        Figure::FloorArea => "floor_area",
        Figure::Years => "years",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_and_figure_has_its_word_in_both_languages() {
        for language in Language::ALL {
            for field in BuildingField::ALL {
                let label = field_label(language, *field);
                assert!(!label.contains("buildings."), "{label}");
            }
            for figure in Figure::ALL {
                let label = figure_label(language, figure);
                assert!(!label.contains("buildings."), "{label}");
            }
        }
    }

    #[test]
    fn a_difference_names_both_sides() {
        let difference = |figure, estate, buildings| Difference {
            figure,
            estate,
            buildings,
        };
        for (difference, expected) in [
            (
                difference(Figure::Buildings, Some(Amount::Count(6)), Amount::Count(7)),
                "楼栋数：小区填报 6 栋，楼栋表 7 栋",
            ),
            (
                difference(Figure::Years, None, Amount::Years(1982, 1985)),
                "建成年份：小区填报 未调查，楼栋表 1982–1985",
            ),
            (
                difference(
                    Figure::Years,
                    Some(Amount::Years(1980, i32::MAX)),
                    Amount::Years(1982, 1982),
                ),
                "建成年份：小区填报 1980–…，楼栋表 1982",
            ),
        ] {
            assert_eq!(difference_text(Language::Chinese, &difference), expected);
        }
    }

    #[test]
    fn labels_and_refusals_are_sentences_without_placeholders() {
        let name = || "洪都新村".to_owned();
        let labels = [
            BuildingLabel::Add {
                name: name(),
                buildings: 3,
            },
            BuildingLabel::SetField {
                field: BuildingField::Floors,
                number: "3栋".to_owned(),
                buildings: 1,
            },
            BuildingLabel::SetField {
                field: BuildingField::Floors,
                number: String::new(),
                buildings: 4,
            },
            BuildingLabel::Reshape {
                number: String::new(),
            },
            BuildingLabel::Move {
                name: String::new(),
                buildings: 2,
            },
            BuildingLabel::Delete {
                number: "3栋".to_owned(),
                buildings: 1,
            },
            BuildingLabel::Delete {
                number: String::new(),
                buildings: 2,
            },
            BuildingLabel::TakeFigures { name: name() },
        ];
        let refusals = [
            BuildingRefusal::NoBuildings { name: name() },
            BuildingRefusal::NotKnown {
                name: name(),
                figure: Figure::Households,
                missing: 2,
            },
            BuildingRefusal::NotKnown {
                name: name(),
                figure: Figure::FloorArea,
                missing: 0,
            },
        ];
        for language in Language::ALL {
            let labels = labels.iter().map(|label| edit_text(language, label));
            let refusals = refusals.iter().map(|it| refusal_text(language, it));
            for sentence in labels.chain(refusals) {
                let is_sentence = !sentence.contains("%{") && !sentence.starts_with("buildings.");
                assert!(is_sentence, "{sentence}");
            }
        }
    }
}
