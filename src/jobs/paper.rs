//! A signed paper that stays where it is: recognised later by the sha256 of its bytes.

use super::checksum::hexadecimal;
use crate::formats;
use crate::model::Paper;
use crate::progress::{Cancelled, Progress};
use sha2::{Digest, Sha256};
use std::io::Read;
use std::path::Path;

/// Bytes between two looks at whether to stop.
const STEP: usize = 1 << 18;

/// Why a paper was not read.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// Reads a file through.
///
/// # Errors
/// [`PaperError`]; nothing was changed.
pub fn read(path: &Path, progress: &Progress) -> Result<Paper, PaperError> {
    let mut file = std::fs::File::open(path)?;
    progress.begin(file.metadata()?.len());
    let (mut sha256, mut bytes, mut done) = (Sha256::new(), vec![0; STEP], 0);
    loop {
        let length = file.read(&mut bytes)?;
        if length == 0 {
            break;
        }
        sha256.update(&bytes[..length]);
        done += length as u64;
        progress.reach(done)?;
    }
    let digest = sha256.finalize();
    Ok(Paper {
        file_name: formats::file_name(path),
        sha256: hexadecimal(&digest),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_known_by_its_name_and_its_bytes_and_a_stopped_job_gives_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("民巷 清单.pdf");
        std::fs::write(&path, "abc").unwrap();
        let paper = read(&path, &Progress::default()).unwrap();
        assert_eq!(paper.file_name, "民巷 清单.pdf");
        // As FIPS 180-2 gives it.
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(paper.sha256, known);
        let progress = Progress::default();
        progress.cancel();
        let stopped = read(&path, &progress);
        assert!(matches!(stopped, Err(PaperError::Cancelled(_))));
        let missing = read(&folder.path().join("没有"), &Progress::default());
        assert!(matches!(missing, Err(PaperError::Io(_))));
    }
}
