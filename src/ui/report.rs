//! What a finished job brings back to the window.

use super::action::ExportOrder;
use super::delivery::ReadReason;
use super::review::ProposedFor;
use crate::dedupe::Index;
use crate::edit::Proposal;
use crate::jobs::evaluate::Evaluation;
use crate::jobs::export::{ExportError, ExportTemplate, Exported, Sorted};
use crate::jobs::gaps::Gaps;
use crate::jobs::import::newer::{Newer, NewerError};
use crate::jobs::import::{Candidate, ImportError, Imported, Preview, RejectsError, Template};
use crate::jobs::ledger::LedgerFileError;
use crate::jobs::ledger::returned::{Returned, ReturnedError};
use crate::jobs::paper::PaperError;
use crate::jobs::photos::{Added, FileState, Handover, HandoverError};
use crate::jobs::planning::Planning;
use crate::jobs::release::{ReleaseError, Staged};
use crate::jobs::report::{ReportError, Target, Written};
use crate::jobs::review_queue::ReviewQueue;
use crate::model::{CommunityCode, EstateId, Paper, PhotoId};
use crate::progress::Cancelled;
use crate::rules::coverage::Coverage;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// What an evaluation found.
pub struct LookedAt {
    pub evaluation: Evaluation,
    /// Where the whole survey was searched for duplicates.
    pub duplicates: Option<Index>,
    pub queue: ReviewQueue,
    pub coverage: Coverage,
    /// The gaps listed before, and which of them are still outside every boundary.
    pub gaps: Option<(Arc<Gaps>, Vec<bool>)>,
}

/// Why the rejected rows of a list could not be written.
pub enum NotSaved {
    Rejects(RejectsError),
    Io(std::io::Error),
}

pub enum Report {
    Previewed {
        path: PathBuf,
        preview: Result<Preview, ImportError>,
        /// Saved mappings that fit its headings.
        templates: Vec<Template>,
    },
    /// How a list could be read.
    Compared(Result<Vec<Candidate>, ImportError>),
    Imported {
        path: PathBuf,
        imported: Result<Imported, ImportError>,
    },
    /// A file, held against the list that it is a newer version of.
    ComparedNewer {
        path: PathBuf,
        newer: Box<Result<Newer, NewerError>>,
    },
    /// How many rejected rows were written.
    RejectsSaved {
        out: PathBuf,
        saved: Result<usize, NotSaved>,
    },
    /// What the export of this order would write.
    ExportCounted {
        order: Box<ExportOrder>,
        counted: Result<(ExportTemplate, Sorted), ExportError>,
    },
    Exported(Box<Result<(ExportTemplate, Exported), ExportError>>),
    Evaluated {
        revision: u64,
        evaluation: Result<Box<LookedAt>, Cancelled>,
    },
    /// What planning asks of every estate, in this state of the survey.
    Planned {
        revision: u64,
        planning: Result<Planning, Cancelled>,
    },
    /// What accepting many pairs at once would do.
    Proposed {
        of: Box<ProposedFor>,
        proposal: Result<Proposal, Cancelled>,
    },
    /// A release that is written but not in place.
    Staged(Box<Result<Staged, ReleaseError>>),
    PhotosAdded(Result<Added, Cancelled>),
    /// The photos whose file is not as it was.
    PhotosVerified(Result<BTreeMap<PhotoId, FileState>, Cancelled>),
    PicturesCopied(Result<Handover, HandoverError>),
    Printed {
        target: Target,
        written: Result<Vec<Written>, ReportError>,
    },
    LedgerWritten {
        path: PathBuf,
        rows: Result<usize, LedgerFileError>,
    },
    /// An edited ledger held against the survey.
    LedgerCompared {
        path: PathBuf,
        returned: Result<Arc<Returned>, ReturnedError>,
    },
    GapsFound(Result<Gaps, Cancelled>),
    PaperRead {
        community: CommunityCode,
        paper: Result<Paper, PaperError>,
    },
    /// A file of a project's archive.
    DocumentRead {
        estate: EstateId,
        reason: ReadReason,
        paper: Result<Paper, PaperError>,
    },
}
