//! The files that fuzzing kept, and each of them damaged in some dozen ways: refused or read, and
//! no reader panics. `tests/fuzz/README.md` says how more are found.

// Clippy lets a #[test] unwrap and panic, but not the functions it calls.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

#[path = "fuzz/readers.rs"]
mod readers;

use std::path::{Path, PathBuf};

fn corpus(reader: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fuzz/corpus")
        .join(reader);
    let files = std::fs::read_dir(&folder).unwrap().flatten();
    let mut files: Vec<PathBuf> = files.map(|file| file.path()).collect();
    files.sort();
    files
}

#[test]
fn no_kept_file_ends_the_program() {
    for (reader, _) in readers::READERS {
        let files = corpus(reader);
        assert!(!files.is_empty(), "{reader} has no file");
        for file in files {
            eprintln!("{}", file.display());
            readers::run(reader, &std::fs::read(&file).unwrap());
        }
    }
}

/// Bytes at places spread over the file, each set to what breaks lengths, counts and signs.
/// `JIUGAI_PLACES` says at how many, for a longer look than a test takes.
#[test]
fn no_byte_that_is_another_ends_the_program() {
    let places = std::env::var("JIUGAI_PLACES").unwrap_or_default();
    let places: usize = places.parse().unwrap_or(16);
    for (reader, _) in readers::READERS {
        for file in corpus(reader) {
            let bytes = std::fs::read(&file).unwrap();
            let places = places.min(bytes.len());
            for place in 0..places {
                let at = place * bytes.len() / places;
                for value in [0x00, 0x7f, 0xff] {
                    let mut damaged = bytes.clone();
                    damaged[at] = value;
                    readers::run(reader, &damaged);
                }
                readers::run(reader, &bytes[..at]);
            }
        }
    }
}
