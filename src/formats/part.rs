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
    /// An empty file beside `target`, in the same folder, so that renaming never copies.
    ///
    /// # Errors
    /// What the operating system reports, such as a folder that does not exist.
    pub fn create(target: &Path) -> io::Result<(Self, File)> {
        // Of one program many may write at once.
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let numbers = std::iter::repeat_with(|| NEXT.fetch_add(1, Ordering::Relaxed));
        Self::create_free(target, numbers)
    }

    /// The first of the numbered names that no file has.
    fn create_free(
        target: &Path,
        numbers: impl IntoIterator<Item = u32>,
    ) -> io::Result<(Self, File)> {
        for number in numbers {
            let path = Self::numbered(target, number);
            match File::create_new(&path) {
                // Left over from a program that crashed, or of one on another computer that bears
                // our number there.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
                Ok(file) => {
                    let target = target.to_owned();
                    return Ok((Self { target, path }, file));
                }
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Not the target's own name: with an ending it might be longer than a name may be.
    fn numbered(target: &Path, number: u32) -> PathBuf {
        let program = std::process::id();
        target.with_file_name(format!(".jiugai-{program}-{number}.part"))
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
                // Renaming over a name of our own takes nobody's file.
                let (before, _) = PartFile::create(&target)?;
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
    written(path, bytes)?.put()
}

/// Writes a whole file through to the disk; it is still to be put in place.
///
/// # Errors
/// What the operating system reports.
pub(super) fn written(target: &Path, bytes: &[u8]) -> io::Result<PartFile> {
    // Windows renames no file that is open: it is closed on return.
    let (part, mut file) = PartFile::create(target)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    Ok(part)
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
    fn a_part_that_is_left_over_is_passed_over_and_stays() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("a.csv");
        let theirs = [3, 4].map(|number| PartFile::numbered(&target, number));
        fs::write(&theirs[0], b"theirs").unwrap();
        fs::create_dir(&theirs[1]).unwrap();
        let (part, mut file) = PartFile::create_free(&target, 3..9).unwrap();
        assert_eq!(part.path(), PartFile::numbered(&target, 5));
        file.write_all(b"1").unwrap();
        drop(file);
        part.put().unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"1");
        // Nor is it taken away where no name is free.
        assert!(PartFile::create_free(&target, 3..5).is_err());
        assert_eq!(fs::read(&theirs[0]).unwrap(), b"theirs");
        assert!(theirs[1].is_dir());
    }

    #[test]
    fn a_name_without_a_folder_is_in_this_one() {
        let part = PartFile::numbered(Path::new("out.gpkg"), 0);
        assert_eq!(part.parent(), Some(Path::new("")));
        let point = with_suffix(Path::new("旧改/a.b.shp"), "_point", "dbf");
        assert_eq!(point, Path::new("旧改/a.b_point.dbf"));
    }
}
