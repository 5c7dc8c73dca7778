//! «不漏», 三(三)1: everything that is known about what may be missing, in one look. DOMAIN §8: it says
//! what a survey was reconciled against, and never that it is complete.

use super::communities::{Community, CommunityStanding, communities, estates_of};
use super::fate::Judgements;
use super::reconciliation::{Reconciliation, reconcile};
use super::shanty::{ShantyListed, shanty_listed};
use crate::model::{CommunityCode, EstateId, Survey};
use std::collections::BTreeMap;

/// How far a survey was reconciled.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coverage {
    pub reconciliation: Reconciliation,
    /// What X1 is suggested for.
    pub shanty: Vec<ShantyListed>,
    /// By code.
    pub communities: Vec<Community>,
    /// The records of each community that are old estates or may be some.
    pub estates: BTreeMap<CommunityCode, Vec<EstateId>>,
}

impl Coverage {
    /// Looks at a survey; `judgements` are of this very survey.
    pub fn of(survey: &Survey, judgements: &Judgements) -> Self {
        Self {
            reconciliation: reconcile(survey, judgements),
            shanty: shanty_listed(survey),
            communities: communities(survey, judgements),
            estates: estates_of(survey, judgements),
        }
    }

    /// How many communities stand how; of those that have to answer, where anybody has to.
    pub fn standings(&self, survey: &Survey) -> BTreeMap<CommunityStanding, usize> {
        let anybody = self.communities.iter().any(|c| c.must_answer);
        let mut standings: BTreeMap<_, _> =
            CommunityStanding::ALL.into_iter().map(|s| (s, 0)).collect();
        for community in self.communities.iter().filter(|c| c.must_answer == anybody) {
            *standings.entry(community.standing(survey)).or_default() += 1;
        }
        standings
    }

    /// How much waits for somebody.
    pub fn waiting(&self, survey: &Survey) -> usize {
        let rows = usize::try_from(self.reconciliation.total.open).unwrap_or(usize::MAX);
        let waiting = self.communities.iter().filter(|c| c.waits(survey));
        rows.saturating_add(waiting.count())
    }
}
