//! What can go wrong with a survey file. The sentences are in `words::store`.

use rusqlite::ErrorCode;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// A survey file that could not be opened, read or written. What was on disk before still is.
#[derive(Debug, thiserror::Error)]
#[error("{}: {kind}", path.display())]
pub struct StoreError {
    pub path: PathBuf,
    #[source]
    pub kind: StoreErrorKind,
}

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum StoreErrorKind {
    #[error("no such file")]
    NotFound,
    /// `create` and `backup_to` never overwrite.
    #[error("the file exists already")]
    AlreadyExists,
    /// `create` and `backup_to` make no folders.
    #[error("no such folder")]
    NoFolder,
    #[error("no SQLite database")]
    NotSqlite,
    #[error("a SQLite database, but no GeoPackage")]
    NotGeoPackage,
    #[error("a GeoPackage, but no survey of this program")]
    NotASurvey,
    /// Written by a newer program.
    #[error("survey schema {found} is newer than {known}")]
    Newer { found: u32, known: u32 },
    /// Another program, or another window of this one, has the file open for writing.
    #[error("locked by another program")]
    Locked,
    /// Another program wrote to the file since it was opened: what is in memory is out of date.
    #[error("changed by another program")]
    ChangedOutside,
    #[error("damaged: {detail}")]
    Damaged { detail: String },
    #[error("the disk is full")]
    DiskFull,
    #[error("no permission to write")]
    NotWritable,
    /// A record with a measure that is infinite, negative or no number, or with a hole in
    /// nothing: it would not be read back as it is.
    #[error("record {record} cannot be stored: {column}")]
    Unstorable { record: Uuid, column: String },
    /// Anything else the operating system or SQLite reports, in its own words.
    #[error("{detail}")]
    Failed { detail: String },
}

impl StoreErrorKind {
    pub(super) fn at(self, path: &Path) -> StoreError {
        StoreError {
            path: path.to_owned(),
            kind: self,
        }
    }

    pub(super) fn damaged(detail: impl std::fmt::Display) -> Self {
        Self::Damaged {
            detail: detail.to_string(),
        }
    }
}

impl From<rusqlite::Error> for StoreErrorKind {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotSqlite,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            // Our statements are sound: an error in one means that a table or column is not there.
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::Unknown) => Self::damaged(error),
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
                Self::NotWritable
            }
            _ => Self::Failed {
                detail: error.to_string(),
            },
        }
    }
}

impl From<std::io::Error> for StoreErrorKind {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::NotFound,
            ErrorKind::AlreadyExists => Self::AlreadyExists,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::NotWritable,
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Failed {
                detail: error.to_string(),
            },
        }
    }
}

/// Something in a survey file that another program spoilt. The rest of the file was read; the
/// spoilt value stays on disk until its record is next written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadProblem {
    /// The table, as QGIS shows it.
    pub table: &'static str,
    /// The row's number in that table, as QGIS shows it.
    pub fid: i64,
    /// The name of the estate in that row, or the number of the building, where it has one.
    pub name: String,
    pub kind: ReadProblemKind,
}

/// How a row differs from what this program writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadProblemKind {
    /// A value that its column does not take; read as "not surveyed".
    UnknownValue { column: String, value: String },
    /// A geometry that its layer does not take; read as absent.
    UnreadableGeometry,
    /// The row had no usable `uuid`, or that of an earlier row: it is a new record, with this key.
    KeyGiven { key: Uuid },
    /// A building whose `estate` is empty or no record of the survey; left out.
    NoEstate,
    /// A row of one of our own tables that cannot be read at all; left out.
    UnreadableRow,
}
