//! The files of a released project library (项目库), as the province receives them (DOMAIN §9):
//! GeoJSON in two named profiles, CSV tables, and the manifest that binds them together.
//!
//! What goes into them is decided in `jobs::release`; here is only how it is written. Equal input
//! gives equal bytes.

mod manifest;
mod properties;
mod tables;

pub use manifest::{
    CheckCounts, Counts, DeltaCounts, DeltaEntry, DivisionCodes, FORMAT, FORMAT_VERSION, FileEntry,
    ListEntry, Manifest, NotSurveyed, PreviousRelease, ProfileEntry, Program, RulePackName,
    Tallies,
};
pub use properties::{LibraryEstate, PropertySchema};
pub use tables::Table;
pub(in crate::formats) use tables::csv_of;

/// The name of the manifest in a release folder.
pub const MANIFEST_FILE: &str = "manifest.json";

/// How a GeoJSON file names its coordinate system. The degrees are the same in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Profile {
    /// With the `crs` member that Chinese users of CGCS2000 expect; longitude first all the same.
    Cgcs2000,
    /// RFC 7946: no `crs`, outer rings counter-clockwise, a `bbox`.
    Rfc7946,
}

impl Profile {
    pub const ALL: [Profile; 2] = [Self::Cgcs2000, Self::Rfc7946];

    /// The stable ASCII key, as the command line and manifests carry it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Cgcs2000 => "cgcs2000",
            Self::Rfc7946 => "rfc7946",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|profile| profile.key() == key)
    }

    pub fn file_name(self) -> String {
        format!("library.{}.geojson", self.key())
    }

    /// The coordinate system as an OGC URN.
    pub fn crs(self) -> &'static str {
        match self {
            Self::Cgcs2000 => "urn:ogc:def:crs:EPSG::4490",
            Self::Rfc7946 => "urn:ogc:def:crs:OGC::CRS84",
        }
    }
}
