//! What shows only beside other records: numbers, duplicates, the rows of lists.

use super::*;
use crate::model::{
    CommunityReturn, CommunityState, Decision, EstateId, Exclusion, ListKind, Photo, PhotoId,
    PhotoKind, Standing, Verdict,
};
use crate::rules::recognition::RuleId;
use crate::rules::sample::{id, list, list_id, origin, rejected};

#[test]
fn e02_a_released_estate_that_is_no_longer_recognised_blocks_until_it_is_withdrawn() {
    let lib_no = || "360102202600001".to_owned();
    let rebuilt = |e: &mut Estate| {
        e.lib_no = Some(lib_no());
        e.exclusions = Some([Exclusion::Rebuild].into());
    };
    let finding = findings(rebuilt).remove(0);
    assert_eq!(
        (finding.code, finding.gravity),
        (CheckCode::Excluded, Gravity::Blocks)
    );
    assert_eq!(
        finding.detail,
        Detail::ReleasedButNotRecognised {
            lib_no: lib_no(),
            rules: vec![RuleId::Excluded(Exclusion::Rebuild)],
        }
    );
    let withdrawn = findings(|e| {
        rebuilt(e);
        e.standing = Standing::Withdrawn {
            reason: "纳入棚改".into(),
        };
    });
    assert_eq!(withdrawn.len(), 1);
    assert_eq!(withdrawn[0].gravity, Gravity::Warns);
    assert_eq!(
        withdrawn[0].detail,
        Detail::NumberRetired { lib_no: lib_no() }
    );
    assert_eq!(findings(|e| e.lib_no = Some(lib_no())), []);
}

#[test]
fn e02_a_number_belongs_to_one_estate() {
    let numbered = |number| Estate {
        lib_no: Some("360102202600001".into()),
        ..complete_estate(number)
    };
    let findings = whole_survey(vec![numbered(1), numbered(2)], &[]);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].estate, Some(id(2)));
    assert!(matches!(findings[0].detail, Detail::NumberHeldTwice { other, .. } if other == id(1)));
}

#[test]
fn e03_an_open_pair_blocks_unless_one_of_it_is_out() {
    let pair = Pair::new(id(1), id(2)).unwrap();
    let open = whole_survey(vec![complete_estate(1), complete_estate(2)], &[pair, pair]);
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].code, CheckCode::OpenDuplicate);
    assert_eq!(open[0].detail, Detail::UndecidedPair { other: id(2) });

    let withdrawn = Estate {
        standing: Standing::Withdrawn {
            reason: "已拆除".into(),
        },
        ..complete_estate(2)
    };
    assert_eq!(
        whole_survey(vec![complete_estate(1), withdrawn], &[pair]),
        []
    );
}

#[test]
fn e03_a_pair_decided_unsure_blocks_and_any_other_verdict_does_not() {
    let pair = Pair::new(id(1), id(2)).unwrap();
    let catalogue = Catalogue::shipped();
    for (verdict, expected) in [
        (Verdict::Unsure, 1),
        (Verdict::Distinct, 0),
        (Verdict::Phases, 0),
    ] {
        let decision = Decision {
            pair,
            verdict,
            decided_at: jiff::Timestamp::UNIX_EPOCH,
            decided_by: "张".into(),
            note: String::new(),
        };
        let survey = Survey::from_parts(
            [complete_estate(1), complete_estate(2)],
            [decision],
            [],
            Settings::default(),
        );
        let findings = check(&survey, &[], &context(&catalogue));
        assert_eq!(findings.len(), expected, "{verdict:?}");
    }
}

#[test]
fn e04_is_one_finding_a_list_however_many_rows_are_open() {
    let catalogue = Catalogue::shipped();
    let waiting = (1..=5).map(|row| Estate {
        origin: origin(1, row),
        boundary: None,
        ..complete_estate(row)
    });
    let lists = [list(1, 6, vec![rejected(6, None)]), list(2, 3, vec![])];
    let survey = Survey::from_parts(waiting, [], lists, Settings::default());
    let findings = check(&survey, &[], &context(&catalogue));
    let rows: Vec<_> = findings
        .iter()
        .filter(|f| f.code == CheckCode::Rows)
        .collect();
    // Lists come in the order of their keys; here by name.
    let mut details: Vec<_> = rows.iter().map(|f| (f.list, f.detail.clone())).collect();
    details.sort_by_key(|(list, _)| *list != Some(list_id(1)));
    assert_eq!(
        details,
        [
            (
                Some(list_id(1)),
                Detail::OpenRows {
                    rows_in: 6,
                    open: 6,
                    unreadable: 1
                }
            ),
            (
                Some(list_id(2)),
                Detail::RowsDoNotAddUp {
                    rows_in: 3,
                    accounted_for: 0
                }
            ),
        ]
    );
    // Each row says for itself why it waits.
    let waiting = findings.iter().filter(|f| f.detail == Detail::NoBoundary);
    assert_eq!(waiting.count(), 5);
}

#[test]
fn e04_a_complete_record_that_cannot_be_decided_is_not_left_out_in_silence() {
    let few_answers = findings(|e| (e.returned, e.agree, e.oppose) = (Some(50), Some(50), None));
    assert_eq!(few_answers.len(), 1);
    assert_eq!(
        few_answers[0].detail,
        Detail::Undetermined {
            rules: vec![RuleId::Willingness]
        }
    );
}

#[test]
fn findings_come_in_the_same_order_every_time() {
    let estates = || {
        (1..30).map(|n| Estate {
            address: String::new(),
            ..complete_estate(n)
        })
    };
    let pairs = [
        Pair::new(id(3), id(2)).unwrap(),
        Pair::new(id(1), id(9)).unwrap(),
    ];
    let once = whole_survey(estates().collect(), &pairs);
    let mut backwards: Vec<_> = estates().collect();
    backwards.reverse();
    assert_eq!(once, whole_survey(backwards, &[pairs[1], pairs[0]]));
    assert!(once.len() > 30);
}

#[test]
fn w10_an_estate_without_a_photo_warns_once_others_have_one() {
    let photo = |of: Option<EstateId>| Photo {
        id: PhotoId([1; 32]),
        file_name: "北门.jpg".to_owned(),
        kind: PhotoKind::Jpeg,
        bytes: 1,
        estate: of,
        taken_at: None,
        position: None,
        added_at: jiff::Timestamp::UNIX_EPOCH,
        note: String::new(),
    };
    let mut part = complete_estate(3);
    part.standing = Standing::PartOf { parent: id(1) };
    let mut row = complete_estate(4);
    row.boundary = None;
    let estates = [complete_estate(1), complete_estate(2), part, row];
    let survey = || Survey::from_parts(estates.clone(), [], [], Settings::default());
    let catalogue = Catalogue::shipped();
    let warned = |survey: Survey| -> Vec<_> {
        let findings = check(&survey, &[], &context(&catalogue)).into_iter();
        let of_photos = findings.filter(|finding| finding.code == CheckCode::NoPhoto);
        of_photos.filter_map(|finding| finding.estate).collect()
    };
    for (photos, expected) in [
        (vec![], vec![]),
        // The photo of a part shows the whole.
        (vec![photo(Some(id(3)))], vec![id(2)]),
        (vec![photo(None)], vec![id(1), id(2)]),
    ] {
        assert_eq!(
            warned(survey().with_photos(photos.clone())),
            expected,
            "{photos:?}"
        );
    }
}

#[test]
fn e14_asks_those_that_have_to_answer_and_doubts_a_nil_return_where_an_estate_is() {
    let answer = |code: &str, state| CommunityReturn {
        code: code.parse().unwrap(),
        state,
        signed_by: String::new(),
        signed_on: None,
        note: String::new(),
        paper: None,
        recorded_at: jiff::Timestamp::UNIX_EPOCH,
        recorded_by: String::new(),
    };
    // The estate lies in the first of them.
    let (with_estate, empty) = ("360102002001", "360102002002");
    let catalogue = Catalogue::shipped();
    let e14 = |answering: &[&str], answers: Vec<CommunityReturn>| -> Vec<Detail> {
        let settings = Settings {
            answering: answering.iter().map(|code| (*code).to_owned()).collect(),
            ..Settings::default()
        };
        let survey = Survey::from_parts([complete_estate(1)], [], [], settings);
        let survey = survey.with_communities(answers);
        let findings = check(&survey, &[], &context(&catalogue)).into_iter();
        let e14 = findings.filter(|finding| finding.code == CheckCode::CommunityReturn);
        e14.map(|finding| {
            assert_eq!(finding.gravity, Gravity::Blocks);
            finding.detail
        })
        .collect()
    };
    let none = |code: &str| Detail::NoReturn {
        community: code.parse().unwrap(),
    };
    let doubted = Detail::NilReturnButEstates {
        community: with_estate.parse().unwrap(),
        estates: 1,
    };
    use CommunityState::{NilReturn, SignedList};
    assert_eq!(e14(&[], vec![]), []);
    assert_eq!(e14(&[empty], vec![]), [none(with_estate), none(empty)]);
    let answers = vec![answer(with_estate, SignedList), answer(empty, NilReturn)];
    assert_eq!(e14(&[empty], answers), []);
    let wrong = || vec![answer(with_estate, NilReturn)];
    assert_eq!(e14(&[empty], wrong()), [doubted.clone(), none(empty)]);
    assert_eq!(
        e14(&[], wrong()),
        [doubted],
        "also where nobody has to answer"
    );
}

#[test]
fn w13_tells_of_what_a_shanty_town_plan_names_unless_it_is_out_already() {
    let mut plan = list(1, 1, Vec::new());
    plan.kind = ListKind::ShantyPlan;
    let catalogue = Catalogue::shipped();
    let w13 = |change: fn(&mut Estate)| -> Vec<_> {
        let mut estate = complete_estate(1);
        estate.origin = origin(1, 1);
        change(&mut estate);
        let survey = Survey::from_parts([estate], [], [plan.clone()], Settings::default());
        let findings = check(&survey, &[], &context(&catalogue)).into_iter();
        let w13 = findings.filter(|finding| finding.code == CheckCode::ShantyListed);
        w13.map(|f| (f.estate, f.field, f.gravity)).collect()
    };
    let warned = [(Some(id(1)), Some(Field::Exclusions), Gravity::Warns)];
    assert_eq!(w13(|_| ()), warned);
    assert_eq!(w13(|e| e.boundary = None), warned);
    assert_eq!(w13(|e| e.exclusions = None), warned);
    assert_eq!(w13(|e| e.build_year = Some(2008)), []);
    let x1 = |e: &mut Estate| e.exclusions = Some([Exclusion::ShantyPlan].into());
    assert_eq!(w13(x1), []);
}
