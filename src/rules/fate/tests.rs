use super::*;
use crate::model::Settings;
use crate::rules::reconciliation::reconcile;
use crate::rules::sample::{complete_estate, id, list, list_id, origin, rejected};
use proptest::prelude::*;

fn survey_of(estates: Vec<Estate>) -> Survey {
    Survey::from_parts(estates, [], [], Settings::default())
}

#[test]
fn each_standing_and_verdict_gives_one_fate() {
    type Change = fn(&mut Estate);
    let cases: [(&str, Change, Fate); 8] = [
        ("recognised with a boundary", |_| (), Fate::Kept),
        (
            "no boundary yet",
            |e| e.boundary = None,
            Fate::Open(OpenWhy::NoBoundary),
        ),
        (
            "year unknown",
            |e| e.build_year = None,
            Fate::Open(OpenWhy::Undetermined),
        ),
        (
            "built 2008, and without a boundary",
            |e| (e.build_year, e.boundary) = (Some(2008), None),
            Fate::Excluded(ExcludedWhy::NotRecognised),
        ),
        (
            "withdrawn",
            |e| {
                e.standing = Standing::Withdrawn {
                    reason: "已拆除".into(),
                }
            },
            Fate::Excluded(ExcludedWhy::Withdrawn),
        ),
        (
            "the same as another, though built 2008",
            |e| {
                e.build_year = Some(2008);
                e.standing = Standing::Merged {
                    into: id(2),
                    replaced: vec![],
                };
            },
            Fate::Merged { into: id(2) },
        ),
        (
            "a block inside another",
            |e| e.standing = Standing::PartOf { parent: id(2) },
            Fate::Merged { into: id(2) },
        ),
        (
            "merged into a record that is gone",
            |e| {
                e.standing = Standing::Merged {
                    into: id(9),
                    replaced: vec![],
                }
            },
            Fate::Open(OpenWhy::MergedIntoNothing),
        ),
    ];
    for (name, change, expected) in cases {
        let mut estate = complete_estate(1);
        change(&mut estate);
        let survey = survey_of(vec![estate, complete_estate(2)]);
        let judgements = judge(&survey, &Catalogue::shipped());
        assert_eq!(judgements[&id(1)].fate, expected, "{name}");
    }
}

#[test]
fn a_chain_of_merges_ends_at_the_record_that_counts() {
    let merged = |number, into| Estate {
        standing: Standing::Merged {
            into: id(into),
            replaced: vec![],
        },
        ..complete_estate(number)
    };
    let chain = survey_of(vec![merged(1, 2), merged(2, 3), complete_estate(3)]);
    let judgements = judge(&chain, &Catalogue::shipped());
    assert_eq!(judgements[&id(1)].fate, Fate::Merged { into: id(3) });

    let circle = survey_of(vec![merged(1, 2), merged(2, 1)]);
    let judgements = judge(&circle, &Catalogue::shipped());
    assert_eq!(
        judgements[&id(1)].fate,
        Fate::Open(OpenWhy::MergedIntoNothing)
    );
}

#[test]
fn an_unreadable_row_is_open_until_it_is_set_aside() {
    let list = list(
        1,
        2,
        vec![rejected(1, None), rejected(2, Some("重复的表头"))],
    );
    let survey = Survey::from_parts([], [], [list], Settings::default());
    let tally = tally(&survey, &Judgements::new());
    let expected = RowCount {
        rows_in: 2,
        excluded: 1,
        open: 1,
        rejected_open: 1,
        rejected_set_aside: 1,
        ..RowCount::default()
    };
    assert_eq!(tally.lists[&list_id(1)], expected);
    assert!(tally.adds_up());
}

#[test]
fn a_row_that_vanished_or_came_twice_does_not_add_up() {
    for rows_read in [0, 2] {
        let mut estate = complete_estate(1);
        estate.origin = origin(1, 1);
        let list = list(1, rows_read, vec![]);
        let survey = Survey::from_parts([estate], [], [list], Settings::default());
        let judgements = judge(&survey, &Catalogue::shipped());
        assert!(!tally(&survey, &judgements).adds_up(), "{rows_read}");
    }
}

#[test]
fn a_record_of_a_list_that_is_gone_does_not_add_up() {
    let mut estate = complete_estate(1);
    estate.origin = origin(7, 1);
    let survey = survey_of(vec![estate]);
    let judgements = judge(&survey, &Catalogue::shipped());
    assert!(!tally(&survey, &judgements).adds_up());
}

/// One row of a made-up list: what a person or the file did to it.
fn any_estate() -> impl Strategy<Value = (u8, u8, u8, bool)> {
    (0u8..4, 0u8..8, 0u8..4, any::<bool>())
}

proptest! {
    #[test]
    fn whatever_happens_to_the_rows_their_fates_add_up(
        rows in prop::collection::vec(any_estate(), 0..60),
        rejected_rows in prop::collection::vec(any::<bool>(), 0..10),
    ) {
        let total = rows.len() as u32;
        let mut read = [0u32; 4];
        let mut estates = Vec::new();
        for (number, (list, year, standing, drawn)) in rows.iter().enumerate() {
            let number = number as u32;
            let mut estate = complete_estate(number);
            estate.build_year = (*year > 0).then_some(1996 + i32::from(*year));
            if !drawn {
                estate.boundary = None;
            }
            // List 0 stands for "drawn here".
            if *list > 0 {
                read[usize::from(*list)] += 1;
                estate.origin = origin(*list, read[usize::from(*list)]);
            }
            estate.standing = match standing {
                0 => Standing::Withdrawn { reason: "已拆除".into() },
                // Into a record that may itself be merged, gone (`total`) or the next in a circle.
                1 => Standing::Merged { into: id((number * 7 + 1) % (total + 1)), replaced: vec![] },
                2 if number > 0 => Standing::PartOf { parent: id(number - 1) },
                _ => Standing::Counted,
            };
            estates.push(estate);
        }
        let lists: Vec<_> = (1u8..4)
            .map(|n| {
                let given = read[usize::from(n)];
                let rejected: Vec<_> = rejected_rows
                    .iter()
                    .enumerate()
                    .map(|(i, aside)| rejected(given + 1 + i as u32, aside.then_some("空行")))
                    .collect();
                list(n, given + rejected.len() as u32, rejected)
            })
            .collect();
        let survey = Survey::from_parts(estates, [], lists, Settings::default());
        let judgements = judge(&survey, &Catalogue::shipped());
        let tally = tally(&survey, &judgements);
        prop_assert!(tally.adds_up(), "{tally:?}");
        let reconciliation = reconcile(&survey, &judgements);
        let counts = reconciliation.lists.iter().map(|list| (list.list, list.count));
        prop_assert_eq!(counts.collect::<BTreeMap<_, _>>(), tally.lists.clone());
        prop_assert_eq!(reconciliation.total, tally.total);
        prop_assert_eq!(reconciliation.drawn_here, tally.drawn_here);
        let kept = judgements.values().filter(|j| j.fate == Fate::Kept).count() as u64;
        prop_assert_eq!(tally.library(), kept);
        prop_assert_eq!(
            tally.total.rows_in + tally.drawn_here.rows_in,
            u64::from(total) + 3 * rejected_rows.len() as u64
        );
    }
}
