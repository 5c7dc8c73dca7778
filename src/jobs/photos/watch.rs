//! What is new in a folder that is watched.
//!
//! The folder is looked at every few seconds. The system's own notices of changes do not come
//! from network drives and phones, and they come before a picture is complete; a look finds both
//! out on any system.

use super::is_named_like_a_picture;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The pictures in a folder at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing(BTreeMap<PathBuf, Stamp>);

/// What changes while a file is being written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub bytes: u64,
    pub modified: Option<SystemTime>,
}

impl Listing {
    /// The files called like pictures that lie directly in `folder`.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn of(folder: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            // One that vanishes meanwhile is not there.
            if is_named_like_a_picture(&path)
                && let Ok(file) = std::fs::metadata(&path)
                && file.is_file()
            {
                let stamp = Stamp {
                    bytes: file.len(),
                    modified: file.modified().ok(),
                };
                files.insert(path, stamp);
            }
        }
        Ok(Self(files))
    }

    pub fn paths(&self) -> impl Iterator<Item = &PathBuf> {
        self.0.keys()
    }
}

/// A folder being watched.
#[derive(Clone, Debug)]
pub struct Watch {
    /// Known from the beginning, or taken since.
    known: Listing,
    /// New at the last look.
    growing: Listing,
}

impl Watch {
    /// What lies there at the beginning is not new.
    pub fn new(first: Listing) -> Self {
        Self {
            known: first,
            growing: Listing::default(),
        }
    }

    /// The pictures that have come and no longer grow: those that two looks found alike.
    pub fn look(&mut self, now: Listing) -> Vec<PathBuf> {
        let mut complete = Vec::new();
        let mut growing = Listing::default();
        self.known.0.retain(|path, _| now.0.contains_key(path));
        for (path, stamp) in now.0 {
            if self.known.0.get(&path) == Some(&stamp) {
                continue;
            }
            if stamp.bytes > 0 && self.growing.0.get(&path) == Some(&stamp) {
                complete.push(path.clone());
                self.known.0.insert(path, stamp);
            } else {
                growing.0.insert(path, stamp);
            }
        }
        self.growing = growing;
        complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(files: &[(&str, u64)]) -> Listing {
        let stamp = |bytes| Stamp {
            bytes,
            modified: None,
        };
        let files = files
            .iter()
            .map(|(name, bytes)| (name.into(), stamp(*bytes)));
        Listing(files.collect())
    }

    #[test]
    fn a_picture_is_taken_once_when_it_has_stopped_growing() {
        let mut watch = Watch::new(listing(&[("old.jpg", 5)]));
        type Look = (&'static [(&'static str, u64)], &'static [&'static str]);
        let looks: [Look; 8] = [
            (&[("old.jpg", 5)], &[]),
            (&[("old.jpg", 5), ("新 1.jpg", 0)], &[]),
            (&[("old.jpg", 5), ("新 1.jpg", 0)], &[]),
            (&[("old.jpg", 5), ("新 1.jpg", 7)], &[]),
            (&[("old.jpg", 5), ("新 1.jpg", 9), ("b.jpg", 3)], &[]),
            (
                &[("old.jpg", 5), ("新 1.jpg", 9), ("b.jpg", 3)],
                &["b.jpg", "新 1.jpg"],
            ),
            // Gone, and overwritten.
            (&[("old.jpg", 6), ("新 1.jpg", 9)], &[]),
            (&[("old.jpg", 6), ("新 1.jpg", 9)], &["old.jpg"]),
        ];
        for (files, expected) in looks {
            let expected: Vec<PathBuf> = expected.iter().map(PathBuf::from).collect();
            assert_eq!(watch.look(listing(files)), expected, "{files:?}");
        }
    }

    #[test]
    fn only_pictures_directly_in_the_folder_are_listed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("folder.jpg")).unwrap();
        for name in ["照片 1.JPG", "b.heic", "notes.txt", "jpg"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let listing = Listing::of(folder.path()).unwrap();
        let names: Vec<_> = listing
            .paths()
            .filter_map(|path| path.file_name())
            .collect();
        assert_eq!(names, ["b.heic", "照片 1.JPG"]);
        assert!(Listing::of(&folder.path().join("nowhere")).is_err());
    }
}
