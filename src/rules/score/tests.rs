//! Each part of DOMAIN §4 by cases that score in full, not at all, and in between unknown.

use super::*;
use crate::catalogue::{Catalogue, SubsidyWeight};
use crate::model::{EstateId, ItemCode, Severity, Utility, Willingness};
use crate::rules::sample::{id, item};

fn pack() -> ScoreLimits {
    Catalogue::shipped().rules.score
}

fn judged(change: impl FnOnce(&mut Estate)) -> ScoreParts {
    let mut estate = Estate::new(id(1));
    change(&mut estate);
    parts(&estate, &Catalogue::shipped().items, &pack())
}

pub(super) fn counts(
    estate: &mut Estate,
    sent: Option<u32>,
    returned: Option<u32>,
    agree: Option<u32>,
) {
    (estate.sent, estate.returned, estate.agree) = (sent, returned, agree);
}

#[track_caller]
fn assert_about(found: Interval, low: f64, high: f64, case: &str) {
    let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
    assert!(
        near(found.low, low) && near(found.high, high),
        "{case}: {found:?}"
    );
}

#[test]
fn willingness_by_counts_and_by_level() {
    type Case = (&'static str, fn(&mut Estate), f64, f64);
    let cases: [Case; 17] = [
        (
            "80 % of all",
            |e| counts(e, Some(100), Some(100), Some(80)),
            1.0,
            1.0,
        ),
        (
            "half is nothing",
            |e| counts(e, Some(100), Some(100), Some(50)),
            0.0,
            0.0,
        ),
        (
            "65 %",
            |e| counts(e, Some(100), Some(100), Some(65)),
            0.5,
            0.5,
        ),
        (
            "exactly 2/3 returned",
            |e| counts(e, Some(300), Some(200), Some(200)),
            1.0,
            1.0,
        ),
        (
            "one less than 2/3",
            |e| counts(e, Some(300), Some(199), Some(199)),
            0.995,
            0.995,
        ),
        (
            "a third returned",
            |e| counts(e, Some(300), Some(100), Some(100)),
            0.5,
            0.5,
        ),
        (
            "sent is not known",
            |e| counts(e, None, Some(100), Some(65)),
            0.0,
            0.5,
        ),
        (
            "more returned than sent",
            |e| counts(e, Some(50), Some(100), Some(65)),
            0.0,
            0.5,
        ),
        (
            "nobody answered",
            |e| counts(e, Some(100), Some(0), Some(0)),
            0.0,
            0.0,
        ),
        (
            "nobody was asked",
            |e| counts(e, Some(0), Some(0), Some(0)),
            0.0,
            1.0,
        ),
        (
            "more agree than answered",
            |e| counts(e, Some(300), Some(100), Some(200)),
            0.0,
            0.5,
        ),
        (
            "agree is not known",
            |e| counts(e, Some(300), Some(100), None),
            0.0,
            0.5,
        ),
        (
            "strong",
            |e| e.willingness = Some(Willingness::Strong),
            1.0,
            1.0,
        ),
        (
            "fair",
            |e| e.willingness = Some(Willingness::Fair),
            0.4,
            0.4,
        ),
        (
            "weak",
            |e| e.willingness = Some(Willingness::Weak),
            0.0,
            0.0,
        ),
        ("nothing is known", |_| {}, 0.0, 1.0),
        (
            "counts before the level, even without sent",
            |e| {
                e.willingness = Some(Willingness::Weak);
                counts(e, None, Some(100), Some(80));
            },
            0.0,
            1.0,
        ),
    ];
    for (case, change, low, high) in cases {
        assert_about(judged(change).get(ScorePart::Willingness), low, high, case);
    }
}

fn gaps(estate: &mut Estate, gaps: &[(&str, Severity)]) {
    estate.gaps = gaps.iter().map(|(code, it)| (item(code), *it)).collect();
}

use Severity::{Ageing, Failing, Intact, Missing};

#[test]
fn utilities_by_their_leading_items() {
    type Case = (&'static str, &'static [(&'static str, Severity)], f64, f64);
    let cases: [Case; 5] = [
        (
            "all missing",
            &[
                ("C04", Missing),
                ("C05", Missing),
                ("C06", Missing),
                ("C12", Missing),
            ],
            1.0,
            1.0,
        ),
        (
            "all intact",
            &[
                ("C04", Intact),
                ("C05", Intact),
                ("C06", Intact),
                ("C12", Intact),
            ],
            0.0,
            0.0,
        ),
        (
            "the mean of the four",
            &[
                ("C04", Ageing),
                ("C05", Failing),
                ("C06", Missing),
                ("C12", Intact),
            ],
            0.5,
            0.5,
        ),
        (
            "one of four surveyed",
            &[("C05", Failing)],
            2.0 / 12.0,
            11.0 / 12.0,
        ),
        (
            "a side item is none of the four",
            &[("C01", Missing)],
            0.0,
            1.0,
        ),
    ];
    for (case, surveyed, low, high) in cases {
        let parts = judged(|estate| gaps(estate, surveyed));
        assert_about(parts.get(ScorePart::Utilities), low, high, case);
    }
}

/// Every item of a part at one severity.
fn all_of(part: ScorePart, severity: Severity) -> Vec<(ItemCode, Severity)> {
    let items = Catalogue::shipped().items;
    let of_part = items.iter().filter(|it| part_of(it, &items) == Some(part));
    of_part.map(|it| (it.code, severity)).collect()
}

#[test]
fn infrastructure_and_safety_are_full_at_their_sum() {
    for (part, full) in [(ScorePart::Infrastructure, 15), (ScorePart::Safety, 9)] {
        let with = |bad: usize, severity| {
            judged(|estate| {
                estate.gaps = all_of(part, Intact).into_iter().collect();
                let worse = all_of(part, severity).into_iter().take(bad);
                estate.gaps.extend(worse);
            })
            .get(part)
        };
        assert_about(with(0, Intact), 0.0, 0.0, "all intact");
        let share = |sum: u32| f64::from(sum) / full as f64;
        assert_about(with(2, Missing), share(6), share(6), "two missing");
        assert_about(with(full / 3, Missing), 1.0, 1.0, "just full");
        assert_about(with(full / 3 + 1, Missing), 1.0, 1.0, "more than full");
        assert_about(judged(|_| {}).get(part), 0.0, 1.0, "nothing surveyed");
        let but_one = judged(|estate| {
            estate.gaps = all_of(part, Intact).into_iter().skip(1).collect();
        });
        assert_about(but_one.get(part), 0.0, share(3), "one not surveyed");
    }
}

#[test]
fn each_item_of_the_guidance_counts_in_one_part_at_most() {
    let items = Catalogue::shipped().items;
    let catalogue = Catalogue::shipped();
    let of = |code: &str| part_of(items.get(item(code)).unwrap(), &items);
    assert_eq!(of("C05"), Some(ScorePart::Utilities));
    assert_eq!(
        of("C01"),
        Some(ScorePart::Infrastructure),
        "a side item of water"
    );
    assert_eq!(
        of("C16"),
        Some(ScorePart::Safety),
        "of group C, and a matter of safety"
    );
    assert_eq!(of("B10"), Some(ScorePart::Safety));
    assert_eq!(of("C20"), Some(ScorePart::Infrastructure));
    assert_eq!(of("D05"), None);
    assert_eq!(touched_by_one_item(&catalogue), [0, 4, 18, 15]);
}

/// How many items move each part. What one item changes is the one part that `part_of` names, or
/// none.
fn touched_by_one_item(catalogue: &Catalogue) -> [usize; 4] {
    let items = &catalogue.items;
    let mut touched = [0; 4];
    for changed in items.iter() {
        let mut estate = Estate::new(id(1));
        estate.gaps = items.iter().map(|it| (it.code, Intact)).collect();
        let before = parts(&estate, items, &catalogue.rules.score);
        estate.gaps.insert(changed.code, Missing);
        let after = parts(&estate, items, &catalogue.rules.score);
        let differ: Vec<_> = ScorePart::ALL
            .iter()
            .filter(|part| before.get(**part) != after.get(**part))
            .copied()
            .collect();
        let expected: Vec<_> = part_of(changed, items).into_iter().collect();
        assert_eq!(differ, expected, "{}", changed.code);
        differ.iter().for_each(|part| touched[*part as usize] += 1);
    }
    touched
}

fn own_item(code: &str) -> Item {
    Item {
        code: item(code),
        zh: "县级增加".into(),
        en: "county's own".into(),
        utilities: Vec::new(),
        subsidy: SubsidyWeight::No,
        condition: None,
        linked_outside: false,
        safety: false,
        leads: None,
        standard: "标准".into(),
        filing_number: "备案1号".into(),
        filed_on: Some(jiff::civil::date(2027, 1, 1)),
    }
}

/// The catalogue of a county that added these items.
fn with_own(added: &[Item]) -> Catalogue {
    let added: Vec<_> = added
        .iter()
        .map(|item| {
            serde_json::json!({
                "code": item.code, "zh": item.zh, "en": item.en, "subsidy": "no",
                "safety": item.safety, "leads": item.leads,
                "utilities": item.utilities,
                "standard": item.standard, "filing_number": item.filing_number,
                "filed_on": item.filed_on,
            })
        })
        .collect();
    let settings = crate::model::Settings {
        own_rules: Some(Box::new(crate::model::OwnRules {
            revision: 1,
            changed_by: "李调查".into(),
            changed_at: jiff::Timestamp::UNIX_EPOCH,
            pack: serde_json::json!({ "items": added }),
        })),
        ..Default::default()
    };
    Catalogue::of(&settings).unwrap()
}

#[test]
fn a_countys_own_item_counts_by_its_group_and_its_tag() {
    let mut safe = own_item("C91");
    safe.safety = true;
    let mut leading = own_item("C92");
    leading.leads = Some(Utility::Water);
    leading.utilities = vec![Utility::Water];
    let catalogue = with_own(&[own_item("C90"), safe, leading, own_item("E01")]);
    let part = |code: &str| {
        let items = &catalogue.items;
        part_of(items.get(item(code)).unwrap(), items)
    };
    assert_eq!(part("C90"), Some(ScorePart::Infrastructure));
    assert_eq!(part("C91"), Some(ScorePart::Safety));
    // The guidance's own C05 leads water already: a second leader is a side item.
    assert_eq!(part("C92"), Some(ScorePart::Infrastructure));
    assert_eq!(part("C05"), Some(ScorePart::Utilities));
    assert_eq!(part("E01"), None);
    assert_eq!(touched_by_one_item(&catalogue), [0, 4, 20, 16]);
}

#[test]
fn the_score_is_the_weighted_mean_and_age_is_no_part_of_it() {
    let full = |estate: &mut Estate| {
        estate.willingness = Some(Willingness::Strong);
        let items = Catalogue::shipped().items;
        estate.gaps = items.iter().map(|it| (it.code, Missing)).collect();
    };
    let weights = Weights::of_pack(&pack());
    assert_eq!(weights.score(&judged(full)), Interval::exactly(100.0));
    let nothing = weights.score(&judged(|_| {}));
    assert_eq!((nothing.low, nothing.high), (0.0, 100.0));
    let strong_alone = weights.score(&judged(|e| e.willingness = Some(Willingness::Strong)));
    assert_eq!((strong_alone.low, strong_alone.high), (30.0, 100.0));
    for year in [1950, 2000] {
        let with_year = judged(|estate| {
            full(estate);
            estate.build_year = Some(year);
        });
        assert_eq!(with_year, judged(full));
    }
}

#[test]
fn weights_are_proportions_and_go_to_snapshots_and_back() {
    let parts = judged(|e| e.willingness = Some(Willingness::Fair));
    let weights = Weights::of_pack(&pack());
    let doubled = Weights(weights.0.map(|weight| 2.0 * weight));
    assert_eq!(weights.score(&parts), doubled.score(&parts));
    assert_eq!(Weights::from_map(&weights.to_map()), weights);
    assert_eq!(weights.total(), 100.0);
    for nothing in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let score = Weights([nothing; 4]).score(&parts);
        assert_eq!((score.low, score.high), (0.0, 100.0), "{nothing}");
    }
}

#[test]
fn the_low_end_ranks_then_the_high_end_then_the_key() {
    let of = |low: f64, high: f64| ScoreParts([Interval { low, high }; 4]);
    let estates = [
        (id(1), of(0.2, 0.9)),
        (id(2), of(0.5, 0.5)),
        (id(4), of(0.2, 1.0)),
        (id(3), of(0.2, 0.9)),
    ];
    let order: Vec<EstateId> = rank(&estates, &Weights::of_pack(&pack()))
        .iter()
        .map(|ranked| ranked.estate)
        .collect();
    assert_eq!(order, [id(2), id(4), id(1), id(3)]);
}

#[test]
fn the_points_of_the_parts_add_up_to_the_score() {
    let catalogue = Catalogue::shipped();
    let estate = crate::rules::sample::complete_estate(1);
    let weights = Weights::of_pack(&pack()).with(ScorePart::Safety, 40.0);
    let whys = why(&estate, &catalogue.items, &pack(), &weights);
    let score = weights.score(&parts(&estate, &catalogue.items, &pack()));
    let sum = |end: fn(&Interval) -> f64| whys.iter().map(|why| end(&why.points)).sum::<f64>();
    assert!((sum(|points| points.low) - score.low).abs() < 1e-6);
    assert!((sum(|points| points.high) - score.high).abs() < 1e-6);
    let weight: f64 = whys.iter().map(|why| why.weight).sum();
    assert!((weight - 100.0).abs() < 1e-9);
}
