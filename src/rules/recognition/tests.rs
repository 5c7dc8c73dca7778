//! Each rule of 三(一): a case that passes, one that fails and one that is left undetermined.

use super::*;
use crate::catalogue::Catalogue;
use crate::model::{EstateId, Locality};
use std::collections::BTreeSet;

/// An estate that 三(一) surely recognises; each case changes what it is about.
fn old_estate() -> Estate {
    let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
    estate.locality = Some(Locality::City);
    estate.build_year = Some(1987);
    estate.gaps.insert(code("C04"), Severity::Failing);
    estate.willingness = Some(Willingness::Strong);
    estate.residential = Some(true);
    estate.exclusions = Some(BTreeSet::new());
    estate
}

fn code(text: &str) -> ItemCode {
    ItemCode::parse(text).unwrap()
}

fn judged(change: impl FnOnce(&mut Estate)) -> Recognised {
    let mut estate = old_estate();
    change(&mut estate);
    let catalogue = Catalogue::shipped();
    recognise(&estate, &catalogue.items, &catalogue.rules.recognition)
}

type Case = (&'static str, fn(&mut Estate), Outcome);

#[track_caller]
fn check(rule: RuleId, cases: &[Case]) {
    for (name, change, expected) in cases {
        let recognised = judged(change);
        let reason = recognised.reasons.iter().find(|r| r.rule == rule).unwrap();
        assert_eq!(reason.outcome, *expected, "{} {name}", rule.key());
        // Every other rule of the case passes, so the verdict is this rule's.
        let verdict = match expected {
            Outcome::Passed => RecognitionVerdict::Recognised,
            Outcome::Failed => RecognitionVerdict::NotRecognised,
            Outcome::Unknown => RecognitionVerdict::Undetermined,
        };
        assert_eq!(recognised.verdict, verdict, "{} {name}", rule.key());
    }
}

use Outcome::{Failed, Passed, Unknown};

#[test]
fn r1_a_city_or_a_county_seat() {
    check(
        RuleId::Locality,
        &[
            ("«城市»", |e| e.locality = Some(Locality::City), Passed),
            (
                "«县城（城关镇）»",
                |e| e.locality = Some(Locality::CountySeat),
                Passed,
            ),
            ("a village", |e| e.locality = Some(Locality::Other), Failed),
            ("not surveyed", |e| e.locality = None, Unknown),
        ],
    );
}

fn years(estate: &mut Estate, build: Option<i32>, min: Option<i32>, max: Option<i32>) {
    (estate.build_year, estate.year_min, estate.year_max) = (build, min, max);
}

#[test]
fn r2_built_before_the_cutoff() {
    check(
        RuleId::Year,
        &[
            ("1999", |e| years(e, Some(1999), None, None), Passed),
            ("2000 itself", |e| years(e, Some(2000), None, None), Passed),
            ("2001", |e| years(e, Some(2001), None, None), Failed),
            (
                "1998–2000",
                |e| years(e, None, Some(1998), Some(2000)),
                Passed,
            ),
            (
                "1998–2001",
                |e| years(e, None, Some(1998), Some(2001)),
                Unknown,
            ),
            (
                "2001–2003",
                |e| years(e, None, Some(2001), Some(2003)),
                Failed,
            ),
            ("by 1995", |e| years(e, None, None, Some(1995)), Passed),
            ("by 2005", |e| years(e, None, None, Some(2005)), Unknown),
            ("since 1995", |e| years(e, None, Some(1995), None), Unknown),
            ("since 2001", |e| years(e, None, Some(2001), None), Failed),
            (
                "2001–1990, a range the wrong way round",
                |e| years(e, None, Some(2001), Some(1990)),
                Unknown,
            ),
            ("not surveyed", |e| years(e, None, None, None), Unknown),
        ],
    );
}

#[test]
fn r2_warns_of_the_ambiguous_year_and_of_no_other() {
    let warned = |build, min, max| judged(|e| years(e, build, min, max)).warnings().count();
    assert_eq!(warned(Some(1999), None, None), 0);
    assert_eq!(warned(Some(2000), None, None), 1);
    assert_eq!(warned(Some(2001), None, None), 0);
    assert_eq!(warned(None, Some(1990), Some(2000)), 1);
    assert_eq!(warned(None, Some(1990), Some(1999)), 0);
}

#[test]
fn r2_a_county_may_read_the_text_without_the_year_itself() {
    let catalogue = Catalogue::shipped();
    let mut pack = catalogue.rules.recognition.clone();
    pack.cutoff_year_counts = false;
    for (year, verdict) in [
        (1999, RecognitionVerdict::Recognised),
        (2000, RecognitionVerdict::NotRecognised),
    ] {
        let mut estate = old_estate();
        estate.build_year = Some(year);
        let recognised = recognise(&estate, &catalogue.items, &pack);
        assert_eq!(recognised.verdict, verdict, "{year}");
        assert_eq!(recognised.warnings().count(), 0);
    }
}

fn all_inside(estate: &mut Estate, severity: Severity) {
    let catalogue = Catalogue::shipped();
    let inside = catalogue.items.iter().filter(|item| !item.linked_outside);
    estate.gaps = inside.map(|item| (item.code, severity)).collect();
}

#[test]
fn r3_at_least_one_confirmed_gap() {
    check(
        RuleId::Gaps,
        &[
            (
                "one ageing facility",
                |e| e.gaps = [(code("C12"), Severity::Ageing)].into(),
                Passed,
            ),
            (
                "everything inside intact",
                |e| all_inside(e, Severity::Intact),
                Failed,
            ),
            (
                "one facility not surveyed, the rest intact",
                |e| {
                    all_inside(e, Severity::Intact);
                    e.gaps.remove(&code("B03"));
                },
                Unknown,
            ),
            ("nothing surveyed", |e| e.gaps.clear(), Unknown),
        ],
    );
}

#[test]
fn r3_names_the_worst_gap() {
    let recognised = judged(|e| {
        e.gaps.insert(code("C12"), Severity::Missing);
        e.gaps.insert(code("C05"), Severity::Missing);
    });
    let evidence = recognised.reasons[2].evidence;
    assert_eq!(
        evidence,
        Evidence::WorstGap {
            item: code("C05"),
            severity: Severity::Missing
        }
    );
}

fn answers(estate: &mut Estate, sent: u32, returned: u32, agree: u32) {
    (estate.sent, estate.returned, estate.agree) = (Some(sent), Some(returned), Some(agree));
}

#[test]
fn r4_residents_want_it_strongly() {
    check(
        RuleId::Willingness,
        &[
            (
                "level strong «强烈»",
                |e| e.willingness = Some(Willingness::Strong),
                Passed,
            ),
            (
                "level fair",
                |e| e.willingness = Some(Willingness::Fair),
                Failed,
            ),
            (
                "level weak",
                |e| e.willingness = Some(Willingness::Weak),
                Failed,
            ),
            ("not surveyed", |e| e.willingness = None, Unknown),
            (
                "exactly 2/3 answered, exactly 80 % in favour",
                |e| answers(e, 300, 200, 160),
                Passed,
            ),
            ("exactly 2/3 of 3", |e| answers(e, 3, 2, 2), Passed),
            (
                "one answer short of 2/3",
                |e| answers(e, 300, 199, 199),
                Unknown,
            ),
            ("one short of 80 %", |e| answers(e, 300, 200, 159), Failed),
            ("nobody answered", |e| answers(e, 300, 0, 0), Unknown),
            ("nobody was asked", |e| answers(e, 0, 0, 0), Unknown),
            (
                "more in favour than answered",
                |e| answers(e, 300, 200, 201),
                Unknown,
            ),
            (
                "more answers than asked",
                |e| answers(e, 300, 301, 301),
                Unknown,
            ),
            (
                "counts outweigh the level",
                |e| {
                    answers(e, 100, 100, 20);
                    e.willingness = Some(Willingness::Strong);
                },
                Failed,
            ),
            (
                "half the counts leave the level to decide",
                |e| {
                    e.sent = Some(100);
                    e.willingness = Some(Willingness::Strong);
                },
                Passed,
            ),
        ],
    );
}

#[test]
fn r5_a_residential_estate() {
    check(
        RuleId::Residential,
        &[
            ("«住宅小区»", |e| e.residential = Some(true), Passed),
            ("an office block", |e| e.residential = Some(false), Failed),
            ("not surveyed", |e| e.residential = None, Unknown),
        ],
    );
}

#[test]
fn x1_to_x4_each_excludes_alone() {
    for exclusion in [
        Exclusion::ShantyPlan,
        Exclusion::Rebuild,
        Exclusion::SelfBuilt,
        Exclusion::UrbanVillage,
    ] {
        let recognised = judged(|e| e.exclusions = Some([exclusion].into()));
        assert_eq!(recognised.verdict, RecognitionVerdict::NotRecognised);
        assert_eq!(recognised.deciding(), [RuleId::Excluded(exclusion)]);
    }
}

#[test]
fn x9_excludes_only_with_a_text() {
    let x9 = RuleId::Excluded(Exclusion::OtherReason);
    check(
        x9,
        &[
            (
                "with a text",
                |e| {
                    e.exclusions = Some([Exclusion::OtherReason].into());
                    e.exclusion_note = "已列入土地收储计划".to_owned();
                },
                Failed,
            ),
            (
                "without",
                |e| e.exclusions = Some([Exclusion::OtherReason].into()),
                Unknown,
            ),
            (
                "a blank text",
                |e| {
                    e.exclusions = Some([Exclusion::OtherReason].into());
                    e.exclusion_note = "  ".to_owned();
                },
                Unknown,
            ),
            (
                "an explicit none",
                |e| e.exclusions = Some(BTreeSet::new()),
                Passed,
            ),
        ],
    );
}

#[test]
fn exclusions_not_asked_are_not_none() {
    let recognised = judged(|e| e.exclusions = None);
    assert_eq!(recognised.verdict, RecognitionVerdict::Undetermined);
    assert_eq!(recognised.deciding().len(), Exclusion::ALL.len());
}

#[test]
fn one_sure_failure_decides_though_others_are_unknown() {
    let recognised = judged(|e| {
        *e = Estate::new(e.id);
        e.build_year = Some(2008);
    });
    assert_eq!(recognised.verdict, RecognitionVerdict::NotRecognised);
    assert_eq!(recognised.deciding(), [RuleId::Year]);
}

#[test]
fn an_empty_record_is_undetermined_never_refused() {
    let recognised = judged(|e| *e = Estate::new(e.id));
    assert_eq!(recognised.verdict, RecognitionVerdict::Undetermined);
    assert!(recognised.reasons.iter().all(|r| r.outcome == Unknown));
}

#[test]
fn reasons_come_in_the_order_of_the_clause_and_each_has_its_quote() {
    let catalogue = Catalogue::shipped();
    let rules: Vec<RuleId> = judged(|_| ()).reasons.iter().map(|r| r.rule).collect();
    assert_eq!(rules, RuleId::ALL);
    for rule in RuleId::ALL {
        assert_eq!(catalogue.rules.clauses[rule.key()].clause, "三(一)");
    }
}
