//! W13: a shanty-town list names an estate that is not excluded by X1 (三(一)). The person who looks
//! decides; nothing is set here.

use super::{CheckCode, Detail, Finding};
use crate::model::{Field, Survey};
use crate::rules::fate::{Fate, Judgements};
use crate::rules::shanty::shanty_listed;

pub(super) fn check(survey: &Survey, judgements: &Judgements) -> Vec<Finding> {
    let listed = shanty_listed(survey).into_iter();
    // What is out of the library anyway needs no second reason.
    let listed = listed.filter(|listed| {
        let fate = judgements.get(&listed.estate).map(|j| j.fate);
        matches!(fate, Some(Fate::Kept | Fate::Open(_)))
    });
    let mut findings: Vec<Finding> = listed
        .map(|listed| {
            let file = survey.list(listed.list).map(|list| list.file_name.clone());
            let file = file.unwrap_or_default();
            let finding = Finding::warns(CheckCode::ShantyListed, Detail::ShantyListed { file });
            finding.about(listed.estate).at(Field::Exclusions)
        })
        .collect();
    findings.dedup();
    findings
}
