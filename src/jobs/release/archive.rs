//! A release as one zip: fixed times, rights and order, so that equal files give equal bytes.

use super::ReleaseError;
use super::package::Package;
use crate::formats::library::{FileEntry, MANIFEST_FILE};
use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Read and written by its owner, read by others; the same on every system.
const RIGHTS: u32 = 0o644;

/// Whether a release goes into a zip of this name.
pub fn is_zip(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Packs `files` of `folder` into the new zip `packed`, through to the disk.
pub(super) fn pack(folder: &Path, files: &[FileEntry], packed: &Path) -> io::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(packed)?));
    // 1980-01-01, the earliest that a zip knows: the time of writing is no part of a release.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(RIGHTS)
        .system(zip::System::Unix);
    for file in files {
        archive.start_file(file.name.as_str(), options)?;
        io::copy(&mut File::open(folder.join(&file.name))?, &mut archive)?;
    }
    let out = archive.finish()?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

/// Refuses a target that is anything but a zipped release of ours: it would be lost.
pub(super) fn refuse_foreign(target: &Path) -> Result<(), ReleaseError> {
    if !target.exists() {
        return Ok(());
    }
    let foreign = || ReleaseError::ForeignZip {
        path: target.to_owned(),
    };
    if target.is_dir() {
        return Err(foreign());
    }
    let mut package = Package::open(target).map_err(|_| foreign())?;
    let (manifest, _) = package.manifest().map_err(|_| foreign())?;
    let is_ours = |name: &String| {
        name == MANIFEST_FILE || manifest.files.iter().any(|file| &file.name == name)
    };
    match package.names().iter().find(|name| !is_ours(name)) {
        None => Ok(()),
        Some(file) => Err(ReleaseError::ForeignFolder {
            folder: target.to_owned(),
            file: file.clone(),
        }),
    }
}
