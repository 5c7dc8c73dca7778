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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Milestone;
    use crate::rules::sample::id;

    #[test]
    fn all_six_accept_together() {
        let day: Date = "2026-12-20".parse().unwrap();
        let mut project = Project::new(id(1));
        assert_eq!(acceptance(&project), Acceptance::NotYet);
        assert_eq!(missing_signers(&project), Signer::ALL);
        let signers = Signer::ALL.iter();
        project.signatures = signers.map(|signer| (*signer, day)).collect();
        // Signed in advance: the day is what makes it an acceptance.
        assert_eq!(acceptance(&project), Acceptance::NotYet);
        let milestone = Milestone {
            actual: Some(day),
            ..Milestone::default()
        };
        project
            .milestones
            .insert(MilestoneKind::Acceptance, milestone);
        assert_eq!(acceptance(&project), Acceptance::Complete { on: day });
        for signer in Signer::ALL {
            let mut project = project.clone();
            project.signatures.remove(signer);
            let missing = vec![*signer];
            assert_eq!(
                acceptance(&project),
                Acceptance::SignaturesMissing { on: day, missing }
            );
        }
    }
}
