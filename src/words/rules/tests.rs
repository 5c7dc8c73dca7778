mod projects;

use super::*;
use crate::catalogue::{Catalogue, Utility};
use crate::model::{Estate, Exclusion, LonLat, Settings, Severity, Willingness, YearBasis};
use crate::rules::buildings::{Amount, Difference, Figure};
use crate::rules::checks::{Context, Gravity, check_estate};
use crate::rules::fate::{ExcludedWhy, OpenWhy};
use crate::rules::recognition::recognise;
use crate::rules::sample::{complete_estate, id, item, list, list_id};

fn survey_of(estate: Estate) -> Survey {
    Survey::from_parts([estate], [], [list(1, 3, vec![])], Settings::default())
}

fn sentences(language: Language, change: impl FnOnce(&mut Estate)) -> Vec<String> {
    let catalogue = Catalogue::shipped();
    let mut estate = complete_estate(1);
    estate.name = "洪都新村一期".into();
    change(&mut estate);
    let survey = survey_of(estate.clone());
    let context = Context {
        catalogue: &catalogue,
        county_code: "360102",
        county: None,
        division_exists: None,
        this_year: 2026,
        today: jiff::civil::date(2026, 11, 29),
    };
    check_estate(&estate, &context)
        .iter()
        .map(|finding| finding_text(language, finding, &survey, &catalogue.items))
        .collect()
}

#[test]
fn findings_name_the_estate_the_field_and_the_numbers() {
    type Case = (fn(&mut Estate), &'static str, &'static str);
    let cases: [Case; 5] = [
        (
            |e| e.households = None,
            "洪都新村一期：缺少户数（必填）",
            "洪都新村一期: “Households” is empty (required)",
        ),
        (
            |e| _ = e.gaps.remove(&item("C05")),
            "洪都新村一期：缺少“水”的设施缺口（必填）",
            "洪都新村一期: The state of “Water” is not filled in (required)",
        ),
        (
            |e| (e.agree, e.oppose) = (Some(160), None),
            "洪都新村一期：同意160大于收回150",
            "洪都新村一期: “In favour” is 160, more than “Answered”, 150",
        ),
        (
            |e| {
                e.lib_no = Some("360102202600001".into());
                e.exclusions = Some([Exclusion::UrbanVillage].into());
            },
            "洪都新村一期：已以项目库编号360102202600001发布，现按X4 城中村不属于老旧小区。请更正数据，或写明理由撤出登记",
            "洪都新村一期: Released as 360102202600001, and now no old estate by X4 an urban village. Correct its data, or withdraw it with a reason",
        ),
        (
            |e| e.county_code = "36010".into(),
            "洪都新村一期：县区代码“36010”应为6位数字",
            "洪都新村一期: “County code” is 36010; it has 6 digits",
        ),
    ];
    for (change, chinese, english) in cases {
        assert_eq!(sentences(Language::Chinese, change), [chinese]);
        assert_eq!(sentences(Language::English, change), [english]);
    }
}

#[test]
fn a_reason_says_the_rule_the_outcome_and_what_it_saw() {
    let catalogue = Catalogue::shipped();
    let mut estate = complete_estate(1);
    estate.build_year = Some(2000);
    estate.year_basis = Some(YearBasis::Told);
    let recognised = recognise(&estate, &catalogue.items, &catalogue.rules.recognition);
    let texts: Vec<String> = recognised
        .reasons
        .iter()
        .map(|reason| reason_text(Language::Chinese, reason, &catalogue.items))
        .collect();
    assert_eq!(texts[0], "R1 城市、县城（城关镇）：符合");
    assert_eq!(
        texts[1],
        "R2 建成于2000年以前：符合（恰为2000年，原文“以前”是否含本年未明）"
    );
    assert_eq!(
        texts[3],
        "R4 居民改造意愿强烈：符合（发放200户，收回150户，同意140户）"
    );
    assert_eq!(texts[8], "X4 城中村：不属于");
}

#[test]
fn a_clause_is_quoted_in_the_words_of_the_document() {
    let rules = Catalogue::shipped().rules;
    assert_eq!(
        clause_text(Language::Chinese, "R2", &rules).as_deref(),
        Some("三(一)：“建成于2000年以前”")
    );
    assert_eq!(clause_text(Language::English, "W03", &rules), None);
}

/// Every shape a sentence can take; a new one that is forgotten here fails to show its words.
fn every_detail() -> Vec<Detail> {
    use BoundaryProblem as Problem;
    let text = || "1".to_owned();
    let (at, position) = (
        RingIndex {
            polygon: 0,
            ring: 1,
        },
        LonLat::new(115.9, 28.7),
    );
    let boundary = [
        Problem::Empty,
        Problem::BadPosition { at },
        Problem::TooFewPositions { at },
        Problem::SelfCrossing { at, position },
        Problem::ZeroArea { at },
        Problem::RepeatedPosition { at, position },
        Problem::HoleOutside { at },
        Problem::HolesOverlap { at, other: at },
        Problem::PolygonsOverlap {
            polygon: 0,
            other: 1,
        },
        Problem::PolygonsTouch {
            polygon: 0,
            other: 1,
        },
    ];
    let mut details = vec![
        Detail::Missing,
        Detail::ReleasedButNotRecognised {
            lib_no: text(),
            rules: RuleId::ALL.to_vec(),
        },
        Detail::NumberRetired { lib_no: text() },
        Detail::NumberHeldTwice {
            lib_no: text(),
            other: id(9),
        },
        Detail::UndecidedPair { other: id(1) },
        Detail::OpenRows {
            rows_in: 3,
            open: 2,
            unreadable: 0,
        },
        Detail::OpenRows {
            rows_in: 3,
            open: 2,
            unreadable: 1,
        },
        Detail::RowsDoNotAddUp {
            rows_in: 3,
            accounted_for: 2,
        },
        Detail::BuildingsSay(Difference {
            figure: Figure::Households,
            estate: Some(Amount::Count(6)),
            buildings: Amount::Count(7),
        }),
        Detail::BuildingRows {
            rows_in: 3,
            outside: 1,
            unreadable: 0,
        },
        Detail::Undetermined {
            rules: vec![RuleId::Willingness],
        },
        Detail::MergedIntoNothing,
        Detail::NoBoundary,
        Detail::OutsideCounty,
        Detail::PartlyOutsideCounty {
            corners: 4,
            outside: 1,
        },
        Detail::MalformedCode {
            value: text(),
            digits: 6,
        },
        Detail::UnknownCode { value: text() },
        Detail::WrongParent {
            value: text(),
            parent: text(),
        },
        Detail::MoreThan {
            value: 2,
            than: Field::Sent,
            limit: 1,
        },
        Detail::MoreOpinionsThanAnswers {
            agree: 2,
            oppose: 2,
            returned: 3,
        },
        Detail::YearsReversed {
            year_min: 1990,
            year_max: 1980,
        },
        Detail::ImpossibleYear {
            year: 198,
            earliest: 1900,
            this_year: 2026,
        },
        Detail::Zero,
        Detail::BuiltInCutoffYear { year: 2000 },
        Detail::YearBasis {
            basis: YearBasis::Told,
        },
        Detail::Unusual {
            value: 9.0,
            least: 30.0,
            most: 200.0,
        },
        Detail::NumberOfOtherCounty { lib_no: text() },
        Detail::LeadingItemUnknown {
            utility: Utility::Water,
            item: item("C05"),
        },
        Detail::NoPhoto,
    ];
    details.extend(projects::every_detail().into_iter().map(Detail::Project));
    details.extend(boundary.map(Detail::BadBoundary));
    details
}

#[track_caller]
fn is_a_sentence(text: &str) {
    for leftover in [
        "%{",
        "finding.",
        "check.",
        "rule.",
        "fate.",
        "verdict_of",
        "value.",
        "late.",
        "stage.",
        "code.",
    ] {
        assert!(!text.contains(leftover), "{text}");
    }
    assert!(!text.is_empty());
}

#[test]
fn every_finding_is_a_sentence_in_both_languages() {
    let catalogue = Catalogue::shipped();
    let survey = survey_of(complete_estate(1));
    for language in Language::ALL {
        for code in CheckCode::ALL {
            is_a_sentence(&check_text(language, *code));
        }
        for detail in every_detail() {
            for code in [
                CheckCode::AreaPerHousehold,
                CheckCode::HouseholdsPerBuilding,
                CheckCode::FloorPerGround,
            ] {
                let finding = Finding {
                    code,
                    gravity: Gravity::Blocks,
                    estate: None,
                    list: Some(list_id(1)),
                    field: Some(Field::BuildYear),
                    part: None,
                    budget: None,
                    detail: detail.clone(),
                };
                let text = finding_text(language, &finding, &survey, &catalogue.items);
                is_a_sentence(&text);
                assert!(text.starts_with("名册 1.csv"), "{text}");
            }
        }
        for field in [Field::Willingness, Field::Exclusions, Field::ExclusionNote] {
            is_a_sentence(&missing_text(language, Some(field), &catalogue.items));
        }
    }
}

#[test]
fn every_reason_verdict_and_fate_has_words_in_both_languages() {
    let items = Catalogue::shipped().items;
    let survey = survey_of(complete_estate(1));
    let years = |earliest, latest| Evidence::Years {
        earliest,
        latest,
        last_that_counts: 2000,
    };
    let evidence = [
        Evidence::Plain,
        years(Some(1987), Some(1987)),
        years(Some(1987), Some(1990)),
        years(None, Some(1990)),
        years(Some(1987), None),
        Evidence::WorstGap {
            item: item("C05"),
            severity: Severity::Missing,
        },
        Evidence::Answers {
            sent: 3,
            returned: 2,
            agree: 1,
        },
        Evidence::Level {
            level: Willingness::Fair,
        },
        Evidence::NoText,
    ];
    for language in Language::ALL {
        for rule in RuleId::ALL {
            for outcome in [Outcome::Passed, Outcome::Failed, Outcome::Unknown] {
                for evidence in evidence {
                    let reason = Reason {
                        rule,
                        outcome,
                        evidence,
                        warning: None,
                    };
                    is_a_sentence(&reason_text(language, &reason, &items));
                }
            }
        }
        for verdict in [
            RecognitionVerdict::Recognised,
            RecognitionVerdict::NotRecognised,
            RecognitionVerdict::Undetermined,
        ] {
            is_a_sentence(&verdict_text(language, verdict));
        }
        for fate in [
            Fate::Kept,
            Fate::Merged { into: id(1) },
            Fate::Excluded(ExcludedWhy::Withdrawn),
            Fate::Excluded(ExcludedWhy::NotRecognised),
            Fate::Open(OpenWhy::NoBoundary),
            Fate::Open(OpenWhy::Undetermined),
            Fate::Open(OpenWhy::MergedIntoNothing),
        ] {
            is_a_sentence(&fate_text(language, fate, &survey));
        }
    }
}

#[test]
fn both_locale_files_have_the_same_keys() {
    let keys = |text: &str| -> Vec<String> {
        let before_colon = |line: &str| line.split_once(':').map(|(key, _)| key.to_owned());
        text.lines().filter_map(before_colon).collect()
    };
    for (english, chinese) in [
        (
            include_str!("../../../assets/locales/rules.en.yml"),
            include_str!("../../../assets/locales/rules.zh-CN.yml"),
        ),
        (
            include_str!("../../../assets/locales/release.en.yml"),
            include_str!("../../../assets/locales/release.zh-CN.yml"),
        ),
    ] {
        assert_eq!(keys(english), keys(chinese));
    }
}
