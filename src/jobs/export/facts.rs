//! What an export knows beside the records: no more than its columns and its filter ask for.

use crate::catalogue::{Catalogue, Needs};
use crate::jobs::evaluate::evaluate;
use crate::jobs::release::{absorbed, checks_by_estate, place, source_of};
use crate::model::{Estate, EstateId, Survey};
use crate::progress::{Cancelled, Progress};
use crate::rules::batches::Placed;
use crate::rules::fate::{self, Judgements};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub struct Facts<'a> {
    survey: Option<&'a Survey>,
    pub(super) rule_pack: &'a str,
    pub(super) rule_pack_version: &'a str,
    pub(super) judgements: Judgements,
    absorbed: BTreeMap<EstateId, (u32, u32)>,
    pub(super) checks: BTreeMap<EstateId, BTreeSet<&'static str>>,
    pub(super) placed: BTreeMap<EstateId, Placed>,
}

impl<'a> Facts<'a> {
    /// Where records are read one by one: nothing but the rules' name.
    pub fn of_records(catalogue: &'a Catalogue) -> Self {
        Self {
            rule_pack: &catalogue.rules.id,
            rule_pack_version: &catalogue.rules.version,
            ..Self::default()
        }
    }

    /// What `needs` asks for of `survey`: scores are of the year, what is late is counted on the day.
    ///
    /// # Errors
    /// [`Cancelled`] when the user stopped it.
    pub fn of_survey(
        survey: &'a Survey,
        catalogue: &'a Catalogue,
        needs: Needs,
        today: Date,
        progress: &Progress,
    ) -> Result<Self, Cancelled> {
        let mut facts = Self::of_records(catalogue);
        facts.survey = Some(survey);
        if needs >= Needs::Checks {
            let evaluation = evaluate(survey, catalogue, today, progress)?;
            let findings = &evaluation.findings;
            facts.checks = checks_by_estate(findings);
            if needs >= Needs::Plan {
                facts.placed = place(survey, catalogue, findings, today.year(), progress)?;
            }
            facts.judgements = evaluation.judgements;
        } else if needs >= Needs::Judgements {
            facts.judgements = fate::judge(survey, catalogue);
        }
        facts.absorbed = absorbed(survey, &facts.judgements);
        Ok(facts)
    }

    pub(super) fn source(&self, estate: &'a Estate) -> Option<&'a str> {
        Some(source_of(self.survey?, estate))
    }

    /// How many records were merged into it, and lie inside it.
    pub(super) fn absorbed(&self, id: EstateId) -> (u32, u32) {
        self.absorbed.get(&id).copied().unwrap_or_default()
    }
}
