//! A release to read, as a folder or a zip. Nothing is unpacked: files are read by name, each no
//! longer than its manifest says, so that a package from elsewhere can neither write nor swell.

use super::archive::is_zip;
use crate::formats::library::{FORMAT, FORMAT_VERSION, FileEntry, MANIFEST_FILE, Manifest};
use crate::jobs::checksum::hexadecimal;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// A province of a hundred thousand estates stays below a fifth of this.
const LARGEST_FILE: u64 = 1 << 30;
const LARGEST_PACKAGE: u64 = 4 << 30;
const LARGEST_MANIFEST: u64 = 64 << 20;
const MOST_FILES: usize = 1000;
/// Coordinates and names pack ten to one; a bomb a thousand to one.
const HIGHEST_RATIO: u64 = 200;
const RATIO_COUNTS_FROM: u64 = 16 << 20;

/// What is no release, or cannot be read. Sentences: `words::release`.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    #[error("{path} holds no manifest of a library")]
    NotARelease { path: PathBuf },
    /// The manifest is there, and is not what a manifest holds.
    #[error("the manifest of {path}: {reason}")]
    DamagedManifest { path: PathBuf, reason: String },
    /// A later version of this program wrote it.
    #[error("{path} is of format {version}")]
    Newer { path: PathBuf, version: u32 },
    #[error("{path} is no zip: {reason}")]
    DamagedZip { path: PathBuf, reason: String },
    /// A name that leads out of the package, or into a folder of it.
    #[error("{path} holds {name}, which lies elsewhere")]
    NameOutside { path: PathBuf, name: String },
    #[error("{path} holds {name} twice")]
    NameTwice { path: PathBuf, name: String },
    #[error("{path} holds more than {most} files")]
    TooManyFiles { path: PathBuf, most: usize },
    /// It would unpack to more than any release holds.
    #[error("{name} in {path} is too large")]
    TooLarge { path: PathBuf, name: String },
    /// A file of an earlier release is not as it was released.
    #[error("{name} in {path} was changed")]
    Changed { path: PathBuf, name: String },
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
}

#[derive(Debug)]
pub(super) struct Package {
    path: PathBuf,
    /// Of its files, sorted.
    names: BTreeSet<String>,
    /// Folders and links in it, which no release has.
    others: BTreeSet<String>,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Folder,
    Zip(Box<ZipArchive<BufReader<File>>>),
}

impl Package {
    /// Looks at the names alone.
    pub(super) fn open(path: &Path) -> Result<Self, PackageError> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let path = path.to_owned();
                return Err(PackageError::NotARelease { path });
            }
            Err(source) => return Err(io_error(path)(source)),
        };
        match metadata.is_dir() {
            true => Self::open_folder(path),
            false => Self::open_zip(path),
        }
    }

    fn open_folder(path: &Path) -> Result<Self, PackageError> {
        let (mut names, mut others) = (BTreeSet::new(), BTreeSet::new());
        for entry in fs::read_dir(path).map_err(io_error(path))? {
            let entry = entry.map_err(io_error(path))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // Of the entry itself: a link may lead out of the package.
            match entry.file_type().is_ok_and(|kind| kind.is_file()) {
                true => names.insert(name),
                false => others.insert(name),
            };
        }
        Ok(Self {
            path: path.to_owned(),
            names,
            others,
            source: Source::Folder,
        })
    }

    fn open_zip(path: &Path) -> Result<Self, PackageError> {
        let file = File::open(path).map_err(io_error(path))?;
        let damaged = |reason: String| match is_zip(path) {
            true => PackageError::DamagedZip {
                path: path.to_owned(),
                reason,
            },
            false => PackageError::NotARelease {
                path: path.to_owned(),
            },
        };
        let mut archive =
            ZipArchive::new(BufReader::new(file)).map_err(|e| damaged(e.to_string()))?;
        if archive.len() > MOST_FILES {
            return Err(PackageError::TooManyFiles {
                path: path.to_owned(),
                most: MOST_FILES,
            });
        }
        let mut names = BTreeSet::new();
        let mut all: u64 = 0;
        for index in 0..archive.len() {
            let entry = archive
                .by_index_raw(index)
                .map_err(|e| damaged(e.to_string()))?;
            let name = entry
                .name()
                .map_err(|e| damaged(e.to_string()))?
                .into_owned();
            let (size, packed) = (entry.size(), entry.compressed_size());
            let (path, is_file) = (path.to_owned(), entry.is_file());
            all = all.saturating_add(size);
            if !is_plain_name(&name) || !is_file {
                return Err(PackageError::NameOutside { path, name });
            }
            let swells = size > RATIO_COUNTS_FROM && size / HIGHEST_RATIO > packed;
            if size > LARGEST_FILE || all > LARGEST_PACKAGE || swells {
                return Err(PackageError::TooLarge { path, name });
            }
            if !names.insert(name.clone()) {
                return Err(PackageError::NameTwice { path, name });
            }
        }
        // Where two entries of one name stand, the archive lists one of them.
        if archive.has_duplicate_names() {
            return Err(damaged("two files of one name".to_owned()));
        }
        Ok(Self {
            path: path.to_owned(),
            names,
            others: BTreeSet::new(),
            source: Source::Zip(Box::new(archive)),
        })
    }

    pub(super) fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    pub(super) fn others(&self) -> &BTreeSet<String> {
        &self.others
    }

    /// The bytes of a file, and one more where it is longer than `bytes`; `None` where there is none
    /// of that name.
    pub(super) fn read(&mut self, name: &str, bytes: u64) -> io::Result<Option<Vec<u8>>> {
        if !is_plain_name(name) || !self.names.contains(name) {
            return Ok(None);
        }
        let limit = bytes.min(LARGEST_FILE).saturating_add(1);
        let mut content = Vec::new();
        match &mut self.source {
            Source::Folder => {
                let file = File::open(self.path.join(name))?;
                file.take(limit).read_to_end(&mut content)?;
            }
            Source::Zip(archive) => {
                let entry = archive.by_name(name).map_err(io::Error::from)?;
                entry.take(limit).read_to_end(&mut content)?;
            }
        }
        Ok(Some(content))
    }

    /// The manifest and its checksum.
    pub(super) fn manifest(&mut self) -> Result<(Manifest, String), PackageError> {
        let path = self.path.clone();
        let not_a_release = || PackageError::NotARelease { path: path.clone() };
        let damaged = |reason: String| PackageError::DamagedManifest {
            path: path.clone(),
            reason,
        };
        let bytes = self.read(MANIFEST_FILE, LARGEST_MANIFEST);
        let bytes = bytes.map_err(io_error(&path))?.ok_or_else(not_a_release)?;
        if bytes.len() as u64 > LARGEST_MANIFEST {
            let name = MANIFEST_FILE.to_owned();
            return Err(PackageError::TooLarge { path, name });
        }
        let json: Value = serde_json::from_slice(&bytes).map_err(|e| damaged(e.to_string()))?;
        if json["format"].as_str() != Some(FORMAT) {
            return Err(not_a_release());
        }
        let version = json["format_version"].as_u64();
        let version = version.and_then(|version| u32::try_from(version).ok());
        match version {
            None => Err(damaged("format_version".to_owned())),
            Some(version) if version > FORMAT_VERSION => Err(PackageError::Newer { path, version }),
            Some(_) => {
                let manifest = serde_json::from_value(json).map_err(|e| damaged(e.to_string()))?;
                Ok((manifest, sha256(&bytes)))
            }
        }
    }
}

impl FileEntry {
    /// Whether these bytes are the file that was released.
    pub(super) fn is(&self, bytes: &[u8]) -> bool {
        bytes.len() as u64 == self.bytes && sha256(bytes) == self.sha256
    }
}

/// The name of a file directly in the package, on every system.
pub(super) fn is_plain_name(name: &str) -> bool {
    let leads_elsewhere = |c: char| matches!(c, '/' | '\\' | ':') || c.is_control();
    !name.is_empty() && name != "." && name != ".." && !name.contains(leads_elsewhere)
}

fn io_error(path: &Path) -> impl Fn(io::Error) -> PackageError {
    let path = path.to_owned();
    move |source| PackageError::Io {
        path: path.clone(),
        source,
    }
}

pub(super) fn sha256(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}
