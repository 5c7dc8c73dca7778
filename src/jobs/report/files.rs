//! Where reports go: under names that every system takes, and never over what is there.

use super::ReportError;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Where the reports of a request go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The one report, under this very name.
    File(PathBuf),
    /// Each under its own name.
    Folder(PathBuf),
}

/// The most signs of a file's name: three bytes each, and an ending, stay below 255 bytes.
const LONGEST: usize = 72;

impl Target {
    /// Refuses early what would be refused after minutes of work.
    pub(super) fn prepare(&self) -> Result<(), ReportError> {
        match self {
            Self::File(path) if path.exists() => Err(ReportError::InTheWay { path: path.clone() }),
            Self::File(_) => Ok(()),
            Self::Folder(folder) => fs::create_dir_all(folder).map_err(at(folder)),
        }
    }

    /// Writes one report; in a folder, `name` and a number where there is one of that name.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, ReportError> {
        match self {
            Self::File(path) => match write_new(path, bytes) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                    Err(ReportError::InTheWay { path: path.clone() })
                }
                outcome => outcome.map(|()| path.clone()).map_err(at(path)),
            },
            Self::Folder(folder) => {
                let name = safe_name(name);
                let mut number = 1;
                loop {
                    let path = match number {
                        1 => folder.join(format!("{name}.pdf")),
                        more => folder.join(format!("{name} ({more}).pdf")),
                    };
                    match write_new(&path, bytes) {
                        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
                        outcome => return outcome.map(|()| path.clone()).map_err(at(&path)),
                    }
                }
            }
        }
    }
}

/// Writes a file that is not there yet, whole or not at all.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a report is none.
        drop(file);
        let _ = fs::remove_file(path);
    }
    written
}

fn at(path: &Path) -> impl Fn(io::Error) -> ReportError {
    let path = path.to_owned();
    move |source| ReportError::Io {
        path: path.clone(),
        source,
    }
}

/// A name without what Windows, or a shell, takes for something else.
pub fn safe_name(name: &str) -> String {
    let plain = name.chars().map(|sign| match sign {
        '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*' => '_',
        sign if sign.is_control() => '_',
        sign => sign,
    });
    let short: String = plain.take(LONGEST).collect();
    let trimmed = short.trim_matches([' ', '.']);
    let stem = trimmed.split('.').next().unwrap_or_default();
    let device = stem.trim_end().to_ascii_uppercase();
    let numbered = |base: &str| {
        device
            .strip_prefix(base)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|digit| digit.is_ascii_digit()))
    };
    let is_device = ["CON", "PRN", "AUX", "NUL"].contains(&device.as_str());
    match trimmed {
        "" => "_".to_owned(),
        name if is_device || numbered("COM") || numbered("LPT") => format!("_{name}"),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_everywhere_and_still_read() {
        for (name, safe) in [
            ("洪都新村一期", "洪都新村一期"),
            ("一期/二期: \"甲\"", "一期_二期_ _甲_"),
            ("..", "_"),
            (" 尾. ", "尾"),
            ("con", "_con"),
            ("COM1.x", "_COM1.x"),
            ("COMMUNITY", "COMMUNITY"),
            ("", "_"),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
        let long = safe_name(&"旧".repeat(300));
        assert!(long.len() < 240, "{}", long.len());
    }

    #[test]
    fn what_is_there_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let target = Target::Folder(folder.path().to_owned());
        let first = target.put("甲", b"1").unwrap();
        let second = target.put("甲", b"2").unwrap();
        assert_ne!(first, second);
        assert_eq!(fs::read(&first).unwrap(), b"1");
        let target = Target::File(first.clone());
        assert!(matches!(
            target.prepare(),
            Err(ReportError::InTheWay { .. })
        ));
        assert!(matches!(
            target.put("甲", b"3"),
            Err(ReportError::InTheWay { .. })
        ));
        assert_eq!(fs::read(&first).unwrap(), b"1");
    }
}
