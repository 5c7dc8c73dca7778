//! Makes the sample: an invented county town, its estates, the lists that offices hand in about
//! them, the truth, and a map to lay under it.
//!
//!     cargo run --example make-sample             writes data/sample again, as it is
//!     cargo run --example make-sample -- --check  says which files differ, and writes nothing

mod blocks;
#[cfg(test)]
mod checks;
mod compare;
mod decisions;
mod estates;
mod ground;
mod paint;
mod plans;
mod random;
mod records;
mod register;
mod streets;
mod write;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Another seed makes another town.
const SEED: u64 = 26;

type Files = Vec<(&'static str, Vec<u8>)>;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let folder = folder();
    let files = make()?;
    match std::env::args().nth(1).as_deref() {
        None => {
            for (name, bytes) in &files {
                std::fs::write(folder.join(name), bytes)?;
                eprintln!("{name}: {} bytes", bytes.len());
            }
            Ok(ExitCode::SUCCESS)
        }
        Some("--check") => {
            let differing = differing(&folder, &files)?;
            for name in &differing {
                eprintln!("{name} is not what this program writes");
            }
            Ok(ExitCode::from(u8::from(!differing.is_empty())))
        }
        Some(other) => Err(format!("'{other}' is not understood: --check or nothing").into()),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/sample")
}

fn make() -> Result<Files, Box<dyn Error>> {
    let ground = estates::all(SEED)?;
    let scratch = tempfile::tempdir()?;
    let scene = paint::Scene::new(SEED, &ground);
    let town_map = paint::file(&scene, &scratch.path().join(MAP))?;
    let mut files = lists(ground)?;
    files.push((MAP, town_map));
    Ok(files)
}

/// Every file but the map.
fn lists(ground: Vec<estates::Ground>) -> Result<Files, Box<dyn Error>> {
    let estates: Vec<_> = ground
        .into_iter()
        .filter_map(|piece| piece.estate)
        .collect();
    let mut drawn = records::drawings(&estates);
    drawn.extend(records::copies(SEED, &estates)?);
    let register = register::rows(SEED, &estates);
    let register_file = register::file(&register)?;
    let estates_file = write::estates(&drawn);

    let records: Vec<_> = drawn.into_iter().chain(register).collect();
    let plans = plans::file(SEED, &estates, &records)?;
    Ok(vec![
        ("estates.geojson", estates_file.into_bytes()),
        ("register.csv", register_file),
        ("drawn.geojson", write::drawn_later(&records).into_bytes()),
        (
            "tags.csv",
            write::tags(&decisions::tags(&records, &estates))?,
        ),
        (
            "decisions.csv",
            write::decisions(&decisions::decisions(&records))?,
        ),
        ("truth.csv", write::truth(&records, &estates)?),
        ("plans.json", plans.into_bytes()),
    ])
}

/// The files of `folder` that are not as given.
/// The map's place in the folder of the sample.
const MAP: &str = "town.mbtiles";

/// The files that are not as they would be written.
fn differing(folder: &Path, files: &Files) -> Result<Vec<&'static str>, Box<dyn Error>> {
    let mut differing = Vec::new();
    for (name, bytes) in files {
        let stored = folder.join(name);
        let is_same = match *name {
            MAP => {
                let written = tempfile::NamedTempFile::new()?;
                std::fs::write(written.path(), bytes)?;
                stored.is_file() && compare::same_map(&stored, written.path())?
            }
            _ => std::fs::read(&stored).ok().as_deref() == Some(bytes),
        };
        if !is_same {
            differing.push(*name);
        }
    }
    Ok(differing)
}
