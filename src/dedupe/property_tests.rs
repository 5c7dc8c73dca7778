//! Any two records: the same both ways, in any order, and never a panic.

use super::fixtures::{estate, position, square};
use super::tests::{id, judged, limits};
use super::*;
use crate::model::{Estate, Settings};
use proptest::prelude::*;

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
            candidates(&survey, &limits(), &Progress::default()).expect("not cancelled")
        };
        let first = find(&estates);
        let length = estates.len().max(1);
        estates.rotate_left(turn % length);
        // Debug text, because not-a-number is not equal to itself.
        prop_assert_eq!(format!("{first:?}"), format!("{:?}", find(&estates)));
        prop_assert!(first.is_sorted_by_key(|it| it.pair));
    }

    #[test]
    fn any_text_is_taken_apart(text in any::<String>()) {
        normalise::parse_name(&text);
        address::parse_address(&text);
    }
}
