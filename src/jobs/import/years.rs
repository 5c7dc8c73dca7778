//! Building years as lists write them: a year, a date, a decade, a range, several.

use super::values::Reading;
use crate::model::{Field, RowProblemKind, Value};
use std::ops::RangeInclusive;

/// "1998", "1998年6月", "1998-06-30", "1985-1990", "2001,2003", "80年代", "1990年代".
pub(super) fn read(
    field: &Field,
    folded: &str,
    possible: &RangeInclusive<i32>,
) -> Result<Reading, RowProblemKind> {
    let found = decade(folded)
        .or_else(|| year_of_date(folded).map(|year| vec![year]))
        .or_else(|| year_list(folded))
        .ok_or(RowProblemKind::NotANumber)?;
    if !found.iter().all(|year| possible.contains(year)) {
        return Err(RowProblemKind::OutOfRange);
    }
    let (Some(min), Some(max)) = (found.iter().min(), found.iter().max()) else {
        return Err(RowProblemKind::NotANumber);
    };
    match (min == max, field) {
        (true, _) => Ok(Reading::Value(Value::Year(*min))),
        (false, Field::BuildYear) => Ok(Reading::Years(*min, *max)),
        (false, Field::YearMin) => Ok(Reading::Value(Value::Year(*min))),
        (false, _) => Ok(Reading::Value(Value::Year(*max))),
    }
}

fn four_digits(text: &str) -> Option<i32> {
    let fits = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

/// "1998", "1998年", "1998.0", "1998年6月30日", "1998-06-30", "1998/6", "1998.06".
fn year_of_date(folded: &str) -> Option<i32> {
    let year = four_digits(folded.get(..4)?)?;
    let rest = &folded[4..];
    let number = |text: &str, most: u32| {
        (1..=2).contains(&text.len()) && text.parse().is_ok_and(|n: u32| (1..=most).contains(&n))
    };
    let date: Vec<&str> = rest
        .split(['年', '月', '日', '-', '/', '.'])
        .filter(|part| !part.is_empty())
        .collect();
    let fits = match date.as_slice() {
        [] => matches!(rest, "" | "年"),
        ["0"] => rest == ".0",
        [month] => number(month, 12),
        // A time of day after the date, as spreadsheets export it.
        [month, day] => {
            let day = day.split_once('t').map_or(*day, |(day, _)| day);
            let day = day.strip_suffix("00:00:00").unwrap_or(day);
            number(month, 12) && number(day, 31)
        }
        _ => false,
    };
    fits.then_some(year)
}

/// Years parted by list signs or by the signs of a range.
fn year_list(folded: &str) -> Option<Vec<i32>> {
    folded
        .split([
            ';', '、', ',', '/', '|', '-', '~', '—', '–', '至', '到', '和', '及',
        ])
        .filter(|part| !part.is_empty())
        .map(year_of_date)
        .collect()
}

/// "80年代", "20世纪80年代", "上世纪80年代", "1980年代", "1980s".
fn decade(folded: &str) -> Option<Vec<i32>> {
    let start = folded.strip_suffix("年代").or(folded.strip_suffix('s'))?;
    let start = start
        .strip_prefix("20世纪")
        .or(start.strip_prefix("上世纪"))
        .unwrap_or(start);
    let first: i32 = start.parse().ok()?;
    let first = match start.len() {
        2 => 1900 + first,
        4 => first,
        _ => return None,
    };
    (first % 10 == 0).then(|| vec![first, first + 9])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Folded;
    use RowProblemKind::{NotANumber, OutOfRange};

    fn reading(field: Field, text: &str) -> Result<Reading, RowProblemKind> {
        read(&field, Folded::of(text).as_str(), &(1900..=2026))
    }

    #[test]
    fn building_years() {
        let year = |y| Ok(Reading::Value(Value::Year(y)));
        for (text, expected) in [
            ("1998", year(1998)),
            ("１９９８年", year(1998)),
            ("1998年建成", Err(NotANumber)),
            ("1998.0", year(1998)),
            ("1998年6月", year(1998)),
            ("1998-06-30", year(1998)),
            ("1998-06-30 00:00:00", year(1998)),
            ("1998/6", year(1998)),
            ("1998.06", year(1998)),
            ("1985-1990", Ok(Reading::Years(1985, 1990))),
            ("1985年—1990年", Ok(Reading::Years(1985, 1990))),
            ("1990至1985", Ok(Reading::Years(1985, 1990))),
            ("2001,2003", Ok(Reading::Years(2001, 2003))),
            ("1999、2001；2000", Ok(Reading::Years(1999, 2001))),
            ("1998/1998", year(1998)),
            ("80年代", Ok(Reading::Years(1980, 1989))),
            ("20世纪90年代", Ok(Reading::Years(1990, 1999))),
            ("1990年代", Ok(Reading::Years(1990, 1999))),
            ("1850", Err(OutOfRange)),
            ("2027", Err(OutOfRange)),
            ("2000年以前", Err(NotANumber)),
            ("1985-90", Err(NotANumber)),
            ("98", Err(NotANumber)),
            ("1998-13", Err(NotANumber)),
            ("19980", Err(NotANumber)),
        ] {
            assert_eq!(reading(Field::BuildYear, text), expected, "'{text}'");
        }
        assert_eq!(reading(Field::YearMin, "1985-1990"), year(1985));
        assert_eq!(reading(Field::YearMax, "1985-1990"), year(1990));
    }
}
