//! What one record shows by itself.

use super::*;
use crate::geometry::validity::BoundaryProblem;
use crate::model::{Exclusion, Severity, Standing, YearBasis};
use crate::rules::sample::item;
use geo::{LineString, MultiPolygon, Polygon, Rect, coord};
use std::sync::Arc;

#[test]
fn a_complete_estate_gives_no_finding() {
    assert_eq!(findings(|_| ()), []);
}

#[test]
fn e01_names_each_must_have_that_is_empty() {
    type Change = fn(&mut Estate);
    let gap = |code| Field::Gap(item(code));
    let cases: [(Field, Change); 20] = [
        (Field::Name, |e| e.name = " ".into()),
        (Field::CountyCode, |e| e.county_code.clear()),
        (Field::StreetCode, |e| e.street_code.clear()),
        (Field::CommunityCodes, |e| e.community_codes.clear()),
        (Field::Locality, |e| e.locality = None),
        (Field::Address, |e| e.address.clear()),
        (Field::BuildYear, |e| e.build_year = None),
        (Field::YearBasis, |e| e.year_basis = None),
        (Field::Households, |e| e.households = None),
        (Field::FloorArea, |e| e.floor_area_m2 = None),
        (Field::Buildings, |e| e.buildings = None),
        (Field::Tenure, |e| e.tenure.clear()),
        (Field::Residential, |e| e.residential = None),
        (Field::Exclusions, |e| e.exclusions = None),
        (Field::WillingnessBasis, |e| e.willingness_basis = None),
        (gap("C04"), |e| _ = e.gaps.remove(&item("C04"))),
        (gap("C05"), |e| _ = e.gaps.remove(&item("C05"))),
        (gap("C06"), |e| _ = e.gaps.remove(&item("C06"))),
        (gap("C12"), |e| _ = e.gaps.remove(&item("C12"))),
        (Field::Willingness, |e| {
            (e.willingness, e.agree) = (None, None)
        }),
    ];
    for (field, change) in cases {
        assert_eq!(found(change), [blocks("E01", field)], "{field:?}");
    }
}

#[test]
fn e01_takes_a_range_of_years_and_counts_in_place_of_a_level() {
    assert_eq!(
        found(|e| {
            (e.build_year, e.year_min, e.year_max) = (None, Some(1985), Some(1990));
            e.willingness = None;
        }),
        []
    );
    let open_range = found(|e| (e.build_year, e.year_max) = (None, Some(1990)));
    assert_eq!(open_range, [blocks("E01", Field::BuildYear)]);
}

#[test]
fn e01_wants_a_text_with_x9() {
    let x9 = |e: &mut Estate| e.exclusions = Some([Exclusion::OtherReason].into());
    assert_eq!(found(x9), [blocks("E01", Field::ExclusionNote)]);
}

#[test]
fn an_estate_that_surely_is_none_needs_nothing_but_the_deciding_evidence() {
    let new_and_empty = |e: &mut Estate| {
        *e = Estate::new(e.id);
        e.build_year = Some(2008);
    };
    assert_eq!(findings(new_and_empty), []);
    let withdrawn = |e: &mut Estate| {
        *e = Estate::new(e.id);
        e.standing = Standing::Withdrawn {
            reason: "已拆除".into(),
        };
    };
    assert_eq!(findings(withdrawn), []);
}

#[test]
fn e05_a_boundary_is_there_and_sound() {
    assert_eq!(
        found(|e| e.boundary = None),
        [blocks("E05", Field::Boundary)]
    );
    let boundary = |positions: Vec<(f64, f64)>| {
        let polygon = Polygon::new(LineString::from(positions), vec![]);
        Some(Arc::new(MultiPolygon(vec![polygon])))
    };
    let (x, y) = (115.9, 28.7);
    let corners = vec![
        (x, y),
        (x + 0.001, y),
        (x + 0.001, y + 0.001),
        (x, y + 0.001),
    ];
    let mut crossing = corners.clone();
    crossing.swap(2, 3);
    assert_eq!(
        found(|e| e.boundary = boundary(crossing)),
        [blocks("E05", Field::Boundary)]
    );
    let mut twice = corners;
    twice.insert(1, twice[1]);
    let repeated = findings(|e| e.boundary = boundary(twice));
    assert_eq!(
        (repeated[0].code, repeated[0].gravity),
        (CheckCode::RepeatedPosition, Gravity::Warns)
    );
    assert!(matches!(
        repeated[0].detail,
        Detail::BadBoundary(BoundaryProblem::RepeatedPosition { .. })
    ));
}

#[test]
fn e05_outside_the_county_blocks_and_across_its_border_warns() {
    let catalogue = Catalogue::shipped();
    let estate = complete_estate(1);
    // The estate's square begins at 115.852 E and is a thousandth of a degree wide.
    for (east, expected) in [
        (115.9, vec![]),
        (115.8525, vec![CheckCode::CountyBorder]),
        (115.8, vec![CheckCode::Boundary]),
    ] {
        let county = Rect::new(coord! { x: 115.0, y: 28.0 }, coord! { x: east, y: 29.0 });
        let county = CountyBorder::new(&MultiPolygon(vec![county.to_polygon()]));
        let context = Context {
            county: Some(&county),
            ..context(&catalogue)
        };
        let codes: Vec<_> = check_estate(&estate, &context)
            .iter()
            .map(|f| f.code)
            .collect();
        assert_eq!(codes, expected, "{east}");
    }
}

#[test]
fn e06_codes_have_their_length_and_their_parent() {
    type Change = fn(&mut Estate);
    let cases: [(&str, Change, Field); 8] = [
        (
            "5 digits",
            |e| e.county_code = "36010".into(),
            Field::CountyCode,
        ),
        (
            "a letter",
            |e| e.street_code = "36010200A".into(),
            Field::StreetCode,
        ),
        (
            "full-width digits",
            |e| e.county_code = "３６０１０２".into(),
            Field::CountyCode,
        ),
        (
            "11 digits",
            |e| e.community_codes = ["36010200200".into()].into(),
            Field::CommunityCodes,
        ),
        (
            "a street of another county",
            |e| {
                e.street_code = "360103002".into();
                e.community_codes = ["360103002001".into()].into();
            },
            Field::StreetCode,
        ),
        (
            "a community of another street",
            |e| e.community_codes = ["360102003001".into()].into(),
            Field::CommunityCodes,
        ),
        (
            "one community of another county",
            |e| _ = e.community_codes.insert("360103002001".into()),
            Field::CommunityCodes,
        ),
        (
            "another county than the survey's",
            |e| {
                e.county_code = "360103".into();
                e.street_code = "360103002".into();
                e.community_codes = ["360103002001".into()].into();
            },
            Field::CountyCode,
        ),
    ];
    for (name, change, field) in cases {
        assert_eq!(found(change), [blocks("E06", field)], "{name}");
    }
    // SPLIT: one estate in two communities, of two streets of one county.
    assert_eq!(
        found(|e| _ = e.community_codes.insert("360102003001".into())),
        []
    );
}

#[test]
fn e06_a_code_exists_where_the_divisions_are_known() {
    let catalogue = Catalogue::shipped();
    let exists = |code: &str| !code.ends_with("001");
    let context = Context {
        division_exists: Some(&exists),
        ..context(&catalogue)
    };
    let findings = check_estate(&complete_estate(1), &context);
    assert_eq!(findings.len(), 1);
    assert_eq!(
        findings[0].detail,
        Detail::UnknownCode {
            value: "360102002001".into()
        }
    );
}

#[test]
fn e12_counts_do_not_contradict_each_other() {
    type Change = fn(&mut Estate);
    let cases: [(&str, Change, Field); 10] = [
        ("sent > households", |e| e.sent = Some(201), Field::Sent),
        ("returned > sent", |e| e.sent = Some(149), Field::Returned),
        (
            "agree > returned",
            |e| (e.agree, e.oppose) = (Some(151), None),
            Field::Agree,
        ),
        (
            "oppose > returned",
            |e| (e.agree, e.oppose) = (Some(140), Some(151)),
            Field::Oppose,
        ),
        (
            "agree + oppose > returned",
            |e| e.oppose = Some(11),
            Field::Returned,
        ),
        (
            "willing to pay > returned",
            |e| e.willing_to_pay = Some(151),
            Field::WillingToPay,
        ),
        ("no building", |e| e.buildings = Some(0), Field::Buildings),
        (
            "built in the future",
            |e| (e.year_min, e.year_max) = (Some(1990), Some(2027)),
            Field::YearMax,
        ),
        (
            "built before 1900",
            |e| e.build_year = Some(198),
            Field::BuildYear,
        ),
        (
            "years the wrong way round",
            |e| (e.year_min, e.year_max) = (Some(1990), Some(1980)),
            Field::YearMin,
        ),
    ];
    for (name, change, field) in cases {
        let e12: Vec<_> = found(change).into_iter().filter(|f| f.0 == "E12").collect();
        assert_eq!(e12, [blocks("E12", field)], "{name}");
    }
    assert_eq!(
        found(|e| (e.sent, e.returned, e.agree, e.oppose) =
            (Some(200), Some(200), Some(200), Some(0))),
        []
    );
}

#[test]
fn what_is_unusual_warns() {
    type Change = fn(&mut Estate);
    let cases: [(&str, Change, &str, Field); 8] = [
        (
            "year = 2000",
            |e| e.build_year = Some(2000),
            "W01",
            Field::BuildYear,
        ),
        (
            "year estimated",
            |e| e.year_basis = Some(YearBasis::Estimate),
            "W02",
            Field::YearBasis,
        ),
        (
            "year told",
            |e| e.year_basis = Some(YearBasis::Told),
            "W02",
            Field::YearBasis,
        ),
        (
            "205 m² a household",
            |e| {
                (e.floor_area_m2, e.households, e.sent) = (Some(41_000.0), Some(200), Some(200));
            },
            "W03",
            Field::FloorArea,
        ),
        (
            "200 households in one building and one more",
            |e| {
                (e.households, e.buildings, e.floor_area_m2) = (Some(201), Some(1), Some(14_000.0));
            },
            "W04",
            Field::Buildings,
        ),
        (
            "floor area a fifth of the ground",
            |e| {
                let east = coord! { x: 115.8575, y: 28.6545 };
                let wide = Rect::new(coord! { x: 115.852, y: 28.65 }, east);
                e.boundary = Some(Arc::new(MultiPolygon(vec![wide.to_polygon()])));
            },
            "W05",
            Field::FloorArea,
        ),
        (
            "a number of another county",
            |e| e.lib_no = Some("360103202600001".into()),
            "W06",
            Field::CountyCode,
        ),
        (
            "water known from its septic tanks alone",
            |e| {
                e.gaps.remove(&item("C05"));
                e.gaps.insert(item("C01"), Severity::Ageing);
            },
            "W07",
            Field::Gap(item("C05")),
        ),
    ];
    for (name, change, code, field) in cases {
        assert_eq!(found(change), [warns(code, field)], "{name}");
    }
}

#[test]
fn the_bounds_themselves_are_usual() {
    for (floor_area_m2, households, buildings) in [(6_000.0, 200, 50), (40_000.0, 200, 1)] {
        let found = found(|e| {
            e.floor_area_m2 = Some(floor_area_m2);
            (e.households, e.buildings) = (Some(households), Some(buildings));
        });
        assert_eq!(found, []);
    }
}
