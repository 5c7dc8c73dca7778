//! The values of an estate as text, for the clipboard: a table of three columns that a spreadsheet
//! takes as it is. What is read back are the keys; the words are for people.

use crate::catalogue::Items;
use crate::model::{Coded, Estate, Exclusion, Field, Kind, Value};
use crate::words::Language;
use crate::words::fields::{label, value_text};

/// The first cell: other text on the clipboard has none such.
const SIGNATURE: &str = "jiugai";
const YES: &str = "yes";
const NO: &str = "no";
/// The explicit "none" of the exclusions.
const NONE: &str = "none";
const SEPARATOR: char = ';';

/// Text on the clipboard that cannot be pasted. Sentences: locale files, `paste.<kind>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasteProblem {
    /// Nothing that was copied here.
    Foreign,
    NoSuchField {
        line: u64,
        field: String,
    },
    WrongValue {
        line: u64,
        field: Field,
        value: String,
    },
}

impl PasteProblem {
    pub fn text(&self, language: Language, items: &Items) -> String {
        match self {
            Self::Foreign => language.text("paste.foreign").into_owned(),
            Self::NoSuchField { line, field } => {
                language.text_with("paste.no_such_field", &[("line", line), ("field", field)])
            }
            Self::WrongValue { line, field, value } => language.text_with(
                "paste.wrong_value",
                &[
                    ("line", line),
                    ("field", &label(language, field, items)),
                    ("value", value),
                ],
            ),
        }
    }
}

/// Everything that `estate` holds but its boundary.
pub fn write(language: Language, estate: &Estate, items: &Items) -> String {
    let mut table = csv::WriterBuilder::new()
        .delimiter(b'\t')
        .from_writer(Vec::new());
    let heading = [
        SIGNATURE.to_owned(),
        language.text("paste.value").into_owned(),
        language.text("paste.words").into_owned(),
    ];
    let gaps = estate.gaps.keys().map(|item| Field::Gap(*item));
    let rows = Field::PLAIN
        .iter()
        .copied()
        .chain(gaps)
        .filter_map(|field| {
            let value = estate.get(&field)?;
            let words = value_text(language, &field, Some(&value));
            let words = format!("{}: {words}", label(language, &field, items));
            Some([field.key(), to_text(&value)?, words])
        });
    for row in std::iter::once(heading).chain(rows) {
        // Writing into memory cannot fail.
        let _ = table.write_record(row);
    }
    let bytes = table.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The values of a text that `write` made, as they are or changed in a spreadsheet.
///
/// # Errors
/// The first [`PasteProblem`]: nothing is taken from a text that is not understood throughout.
pub fn read(text: &str) -> Result<Vec<(Field, Value)>, PasteProblem> {
    let mut table = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = table
        .records()
        .map(|row| row.map_err(|_| PasteProblem::Foreign));
    let heading = rows.next().ok_or(PasteProblem::Foreign)??;
    if heading.get(0) != Some(SIGNATURE) {
        return Err(PasteProblem::Foreign);
    }
    let mut values = Vec::new();
    for row in rows {
        let row = row?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at| row.get(at).unwrap_or_default().trim();
        let (key, value) = (cell(0), cell(1));
        if key.is_empty() || value.is_empty() {
            continue;
        }
        let field = Field::from_key(key).ok_or_else(|| PasteProblem::NoSuchField {
            line,
            field: key.to_owned(),
        })?;
        let wrong = || PasteProblem::WrongValue {
            line,
            field,
            value: value.to_owned(),
        };
        values.push((field, of_text(&field, value).ok_or_else(wrong)?));
    }
    Ok(values)
}

fn to_text(value: &Value) -> Option<String> {
    let joined = |parts: &[String]| parts.join(&SEPARATOR.to_string());
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Texts(texts) => Some(joined(texts)),
        Value::Count(count) => Some(count.to_string()),
        Value::Year(year) => Some(year.to_string()),
        Value::SquareMetres(area) => Some(area.to_string()),
        Value::Flag(true) => Some(YES.to_owned()),
        Value::Flag(false) => Some(NO.to_owned()),
        Value::Code(key) => Some(key.clone()),
        Value::Codes(keys) if keys.is_empty() => Some(NONE.to_owned()),
        Value::Codes(keys) => Some(joined(keys)),
        Value::Polygon(_) => None,
    }
}

fn of_text(field: &Field, text: &str) -> Option<Value> {
    let parts = || text.split(SEPARATOR).map(|part| part.trim().to_owned());
    let value = match field.kind() {
        Kind::Text => Value::Text(text.to_owned()),
        Kind::Texts => Value::Texts(parts().collect()),
        Kind::Count => Value::Count(text.parse().ok()?),
        Kind::Year => Value::Year(text.parse().ok()?),
        Kind::SquareMetres => Value::SquareMetres(text.parse().ok()?),
        Kind::Flag => Value::Flag(match text {
            YES => true,
            NO => false,
            _ => return None,
        }),
        Kind::Code(_) => Value::Code(text.to_owned()),
        Kind::Codes(domain) if domain == Exclusion::DOMAIN && text == NONE => {
            Value::Codes(Vec::new())
        }
        Kind::Codes(_) => Value::Codes(parts().collect()),
        Kind::Polygon => return None,
    };
    // A key that its list lacks, or an area below zero, is no value: the record itself knows.
    let mut probe = Estate::new(crate::model::EstateId(uuid::Uuid::nil()));
    probe.set(field, Some(value.clone())).ok()?;
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::{Catalogue, shared_values};
    use crate::model::{ItemCode, Locality, Severity, Tenure};
    use crate::ui::test_bench::id;

    fn estate() -> Estate {
        let mut estate = Estate::new(id(1));
        estate.name = "洪都新村".into();
        estate.aliases = vec!["一纺宿舍".into(), "棉纺厂家属院".into()];
        estate.locality = Some(Locality::City);
        estate.build_year = Some(1987);
        estate.floor_area_m2 = Some(19_400.25);
        estate.tenure = [Tenure::Reformed, Tenure::Mixed].into();
        estate.residential = Some(true);
        estate.exclusions = Some(Default::default());
        estate.remarks = "路面\t破损，\n见照片".into();
        let item = ItemCode::parse("C05").unwrap();
        estate.gaps.insert(item, Severity::Failing);
        estate
    }

    #[test]
    fn what_is_copied_reads_back_as_the_same_values() {
        let items = Catalogue::shipped().items;
        for language in Language::ALL {
            let text = write(language, &estate(), &items);
            let mut back = Estate::new(id(1));
            for (field, value) in read(&text).unwrap() {
                back.set(&field, Some(value)).unwrap();
            }
            assert_eq!(back, estate());
        }
    }

    #[test]
    fn a_spreadsheet_may_add_columns_and_leave_cells_empty() {
        let text =
            "jiugai\t值\r\nlocality\tcity\t\tchecked\r\ntenure\t\r\n\r\nexclusions\tnone\r\n";
        let values = read(text).unwrap();
        assert_eq!(
            values,
            [
                (Field::Locality, Value::Code("city".into())),
                (Field::Exclusions, Value::Codes(Vec::new())),
            ]
        );
    }

    #[test]
    fn what_is_not_understood_is_refused_with_line_and_field() {
        let no_field = PasteProblem::NoSuchField {
            line: 2,
            field: "telephone".into(),
        };
        let wrong = |field, value: &str| PasteProblem::WrongValue {
            line: 2,
            field,
            value: value.into(),
        };
        for (text, problem) in [
            ("", PasteProblem::Foreign),
            ("洪都新村 1987", PasteProblem::Foreign),
            ("jiugai\tvalue\ntelephone\t139", no_field),
            (
                "jiugai\tvalue\nlocality\tmoon",
                wrong(Field::Locality, "moon"),
            ),
            ("jiugai\tvalue\ntenure\tnone", wrong(Field::Tenure, "none")),
            (
                "jiugai\tvalue\nfloor_area_m2\t-1",
                wrong(Field::FloorArea, "-1"),
            ),
        ] {
            assert_eq!(read(text), Err(problem), "{text:?}");
        }
    }

    #[test]
    fn the_words_are_beside_the_keys() {
        let items = Catalogue::shipped().items;
        let text = write(Language::Chinese, &estate(), &items);
        assert!(text.contains("tenure\treformed;mixed\t"), "{text}");
        assert_eq!(shared_values(&estate()).len(), 6);
    }
}
