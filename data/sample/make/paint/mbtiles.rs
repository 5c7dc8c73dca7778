//! The tiles in one file: MBTiles 1.3.

use super::scene::{Scene, mercator};
use super::tile::Painter;
use crate::ground;
use geo::Coord;
use rusqlite::{Connection, params};
use std::error::Error;
use std::path::Path;

const ZOOMS: std::ops::RangeInclusive<u8> = 11..=17;
/// How far from the middle of the board there are tiles, in metres.
const EXTENT: Coord = Coord {
    x: 1750.0,
    y: 1350.0,
};

/// Paints every tile and returns the file. It is built at `scratch`, which must not exist.
pub fn file(scene: &Scene, scratch: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)].map(|(x, y)| {
        ground::place(Coord {
            x: x * EXTENT.x,
            y: y * EXTENT.y,
        })
    });
    let lowest = |of: fn(&Coord) -> f64| corners.iter().map(of).fold(f64::MAX, f64::min);
    let highest = |of: fn(&Coord) -> f64| corners.iter().map(of).fold(f64::MIN, f64::max);
    let south_west = Coord {
        x: lowest(|c| c.x),
        y: lowest(|c| c.y),
    };
    let north_east = Coord {
        x: highest(|c| c.x),
        y: highest(|c| c.y),
    };

    let mut database = Connection::open(scratch)?;
    database.execute_batch(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA application_id = 0x4d504258;
         CREATE TABLE metadata (name TEXT, value TEXT);
         CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
         CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);",
    )?;
    let transaction = database.transaction()?;
    let middle = (south_west + north_east) / 2.0;
    for (name, value) in [
        ("name", "Jiugai sample town 青溪（虚构）".to_owned()),
        (
            "description",
            "An invented county town, for trying the program".to_owned(),
        ),
        ("type", "baselayer".to_owned()),
        ("version", "1".to_owned()),
        ("format", "png".to_owned()),
        (
            "bounds",
            format!(
                "{:.5},{:.5},{:.5},{:.5}",
                south_west.x, south_west.y, north_east.x, north_east.y
            ),
        ),
        ("center", format!("{:.5},{:.5},15", middle.x, middle.y)),
        ("minzoom", ZOOMS.start().to_string()),
        ("maxzoom", ZOOMS.end().to_string()),
        (
            "attribution",
            "Invented town; made for Jiugai, CC0".to_owned(),
        ),
    ] {
        transaction.execute("INSERT INTO metadata VALUES (?, ?)", [name, &value])?;
    }
    let mut painter = Painter::new(scene)?;
    for zoom in ZOOMS {
        let tiles = f64::from(1u32 << zoom);
        let tile = |at: Coord| {
            let at = mercator(at) * tiles;
            (at.x as u32, at.y as u32)
        };
        let ((west, south), (east, north)) = (tile(south_west), tile(north_east));
        for x in west..=east {
            for y in north..=south {
                let png = painter.tile(zoom, x, y)?;
                // Rows of MBTiles count from the south.
                let row = (1u32 << zoom) - 1 - y;
                transaction.execute(
                    "INSERT INTO tiles VALUES (?, ?, ?, ?)",
                    params![zoom, x, row, png],
                )?;
            }
        }
    }
    transaction.commit()?;
    database.execute_batch("VACUUM")?;
    database.close().map_err(|(_, error)| error)?;
    let bytes = std::fs::read(scratch)?;
    std::fs::remove_file(scratch)?;
    Ok(bytes)
}
