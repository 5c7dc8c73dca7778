//! «不漏», 三(三)1: everything that is known about what may be missing, in one look. DOMAIN §8: it says
//! what a survey was reconciled against, and never that it is complete.

use super::fate::Judgements;
use super::reconciliation::{Reconciliation, reconcile};
use super::shanty::{ShantyListed, shanty_listed};
use crate::model::Survey;

/// How far a survey was reconciled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    pub reconciliation: Reconciliation,
    /// What X1 is suggested for.
    pub shanty: Vec<ShantyListed>,
}

impl Coverage {
    /// Looks at a survey; `judgements` are of this very survey.
    pub fn of(survey: &Survey, judgements: &Judgements) -> Self {
        Self {
            reconciliation: reconcile(survey, judgements),
            shanty: shanty_listed(survey),
        }
    }

    /// How much waits for somebody.
    pub fn waiting(&self) -> usize {
        usize::try_from(self.reconciliation.total.open).unwrap_or(usize::MAX)
    }
}
