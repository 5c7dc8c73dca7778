//! A folder of tiles, `<level>/<column>/<row>.png` and the like, as tile cutters leave it.

use super::{LAST_LEVEL, MOST_TILE_BYTES, PATIENCE, TileFileErrorKind, unreadable};
use crate::basemap::TileAddress;
use crate::tiles::{TileReader, TileTrouble, picture};
use image::RgbaImage;
use std::io::{ErrorKind, Read};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

const ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "pbf", "mvt"];

/// A folder that has levels, columns and rows.
pub struct TileFolder {
    folder: PathBuf,
    /// Which of [`ENDINGS`] its tiles have.
    ending: String,
    pub levels: RangeInclusive<u8>,
}

impl TileFolder {
    /// # Errors
    /// Where the folder cannot be read, or holds no tile in such an order.
    pub fn open(folder: &Path) -> Result<Self, TileFileErrorKind> {
        let mut levels: Vec<u8> = Vec::new();
        let mut ending = None;
        for entry in read_dir(folder)? {
            let level = number(&entry).filter(|level| *level <= u32::from(LAST_LEVEL));
            let Some(level) = level.filter(|_| entry.is_dir()) else {
                continue;
            };
            if let Some(found) = first_ending(&entry)? {
                levels.push(level as u8);
                ending.get_or_insert(found);
            }
        }
        let ends = levels.iter().min().zip(levels.iter().max());
        match (ends, ending) {
            (Some((first, last)), Some(ending)) => Ok(Self {
                folder: folder.to_owned(),
                ending,
                levels: *first..=*last,
            }),
            _ => Err(TileFileErrorKind::NoTileFolder),
        }
    }
}

impl TileReader for TileFolder {
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
        let folder = self.folder.join(tile.level.to_string());
        let path = folder.join(tile.x.to_string());
        let path = path.join(format!("{}.{}", tile.y, self.ending));
        let file = std::fs::File::open(path).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(MOST_TILE_BYTES).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        match file {
            Ok(bytes) => Ok(picture(&bytes, tile, tile)),
            // The whole folder gone is another thing than a hole in it.
            Err(error) if error.kind() == ErrorKind::NotFound && self.folder.is_dir() => Ok(None),
            Err(_) => Err(TileTrouble {
                again_after: PATIENCE,
            }),
        }
    }
}

/// The ending of the first tile of a level; `None` where it has none.
fn first_ending(level: &Path) -> Result<Option<String>, TileFileErrorKind> {
    let columns = read_dir(level)?.into_iter();
    for column in columns.filter(|path| path.is_dir() && number(path).is_some()) {
        for row in read_dir(&column)? {
            let ending = row.extension().and_then(|ending| ending.to_str());
            let known = ending.filter(|ending| {
                let lower = ending.to_ascii_lowercase();
                ENDINGS.contains(&lower.as_str())
            });
            if let Some(ending) = known
                && number(&row).is_some()
            {
                return Ok(Some(ending.to_owned()));
            }
        }
    }
    Ok(None)
}

/// The number that a file or folder is called by.
fn number(path: &Path) -> Option<u32> {
    path.file_stem()?.to_str()?.parse().ok()
}

fn read_dir(folder: &Path) -> Result<Vec<PathBuf>, TileFileErrorKind> {
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(&error))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_of_tiles_is_read_and_any_other_refused() {
        let temporary = tempfile::tempdir().unwrap();
        let folder = temporary.path().join("瓦片 1");
        let column = folder.join("12").join("3371");
        std::fs::create_dir_all(&column).unwrap();
        std::fs::create_dir_all(folder.join("说明")).unwrap();
        assert_eq!(
            TileFolder::open(&folder).err(),
            Some(TileFileErrorKind::NoTileFolder)
        );
        RgbaImage::new(4, 4).save(column.join("1706.png")).unwrap();
        std::fs::write(column.join("1707.png"), "spoilt").unwrap();

        let mut tiles = TileFolder::open(&folder).unwrap();
        assert_eq!(tiles.levels, 12..=12);
        let mut read = |y| tiles.read(TileAddress::new(12, 3371, y));
        assert!(read(1706).unwrap().is_some());
        assert_eq!((read(1707), read(1)), (Ok(None), Ok(None)));
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(read(1706).is_err());
    }
}
