//! 四(二) by clause: who may be implemented, in which order, and how far the money goes.

mod filling;
mod placement;

use super::*;
use crate::catalogue::{BatchLimits, Catalogue, Readiness};
use crate::model::{
    Batch, Budget, CentralMoney, Estate, EstateId, Exclusion, Field, FundingLine, FundingSource,
    FundingStatus, Locality, Milestone, MilestoneKind, PlanItem, Project, Severity, Willingness,
    WillingnessBasis, WorkType, Yuan,
};
use crate::rules::recognition::{RuleId, recognise};
use crate::rules::sample::{complete_estate, id, item};
use crate::rules::score::{Interval, parts};
use crate::rules::subsidy;

pub(super) const YEAR: i32 = 2027;

pub(super) fn pack() -> BatchLimits {
    Catalogue::shipped().rules.batches
}

fn line(source: FundingSource, wan: u64, status: FundingStatus) -> FundingLine {
    FundingLine {
        source,
        amount: Yuan(wan * 10_000),
        status,
        note: String::new(),
    }
}

/// A project that nothing is missing from: 100 万元, 60 of them local fiscal.
fn ready_project(estate: EstateId) -> Project {
    Project {
        content: vec![PlanItem {
            cost: Some(Yuan(1_000_000)),
            ..PlanItem::new(item("C05"), WorkType::Renew)
        }],
        funding: vec![
            line(FundingSource::LocalFiscal, 60, FundingStatus::Committed),
            line(FundingSource::Residents, 40, FundingStatus::Received),
        ],
        implementing_unit: "城投公司".into(),
        supervisor: "监理公司".into(),
        ..Project::new(estate)
    }
}

fn gathered(estate: &Estate, project: Option<&Project>, duplicates: Duplicates) -> Candidate {
    let catalogue = Catalogue::shipped();
    let recognised = recognise(estate, &catalogue.items, &catalogue.rules.recognition);
    let subsidy = project
        .filter(|project| !project.content.is_empty())
        .map(|it| subsidy::judge(&it.content, &catalogue.items, &catalogue.rules.subsidy));
    Candidate::of(
        estate,
        project,
        &recognised,
        duplicates,
        parts(estate, &catalogue.items, &catalogue.rules.score),
        subsidy.as_ref(),
        &catalogue,
    )
}

fn limited(wan: u64) -> Budget {
    Budget {
        budget: Some(Yuan(wan * 10_000)),
        ..Budget::default()
    }
}

/// What becomes of one estate with this record and this project, with money enough.
fn placed(estate: impl Fn(&mut Estate), project: impl Fn(&mut Project)) -> (Batch, BatchReason) {
    let mut record = complete_estate(1);
    estate(&mut record);
    let mut plan = ready_project(record.id);
    project(&mut plan);
    let candidate = gathered(&record, Some(&plan), Duplicates::None);
    let plan = fill(&[candidate], YEAR, &limited(1000), &pack());
    (plan.placed[0].batch, plan.placed[0].reason.clone())
}

fn by_record(change: impl Fn(&mut Estate)) -> (Batch, BatchReason) {
    placed(change, |_| {})
}

fn by_project(change: impl Fn(&mut Project)) -> (Batch, BatchReason) {
    placed(|_| {}, change)
}

#[test]
fn a_recognised_estate_with_everything_ready_is_implemented() {
    let (batch, reason) = by_record(|_| {});
    assert_eq!(batch, Batch::Implement);
    assert_eq!(
        reason,
        BatchReason::Fits {
            left: Yuan(9_400_000)
        }
    );
}

#[test]
fn what_is_no_old_estate_is_not_admitted() {
    type Case = (fn(&mut Estate), RuleId);
    let cases: [Case; 5] = [
        (
            |e| e.exclusions = Some([Exclusion::ShantyPlan].into()),
            RuleId::Excluded(Exclusion::ShantyPlan),
        ),
        (|e| e.locality = Some(Locality::Other), RuleId::Locality),
        (|e| e.build_year = Some(2001), RuleId::Year),
        (|e| e.residential = Some(false), RuleId::Residential),
        // Whatever else is open or weak.
        (
            |e| {
                e.exclusions = Some([Exclusion::UrbanVillage].into());
                e.willingness = None;
                counts(e, None);
                e.households = None;
            },
            RuleId::Excluded(Exclusion::UrbanVillage),
        ),
    ];
    for (change, rule) in cases {
        let expected = BatchReason::NotAdmitted { rules: vec![rule] };
        assert_eq!(by_record(change), (Batch::NotAdmitted, expected));
    }
}

fn counts(estate: &mut Estate, counts: Option<[u32; 3]>) {
    estate.sent = counts.map(|counts| counts[0]);
    estate.returned = counts.map(|counts| counts[1]);
    estate.agree = counts.map(|counts| counts[2]);
    estate.oppose = None;
}

#[test]
fn weak_or_unknown_willingness_and_incomplete_data_wait_in_reserve() {
    let incomplete = |rules: &[RuleId], fields: &[Field]| BatchReason::DataIncomplete {
        rules: rules.to_vec(),
        fields: fields.to_vec(),
    };
    type Case<'a> = (&'static str, &'a dyn Fn(&mut Estate), BatchReason);
    let cases: [Case; 8] = [
        (
            "R4 fails by counts",
            &|e| counts(e, Some([200, 150, 80])),
            BatchReason::WeakWillingness,
        ),
        (
            "R4 fails by level",
            &|e| {
                counts(e, None);
                e.willingness = Some(Willingness::Fair);
            },
            BatchReason::WeakWillingness,
        ),
        (
            "fewer than 2/3 returned",
            &|e| counts(e, Some([300, 199, 199])),
            BatchReason::WillingnessUnknown,
        ),
        (
            "nobody asked",
            &|e| {
                counts(e, None);
                (e.willingness, e.willingness_basis) = (None, None);
            },
            BatchReason::WillingnessUnknown,
        ),
        (
            "R3 fails: no gap, everything surveyed",
            &|e| {
                let items = Catalogue::shipped().items;
                let inside = items.iter().filter(|item| !item.linked_outside);
                e.gaps = inside.map(|it| (it.code, Severity::Intact)).collect();
            },
            BatchReason::NoGap,
        ),
        (
            "locality unknown",
            &|e| e.locality = None,
            incomplete(&[RuleId::Locality], &[Field::Locality]),
        ),
        (
            "a must-have is empty",
            &|e| e.households = None,
            incomplete(&[], &[Field::Households]),
        ),
        (
            "no boundary",
            &|e| e.boundary = None,
            incomplete(&[], &[Field::Boundary]),
        ),
    ];
    for (case, change, reason) in cases {
        assert_eq!(by_record(change), (Batch::Reserve, reason), "{case}");
    }
    // Exactly 2/3 returned is enough.
    assert_eq!(
        by_record(|e| counts(e, Some([300, 200, 160]))).0,
        Batch::Implement
    );
    // The year itself, with a warning, and the years around it.
    assert_eq!(by_record(|e| e.build_year = Some(1999)).0, Batch::Implement);
    assert_eq!(by_record(|e| e.build_year = Some(2000)).0, Batch::Implement);
    assert_eq!(
        by_record(|e| e.build_year = Some(2001)).0,
        Batch::NotAdmitted
    );
}

#[test]
fn what_is_missing_keeps_a_recognised_estate_planned() {
    let (cost, funds) = (Some(Yuan(1_000_000)), Yuan(1_000_000));
    let missing = |what: &[Readiness], cost, funds| {
        let what = what.to_vec();
        (Batch::Planned, BatchReason::Missing { what, cost, funds })
    };
    assert_eq!(
        by_project(|p| p.implementing_unit = " ".into()),
        missing(&[Readiness::Unit], cost, funds)
    );
    assert_eq!(
        by_project(|p| p.supervisor.clear()),
        missing(&[Readiness::Supervisor], cost, funds)
    );
    assert_eq!(
        by_project(|p| p.content.clear()),
        missing(&[Readiness::Plan, Readiness::Funds], None, funds)
    );
    assert_eq!(
        by_project(|p| p.content[0].cost = None),
        missing(&[Readiness::Funds], None, funds)
    );
    // To the last yuan.
    let short = |p: &mut Project| p.content[0].cost = Some(Yuan(1_000_001));
    assert_eq!(
        by_project(short),
        missing(&[Readiness::Funds], Some(Yuan(1_000_001)), funds)
    );
    // «落实»: intended money is not there.
    let intended = |p: &mut Project| p.funding[1].status = FundingStatus::Intended;
    assert_eq!(
        by_project(intended),
        missing(&[Readiness::Funds], cost, Yuan(600_000))
    );
    // A strong level that rests on an estimate is no evidence; one from door to door is.
    let level = |basis| {
        by_record(move |estate| {
            counts(estate, None);
            estate.willingness_basis = Some(basis);
        })
    };
    assert_eq!(
        level(WillingnessBasis::Estimate),
        missing(&[Readiness::WillingnessEvidence], cost, funds)
    );
    assert_eq!(level(WillingnessBasis::DoorToDoor).0, Batch::Implement);
    // An estate without a project has nothing.
    let candidate = gathered(&complete_estate(1), None, Duplicates::None);
    let plan = fill(&[candidate], YEAR, &limited(1000), &pack());
    assert_eq!(plan.placed[0].batch, Batch::Planned);
}

#[test]
fn a_county_chooses_what_must_be_there_and_how_sure_the_money_is() {
    let mut record = complete_estate(1);
    record.willingness_basis = Some(WillingnessBasis::Meeting);
    let mut project = ready_project(record.id);
    project.supervisor.clear();
    let batch = |project: &Project, pack: &BatchLimits| {
        let candidate = gathered(&record, Some(project), Duplicates::None);
        fill(&[candidate], YEAR, &limited(1000), pack).placed[0].batch
    };
    let mut own = pack();
    own.implement_needs.remove(&Readiness::Supervisor);
    assert_eq!(batch(&project, &own), Batch::Implement);
    own.implement_needs
        .extend([Readiness::Approval, Readiness::Agreement]);
    assert_eq!(batch(&project, &own), Batch::Planned);
    project.agreed_on = Some(jiff::civil::date(2027, 1, 5));
    assert_eq!(batch(&project, &own), Batch::Planned);
    let approved = Milestone {
        actual: Some(jiff::civil::date(2027, 2, 5)),
        ..Milestone::default()
    };
    project.milestones.insert(MilestoneKind::Approval, approved);
    assert_eq!(batch(&project, &own), Batch::Implement);
}

#[test]
fn central_money_needs_the_subsidy_rule() {
    let ask = |p: &mut Project| p.content[0].central_money = CentralMoney::AppliedFor;
    let expected = (Batch::Planned, BatchReason::SubsidyFails);
    assert_eq!(by_project(ask), expected, "one utility");
    let line_alone = |p: &mut Project| p.funding[1].source = FundingSource::CentralSubsidy;
    assert_eq!(by_project(line_alone), expected, "a funding line asks too");
    let with = |code: &'static str| {
        by_project(move |project| {
            ask(project);
            project.content.push(PlanItem {
                cost: Some(Yuan::ZERO),
                ..PlanItem::new(item(code), WorkType::Renew)
            });
        })
        .0
    };
    assert_eq!(with("C12"), Batch::Implement, "exactly two utilities");
    // C10 is no utility; the text's other road is a warning where it hangs on a configured item.
    assert_eq!(with("C10"), Batch::Planned);
    assert_eq!(by_project(|_| {}).0, Batch::Implement, "nobody asks");
}

#[test]
fn an_open_duplicate_or_another_year_waits() {
    let record = complete_estate(1);
    let mut project = ready_project(record.id);
    let reason = |project: &Project, duplicates| {
        let candidate = gathered(&record, Some(project), duplicates);
        let placed = fill(&[candidate], YEAR, &limited(1000), &pack()).placed;
        (placed[0].batch, placed[0].reason.clone())
    };
    assert_eq!(
        reason(&project, Duplicates::Open),
        (Batch::Planned, BatchReason::OpenDuplicate)
    );
    project.year = Some(YEAR + 1);
    assert_eq!(
        reason(&project, Duplicates::None),
        (Batch::Planned, BatchReason::OtherYear { year: YEAR + 1 })
    );
    project.year = Some(YEAR);
    assert_eq!(reason(&project, Duplicates::None).0, Batch::Implement);
}

/// A ready candidate of this score that costs the county so much.
pub(super) fn ready(number: u32, score: f64, local: u64) -> Candidate {
    let record = complete_estate(number);
    let project = ready_project(record.id);
    Candidate {
        score: Interval::exactly(score),
        local_fiscal: Yuan(local),
        ..gathered(&record, Some(&project), Duplicates::None)
    }
}

fn in_yuan(budget: Option<u64>, capacity: Option<u64>) -> Budget {
    Budget {
        budget: budget.map(Yuan),
        capacity: capacity.map(Yuan),
        ..Budget::default()
    }
}

fn implemented(plan: &Plan) -> Vec<EstateId> {
    let placed = plan.of_batch(Batch::Implement);
    placed.map(|placed| placed.estate).collect()
}
