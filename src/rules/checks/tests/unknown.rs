//! "Not surveyed" is never "no": what a check cannot know it neither finds nor passes over in
//! silence, for the must-haves of E01 ask for it; and W11 and W12, the optional layer of buildings.

use super::*;
use crate::model::{Building, BuildingId, EstateId, ListRole, Severity};
use crate::rules::sample::{id, item, list, rejected};
use uuid::Uuid;

#[test]
fn what_is_not_known_is_no_unusual_value() {
    type Change = fn(&mut Estate);
    let e01 = |field| vec![blocks("E01", field)];
    let cases: [(&str, Change, Vec<_>); 8] = [
        (
            "W01: no year",
            |e| e.build_year = None,
            e01(Field::BuildYear),
        ),
        (
            "W02: no basis",
            |e| e.year_basis = None,
            e01(Field::YearBasis),
        ),
        (
            "W03: no area",
            |e| e.floor_area_m2 = None,
            e01(Field::FloorArea),
        ),
        (
            "W04: no count",
            |e| e.buildings = None,
            e01(Field::Buildings),
        ),
        (
            "W05: no boundary",
            |e| e.boundary = None,
            vec![blocks("E05", Field::Boundary)],
        ),
        // Which county the number was given in cannot be read from what is no code.
        (
            "W06: no county code",
            |e| {
                e.lib_no = Some("360103202600001".into());
                e.county_code = String::new();
            },
            e01(Field::CountyCode),
        ),
        ("W06: no number", |e| e.lib_no = None, vec![]),
        (
            "W07: nothing of the water was seen",
            |e| _ = e.gaps.remove(&item("C05")),
            e01(Field::Gap(item("C05"))),
        ),
    ];
    for (name, change, expected) in cases {
        assert_eq!(found(change), expected, "{name}");
    }
}

#[test]
fn w07_a_side_item_that_was_not_seen_leaves_nothing_open() {
    let side_item = found(|e| _ = e.gaps.insert(item("C01"), Severity::Ageing));
    assert_eq!(side_item, []);
}

#[test]
fn e12_counts_that_are_not_known_contradict_none() {
    type Change = fn(&mut Estate);
    let cases: [Change; 4] = [
        |e| e.sent = None,
        |e| (e.returned, e.agree, e.oppose) = (None, None, None),
        |e| e.oppose = None,
        |e| e.willing_to_pay = None,
    ];
    for change in cases {
        let e12: Vec<_> = found(change).into_iter().filter(|f| f.0 == "E12").collect();
        assert_eq!(e12, []);
    }
}

fn building(number: u128, households: Option<u32>) -> Building {
    Building {
        households,
        ..Building::new(BuildingId(Uuid::from_u128(number)), id(1))
    }
}

#[test]
fn w11_a_figure_that_all_buildings_contradict_warns() {
    let catalogue = Catalogue::shipped();
    let w11 = |buildings: Vec<Building>, change: fn(&mut Estate)| -> Vec<_> {
        let mut estate = complete_estate(1);
        estate.buildings = Some(2);
        change(&mut estate);
        let survey = Survey::from_parts([estate], [], [], Settings::default());
        let survey = survey.with_buildings(buildings);
        let findings = check(&survey, &[], &context(&catalogue)).into_iter();
        let w11 = findings.filter(|f| f.code == CheckCode::BuildingsDiffer);
        w11.map(|f| (f.estate, f.field, f.gravity)).collect()
    };
    let two = |households| vec![building(1, Some(100)), building(2, households)];
    let warned = |field| vec![(Some(id(1)), Some(field), Gravity::Warns)];
    assert_eq!(w11(two(Some(100)), |_| ()), []);
    assert_eq!(w11(two(Some(99)), |_| ()), warned(Field::Households));
    assert_eq!(
        w11(two(Some(100)), |e| e.buildings = Some(3)),
        warned(Field::Buildings)
    );
    // Undetermined: one building was not counted, so there is no sum; or there is no layer.
    assert_eq!(w11(two(None), |_| ()), []);
    assert_eq!(w11(vec![], |_| ()), []);
    // What the estate does not say is E01's.
    assert_eq!(w11(two(Some(99)), |e| e.households = None), []);
}

#[test]
fn w12_rows_of_buildings_without_an_estate_warn_until_they_are_set_aside() {
    let catalogue = Catalogue::shipped();
    let w12 = |rejected| -> Vec<_> {
        let mut rows = list(1, 1, rejected);
        rows.role = ListRole::Buildings;
        let survey = Survey::from_parts([complete_estate(1)], [], [rows], Settings::default());
        let findings = check(&survey, &[], &context(&catalogue)).into_iter();
        let w12 = findings.filter(|f| f.code == CheckCode::BuildingRows);
        w12.map(|f| (f.gravity, f.detail)).collect()
    };
    let unreadable = Detail::BuildingRows {
        rows_in: 1,
        outside: 0,
        unreadable: 1,
    };
    let open = vec![rejected(1, None)];
    assert_eq!(w12(open), [(Gravity::Warns, unreadable)]);
    assert_eq!(w12(vec![rejected(1, Some("不在调查范围"))]), []);
    let lost = Detail::RowsDoNotAddUp {
        rows_in: 1,
        accounted_for: 0,
    };
    assert_eq!(w12(vec![]), [(Gravity::Warns, lost)]);
}

#[test]
fn e03_a_pair_with_a_record_that_is_gone_is_no_duplicate() {
    let gone = EstateId(Uuid::from_u128(99));
    let pair = Pair::new(id(1), gone).unwrap();
    assert_eq!(whole_survey(vec![complete_estate(1)], &[pair]), []);
}
