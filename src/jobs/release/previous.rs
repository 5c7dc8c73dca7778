//! The release before this one: what it held, and which numbers it gave.

use super::package::{Package, PackageError};
use super::reading::{Library, Sheet};
use super::{ReleaseError, ReleaseSettings, delta};
use crate::formats::library::{Manifest, Profile};
use crate::model::Survey;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Debug)]
pub(super) struct Previous {
    pub path: PathBuf,
    pub manifest: Manifest,
    pub manifest_sha256: String,
    pub library: Library,
    /// Every number that the release names, and whose it is.
    pub given: BTreeMap<String, Holder>,
    /// Its own delta, where it has one.
    pub delta: Option<Vec<u8>>,
}

/// The estate that a number belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub id: String,
    pub name: String,
}

/// The release that `settings` name, else the one that the target holds. A draft gives no numbers,
/// so nothing is counted from it.
pub(super) fn find(settings: &ReleaseSettings) -> Result<Option<Previous>, ReleaseError> {
    if let Some(path) = &settings.since {
        let previous = read(path)?;
        return match previous.manifest.draft {
            true => Err(ReleaseError::SinceDraft { path: path.clone() }),
            false => Ok(Some(previous)),
        };
    }
    if !settings.out.exists() {
        return Ok(None);
    }
    match read(&settings.out) {
        Ok(previous) => Ok(Some(previous).filter(|previous| !previous.manifest.draft)),
        // An empty folder: what holds anything else was refused already.
        Err(PackageError::NotARelease { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn read(path: &Path) -> Result<Previous, PackageError> {
    let mut package = Package::open(path)?;
    let (manifest, manifest_sha256) = package.manifest()?;
    let changed = |name: &str| PackageError::Changed {
        path: path.to_owned(),
        name: name.to_owned(),
    };
    let mut file = |name: &str| -> Result<Option<Vec<u8>>, PackageError> {
        let Some(entry) = manifest.files.iter().find(|file| file.name == name) else {
            return Ok(None);
        };
        let bytes = package.read(name, entry.bytes).ok().flatten();
        let bytes = bytes.filter(|bytes| entry.is(bytes));
        bytes.map(Some).ok_or_else(|| changed(name))
    };
    // Both profiles hold the same estates.
    let library = manifest.profiles.iter().find_map(|entry| {
        let profile = Profile::from_key(&entry.profile)?;
        (entry.file == profile.file_name()).then_some(entry.file.as_str())
    });
    let library_name = library.ok_or_else(|| changed("library"))?;
    let library = file(library_name)?.ok_or_else(|| changed(library_name))?;
    let library = Library::parse(&library).map_err(|_| changed(library_name))?;
    let mut tables = Vec::new();
    for name in ["excluded.csv", "rows.csv"] {
        if let Some(bytes) = file(name)? {
            let sheet = Sheet::parse(&bytes, &["id", "lib_no", "name"]);
            tables.push(sheet.map_err(|_| changed(name))?);
        }
    }
    let delta = file(delta::NAME)?;
    Ok(Previous {
        path: path.to_owned(),
        given: given(&library, &tables),
        manifest,
        manifest_sha256,
        library,
        delta,
    })
}

/// Every number with its holder: those of the library, and of what left it earlier.
pub(super) fn given(library: &Library, tables: &[Sheet]) -> BTreeMap<String, Holder> {
    let mut given = BTreeMap::new();
    let mut note = |lib_no: String, id: &str, name: String| {
        if !lib_no.is_empty() {
            let id = id.to_owned();
            given.entry(lib_no).or_insert(Holder { id, name });
        }
    };
    for feature in &library.features {
        let properties = feature.properties();
        let text = |key: &str| delta::cell(properties.get(key));
        note(text("lib_no"), &feature.id, text("name"));
    }
    for row in tables.iter().flat_map(Sheet::rows) {
        let text = |column: &str| row.cell(column).to_owned();
        note(text("lib_no"), row.cell("id"), text("name"));
    }
    given
}

impl Previous {
    /// Refuses a survey in which a number of the earlier release stands at another estate.
    pub(super) fn refuse_reused(&self, survey: &Survey) -> Result<(), ReleaseError> {
        for estate in survey.estates() {
            let Some(lib_no) = &estate.lib_no else {
                continue;
            };
            let holder = self.given.get(lib_no);
            if let Some(holder) = holder.filter(|holder| holder.id != estate.id.to_string()) {
                return Err(ReleaseError::NumberReused {
                    lib_no: lib_no.clone(),
                    now: estate.name.clone(),
                    before: holder.name.clone(),
                    previous: self.path.clone(),
                });
            }
        }
        Ok(())
    }

    /// Whether `manifest`, made of the same survey without a delta, is this release once more.
    pub(super) fn is_same(&self, manifest: &Manifest) -> bool {
        let mut mine = self.manifest.clone();
        mine.delta = None;
        mine.files.retain(|file| file.name != delta::NAME);
        mine == *manifest
    }
}
