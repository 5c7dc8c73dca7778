//! Whether two files say the same. Maps are compared by what their tiles show: which bytes a
//! picture is packed into depends on the packer that the rest of the program brings along.

use rusqlite::{Connection, OpenFlags, Row};
use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

type Tiles = BTreeMap<(u32, u32, u32), Vec<u8>>;

/// Whether the map at `stored` shows what the one at `written` does.
///
/// # Errors
/// Where one of them is no map.
pub fn same_map(stored: &Path, written: &Path) -> Result<bool, Box<dyn Error>> {
    let [stored, written] = [Map::open(stored)?, Map::open(written)?];
    let same_place = stored.tiles.keys().eq(written.tiles.keys());
    if !same_place || stored.metadata != written.metadata {
        return Ok(false);
    }
    for (one, other) in stored.tiles.values().zip(written.tiles.values()) {
        if !same_picture(one, other)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// # Errors
/// Where one of them is no picture.
pub fn same_picture(one: &[u8], other: &[u8]) -> Result<bool, image::ImageError> {
    let pixels = |bytes| image::load_from_memory(bytes).map(|picture| picture.to_rgba8());
    Ok(one == other || pixels(one)? == pixels(other)?)
}

struct Map {
    metadata: BTreeMap<String, String>,
    tiles: Tiles,
}

impl Map {
    fn open(path: &Path) -> Result<Self, Box<dyn Error>> {
        let file = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        let mut tiles =
            file.prepare("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")?;
        let tile = |row: &Row| Ok(((row.get(0)?, row.get(1)?, row.get(2)?), row.get(3)?));
        let tiles = tiles.query_map([], tile)?.collect::<Result<_, _>>()?;
        let mut metadata = file.prepare("SELECT name, value FROM metadata")?;
        let metadata = metadata.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let metadata = metadata.collect::<Result<_, _>>()?;
        Ok(Self { metadata, tiles })
    }
}
