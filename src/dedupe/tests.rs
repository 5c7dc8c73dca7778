//! DOMAIN §7, «what occurs in practice» and «also seen in real lists»: one row a case.

use super::fixtures::{at, estate, outlined, position, rectangle, square};
use super::*;
use crate::geodesy::datum::from_storage;
use crate::model::{Datum, Estate, EstateId, Settings};
use crate::progress::{Cancelled, Progress};
use geo::MapCoords;
use std::collections::BTreeSet;

pub(super) fn limits() -> DedupeLimits {
    crate::catalogue::Catalogue::shipped().rules.dedupe
}

/// A survey of the two, under ids of their own.
fn survey(estates: Vec<Estate>) -> Survey {
    let estates = estates.into_iter().enumerate().map(|(at, mut estate)| {
        estate.id = id(at);
        estate
    });
    Survey::from_parts(estates, [], [], Settings::default())
}

/// What a search of the survey raises.
fn raised(survey: &Survey) -> Vec<Candidate> {
    search(survey, &limits(), &Progress::default())
        .expect("not cancelled")
        .candidates
}

pub(super) fn id(at: usize) -> EstateId {
    EstateId(uuid::Uuid::from_u128(at as u128 + 1))
}

pub(super) fn judged(a: Estate, b: Estate) -> Candidate {
    let pair = Pair::new(id(0), id(1)).expect("two records");
    compare(
        &survey(vec![a, b]),
        pair,
        &Model::shipped(&limits()),
        &limits(),
    )
    .expect("both exist")
}

fn with_address(mut estate: Estate, address: &str) -> Estate {
    estate.address = address.into();
    estate
}

fn in_community(mut estate: Estate, code: &str) -> Estate {
    estate.community_codes = BTreeSet::from([code.into()]);
    estate
}

fn in_county(mut estate: Estate, code: &str) -> Estate {
    estate.county_code = code.into();
    estate
}

/// A row of a list at `east` metres, with an address.
fn row(name: &str, east: f64, address: &str) -> Estate {
    with_address(at(name, east, 0.0), address)
}

#[test]
fn records_with_positions_get_the_verdict_of_the_domain() {
    use Verdict::*;
    // name, address, name, address, metres apart
    for (a, a_address, b, b_address, metres, verdict) in [
        // vectors
        ("洪都新村（一期）", "", "洪都新村1期", "", 30.0, Same),
        ("洪都新村（一期）", "", "洪都新村Ⅰ期", "", 30.0, Same),
        ("洪都新村（一期）", "", "洪都新村二期", "", 30.0, Phases),
        ("市粮食局宿舍", "", "南昌市粮食局家属院", "", 30.0, Same),
        ("市粮食局宿舍", "", "南昌市粮食局家属院", "", 250.0, Unsure),
        ("阳光花园", "", "阳光小区", "", 400.0, Distinct),
        ("阳光花园", "", "阳光小区", "", 30.0, Same),
        // suffix swaps, employers' housing
        ("江东住宅小区", "", "江东小区", "", 40.0, Same),
        (
            "电子局宿舍",
            "永外正街130号",
            "永外正街电子局宿舍",
            "永外正街130号",
            27.0,
            Same,
        ),
        (
            "文教路棉麻厂宿舍",
            "",
            "文教路工商局宿舍",
            "",
            80.0,
            Distinct,
        ),
        // road and number instead of a name
        ("三经路316号", "", "物资局宿舍", "三经路316号", 30.0, Same),
        ("八一大道12号院", "", "八一大道14号院", "", 40.0, Distinct),
        // a bare road swallows nothing
        (
            "三经路",
            "三经路",
            "三经路316号",
            "三经路316号",
            20.0,
            Distinct,
        ),
        ("三经路", "南昌市三经路", "三经路", "三经路", 200.0, Unsure),
        // phases and parts
        ("香溢花城", "", "香溢花城一期", "", 55.0, PartOf),
        (
            "万科四季花城",
            "",
            "万科四季花城康乃馨苑",
            "",
            120.0,
            PartOf,
        ),
        (
            "万科四季花城康乃馨苑",
            "",
            "万科四季花城君子兰苑",
            "",
            40.0,
            Distinct,
        ),
        ("阳光花园", "", "阳光花园3栋", "", 60.0, PartOf),
        ("铁路一村", "", "铁路二村", "", 180.0, Distinct),
        // prefixes, cut-off and similar names
        ("恒昌紫荆花园", "", "紫荆花园", "", 0.0, Same),
        (
            "龙腾大厦",
            "解放路63号",
            "龙腾商住大厦",
            "解放路63号",
            20.0,
            Same,
        ),
        ("恒茂国际华城", "", "恒华国际华城", "", 90.0, Unsure),
        ("林荫花园", "", "琳荫花园", "", 20.0, Unsure),
        // two unrelated estates under one number
        (
            "江蓄小区",
            "解放西路65号",
            "曙光馨居",
            "解放西路65号",
            42.0,
            Unsure,
        ),
        (
            "江蓄小区",
            "解放西路65号",
            "曙光馨居",
            "解放西路67号",
            42.0,
            Distinct,
        ),
        // generic names are different places
        ("教师公寓", "", "教师公寓", "", 900.0, Distinct),
        (
            "粮食局宿舍",
            "建设路1号",
            "粮食局宿舍",
            "人民路2号",
            400.0,
            Distinct,
        ),
        // the agency's shop is not the estate
        (
            "九洲上郡",
            "九洲大街666号",
            "九洲上郡",
            "(西湖区朝阳新城)九洲大街666号",
            1900.0,
            Same,
        ),
        ("九洲上郡", "", "九洲上郡", "", 5000.0, Distinct),
    ] {
        let found = judged(row(a, 0.0, a_address), row(b, metres, b_address));
        let ledger = &found.evidence;
        assert_eq!(
            found.suggestion, verdict,
            "{a} {b} {metres} m: {:?} {ledger:?}",
            found.rule
        );
    }
}

#[test]
fn drawn_estates_get_the_verdict_of_the_domain() {
    use Verdict::*;
    let here = || square(0.0, 0.0, 100.0);
    for (what, a, b, verdict) in [
        (
            "two drawings of one",
            outlined("甲苑小区", here()),
            outlined("乙", square(3.0, 2.0, 99.0)),
            Same,
        ),
        (
            "renamed",
            outlined("阳光花园", here()),
            outlined("红星小区", here()),
            Same,
        ),
        (
            "one block inside",
            outlined("阳光花园", here()),
            outlined("5栋", square(20.0, 20.0, 30.0)),
            PartOf,
        ),
        (
            "displaced by hand",
            outlined("阳光花园", here()),
            outlined("阳光花园", square(60.0, 0.0, 100.0)),
            Same,
        ),
        (
            "overlap alone",
            outlined("阳光花园", here()),
            outlined("红星小区", square(80.0, 0.0, 100.0)),
            Unsure,
        ),
        (
            "a sliver",
            outlined("阳光花园", here()),
            outlined("红星小区", square(98.0, 0.0, 100.0)),
            Distinct,
        ),
        (
            "phases side by side",
            outlined("洪都新村一期", here()),
            outlined("洪都新村二期", square(101.0, 0.0, 100.0)),
            Phases,
        ),
        (
            "phases overlapping",
            outlined("洪都新村一期", here()),
            outlined("洪都新村二期", square(80.0, 0.0, 100.0)),
            Phases,
        ),
        (
            "phases on one ground",
            outlined("洪都新村一期", here()),
            outlined("洪都新村二期", here()),
            Unsure,
        ),
        (
            "two names side by side",
            outlined("阳光花园", here()),
            outlined("红星小区", square(101.0, 0.0, 100.0)),
            Distinct,
        ),
        (
            "one name side by side",
            outlined("洪都新村", here()),
            outlined("洪都新村", square(101.0, 0.0, 100.0)),
            Unsure,
        ),
        (
            "one name drawn apart",
            outlined("滨江名都花园", here()),
            outlined("滨江名都花园", square(300.0, 0.0, 100.0)),
            Unsure,
        ),
        (
            "a point inside",
            outlined("阳光花园", here()),
            at("阳光花园", 50.0, 50.0),
            Same,
        ),
        (
            "a strange point inside",
            outlined("阳光花园", here()),
            at("红星小区", 50.0, 50.0),
            Unsure,
        ),
        (
            "one estate in two communities",
            in_community(outlined("洪都新村", here()), "360102002001"),
            in_community(
                outlined("洪都新村", square(101.0, 0.0, 100.0)),
                "360102002002",
            ),
            Split,
        ),
        (
            "one estate on both sides of the street between two communities",
            in_community(
                with_address(outlined("安居小区", here()), "八一路240号"),
                "360102002001",
            ),
            in_community(
                with_address(
                    outlined("安居小区", square(108.0, 0.0, 100.0)),
                    "八一路240号",
                ),
                "360102002002",
            ),
            Split,
        ),
        (
            "one point in two counties",
            in_county(at("教师公寓", 0.0, 0.0), "360102"),
            in_county(at("红星小区", 0.0, 0.0), "360103"),
            Distinct,
        ),
        (
            "one name and point in two counties",
            in_county(at("教师公寓", 0.0, 0.0), "360102"),
            in_county(at("教师公寓", 0.0, 0.0), "360103"),
            Unsure,
        ),
    ] {
        let found = judged(a, b);
        let ledger = &found.evidence;
        assert_eq!(
            found.suggestion, verdict,
            "{what}: {:?} {ledger:?}",
            found.rule
        );
    }
}

#[test]
fn another_name_at_one_number_is_one_estate_only_where_the_numbers_agree() {
    let sized = |mut estate: Estate, year, households| {
        estate.build_year = Some(year);
        estate.households = Some(households);
        estate
    };
    let school = |year, households| {
        sized(
            row("第一中学教工家属院", 50.0, "八一路117号"),
            year,
            households,
        )
    };
    let known = || sized(row("县一中家属院", 0.0, "八一路117号"), 1986, 120);
    for (other, verdict) in [
        (school(1986, 122), Verdict::Same),
        (school(1986, 60), Verdict::Unsure),
        (school(1998, 120), Verdict::Unsure),
    ] {
        let found = judged(known(), other);
        assert_eq!(
            found.suggestion, verdict,
            "{:?} {:?}",
            found.rule, found.evidence
        );
    }
}

#[test]
fn a_copy_in_a_shifted_datum_is_found_and_named() {
    let boundary = rectangle(0.0, 0.0, 130.0, 90.0);
    for datum in [Datum::Gcj02, Datum::Bd09] {
        let copy = boundary.map_coords(|coord| from_storage(datum, coord.into()));
        let survey = survey(vec![
            outlined("洪都新村", boundary.clone()),
            outlined("洪都小区", copy),
        ]);
        let found = raised(&survey);
        assert_eq!(found.len(), 1, "{datum:?}");
        assert_eq!(found[0].suggestion, Verdict::Same);
        let named = |it: &Evidence| matches!(it, Evidence::DatumShift { datum: named, .. } if *named == datum);
        assert!(
            found[0].evidence.iter().any(named),
            "{:?}",
            found[0].evidence
        );
    }
}

#[test]
fn a_name_alone_never_makes_two_records_one() {
    for name in [
        "阳光花园",
        "滨江国际名都花园",
        "市粮食局宿舍",
        "八一大道",
        "八一大道花园",
    ] {
        let found = judged(estate(name), estate(name));
        assert_ne!(
            found.suggestion,
            Verdict::Same,
            "{name}: {:?}",
            found.evidence
        );
    }
}

#[test]
fn a_broken_boundary_is_compared_by_its_extent_and_says_so() {
    let bow_tie = |east: f64| {
        let corner = |x: f64, y: f64| position(east + x, y).into();
        let ring = vec![
            corner(0.0, 0.0),
            corner(100.0, 100.0),
            corner(100.0, 0.0),
            corner(0.0, 100.0),
        ];
        crate::model::Boundary::new(vec![geo::Polygon::new(geo::LineString(ring), vec![])])
    };
    let found = judged(
        outlined("阳光花园", bow_tie(0.0)),
        outlined("阳光花园", square(1.0, 0.0, 100.0)),
    );
    assert_eq!(found.suggestion, Verdict::Same);
    assert!(found.evidence.contains(&Evidence::BrokenBoundary));
}

#[test]
fn only_undecided_and_unsure_pairs_are_open() {
    let base = survey(vec![
        at("阳光家园小区", 0.0, 0.0),
        at("阳光家园小区", 10.0, 0.0),
    ]);
    let found = raised(&base);
    assert_eq!(found.len(), 1);
    for (verdict, open) in [
        (None, 1),
        (Some(Verdict::Unsure), 1),
        (Some(Verdict::Distinct), 0),
        (Some(Verdict::Same), 0),
    ] {
        let decision = verdict.map(|verdict| crate::model::Decision {
            pair: found[0].pair,
            verdict,
            decided_at: jiff::Timestamp::UNIX_EPOCH,
            decided_by: String::new(),
            note: String::new(),
        });
        let estates = base.estates().map(|it| (**it).clone());
        let survey = Survey::from_parts(estates, decision, [], Settings::default());
        assert_eq!(
            open_duplicates(&survey, &found).count(),
            open,
            "{verdict:?}"
        );
    }
}

#[test]
fn a_name_that_hundreds_bear_is_compared_among_neighbours_and_reported() {
    let searched = |spacing: f64| {
        let many = (0..400).map(|n| at("教师公寓", f64::from(n) * spacing, 0.0));
        let near = [at("教师公寓", 40.0, 0.0)];
        let survey = survey(many.chain(near).collect());
        search(&survey, &limits(), &Progress::default()).expect("not cancelled")
    };
    // Far apart, none is left out.
    let found = searched(2000.0);
    assert_eq!(found.cut, []);
    assert!(found.compared < 1000, "{}", found.compared);
    assert_eq!(found.candidates.len(), 1);
    let found = searched(20.0);
    assert_eq!(
        found.cut,
        [CutBlock {
            key: "教师".into(),
            records: 401
        }]
    );
    assert!(found.compared < 401 * 65, "{}", found.compared);
}

#[test]
fn a_cancelled_search_stops() {
    let progress = Progress::default();
    progress.cancel();
    let survey = survey(vec![at("阳光花园", 0.0, 0.0)]);
    assert_eq!(
        search(&survey, &limits(), &progress).map(|it| it.candidates),
        Err(Cancelled)
    );
}
