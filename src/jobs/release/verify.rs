//! Whether a release is what its manifest says, with no survey at hand: the files unchanged, the
//! totals the same in all of them, every number given once.

mod delta;
mod files;
mod libraries;
mod manifest;
mod reports;
mod tables;

use super::package::{Package, PackageError};
use super::previous;
use super::reading::{Library, Sheet};
use crate::formats::library::Manifest;
use std::path::Path;

/// What a look into a release gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub manifest: Manifest,
    /// Empty where everything is as released.
    pub problems: Vec<VerifyProblem>,
}

/// One way in which a release is not what it says. Sentences: `words::release`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyProblem {
    FileMissing {
        file: String,
    },
    /// Its size or checksum is another.
    FileChanged {
        file: String,
    },
    /// It is no part of the release.
    FileUnlisted {
        file: String,
    },
    /// A folder or a link.
    NotAFile {
        file: String,
    },
    /// The manifest lists a name that leads out of the package.
    NameOutside {
        file: String,
    },
    ListedTwice {
        file: String,
    },
    /// No JSON, no CSV, or without what the file must hold.
    Unreadable {
        file: String,
        place: String,
    },
    /// A total is another than where it comes from.
    FigureDiffers {
        file: String,
        figure: Figure,
        found: String,
        expected: String,
    },
    /// Rows in ≠ kept + merged + excluded + open, in a list or, without one, in their total.
    RowsDoNotAddUp {
        list: Option<String>,
    },
    /// The manifest does not say by which rules, or by which program.
    NotNamed {
        what: &'static str,
    },
    /// The coordinate system is not the one of the profile.
    WrongCrs {
        file: String,
        crs: String,
    },
    NumberMissing {
        file: String,
        estate: String,
    },
    /// Not county, year and sequence.
    NumberMalformed {
        file: String,
        estate: String,
        lib_no: String,
    },
    NumberTwice {
        file: String,
        estate: String,
        lib_no: String,
    },
    EstateTwice {
        file: String,
        estate: String,
    },
    /// `other` holds it, `file` does not.
    EstateMissing {
        file: String,
        estate: String,
        other: String,
    },
    /// A value is another in `other`.
    EstateDiffers {
        file: String,
        estate: String,
        field: String,
        other: String,
    },
    /// A row that says of an estate what `other` does not.
    RowContradicts {
        file: String,
        row: u64,
        estate: String,
        other: String,
    },
    /// A row of a list stands there twice.
    RowTwice {
        file: String,
        row: u64,
        list: String,
    },
    /// The delta starts from another release than the one given.
    OtherPrevious,
    /// A row that the two releases do not differ by.
    DeltaRowWrong {
        estate: String,
        field: String,
    },
    /// The releases differ, and no row says so.
    DeltaRowMissing {
        estate: String,
        field: String,
    },
    /// The release before gave the number to another estate.
    NumberReused {
        lib_no: String,
        now: String,
        before: String,
    },
}

/// A total that stands in more than one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Estates,
    Households,
    Buildings,
    FloorArea,
    NotSurveyed,
    Rows,
    Kept,
    Merged,
    Excluded,
    Open,
    SetAside,
    Blocking,
    Warnings,
    Searched,
    Added,
    Changed,
    Withdrawn,
    MergedInto,
    PartOf,
    Unchanged,
}

impl Figure {
    pub const ALL: [Figure; 20] = [
        Self::Estates,
        Self::Households,
        Self::Buildings,
        Self::FloorArea,
        Self::NotSurveyed,
        Self::Rows,
        Self::Kept,
        Self::Merged,
        Self::Excluded,
        Self::Open,
        Self::SetAside,
        Self::Blocking,
        Self::Warnings,
        Self::Searched,
        Self::Added,
        Self::Changed,
        Self::Withdrawn,
        Self::MergedInto,
        Self::PartOf,
        Self::Unchanged,
    ];

    /// The stable ASCII key.
    pub fn key(self) -> &'static str {
        match self {
            Self::Estates => "estates",
            Self::Households => "households",
            Self::Buildings => "buildings",
            Self::FloorArea => "floor_area",
            Self::NotSurveyed => "not_surveyed",
            Self::Rows => "rows",
            Self::Kept => "kept",
            Self::Merged => "merged",
            Self::Excluded => "excluded",
            Self::Open => "open",
            Self::SetAside => "set_aside",
            Self::Blocking => "blocking",
            Self::Warnings => "warnings",
            Self::Searched => "searched",
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Withdrawn => "withdrawn",
            Self::MergedInto => "merged_into",
            Self::PartOf => "part_of",
            Self::Unchanged => "unchanged",
        }
    }
}

/// Checks everything that a release says of itself, and, where `since` names the release before,
/// that it says what the two differ by.
///
/// # Errors
/// [`PackageError`] where there is no release to look into; what merely differs is a problem in the
/// answer.
pub fn verify(path: &Path, since: Option<&Path>) -> Result<Verified, PackageError> {
    let mut package = Package::open(path)?;
    let (manifest, manifest_sha256) = package.manifest()?;
    let previous = since.map(previous::read).transpose()?;
    let mut looked = Looked {
        manifest: &manifest,
        problems: Vec::new(),
        library: None,
        rows: None,
        excluded: None,
        duplicates: None,
        delta: None,
    };
    looked.manifest_itself();
    looked.files(&mut package);
    looked.tables();
    looked.delta_itself();
    if let Some(previous) = previous.filter(|p| p.manifest_sha256 != manifest_sha256) {
        looked.delta_since(&previous);
    }
    let problems = looked.problems;
    Ok(Verified { manifest, problems })
}

/// What was read so far.
struct Looked<'a> {
    manifest: &'a Manifest,
    problems: Vec<VerifyProblem>,
    /// Of the first profile, with the name of its file.
    library: Option<(String, Library)>,
    rows: Option<Sheet>,
    excluded: Option<Sheet>,
    duplicates: Option<Sheet>,
    delta: Option<Vec<super::delta::Line>>,
}

impl Looked<'_> {
    fn say(&mut self, problem: VerifyProblem) {
        self.problems.push(problem);
    }

    fn unreadable(&mut self, file: &str, place: String) {
        let file = file.to_owned();
        self.say(VerifyProblem::Unreadable { file, place });
    }

    fn compare(&mut self, file: &str, figure: Figure, found: u64, expected: u64) {
        if found != expected {
            self.say(VerifyProblem::FigureDiffers {
                file: file.to_owned(),
                figure,
                found: found.to_string(),
                expected: expected.to_string(),
            });
        }
    }
}
