//! MBTiles: map tiles in one SQLite file, the way to carry a basemap into the field.
//!
//! Read only, and as a file that nobody writes: no lock, no journal beside it, so that a
//! write-protected stick works.

use super::{
    LAST_LEVEL, MOST_TILE_BYTES, PATIENCE, TileContent, TileFileError, TileFileErrorKind,
    without_markup,
};
use crate::basemap::TileAddress;
use crate::model::{Coded, Datum};
use crate::sqlite::open_unwritten;
use crate::tiles::{TileReader, TileTrouble, picture};
use image::RgbaImage;
use rusqlite::{Connection, ErrorCode, OptionalExtension};
use std::path::{Path, PathBuf};

/// An open tile file. One connection: it belongs to the thread that asks it.
#[derive(Debug)]
pub struct MbtilesFile {
    connection: Connection,
    path: PathBuf,
    metadata: Metadata,
}

/// What the file says about itself, as far as a map needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct Metadata {
    /// Empty where the file gives none.
    pub name: String,
    /// Whose tiles they are, without markup; empty where the file gives none.
    pub attribution: String,
    pub min_zoom: u8,
    pub max_zoom: u8,
    /// West, south, east, north in degrees.
    pub bounds: Option<[f64; 4]>,
    pub tiles: TileContent,
    /// What the tiles are drawn in, where the file says so: packs made here do.
    pub datum: Option<Datum>,
}

impl MbtilesFile {
    /// Opens a tile file and looks at its first tile.
    ///
    /// # Errors
    /// [`TileFileError`] where it is missing, is no MBTiles file, or holds no raster tiles.
    pub fn open(path: &Path) -> Result<Self, TileFileError> {
        let refused = |kind| TileFileError {
            path: path.to_owned(),
            kind,
        };
        match path.metadata() {
            Ok(found) if found.is_file() => {}
            Ok(_) => return Err(refused(TileFileErrorKind::NotMbtiles)),
            Err(_) => return Err(refused(TileFileErrorKind::NotFound)),
        }
        let opened = connect(path).and_then(|connection| {
            let content = check_first_tile(&connection)?;
            let metadata = read_metadata(&connection, content)?;
            Ok((connection, metadata))
        });
        let (connection, metadata) = opened.map_err(refused)?;
        Ok(Self {
            connection,
            path: path.to_owned(),
            metadata,
        })
    }

    pub fn metadata(&self) -> &Metadata {
        &self.metadata
    }

    /// The image in column `x` (from the west) and row `y` (from the north) of level `zoom`;
    /// `None` where the file has no such tile.
    ///
    /// # Errors
    /// [`TileFileError`] where the file is damaged there or cannot be reached any more.
    pub fn tile(&self, zoom: u8, x: u32, y: u32) -> Result<Option<Vec<u8>>, TileFileError> {
        let Some(row) = TileAddress::new(zoom, x, y).row_from_south() else {
            return Ok(None);
        };
        // Told its length first: what is far too large is not read at all.
        let query = "SELECT tile_data FROM tiles
                     WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3
                     AND length(tile_data) <= ?4";
        let image: Result<Option<Option<Vec<u8>>>, _> =
            self.connection.prepare_cached(query).and_then(|mut found| {
                let tile = (zoom, x, row, MOST_TILE_BYTES as i64);
                found.query_row(tile, |row| row.get(0)).optional()
            });
        match image {
            Ok(image) => Ok(image.flatten().filter(|image| !image.is_empty())),
            Err(error) => Err(TileFileError {
                path: self.path.clone(),
                kind: error_kind(&error),
            }),
        }
    }
}

impl TileReader for MbtilesFile {
    fn read(&mut self, tile: TileAddress) -> Result<Option<RgbaImage>, TileTrouble> {
        // Vectors are drawn beyond their last level, from the tile around.
        let kept = match self.metadata.tiles {
            TileContent::Pictures => tile,
            TileContent::Vectors => tile.around(self.metadata.max_zoom),
        };
        match self.tile(kept.level, kept.x, kept.y) {
            // One spoilt picture is a hole in the map, no reason to say anything.
            Ok(bytes) => Ok(bytes.and_then(|bytes| picture(&bytes, kept, tile))),
            // Spoilt where the tile should be: asking again makes it no better.
            Err(error) if matches!(error.kind, TileFileErrorKind::Damaged { .. }) => Ok(None),
            Err(_) => Err(TileTrouble {
                again_after: PATIENCE,
            }),
        }
    }
}

fn connect(path: &Path) -> Result<Connection, TileFileErrorKind> {
    open_unwritten(path).map_err(|error| error_kind(&error))
}

fn check_first_tile(connection: &Connection) -> Result<TileContent, TileFileErrorKind> {
    let query = "SELECT tile_data FROM tiles
                 WHERE typeof(tile_data) = 'blob' AND length(tile_data) BETWEEN 1 AND ?1 LIMIT 1";
    let first: Option<Vec<u8>> = connection
        .query_row(query, [MOST_TILE_BYTES as i64], |row| row.get(0))
        .optional()
        .map_err(|error| error_kind(&error))?;
    let format = metadata_value(connection, "format").unwrap_or_default();
    match (first.as_deref(), format.as_str()) {
        (None, _) => Err(TileFileErrorKind::Empty),
        (Some([0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..]), _) => {
            Ok(TileContent::Pictures)
        }
        (
            Some(
                [
                    b'R',
                    b'I',
                    b'F',
                    b'F',
                    _,
                    _,
                    _,
                    _,
                    b'W',
                    b'E',
                    b'B',
                    b'P',
                    ..,
                ],
            ),
            _,
        ) => Ok(TileContent::Pictures),
        // Vector tiles are protocol buffers, mostly packed with gzip.
        (_, "pbf" | "mvt") | (Some([0x1f, 0x8b, ..]), _) => Ok(TileContent::Vectors),
        (Some(_), _) => Err(TileFileErrorKind::UnknownImage),
    }
}

fn read_metadata(
    connection: &Connection,
    tiles: TileContent,
) -> Result<Metadata, TileFileErrorKind> {
    let text = |name: &str| metadata_value(connection, name).unwrap_or_default();
    let zoom = |name: &str, function: &str| match text(name).trim().parse::<u8>() {
        Ok(zoom) => Ok(zoom),
        // Older files do not say. An index answers this at once.
        Err(_) => connection
            .query_row(
                &format!("SELECT {function}(zoom_level) FROM tiles"),
                [],
                |row| row.get::<_, u8>(0),
            )
            .map_err(|error| error_kind(&error)),
    };
    let min_zoom = zoom("minzoom", "min")?.min(LAST_LEVEL);
    Ok(Metadata {
        name: text("name").trim().to_owned(),
        attribution: without_markup(&text("attribution")),
        min_zoom,
        max_zoom: zoom("maxzoom", "max")?.clamp(min_zoom, LAST_LEVEL),
        bounds: bounds(&text("bounds")),
        tiles,
        datum: Datum::from_key(text("datum").trim()),
    })
}

/// `None` also where there is no such table or the value is no text: nothing of it is needed.
fn metadata_value(connection: &Connection, name: &str) -> Option<String> {
    let query = "SELECT CAST(value AS TEXT) FROM metadata WHERE name = ?1";
    connection.query_row(query, [name], |row| row.get(0)).ok()
}

fn bounds(text: &str) -> Option<[f64; 4]> {
    let edges: Vec<f64> = text
        .split(',')
        .map(|edge| {
            edge.trim()
                .parse()
                .ok()
                .filter(|edge: &f64| edge.is_finite())
        })
        .collect::<Option<_>>()?;
    edges.try_into().ok()
}

fn error_kind(error: &rusqlite::Error) -> TileFileErrorKind {
    let detail = || error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => TileFileErrorKind::NotMbtiles,
        Some(ErrorCode::DatabaseCorrupt) => TileFileErrorKind::Damaged { detail: detail() },
        // No table or view "tiles", or not with these columns.
        Some(ErrorCode::Unknown) => TileFileErrorKind::NotMbtiles,
        Some(_) => TileFileErrorKind::Unreadable { detail: detail() },
        // A value that is not of its column's kind.
        None => TileFileErrorKind::Damaged { detail: detail() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n...";

    fn sample() -> MbtilesFile {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/sample/town.mbtiles");
        MbtilesFile::open(Path::new(path)).unwrap()
    }

    /// A file with these metadata and one tile, in a folder with a space and Chinese in its name.
    fn file_with(
        metadata: &[(&str, &str)],
        tile: Option<&[u8]>,
    ) -> (tempfile::TempDir, Result<MbtilesFile, TileFileError>) {
        let folder = tempfile::Builder::new()
            .prefix("旧改 tiles")
            .tempdir()
            .unwrap();
        let path = folder.path().join("底图 50%?.mbtiles");
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(
                "CREATE TABLE metadata (name TEXT, value TEXT);
                 CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data);",
            )
            .unwrap();
        for (name, value) in metadata {
            let row = [name, value];
            connection
                .execute("INSERT INTO metadata VALUES (?, ?)", row)
                .unwrap();
        }
        if let Some(tile) = tile {
            let insert = "INSERT INTO tiles VALUES (3, 1, 2, ?)";
            connection.execute(insert, [tile]).unwrap();
        }
        connection.close().unwrap();
        let opened = MbtilesFile::open(&path);
        (folder, opened)
    }

    #[test]
    fn the_bundled_town_tells_its_name_levels_and_place() {
        let town = sample();
        let metadata = town.metadata();
        assert!(metadata.attribution.contains("CC0"), "{metadata:?}");
        assert_eq!((metadata.min_zoom, metadata.max_zoom), (11, 17));
        let [west, south, east, north] = metadata.bounds.unwrap();
        assert!(west < 117.612 && 117.612 < east && south < 28.488 && 28.488 < north);
    }

    #[test]
    fn a_tile_is_found_by_its_row_from_the_north_and_a_missing_one_is_none() {
        let town = sample();
        // Just north of the middle of the town, 117.612 E 28.488 N.
        let (x, y) = (27_089, 13_676);
        assert!(
            town.tile(15, x, y)
                .unwrap()
                .unwrap()
                .starts_with(b"\x89PNG")
        );
        let rows_from_the_south = (1 << 15) - 1 - y;
        for (zoom, x, y) in [
            (15, x, rows_from_the_south),
            (15, 0, 0),
            (9, 1, 1),
            (15, x, u32::MAX),
            (40, 1, 1),
        ] {
            assert_eq!(town.tile(zoom, x, y).unwrap(), None, "{zoom}/{x}/{y}");
        }
    }

    #[test]
    fn a_file_without_levels_is_asked_for_them() {
        let (_folder, file) = file_with(&[("name", "旧"), ("maxzoom", "high")], Some(PNG));
        let file = file.unwrap();
        let metadata = file.metadata();
        assert_eq!((metadata.min_zoom, metadata.max_zoom), (3, 3));
        assert_eq!(metadata.bounds, None);
        // Row 2 from the south of eight is row 5 from the north.
        assert_eq!(file.tile(3, 1, 5).unwrap().as_deref(), Some(PNG));
    }

    #[test]
    fn a_file_that_is_no_raster_map_is_refused_for_what_it_is() {
        use TileFileErrorKind as Kind;
        for (metadata, tile, kind) in [
            (vec![], None, Kind::Empty),
            (vec![], Some(b"".as_slice()), Kind::Empty),
            (vec![], Some(b"RIFF".as_slice()), Kind::UnknownImage),
        ] {
            let (_folder, file) = file_with(&metadata, tile);
            assert_eq!(file.unwrap_err().kind, kind, "{metadata:?} {tile:?}");
        }
    }

    #[test]
    fn what_is_no_tile_file_at_all_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let text = folder.path().join("text.mbtiles");
        std::fs::write(
            &text,
            "not a database, but long enough to be looked at as if it were one",
        )
        .unwrap();
        let empty = folder.path().join("empty.mbtiles");
        std::fs::write(&empty, "").unwrap();
        let missing = folder.path().join("missing.mbtiles");
        for (path, kind) in [
            (text.as_path(), TileFileErrorKind::NotMbtiles),
            (empty.as_path(), TileFileErrorKind::NotMbtiles),
            (folder.path(), TileFileErrorKind::NotMbtiles),
            (missing.as_path(), TileFileErrorKind::NotFound),
        ] {
            assert_eq!(MbtilesFile::open(path).unwrap_err().kind, kind, "{path:?}");
        }
        assert!(!missing.exists(), "opening creates nothing");
    }

    #[test]
    fn every_published_example_opens_or_is_refused() {
        let folder = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../shared/testdata/tiles/mbtiles"
        ));
        if !folder.is_dir() {
            eprintln!("skipped: {} is not here", folder.display());
            return;
        }
        for (name, opens) in [
            ("corrupt.mbtiles", Err("damaged")),
            // One tile is null; the others are shown.
            ("corrupt_null_tile.mbtiles", Ok(4)),
            ("geocoder_data.mbtiles", Err("no tiles")),
            ("geocoder_legacy.mbtiles", Ok(4)),
            ("plain_1.mbtiles", Ok(4)),
            ("plain_2.mbtiles", Ok(4)),
            ("plain_3.mbtiles", Ok(8)),
            ("plain_4.mbtiles", Ok(4)),
            ("some-empty-tiles.mbtiles", Ok(2)),
            ("unindexed.mbtiles", Ok(4)),
            ("with spaces.mbtiles", Err("no tiles")),
        ] {
            match (MbtilesFile::open(&folder.join(name)), opens) {
                (Ok(file), Ok(max_zoom)) => {
                    assert_eq!(file.metadata().max_zoom, max_zoom, "{name}");
                    assert!(file.tile(max_zoom, 0, 0).is_ok(), "{name}");
                }
                (Err(error), Err(reason)) => {
                    let text = error.kind.to_string();
                    assert!(text.starts_with(reason), "{name}: {text}");
                }
                (opened, _) => panic!("{name}: {opened:?}"),
            }
        }
    }
}
