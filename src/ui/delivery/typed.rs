//! What a person types about a project: days, money in 万元, years and numbers. Text that is none
//! of these is a problem with a sentence, and stays where it was typed.

use crate::edit::PlanRefusal;
use crate::model::Yuan;
use crate::words::Language;
use crate::words::plan::refusal_text;
use jiff::civil::Date;

/// Why a text is no value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TypedProblem {
    NoDay,
    NoMoney,
    NoQuantity,
    NoCount,
    NoYear,
    /// The line has no meaning without it; the line itself can be removed.
    Needed,
    /// The survey does not take the value.
    Refused(PlanRefusal),
}

impl TypedProblem {
    /// The sentence about `text`.
    pub fn text(&self, language: Language, text: &str) -> String {
        let key = match self {
            Self::NoDay => "delivery.typed.day",
            Self::NoMoney => "delivery.typed.money",
            Self::NoQuantity => "delivery.typed.quantity",
            Self::NoCount => "delivery.typed.count",
            Self::NoYear => "delivery.typed.year",
            Self::Needed => "delivery.typed.needed",
            Self::Refused(refusal) => return refusal_text(language, refusal),
        };
        language.text_with(key, &[("text", &text.trim())])
    }
}

/// The years that a plan may be for: anything else is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2100;

/// Full-width figures and signs as keyboards have them; without spaces.
fn plain(text: &str) -> String {
    let chars = text.chars().filter(|c| !c.is_whitespace());
    let narrow = chars.map(|c| match c {
        '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '。' => '.',
        other => other,
    });
    narrow.collect()
}

/// A day: `2027-06-01`, `2027.6.1`, `2027/6/1`, `2027年6月1日` or `20270601`. Nothing typed is no
/// day.
///
/// # Errors
/// [`TypedProblem::NoDay`].
pub fn day(text: &str) -> Result<Option<Date>, TypedProblem> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.trim_end_matches(['日', '号']);
    let parts: Vec<&str> = match text.len() {
        8 if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            vec![&text[..4], &text[4..6], &text[6..]]
        }
        _ => text.split(['-', '.', '/', '年', '月']).collect(),
    };
    let read = |part: &str| part.parse::<i16>().ok();
    let [year, month, day] = parts[..] else {
        return Err(TypedProblem::NoDay);
    };
    let date = || {
        let (month, day) = (read(month)?.try_into().ok()?, read(day)?.try_into().ok()?);
        Date::new(read(year)?, month, day).ok()
    };
    let date = date().filter(|date| YEARS.contains(&i32::from(date.year())));
    date.map(Some).ok_or(TypedProblem::NoDay)
}

/// An amount in 万元. Nothing typed is "nobody knows", not 0.
///
/// # Errors
/// [`TypedProblem::NoMoney`].
pub fn money(text: &str) -> Result<Option<Yuan>, TypedProblem> {
    match text.trim() {
        "" => Ok(None),
        text => Yuan::parse_wan(text).map(Some).ok_or(TypedProblem::NoMoney),
    }
}

/// How much of an item, in its own unit.
///
/// # Errors
/// [`TypedProblem::NoQuantity`] for what is no number, and for 0 and less.
pub fn quantity(text: &str) -> Result<Option<f64>, TypedProblem> {
    let text = plain(text).replace(',', "");
    if text.is_empty() {
        return Ok(None);
    }
    let is_number = text.chars().all(|c| c.is_ascii_digit() || c == '.');
    let number = text.parse().ok().filter(|_| is_number);
    number
        .filter(|number: &f64| number.is_finite() && *number > 0.0)
        .map(Some)
        .ok_or(TypedProblem::NoQuantity)
}

/// A whole number, with or without 户.
///
/// # Errors
/// [`TypedProblem::NoCount`].
pub fn count(text: &str) -> Result<Option<u32>, TypedProblem> {
    let text = plain(text).replace(',', "");
    let digits = text.trim_end_matches('户');
    match text.is_empty() {
        true => Ok(None),
        false => digits.parse().map(Some).map_err(|_| TypedProblem::NoCount),
    }
}

/// The year of a plan, with or without 年.
///
/// # Errors
/// [`TypedProblem::NoYear`].
pub fn year(text: &str) -> Result<Option<i32>, TypedProblem> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    let year = text.trim_end_matches('年').parse().ok();
    year.filter(|year| YEARS.contains(year))
        .map(Some)
        .ok_or(TypedProblem::NoYear)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_read_as_offices_write_it() {
        for text in [
            "2027-06-01",
            "2027-6-1",
            "2027.6.1",
            "2027/06/01",
            "20270601",
            "2027年6月1日",
            " ２０２７年６月１日 ",
            "2027年6月1号",
        ] {
            assert_eq!(day(text), Ok(Some(date(2027, 6, 1))), "{text}");
        }
        assert_eq!(day("2028-02-29"), Ok(Some(date(2028, 2, 29))));
        assert_eq!(day(" "), Ok(None));
        for wrong in [
            "2027-02-29",
            "6月1日",
            "2027-13-01",
            "2027",
            "1-6-2027",
            "明天",
            "0227-06-01",
            "2027-06-01-02",
            "99999999999-1-1",
        ] {
            assert_eq!(day(wrong), Err(TypedProblem::NoDay), "{wrong}");
        }
    }

    #[test]
    fn numbers_take_full_width_figures_and_nothing_typed_is_no_zero() {
        assert_eq!(quantity("１，２００．５"), Ok(Some(1200.5)));
        assert_eq!(quantity(""), Ok(None));
        assert_eq!(count("180 户"), Ok(Some(180)));
        assert_eq!(count(""), Ok(None));
        assert_eq!(year("2027年"), Ok(Some(2027)));
        assert_eq!(year(""), Ok(None));
        assert_eq!(money("120.5万元"), Ok(Some(Yuan(1_205_000))));
        assert_eq!(money(""), Ok(None));
        for wrong in ["0", "-3", "三", "1.2.3", "inf"] {
            assert_eq!(quantity(wrong), Err(TypedProblem::NoQuantity), "{wrong}");
        }
        assert_eq!(count("-1"), Err(TypedProblem::NoCount));
        assert_eq!(count("1.5"), Err(TypedProblem::NoCount));
        assert_eq!(year("27"), Err(TypedProblem::NoYear));
        assert_eq!(money("百万"), Err(TypedProblem::NoMoney));
    }
}
