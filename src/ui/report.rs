//! What a finished job brings back to the window.

use crate::jobs::evaluate::Evaluation;
use crate::jobs::import::{ImportError, Imported, Preview};
use crate::jobs::release::{ReleaseError, Staged};
use crate::progress::Cancelled;
use std::path::PathBuf;

pub enum Report {
    Previewed {
        path: PathBuf,
        preview: Result<Preview, ImportError>,
    },
    Imported(Result<Imported, ImportError>),
    Evaluated {
        revision: u64,
        evaluation: Result<Evaluation, Cancelled>,
    },
    /// A release that is written but not in place.
    Staged(Box<Result<Staged, ReleaseError>>),
}
