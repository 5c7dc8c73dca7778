//! 四(二) «既尽力而为又量力而行»: how far the money goes, and in which order.

use super::*;
use crate::catalogue::AfterFirstMiss;

#[test]
fn the_money_is_filled_in_order_of_score_to_the_last_yuan() {
    let candidates = [
        ready(1, 40.0, 300),
        ready(2, 90.0, 500),
        ready(3, 60.0, 200),
    ];
    let fill = |budget| fill(&candidates, YEAR, &in_yuan(budget, None), &pack());
    let plan = fill(Some(1000));
    assert_eq!(implemented(&plan), [id(2), id(3), id(1)]);
    assert_eq!(
        (plan.used, plan.left(), plan.cut),
        (Yuan(1000), Some(Yuan(0)), None)
    );
    let plan = fill(Some(999));
    assert_eq!(implemented(&plan), [id(2), id(3)]);
    assert_eq!((plan.used, plan.cut), (Yuan(700), Some(3)));
    let reason = BatchReason::OverLimit {
        needs: Yuan(300),
        left: Yuan(299),
    };
    assert_eq!(plan.placed[2].reason, reason);
    let ranks: Vec<_> = plan.placed.iter().map(|it| (it.rank, it.estate)).collect();
    assert_eq!(ranks, [(1, id(2)), (2, id(3)), (3, id(1))]);
    assert_eq!(implemented(&fill(Some(0))), []);
}

#[test]
fn the_lesser_of_budget_and_capacity_holds_and_nothing_known_admits_nobody() {
    let candidates = [ready(1, 90.0, 500), ready(2, 40.0, 0)];
    let fill = |budget, capacity| fill(&candidates, YEAR, &in_yuan(budget, capacity), &pack());
    assert_eq!(implemented(&fill(Some(500), Some(499))), [id(2)]);
    assert_eq!(implemented(&fill(Some(499), Some(500))), [id(2)]);
    assert_eq!(implemented(&fill(None, Some(500))), [id(1), id(2)]);
    // «量力而行»: not even one that costs the county nothing.
    let unknown = fill(None, None);
    assert_eq!(implemented(&unknown), []);
    assert!(
        unknown
            .placed
            .iter()
            .all(|it| it.reason == BatchReason::LimitUnknown)
    );
    assert_eq!((unknown.limit, unknown.cut), (None, Some(1)));
}

#[test]
fn every_need_has_its_clause_in_the_pack() {
    let clauses = Catalogue::shipped().rules.clauses;
    for need in Readiness::ALL {
        let missing = BatchReason::Missing {
            what: vec![need],
            cost: None,
            funds: Yuan::ZERO,
        };
        assert!(clauses.contains_key(missing.clause_key()), "{need:?}");
    }
}

#[test]
fn a_cheaper_one_may_overtake_unless_the_county_says_no() {
    let candidates = [
        ready(1, 90.0, 500),
        ready(2, 60.0, 600),
        ready(3, 40.0, 300),
    ];
    let mut own = pack();
    let budget = in_yuan(Some(800), None);
    assert_eq!(own.after_first_miss, AfterFirstMiss::GoOn);
    assert_eq!(
        implemented(&fill(&candidates, YEAR, &budget, &own)),
        [id(1), id(3)]
    );
    own.after_first_miss = AfterFirstMiss::Stop;
    let plan = fill(&candidates, YEAR, &budget, &own);
    assert_eq!(implemented(&plan), [id(1)]);
    assert_eq!(plan.placed[2].reason, BatchReason::AfterCut { cut: 2 });
}

#[test]
fn a_moved_weight_says_who_enters_and_who_leaves() {
    let catalogue = Catalogue::shipped();
    let rules = &catalogue.rules;
    let shares = |willingness: f64, utilities: f64| {
        crate::rules::score::ScoreParts([willingness, utilities, 0.0, 0.0].map(Interval::exactly))
    };
    let weights = crate::rules::score::Weights::of_pack(&rules.score);
    // 30·1 + 40·0.5 = 50 against 30·0.5 + 40·0.9 = 51: a fifth more on willingness turns it.
    let willing = Candidate {
        parts: shares(1.0, 0.5),
        ..ready(1, 0.0, 500)
    };
    let needy = Candidate {
        parts: shares(0.5, 0.9),
        ..ready(2, 0.0, 500)
    };
    let movements = sensitivity(
        &[&willing, &needy],
        YEAR,
        &in_yuan(Some(500), None),
        &weights,
        &rules.score,
        &rules.batches,
    );
    let moved: Vec<_> = movements
        .iter()
        .filter(|it| !it.enters.is_empty())
        .map(|it| (it.part, it.shift, it.enters.clone(), it.leaves.clone()))
        .collect();
    use crate::rules::score::ScorePart;
    assert_eq!(movements.len(), 8);
    assert_eq!(
        moved,
        [
            (
                ScorePart::Willingness,
                Shift::Raised,
                vec![id(1)],
                vec![id(2)]
            ),
            (
                ScorePart::Utilities,
                Shift::Lowered,
                vec![id(1)],
                vec![id(2)]
            ),
        ]
    );
}
