//! Ways to open the SQLite file: as the one writer, or to read without a trace.

use super::blob;
use super::error::StoreErrorKind;
use crate::sqlite::unwritten;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Bytes of a page. A record and its image in the log take half of SQLite's usual 4 KiB each, so
/// that a third of every page would stay empty.
const PAGE: i64 = 8_192;
/// Memory for pages while a long list comes in, in KiB; a negative number, to SQLite.
const INTAKE_CACHE: i64 = -16 * 1024;
/// What SQLite has by default.
const USUAL_CACHE: i64 = -2_000;

/// How long another program's short transaction is waited for.
const PATIENCE: Duration = Duration::from_millis(1500);

/// The first bytes of a SQLite file, as far as they matter here.
pub(super) struct Header {
    /// The file was last left in write-ahead mode (byte 18 of the SQLite header).
    write_ahead: bool,
}

impl Header {
    /// Reads the header.
    ///
    /// # Errors
    /// `NotFound`, `NotSqlite` and what the operating system reports.
    pub(super) fn of(path: &Path) -> Result<Self, StoreErrorKind> {
        // Opening a folder succeeds on Unix and reading it fails; on Windows opening fails.
        if std::fs::metadata(path)?.is_dir() {
            return Err(StoreErrorKind::NotSqlite);
        }
        let mut head = Vec::with_capacity(100);
        File::open(path)?.take(100).read_to_end(&mut head)?;
        match head.len() == 100 && head.starts_with(b"SQLite format 3\0") {
            true => Ok(Self {
                write_ahead: head[18] == 2,
            }),
            false => Err(StoreErrorKind::NotSqlite),
        }
    }
}

/// Opens an existing file for writing; it stays in the journal mode it was left in.
pub(super) fn to_write(path: &Path) -> Result<Connection, StoreErrorKind> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    // SQLite falls back to reading without a word.
    if connection.is_readonly(rusqlite::MAIN_DB)? {
        return Err(StoreErrorKind::NotWritable);
    }
    prepared(connection)
}

/// Creates a file that must not exist yet.
pub(super) fn to_create(path: &Path) -> Result<Connection, StoreErrorKind> {
    File::create_new(path)?;
    let connection = to_write(path)?;
    connection.pragma_update(None, "page_size", PAGE)?;
    Ok(connection)
}

/// A database in memory.
pub(super) fn in_memory() -> Result<Connection, StoreErrorKind> {
    prepared(Connection::open_in_memory()?)
}

/// Opens a file so that reading it changes no byte on disk and leaves no file beside it.
pub(super) fn to_read(path: &Path) -> Result<Connection, StoreErrorKind> {
    let header = Header::of(path)?;
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let write_ahead_log = std::fs::metadata(beside(path, "-wal")).is_ok_and(|wal| wal.len() > 0);
    let shared_memory = beside(path, "-shm").exists();
    if write_ahead_log && !shared_memory {
        // Somebody copied the file with its log while it was open. Reading the log needs an index
        // of it, which is kept in memory only where the lock is exclusive.
        let connection =
            Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        return prepared(connection);
    }
    if std::fs::metadata(beside(path, "-journal")).is_ok_and(|journal| journal.len() > 0) {
        // A program ended in the middle of a long list: what it wrote has to be taken back first.
        return prepared(Connection::open_with_flags(
            path,
            flags | OpenFlags::SQLITE_OPEN_READ_WRITE,
        )?);
    }
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY;
    if header.write_ahead && !write_ahead_log && !shared_memory {
        // In write-ahead mode SQLite would make both files even to read, unless told that nobody
        // writes: and nobody does, or the files were there.
        let connection =
            Connection::open_with_flags(unwritten(path), flags | OpenFlags::SQLITE_OPEN_URI)?;
        return prepared(connection);
    }
    prepared(Connection::open_with_flags(path, flags)?)
}

fn prepared(connection: Connection) -> Result<Connection, StoreErrorKind> {
    connection.busy_timeout(PATIENCE)?;
    // The file may come from anywhere: its triggers may call nothing with side effects.
    connection.pragma_update(None, "trusted_schema", false)?;
    blob::register_functions(&connection)?;
    Ok(connection)
}

/// Takes the connection into the mode for work: every commit is on disk when it returns, and
/// readers are not held up.
pub(super) fn begin_work(connection: &Connection) -> Result<(), StoreErrorKind> {
    set_journal_mode(connection, "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(())
}

/// Begins a long transaction, with more memory for pages.
///
/// Where nobody else has the file open it is written with a journal that holds what was there:
/// new pages go where they belong at once, and not twice by way of a log as long as the list. The
/// caller calls [`end_intake`], whether or not this succeeds.
pub(super) fn begin_intake(connection: &Connection) -> Result<(), StoreErrorKind> {
    connection.pragma_update(None, "cache_size", INTAKE_CACHE)?;
    // Somebody who is reading keeps the file in its mode: then it is the longer way.
    let alone = set_journal_mode(connection, "DELETE").is_ok();
    Ok(connection.execute_batch(match alone {
        true => "BEGIN EXCLUSIVE",
        false => "BEGIN IMMEDIATE",
    })?)
}

/// Goes back to the mode for work after a long transaction.
pub(super) fn end_intake(connection: &Connection) -> Result<(), StoreErrorKind> {
    connection.pragma_update(None, "cache_size", USUAL_CACHE)?;
    begin_work(connection)
}

/// Brings everything into the one file and takes the files beside it away.
pub(super) fn end_work(connection: &Connection) -> Result<(), StoreErrorKind> {
    connection.flush_prepared_statement_cache();
    set_journal_mode(connection, "DELETE")
}

fn set_journal_mode(connection: &Connection, mode: &str) -> Result<(), StoreErrorKind> {
    let set: String =
        connection.pragma_update_and_check(None, "journal_mode", mode, |row| row.get(0))?;
    match set.eq_ignore_ascii_case(mode) {
        true => Ok(()),
        false => Err(StoreErrorKind::Failed {
            detail: format!("journal mode is {set}"),
        }),
    }
}

/// `survey.gpkg` → `survey.gpkg-wal`
pub(super) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

/// The right to write a survey file: one program at a time, whatever SQLite would allow, because
/// each keeps the whole survey in memory.
///
/// A lock of the operating system on a file beside it, so that it ends with the process.
pub(super) struct WriterLock {
    path: PathBuf,
    _file: File,
}

impl WriterLock {
    pub(super) fn take(survey: &Path) -> Result<Self, StoreErrorKind> {
        let path = beside(survey, "-lock");
        // The holder may take the file away between our opening and locking it.
        for _ in 0..3 {
            let file = File::options()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&path)?;
            match file.try_lock() {
                Ok(()) if path.exists() => return Ok(Self { path, _file: file }),
                Ok(()) => {}
                Err(std::fs::TryLockError::WouldBlock) => return Err(StoreErrorKind::Locked),
                // A file system without locks: SQLite's own locks must do.
                Err(std::fs::TryLockError::Error(_)) => return Ok(Self { path, _file: file }),
            }
        }
        Err(StoreErrorKind::Locked)
    }
}

impl Drop for WriterLock {
    fn drop(&mut self) {
        // While the lock is still held. A file left behind locks nobody out.
        let _ = std::fs::remove_file(&self.path);
    }
}
