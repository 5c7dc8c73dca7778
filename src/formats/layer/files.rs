//! Where the bytes of a layer are: in a file, in those beside it, or in a zip file.

use super::error::{Damage, LayerErrorKind};
use super::raw::RawLayer;
use super::{geojson, geopackage, gpx, kml, shapefile};
use crate::formats::{self, Format};
use crate::progress::Progress;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

/// As lists are; of a zip file, what it unpacks to.
const MAX_BYTES: u64 = formats::MAX_BYTES as u64;
/// How every SQLite file begins.
pub(in crate::formats) const SQLITE: &[u8] = b"SQLite format 3\0";
/// The endings of what belongs beside the shapes of a shapefile.
pub(in crate::formats) const BESIDE_SHAPES: [&str; 4] = ["dbf", "shx", "prj", "cpg"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    GeoJson,
    Shapefile,
    Kml,
    Gpx,
}

impl Kind {
    pub fn format(self) -> Format {
        match self {
            Self::GeoJson => Format::GeoJson,
            Self::Shapefile => Format::Shapefile,
            Self::Kml => Format::Kml,
            Self::Gpx => Format::Gpx,
        }
    }

    /// What the content says counts more than the ending.
    pub fn of(name: &str, bytes: &[u8]) -> Option<Self> {
        Self::of_content(bytes).or_else(|| Self::of_extension(&split_name(name).1))
    }

    fn of_extension(extension: &str) -> Option<Self> {
        match extension {
            "geojson" | "json" | "geojsonl" | "geojsons" | "ndjson" => Some(Self::GeoJson),
            "shp" => Some(Self::Shapefile),
            "kml" => Some(Self::Kml),
            "gpx" => Some(Self::Gpx),
            _ => None,
        }
    }

    /// By how the content begins.
    fn of_content(bytes: &[u8]) -> Option<Self> {
        const HEAD: usize = 1_024;
        if bytes.starts_with(b"\x00\x00\x27\x0a") {
            return Some(Self::Shapefile);
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_lowercase();
        let head = head.trim_start_matches('\u{feff}').trim_start();
        match head {
            _ if head.starts_with(['{', '\u{1e}']) => Some(Self::GeoJson),
            _ if !head.starts_with('<') => None,
            _ if head.contains("<kml") => Some(Self::Kml),
            _ if head.contains("<gpx") => Some(Self::Gpx),
            _ => None,
        }
    }
}

/// A layer in a set of files.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry {
    pub name: String,
    pub kind: Kind,
    /// Which of the files holds it.
    index: usize,
}

pub(crate) enum FileSet {
    /// A GeoPackage is read where it lies.
    Database(PathBuf),
    Files(Files),
}

/// Files that belong together.
pub(crate) struct Files {
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
        if head[..read].starts_with(SQLITE) {
            return Ok(Self::Database(path.to_owned()));
        }
        if length > MAX_BYTES {
            return Err(LayerErrorKind::TooLarge { limit: MAX_BYTES });
        }
        Self::of(path, std::fs::read(path).map_err(LayerErrorKind::Io)?)
    }

    /// As [`FileSet::open`], where the bytes at the path are read already.
    pub fn of(path: &Path, bytes: Vec<u8>) -> Result<Self, LayerErrorKind> {
        if bytes.starts_with(SQLITE) {
            return Ok(Self::Database(path.to_owned()));
        }
        match bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            true => Files::of_zip(bytes),
            false => Files::of_file(path, bytes),
        }
        .map(Self::Files)
    }

    /// The names of the layers.
    pub fn names(&self) -> Result<Vec<String>, LayerErrorKind> {
        match self {
            Self::Database(path) => geopackage::layers(path),
            Self::Files(files) => Ok(files.layers().map(|entry| entry.name.clone()).collect()),
        }
    }

    /// The names of all that can be a list: of a GeoPackage, tables without geometry too.
    pub fn lists(&self) -> Result<Vec<String>, LayerErrorKind> {
        match self {
            Self::Database(path) => geopackage::tables(path),
            Self::Files(_) => self.names(),
        }
    }

    /// Of which format the layer of this name is, where each is of its own.
    pub fn kind(&self, layer: &str) -> Option<Kind> {
        match self {
            Self::Database(_) => None,
            Self::Files(files) => Some(files.entry(Some(layer)).ok()?.kind),
        }
    }

    /// The table beside a shapefile; nothing of other formats.
    pub fn table_beside(&self, layer: &str) -> Vec<u8> {
        match self {
            // In a zip file, the table is part of the file itself.
            Self::Files(Files {
                source: Source::Folder { path, .. },
                ..
            }) if self.kind(layer) == Some(Kind::Shapefile) => {
                beside_path(path, "dbf").unwrap_or_default()
            }
            _ => Vec::new(),
        }
    }

    /// The layer of this name, else the first.
    pub fn read(
        &self,
        layer: Option<&str>,
        progress: &Progress,
    ) -> Result<RawLayer, LayerErrorKind> {
        let files = match self {
            Self::Database(path) => return geopackage::read(path, layer, progress),
            Self::Files(files) => files,
        };
        let entry = files.entry(layer)?;
        let name = entry.name.clone();
        match entry.kind {
            Kind::GeoJson => geojson::read(name, files.bytes(entry), progress),
            Kind::Shapefile => shapefile::read(files, entry, progress),
            Kind::Kml => kml::read(name, files.bytes(entry), progress),
            Kind::Gpx => gpx::read(name, files.bytes(entry), progress),
        }
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

/// The names in a zip file.
pub(in crate::formats) fn names_in_zip(bytes: &[u8]) -> Result<Vec<String>, LayerErrorKind> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let indices = 0..archive.len();
    let names = indices.map(|index| Ok(text_of(archive.by_index_raw(index)?.name_raw())));
    names.collect::<Result<_, _>>().map_err(damaged)
}

/// Whether unpacking a zip file stays within what is read. It is unpacked to nowhere: the sizes
/// that a file tells may be a lie.
pub(in crate::formats) fn check_unpacked_size(bytes: &[u8]) -> Result<(), LayerErrorKind> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut left = MAX_BYTES;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(damaged)?;
        let mut limited = file.take(left + 1);
        let size = std::io::copy(&mut limited, &mut std::io::sink())
            .map_err(|error| LayerErrorKind::Damaged(Damage::Zip(error.to_string())))?;
        left = left
            .checked_sub(size)
            .ok_or(LayerErrorKind::TooLarge { limit: MAX_BYTES })?;
    }
    Ok(())
}

fn damaged(error: zip::result::ZipError) -> LayerErrorKind {
    LayerErrorKind::Damaged(Damage::Zip(error.to_string()))
}

impl Files {
    fn of_file(path: &Path, bytes: Vec<u8>) -> Result<Self, LayerErrorKind> {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let (stem, extension) = split_name(&name);
        let kind = Kind::of(&name, &bytes);
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

    pub fn entry(&self, layer: Option<&str>) -> Result<&Entry, LayerErrorKind> {
        match layer {
            Some(name) => self
                .layers()
                .find(|entry| entry.name == name)
                .ok_or_else(|| LayerErrorKind::NoSuchLayer {
                    name: name.to_owned(),
                }),
            None => self.layers().next().ok_or(LayerErrorKind::NoLayers),
        }
    }

    pub fn bytes(&self, entry: &Entry) -> &[u8] {
        match &self.source {
            Source::Folder { bytes, .. } => bytes,
            Source::Zip(files) => &files[entry.index].1,
        }
    }

    /// The file beside an entry that differs by its ending only, in upper or lower case.
    pub fn beside(&self, entry: &Entry, extension: &str) -> Option<Vec<u8>> {
        match &self.source {
            Source::Folder { path, .. } => beside_path(path, extension),
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

fn beside_path(path: &Path, extension: &str) -> Option<Vec<u8>> {
    let upper = extension.to_uppercase();
    let endings = [extension, upper.as_str()];
    let mut paths = endings
        .into_iter()
        .map(|ending| path.with_extension(ending));
    paths.find_map(|path| {
        let length = std::fs::metadata(&path).ok()?.len();
        (length <= MAX_BYTES).then(|| std::fs::read(&path).ok())?
    })
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
