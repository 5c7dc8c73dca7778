//! Survey files and records to use the window on.

use super::surveyor;
use jiugai::edit::Command;
use jiugai::model::{
    Boundary, Change, EditLabel, Estate, EstateId, ItemCode, Locality, Severity, Survey, Tenure,
    Willingness, WillingnessBasis, YearBasis,
};
use jiugai::session::Session;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A folder with spaces and Chinese in its name, as people have them.
pub fn folder() -> (TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let folder = temporary.path().join("旧改 survey");
    std::fs::create_dir(&folder).unwrap();
    (temporary, folder)
}

/// A survey file that holds these records.
pub fn survey_file(path: &Path, estates: impl IntoIterator<Item = Estate>) -> PathBuf {
    let mut session = Session::create(path, Default::default(), surveyor()).unwrap();
    let changes: Vec<Change> = estates
        .into_iter()
        .map(|estate| Change::Estate {
            id: estate.id,
            before: None,
            after: Some(Arc::new(estate)),
        })
        .collect();
    if !changes.is_empty() {
        let label = EditLabel::ChangeSettings;
        session.run(Command::Apply { label, changes }).unwrap();
    }
    session.close().unwrap();
    path.to_owned()
}

/// The survey as the disk holds it at this moment: what a machine that lost power finds.
pub fn after_power_loss(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap().join("after");
    std::fs::create_dir_all(&folder).unwrap();
    for suffix in ["", "-wal"] {
        let mut name = path.file_name().unwrap().to_owned();
        name.push(suffix);
        if path.with_file_name(&name).exists() {
            std::fs::copy(path.with_file_name(&name), folder.join(&name)).unwrap();
        }
    }
    folder.join(path.file_name().unwrap())
}

/// What the file holds, read by somebody else.
pub fn read(path: &Path) -> Survey {
    jiugai::store::read(path).unwrap().survey
}

pub fn id(number: u128) -> EstateId {
    EstateId(uuid::Uuid::from_u128(number))
}

/// A hundred-metre square in Nanchang, `east` and `north` in thousandths of a degree.
pub fn square(east: f64, north: f64) -> Arc<Boundary> {
    let west_south = geo::coord! { x: 115.9 + east * 0.001, y: 28.68 + north * 0.001 };
    let east_north = west_south + geo::coord! { x: 0.001, y: 0.001 };
    Arc::new(geo::Rect::new(west_south, east_north).to_polygon().into())
}

/// An estate that nothing is missing from and no check finds fault with.
pub fn complete_estate(number: u8, name: &str) -> Estate {
    Estate {
        name: name.to_owned(),
        boundary: Some(square(2.0 * f64::from(number), 0.0)),
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
        exclusions: Some(Default::default()),
        gaps: ["C04", "C05", "C06", "C12"]
            .map(|code| (ItemCode::parse(code).unwrap(), Severity::Failing))
            .into(),
        willingness: Some(Willingness::Strong),
        willingness_basis: Some(WillingnessBasis::DoorToDoor),
        sent: Some(200),
        returned: Some(150),
        agree: Some(140),
        oppose: Some(10),
        ..Estate::new(id(u128::from(number)))
    }
}
