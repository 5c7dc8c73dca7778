//! The release folder: written hidden beside its target, checked against what is there, and put in
//! place by renaming. Where the target is a zip, the folder is packed beside it first.

use super::ReleaseError;
use super::archive::{self, is_zip};
use crate::formats::library::{FORMAT, FileEntry, MANIFEST_FILE, Manifest};
use crate::jobs::checksum::hexadecimal;
use crate::progress::Cancelled;
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What file managers leave behind by themselves; no work of anybody's.
const LEFT_BY_FILE_MANAGERS: [&str; 3] = ["desktop.ini", "Thumbs.db", ".DS_Store"];

/// A folder under way. Dropped before `publish`, it removes itself.
#[derive(Debug)]
pub(super) struct Staging {
    partial: PathBuf,
    target: PathBuf,
    files: Vec<FileEntry>,
    /// The zip to put in place instead of the folder.
    packed: Option<PathBuf>,
}

/// Why writing a file ended early.
pub(super) enum Interrupted {
    Io(io::Error),
    Cancelled(Cancelled),
}

impl From<io::Error> for Interrupted {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl From<Cancelled> for Interrupted {
    fn from(cancelled: Cancelled) -> Self {
        Self::Cancelled(cancelled)
    }
}

impl Staging {
    pub(super) fn begin(target: &Path) -> Result<Self, ReleaseError> {
        let target = std::path::absolute(target).map_err(at(target))?;
        let (partial, previous) = (beside(&target, "partial")?, beside(&target, "previous")?);
        let packed = match is_zip(&target) {
            true => Some(beside(&target, "packed")?),
            false => None,
        };
        // A crash between the two renames of `publish` left the earlier release under its other name.
        if previous.is_dir() && !target.exists() {
            fs::rename(&previous, &target).map_err(at(&previous))?;
        }
        refuse_foreign(&target)?;
        // What a crash left half written. The name is ours, so nobody's work is in it.
        if partial.exists() {
            fs::remove_dir_all(&partial).map_err(at(&partial))?;
        }
        fs::create_dir_all(&partial).map_err(at(&partial))?;
        Ok(Self {
            partial,
            target,
            files: Vec::new(),
            packed,
        })
    }

    /// Writes one file, through to the disk, and notes its size and checksum.
    pub(super) fn write(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut dyn Write) -> Result<(), Interrupted>,
    ) -> Result<(), ReleaseError> {
        let path = self.partial.join(name);
        let mut hashing = Hashing {
            out: BufWriter::new(File::create(&path).map_err(at(&path))?),
            sha256: Sha256::new(),
            bytes: 0,
        };
        write(&mut hashing).map_err(|interrupted| match interrupted {
            Interrupted::Io(error) => at(&path)(error),
            Interrupted::Cancelled(cancelled) => cancelled.into(),
        })?;
        let file = hashing
            .out
            .into_inner()
            .map_err(|e| at(&path)(e.into_error()))?;
        file.sync_all().map_err(at(&path))?;
        self.files.push(FileEntry {
            name: name.to_owned(),
            bytes: hashing.bytes,
            sha256: hexadecimal(&hashing.sha256.finalize()),
        });
        Ok(())
    }

    /// The files written so far, in that order.
    pub(super) fn files(&self) -> &[FileEntry] {
        &self.files
    }

    pub(super) fn path(&self) -> &Path {
        &self.partial
    }

    /// The bytes of a file written before.
    pub(super) fn read(&self, name: &str) -> Result<Vec<u8>, ReleaseError> {
        let path = self.partial.join(name);
        fs::read(&path).map_err(at(&path))
    }

    /// Packs what was written, where the target is a zip: a full disk is met before numbers are
    /// given.
    pub(super) fn seal(&self) -> Result<(), ReleaseError> {
        match &self.packed {
            Some(packed) => archive::pack(&self.partial, &self.files, packed).map_err(at(packed)),
            None => Ok(()),
        }
    }

    /// Renaming is atomic: whatever happens, the target is the earlier release or this one, or the
    /// earlier one lies beside it and the next release puts it back.
    pub(super) fn publish(self) -> Result<PathBuf, ReleaseError> {
        let target = self.target.clone();
        refuse_foreign(&target)?;
        if let Some(packed) = &self.packed {
            fs::rename(packed, &target).map_err(at(&target))?;
            return Ok(target);
        }
        if !target.exists() {
            fs::rename(&self.partial, &target).map_err(at(&target))?;
            return Ok(target);
        }
        let previous = beside(&target, "previous")?;
        if previous.exists() {
            fs::remove_dir_all(&previous).map_err(at(&previous))?;
        }
        fs::rename(&target, &previous).map_err(at(&target))?;
        if let Err(error) = fs::rename(&self.partial, &target) {
            fs::rename(&previous, &target).map_err(at(&previous))?;
            return Err(at(&target)(error));
        }
        // The new release is in place; a left-over folder is no reason to call it failed.
        let _ = fs::remove_dir_all(&previous);
        Ok(target)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After `publish` it is gone already; a failure leaves a hidden folder for the next release.
        let _ = fs::remove_dir_all(&self.partial);
        if let Some(packed) = &self.packed {
            let _ = fs::remove_file(packed);
        }
    }
}

/// Refuses a target that holds anything but a release of ours: it would be lost.
fn refuse_foreign(target: &Path) -> Result<(), ReleaseError> {
    if is_zip(target) {
        return archive::refuse_foreign(target);
    }
    if !target.exists() {
        return Ok(());
    }
    let not_a_folder = || ReleaseError::NotAFolder {
        path: target.to_owned(),
    };
    if !target.is_dir() {
        return Err(not_a_folder());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(target).map_err(at(target))? {
        names.push(
            entry
                .map_err(at(target))?
                .file_name()
                .to_string_lossy()
                .into_owned(),
        );
    }
    names.sort();
    let ours = files_of_release(target);
    let foreign = names
        .into_iter()
        .find(|name| !ours.contains(name) && !LEFT_BY_FILE_MANAGERS.contains(&name.as_str()));
    match foreign {
        None => Ok(()),
        Some(file) => Err(ReleaseError::ForeignFolder {
            folder: target.to_owned(),
            file,
        }),
    }
}

/// The names that the manifest in `folder` answers for; none where there is no manifest of ours.
fn files_of_release(folder: &Path) -> Vec<String> {
    let manifest = fs::read(folder.join(MANIFEST_FILE))
        .ok()
        .and_then(|bytes| serde_json::from_slice::<Manifest>(&bytes).ok())
        .filter(|manifest| manifest.format == FORMAT);
    match manifest {
        None => Vec::new(),
        Some(manifest) => manifest
            .files
            .into_iter()
            .map(|file| file.name)
            .chain([MANIFEST_FILE.to_owned()])
            .collect(),
    }
}

/// A hidden neighbour of `target`: on the same file system, so that renaming is atomic.
fn beside(target: &Path, suffix: &str) -> Result<PathBuf, ReleaseError> {
    let name = target.file_name().ok_or_else(|| ReleaseError::NotAFolder {
        path: target.to_owned(),
    })?;
    let mut hidden = std::ffi::OsString::from(".");
    hidden.push(name);
    hidden.push(".jiugai-");
    hidden.push(suffix);
    Ok(target.with_file_name(hidden))
}

fn at(path: &Path) -> impl Fn(io::Error) -> ReleaseError {
    let path = path.to_owned();
    move |source| ReleaseError::Io {
        path: path.clone(),
        source,
    }
}

/// Counts and hashes what passes through.
struct Hashing<W: Write> {
    out: W,
    sha256: Sha256,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.out.write(buffer)?;
        self.sha256.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
