//! A frozen plan and a frozen ranking against today.

use super::*;
use crate::model::FrozenScore;
use crate::rules::batches::{BatchReason, Placed, PlacementOutcome};
use crate::rules::sample::{complete_estate, id};
use crate::rules::score::Interval;

fn placed(number: u32, batch: Batch, low: f64) -> Placed {
    Placed {
        estate: id(number),
        batch,
        reason: BatchReason::LimitUnknown,
        score: Interval { low, high: 100.0 },
        rank: 1,
        local_fiscal: Yuan(10_000),
        cost: None,
        placement: PlacementOutcome::None,
    }
}

fn survey() -> Survey {
    Survey::from_parts((1..=5).map(complete_estate), [], [], Default::default())
}

fn key() -> BudgetKey {
    BudgetKey {
        county_code: "360102".into(),
        year: 2027,
    }
}

fn plan_of(survey: &Survey, placed: Vec<Placed>) -> YearPlan {
    let plan = Plan {
        placed,
        ..Plan::default()
    };
    let weights = Weights([30.0, 40.0, 15.0, 15.0]);
    let budget = Budget {
        budget: Some(Yuan(7)),
        ..Budget::default()
    };
    year_plan(&plan, survey, &key(), &budget, &weights)
}

#[test]
fn a_yearly_plan_holds_what_it_was_decided_on() {
    let plan = plan_of(
        &survey(),
        vec![
            placed(2, Batch::Implement, 70.0),
            placed(1, Batch::Reserve, 50.0),
            placed(3, Batch::NotAdmitted, 40.0),
            // Of a record that is gone.
            placed(9, Batch::Planned, 10.0),
        ],
    );
    let entries: Vec<_> = plan
        .entries
        .iter()
        .map(|it| (it.estate, it.batch))
        .collect();
    assert_eq!(
        entries,
        [(id(2), Batch::Implement), (id(1), Batch::Reserve)]
    );
    let first = &plan.entries[0];
    assert_eq!((first.low, first.high), (70.0, 100.0));
    assert_eq!(
        (first.name.as_str(), first.households),
        ("洪都新村2期", Some(200))
    );
    assert_eq!(first.reason, "limit_unknown");
    assert_eq!((plan.county_code.as_str(), plan.year), ("360102", 2027));
    assert_eq!((plan.budget, plan.capacity), (Some(Yuan(7)), None));
    assert_eq!(
        Weights::from_map(&plan.weights),
        Weights([30.0, 40.0, 15.0, 15.0])
    );
    assert_eq!(plan.number, "", "the survey gives it");
}

#[test]
fn what_entered_left_moved_and_changed_since() {
    let survey = survey();
    let frozen = plan_of(
        &survey,
        vec![
            placed(1, Batch::Implement, 70.0),
            placed(2, Batch::Planned, 60.0),
            placed(3, Batch::Reserve, 50.0),
            placed(4, Batch::Reserve, 40.0),
        ],
    );
    assert_eq!(compare(&frozen, &frozen), PlanComparison::default());
    let mut grown = complete_estate(1);
    grown.households = None;
    let survey = Survey::from_parts(
        [grown].into_iter().chain((2..=5).map(complete_estate)),
        [],
        [],
        Default::default(),
    );
    let today = plan_of(
        &survey,
        vec![
            placed(2, Batch::Implement, 60.0),
            placed(1, Batch::Implement, 65.0),
            placed(5, Batch::Reserve, 45.0),
            placed(4, Batch::Reserve, 40.0),
            placed(3, Batch::NotAdmitted, 50.0),
        ],
    );
    let found = compare(&frozen, &today);
    let ids = |entries: &[YearPlanEntry]| entries.iter().map(|it| it.estate).collect::<Vec<_>>();
    assert_eq!(ids(&found.entered), [id(5)]);
    assert_eq!(ids(&found.left), [id(3)]);
    let moved: Vec<_> = found
        .moved
        .iter()
        .map(|it| (it.estate, it.from, it.to))
        .collect();
    assert_eq!(moved, [(id(2), Batch::Planned, Batch::Implement)]);
    assert_eq!(found.changed.len(), 1);
    assert_eq!(found.changed[0].estate, id(1));
    assert_eq!(
        found.changed[0].values,
        [
            ChangedValue::Score {
                before: [70.0, 100.0],
                after: [65.0, 100.0],
            },
            ChangedValue::Households {
                before: Some(200),
                after: None,
            },
        ]
    );
}

#[test]
fn a_frozen_ranking_against_todays() {
    let frozen_at = |number, low| FrozenScore {
        estate: id(number),
        low,
        high: 100.0,
    };
    let frozen = ScoreVersion {
        weights: Default::default(),
        ranking: vec![frozen_at(1, 70.0), frozen_at(2, 60.0), frozen_at(3, 50.0)],
    };
    let ranked = |number, low| Ranked {
        estate: id(number),
        score: Interval { low, high: 100.0 },
    };
    let found = compare_ranking(&frozen, &[ranked(2, 60.0), ranked(1, 55.0), ranked(4, 1.0)]);
    assert_eq!(found.entered, [(id(4), 3)]);
    assert_eq!(found.left, [(id(3), 3)]);
    let moved: Vec<_> = found
        .moved
        .iter()
        .map(|it| (it.estate, it.from, it.to))
        .collect();
    assert_eq!(moved, [(id(2), 2, 1), (id(1), 1, 2)]);
    assert_eq!(
        found.changed,
        [ChangedScore {
            estate: id(1),
            before: [70.0, 100.0],
            after: [55.0, 100.0],
        }]
    );
    let same: Vec<_> = [ranked(1, 70.0), ranked(2, 60.0), ranked(3, 50.0)].into();
    assert_eq!(
        compare_ranking(&frozen, &same),
        RankingComparison::default()
    );
}
