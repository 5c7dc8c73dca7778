//! 竣工验收, 三(三)4: the work is accepted by all six together. An acceptance with a signature missing is
//! none (E13).

use crate::model::{Coded, MilestoneKind, Project, Signer};
use jiff::civil::Date;

/// How the acceptance of a project stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// No day of acceptance is on record.
    NotYet,
    /// Accepted on this day, signed by all six.
    Complete { on: Date },
    /// A day is on record, and these have not signed.
    SignaturesMissing { on: Date, missing: Vec<Signer> },
}

/// How the acceptance of `project` stands.
pub fn acceptance(project: &Project) -> Acceptance {
    let Some(on) = project.reached(MilestoneKind::Acceptance) else {
        return Acceptance::NotYet;
    };
    let missing = missing_signers(project);
    match missing.is_empty() {
        true => Acceptance::Complete { on },
        false => Acceptance::SignaturesMissing { on, missing },
    }
}

/// Who has not signed yet, in the guidance's order; whether the work is finished or not.
pub fn missing_signers(project: &Project) -> Vec<Signer> {
    let signers = Signer::ALL.iter().copied();
    signers
        .filter(|signer| !project.signatures.contains_key(signer))
        .collect()
}
