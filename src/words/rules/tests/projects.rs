//! What is found in projects, in words.

use super::*;
use crate::model::{Coded, FundingSource, MilestoneKind, Signer, Yuan};
use crate::rules::checks::{ImplementNeed, ProjectDetail as Detail};
use crate::rules::delivery::{Against, Extent, Late, Stage};
use crate::rules::management::ManagementGap;
use crate::rules::sample::{ample_budget, complete_project};
use crate::words::delivery::{late_text, management_gap_text, stage_label};
use jiff::civil::date;

fn every_lateness() -> Vec<Late> {
    let last_day = date(2026, 8, 31);
    let extents = [
        Extent::Reached { last_day, days: 1 },
        Extent::Overdue { last_day, days: 2 },
        Extent::MeantFor { last_day, days: 3 },
        Extent::DayNotRecorded { last_day },
        Extent::NoFestival { year: 2041 },
    ];
    let mut all = Vec::new();
    for extent in extents {
        for against in [Against::Guidance, Against::OwnPlan] {
            for reason in ["", "汛期停工"] {
                all.push(Late {
                    milestone: MilestoneKind::Start,
                    against,
                    extent,
                    reason: reason.to_owned(),
                });
            }
        }
    }
    all
}

pub(super) fn every_detail() -> Vec<Detail> {
    let (county_code, year, planned) = (|| "360102".to_owned(), 2026, Yuan(1_205_000));
    let mut details = vec![
        Detail::FailsSubsidy { utilities: vec![] },
        Detail::FailsSubsidy {
            utilities: vec![Utility::Water],
        },
        Detail::NotRecognisedButApplied {
            rules: RuleId::ALL.to_vec(),
        },
        Detail::ItemNotOnList { item: item("D99") },
        Detail::LinkNotJustified { item: item("C20") },
        Detail::OverCapacity {
            county_code: county_code(),
            year,
            planned,
            capacity: Yuan(1),
        },
        Detail::CapacityMissing {
            county_code: county_code(),
            year,
            planned,
        },
        Detail::CentralOfCountedBy { other: id(1) },
        Detail::CentralOfNoEstate,
        Detail::CentralWithoutContent,
        Detail::CentralWithoutYear,
        Detail::NotReady {
            lacking: ImplementNeed::ALL.to_vec(),
        },
        Detail::MilestonesReversed {
            earlier: MilestoneKind::Start,
            later: MilestoneKind::Finish,
        },
        Detail::MoreSatisfiedThanAnswered {
            satisfied: 2,
            answered: 1,
        },
        Detail::SignaturesMissing {
            missing: Signer::ALL.to_vec(),
        },
        Detail::SubsidyIfConfigured {
            items: vec![item("C02"), item("C07")],
        },
        Detail::ForShow {
            utility: Utility::Gas,
            severity: Severity::Missing,
        },
        Detail::AllFundsFiscal {
            sources: vec![FundingSource::LocalFiscal, FundingSource::CentralSubsidy],
        },
        Detail::NoManagementBody,
        Detail::PlannedBefore {
            number: "360102-2025-01".into(),
            year: 2025,
        },
        Detail::ProjectOfCountedBy { other: id(1) },
        Detail::ProjectOfNoEstate,
    ];
    let late = every_lateness().into_iter();
    details.extend(late.map(|late| Detail::Late { late }));
    details
}

#[test]
fn a_lateness_says_by_how_much_and_why() {
    let late = Late {
        milestone: MilestoneKind::Start,
        against: Against::Guidance,
        extent: Extent::Overdue {
            last_day: date(2026, 8, 31),
            days: 12,
        },
        reason: "汛期停工".into(),
    };
    assert_eq!(
        late_text(Language::Chinese, &late),
        "开工已逾期 12 天：最晚应在 2026-08-31。原因：汛期停工"
    );
    assert_eq!(
        late_text(Language::English, &late),
        "start is 12 days overdue: the last day was 2026-08-31. Reason: 汛期停工"
    );
}

#[test]
fn every_stage_and_gap_of_management_has_words_in_both_languages() {
    let gaps = [
        ManagementGap::Body,
        ManagementGap::Mode,
        ManagementGap::Company,
    ];
    for language in Language::ALL {
        for stage in Stage::ALL {
            is_a_sentence(&stage_label(language, stage));
        }
        for gap in gaps {
            let text = management_gap_text(language, gap);
            assert!(!text.contains("management_gap"), "{text}");
        }
    }
}

#[test]
fn a_countys_year_and_a_project_are_named() {
    let catalogue = Catalogue::shipped();
    let mut project = complete_project(1);
    project.funding[0].amount = Yuan(1_205_000);
    project.signatures.remove(&Signer::Supervisor);
    let (key, mut budget) = ample_budget("360102", 2026);
    budget.capacity = Some(Yuan(1_000_000));
    let survey = survey_of(complete_estate(1)).with_plans([project], [(key, budget)], []);
    let context = Context {
        catalogue: &catalogue,
        county_code: "360102",
        county: None,
        division_exists: None,
        this_year: 2026,
        today: date(2026, 11, 29),
    };
    let found = crate::rules::checks::check(&survey, &[], &context);
    let say = |language, code| {
        let finding = found.iter().find(|finding| finding.code == code).unwrap();
        finding_text(language, finding, &survey, &catalogue.items)
    };
    assert_eq!(
        say(Language::Chinese, CheckCode::Capacity),
        "东湖区 2026 年计划地方财政出资 120.5 万元，超出财政承受能力 100 万元：请调整小区或另筹资金"
    );
    assert_eq!(
        say(Language::English, CheckCode::Signatures),
        "洪都新村1期: Accepted, and not signed by supervisor: all six accept together"
    );
    assert!(Signer::ALL.len() == 6, "the sentence says six");
}
