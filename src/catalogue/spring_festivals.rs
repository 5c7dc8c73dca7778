//! When the Spring Festival is: `data/calendar/spring_festival.json`. A year that is not in the
//! table has no day here, and is never guessed.

use super::{CatalogueError, parse};
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The first day of each year's Spring Festival (春节).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpringFestivals(BTreeMap<i16, Date>);

#[derive(Deserialize)]
struct Table {
    first_day: Vec<Date>,
}

impl SpringFestivals {
    pub(super) fn shipped() -> Result<Self, CatalogueError> {
        let table: Table = parse(
            "data/calendar/spring_festival.json",
            include_str!("../../data/calendar/spring_festival.json"),
        )?;
        let days = table.first_day.into_iter();
        Ok(Self(days.map(|day| (day.year(), day)).collect()))
    }

    /// The first day of the festival in `year`; `None` outside the table.
    pub fn in_year(&self, year: i32) -> Option<Date> {
        self.0.get(&i16::try_from(year).ok()?).copied()
    }

    /// The first and the last year of the table.
    pub fn years(&self) -> Option<(i32, i32)> {
        let (first, _) = self.0.first_key_value()?;
        let (last, _) = self.0.last_key_value()?;
        Some((i32::from(*first), i32::from(*last)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_day_for_each_year_from_2019_to_2040() {
        let festivals = SpringFestivals::shipped().unwrap();
        assert_eq!(festivals.years(), Some((2019, 2040)));
        for year in 2019..=2040 {
            let day = festivals.in_year(year).unwrap();
            // The second new moon after the winter solstice, most years.
            let span = (day.month(), day.day());
            assert!(((1, 21)..=(2, 20)).contains(&span), "{day}");
        }
        // The years whose days are told wrongly most often: 2033 has its leap month late.
        for (year, day) in [
            (2027, "2027-02-06"),
            (2033, "2033-01-31"),
            (2034, "2034-02-19"),
        ] {
            assert_eq!(festivals.in_year(year), Some(day.parse().unwrap()));
        }
    }

    #[test]
    fn a_year_outside_the_table_has_no_day() {
        let festivals = SpringFestivals::shipped().unwrap();
        for year in [2018, 2041, i32::MAX] {
            assert_eq!(festivals.in_year(year), None);
        }
    }

    #[test]
    fn twelve_or_thirteen_moons_lie_between_two_festivals() {
        let festivals = SpringFestivals::shipped().unwrap();
        for year in 2019..2040 {
            let (this, next) = (festivals.in_year(year), festivals.in_year(year + 1));
            let days = (next.unwrap() - this.unwrap()).get_days();
            assert!(matches!(days, 353..=355 | 383..=385), "{year}: {days}");
        }
    }
}
