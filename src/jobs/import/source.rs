//! The file of a list: its bytes, and what tells it from others.

use super::ImportError;
use crate::formats::{self, FormatError, RawTable};
use sha2::{Digest, Sha256};
use std::path::Path;

/// A file's bytes, and the name they are known by.
pub(super) struct Source {
    pub file_name: String,
    bytes: Vec<u8>,
    pub sha256: [u8; 32],
}

impl Source {
    pub fn open(path: &Path) -> Result<Self, ImportError> {
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
        Ok(Self {
            sha256: Sha256::digest(&bytes).into(),
            bytes,
            file_name,
        })
    }

    pub fn table(&self) -> Result<RawTable, ImportError> {
        formats::read(&self.file_name, &self.bytes).map_err(|reason| ImportError::Format {
            file: self.file_name.clone(),
            reason,
        })
    }

    pub fn sha256_hex(&self) -> String {
        self.sha256
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect()
    }
}
