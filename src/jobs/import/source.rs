//! The file of a list: its bytes, and what tells it from others.

use super::ImportError;
use super::rejects::drop_remarks;
use crate::formats::layer::{LayerError, LayerErrorKind};
use crate::formats::{self, FormatError, Opened};
use crate::jobs::checksum::hexadecimal;
use sha2::{Digest, Sha256};
use std::path::Path;

/// A file that was read, and the name it is known by.
pub(super) struct Source {
    pub file_name: String,
    pub opened: Opened,
    pub sha256: [u8; 32],
}

impl Source {
    pub fn open(path: &Path, layer: Option<&str>) -> Result<Self, ImportError> {
        let file_name = path.file_name().unwrap_or(path.as_os_str());
        let file_name = file_name.to_string_lossy().into_owned();
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
        let bytes = std::fs::read(path).map_err(unreadable)?;
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
        Ok(Self {
            sha256,
            opened,
            file_name,
        })
    }

    /// What tells the list from others: the file, what belongs to it, and which of its layers it is.
    /// Of the first layer of one file it is the file's own hash, as it was before files had layers.
    pub fn identity(&self) -> [u8; 32] {
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

    pub fn sha256_hex(&self) -> String {
        hexadecimal(&self.sha256)
    }
}
