//! Tiles from files, for where there is no network.

mod folder;
#[cfg(test)]
mod hostile_tests;
pub mod mbtiles;
mod pmtiles;
mod sheet;

use super::{TileReader, vector};
use crate::basemap::{Lattice, Source, SourceKind};
use crate::model::Datum;
pub use sheet::has_world_file;

use folder::TileFolder;
use mbtiles::MbtilesFile;
use pmtiles::PmtilesFile;
use sheet::Sheet;
use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

/// How long a tile that could not be read (the stick was pulled out) is left alone.
const PATIENCE: Duration = Duration::from_secs(5);

/// Levels beyond this are no level of any map.
const LAST_LEVEL: u8 = 24;
/// Larger ones are no tiles.
const MOST_TILE_BYTES: u64 = 8 << 20;

/// Why a file cannot be a basemap.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct TileFileError {
    pub path: PathBuf,
    pub kind: TileFileErrorKind,
}

#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TileFileErrorKind {
    #[error("no such file")]
    NotFound,
    #[error("no MBTiles file")]
    NotMbtiles,
    #[error("no PMTiles file")]
    NotPmtiles,
    /// Not `<level>/<column>/<row>.png`.
    #[error("no folder of tiles")]
    NoTileFolder,
    /// A picture without a world file, which could lie anywhere.
    #[error("no place")]
    NoPlace,
    /// Placed, but in a system that nobody has named.
    #[error("no coordinate system")]
    NoCrs,
    #[error("unknown coordinate system {name}")]
    UnknownCrs { name: String },
    /// By its coordinates; it is declared in another system than it is in.
    #[error("outside China: {x}, {y}")]
    OutsideChina { x: f64, y: f64 },
    #[error("{megapixels} million pixels")]
    TooLarge { megapixels: u64, most: u64 },
    #[error("no tiles")]
    Empty,
    /// The tiles are neither PNG nor JPEG, as their first bytes tell.
    #[error("tiles of an unknown kind")]
    UnknownImage,
    /// In a way that is not unpacked here.
    #[error("packed as {packing}")]
    UnknownPacking { packing: String },
    #[error("damaged: {detail}")]
    Damaged { detail: String },
    #[error("cannot be read: {detail}")]
    Unreadable { detail: String },
}

/// A tile file that can be read.
pub struct OpenTiles {
    pub reader: Box<dyn TileReader>,
    pub lattice: Lattice,
    /// Empty where the file gives none.
    pub name: String,
    /// Whose tiles they are; empty where the file gives none.
    pub attribution: String,
    /// Where it has tiles, in stored degrees.
    pub bounds: Option<geo::Rect>,
    /// The datum, where the file itself says it.
    pub says_datum: Option<Datum>,
}

/// Which kind of source a file or folder is called like.
pub fn kind_of(path: PathBuf) -> SourceKind {
    let extension = path.extension().and_then(|it| it.to_str());
    let extension = extension.map(str::to_ascii_lowercase);
    match extension.as_deref() {
        _ if path.is_dir() => SourceKind::Folder { path },
        Some("pmtiles") => SourceKind::PmTiles { path },
        Some("tif" | "tiff" | "png" | "jpg" | "jpeg" | "webp") => {
            SourceKind::Sheet { path, crs: None }
        }
        _ => SourceKind::MbTiles { path },
    }
}

/// Opens a file or folder of tiles.
///
/// # Errors
/// [`TileFileError`] where it is missing, damaged, or holds no pictures.
pub fn open(source: &Source) -> Result<OpenTiles, TileFileError> {
    open_kind(source).map_err(|kind| TileFileError {
        path: source.path().cloned().unwrap_or_default(),
        kind,
    })
}

fn open_kind(source: &Source) -> Result<OpenTiles, TileFileErrorKind> {
    let web = |levels: RangeInclusive<u8>| Lattice::web_mercator(source.datum, levels);
    Ok(match &source.kind {
        SourceKind::MbTiles { path } => {
            let file = MbtilesFile::open(path).map_err(|error| error.kind)?;
            let metadata = file.metadata();
            let bounds = metadata.bounds.map(|[west, south, east, north]| {
                let corner = |x, y| geo::coord! { x: x, y: y };
                geo::Rect::new(corner(west, south), corner(east, north))
            });
            let levels = drawn_levels(metadata.min_zoom..=metadata.max_zoom, metadata.tiles);
            let datum = metadata.datum.unwrap_or(source.datum);
            OpenTiles {
                lattice: Lattice::web_mercator(datum, levels),
                says_datum: metadata.datum,
                name: metadata.name.clone(),
                attribution: metadata.attribution.clone(),
                bounds,
                reader: Box::new(file),
            }
        }
        SourceKind::PmTiles { path } => {
            let file = PmtilesFile::open(path)?;
            OpenTiles {
                lattice: web(drawn_levels(file.levels.clone(), file.tiles)),
                name: file.name.clone(),
                attribution: file.attribution.clone(),
                bounds: Some(file.bounds),
                says_datum: None,
                reader: Box::new(file),
            }
        }
        SourceKind::Folder { path } => {
            let folder = TileFolder::open(path)?;
            OpenTiles {
                lattice: web(folder.levels.clone()),
                name: String::new(),
                attribution: String::new(),
                bounds: None,
                says_datum: None,
                reader: Box::new(folder),
            }
        }
        SourceKind::Sheet { path, crs } => {
            let sheet = Sheet::open(path, *crs)?;
            let lattice = sheet.lattice.clone();
            let (bounds, datum) = (lattice.bounds(), lattice.crs.datum());
            OpenTiles {
                lattice,
                name: String::new(),
                attribution: String::new(),
                bounds,
                says_datum: Some(datum),
                reader: Box::new(sheet),
            }
        }
        SourceKind::Xyz { .. } | SourceKind::Wmts { .. } => {
            return Err(TileFileErrorKind::NotFound);
        }
    })
}

/// What tiles hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TileContent {
    Pictures,
    /// Lines and areas, drawn here.
    Vectors,
}

/// The levels that are drawn: vectors can be drawn larger without losing their sharpness.
fn drawn_levels(levels: RangeInclusive<u8>, content: TileContent) -> RangeInclusive<u8> {
    match content {
        TileContent::Pictures => levels,
        TileContent::Vectors => *levels.start()..=levels.end() + vector::LEVELS_BEYOND,
    }
}

fn unreadable(error: &std::io::Error) -> TileFileErrorKind {
    match error.kind() {
        std::io::ErrorKind::NotFound => TileFileErrorKind::NotFound,
        _ => TileFileErrorKind::Unreadable {
            detail: error.to_string(),
        },
    }
}

/// Longer attributions are cut: it is one line in a corner of the map.
const ATTRIBUTION_CHARACTERS: usize = 160;

/// Attributions are often links.
fn without_markup(text: &str) -> String {
    let mut depth = 0_u32;
    let shown = text.chars().filter(|sign| {
        match sign {
            '<' => depth += 1,
            '>' if depth > 0 => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0 && !sign.is_control()
    });
    let shown: String = shown.take(ATTRIBUTION_CHARACTERS).collect();
    shown.trim().replace("&copy;", "©").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribution_is_text_of_one_line() {
        for (given, shown) in [
            (
                "<a href=\"x\">&copy; OpenStreetMap</a> contributors",
                "© OpenStreetMap contributors",
            ),
            ("天地图\n审图号", "天地图审图号"),
            ("a > b", "a > b"),
            ("<unclosed", ""),
        ] {
            assert_eq!(without_markup(given), shown);
        }
        assert_eq!(without_markup(&"字".repeat(1_000)).chars().count(), 160);
    }

    #[test]
    fn a_file_is_taken_for_what_its_name_says() {
        for (name, is) in [
            ("a.mbtiles", "mb"),
            ("A.PMTILES", "pm"),
            ("航图.TIF", "sheet"),
            ("规划.jpg", "sheet"),
            ("unknown", "mb"),
            (".", "folder"),
        ] {
            let kind = match kind_of(PathBuf::from(name)) {
                SourceKind::MbTiles { .. } => "mb",
                SourceKind::PmTiles { .. } => "pm",
                SourceKind::Sheet { .. } => "sheet",
                SourceKind::Folder { .. } => "folder",
                SourceKind::Xyz { .. } | SourceKind::Wmts { .. } => "online",
            };
            assert_eq!(kind, is, "{name}");
        }
    }
}
