//! 入库: the checks, the library numbers, and the release: a folder of files, or a zip of them.
//!
//! Two steps, so that a number that stands in a published file is always in the survey too:
//! [`prepare`] writes everything into a hidden folder beside the target and says what changes; the
//! caller commits the changes; [`Staged::publish`] puts the folder in place. A [`Staged`] that is
//! dropped (a stale commit, a cancelled job) leaves nothing behind.

mod archive;
mod checks_file;
mod coverage_file;
mod delta;
mod folder;
mod library;
mod numbers;
mod package;
mod previous;
mod reading;
mod since;
mod tables;
mod verify;

pub use crate::formats::library::{Manifest, Profile};
pub use archive::is_zip;
pub use library::source as source_of;
pub(in crate::jobs) use library::{absorbed, checks_by_estate, order_in_library, place};
pub use package::PackageError;
pub use verify::{Figure, Verified, VerifyProblem, verify};

use crate::catalogue::{Catalogue, DIVISIONS_NAME, DIVISIONS_VERSION};
use crate::formats::CollectionWriter;
use crate::formats::exchange::Shape;
use crate::formats::library::{
    CheckCounts, DivisionCodes, FORMAT, FORMAT_VERSION, FileEntry, LibraryEstate, ListEntry,
    MANIFEST_FILE, ProfileEntry, Program, PropertySchema, RulePackName, Tallies,
};
use crate::jobs::gaps::GapSummary;
use crate::jobs::ledger::{self, LedgerInput, Purpose};
use crate::model::{Change, Coded, EditLabel, EstateId, ImportList, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::batches::Placed;
use crate::rules::checks::{Finding, Gravity};
use crate::rules::fate::{Judgements, Tally, judge, tally};
use folder::Staging;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// 台账, as Excel opens it.
const LEDGER_FILE: &str = "ledger.xlsx";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReleaseMode {
    /// Gives numbers; refused while a check blocks.
    Final,
    /// Gives none, and holds whatever is ready; its manifest says that it is a draft.
    Draft,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReleaseSettings {
    /// The folder to write, or the zip where its name ends so. An earlier release is replaced as a
    /// whole.
    pub out: PathBuf,
    /// The release to say the changes against; without it, the one that is replaced.
    pub since: Option<PathBuf>,
    pub profiles: Vec<Profile>,
    pub mode: ReleaseMode,
    /// The year in the new library numbers.
    pub year: i16,
    /// What a search for gaps came to, where somebody made one: it depends on a layer that no
    /// survey holds.
    pub gaps: Option<GapSummary>,
}

/// A release that is written but not in place yet.
#[derive(Debug)]
pub struct Staged {
    /// The numbers given, to commit before publishing; none where every estate had its own.
    pub changes: Vec<Change>,
    pub manifest: Manifest,
    /// What travels with it; in a draft also what would block.
    pub findings: Vec<Finding>,
    folder: Staging,
}

/// A release in place.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    /// The folder or zip.
    pub package: PathBuf,
    pub manifest: Manifest,
}

/// Why there is no release. Nothing was changed. Sentences: `words::release`.
#[derive(Debug, thiserror::Error)]
pub enum ReleaseError {
    /// These findings block it.
    #[error("{} findings block the release", .0.len())]
    Blocked(Vec<Finding>),
    #[error("no estate is ready for the library")]
    NothingToRelease,
    #[error("no profile was chosen")]
    NoProfile,
    /// All 99,999 numbers of this county and year are given.
    #[error("no library number is left in {prefix}")]
    NumbersExhausted { prefix: String },
    /// The target holds something that is no release of ours.
    #[error("{folder} holds {file}, which is no part of a release")]
    ForeignFolder { folder: PathBuf, file: String },
    #[error("{path} is no folder")]
    NotAFolder { path: PathBuf },
    /// The target ends in `.zip` and is no release of ours.
    #[error("{path} is no zip of a release")]
    ForeignZip { path: PathBuf },
    /// The release to compare with is a draft, which gave no numbers.
    #[error("{path} is a draft")]
    SinceDraft { path: PathBuf },
    /// The release before gave this number to another estate.
    #[error("{lib_no} of {now} was given to {before} in {previous}")]
    NumberReused {
        lib_no: String,
        now: String,
        before: String,
        previous: PathBuf,
    },
    /// The release before cannot be read.
    #[error(transparent)]
    Previous(#[from] PackageError),
    #[error("{path}: {source}")]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Gives numbers to the estates that are ready and writes every file of the release into a hidden
/// folder beside `settings.out`.
///
/// `findings` are what the checks say of this very survey. `as_of` is the time of its last edit
/// that was not itself a release: the same survey gives the same bytes, and to be released does not
/// change a survey.
///
/// # Errors
/// [`ReleaseError`]; the survey and the target folder are as they were.
pub fn prepare(
    survey: &Survey,
    catalogue: &Catalogue,
    findings: Vec<Finding>,
    settings: &ReleaseSettings,
    as_of: jiff::Timestamp,
    progress: &Progress,
) -> Result<Staged, ReleaseError> {
    if settings.profiles.is_empty() {
        return Err(ReleaseError::NoProfile);
    }
    let mut folder = Staging::begin(&settings.out)?;
    let previous = previous::find(settings)?;
    let judgements = judge(survey, catalogue);
    let changes = match settings.mode {
        ReleaseMode::Draft => Vec::new(),
        ReleaseMode::Final => {
            refuse_blocked(&findings)?;
            let given = previous.iter().flat_map(|previous| previous.given.keys());
            let given = given.map(String::as_str);
            numbers::assign(survey, &judgements, settings.year, given)?
        }
    };
    let mut numbered = survey.clone();
    numbered.apply(&changes);
    if let Some(previous) = &previous {
        previous.refuse_reused(&numbered)?;
    }
    let placed = library::place(&numbered, catalogue, &findings, settings.year, progress)?;
    let library = library::collect(&numbered, &judgements, &findings, &placed);
    if library.is_empty() && settings.mode == ReleaseMode::Final {
        return Err(ReleaseError::NothingToRelease);
    }
    let content = Content {
        survey: &numbered,
        catalogue,
        judgements: &judgements,
        findings: &findings,
        library: &library,
        placed: &placed,
        profiles: settings.profiles.iter().copied().collect(),
    };
    content.write_library(&mut folder, progress)?;
    content.write_tables(&mut folder)?;
    folder.write(coverage_file::NAME, |out| {
        coverage_file::write(out, &numbered, &judgements, settings.gaps.as_ref())
    })?;
    let mut manifest = content.manifest(settings, as_of, folder.files());
    if let Some(previous) = &previous {
        content.write_delta(&mut folder, previous, &mut manifest)?;
    }
    folder.write(MANIFEST_FILE, |out| {
        serde_json::to_writer_pretty(&mut *out, &manifest).map_err(std::io::Error::from)?;
        Ok(out.write_all(b"\n")?)
    })?;
    folder.seal()?;
    Ok(Staged {
        changes,
        manifest,
        findings,
        folder,
    })
}

fn refuse_blocked(findings: &[Finding]) -> Result<(), ReleaseError> {
    let blocks = |finding: &&Finding| finding.gravity == Gravity::Blocks;
    let blocking: Vec<Finding> = findings.iter().filter(blocks).cloned().collect();
    match blocking.is_empty() {
        true => Ok(()),
        false => Err(ReleaseError::Blocked(blocking)),
    }
}

/// Everything that a release is written from.
struct Content<'a> {
    survey: &'a Survey,
    catalogue: &'a Catalogue,
    judgements: &'a Judgements,
    findings: &'a [Finding],
    library: &'a [LibraryEstate<'a>],
    placed: &'a BTreeMap<EstateId, Placed>,
    profiles: BTreeSet<Profile>,
}

impl Content<'_> {
    fn write_library(&self, folder: &mut Staging, progress: &Progress) -> Result<(), ReleaseError> {
        let schema = PropertySchema::new(self.catalogue, self.library);
        progress.begin((self.library.len() * self.profiles.len()) as u64);
        let mut done = 0;
        for profile in &self.profiles {
            folder.write(&profile.file_name(), |out| {
                let mut writer = CollectionWriter::begin(out, *profile, "library")?;
                for entry in self.library {
                    done += 1;
                    progress.reach(done)?;
                    let id = entry.estate.id.to_string();
                    let boundary = entry.estate.boundary.as_deref();
                    let shape = boundary.map_or(Shape::None, Shape::Outline);
                    let properties = schema.properties(entry);
                    writer.feature(&id, shape, |line| {
                        Ok(serde_json::to_writer(line, &properties)?)
                    })?;
                }
                writer.end()?;
                Ok(())
            })?;
        }
        Ok(())
    }

    /// Each file here is in the manifest with its checksum, so that `verify` watches it too.
    fn write_tables(&self, folder: &mut Staging) -> Result<(), ReleaseError> {
        let (survey, judgements) = (self.survey, self.judgements);
        folder.write("excluded.csv", |out| {
            tables::excluded(out, survey, judgements, &self.catalogue.rules)
        })?;
        folder.write("duplicates.csv", |out| {
            tables::duplicates(out, survey, judgements)
        })?;
        folder.write("rows.csv", |out| tables::rows(out, survey, judgements))?;
        folder.write("checks.json", |out| {
            checks_file::write(out, self.findings, survey)
        })?;
        folder.write(LEDGER_FILE, |out| {
            let input = LedgerInput {
                survey,
                catalogue: self.catalogue,
                judgements,
                findings: self.findings,
                placed: self.placed,
            };
            let ledger = ledger::write(&input, Purpose::Release).map_err(std::io::Error::other)?;
            Ok(out.write_all(&ledger.bytes)?)
        })
    }

    fn manifest(
        &self,
        settings: &ReleaseSettings,
        as_of: jiff::Timestamp,
        files: &[FileEntry],
    ) -> Manifest {
        let tally = tally(self.survey, self.judgements);
        let rules = &self.catalogue.rules;
        Manifest {
            format: FORMAT.to_owned(),
            format_version: FORMAT_VERSION,
            draft: settings.mode == ReleaseMode::Draft,
            program: Program {
                name: env!("CARGO_PKG_NAME").to_owned(),
                version: env!("CARGO_PKG_VERSION").to_owned(),
            },
            as_of,
            year: settings.year,
            county_code: self.survey.settings().county_code.clone(),
            rule_pack: RulePackName {
                id: rules.id.clone(),
                version: rules.version.clone(),
                title: rules.title.clone(),
                authority: rules.authority.clone(),
                document: rules.document.clone(),
                effective_from: rules.effective_from.clone(),
            },
            division_codes: Some(DivisionCodes {
                name: DIVISIONS_NAME.to_owned(),
                version: DIVISIONS_VERSION.to_owned(),
            }),
            crs: Profile::Cgcs2000.crs().to_owned(),
            profiles: self.profiles.iter().copied().map(profile_entry).collect(),
            counts: library::counts(self.library),
            reconciled_against: list_entries(self.survey, &tally),
            tally: Tallies {
                total: tally.total,
                drawn_here: tally.drawn_here,
            },
            checks: check_counts(self.findings),
            delta: None,
            files: files.to_vec(),
        }
    }
}

impl Staged {
    /// The edit that gives the numbers; there is none to make where `changes` is empty.
    pub fn label(&self) -> EditLabel {
        let numbered = |change: &&Change| matches!(change, Change::Estate { .. });
        EditLabel::Release {
            estates: self.changes.iter().filter(numbered).count() as u32,
        }
    }

    /// Puts the release in place of the target. The earlier release stays until then.
    ///
    /// # Errors
    /// The target became something else meanwhile, or the file system refuses.
    pub fn publish(self) -> Result<Release, ReleaseError> {
        let package = self.folder.publish()?;
        Ok(Release {
            package,
            manifest: self.manifest,
        })
    }

    /// Where the files lie until they are published.
    pub fn staging_folder(&self) -> &Path {
        self.folder.path()
    }
}

fn profile_entry(profile: Profile) -> ProfileEntry {
    ProfileEntry {
        profile: profile.key().to_owned(),
        file: profile.file_name(),
        crs: profile.crs().to_owned(),
    }
}

fn list_entries(survey: &Survey, tally: &Tally) -> Vec<ListEntry> {
    let entry = |list: &Arc<ImportList>| ListEntry {
        file_name: list.file_name.clone(),
        sha256: list.sha256.clone(),
        role: list.role.key().to_owned(),
        kind: list.kind.key().to_owned(),
        imported_at: Some(list.imported_at),
        datum: list.crs.key().to_owned(),
        rows: tally.lists.get(&list.id).copied().unwrap_or_default(),
    };
    let lists = survey.lists_in_force();
    lists
        .filter(|list| list.role.gives_estates())
        .map(entry)
        .collect()
}

fn check_counts(findings: &[Finding]) -> CheckCounts {
    let count = |gravity| findings.iter().filter(|f| f.gravity == gravity).count() as u64;
    CheckCounts {
        blocking: count(Gravity::Blocks),
        warnings: count(Gravity::Warns),
    }
}

#[cfg(test)]
mod delta_tests;
#[cfg(test)]
mod tests;
