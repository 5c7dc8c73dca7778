//! The value of a cell as the text a person reads there.

use calamine::{Data, ExcelDateTime};

/// Beyond this, a whole number is no longer exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A cell that is not blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Text {
    pub text: String,
    /// A formula that failed, `#DIV/0!`: it says nothing of the estate.
    pub is_error: bool,
}

impl Text {
    /// `None` where the cell is blank.
    pub fn of(value: &Data) -> Option<Self> {
        let is_error = matches!(value, Data::Error(_));
        let text = match value {
            Data::Empty => return None,
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
            Data::Int(number) => number.to_string(),
            Data::Float(number) => number_text(*number),
            Data::Bool(value) => value.to_string(),
            Data::DateTime(at) => date_text(at),
            Data::Error(error) => error.to_string(),
        };
        (!text.trim().is_empty()).then_some(Self { text, is_error })
    }
}

/// A number as a person reads it, with every digit that tells it from the next one.
pub(in crate::formats) fn number_text(number: f64) -> String {
    match number.fract() == 0.0 && number.abs() < EXACT {
        // Whole and small enough, so that nothing is cut off.
        true => (number as i64).to_string(),
        false => number.to_string(),
    }
}

/// ISO 8601; a day without an hour is a day.
fn date_text(at: &ExcelDateTime) -> String {
    if !at.is_datetime() {
        return number_text(at.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = at.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        _ => format!("{date} {hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};

    #[test]
    fn cells_are_text_as_a_person_reads_them() {
        let date = |value| {
            Data::DateTime(ExcelDateTime::new(
                value,
                ExcelDateTimeType::DateTime,
                false,
            ))
        };
        for (value, text) in [
            (Data::Float(300.0), "300"),
            (Data::Float(-0.5), "-0.5"),
            (Data::Float(360_102_001_001.0), "360102001001"),
            (Data::Float(117.612_345_678_9), "117.6123456789"),
            (Data::Int(7), "7"),
            (Data::String("00123".to_owned()), "00123"),
            (Data::Bool(true), "true"),
            (date(45_658.0), "2025-01-01"),
            (date(45_658.5), "2025-01-01 12:00:00"),
        ] {
            let cell = Text::of(&value).unwrap();
            assert_eq!((cell.text.as_str(), cell.is_error), (text, false));
        }
        assert_eq!(Text::of(&Data::Empty), None);
        assert_eq!(Text::of(&Data::String(" ".to_owned())), None);
        assert!(
            Text::of(&Data::Error(CellErrorType::Div0))
                .unwrap()
                .is_error
        );
    }
}
