//! Where the bytes of a layer are: in a file, in those beside it, or in a zip file.

use super::error::{Damage, LayerErrorKind};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// More than any layer of a county; what is larger is something else, or a zip file that was made
/// to fill the memory.
const MAX_BYTES: u64 = 1 << 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    GeoJson,
    Shapefile,
    Kml,
    Gpx,
}

impl Kind {
    fn of_extension(extension: &str) -> Option<Self> {
        match extension {
            "geojson" | "json" => Some(Self::GeoJson),
            "shp" => Some(Self::Shapefile),
            "kml" => Some(Self::Kml),
            "gpx" => Some(Self::Gpx),
            _ => None,
        }
    }

    /// By how the content begins, where the name does not tell.
    fn of_content(bytes: &[u8]) -> Option<Self> {
        const HEAD: usize = 1_024;
        if bytes.starts_with(b"\x00\x00\x27\x0a") {
            return Some(Self::Shapefile);
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
        let head = head.trim_start_matches('\u{feff}').trim_start();
        match head {
            _ if head.starts_with('{') => Some(Self::GeoJson),
            _ if head.contains("<kml") => Some(Self::Kml),
            _ if head.contains("<gpx") => Some(Self::Gpx),
            _ => None,
        }
    }
}

/// A layer in a set of files.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub name: String,
    pub kind: Kind,
    /// Which of the files holds it.
    index: usize,
}

pub(super) enum FileSet {
    /// A GeoPackage is read where it lies.
    Database,
    Files(Files),
}

/// Files that belong together.
pub(super) struct Files {
    source: Source,
    entries: Vec<Entry>,
}

enum Source {
    /// One file, and those beside it that differ by their ending only.
    Folder { path: PathBuf, bytes: Vec<u8> },
    /// Names and contents.
    Zip(Vec<(String, Vec<u8>)>),
}

impl FileSet {
    pub fn open(path: &Path) -> Result<Self, LayerErrorKind> {
        let length = std::fs::metadata(path).map_err(LayerErrorKind::Io)?.len();
        let mut file = std::fs::File::open(path).map_err(LayerErrorKind::Io)?;
        let mut head = [0; 16];
        let read = read_up_to(&mut file, &mut head).map_err(LayerErrorKind::Io)?;
        // Databases are read page by page, whatever their size.
        if head[..read].starts_with(b"SQLite format 3\0") {
            return Ok(Self::Database);
        }
        if length > MAX_BYTES {
            return Err(LayerErrorKind::TooLarge { limit: MAX_BYTES });
        }
        let bytes = std::fs::read(path).map_err(LayerErrorKind::Io)?;
        match bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            true => Files::of_zip(bytes),
            false => Files::of_file(path, bytes),
        }
        .map(Self::Files)
    }
}

fn read_up_to(file: &mut std::fs::File, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

impl Files {
    fn of_file(path: &Path, bytes: Vec<u8>) -> Result<Self, LayerErrorKind> {
        const BESIDE_SHAPES: [&str; 4] = ["dbf", "shx", "prj", "cpg"];
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (stem, extension) = split_name(&name);
        let kind = Kind::of_extension(&extension).or_else(|| Kind::of_content(&bytes));
        let kind = kind.ok_or(match BESIDE_SHAPES.contains(&extension.as_str()) {
            true => LayerErrorKind::NoShapes,
            false => LayerErrorKind::UnknownFormat,
        })?;
        Ok(Self {
            entries: vec![Entry {
                name: stem.to_owned(),
                kind,
                index: 0,
            }],
            source: Source::Folder {
                path: path.to_owned(),
                bytes,
            },
        })
    }

    fn of_zip(bytes: Vec<u8>) -> Result<Self, LayerErrorKind> {
        let damaged =
            |error: zip::result::ZipError| LayerErrorKind::Damaged(Damage::Zip(error.to_string()));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut files = Vec::new();
        let mut left = MAX_BYTES;
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).map_err(damaged)?;
            let name = text_of(file.name_raw());
            // macOS puts shadows of the files there.
            if !file.is_file() || name.starts_with("__MACOSX") {
                continue;
            }
            let mut bytes = Vec::new();
            let mut limited = (&mut file).take(left + 1);
            limited
                .read_to_end(&mut bytes)
                .map_err(|error| LayerErrorKind::Damaged(Damage::Zip(error.to_string())))?;
            left = left
                .checked_sub(bytes.len() as u64)
                .ok_or(LayerErrorKind::TooLarge { limit: MAX_BYTES })?;
            files.push((name, bytes));
        }
        let entries = files.iter().enumerate().filter_map(|(index, (name, _))| {
            let (stem, extension) = split_name(name);
            Some(Entry {
                name: stem.rsplit('/').next().unwrap_or(stem).to_owned(),
                kind: Kind::of_extension(&extension)?,
                index,
            })
        });
        let entries: Vec<_> = entries.collect();
        let has_tables = files.iter().any(|(name, _)| split_name(name).1 == "dbf");
        if entries.is_empty() && has_tables {
            return Err(LayerErrorKind::NoShapes);
        }
        Ok(Self {
            source: Source::Zip(files),
            entries,
        })
    }

    pub fn layers(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    pub fn bytes(&self, entry: &Entry) -> Result<Vec<u8>, LayerErrorKind> {
        Ok(match &self.source {
            Source::Folder { bytes, .. } => bytes.clone(),
            Source::Zip(files) => files[entry.index].1.clone(),
        })
    }

    /// The file beside an entry that differs by its ending only, in upper or lower case.
    pub fn beside(&self, entry: &Entry, extension: &str) -> Option<Vec<u8>> {
        match &self.source {
            Source::Folder { path, .. } => {
                let upper = extension.to_uppercase();
                [extension, upper.as_str()]
                    .into_iter()
                    .find_map(|extension| std::fs::read(path.with_extension(extension)).ok())
            }
            Source::Zip(files) => {
                let stem = split_name(&files[entry.index].0).0.to_lowercase();
                let is_it = |name: &str| {
                    let (other, found) = split_name(name);
                    found == extension && other.to_lowercase() == stem
                };
                let found = files.iter().find(|(name, _)| is_it(name));
                found.map(|(_, bytes)| bytes.clone())
            }
        }
    }
}

/// A name without its ending, and the ending in lower case.
fn split_name(name: &str) -> (&str, String) {
    match name.rsplit_once('.') {
        Some((stem, extension)) => (stem, extension.to_lowercase()),
        None => (name, String::new()),
    }
}

/// Names in zip files made on Chinese Windows are GBK.
fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}
