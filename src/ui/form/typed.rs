//! Text that a person types into a field, and the value it means. Pure.

use crate::model::{Field, Kind, Value};
use crate::words::Language;
use crate::words::fields::{area_figure, with_separators};
use unicode_normalization::UnicodeNormalization;

/// What typed text should have been. Sentences: locale files, `form.typed.<key>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TypedProblem {
    WholeNumber,
    Year,
    Area,
}

impl TypedProblem {
    pub fn text(self, language: Language, typed: &str) -> String {
        let key = match self {
            Self::WholeNumber => "form.typed.not_a_whole_number",
            Self::Year => "form.typed.not_a_year",
            Self::Area => "form.typed.not_an_area",
        };
        language.text_with(key, &[("typed", &typed)])
    }
}

/// The value that `typed` means; `None` where nothing is typed.
///
/// Chinese input methods type full-width digits and people copy "1,234 户" from lists, so width,
/// separators and the unit are forgiven.
///
/// # Errors
/// [`TypedProblem`] where the text is no value of the field's kind.
pub fn parse(field: &Field, typed: &str) -> Result<Option<Value>, TypedProblem> {
    parse_kind(field.kind(), typed)
}

/// The value of this kind that `typed` means; see [`parse`].
///
/// # Errors
/// [`TypedProblem`] where the text is no value of the kind.
pub fn parse_kind(kind: Kind, typed: &str) -> Result<Option<Value>, TypedProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    match kind {
        Kind::Count => figure(
            typed,
            &["户", "栋", "幢", "层", "个单元", "单元", "部", "台"],
        )
        .parse()
        .map(|count| Some(Value::Count(count)))
        .map_err(|_| TypedProblem::WholeNumber),
        Kind::Year => {
            let digits = figure(typed, &["年"]);
            // "87" could be a year of any century, and 19870501 is a day.
            match digits.len() {
                4 => digits.parse().ok(),
                _ => None,
            }
            .map(|year| Some(Value::Year(year)))
            .ok_or(TypedProblem::Year)
        }
        Kind::SquareMetres => figure(typed, &["平方米", "m2", "㎡"])
            .parse::<f64>()
            .ok()
            .filter(|area| area.is_finite() && *area >= 0.0)
            .map(|area| Some(Value::SquareMetres(area)))
            .ok_or(TypedProblem::Area),
        Kind::Texts => {
            let texts: Vec<_> = typed
                .split(['；', ';', '、', '，', ',', '\n'])
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
                .collect();
            Ok((!texts.is_empty()).then_some(Value::Texts(texts)))
        }
        // Coded values and polygons are not typed.
        Kind::Text | Kind::Flag | Kind::Code(_) | Kind::Codes(_) | Kind::Polygon => {
            Ok(Some(Value::Text(typed.to_owned())))
        }
    }
}

/// The text that stands in the field for a value, as `parse` reads it.
pub fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(Value::Text(text)) => text.clone(),
        Some(Value::Texts(texts)) => texts.join("；"),
        Some(Value::Count(count)) => with_separators(u64::from(*count)),
        Some(Value::Year(year)) => year.to_string(),
        Some(Value::SquareMetres(area)) => area_figure(*area),
        Some(Value::Flag(_) | Value::Code(_) | Value::Codes(_) | Value::Polygon(_)) | None => {
            String::new()
        }
    }
}

/// Half-width, without separators and without one of `units` at the end.
fn figure(typed: &str, units: &[&str]) -> String {
    let text: String = typed
        .nfkc()
        .filter(|c| !c.is_whitespace() && *c != ',')
        .collect();
    let units = units.iter().map(|unit| unit.nfkc().collect::<String>());
    let bare = units
        .into_iter()
        .find_map(|unit| text.strip_suffix(&unit).map(str::to_owned));
    bare.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_may_have_separators_full_width_digits_and_a_unit() {
        for (field, typed, value) in [
            (Field::Households, "196", Some(Value::Count(196))),
            (Field::Households, " １９６户 ", Some(Value::Count(196))),
            (Field::Households, "1，234", Some(Value::Count(1234))),
            (Field::Households, "", None),
            (Field::Households, "   ", None),
            (Field::Buildings, "12栋", Some(Value::Count(12))),
            (Field::BuildYear, "1987年", Some(Value::Year(1987))),
            (
                Field::FloorArea,
                "19,400.5㎡",
                Some(Value::SquareMetres(19400.5)),
            ),
            (Field::FloorArea, "800 m²", Some(Value::SquareMetres(800.0))),
            (
                Field::Aliases,
                "一纺宿舍；棉纺厂家属院, ",
                Some(Value::Texts(vec!["一纺宿舍".into(), "棉纺厂家属院".into()])),
            ),
            (Field::Aliases, "；", None),
            (
                Field::Name,
                " 洪都新村 ",
                Some(Value::Text("洪都新村".into())),
            ),
        ] {
            assert_eq!(parse(&field, typed), Ok(value), "{typed}");
        }
    }

    #[test]
    fn what_is_no_figure_is_refused_with_the_reason() {
        use TypedProblem::{Area, WholeNumber, Year};
        for (field, typed, problem) in [
            (Field::Households, "abc", WholeNumber),
            (Field::Households, "-3", WholeNumber),
            (Field::Households, "12.5", WholeNumber),
            (Field::Households, "99999999999", WholeNumber),
            (Field::BuildYear, "87", Year),
            (Field::BuildYear, "1985-1990", Year),
            (Field::FloorArea, "inf", Area),
            (Field::FloorArea, "-1", Area),
            (Field::FloorArea, "很大", Area),
        ] {
            assert_eq!(parse(&field, typed), Err(problem), "{typed}");
        }
    }

    #[test]
    fn the_text_of_a_value_reads_back_as_that_value() {
        for (field, value) in [
            (Field::Households, Value::Count(1_234_567)),
            (Field::FloorArea, Value::SquareMetres(19400.25)),
            (Field::BuildYear, Value::Year(1987)),
            (Field::Aliases, Value::Texts(vec!["甲".into(), "乙".into()])),
            (Field::Name, Value::Text("洪都新村".into())),
        ] {
            assert_eq!(parse(&field, &text_of(Some(&value))), Ok(Some(value)));
        }
    }
}
