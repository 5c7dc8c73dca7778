//! The truth about every pair that anybody might ask about, and what the survey still has to find.

use super::estates::Estate;
use super::ground;
use super::records::{Extent, Record};
use jiugai::geodesy::{datum, measure};
use jiugai::model::{Datum, LonLat, Verdict};
use serde_json::Value;
use std::collections::BTreeMap;

/// Estates built in phases.
const PHASES: [&[&str]; 3] = [
    &["c4r6a", "c4r6b"],
    &["c3r2b", "c4r2a", "c4r2b"],
    &["c9r5a", "c9r5b"],
];

/// Records nearer than this are asked about whatever they are called.
const NEAR_M: f64 = 400.0;

/// What a two-minute survey must find (DOMAIN §3), but for the building year.
const MUST_HAVES: [&str; 19] = [
    "name",
    "county_code",
    "street_code",
    "community_code",
    "locality",
    "address",
    "year_basis",
    "households",
    "floor_area_m2",
    "buildings",
    "tenure",
    "residential",
    "exclusions",
    "gap.C04",
    "gap.C05",
    "gap.C06",
    "gap.C12",
    "willingness",
    "willingness_basis",
];
const YEARS: [&str; 3] = ["build_year", "year_min", "year_max"];
const COUNTS: [&str; 6] = [
    "sent",
    "returned",
    "agree",
    "oppose",
    "willing_to_pay",
    "willingness_date",
];

pub struct Decision<'a> {
    pub a: &'a Record,
    pub b: &'a Record,
    pub verdict: Verdict,
}

/// What is true of two records.
pub fn verdict(a: &Record, b: &Record) -> Verdict {
    if a.estate == b.estate {
        return match (&a.extent, &b.extent) {
            (Extent::Part(one), Extent::Part(other)) if one != other => Verdict::Distinct,
            (Extent::Part(_), Extent::Part(_)) => Verdict::Same,
            (Extent::Part(_), _) | (_, Extent::Part(_)) => Verdict::PartOf,
            (Extent::Half, _) | (_, Extent::Half) => Verdict::Split,
            (Extent::Whole, Extent::Whole) => Verdict::Same,
        };
    }
    let of_one_name = |phases: &&&[&str]| {
        phases.contains(&a.estate.as_str()) && phases.contains(&b.estate.as_str())
    };
    match PHASES.iter().find(of_one_name) {
        Some(_) => Verdict::Phases,
        None => Verdict::Distinct,
    }
}

/// Every pair of one estate, of the phases of one, and every other that lies near, has the same
/// name but for its ending, or the same road and number.
///
/// Merges come first: what is part of an estate is then part of what all its records became.
pub fn decisions(records: &[Record]) -> Vec<Decision<'_>> {
    let mut decisions = Vec::new();
    for (index, a) in records.iter().enumerate() {
        for b in &records[index + 1..] {
            let verdict = verdict(a, b);
            if verdict != Verdict::Distinct || is_thinkable(a, b) {
                decisions.push(Decision { a, b, verdict });
            }
        }
    }
    decisions.sort_by_key(|decision| match decision.verdict {
        Verdict::Split => 0,
        Verdict::Same => 1,
        Verdict::PartOf => 2,
        Verdict::Phases => 3,
        Verdict::Distinct | Verdict::Unsure => 4,
    });
    decisions
}

fn is_thinkable(a: &Record, b: &Record) -> bool {
    let near = match (a.anchor(), b.anchor()) {
        (Some(a), Some(b)) => ground::distance_m(a, b) < NEAR_M,
        _ => false,
    };
    near || core(a.name()) == core(b.name()) || could_be_shifted(a, b)
}

/// Two outlines of about one size, as far apart as a mistaken datum puts them: in a town of even
/// blocks that says little, but it is asked.
fn could_be_shifted(a: &Record, b: &Record) -> bool {
    const NEARLY_M: f64 = 320.0;
    let (Some(one), Some(other)) = (a.outline(), b.outline()) else {
        return false;
    };
    let sizes = measure::area_m2(one) / measure::area_m2(other);
    let shifted_onto = |from: &Record, to: &Record| {
        [Datum::Gcj02, Datum::Bd09].into_iter().any(|datum| {
            let shifted = from
                .anchor()
                .map(|at| datum::from_storage(datum, LonLat::from(at)));
            match (shifted, to.anchor()) {
                (Some(shifted), Some(to)) => ground::distance_m(shifted, to) < NEARLY_M,
                _ => false,
            }
        })
    };
    (0.5..2.0).contains(&sizes) && (shifted_onto(a, b) || shifted_onto(b, a))
}

/// A name without the county and without what every estate is called.
fn core(name: &str) -> &str {
    const ENDINGS: [&str; 12] = [
        "职工宿舍",
        "职工住宅",
        "家属院",
        "家属楼",
        "家属区",
        "住宅区",
        "宿舍",
        "小区",
        "花园",
        "新村",
        "大院",
        "苑",
    ];
    let core = name.strip_prefix('县').unwrap_or(name);
    ENDINGS
        .iter()
        .find_map(|ending| core.strip_suffix(ending))
        .unwrap_or(core)
}

/// The fields that the demonstration surveys: source, key, and the values found.
pub struct Tag<'a> {
    pub record: &'a Record,
    pub values: BTreeMap<String, Value>,
}

/// What each first record of an estate lacks or has wrong.
///
/// An estate that the guidance leaves out needs no look at its pipes: half of them get none, and
/// stay "not surveyed" for good.
pub fn tags<'a>(records: &'a [Record], estates: &[Estate]) -> Vec<Tag<'a>> {
    let mut tags = Vec::new();
    for estate in estates {
        let Some(record) = first_record(records, estate) else {
            continue;
        };
        // A row of the register was copied from hearsay: all of it is looked at again.
        let missing = |key: &str| record.shape.is_none() || !record.values.contains_key(key);
        let is_skipped = |key: &str| {
            let is_detail = key.starts_with("gap.") || key.starts_with("willingness");
            is_detail && estate.is_out_of_scope() && estate.has("bare")
        };
        let mut wanted: Vec<&str> = MUST_HAVES
            .into_iter()
            .filter(|key| missing(key) && !is_skipped(key))
            .collect();
        if YEARS.into_iter().all(missing) {
            wanted.extend(YEARS);
        }
        if wanted.contains(&"willingness") {
            wanted.extend(COUNTS);
        }
        // The planted mistakes.
        for (note, key) in [
            ("straddle", "build_year"),
            ("badcode", "community_code"),
            ("badcounts", "agree"),
        ] {
            if estate.has(note) {
                wanted.push(key);
            }
        }
        if estate.has("intact") {
            let gaps = estate.values.keys().map(String::as_str);
            wanted.extend(gaps.filter(|key| key.starts_with("gap.") && missing(key)));
        }
        let found = |key: &str| Some((key.to_owned(), estate.values.get(key)?.clone()));
        let mut values: BTreeMap<_, _> = wanted.into_iter().filter_map(found).collect();
        if !values.is_empty() {
            // A row without a name, an address or a place would be nothing to survey.
            let name = || Value::from(record.name());
            values.entry("name".to_owned()).or_insert_with(name);
            tags.push(Tag { record, values });
        }
    }
    tags
}

/// The survey office's drawing, else the register's row: the record that goes on counting.
pub fn first_record<'a>(records: &'a [Record], estate: &Estate) -> Option<&'a Record> {
    records
        .iter()
        .find(|record| record.estate == estate.key && record.extent == Extent::Whole)
}
