//! Whatever the candidates, the budget and the placements by hand are.

use super::tests::{YEAR, pack, ready};
use super::*;
use crate::catalogue::{AfterFirstMiss, Readiness};
use crate::model::{Batch, Budget, Coded, Placement, Yuan};
use crate::rules::recognition::RecognitionVerdict;
use crate::rules::sample::id;
use crate::rules::score::Interval;
use proptest::prelude::*;
use std::sync::LazyLock;

/// Gathered once: the rest of a candidate is set by the property.
static READY: LazyLock<Candidate> = LazyLock::new(|| ready(1, 0.0, 0));

fn any_money() -> impl Strategy<Value = Yuan> {
    prop_oneof![
        4 => (0..2_000u64).prop_map(Yuan),
        // Sums of these would overflow.
        1 => (u64::MAX - 10..=u64::MAX).prop_map(Yuan),
    ]
}

fn any_admission() -> impl Strategy<Value = (RecognitionVerdict, Admission)> {
    use RecognitionVerdict::{NotRecognised, Recognised, Undetermined};
    let incomplete = || Admission::DataIncomplete {
        rules: Vec::new(),
        fields: Vec::new(),
    };
    prop_oneof![
        6 => Just((Recognised, Admission::Admitted)),
        1 => Just((Recognised, incomplete())),
        1 => Just((Undetermined, Admission::WillingnessUnknown)),
        1 => Just((NotRecognised, Admission::WeakWillingness)),
        1 => Just((NotRecognised, Admission::NotAdmitted { rules: Vec::new() })),
    ]
}

prop_compose! {
    fn any_candidate()(
        (verdict, admission) in any_admission(),
        score in 0.0..100.0f64,
        local_fiscal in any_money(),
        lacks_unit in prop::bool::weighted(0.2),
        duplicates in prop::bool::weighted(0.1),
        placed in prop::option::weighted(0.4, (YEAR..YEAR + 2, 0..4usize)),
    ) -> Candidate {
        Candidate {
            score: Interval::exactly(score),
            verdict,
            admission,
            local_fiscal,
            lacking: match lacks_unit {
                true => [Readiness::Unit].into(),
                false => [].into(),
            },
            duplicates: match duplicates {
                true => Duplicates::Open,
                false => Duplicates::None,
            },
            placement: placed.map(|(year, batch)| Placement {
                year,
                batch: Batch::ALL[batch],
                by: "王工".into(),
                reason: "危房".into(),
                at: jiff::Timestamp::UNIX_EPOCH,
            }),
            ..READY.clone()
        }
    }
}

fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
    prop::collection::vec(any_candidate(), 0..40).prop_map(|candidates| {
        let numbered = candidates.into_iter().zip(1..);
        numbered
            .map(|(candidate, number)| Candidate {
                estate: id(number),
                ..candidate
            })
            .collect()
    })
}

fn any_budget() -> impl Strategy<Value = Budget> {
    let amount = || prop::option::weighted(0.7, any_money());
    (amount(), amount()).prop_map(|(budget, capacity)| Budget {
        budget,
        capacity,
        ..Budget::default()
    })
}

fn any_choice() -> impl Strategy<Value = AfterFirstMiss> {
    prop_oneof![Just(AfterFirstMiss::GoOn), Just(AfterFirstMiss::Stop)]
}

proptest! {
    #[test]
    fn no_plan_costs_the_county_more_than_it_can_spend(
        candidates in any_candidates(),
        budget in any_budget(),
        after_first_miss in any_choice(),
    ) {
        let pack = crate::catalogue::BatchLimits { after_first_miss, ..pack() };
        let plan = fill(&candidates, YEAR, &budget, &pack);
        let cost: u128 = plan
            .of_batch(Batch::Implement)
            .map(|placed| u128::from(placed.local_fiscal.0))
            .sum();
        prop_assert_eq!(cost, u128::from(plan.used.0));
        match (budget.budget, budget.capacity) {
            (None, None) => prop_assert_eq!(plan.of_batch(Batch::Implement).count(), 0),
            (budget, capacity) => {
                prop_assert!(budget.is_none_or(|budget| cost <= budget.0.into()));
                prop_assert!(capacity.is_none_or(|capacity| cost <= capacity.0.into()));
            }
        }
    }

    #[test]
    fn every_candidate_is_placed_once_and_nothing_unrecognised_is_implemented(
        candidates in any_candidates(),
        budget in any_budget(),
        after_first_miss in any_choice(),
    ) {
        let pack = crate::catalogue::BatchLimits { after_first_miss, ..pack() };
        let plan = fill(&candidates, YEAR, &budget, &pack);
        let mut placed: Vec<_> = plan.placed.iter().map(|placed| placed.estate).collect();
        placed.sort();
        let all: Vec<_> = candidates.iter().map(|candidate| candidate.estate).collect();
        prop_assert_eq!(placed, all);
        let scores = plan.placed.windows(2);
        prop_assert!(scores.into_iter().all(|two| two[0].score.low >= two[1].score.low));
        for placed in &plan.placed {
            let of = |it: &&Candidate| it.estate == placed.estate;
            let candidate = candidates.iter().find(of).unwrap();
            if placed.batch == Batch::Implement {
                prop_assert_eq!(candidate.verdict, RecognitionVerdict::Recognised);
            }
            // A placement for the year either holds or says why not.
            let wanted = candidate.placement.as_ref().filter(|it| it.year == YEAR);
            match (wanted, placed.placement) {
                (None, PlacementOutcome::None) => {}
                (Some(wanted), PlacementOutcome::Honoured) => {
                    prop_assert_eq!(placed.batch, wanted.batch);
                }
                (Some(wanted), PlacementOutcome::NotHonoured { wanted: said, .. }) => {
                    prop_assert_eq!(said, wanted.batch);
                    prop_assert_ne!(placed.batch, wanted.batch);
                }
                other => prop_assert!(false, "{other:?}"),
            }
        }
    }

    /// With one more yuan nobody of those who were first refused for want of it is lost: the best
    /// ready estate that fits is always in.
    #[test]
    fn the_best_ready_estate_that_fits_is_implemented(
        candidates in any_candidates(),
        limit in any_money(),
    ) {
        let budget = Budget { budget: Some(limit), ..Budget::default() };
        let unplaced: Vec<Candidate> = candidates
            .into_iter()
            .map(|candidate| Candidate { placement: None, ..candidate })
            .collect();
        let plan = fill(&unplaced, YEAR, &budget, &pack());
        let ready = |placed: &&Placed| {
            matches!(placed.reason, BatchReason::Fits { .. } | BatchReason::OverLimit { .. })
        };
        if let Some(best) = plan.placed.iter().find(ready) {
            prop_assert_eq!(best.batch == Batch::Implement, best.local_fiscal <= limit);
        }
    }

    #[test]
    fn what_may_be_placed_is_honoured_once_it_is(
        candidates in any_candidates(),
        budget in any_budget(),
        at in 0..40usize,
        batch in 0..4usize,
    ) {
        prop_assume!(at < candidates.len());
        let batch = Batch::ALL[batch];
        let plan = fill(&candidates, YEAR, &budget, &pack());
        let allowed = may_place(&candidates[at], batch, &plan);
        let mut then = candidates.clone();
        // Best of all, so that no other placement by hand goes before it.
        then[at].score = Interval::exactly(101.0);
        then[at].placement = Some(Placement {
            year: YEAR,
            batch,
            by: "王工".into(),
            reason: "危房".into(),
            at: jiff::Timestamp::UNIX_EPOCH,
        });
        let after = fill(&then, YEAR, &budget, &pack());
        if allowed.is_ok() {
            prop_assert_eq!(after.placed[0].placement, PlacementOutcome::Honoured);
            prop_assert_eq!(after.placed[0].batch, batch);
        }
    }
}
