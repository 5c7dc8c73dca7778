//! What the buildings of an estate say about it, and where the estate's own figures differ.

use crate::model::{Building, Estate, Field, ListId, ListRole, RowProblemKind, Survey, Value};
use serde::Serialize;
use std::collections::BTreeMap;

/// What the buildings say together.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// How many there are; at least one.
    pub count: u32,
    pub households: Known<u32>,
    pub floor_area_m2: Known<f64>,
    /// Of the earliest and of the latest building.
    pub years: Known<(i32, i32)>,
}

/// A figure of all buildings together. "Not surveyed" is never 0: where one building lacks the
/// value, there is no sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<T> {
    All(T),
    /// So many buildings lack it, or the sum is beyond every estate.
    Missing(u32),
}

impl<T: Copy> Known<T> {
    pub fn all(&self) -> Option<T> {
        match self {
            Self::All(value) => Some(*value),
            Self::Missing(_) => None,
        }
    }
}

/// A figure of an estate that its buildings can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Figure {
    Buildings,
    Households,
    FloorArea,
    /// The building year, or the range of years.
    Years,
}

/// Where an estate says something else than its buildings, or nothing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Difference {
    pub figure: Figure,
    /// `None` where the estate says nothing.
    pub estate: Option<Amount>,
    pub buildings: Amount,
}

/// The value of a [`Figure`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    Count(u32),
    SquareMetres(f64),
    /// The earliest and the latest; the same where it is one year.
    Years(i32, i32),
}

/// Adds the buildings up; `None` where there is none: an estate without this layer says nothing.
pub fn summary<B: AsRef<Building>>(buildings: &[B]) -> Option<Summary> {
    if buildings.is_empty() {
        return None;
    }
    let buildings = || buildings.iter().map(B::as_ref);
    let count = u32::try_from(buildings().count()).unwrap_or(u32::MAX);
    Some(Summary {
        count,
        households: known(buildings().map(|b| b.households), |households| {
            households
                .iter()
                .try_fold(0u32, |sum, n| sum.checked_add(*n))
        }),
        floor_area_m2: known(buildings().map(|b| b.floor_area_m2), |areas| {
            Some(areas.iter().sum::<f64>()).filter(|sum| sum.is_finite())
        }),
        years: known(buildings().map(|b| b.build_year), |years| {
            Some((*years.iter().min()?, *years.iter().max()?))
        }),
    })
}

fn known<V, T>(
    values: impl Iterator<Item = Option<V>>,
    together: impl FnOnce(&[V]) -> Option<T>,
) -> Known<T> {
    let mut all = Vec::new();
    let mut missing = 0;
    for value in values {
        match value {
            Some(value) => all.push(value),
            None => missing += 1,
        }
    }
    match missing {
        0 => together(&all).map_or(Known::Missing(0), Known::All),
        missing => Known::Missing(missing),
    }
}

impl Figure {
    pub const ALL: [Self; 4] = [
        Self::Buildings,
        Self::Households,
        Self::FloorArea,
        Self::Years,
    ];

    /// The field that holds it, or the first of those.
    pub fn field(self) -> Field {
        match self {
            Self::Buildings => Field::Buildings,
            Self::Households => Field::Households,
            Self::FloorArea => Field::FloorArea,
            Self::Years => Field::BuildYear,
        }
    }

    /// What the buildings say, or how many of them say nothing.
    pub fn of_buildings(self, summary: &Summary) -> Known<Amount> {
        fn amount<T>(known: Known<T>, amount: impl FnOnce(T) -> Amount) -> Known<Amount> {
            match known {
                Known::All(value) => Known::All(amount(value)),
                Known::Missing(buildings) => Known::Missing(buildings),
            }
        }
        match self {
            Self::Buildings => Known::All(Amount::Count(summary.count)),
            Self::Households => amount(summary.households, Amount::Count),
            Self::FloorArea => amount(summary.floor_area_m2, Amount::SquareMetres),
            Self::Years => amount(summary.years, |(min, max)| Amount::Years(min, max)),
        }
    }

    /// What the estate says.
    pub fn of_estate(self, estate: &Estate) -> Option<Amount> {
        match self {
            Self::Buildings => estate.buildings.map(Amount::Count),
            Self::Households => estate.households.map(Amount::Count),
            Self::FloorArea => estate.floor_area_m2.map(Amount::SquareMetres),
            Self::Years => estate.years().map(|(min, max)| Amount::Years(min, max)),
        }
    }

    /// The fields of an estate that take `amount`, and their values.
    pub fn values(self, amount: Amount) -> Vec<(Field, Option<Value>)> {
        match amount {
            Amount::Count(count) => vec![(self.field(), Some(Value::Count(count)))],
            Amount::SquareMetres(area) => vec![(self.field(), Some(Value::SquareMetres(area)))],
            Amount::Years(min, max) => {
                let one = (min == max).then_some(Value::Year(min));
                let several = |year| (min != max).then_some(Value::Year(year));
                vec![
                    (Field::BuildYear, one),
                    (Field::YearMin, several(min)),
                    (Field::YearMax, several(max)),
                ]
            }
        }
    }
}

/// The figures in which the estate and its buildings differ, as far as every building is known.
pub fn differences(estate: &Estate, summary: &Summary) -> Vec<Difference> {
    let difference = |figure: Figure| {
        let buildings = figure.of_buildings(summary).all()?;
        let of_estate = figure.of_estate(estate);
        let differs = of_estate.is_none_or(|of_estate| !of_estate.is_about(buildings));
        differs.then_some(Difference {
            figure,
            estate: of_estate,
            buildings,
        })
    };
    Figure::ALL.into_iter().filter_map(difference).collect()
}

impl Amount {
    /// The same; areas to the square metre, because a sum of roundings is never exact.
    fn is_about(self, other: Self) -> bool {
        match (self, other) {
            (Self::SquareMetres(a), Self::SquareMetres(b)) => (a - b).abs() < 1.0,
            (a, b) => a == b,
        }
    }
}

/// What became of the rows of a list of buildings («不漏»: each has one fate).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowFates {
    pub rows_in: u64,
    /// Buildings of an estate.
    pub given: u64,
    /// In the survey before, or named twice in the list.
    pub already_there: u64,
    /// Deleted by a person since.
    pub deleted: u64,
    /// Set aside by a person, with the reason.
    pub set_aside: u64,
    /// In no estate of the survey; nobody has said why.
    pub outside: u64,
    /// Without a place that could be read; nobody has said why.
    pub unreadable: u64,
}

impl RowFates {
    pub fn accounted_for(&self) -> u64 {
        let settled = self.given + self.already_there + self.deleted + self.set_aside;
        settled + self.outside + self.unreadable
    }

    pub fn adds_up(&self) -> bool {
        self.rows_in == self.accounted_for()
    }
}

/// The fates of the rows of every list of buildings.
pub fn row_fates(survey: &Survey) -> BTreeMap<ListId, RowFates> {
    let mut fates = BTreeMap::new();
    for list in survey.lists().filter(|l| l.role == ListRole::Buildings) {
        let mut of_list = RowFates {
            rows_in: list.rows_read.into(),
            ..RowFates::default()
        };
        for row in &list.rejected {
            let count = match row.problem.kind {
                RowProblemKind::AlreadyThere => &mut of_list.already_there,
                RowProblemKind::Deleted => &mut of_list.deleted,
                _ if row.set_aside.is_some() => &mut of_list.set_aside,
                RowProblemKind::OutsideEveryEstate => &mut of_list.outside,
                _ => &mut of_list.unreadable,
            };
            *count += 1;
        }
        fates.insert(list.id, of_list);
    }
    let origins = survey.buildings().filter_map(|b| b.origin.as_ref());
    for origin in origins {
        if let Some(of_list) = fates.get_mut(&origin.list) {
            of_list.given += 1;
        }
    }
    fates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BuildingId, EstateId};
    use std::sync::Arc;
    use uuid::Uuid;

    fn building(year: Option<i32>, households: Option<u32>, area: Option<f64>) -> Arc<Building> {
        Arc::new(Building {
            build_year: year,
            households,
            floor_area_m2: area,
            ..Building::new(BuildingId(Uuid::nil()), EstateId(Uuid::nil()))
        })
    }

    #[test]
    fn a_value_that_one_building_lacks_is_no_sum() {
        let buildings = [
            building(Some(1985), Some(24), Some(1800.5)),
            building(Some(1982), None, Some(1799.5)),
        ];
        let said = summary(&buildings).unwrap();
        assert_eq!(said.count, 2);
        assert_eq!(said.households, Known::Missing(1));
        assert_eq!(said.floor_area_m2, Known::All(3600.0));
        assert_eq!(said.years, Known::All((1982, 1985)));
        assert_eq!(summary::<Arc<Building>>(&[]), None);
    }

    #[test]
    fn a_sum_beyond_every_estate_is_not_known() {
        let huge = || building(None, Some(u32::MAX), Some(f64::MAX));
        let said = summary(&[huge(), huge()]).unwrap();
        assert_eq!(said.households, Known::Missing(0));
        assert_eq!(said.floor_area_m2, Known::Missing(0));
    }

    #[test]
    fn the_estate_and_its_buildings_differ_where_every_building_is_known() {
        let buildings = [
            building(Some(1985), Some(24), Some(1800.2)),
            building(Some(1985), None, Some(1800.2)),
        ];
        let said = summary(&buildings).unwrap();
        let mut estate = Estate::new(EstateId(Uuid::nil()));
        estate.buildings = Some(6);
        estate.households = Some(100);
        estate.floor_area_m2 = Some(3600.0);
        let found = differences(&estate, &said);
        let expected = [
            (Figure::Buildings, Some(Amount::Count(6)), Amount::Count(2)),
            (Figure::Years, None, Amount::Years(1985, 1985)),
        ]
        .map(|(figure, estate, buildings)| Difference {
            figure,
            estate,
            buildings,
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn years_become_one_year_or_a_range_never_both() {
        let year = |year| Some(Value::Year(year));
        assert_eq!(
            Figure::Years.values(Amount::Years(1985, 1985)),
            [
                (Field::BuildYear, year(1985)),
                (Field::YearMin, None),
                (Field::YearMax, None)
            ]
        );
        assert_eq!(
            Figure::Years.values(Amount::Years(1982, 1985)),
            [
                (Field::BuildYear, None),
                (Field::YearMin, year(1982)),
                (Field::YearMax, year(1985))
            ]
        );
    }
}
