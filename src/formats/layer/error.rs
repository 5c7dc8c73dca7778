//! Why a layer or a feature of it could not be read.

use crate::formats::{FormatError, file_name};
use crate::geodesy::form::Form;
use crate::model::Crs;
use crate::progress::Cancelled;
use std::path::Path;

/// Why a file is no layer.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {kind}")]
pub struct LayerError {
    /// The file's own name, without its folder.
    pub file: String,
    #[source]
    pub kind: LayerErrorKind,
}

impl LayerError {
    pub(crate) fn of(path: &Path, kind: LayerErrorKind) -> Self {
        let file = file_name(path);
        Self { file, kind }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum LayerErrorKind {
    #[error("{0}")]
    Io(std::io::Error),
    #[error("more than {limit} bytes")]
    TooLarge { limit: u64 },
    /// Neither the ending nor the beginning of the file is that of a layer.
    #[error("no layer")]
    UnknownFormat,
    #[error("no layer in it")]
    NoLayers,
    #[error("no layer '{name}'")]
    NoSuchLayer { name: String },
    /// The .shp of a shapefile is not there, only what belongs beside it.
    #[error("no .shp beside it")]
    NoShapes,
    #[error("damaged: {0:?}")]
    Damaged(Damage),
    #[error(transparent)]
    Format(#[from] FormatError),
    /// Nothing says which system the coordinates are in.
    #[error("no system named; the numbers look like {looks_like:?}")]
    NoSystem { looks_like: Option<Form> },
    /// The file names a system that nobody here knows.
    #[error("unknown system '{name}'")]
    UnknownSystem { name: String },
    /// Not one position of the file is one of the system.
    #[error("no position is of {crs:?}")]
    NotOfSystem { crs: Crs, looks_like: Option<Form> },
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// What of a file is damaged, in its reader's words where there are some.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Damage {
    Zip(String),
    Shapefile(String),
    GeoPackage(String),
    Xml(String),
    Sheet(String),
}

/// A feature that is not in the layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// 1-based, as the file counts.
    pub number: u32,
    pub reason: SkipReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SkipReason {
    /// It has attributes only.
    NoGeometry,
    /// The feature or its geometry cannot be read.
    Broken,
    /// A curve, a surface in space or another geometry that is not drawn here.
    Unsupported,
    /// A position that is no place in the layer's system.
    BadPosition,
}
