//! Records for tests: one estate with everything surveyed and one project with everything done,
//! from which a case takes away.

use crate::model::{
    Batch, Boundary, Budget, BudgetKey, Coded, Crs, Datum, Estate, EstateId, Evaluation,
    FundingLine, FundingSource, FundingStatus, ImportList, ItemCode, ListId, ListKind, ListRole,
    Locality, Management, ManagementBody, ManagementMode, Milestone, MilestoneKind, Origin,
    PlanItem, Project, RejectedRow, RowProblem, RowProblemKind, Severity, Signer, Snapshot,
    SnapshotContent, SnapshotId, Tenure, Willingness, WillingnessBasis, WorkType, YearBasis,
    YearPlan, YearPlanEntry, Yuan,
};
use geo::{MultiPolygon, Rect, coord};
use jiff::civil::date;
use std::collections::BTreeSet;
use std::sync::Arc;

pub fn id(number: u32) -> EstateId {
    EstateId::of_row(list_id(0), number)
}

pub fn list_id(number: u8) -> ListId {
    ListId::of_file(&[number; 32], "register")
}

pub fn item(code: &str) -> ItemCode {
    ItemCode::parse(code).unwrap()
}

/// A hundred-metre square in Nanchang, a place of its own for each `number`.
pub fn square(number: u32) -> Arc<Boundary> {
    let (x, y) = (f64::from(number % 100), f64::from(number / 100));
    let west_south = coord! { x: 115.85 + x * 0.002, y: 28.65 + y * 0.002 };
    let east_north = west_south + coord! { x: 0.001, y: 0.001 };
    Arc::new(MultiPolygon(vec![
        Rect::new(west_south, east_north).to_polygon(),
    ]))
}

/// A record that 三(一) recognises and no check finds fault with.
pub fn complete_estate(number: u32) -> Estate {
    Estate {
        name: format!("洪都新村{number}期"),
        boundary: Some(square(number)),
        county_code: "360102".into(),
        street_code: "360102002".into(),
        community_codes: ["360102002001".to_owned()].into(),
        locality: Some(Locality::City),
        address: format!("洪都北大道{number}号"),
        build_year: Some(1987),
        year_basis: Some(YearBasis::PropertyRegister),
        households: Some(200),
        floor_area_m2: Some(14_000.0),
        buildings: Some(8),
        tenure: [Tenure::Reformed].into(),
        residential: Some(true),
        exclusions: Some(BTreeSet::new()),
        gaps: ["C04", "C05", "C06", "C12"]
            .map(|code| (item(code), Severity::Failing))
            .into(),
        willingness: Some(Willingness::Strong),
        willingness_basis: Some(WillingnessBasis::DoorToDoor),
        sent: Some(200),
        returned: Some(150),
        agree: Some(140),
        oppose: Some(10),
        ..Estate::new(id(number))
    }
}

pub fn origin(list: u8, row: u32) -> Option<Origin> {
    Some(Origin {
        list: list_id(list),
        row,
        source: "房管局".into(),
        source_id: format!("{list}-{row}"),
    })
}

pub fn list(number: u8, rows_read: u32, rejected: Vec<RejectedRow>) -> ImportList {
    ImportList {
        id: list_id(number),
        file_name: format!("名册 {number}.csv"),
        sha256: "00".repeat(32),
        role: ListRole::Register,
        kind: ListKind::Other,
        crs: Crs::Degrees(Datum::Cgcs2000),
        imported_at: jiff::Timestamp::UNIX_EPOCH,
        rows_read,
        mapping: Vec::new(),
        rejected,
    }
}

pub fn rejected(row: u32, set_aside: Option<&str>) -> RejectedRow {
    RejectedRow {
        problem: RowProblem {
            row,
            column: None,
            kind: RowProblemKind::Unreadable,
            value: String::new(),
        },
        text: "?,?".into(),
        set_aside: set_aside.map(str::to_owned),
    }
}

/// A project of the complete estate of this number that is done, in time, and that no check finds
/// fault with: water and gas renewed for 100 yuan, half of it the county's and half the
/// residents'.
pub fn complete_project(number: u32) -> Project {
    let mut project = Project::new(id(number));
    project.year = Some(2026);
    project.content = ["C05", "C06"]
        .map(|code| PlanItem {
            cost: Some(Yuan(50)),
            ..PlanItem::new(item(code), WorkType::Renew)
        })
        .into();
    project.agreed_on = Some(date(2026, 1, 10));
    project.funding = [FundingSource::LocalFiscal, FundingSource::Residents]
        .map(|source| FundingLine {
            source,
            amount: Yuan(50),
            status: FundingStatus::Received,
            note: String::new(),
        })
        .into();
    project.implementing_unit = "城投公司".into();
    project.supervisor = "监理公司".into();
    let days = [(2, 1), (5, 1), (10, 20), (11, 1)];
    project.milestones = MilestoneKind::ALL
        .iter()
        .zip(days)
        .map(|(kind, (month, day))| {
            let milestone = Milestone {
                actual: Some(date(2026, month, day)),
                ..Milestone::default()
            };
            (*kind, milestone)
        })
        .collect();
    let signers = Signer::ALL.iter();
    project.signatures = signers.map(|one| (*one, date(2026, 11, 1))).collect();
    project.evaluation = Some(Evaluation {
        on: Some(date(2026, 11, 20)),
        answered: Some(100),
        satisfied: Some(90),
        note: String::new(),
    });
    project.management = Some(Management {
        body: Some(ManagementBody::OwnersCommittee),
        mode: Some(ManagementMode::SelfManagement),
        ..Management::default()
    });
    project
}

/// A county's year that can bear everything in these samples.
pub fn ample_budget(county_code: &str, year: i32) -> (BudgetKey, Budget) {
    let key = BudgetKey {
        county_code: county_code.into(),
        year,
    };
    let budget = Budget {
        capacity: Some(Yuan(1_000_000)),
        ..Budget::default()
    };
    (key, budget)
}

/// A yearly plan given out that lists these for implementation.
pub fn given_out(county_code: &str, year: i32, estates: &[EstateId]) -> Snapshot {
    let entries = estates.iter().map(|estate| YearPlanEntry {
        estate: *estate,
        name: String::new(),
        lib_no: None,
        batch: Batch::Implement,
        reason: "ready".into(),
        low: 50.0,
        high: 50.0,
        households: None,
        buildings: None,
        floor_area_m2: None,
        cost: None,
        local_fiscal: Yuan::ZERO,
    });
    let number = format!("{county_code}-{year}-01");
    Snapshot {
        id: SnapshotId(uuid::Uuid::from_u128(year.unsigned_abs().into())),
        title: number.clone(),
        taken_at: jiff::Timestamp::UNIX_EPOCH,
        taken_by: "王工".into(),
        pack: crate::catalogue::Catalogue::shipped().rules.stamp(),
        content: SnapshotContent::YearPlan(YearPlan {
            number,
            county_code: county_code.into(),
            year,
            budget: None,
            capacity: None,
            weights: Default::default(),
            entries: entries.collect(),
        }),
    }
}
