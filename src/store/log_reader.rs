//! The log beside the writer: a worker reads what happened while the window goes on writing.

use super::connection;
use super::error::StoreError;
use super::log::{self, EditOfEstate, LogPosition};
use crate::model::EstateId;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// A survey's log, open to be read.
pub struct LogReader {
    path: PathBuf,
    connection: Connection,
}

impl LogReader {
    /// # Errors
    /// Where the file is no survey or cannot be read.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Ok(Self {
            connection: connection::to_read(path).map_err(|kind| kind.at(path))?,
            path: path.to_owned(),
        })
    }

    /// As [`super::SurveyFile::history_of`].
    pub fn history_of(
        &self,
        estate: EstateId,
        older_than: Option<LogPosition>,
        most: u32,
    ) -> Result<Vec<EditOfEstate>, StoreError> {
        log::history_of(&self.connection, estate, older_than, most)
            .map_err(|kind| kind.at(&self.path))
    }
}
