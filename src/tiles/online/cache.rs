//! Tiles that were fetched before, in one SQLite file of the system's cache folder.
//!
//! Nothing here is ever an error: a folder that cannot be written means no cache, a damaged file
//! is set aside and begun anew. Several threads and several windows share one file.

use super::answer::Freshness;
use crate::basemap::{Source, TileAddress};
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, params};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// A file of another shape has another name: an older program beside this one keeps its own.
const FILE_NAME: &str = "tiles-1.sqlite";
/// How long another window's short transaction is waited for.
const PATIENCE: Duration = Duration::from_secs(2);
/// When a tile was last used is written no oftener than this: looking is to stay reading.
const USE_NOTED_AFTER_S: i64 = 60;
/// What a tile takes beside its bytes, about.
const BESIDE_BYTES: i64 = 200;
/// Room is made for more than the next tile at once.
const KEPT_OF_TEN: i64 = 9;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS tile (
        source TEXT NOT NULL, level INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,
        -- Empty where the source has none there.
        picture BLOB NOT NULL, size INTEGER NOT NULL,
        expires INTEGER NOT NULL, used INTEGER NOT NULL, etag TEXT, modified TEXT,
        UNIQUE (source, level, x, y));
    CREATE INDEX IF NOT EXISTS tile_used ON tile (used, size);
    CREATE TABLE IF NOT EXISTS total (bytes INTEGER NOT NULL);
    INSERT INTO total SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM total);
    CREATE TRIGGER IF NOT EXISTS tile_added AFTER INSERT ON tile
        BEGIN UPDATE total SET bytes = bytes + NEW.size; END;
    CREATE TRIGGER IF NOT EXISTS tile_gone AFTER DELETE ON tile
        BEGIN UPDATE total SET bytes = bytes - OLD.size; END;";

/// What time it is: only the edges of the program ask the system.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The tiles kept on this laptop. Clones share them.
#[derive(Clone)]
pub struct TileCache(Arc<Shared>);

struct Shared {
    path: PathBuf,
    limit_bytes: u64,
    clock: Clock,
    /// `None` where the folder cannot be written: everything goes on without.
    connection: Mutex<Option<Connection>>,
}

/// Which source a tile is of: its identifier and its addresses, which hold no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::tiles) struct SourceKey(String);

impl SourceKey {
    pub(in crate::tiles) fn of(source: &Source) -> Self {
        let kind = serde_json::to_string(&source.kind).unwrap_or_default();
        let mut hash = Sha256::new();
        hash.update(&source.id.0);
        hash.update([0]);
        hash.update(kind);
        let mut key = String::new();
        for byte in &hash.finalize()[..16] {
            // Writing into a string cannot fail.
            _ = write!(key, "{byte:02x}");
        }
        Self(key)
    }

    pub(in crate::tiles) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A tile from an earlier day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kept {
    /// As the server sent it; empty where the source has none there.
    pub picture: Vec<u8>,
    pub still_holds: Holds,
    pub etag: Option<String>,
    pub modified: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// It need not be asked for.
    Yes,
    /// Shown only where the server gives no newer one.
    NoLonger,
}

impl TileCache {
    /// What a cache takes, where nobody says otherwise.
    pub const USUAL_LIMIT_BYTES: u64 = 512 << 20;

    /// The cache in `folder`, which is made where it is missing. Whatever goes wrong, there is
    /// simply none.
    pub fn open(folder: &Path, limit_bytes: u64, clock: Clock) -> Self {
        let path = folder.join(FILE_NAME);
        let connection = match std::fs::create_dir_all(folder) {
            Ok(()) => connect_or_begin_anew(&path),
            Err(_) => None,
        };
        Self(Arc::new(Shared {
            path,
            limit_bytes,
            clock,
            connection: Mutex::new(connection),
        }))
    }

    /// What the tiles take, in bytes.
    pub fn size_bytes(&self) -> u64 {
        let query = "SELECT bytes FROM total";
        let total = self.try_with(|connection| connection.query_row(query, [], |row| row.get(0)));
        total
            .and_then(|total: i64| total.try_into().ok())
            .unwrap_or(0)
    }

    /// Lets go of every tile, and gives the space back.
    pub fn clear(&self) {
        self.try_with(|connection| connection.execute_batch("DELETE FROM tile; VACUUM"));
    }

    pub(super) fn now(&self) -> Timestamp {
        (self.0.clock)()
    }

    pub(super) fn look_up(&self, source: &SourceKey, tile: TileAddress) -> Option<Kept> {
        let now = self.now().as_second();
        let query = "SELECT picture, expires, used, etag, modified FROM tile
                     WHERE source = ?1 AND level = ?2 AND x = ?3 AND y = ?4";
        let place = params![source.0, tile.level, tile.x, tile.y];
        let (kept, used) = self
            .try_with(|connection| {
                let mut found = connection.prepare_cached(query)?;
                let row = |row: &rusqlite::Row| {
                    let kept = Kept {
                        picture: row.get(0)?,
                        still_holds: match now < row.get::<_, i64>(1)? {
                            true => Holds::Yes,
                            false => Holds::NoLonger,
                        },
                        etag: row.get(3)?,
                        modified: row.get(4)?,
                    };
                    Ok((kept, row.get::<_, i64>(2)?))
                };
                found.query_row(place, row).optional()
            })
            .flatten()?;
        if now - used > USE_NOTED_AFTER_S {
            let update = "UPDATE tile SET used = ?5
                          WHERE source = ?1 AND level = ?2 AND x = ?3 AND y = ?4";
            let values = params![source.0, tile.level, tile.x, tile.y, now];
            self.try_with(|connection| connection.prepare_cached(update)?.execute(values));
        }
        Some(kept)
    }

    /// Keeps a tile; an empty picture says that the source has none there. Whatever was used least
    /// of late goes where there is no room.
    pub(super) fn keep(
        &self,
        source: &SourceKey,
        tile: TileAddress,
        picture: &[u8],
        fresh: &Freshness,
    ) {
        let now = self.now().as_second();
        let size = i64::try_from(picture.len()).unwrap_or(i64::MAX / 4) + BESIDE_BYTES;
        let limit = i64::try_from(self.0.limit_bytes).unwrap_or(i64::MAX);
        if size > limit {
            return;
        }
        self.try_with(|connection| {
            let transaction = connection.unchecked_transaction()?;
            // Not REPLACE: it deletes without the trigger that counts.
            transaction
                .prepare_cached(
                    "DELETE FROM tile WHERE source = ?1 AND level = ?2 AND x = ?3 AND y = ?4",
                )?
                .execute(params![source.0, tile.level, tile.x, tile.y])?;
            let total: i64 =
                transaction.query_row("SELECT bytes FROM total", [], |row| row.get(0))?;
            if total + size > limit {
                make_room(&transaction, (limit / 10 * KEPT_OF_TEN).min(limit - size))?;
            }
            transaction
                .prepare_cached(
                    "INSERT INTO tile (source, level, x, y, picture, size, expires, used, etag,
                         modified) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                )?
                .execute(params![
                    source.0,
                    tile.level,
                    tile.x,
                    tile.y,
                    picture,
                    size,
                    fresh.expires.as_second(),
                    now,
                    fresh.etag,
                    fresh.modified
                ])?;
            transaction.commit()
        });
    }

    /// Notes that the server has no newer one.
    pub(super) fn still_holds(&self, source: &SourceKey, tile: TileAddress, fresh: &Freshness) {
        let update = "UPDATE tile SET expires = ?5, etag = coalesce(?6, etag),
                          modified = coalesce(?7, modified)
                      WHERE source = ?1 AND level = ?2 AND x = ?3 AND y = ?4";
        let expires = fresh.expires.as_second();
        let (etag, modified) = (&fresh.etag, &fresh.modified);
        let values = params![
            source.0, tile.level, tile.x, tile.y, expires, etag, modified
        ];
        self.try_with(|connection| connection.prepare_cached(update)?.execute(values));
    }

    /// How many pictures of a source there are at these levels, and what they take, in bytes.
    pub(in crate::tiles) fn pictures_of(
        &self,
        source: &SourceKey,
        levels: std::ops::RangeInclusive<u8>,
    ) -> (u64, u64) {
        let query = "SELECT count(*), coalesce(sum(length(picture)), 0) FROM tile
                     WHERE source = ?1 AND level BETWEEN ?2 AND ?3 AND length(picture) > 0";
        let values = params![source.0, levels.start(), levels.end()];
        let found = self.try_with(|connection| {
            connection.query_row(query, values, |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))
            })
        });
        let whole = |number: i64| u64::try_from(number).unwrap_or(0);
        found.map_or((0, 0), |(count, bytes)| (whole(count), whole(bytes)))
    }

    fn lock(&self) -> MutexGuard<'_, Option<Connection>> {
        // A transaction that a thread left behind was rolled back as it was dropped.
        let locked = self.0.connection.lock();
        locked.unwrap_or_else(PoisonError::into_inner)
    }

    /// Does it where there is a cache and it can be done. A damaged file is begun anew.
    fn try_with<T>(&self, action: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Option<T> {
        let mut connection = self.lock();
        match action(connection.as_ref()?) {
            Ok(done) => Some(done),
            Err(error) => {
                if is_damage(&error) {
                    // Closed first: Windows moves no open file.
                    *connection = None;
                    set_aside(&self.0.path);
                    *connection = connect(&self.0.path).ok();
                }
                None
            }
        }
    }
}

fn connect_or_begin_anew(path: &Path) -> Option<Connection> {
    match connect(path) {
        Ok(connection) => Some(connection),
        Err(error) if is_damage(&error) => {
            set_aside(path);
            connect(path).ok()
        }
        Err(_) => None,
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    // A cache may lose its last tiles with the current, but never wait for the disk.
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.execute_batch(&format!("BEGIN IMMEDIATE; {SCHEMA} COMMIT"))?;
    Ok(connection)
}

/// Deletes what was used least of late, until no more than `bytes` are left.
fn make_room(connection: &Connection, bytes: i64) -> rusqlite::Result<()> {
    let mut total: i64 = connection.query_row("SELECT bytes FROM total", [], |row| row.get(0))?;
    let mut oldest = connection.prepare_cached("SELECT rowid, size FROM tile ORDER BY used")?;
    let mut gone = Vec::new();
    let mut rows = oldest.query([])?;
    while total > bytes {
        let Some(row) = rows.next()? else { break };
        gone.push(row.get::<_, i64>(0)?);
        total -= row.get::<_, i64>(1)?;
    }
    drop(rows);
    let mut delete = connection.prepare_cached("DELETE FROM tile WHERE rowid = ?1")?;
    gone.into_iter()
        .try_for_each(|row| delete.execute([row]).map(|_| ()))
}

fn is_damage(error: &rusqlite::Error) -> bool {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => true,
        // No such table or column: another program's file.
        Some(ErrorCode::Unknown) => true,
        Some(_) => false,
        // A value that is not of its column's kind.
        None => matches!(error, rusqlite::Error::InvalidColumnType(..)),
    }
}

/// Puts a damaged file out of the way, over the last one that was.
fn set_aside(path: &Path) {
    let aside = path.with_extension("damaged");
    if std::fs::rename(path, &aside).is_err() {
        // Better no cache than one that is damaged each time.
        let _ = std::fs::remove_file(path);
    }
    for end in ["-wal", "-shm"] {
        let mut beside = path.as_os_str().to_owned();
        beside.push(end);
        let _ = std::fs::remove_file(PathBuf::from(beside));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::presets;
    use std::sync::atomic::{AtomicI64, Ordering};

    const MEGABYTE: u64 = 1 << 20;

    /// A clock that a test sets.
    fn clock() -> (Arc<AtomicI64>, Clock) {
        let seconds = Arc::new(AtomicI64::new(1_790_000_000));
        let shown = seconds.clone();
        let clock =
            move || Timestamp::from_second(shown.load(Ordering::Relaxed)).unwrap_or_default();
        (seconds, Arc::new(clock))
    }

    fn key() -> SourceKey {
        SourceKey::of(&presets()[0])
    }

    fn for_an_hour(cache: &TileCache) -> Freshness {
        Freshness {
            expires: cache.now() + jiff::SignedDuration::from_hours(1),
            etag: Some("\"v1\"".to_owned()),
            modified: None,
        }
    }

    fn tile(x: u32) -> TileAddress {
        TileAddress::new(15, x, 7)
    }

    #[test]
    fn a_tile_is_there_after_a_restart_and_says_when_it_no_longer_holds() {
        let folder = tempfile::tempdir().unwrap();
        let (seconds, clock) = clock();
        let folder = folder.path().join("缓存 cache");
        let cache = TileCache::open(&folder, MEGABYTE, clock.clone());
        assert_eq!(cache.look_up(&key(), tile(1)), None);
        cache.keep(&key(), tile(1), b"picture", &for_an_hour(&cache));
        drop(cache);
        let cache = TileCache::open(&folder, MEGABYTE, clock);
        let kept = cache.look_up(&key(), tile(1)).unwrap();
        assert_eq!(kept.picture, b"picture");
        assert_eq!(kept.still_holds, Holds::Yes);
        seconds.fetch_add(3_601, Ordering::Relaxed);
        let kept = cache.look_up(&key(), tile(1)).unwrap();
        assert_eq!(kept.still_holds, Holds::NoLonger);
        assert_eq!(kept.etag.as_deref(), Some("\"v1\""));
        cache.still_holds(&key(), tile(1), &for_an_hour(&cache));
        let kept = cache.look_up(&key(), tile(1)).unwrap();
        assert_eq!(kept.still_holds, Holds::Yes);
        let other = SourceKey::of(&presets()[1]);
        assert_eq!(cache.look_up(&other, tile(1)), None);
    }

    #[test]
    fn beyond_the_limit_what_was_used_least_of_late_goes() {
        let folder = tempfile::tempdir().unwrap();
        let (seconds, clock) = clock();
        let cache = TileCache::open(folder.path(), 20_000, clock);
        for x in 0..40 {
            seconds.fetch_add(100, Ordering::Relaxed);
            cache.keep(&key(), tile(x), &[7; 800], &for_an_hour(&cache));
            assert!(cache.size_bytes() <= 20_000);
            // The first is looked at again and again.
            assert!(cache.look_up(&key(), tile(0)).is_some(), "{x}");
        }
        assert_eq!(cache.look_up(&key(), tile(1)), None);
        assert!(cache.look_up(&key(), tile(39)).is_some());
        cache.keep(&key(), tile(99), &[7; 30_000], &for_an_hour(&cache));
        assert_eq!(cache.look_up(&key(), tile(99)), None);
        assert!(cache.size_bytes() > 10_000);
        assert_eq!(cache.pictures_of(&key(), 15..=15).1 % 800, 0);
        cache.clear();
        assert_eq!(cache.size_bytes(), 0);
        assert_eq!(cache.look_up(&key(), tile(39)), None);
    }

    #[test]
    fn a_tile_that_comes_again_is_counted_once() {
        let folder = tempfile::tempdir().unwrap();
        let cache = TileCache::open(folder.path(), MEGABYTE, clock().1);
        for size in [500, 300] {
            cache.keep(&key(), tile(1), &vec![7; size], &for_an_hour(&cache));
        }
        assert_eq!(cache.size_bytes(), 300 + BESIDE_BYTES as u64);
    }

    #[test]
    fn a_damaged_file_is_set_aside_and_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        std::fs::write(&path, "no database at all, ".repeat(500)).unwrap();
        let cache = TileCache::open(folder.path(), MEGABYTE, clock().1);
        cache.keep(&key(), tile(1), b"picture", &for_an_hour(&cache));
        assert!(cache.look_up(&key(), tile(1)).is_some());
        assert!(path.with_extension("damaged").exists());
    }

    #[test]
    fn a_file_that_is_spoilt_while_it_is_open_is_begun_anew_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE_NAME);
        let cache = TileCache::open(folder.path(), MEGABYTE, clock().1);
        for x in 0..200 {
            cache.keep(&key(), tile(x), &[7; 900], &for_an_hour(&cache));
        }
        drop(cache);
        let mut bytes = std::fs::read(&path).unwrap();
        // The header stays: the damage shows with the first look.
        bytes[4_096..].fill(0x5a);
        std::fs::write(&path, bytes).unwrap();
        let cache = TileCache::open(folder.path(), MEGABYTE, clock().1);
        for x in 0..3 {
            let _ = cache.look_up(&key(), tile(x));
            cache.keep(&key(), tile(x), b"picture", &for_an_hour(&cache));
        }
        assert!(cache.look_up(&key(), tile(2)).is_some());
    }

    #[test]
    fn without_a_folder_to_write_there_is_simply_no_cache() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a file");
        std::fs::write(&file, "where a folder should be").unwrap();
        let cache = TileCache::open(&file, MEGABYTE, clock().1);
        cache.keep(&key(), tile(1), b"picture", &for_an_hour(&cache));
        assert_eq!(cache.look_up(&key(), tile(1)), None);
        assert_eq!(cache.size_bytes(), 0);
        cache.clear();
    }

    #[test]
    fn two_windows_share_one_cache() {
        let folder = tempfile::tempdir().unwrap();
        let open = || TileCache::open(folder.path(), MEGABYTE, clock().1);
        let (one, other) = (open(), open());
        std::thread::scope(|scope| {
            for (cache, start) in [(&one, 0), (&other, 100)] {
                scope.spawn(move || {
                    for x in start..start + 50 {
                        cache.keep(&key(), tile(x), b"picture", &for_an_hour(cache));
                    }
                });
            }
        });
        for x in (0..50).chain(100..150) {
            assert!(one.look_up(&key(), tile(x)).is_some(), "{x}");
        }
        assert_eq!(one.size_bytes(), other.size_bytes());
    }
}
