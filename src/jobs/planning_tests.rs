//! One pass gives everything; weights, budgets and counties are worked out from it.

use super::*;
use crate::model::{
    Batch, FundingLine, FundingSource, FundingStatus, PlanItem, Project, Standing, WorkType, Yuan,
};
use crate::rules::batches::BatchReason;
use crate::rules::sample::{complete_estate, id, item};
use crate::rules::score::ScorePart;

fn project(number: u32, wan: u64) -> Project {
    Project {
        content: vec![PlanItem {
            cost: Some(Yuan(wan * 10_000)),
            ..PlanItem::new(item("C05"), WorkType::Renew)
        }],
        funding: vec![FundingLine {
            source: FundingSource::LocalFiscal,
            amount: Yuan(wan * 10_000),
            status: FundingStatus::Committed,
            note: String::new(),
        }],
        implementing_unit: "城投公司".into(),
        supervisor: "监理公司".into(),
        ..Project::new(id(number))
    }
}

fn key(county_code: &str) -> BudgetKey {
    BudgetKey {
        county_code: county_code.into(),
        year: 2027,
    }
}

fn budget(wan: u64) -> Budget {
    Budget {
        budget: Some(Yuan(wan * 10_000)),
        ..Budget::default()
    }
}

/// 1–3 in 360102, 4 in 360103, 5 merged into 1.
fn survey() -> Survey {
    let estates = (1..=5).map(|number| {
        let mut estate = complete_estate(number);
        match number {
            4 => estate.county_code = "360103".into(),
            5 => {
                estate.standing = Standing::Merged {
                    into: id(1),
                    replaced: Vec::new(),
                }
            }
            _ => {}
        }
        estate
    });
    Survey::from_parts(estates, [], [], Default::default()).with_plans(
        (1..=4).map(|number| project(number, 100)),
        [(key("360102"), budget(250)), (key("360103"), budget(99))],
        [],
    )
}

fn planned(survey: &Survey, open: &[Pair]) -> Planning {
    planning(survey, &Catalogue::shipped(), open, &Progress::default()).unwrap()
}

#[test]
fn every_estate_that_counts_has_a_row_and_no_other() {
    let planning = planned(&survey(), &[]);
    let ids: Vec<_> = planning.rows.iter().map(|row| row.estate).collect();
    assert_eq!(ids, [id(1), id(2), id(3), id(4)]);
    assert_eq!(planning.row(id(4)).unwrap().county_code, "360103");
    assert!(planning.row(id(5)).is_none());
    assert_eq!(planning.counties(), ["360102", "360103"].into());
    assert_eq!(planning.ranked(&planning.weights()).len(), 4);
}

#[test]
fn each_county_is_filled_within_its_own_budget() {
    let survey = survey();
    let planning = planned(&survey, &[]);
    let plans = planning.plans(&survey, 2027, &planning.weights());
    let implemented = |county: &str| plans[county].of_batch(Batch::Implement).count();
    assert_eq!((implemented("360102"), implemented("360103")), (2, 0));
    let one = planning.plan(&key("360102"), &budget(250), &planning.weights());
    assert_eq!(one, plans["360102"]);
    assert_eq!(one.placed.len(), 3);
    let richer = planning.plan(&key("360103"), &budget(100), &planning.weights());
    assert_eq!(richer.of_batch(Batch::Implement).count(), 1);
    // A year that nobody named a budget for.
    let other = planning.plans(&survey, 2028, &planning.weights());
    assert!(
        other["360102"]
            .placed
            .iter()
            .all(|it| it.reason == BatchReason::LimitUnknown)
    );
}

#[test]
fn what_was_implemented_in_an_earlier_year_still_is_and_what_is_meant_for_a_later_one_waits() {
    let estates = (1..=3).map(complete_estate);
    let meant_for = |number, year| Project {
        year: Some(year),
        ..project(number, 100)
    };
    let earlier = BudgetKey {
        year: 2026,
        ..key("360102")
    };
    let survey = Survey::from_parts(estates, [], [], Default::default()).with_plans(
        [meant_for(1, 2026), meant_for(2, 2028), project(3, 100)],
        [(earlier, budget(100)), (key("360102"), budget(100))],
        [],
    );
    let planning = planned(&survey, &[]);
    let standings = planning.standings(&survey, 2027, &planning.weights());
    let of = |number| (standings[&id(number)].batch, &standings[&id(number)].reason);
    assert_eq!(of(1).0, Batch::Implement);
    assert_eq!(
        of(2),
        (Batch::Planned, &BatchReason::OtherYear { year: 2028 })
    );
    assert_eq!(of(3).0, Batch::Implement);
    assert_eq!(standings.len(), 3);
}

#[test]
fn an_open_pair_counts_against_the_records_that_may_count_twice() {
    let pair = |a, b| Pair::new(id(a), id(b)).unwrap();
    let open = |survey: &Survey, pairs: &[Pair]| -> Vec<EstateId> {
        let rows = planned(survey, pairs).rows.into_iter();
        rows.filter(|row| row.candidate.duplicates == Duplicates::Open)
            .map(|row| row.estate)
            .collect()
    };
    assert_eq!(open(&survey(), &[]), []);
    assert_eq!(open(&survey(), &[pair(1, 2)]), [id(1), id(2)]);
    // 5 was merged away, and is counted by no row of its own.
    assert_eq!(open(&survey(), &[pair(5, 2)]), []);
    // What is surely no old estate cannot be counted twice.
    let mut village = complete_estate(2);
    village.exclusions = Some([crate::model::Exclusion::UrbanVillage].into());
    let estates = [complete_estate(1), village];
    let with_village = Survey::from_parts(estates, [], [], Default::default());
    assert_eq!(open(&with_village, &[pair(1, 2)]), []);
    // A person who left it UNSURE has not decided.
    let unsure = crate::model::Decision {
        pair: pair(1, 3),
        verdict: crate::model::Verdict::Unsure,
        decided_at: jiff::Timestamp::UNIX_EPOCH,
        decided_by: "李调查".into(),
        note: String::new(),
    };
    let estates = (1..=3).map(complete_estate);
    let with_unsure = Survey::from_parts(estates, [unsure], [], Default::default());
    assert_eq!(open(&with_unsure, &[]), [id(1), id(3)]);
}

#[test]
fn other_weights_give_another_order_from_the_same_pass() {
    let mut weak = complete_estate(1);
    weak.agree = Some(100);
    let mut intact = complete_estate(2);
    intact
        .gaps
        .values_mut()
        .for_each(|it| *it = crate::model::Severity::Ageing);
    let survey = Survey::from_parts([weak, intact], [], [], Default::default());
    let planning = planned(&survey, &[]);
    let first = |weights: &Weights| planning.ranked(weights)[0].estate;
    let weights = planning.weights();
    assert_eq!(first(&weights.with(ScorePart::Willingness, 0.0)), id(1));
    assert_eq!(first(&weights.with(ScorePart::Utilities, 0.0)), id(2));
}

#[test]
fn a_county_that_no_record_names_is_the_surveys() {
    let mut estate = complete_estate(1);
    estate.county_code.clear();
    let settings = crate::model::Settings {
        county_code: "360102".into(),
        ..Default::default()
    };
    let survey = Survey::from_parts([estate], [], [], settings);
    assert_eq!(planned(&survey, &[]).rows[0].county_code, "360102");
}

#[test]
fn a_cancelled_pass_gives_nothing() {
    let progress = Progress::default();
    progress.cancel();
    let result = planning(&survey(), &Catalogue::shipped(), &[], &progress);
    assert!(result.is_err());
}
