use super::*;
use crate::catalogue::{Catalogue, ExportTemplate};
use crate::formats::exchange::ExchangeFormat;
use crate::jobs::export::columns::{Beyond, resolve};
use crate::model::{EstateId, Field, ItemCode, Locality, Severity, Tenure};
use proptest::prelude::*;

fn parse(text: &str) -> Result<Option<Filter>, FilterError> {
    let catalogue = Catalogue::shipped();
    let beyond = Beyond {
        other: ["物业公司".to_owned(), "户数".to_owned()].into(),
        ..Beyond::default()
    };
    let template = ExportTemplate::named("survey").unwrap();
    let resolved = resolve(&template, ExchangeFormat::Csv, &catalogue, &beyond).unwrap();
    let sources = resolved.outlets.iter().map(|outlet| &outlet.source);
    let mut names = Names::new(sources.zip(&resolved.columns), &catalogue);
    names.add_other(&beyond.other);
    Filter::parse(text, &names)
}

fn holds(text: &str, estate: &Estate) -> Option<bool> {
    let filter = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    filter.unwrap().0.holds(estate, &Facts::default())
}

fn error(text: &str) -> FilterError {
    match parse(text) {
        Err(error) => error,
        Ok(filter) => panic!("{text} was taken for {filter:?}"),
    }
}

fn estate() -> Estate {
    let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
    estate.name = "洪都新村".to_owned();
    estate.county_code = "360103".to_owned();
    estate.households = Some(300);
    estate.build_year = Some(1986);
    estate.floor_area_m2 = Some(21_000.5);
    estate.locality = Some(Locality::City);
    estate.tenure = [Tenure::Reformed, Tenure::Collective].into();
    estate.residential = Some(true);
    estate.exclusions = Some(Default::default());
    let gap = ItemCode::parse("C04").unwrap();
    estate.gaps.insert(gap, Severity::Failing);
    estate.other.insert("物业公司", "甲");
    estate.other.insert("户数", "约300");
    estate
}

#[test]
fn conditions_hold_as_sql_has_them() {
    let estate = estate();
    for (text, expected) in [
        ("households = 300", Some(true)),
        ("households <> 300", Some(false)),
        ("HOUSEHOLDS >= 300 and households < 301", Some(true)),
        ("300 < households", Some(false)),
        ("households = '300'", Some(true)),
        ("households > -1", Some(true)),
        ("floor_area_m2 > 2.1e4", Some(true)),
        ("户数 > 100 AND 建成年份 < 2000", Some(true)),
        ("\"户数（户）\" = 300", Some(true)),
        ("households BETWEEN 300 AND 400", Some(true)),
        ("households NOT BETWEEN 300 AND 400", Some(false)),
        ("build_year IN (1985, 1986)", Some(true)),
        ("build_year NOT IN (1985, 1986)", Some(false)),
        ("households > build_year", Some(false)),
        ("name = '洪都新村'", Some(true)),
        ("name LIKE '洪都%'", Some(true)),
        ("name NOT LIKE '%新村'", Some(false)),
        ("name ILIKE '%x%'", Some(false)),
        ("county_code = 360103", Some(true)),
        ("county_code LIKE '3601%'", Some(true)),
        ("locality = 'city'", Some(true)),
        ("locality = '县城'", Some(false)),
        ("locality IN ('城市', 'other')", Some(true)),
        // Lists have or lack a value.
        ("tenure = 'collective'", Some(true)),
        ("tenure = '房改房'", Some(true)),
        ("tenure <> 'mixed'", Some(true)),
        ("tenure IN ('mixed', '集资房')", Some(true)),
        ("tenure LIKE 'coll%'", Some(true)),
        // An explicit "none" is an answer.
        ("exclusions = 'none'", Some(true)),
        ("exclusions IS NULL", Some(false)),
        ("exclusions = 'X1'", Some(false)),
        ("residential", Some(true)),
        ("NOT residential", Some(false)),
        ("residential = '是'", Some(true)),
        ("residential = 0", Some(false)),
        ("residential IS TRUE", Some(true)),
        ("gap.C04 >= 2", Some(true)),
        ("gap_C04 = '破损'", Some(true)),
        ("gap.C04 < '缺失'", Some(true)),
        ("other.物业公司 = '甲'", Some(true)),
        ("物业公司 LIKE '_'", Some(true)),
        ("other.户数 = '约300'", Some(true)),
        ("geometry IS NULL", Some(true)),
        ("TRUE", Some(true)),
        // What was not surveyed is neither true nor false.
        ("address = '甲'", None),
        ("NOT (address = '甲')", None),
        ("address <> '甲'", None),
        ("address IS NULL", Some(true)),
        ("address IS NOT NULL", Some(false)),
        ("address LIKE '%'", None),
        ("address IN ('甲')", None),
        ("address = '甲' OR households = 300", Some(true)),
        ("address = '甲' AND households = 300", None),
        ("address = '甲' AND households = 1", Some(false)),
        ("address = '甲' OR households = 1", None),
        ("(address = '甲') IS UNKNOWN", Some(true)),
        ("buildings < 5", None),
        ("year_min < year_max", None),
        ("gap.C05 = 0", None),
    ] {
        assert_eq!(holds(text, &estate), expected, "{text}");
    }
}

#[test]
fn an_unknown_answer_leaves_a_record_out() {
    let filter = parse("NOT (buildings > 5)").unwrap().unwrap();
    assert!(!filter.takes(&estate(), &Facts::default()));
    assert_eq!(parse("  "), Ok(None));
}

#[test]
fn what_is_not_understood_is_named() {
    let part = |text: &str| match error(text) {
        FilterError::NotUnderstood { part } => part,
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(part("lower(name) = 'a'"), "lower(name)");
    assert_eq!(
        part("floor_area_m2 / households > 60"),
        "floor_area_m2 / households"
    );
    assert_eq!(part("households = 1; DROP TABLE estate"), ";");
    assert_eq!(part("1 = 1"), "1 = 1");
    assert_eq!(part("name IN (SELECT 1)"), "name IN (SELECT 1)");
    assert_eq!(part("name = x'00'"), "X'00'");
    for (text, expected) in [
        (
            "houshold > 1",
            FilterError::UnknownName {
                name: "houshold".to_owned(),
                nearest: vec!["households".to_owned()],
            },
        ),
        (
            "households = 'many'",
            FilterError::WrongValue {
                name: "households".to_owned(),
                value: "many".to_owned(),
            },
        ),
        (
            "name = TRUE",
            FilterError::WrongValue {
                name: "name".to_owned(),
                value: "true".to_owned(),
            },
        ),
        (
            "name = households",
            FilterError::WrongValue {
                name: "name".to_owned(),
                value: "households".to_owned(),
            },
        ),
        (
            "tenure < 'a'",
            FilterError::IsList {
                name: "tenure".to_owned(),
            },
        ),
        (
            "address = NULL",
            FilterError::WithNull {
                part: "address = NULL".to_owned(),
            },
        ),
        (
            "households",
            FilterError::NoCondition {
                part: "households".to_owned(),
            },
        ),
        (
            "'a'",
            FilterError::NoCondition {
                part: "'a'".to_owned(),
            },
        ),
    ] {
        match (error(text), expected) {
            (
                FilterError::UnknownName { name, nearest },
                FilterError::UnknownName {
                    name: expected,
                    nearest: first,
                },
            ) => assert_eq!((name, &nearest[..1]), (expected, &first[..])),
            (found, expected) => assert_eq!(found, expected, "{text}"),
        }
    }
    let FilterError::UnknownCode { known, .. } = error("locality = 'moon'") else {
        panic!("a locality that is none");
    };
    assert_eq!(known[0], ("city".to_owned(), "城市".to_owned()));
    for text in [
        "households >",
        "name = 'open",
        "((((",
        "households = 1 name",
    ] {
        let error = error(text);
        let is_told = matches!(
            error,
            FilterError::Syntax { .. } | FilterError::NotUnderstood { .. }
        );
        assert!(is_told, "{text}: {error:?}");
    }
}

#[test]
fn no_filter_is_too_deep_or_too_long() {
    let deep = format!("{}TRUE{}", "(".repeat(1_000), ")".repeat(1_000));
    assert!(matches!(error(&deep), FilterError::Syntax { .. }));
    let long = vec!["TRUE"; 440].join(" AND ");
    assert_eq!(holds(&long, &estate()), Some(true));
    let longer = vec!["TRUE"; 600].join(" AND ");
    assert!(matches!(error(&longer), FilterError::TooLong { .. }));
}

#[test]
fn a_filter_asks_for_no_more_than_it_needs() {
    for (text, needs) in [
        ("households > 1", Needs::Record),
        ("fate = 'kept' OR name = 'a'", Needs::Judgements),
        ("checks = 'E06'", Needs::Checks),
        ("score_low > 60 AND lon > 115", Needs::Plan),
        ("batch = '实施'", Needs::Plan),
    ] {
        assert_eq!(parse(text).unwrap().unwrap().needs(), needs, "{text}");
    }
}

proptest! {
    #[test]
    fn any_text_is_a_filter_or_an_error(text in "[a-z户数=<>()'\"%,. 0-9]{0,60}") {
        let _ = parse(&text);
    }

    /// De Morgan, whatever was surveyed.
    #[test]
    fn not_turns_and_into_or(households in proptest::option::of(0u32..4), buildings in proptest::option::of(0u32..4)) {
        let mut estate = Estate::new(EstateId(uuid::Uuid::nil()));
        estate.households = households;
        estate.buildings = buildings;
        let whole = holds("NOT (households < 2 AND buildings < 2)", &estate);
        let parts = holds("NOT households < 2 OR NOT buildings < 2", &estate);
        prop_assert_eq!(whole, parts);
        prop_assert_eq!(whole.is_none(), match (households, buildings) {
            (Some(_), Some(_)) => false,
            (Some(n), None) | (None, Some(n)) => n < 2,
            (None, None) => true,
        });
    }
}

#[test]
fn every_plain_field_can_be_asked_for() {
    for field in Field::PLAIN {
        let text = format!("\"{}\" IS NULL", field.key());
        assert_eq!(
            holds(&text, &Estate::new(EstateId(uuid::Uuid::nil()))),
            Some(true),
            "{text}"
        );
    }
}
