//! `manifest.json`: what a release holds, by which rules it was made, and a checksum of each file.
//! No clock: two releases of one survey state are the same.

use crate::rules::fate::RowCount;
use serde::{Deserialize, Serialize};

/// What `format` says in a manifest of ours.
pub const FORMAT: &str = "jiugai-library";
/// 2: names the table of division codes, and what changed since the release before. Releases of
/// format 1 are read as well.
pub const FORMAT_VERSION: u32 = 2;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    pub format: String,
    pub format_version: u32,
    /// A draft has no library numbers of its own and may hold findings that block.
    pub draft: bool,
    pub program: Program,
    /// The survey's last edit before this release.
    pub as_of: jiff::Timestamp,
    pub year: i16,
    /// 6 digits; empty where the survey names no county.
    pub county_code: String,
    pub rule_pack: RulePackName,
    /// The table that division codes were checked against; releases of format 1 do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub division_codes: Option<DivisionCodes>,
    /// What the stored degrees are.
    pub crs: String,
    pub profiles: Vec<ProfileEntry>,
    pub counts: Counts,
    /// «不漏» means no more than this: every row of these lists has a fate.
    pub reconciled_against: Vec<ListEntry>,
    pub tally: Tallies,
    pub checks: CheckCounts,
    /// Against the release before; `None` for a first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delta: Option<DeltaEntry>,
    pub files: Vec<FileEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    pub name: String,
    pub version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionCodes {
    pub name: String,
    pub version: String,
}

/// What `delta.csv` tells, in figures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeltaEntry {
    pub previous: PreviousRelease,
    pub counts: DeltaCounts,
}

/// The release that a delta starts from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousRelease {
    pub manifest_sha256: String,
    pub as_of: jiff::Timestamp,
    pub estates: u64,
}

/// Estates, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeltaCounts {
    pub added: u64,
    pub changed: u64,
    pub withdrawn: u64,
    pub merged: u64,
    pub part_of: u64,
    pub unchanged: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulePackName {
    pub id: String,
    pub version: String,
    pub title: String,
    pub authority: String,
    pub document: String,
    pub effective_from: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileEntry {
    pub profile: String,
    pub file: String,
    pub crs: String,
}

/// Sums over the estates of the library.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Counts {
    pub estates: u64,
    pub households: u64,
    pub buildings: u64,
    pub floor_area_m2: f64,
    /// Estates that a sum lacks; none in a final release.
    pub not_surveyed: NotSurveyed,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotSurveyed {
    pub households: u64,
    pub buildings: u64,
    pub floor_area_m2: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListEntry {
    pub file_name: String,
    pub sha256: String,
    pub role: String,
    /// Whose list it is; older releases do not say.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub imported_at: Option<jiff::Timestamp>,
    pub datum: String,
    pub rows: RowCount,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tallies {
    /// The rows of every list.
    pub total: RowCount,
    /// Records drawn here, which came in no list.
    pub drawn_here: RowCount,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckCounts {
    pub blocking: u64,
    pub warnings: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    pub name: String,
    pub bytes: u64,
    /// Lower-case hexadecimal.
    pub sha256: String,
}

impl Counts {
    /// Adds one estate's figures; what was not surveyed is counted as such, never as zero.
    pub fn add(&mut self, households: Option<u64>, buildings: Option<u64>, area_m2: Option<f64>) {
        self.estates += 1;
        self.households += households.unwrap_or(0);
        self.buildings += buildings.unwrap_or(0);
        self.floor_area_m2 += area_m2.unwrap_or(0.0);
        self.not_surveyed.households += u64::from(households.is_none());
        self.not_surveyed.buildings += u64::from(buildings.is_none());
        self.not_surveyed.floor_area_m2 += u64::from(area_m2.is_none());
    }
}
