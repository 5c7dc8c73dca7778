//! The MBTiles file of a pack while it is being filled.
//!
//! It lies beside its place under another name until it is done. What it is of stands in it, so
//! that a download goes on where it stopped; the rest is MBTiles 1.3, which every GIS reads.

use super::PackPlan;
use crate::basemap::TileAddress;
use crate::model::Coded;
use crate::tiles::online::SourceKey;
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// "MPBX": what SQLite files say that are MBTiles (MBTiles 1.3, "application_id").
const APPLICATION_ID: i64 = 0x4d50_4258;
/// Whose tiles they are, for going on.
const SOURCE_KEY: &str = "jiugai_source";
/// The datum that the pictures are drawn in; MBTiles itself knows WGS 84 alone.
const DATUM_KEY: &str = "datum";
/// So many tiles may be fetched once more after the power failed.
const TILES_A_COMMIT: u32 = 32;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS metadata (name TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE IF NOT EXISTS tiles (
        zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB);
    CREATE UNIQUE INDEX IF NOT EXISTS tile_index ON tiles (zoom_level, tile_column, tile_row);
    CREATE TABLE IF NOT EXISTS jiugai_absent (
        zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER);";

/// Why a pack cannot be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct PackFileError {
    pub path: PathBuf,
    pub kind: PackFileErrorKind,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFileErrorKind {
    /// A file that is no pack of this source: it is not written over.
    #[error("something else is there")]
    SomethingElse,
    #[error("{detail}")]
    NotWritten { detail: String },
}

/// How a pack began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begun {
    /// From nothing, now or when the download was begun.
    Anew,
    /// From a pack that was done before: to be given back where the user thinks better of it.
    FromDone,
}

/// A pack being filled. One thread at a time.
pub(super) struct PackFile {
    connection: Connection,
    path: PathBuf,
    part: PathBuf,
    begun: Begun,
    uncommitted: u32,
    /// The format of the first tile that came since it was opened.
    format: Option<&'static str>,
}

impl PackFile {
    /// Goes on with what there is of `path`, or begins; also the tiles that need not be fetched.
    pub fn open(
        path: &Path,
        plan: &PackPlan,
    ) -> Result<(Self, HashSet<TileAddress>, u64), PackFileError> {
        let failed = |kind| PackFileError {
            path: path.to_owned(),
            kind,
        };
        let part = part_of(path);
        let key = SourceKey::of(&plan.source);
        let is_ours = |path: &Path| match key_of(path).as_deref() == Some(key.as_str()) {
            true => Ok(()),
            false => Err(PackFileError {
                path: path.to_owned(),
                kind: PackFileErrorKind::SomethingElse,
            }),
        };
        let mut begun = Begun::Anew;
        if part.exists() {
            is_ours(&part)?;
        } else if path.exists() {
            is_ours(path)?;
            std::fs::rename(path, &part)
                .map_err(|error| failed(not_written(&error.to_string())))?;
            begun = Begun::FromDone;
        }
        let opened = connect(&part, key.as_str()).and_then(|connection| {
            let done = tiles_in(&connection)?;
            let bytes = "SELECT coalesce(sum(length(tile_data)), 0) FROM tiles";
            let bytes: i64 = connection.query_row(bytes, [], |row| row.get(0))?;
            Ok((connection, done, bytes))
        });
        let (connection, done, bytes) =
            opened.map_err(|error| failed(not_written(&error.to_string())))?;
        let file = Self {
            connection,
            path: path.to_owned(),
            part,
            begun,
            uncommitted: 0,
            format: None,
        };
        Ok((file, done, u64::try_from(bytes).unwrap_or(0)))
    }

    pub fn put(&mut self, tile: TileAddress, picture: &[u8]) -> Result<(), PackFileError> {
        if self.format.is_none() {
            self.format = format_of(picture);
        }
        let insert = "INSERT OR REPLACE INTO tiles (zoom_level, tile_column, tile_row, tile_data)
                      VALUES (?1, ?2, ?3, ?4)";
        let row = from_south(tile);
        self.in_batch(|connection| {
            let values = params![tile.level, tile.x, row, picture];
            connection.prepare_cached(insert)?.execute(values)
        })
    }

    /// Notes that the source has no such tile.
    pub fn put_absent(&mut self, tile: TileAddress) -> Result<(), PackFileError> {
        let insert = "INSERT INTO jiugai_absent (zoom_level, tile_column, tile_row)
                      VALUES (?1, ?2, ?3)";
        let row = from_south(tile);
        self.in_batch(|connection| {
            let values = params![tile.level, tile.x, row];
            connection.prepare_cached(insert)?.execute(values)
        })
    }

    /// Everything so far is on disk.
    pub fn commit(&mut self) -> Result<(), PackFileError> {
        if self.uncommitted == 0 {
            return Ok(());
        }
        let committed = self.connection.execute_batch("COMMIT");
        committed.map_err(|error| self.failed(&error.to_string()))?;
        self.uncommitted = 0;
        Ok(())
    }

    /// Says what the pack is of, and puts it in its place.
    pub fn finish(mut self, plan: &PackPlan) -> Result<PathBuf, PackFileError> {
        self.commit()?;
        let described = self.describe(plan);
        described.map_err(|error| self.failed(&error.to_string()))?;
        let Self {
            connection,
            path,
            part,
            ..
        } = self;
        let failed = |detail: String| PackFileError {
            path: path.clone(),
            kind: PackFileErrorKind::NotWritten { detail },
        };
        // Closed first: Windows moves no open file.
        connection
            .close()
            .map_err(|(_, error)| failed(error.to_string()))?;
        std::fs::rename(&part, &path).map_err(|error| failed(error.to_string()))?;
        Ok(path)
    }

    /// Takes back what was begun; a pack that was done before is as it was, with what came since.
    pub fn give_up(self, plan: &PackPlan) -> Result<(), PackFileError> {
        match self.begun {
            Begun::FromDone => self.finish(plan).map(|_| ()),
            Begun::Anew => {
                let (part, path) = (self.part.clone(), self.path.clone());
                drop(self);
                std::fs::remove_file(part).map_err(|error| PackFileError {
                    path,
                    kind: not_written(&error.to_string()),
                })
            }
        }
    }

    fn describe(&self, plan: &PackPlan) -> rusqlite::Result<()> {
        let levels = "SELECT min(zoom_level), max(zoom_level) FROM tiles";
        let levels: (Option<u8>, Option<u8>) =
            (self.connection).query_row(levels, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let bounds = self.bounds_with(plan)?;
        let source = &plan.source;
        let name = match source.name.is_empty() {
            true => &source.id.0,
            false => &source.name,
        };
        let level = |level: Option<u8>| level.unwrap_or_default().to_string();
        let mut values = vec![
            ("name", name.clone()),
            ("type", "baselayer".to_owned()),
            ("version", "1".to_owned()),
            ("attribution", source.attribution.clone()),
            ("minzoom", level(levels.0)),
            ("maxzoom", level(levels.1)),
            ("bounds", bounds),
            (DATUM_KEY, source.datum.key().to_owned()),
        ];
        let format = match self.format {
            Some(format) => Some(format),
            None => first_format(&self.connection)?,
        };
        values.extend(format.map(|format| ("format", format.to_owned())));
        for (name, value) in values {
            set_metadata(&self.connection, name, &value)?;
        }
        self.connection.execute_batch("DROP TABLE jiugai_absent")
    }

    /// Of the area, and of what a pack had before.
    fn bounds_with(&self, plan: &PackPlan) -> rusqlite::Result<String> {
        let before = metadata(&self.connection, "bounds")?.unwrap_or_default();
        let before: Vec<f64> = before.split(',').filter_map(|it| it.parse().ok()).collect();
        let Some(bounds) = plan.bounds() else {
            return Ok(String::new());
        };
        let (mut west, mut south) = (bounds.min().x, bounds.min().y);
        let (mut east, mut north) = (bounds.max().x, bounds.max().y);
        if let [w, s, e, n] = before[..] {
            (west, south) = (west.min(w), south.min(s));
            (east, north) = (east.max(e), north.max(n));
        }
        Ok(format!("{west:.6},{south:.6},{east:.6},{north:.6}"))
    }

    fn in_batch(
        &mut self,
        action: impl FnOnce(&Connection) -> rusqlite::Result<usize>,
    ) -> Result<(), PackFileError> {
        let begun = match self.uncommitted {
            0 => self.connection.execute_batch("BEGIN IMMEDIATE"),
            _ => Ok(()),
        };
        let done = begun.and_then(|()| action(&self.connection));
        done.map_err(|error| self.failed(&error.to_string()))?;
        self.uncommitted += 1;
        match self.uncommitted >= TILES_A_COMMIT {
            true => self.commit(),
            false => Ok(()),
        }
    }

    fn failed(&self, detail: &str) -> PackFileError {
        PackFileError {
            path: self.path.clone(),
            kind: not_written(detail),
        }
    }
}

/// The name under which a pack lies until it is done.
fn part_of(path: &Path) -> PathBuf {
    let mut part = path.as_os_str().to_owned();
    part.push(".part");
    PathBuf::from(part)
}

fn connect(part: &Path, key: &str) -> rusqlite::Result<Connection> {
    let connection = Connection::open(part)?;
    // A power failure costs the last tiles, which are fetched again.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA} COMMIT"))?;
    set_metadata(&connection, SOURCE_KEY, key)?;
    Ok(connection)
}

/// Which source a pack says it is of; `None` for every other file.
fn key_of(path: &Path) -> Option<String> {
    let connection =
        Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_WRITE).ok()?;
    metadata(&connection, SOURCE_KEY).ok()?
}

fn metadata(connection: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    let query = "SELECT CAST(value AS TEXT) FROM metadata WHERE name = ?1";
    connection
        .query_row(query, [name], |row| row.get(0))
        .optional()
}

fn set_metadata(connection: &Connection, name: &str, value: &str) -> rusqlite::Result<usize> {
    let set = "INSERT OR REPLACE INTO metadata (name, value) VALUES (?1, ?2)";
    connection.execute(set, [name, value])
}

/// The tiles that a pack has, and those known not to be.
fn tiles_in(connection: &Connection) -> rusqlite::Result<HashSet<TileAddress>> {
    let query = "SELECT zoom_level, tile_column, tile_row FROM tiles UNION ALL
                 SELECT zoom_level, tile_column, tile_row FROM jiugai_absent";
    let mut found = connection.prepare(query)?;
    let rows = found.query_map([], |row| {
        let tile = TileAddress::new(row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(TileAddress {
            y: from_south(tile),
            ..tile
        })
    })?;
    rows.collect()
}

/// Tiles of a plan have a row; one that a spoilt file makes up is not asked for.
fn from_south(tile: TileAddress) -> u32 {
    tile.row_from_south().unwrap_or(0)
}

/// What the tiles are that came before the program was closed.
fn first_format(connection: &Connection) -> rusqlite::Result<Option<&'static str>> {
    let query = "SELECT tile_data FROM tiles LIMIT 1";
    let first: Option<Vec<u8>> = connection
        .query_row(query, [], |row| row.get(0))
        .optional()?;
    Ok(first.and_then(|first| format_of(&first)))
}

fn format_of(picture: &[u8]) -> Option<&'static str> {
    match image::guess_format(picture).ok()? {
        image::ImageFormat::Png => Some("png"),
        image::ImageFormat::Jpeg => Some("jpg"),
        image::ImageFormat::WebP => Some("webp"),
        _ => None,
    }
}

fn not_written(detail: &str) -> PackFileErrorKind {
    PackFileErrorKind::NotWritten {
        detail: detail.to_owned(),
    }
}
