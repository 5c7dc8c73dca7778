//! What a finished job brings back to the window.

use crate::jobs::evaluate::Evaluation;
use crate::jobs::import::{ImportError, Imported, Preview};
use crate::jobs::release::{Release, ReleaseError};
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
    Released(Box<Result<Release, ReleaseError>>),
}
