//! PMTiles: tiles in one file without a database. The crate reads the format; what it reads from is
//! ours: a plain file, because a mapped one stops the program where a stick is pulled out.

use super::{LAST_LEVEL, MOST_TILE_BYTES, PATIENCE, TileContent, TileFileErrorKind, unreadable};
use crate::basemap::TileAddress;
use crate::tiles::{TileReader, TileTrouble, picture, vector};
use image::RgbaImage;
use pmtiles::{
    AsyncBackend, AsyncPmTilesReader, BackendResponse, Compression, HashMapCache, PmtError,
    PmtResult, TileCoord, TileType,
};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::ops::{Range, RangeInclusive};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Of a packed directory, or of what the file says of itself. Those of the whole earth are smaller;
/// a longer one could unpack to many gigabytes.
const MOST_DIRECTORY_BYTES: u64 = 1 << 20;
/// Where the header says which part of the file holds tiles (PMTiles 3, section 3.1).
const TILES_AT: u64 = 56;

/// An open PMTiles file.
pub struct PmtilesFile {
    reader: AsyncPmTilesReader<PlainFile, HashMapCache>,
    pub levels: RangeInclusive<u8>,
    pub tiles: TileContent,
    /// In degrees, as the file gives them.
    pub bounds: geo::Rect,
    pub name: String,
    pub attribution: String,
}

impl PmtilesFile {
    /// # Errors
    /// Where it is missing, damaged, or of a kind that is no picture of a map.
    pub fn open(path: &Path) -> Result<Self, TileFileErrorKind> {
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let source = PlainFile::new(file);
        let cache = HashMapCache::default();
        let opened = AsyncPmTilesReader::try_from_cached_source(source, cache);
        let reader = pollster::block_on(opened).map_err(|error| match error {
            PmtError::InvalidMagicNumber | PmtError::UnsupportedPmTilesVersion => {
                TileFileErrorKind::NotPmtiles
            }
            other => TileFileErrorKind::Damaged {
                detail: other.to_string(),
            },
        })?;
        let header = reader.get_header();
        let tiles = match header.tile_type {
            TileType::Mvt => TileContent::Vectors,
            TileType::Png | TileType::Jpeg | TileType::Webp => TileContent::Pictures,
            _ => return Err(TileFileErrorKind::UnknownImage),
        };
        if let packing @ (Compression::Brotli | Compression::Zstd) = header.tile_compression {
            let packing = format!("{packing:?}").to_ascii_lowercase();
            return Err(TileFileErrorKind::UnknownPacking { packing });
        }
        let corner = |lon: f64, lat: f64| geo::coord! { x: lon, y: lat };
        let bounds = geo::Rect::new(
            corner(header.min_longitude, header.min_latitude),
            corner(header.max_longitude, header.max_latitude),
        );
        let first = header.min_zoom.min(LAST_LEVEL);
        let levels = first..=header.max_zoom.clamp(first, LAST_LEVEL);
        let metadata = pollster::block_on(reader.get_metadata()).unwrap_or_default();
        let metadata: serde_json::Value = serde_json::from_str(&metadata).unwrap_or_default();
        let text = |key: &str| metadata[key].as_str().unwrap_or_default().to_owned();
        Ok(Self {
            levels,
            tiles,
            bounds,
            name: text("name"),
            attribution: super::without_markup(&text("attribution")),
            reader,
        })
    }
}

impl TileReader for PmtilesFile {
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
        // Vectors are drawn beyond their last level, from the tile around.
        let kept = match self.tiles {
            TileContent::Pictures => tile,
            TileContent::Vectors => tile.around(*self.levels.end()),
        };
        let Ok(place) = TileCoord::new(kept.level, kept.x, kept.y) else {
            return Ok(None);
        };
        // Unpacked here, where a tile that pretends to be gigabytes is cut off.
        match pollster::block_on(self.reader.get_tile(place)) {
            Ok(bytes) => Ok(bytes.and_then(|bytes| {
                let bytes = vector::unpacked(&bytes)?;
                picture(&bytes, kept, tile)
            })),
            Err(PmtError::Reading(_)) => Err(TileTrouble {
                again_after: PATIENCE,
            }),
            // A spoilt directory or tile is a hole in the map.
            Err(_) => Ok(None),
        }
    }
}

/// A file that is read where it is asked for.
struct PlainFile {
    file: Mutex<File>,
    /// The part that holds tiles, as far as the header says.
    tiles: Range<u64>,
}

impl PlainFile {
    fn new(mut file: File) -> Self {
        let mut header = [[0; 8]; 2];
        // A file too short for it is refused by the crate, with its reason.
        let found = file
            .seek(SeekFrom::Start(TILES_AT))
            .and_then(|_| file.read_exact(header.as_flattened_mut()));
        let [start, length] = header.map(u64::from_le_bytes);
        let tiles = match found {
            Ok(()) => start..start.saturating_add(length),
            Err(_) => 0..0,
        };
        let file = Mutex::new(file);
        Self { file, tiles }
    }

    fn read_now(&self, offset: u64, length: usize) -> PmtResult<BackendResponse> {
        let most = match self.tiles.contains(&offset) {
            true => MOST_TILE_BYTES,
            false => MOST_DIRECTORY_BYTES,
        };
        if length as u64 > most {
            return Err(PmtError::InvalidEntry);
        }
        // Every read seeks first: nothing is half done.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(offset))
            .and_then(|_| (&mut *file).take(length as u64).read_to_end(&mut bytes))
            .map_err(PmtError::Reading)?;
        Ok(BackendResponse::new(bytes.into()))
    }
}

impl AsyncBackend for PlainFile {
    fn read(
        &self,
        offset: u64,
        length: usize,
    ) -> impl Future<Output = PmtResult<BackendResponse>> + Send {
        std::future::ready(self.read_now(offset, length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXAMPLE: &str = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/testdata/tiles/pmtiles_spec/stamen_toner(raster)CC-BY+ODbL_z3.pmtiles"
    );

    #[test]
    fn the_published_example_is_drawn() {
        if !Path::new(EXAMPLE).exists() {
            return eprintln!("skipped: {EXAMPLE} is absent");
        }
        let mut file = PmtilesFile::open(Path::new(EXAMPLE)).unwrap();
        assert_eq!(file.levels, 0..=3);
        for tile in [TileAddress::new(0, 0, 0), TileAddress::new(3, 6, 3)] {
            let picture = file.read(tile).unwrap().unwrap();
            assert_eq!(picture.dimensions(), (256, 256), "{tile:?}");
        }
        assert_eq!(file.read(TileAddress::new(9, 1, 1)), Ok(None));
    }

    #[test]
    fn a_file_cut_short_or_spoilt_anywhere_never_stops_the_program() {
        let Ok(whole) = std::fs::read(EXAMPLE) else {
            return eprintln!("skipped: {EXAMPLE} is absent");
        };
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("截断 1.pmtiles");
        for at in [0, 1, 7, 50, 126, 127, 300, 500, 2_000, 20_000] {
            for (name, bytes) in [
                ("cut", whole[..at.min(whole.len())].to_vec()),
                ("spoilt", {
                    let mut bytes = whole.clone();
                    bytes[at..at + 60].fill(0xff);
                    bytes
                }),
            ] {
                std::fs::write(&path, bytes).unwrap();
                if let Ok(mut file) = PmtilesFile::open(&path) {
                    for tile in [TileAddress::new(0, 0, 0), TileAddress::new(3, 6, 3)] {
                        _ = file.read(tile);
                    }
                } else {
                    assert!(at < 2_100, "{name} at {at} is refused as a whole");
                }
            }
        }
    }

    #[test]
    fn what_is_no_pmtiles_file_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pmtiles");
        assert_eq!(
            PmtilesFile::open(&path).err(),
            Some(TileFileErrorKind::NotFound)
        );
        std::fs::write(
            &path,
            "<html>not found, and some more text to be long enough".repeat(9),
        )
        .unwrap();
        assert_eq!(
            PmtilesFile::open(&path).err(),
            Some(TileFileErrorKind::NotPmtiles)
        );
    }
}
