//! Records for tests: one estate with everything surveyed, from which a case takes away.

use crate::model::{
    Boundary, Crs, Datum, Estate, EstateId, ImportList, ItemCode, ListId, ListKind, ListRole,
    Locality, Origin, RejectedRow, RowProblem, RowProblemKind, Severity, Tenure, Willingness,
    WillingnessBasis, YearBasis,
};
use geo::{MultiPolygon, Rect, coord};
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
