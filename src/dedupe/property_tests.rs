//! Any two records: the same both ways, in any order, and never a panic.

use super::fixtures::{estate, position, square};
use super::tests::{id, judged, limits};
use super::*;
use crate::model::{Change, Estate, Settings};
use crate::progress::Progress;
use proptest::prelude::*;
use std::sync::Arc;

/// Names made of the words that rules look for, so that rules meet.
fn any_name() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "阳光",
        "洪都",
        "南昌市",
        "东湖",
        "粮食局",
        "花园",
        "小区",
        "宿舍",
        "苑",
        "一期",
        "2期",
        "东区",
        "A区",
        "3栋",
        "八一大道",
        "建设路",
        "12号",
        "12-18号",
        "（",
        "）",
        "·",
        "Ⅱ",
        "院",
        "村",
        "#",
        "附",
        "1",
    ]);
    prop_oneof![
        4 => prop::collection::vec(word, 0..6).prop_map(|words| words.concat()),
        1 => any::<String>(),
    ]
}

fn any_boundary() -> impl Strategy<Value = Option<crate::model::Boundary>> {
    let coordinate = prop_oneof![
        8 => -300.0..300.0f64,
        1 => Just(f64::NAN),
        1 => Just(1e9),
    ];
    let ring = prop::collection::vec((coordinate.clone(), coordinate), 0..7);
    prop_oneof![
        2 => Just(None),
        3 => (0.0..300.0f64, 0.0..300.0f64, 20.0..200.0f64).prop_map(|(x, y, side)| Some(square(x, y, side))),
        2 => ring.prop_map(|ring| {
            let ring = ring.into_iter().map(|(x, y)| position(x, y).into()).collect();
            Some(crate::model::Boundary::new(vec![geo::Polygon::new(geo::LineString(ring), vec![])]))
        }),
    ]
}

fn any_estate() -> impl Strategy<Value = Estate> {
    let place = prop::option::of((-400.0..400.0f64, -400.0..400.0f64));
    let numbers = (
        prop::option::of(any::<i32>()),
        prop::option::of(any::<u32>()),
        prop::option::of(any::<f64>()),
    );
    (any_name(), any_name(), place, any_boundary(), numbers).prop_map(
        |(name, address, place, boundary, (year, households, floor_area_m2))| {
            let mut record = estate(&name);
            record.address = address;
            record.position = place.map(|(east, north)| position(east, north));
            record.boundary = boundary.map(std::sync::Arc::new);
            record.build_year = year;
            record.households = households;
            record.floor_area_m2 = floor_area_m2;
            record
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_two_records_compare_the_same_both_ways(a in any_estate(), b in any_estate()) {
        let (one, other) = (judged(a.clone(), b.clone()), judged(b, a));
        prop_assert_eq!(one.rule, other.rule, "{:?} {:?}", one.evidence, other.evidence);
        prop_assert!((one.confidence - other.confidence).abs() < 0.002);
        prop_assert!((0.0..=1.0).contains(&one.confidence));
    }

    #[test]
    fn any_records_in_any_order_give_the_same_candidates(
        estates in prop::collection::vec(any_estate(), 0..12),
        turn in 0..12usize,
    ) {
        let numbered = estates.into_iter().enumerate().map(|(at, mut it)| { it.id = id(at); it });
        let mut estates: Vec<_> = numbered.collect();
        let find = |estates: &[Estate]| {
            let survey = Survey::from_parts(estates.to_vec(), [], [], Settings::default());
            search(&survey, &limits(), &Progress::default()).expect("not cancelled").candidates
        };
        let first = find(&estates);
        let length = estates.len().max(1);
        estates.rotate_left(turn % length);
        // Debug text, because not-a-number is not equal to itself.
        prop_assert_eq!(format!("{first:?}"), format!("{:?}", find(&estates)));
        prop_assert!(first.is_sorted_by_key(|it| it.pair));
    }

    #[test]
    fn following_edits_gives_what_a_whole_search_gives(
        before in prop::collection::vec(any_estate(), 1..12),
        after in prop::collection::vec(prop::option::of(any_estate()), 1..12),
        first in 0..12usize,
    ) {
        // Shares trusted for so many pairs stay as shipped, so that both weigh alike.
        let mut limits = limits();
        limits.evidence.strength = 1e15;
        limits.evidence.terms.strength = 1e15;
        let numbered = |estates: Vec<Estate>| {
            let estates = estates.into_iter().enumerate();
            estates.map(|(at, it)| Estate { id: id(at), ..it }).collect::<Vec<_>>()
        };
        let mut survey = Survey::from_parts(numbered(before), [], [], Settings::default());
        let whole = |survey: &Survey| {
            Index::new(survey, &limits, &Progress::default()).expect("not cancelled")
        };
        let mut index = whole(&survey);
        let changes: Vec<Change> = after.into_iter().enumerate().map(|(at, after)| {
            let id = id(first + at);
            let after = after.map(|it| Arc::new(Estate { id, ..it }));
            Change::Estate { id, before: survey.estate(id).cloned(), after }
        }).collect();
        survey.apply(&changes);
        let changed = (0..changes.len()).map(|at| id(first + at));
        index.update(&survey, changed, &limits);
        let raised = |index: &Index| {
            let candidates = index.search().candidates.iter();
            candidates.map(|it| (it.pair, it.suggestion, it.rule)).collect::<Vec<_>>()
        };
        prop_assert_eq!(raised(&index), raised(&whole(&survey)));
    }

    #[test]
    fn any_text_is_taken_apart(text in any::<String>()) {
        normalise::parse_name(&text);
        address::parse_address(&text);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_ledger() {
    let names = [
        "洪都新村",
        "洪都新村小区",
        "阳光花园",
        "市粮食局宿舍",
        "建设路12号",
    ];
    let estates = (0..300).map(|n| {
        let mut record = estate(names[n % names.len()]);
        record.id = id(n);
        record.position = Some(position(37.0 * (n / 5) as f64, (n % 7) as f64));
        record.build_year = Some(1980 + (n % 4) as i32);
        record
    });
    let survey = Survey::from_parts(estates, [], [], Settings::default());
    let found = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        let search = || search(&survey, &limits(), &Progress::default());
        pool.expect("a few threads")
            .install(search)
            .expect("not cancelled")
    };
    let one = found(1);
    assert!(one.candidates.len() > 50, "{}", one.candidates.len());
    assert_eq!(one, found(3));
}
