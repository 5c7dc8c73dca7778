//! Whatever was answered and whatever the weights are.

use super::tests::counts;
use super::*;
use crate::catalogue::Catalogue;
use crate::model::{EstateId, Severity, Willingness, WillingnessBasis};
use crate::rules::sample::id;
use proptest::prelude::*;
use std::sync::LazyLock;

/// Read once: a property asks for it hundreds of times.
static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::shipped);

prop_compose! {
    fn any_estate()(
        gaps in prop::collection::btree_map(0..57usize, 0..4usize, 0..57),
        willingness in prop::option::of(0..3usize),
        basis in prop::option::of(0..5usize),
        sent in prop::option::of(0..12u32),
        returned in prop::option::of(0..12u32),
        agree in prop::option::of(0..12u32),
    ) -> Estate {
        let items = &CATALOGUE.items;
        let codes: Vec<_> = items.iter().map(|item| item.code).collect();
        let mut estate = Estate::new(id(1));
        estate.gaps = gaps.into_iter().map(|(at, it)| (codes[at], Severity::ALL[it])).collect();
        estate.willingness = willingness.map(|at| Willingness::ALL[at]);
        estate.willingness_basis = basis.map(|at| WillingnessBasis::ALL[at]);
        counts(&mut estate, sent, returned, agree);
        estate
    }
}

/// The estate with one answer taken away: the severity of each item, `sent`, and all of willingness.
fn with_an_answer_less(estate: &Estate) -> Vec<Estate> {
    let mut lesser: Vec<Estate> = estate
        .gaps
        .keys()
        .map(|code| {
            let mut less = estate.clone();
            less.gaps.remove(code);
            less
        })
        .collect();
    let mut unsent = estate.clone();
    unsent.sent = None;
    let mut unasked = estate.clone();
    (unasked.willingness, unasked.willingness_basis) = (None, None);
    counts(&mut unasked, None, None, None);
    lesser.extend([unsent, unasked]);
    lesser
}

fn any_weights() -> impl Strategy<Value = Weights> {
    prop::array::uniform4(0.0..100.0f64).prop_map(Weights)
}

proptest! {
    #[test]
    fn an_answer_less_never_narrows_the_score_nor_lowers_its_upper_end(
        estate in any_estate(),
        weights in any_weights(),
    ) {
        let catalogue = &*CATALOGUE;
        let of = |estate: &Estate| parts(estate, &catalogue.items, &catalogue.rules.score);
        let with_all = of(&estate);
        for part in ScorePart::ALL {
            let share = with_all.get(*part);
            prop_assert!(0.0 <= share.low && share.low <= share.high && share.high <= 1.0);
        }
        for less in with_an_answer_less(&estate) {
            let with_less = of(&less);
            for part in ScorePart::ALL {
                let (before, after) = (with_all.get(*part), with_less.get(*part));
                prop_assert!(after.high >= before.high, "{part:?} {before:?} {after:?}");
                // The low end cannot rise, so that the interval holds the one before.
                prop_assert!(after.low <= before.low, "{part:?} {before:?} {after:?}");
            }
            let (before, after) = (weights.score(&with_all), weights.score(&with_less));
            prop_assert!(after.high >= before.high && after.width() >= before.width());
        }
    }

    /// Of the estate whose share of a part is the highest of all, at both ends: whatever its other
    /// parts are, more weight on that part never puts another before it that was behind.
    #[test]
    fn raising_a_weight_never_lowers_the_rank_of_the_estate_that_gains_most(
        shares in prop::collection::vec(prop::array::uniform4((0..=12u32, 0..=12u32)), 2..40),
        weights in any_weights(),
        part in 0..4usize,
        more in 0.0..100.0f64,
    ) {
        let part = ScorePart::ALL[part];
        let interval = |(a, b): (u32, u32)| Interval {
            low: f64::from(a.min(b)) / 12.0,
            high: f64::from(a.max(b)) / 12.0,
        };
        let mut estates: Vec<(EstateId, ScoreParts)> = shares
            .into_iter()
            .zip(1..)
            .map(|(shares, number)| (id(number), ScoreParts(shares.map(interval))))
            .collect();
        let highest = |end: fn(&Interval) -> f64| {
            estates.iter().map(|(_, parts)| end(&parts.get(part))).fold(0.0, f64::max)
        };
        let most = Interval { low: highest(|it| it.low), high: highest(|it| it.high) };
        estates[0].1.0[part as usize] = most;
        let place = |weights: &Weights| {
            rank(&estates, weights).iter().position(|it| it.estate == estates[0].0)
        };
        let raised = weights.with(part, weights.get(part) + more);
        prop_assert!(place(&raised) <= place(&weights));
    }

    #[test]
    fn an_item_moves_one_part_at_most(estate in any_estate(), at in 0..57usize, severity in 0..4usize) {
        let catalogue = &*CATALOGUE;
        let changed = catalogue.items.iter().nth(at).unwrap();
        let mut other = estate.clone();
        other.gaps.insert(changed.code, Severity::ALL[severity]);
        let of = |estate: &Estate| parts(estate, &catalogue.items, &catalogue.rules.score);
        let (before, after) = (of(&estate), of(&other));
        let moved = ScorePart::ALL.iter().filter(|part| before.get(**part) != after.get(**part));
        prop_assert!(moved.count() <= 1);
    }
}
