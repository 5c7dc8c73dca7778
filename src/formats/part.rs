//! Files that appear under their name once they are whole: written beside it, put there by
//! renaming. Where the disk is full or somebody stops, what stood under the name still stands.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A file under way. Dropped before it is put in place, it removes itself.
#[derive(Debug)]
pub struct PartFile {
    target: PathBuf,
    path: PathBuf,
}

impl PartFile {
    /// A name beside `target`, in the same folder, so that renaming never copies. There is no file
    /// yet.
    pub fn beside(target: &Path) -> Self {
        // Of one program many may write at once.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let program = std::process::id();
        // Not the target's own name: with an ending it might be longer than a name may be.
        let name = format!(".jiugai-{program}-{number}.part");
        Self {
            target: target.to_owned(),
            path: target.with_file_name(name),
        }
    }

    /// The same, and the empty file.
    ///
    /// # Errors
    /// What the operating system reports, such as a folder that does not exist.
    pub fn create(target: &Path) -> io::Result<(Self, File)> {
        let part = Self::beside(target);
        let file = File::create_new(&part.path)?;
        Ok((part, file))
    }

    /// Where the file is for now.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where it will be.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the file in place, over what is there. It should be on the disk by then.
    ///
    /// # Errors
    /// What the operating system reports: on Windows also where another program has the file open.
    pub fn put(self) -> io::Result<()> {
        fs::rename(&self.path, &self.target)
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        // Gone already where it was put in place.
        let _ = fs::remove_file(&self.path);
    }
}

/// Puts several files in place, or none: where one of them cannot be, those before it give way
/// again to what stood there.
///
/// # Errors
/// The file that cannot be put there, and why.
pub fn put_all(parts: Vec<PartFile>) -> Result<(), (PathBuf, io::Error)> {
    let mut done = Vec::new();
    for part in parts {
        match Replaced::by(&part) {
            Ok(replaced) => done.push(replaced),
            Err(error) => {
                done.into_iter().for_each(Replaced::undo);
                return Err((part.target.clone(), error));
            }
        }
    }
    Ok(())
}

/// A file in its place, and where what stood there waits until all are.
struct Replaced {
    target: PathBuf,
    before: Option<PartFile>,
}

impl Replaced {
    fn by(part: &PartFile) -> io::Result<Self> {
        let target = part.target.clone();
        // A folder could be renamed away as a file is.
        if target.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let before = match target.exists() {
            true => {
                let before = PartFile::beside(&target);
                fs::rename(&target, &before.path)?;
                Some(before)
            }
            false => None,
        };
        let replaced = Self { target, before };
        if let Err(error) = fs::rename(&part.path, &replaced.target) {
            replaced.undo();
            return Err(error);
        }
        Ok(replaced)
    }

    /// The error told is the first: where even this fails, what stood there stays beside it.
    fn undo(self) {
        match self.before {
            Some(before) => {
                if fs::rename(&before.path, &self.target).is_err() {
                    // Dropped, it would be removed.
                    std::mem::forget(before);
                }
            }
            None => {
                let _ = fs::remove_file(&self.target);
            }
        }
    }
}

/// Writes a whole file.
///
/// # Errors
/// What the operating system reports. What stood there before still does then.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let (part, mut file) = PartFile::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    // Windows renames no file that is open.
    drop(file);
    part.put()
}

/// `survey.shp` → `survey_point.shp`
pub(super) fn with_suffix(path: &Path, suffix: &str, extension: &str) -> PathBuf {
    let mut name = path.file_stem().map(OsString::from).unwrap_or_default();
    name.push(suffix);
    name.push(".");
    name.push(extension);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_there_whole_or_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("旧 改.csv");
        replace(&path, b"1").unwrap();
        let (part, mut file) = PartFile::create(&path).unwrap();
        file.write_all(b"2").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"1");
        drop(part);
        assert_eq!(fs::read(&path).unwrap(), b"1");
        replace(&path, b"3").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"3");
        assert_eq!(names(folder.path()), ["旧 改.csv"]);
    }

    #[test]
    fn several_files_are_put_in_place_together_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b, c] = ["a", "b", "c"].map(|name| folder.path().join(name));
        fs::write(&b, b"before").unwrap();
        // A folder of that name stands in the way.
        fs::create_dir_all(c.join("kept")).unwrap();
        let part = |target: &Path, bytes: &[u8]| {
            let (part, mut file) = PartFile::create(target).unwrap();
            file.write_all(bytes).unwrap();
            part
        };
        let parts = vec![part(&a, b"1"), part(&b, b"2"), part(&c, b"3")];
        let (path, _) = put_all(parts).unwrap_err();
        assert_eq!(path, c);
        assert_eq!(names(folder.path()), ["b", "c"]);
        assert_eq!(fs::read(&b).unwrap(), b"before");
        assert!(c.join("kept").exists());

        put_all(vec![part(&a, b"1"), part(&b, b"2")]).unwrap();
        assert_eq!(fs::read(&b).unwrap(), b"2");
        assert_eq!(names(folder.path()), ["a", "b", "c"]);
    }

    #[test]
    fn a_name_without_a_folder_is_in_this_one() {
        let part = PartFile::beside(Path::new("out.gpkg"));
        assert_eq!(part.path().parent(), Some(Path::new("")));
        let point = with_suffix(Path::new("旧改/a.b.shp"), "_point", "dbf");
        assert_eq!(point, Path::new("旧改/a.b_point.dbf"));
    }
}
