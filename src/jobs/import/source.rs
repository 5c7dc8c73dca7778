//! The file of a list: its rows, and what tells it from others.

use super::ImportError;
use super::rejects::drop_remarks;
use super::summary::Summary;
use crate::formats::layer::{LayerError, LayerErrorKind};
use crate::formats::{self, FormatError, Opened};
use crate::jobs::checksum::hexadecimal;
use crate::model::{EditLabel, ListId, ListRole};
use sha2::{Digest, Sha256};
use std::path::Path;

/// From this length on, in bytes, a file is gone through instead of held: a list that a person
/// could look through is shorter.
const LONG: u64 = 8 << 20;

/// A file that was read, and the name it is known by.
pub struct Source {
    pub(super) file_name: String,
    pub(super) opened: Opened,
    pub(super) sha256: [u8; 32],
    pub(super) summary: Summary,
}

impl Source {
    /// Reads a file: of several layers or sheets the one of this name, else the first with rows.
    ///
    /// # Errors
    /// [`ImportError::Io`], [`ImportError::Format`], [`ImportError::Layer`].
    pub fn open(path: &Path, layer: Option<&str>) -> Result<Self, ImportError> {
        let file_name = formats::file_name(path);
        let unreadable = |reason| ImportError::Io {
            file: file_name.clone(),
            reason,
        };
        let length = std::fs::metadata(path).map_err(unreadable)?.len();
        if length > formats::MAX_BYTES as u64 {
            let reason = FormatError::TooLarge {
                limit: formats::MAX_BYTES,
            };
            return Err(ImportError::Format {
                file: file_name,
                reason,
            });
        }
        let gone_through = match layer.is_none() && length >= LONG {
            true => Self::gone_through(path, &file_name).map_err(unreadable)?,
            false => None,
        };
        gone_through.map_or_else(|| Self::held(path, layer, file_name), Ok)
    }

    /// The file read as a whole.
    pub(super) fn held(
        path: &Path,
        layer: Option<&str>,
        file_name: String,
    ) -> Result<Self, ImportError> {
        let bytes = std::fs::read(path).map_err(|reason| ImportError::Io {
            file: file_name.clone(),
            reason,
        })?;
        let sha256 = Sha256::digest(&bytes).into();
        let mut opened = formats::open(path, bytes, layer).map_err(|kind| match kind {
            LayerErrorKind::Format(reason) => ImportError::Format {
                file: file_name.clone(),
                reason,
            },
            kind => ImportError::Layer(LayerError {
                file: file_name.clone(),
                kind,
            }),
        })?;
        drop_remarks(&mut opened.table);
        let mut summary = Summary::default();
        opened
            .table
            .rows
            .iter()
            .for_each(|row| summary.note_row(row));
        Ok(Self {
            sha256,
            opened,
            file_name,
            summary,
        })
    }

    /// The rows of a long file where they are; `None` where they must be held.
    pub(super) fn gone_through(path: &Path, file_name: &str) -> std::io::Result<Option<Self>> {
        let mut hash = Sha256::new();
        let mut summary = Summary::default();
        let opened = formats::scan(path, &mut |slice| hash.update(slice), &mut |passed| {
            summary.note(passed);
        })?;
        Ok(opened.map(|opened| Self {
            file_name: file_name.to_owned(),
            opened,
            sha256: hash.finalize().into(),
            summary,
        }))
    }

    pub(super) fn unreadable(&self, reason: std::io::Error) -> ImportError {
        ImportError::Io {
            file: self.file_name.clone(),
            reason,
        }
    }

    /// Whether its rows stay in the file, to be gone through without holding them.
    pub fn is_long(&self) -> bool {
        self.opened.table.in_file.is_some()
    }

    /// The key of this list, read as `role`.
    pub fn list(&self, role: ListRole) -> ListId {
        ListId::of_file(&self.identity(), role.key())
    }

    /// How the history tells of its import.
    pub fn label(&self) -> EditLabel {
        EditLabel::Import {
            file: self.list_name(),
            rows: super::count(self.opened.table.rows_read()),
        }
    }

    pub(super) fn list_name(&self) -> String {
        match self.opened.later_layer() {
            Some(layer) => format!("{} {layer}", self.file_name),
            None => self.file_name.clone(),
        }
    }

    /// What tells the list from others: the file, what belongs to it, and which of its layers it is.
    /// Of the first layer of one file it is the file's own hash, as it was before files had layers.
    fn identity(&self) -> [u8; 32] {
        let (beside, layer) = (&self.opened.beside, self.opened.later_layer());
        if beside.is_empty() && layer.is_none() {
            return self.sha256;
        }
        let mut hash = Sha256::new();
        hash.update(self.sha256);
        hash.update(Sha256::digest(beside));
        hash.update(layer.unwrap_or_default());
        hash.finalize().into()
    }

    pub(super) fn sha256_hex(&self) -> String {
        hexadecimal(&self.sha256)
    }
}
