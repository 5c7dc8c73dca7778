//! E13: accepted with a signature missing. «…等单位共同验收», 三(三)4: all six, or it is none.

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart};
use crate::rules::acceptance::{Acceptance, acceptance};

pub(super) fn check(at: &Looked) -> Option<Finding> {
    match acceptance(at.project) {
        Acceptance::SignaturesMissing { missing, .. } => {
            let detail = ProjectDetail::SignaturesMissing { missing };
            Some(super::blocks(
                at,
                CheckCode::Signatures,
                ProjectPart::Signatures,
                detail,
            ))
        }
        Acceptance::NotYet | Acceptance::Complete { .. } => None,
    }
}
