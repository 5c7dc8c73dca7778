//! Tiles from files, for where there is no network.

pub mod mbtiles;

use super::{TileReader, TileTrouble};
use crate::basemap::{Lattice, Source, SourceKind, TileAddress};
use image::RgbaImage;
use mbtiles::MbtilesFile;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a tile that could not be read (the stick was pulled out) is left alone.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a file cannot be a basemap.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct TileFileError {
    pub path: PathBuf,
    pub kind: TileFileErrorKind,
}

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileFileErrorKind {
    #[error("no such file")]
    NotFound,
    #[error("no MBTiles file")]
    NotMbtiles,
    #[error("no tiles")]
    Empty,
    #[error("vector tiles")]
    Vector,
    /// The tiles are neither PNG nor JPEG, as their first bytes tell.
    #[error("tiles of an unknown kind")]
    UnknownImage,
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
}

/// Which kind of source a file or folder is called like.
pub fn kind_of(path: PathBuf) -> SourceKind {
    SourceKind::MbTiles { path }
}

/// Opens a file or folder of tiles.
///
/// # Errors
/// [`TileFileError`] where it is missing, damaged, or holds no pictures.
pub fn open(source: &Source) -> Result<OpenTiles, TileFileError> {
    let path = source.path().map(PathBuf::as_path).unwrap_or(Path::new(""));
    let file = MbtilesFile::open(path)?;
    let metadata = file.metadata();
    let bounds = metadata
        .bounds
        .map(|[west, south, east, north]| geo::Rect::new((west, south), (east, north)));
    let levels = metadata.min_zoom..=metadata.max_zoom;
    Ok(OpenTiles {
        lattice: Lattice::web_mercator(source.datum, levels),
        name: metadata.name.clone(),
        attribution: metadata.attribution.clone(),
        bounds,
        reader: Box::new(file),
    })
}

impl TileReader for MbtilesFile {
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
        match self.tile(tile.level, tile.x, tile.y) {
            // One spoilt picture is a hole in the map, no reason to say anything.
            Ok(image) => Ok(image.and_then(|image| super::decode(&image))),
            Err(_) => Err(TileTrouble {
                again_after: PATIENCE,
            }),
        }
    }
}
