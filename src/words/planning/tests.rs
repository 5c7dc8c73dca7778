use super::*;
use crate::catalogue::{Catalogue, Readiness};
use crate::model::{Coded, Estate, Field, PlanItem, Severity, Utility, WorkType};
use crate::rules::batches::{BatchReason, PlacementOutcome, PlacementProblem};
use crate::rules::content::{ContentProblem, ForShow};
use crate::rules::recognition::{RecognitionVerdict, RuleId};
use crate::rules::sample::{complete_estate, id, item};
use crate::rules::score::{Interval, ScorePart, Weights, why};
use crate::rules::subsidy::{NotCounting, Subsidy, SubsidyOutcome, judge};

/// Nothing that a person reads may hold a placeholder or a key.
#[track_caller]
fn assert_reads_well(text: &str) {
    assert!(!text.contains("%{"), "{text}");
    assert!(!text.contains("planning."), "{text}");
    assert!(!text.contains("code."), "{text}");
}

#[test]
fn a_score_explains_itself_part_by_part_with_clause_and_pack() {
    let catalogue = Catalogue::shipped();
    let pack = &catalogue.rules.score;
    let estate = complete_estate(1);
    let whys = why(&estate, &catalogue.items, pack, &Weights::of_pack(pack));
    let lines = why_lines(Language::Chinese, &whys, &catalogue.items, &catalogue.rules);
    assert_eq!(
        lines[0],
        "改造意愿 30/30分：发放200户，收回150户，同意140户。依据四(二)：“优先安排群众改造意愿强烈”"
    );
    assert!(
        lines[1].starts_with("水电路气 26.7/40分：水破损、电破损"),
        "{}",
        lines[1]
    );
    assert_eq!(lines[4], "规则包JX-2019-26第1版（赣建城〔2019〕26号）");
    let nothing = Estate::new(id(2));
    for estate in [estate, nothing] {
        let whys = why(&estate, &catalogue.items, pack, &Weights::of_pack(pack));
        for language in Language::ALL {
            let lines = why_lines(language, &whys, &catalogue.items, &catalogue.rules);
            assert_eq!(lines.len(), ScorePart::ALL.len() + 1);
            lines.iter().for_each(|line| assert_reads_well(line));
        }
    }
}

#[test]
fn a_score_is_one_number_where_all_is_known_and_two_where_not() {
    let text = |low, high| score_text(Language::English, Interval { low, high });
    assert_eq!(text(63.45, 63.45), "63.5");
    assert_eq!(text(58.0, 78.25), "58–78.2");
    assert_eq!(text(58.01, 58.04), "58", "to the digit that is shown");
}

#[test]
fn every_reason_for_a_batch_is_a_sentence() {
    let items = Catalogue::shipped().items;
    let missing = |cost, what: &[Readiness]| BatchReason::Missing {
        what: what.to_vec(),
        cost,
        funds: Yuan(500_000),
    };
    let reasons = [
        BatchReason::Fits { left: Yuan(10_000) },
        BatchReason::PlacedByHand {
            by: "住建局".into(),
            reason: "危房".into(),
        },
        BatchReason::NotAdmitted {
            rules: vec![RuleId::Year],
        },
        BatchReason::WeakWillingness,
        BatchReason::WillingnessUnknown,
        BatchReason::NoGap,
        BatchReason::DataIncomplete {
            rules: vec![RuleId::Locality],
            fields: vec![Field::Households],
        },
        BatchReason::OpenDuplicate,
        BatchReason::OtherYear { year: 2028 },
        missing(Some(Yuan(600_000)), &[Readiness::Funds]),
        missing(None, &[Readiness::Funds]),
        missing(None, &Readiness::ALL),
        BatchReason::SubsidyFails,
        BatchReason::LimitUnknown,
        BatchReason::OverLimit {
            needs: Yuan(20_000),
            left: Yuan(10_000),
        },
        BatchReason::AfterCut { cut: 3 },
    ];
    for reason in &reasons {
        let clauses = &Catalogue::shipped().rules.clauses;
        assert!(clauses.contains_key(reason.clause_key()), "{reason:?}");
    }
    for language in Language::ALL {
        let mut texts: Vec<_> = reasons
            .iter()
            .map(|reason| reason_text(language, reason, &items))
            .collect();
        texts.iter().for_each(|text| assert_reads_well(text));
        texts.sort();
        texts.dedup();
        assert_eq!(texts.len(), reasons.len(), "each says something else");
    }
    assert_eq!(
        reason_text(Language::Chinese, &reasons[9], &items),
        "尚缺资金（落实50万元，需60万元）"
    );
}

#[test]
fn a_placement_that_does_not_hold_says_why() {
    let problems = [
        PlacementProblem::NotRecognised {
            verdict: RecognitionVerdict::NotRecognised,
        },
        PlacementProblem::AdmissionIsNotPlaced,
        PlacementProblem::LimitUnknown,
        PlacementProblem::OverLimit {
            needs: Yuan(2),
            left: Yuan(1),
        },
    ];
    for language in Language::ALL {
        for why in problems {
            let wanted = crate::model::Batch::Implement;
            let text = placement_text(language, PlacementOutcome::NotHonoured { wanted, why });
            assert_reads_well(&text.unwrap());
        }
        assert_eq!(placement_text(language, PlacementOutcome::Honoured), None);
    }
}

#[test]
fn the_subsidy_names_utilities_and_items() {
    let catalogue = Catalogue::shipped();
    let pack = &catalogue.rules.subsidy;
    let judged = |codes: &[&str]| {
        let content: Vec<_> = codes
            .iter()
            .map(|code| PlanItem::new(item(code), WorkType::Renew))
            .collect();
        judge(&content, &catalogue.items, pack)
    };
    let text = |subsidy: &Subsidy| subsidy_text(Language::Chinese, subsidy, &catalogue.items, pack);
    assert_eq!(
        text(&judged(&["C05", "C12"])),
        "符合中央补助要求：更新水、路（C05 维修改造供水管线、C12 小区内道路修复和改造）"
    );
    let configured = judged(&["C05", "C07"]);
    assert_eq!(
        configured.outcome,
        SubsidyOutcome::Fail,
        "no utility was chosen"
    );
    assert_eq!(
        configured.not_counting,
        [(item("C07"), NotCounting::UtilitiesNotChosen)]
    );
    for language in Language::ALL {
        for codes in [&["C05", "C12"][..], &["C05", "C02"], &["C05"], &[]] {
            assert_reads_well(&subsidy_text(
                language,
                &judged(codes),
                &catalogue.items,
                pack,
            ));
        }
        for note in subsidy_notes(language, &configured, &catalogue.items) {
            assert_reads_well(&note);
        }
    }
}

#[test]
fn every_problem_of_a_plan_is_a_sentence() {
    let items = Catalogue::shipped().items;
    let item = item("B10");
    let problems = [
        ContentProblem::NotOnList { item },
        ContentProblem::Twice { item },
        ContentProblem::ConditionUnknown { item },
        ContentProblem::ConditionFails { item },
        ContentProblem::ConditionReasonMissing { item },
        ContentProblem::LinkReasonMissing { item },
        ContentProblem::UtilitiesNotChosen { item },
        ContentProblem::NoQuantity { item },
        ContentProblem::NoUnit { item },
        ContentProblem::NoCost { item },
    ];
    for language in Language::ALL {
        for problem in problems {
            assert_reads_well(&problem_text(language, problem, &items));
        }
        let show = ForShow {
            utility: Utility::Water,
            severity: Severity::Missing,
        };
        assert_reads_well(&for_show_text(language, show));
    }
}
