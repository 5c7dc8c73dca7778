//! Whether a release folder is what its manifest says: the files unchanged, the totals the same.

use super::folder::hexadecimal;
use crate::formats::library::{Counts, FORMAT, FORMAT_VERSION, MANIFEST_FILE, Manifest};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::io;
use std::path::{Path, PathBuf};

/// What a look into a release folder gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Verified {
    pub manifest: Manifest,
    /// Empty where everything is as released.
    pub problems: Vec<VerifyProblem>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifyProblem {
    FileMissing {
        file: String,
    },
    /// Its size or checksum is another.
    FileChanged {
        file: String,
    },
    /// Its totals are not those of the manifest.
    TotalsDiffer {
        file: String,
    },
    /// It is no part of the release.
    FileUnlisted {
        file: String,
    },
    /// Rows in ≠ kept + merged + excluded + open.
    RowsDoNotAddUp,
}

/// A folder that is no release, or that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error("{folder} holds no manifest of a library")]
    NotARelease { folder: PathBuf },
    /// A later version of this program wrote it.
    #[error("{folder} is of format {version}")]
    Newer { folder: PathBuf, version: u32 },
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
}

/// Compares a release folder with its manifest.
///
/// # Errors
/// [`VerifyError`]; what merely differs is a problem in the answer.
pub fn verify(folder: &Path) -> Result<Verified, VerifyError> {
    let manifest = read_manifest(folder)?;
    let mut problems = Vec::new();
    for entry in &manifest.files {
        let file = entry.name.clone();
        let path = folder.join(&file);
        let bytes = match std::fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                problems.push(VerifyProblem::FileMissing { file });
                continue;
            }
            Err(source) => return Err(VerifyError::Io { path, source }),
        };
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        if (bytes.len() as u64, &sha256) != (entry.bytes, &entry.sha256) {
            problems.push(VerifyProblem::FileChanged { file: file.clone() });
        }
        if !totals_agree(&manifest, &file, &bytes) {
            problems.push(VerifyProblem::TotalsDiffer { file });
        }
    }
    problems.extend(unlisted(folder, &manifest)?);
    let tally = &manifest.tally;
    if !(tally.total.adds_up() && tally.drawn_here.adds_up()) {
        problems.push(VerifyProblem::RowsDoNotAddUp);
    }
    Ok(Verified { manifest, problems })
}

fn read_manifest(folder: &Path) -> Result<Manifest, VerifyError> {
    let not_a_release = || VerifyError::NotARelease {
        folder: folder.to_owned(),
    };
    let path = folder.join(MANIFEST_FILE);
    let bytes = match std::fs::read(&path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(not_a_release()),
        Err(source) => return Err(VerifyError::Io { path, source }),
    };
    let json: Value = serde_json::from_slice(&bytes).map_err(|_| not_a_release())?;
    let version = json["format_version"]
        .as_u64()
        .and_then(|v| u32::try_from(v).ok());
    match (json["format"].as_str(), version) {
        (Some(FORMAT), Some(version)) if version > FORMAT_VERSION => Err(VerifyError::Newer {
            folder: folder.to_owned(),
            version,
        }),
        (Some(FORMAT), Some(_)) => serde_json::from_value(json).map_err(|_| not_a_release()),
        _ => Err(not_a_release()),
    }
}

/// Whether the sums over a file's own content are those of the manifest.
fn totals_agree(manifest: &Manifest, file: &str, bytes: &[u8]) -> bool {
    if manifest.profiles.iter().any(|profile| profile.file == file) {
        let counts = serde_json::from_slice(bytes)
            .ok()
            .and_then(|json| counts(&json));
        return counts.as_ref() == Some(&manifest.counts);
    }
    let rows = || {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        csv::Reader::from_reader(bytes).into_records().count() as u64
    };
    let tally = &manifest.tally;
    match file {
        "rows.csv" => rows() == tally.total.accounted_for(),
        "excluded.csv" => {
            let out = tally
                .total
                .excluded
                .saturating_add(tally.drawn_here.excluded);
            rows() == out.saturating_sub(tally.total.rejected_set_aside)
        }
        _ => true,
    }
}

fn counts(collection: &Value) -> Option<Counts> {
    let mut counts = Counts::default();
    for feature in collection["features"].as_array()? {
        let properties = &feature["properties"];
        counts.add(
            properties["households"].as_u64(),
            properties["buildings"].as_u64(),
            properties["floor_area_m2"].as_f64(),
        );
    }
    Some(counts)
}

fn unlisted(folder: &Path, manifest: &Manifest) -> Result<Vec<VerifyProblem>, VerifyError> {
    let io = |source| VerifyError::Io {
        path: folder.to_owned(),
        source,
    };
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        names.push(
            entry
                .map_err(io)?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    names.sort();
    let is_listed = |name: &String| {
        name == MANIFEST_FILE || manifest.files.iter().any(|file| &file.name == name)
    };
    let unlisted = names.into_iter().filter(|name| !is_listed(name));
    Ok(unlisted
        .map(|file| VerifyProblem::FileUnlisted { file })
        .collect())
}
