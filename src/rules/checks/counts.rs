//! E12: numbers that contradict each other («调查数据真实、完整、可靠», 三(三)1).

use super::{CheckCode, Context, Detail, Finding};
use crate::model::{Estate, Field};

pub(super) fn check(estate: &Estate, context: &Context) -> Vec<Finding> {
    let mut found: Vec<(Field, Detail)> = Vec::new();
    found.extend(exceeding_counts(estate));
    if let (Some(agree), Some(oppose), Some(returned)) =
        (estate.agree, estate.oppose, estate.returned)
        && agree <= returned
        && oppose <= returned
        && u64::from(agree) + u64::from(oppose) > u64::from(returned)
    {
        let detail = Detail::MoreOpinionsThanAnswers {
            agree,
            oppose,
            returned,
        };
        found.push((Field::Returned, detail));
    }
    found.extend(zeros(estate).map(|field| (field, Detail::Zero)));
    found.extend(years(estate, context));
    let finding = |(field, detail)| {
        Finding::blocks(CheckCode::Counts, detail)
            .about(estate.id)
            .at(field)
    };
    found.into_iter().map(finding).collect()
}

/// agree ≤ returned ≤ sent ≤ households, and so on.
fn exceeding_counts(estate: &Estate) -> impl Iterator<Item = (Field, Detail)> {
    let pairs = [
        (
            (Field::Sent, estate.sent),
            (Field::Households, estate.households),
        ),
        (
            (Field::Returned, estate.returned),
            (Field::Sent, estate.sent),
        ),
        (
            (Field::Agree, estate.agree),
            (Field::Returned, estate.returned),
        ),
        (
            (Field::Oppose, estate.oppose),
            (Field::Returned, estate.returned),
        ),
        (
            (Field::WillingToPay, estate.willing_to_pay),
            (Field::Returned, estate.returned),
        ),
    ];
    pairs
        .into_iter()
        .filter_map(|((field, value), (than, limit))| {
            let (value, limit) = (u64::from(value?), u64::from(limit?));
            (value > limit).then_some((field, Detail::MoreThan { value, than, limit }))
        })
}

fn zeros(estate: &Estate) -> impl Iterator<Item = Field> {
    [
        (Field::Households, estate.households == Some(0)),
        (Field::FloorArea, estate.floor_area_m2 == Some(0.0)),
        (Field::Buildings, estate.buildings == Some(0)),
    ]
    .into_iter()
    .filter_map(|(field, is_zero)| is_zero.then_some(field))
}

fn years(estate: &Estate, context: &Context) -> Vec<(Field, Detail)> {
    let this_year = context.this_year;
    let earliest = context.catalogue.rules.checks.earliest_build_year;
    let given = [
        (Field::BuildYear, estate.build_year),
        (Field::YearMin, estate.year_min),
        (Field::YearMax, estate.year_max),
    ];
    let mut found: Vec<(Field, Detail)> = given
        .into_iter()
        .filter_map(|(field, year)| Some((field, year?)))
        .filter(|(_, year)| !(earliest..=this_year).contains(year))
        .map(|(field, year)| {
            (
                field,
                Detail::ImpossibleYear {
                    year,
                    earliest,
                    this_year,
                },
            )
        })
        .collect();
    if let (Some(year_min), Some(year_max)) = (estate.year_min, estate.year_max)
        && year_min > year_max
    {
        found.push((Field::YearMin, Detail::YearsReversed { year_min, year_max }));
    }
    found
}
