//! E04: input rows = kept + merged + excluded («不漏», 三(三)1). One finding a list; what keeps a
//! single row open stands with its record, as E01, E05 or the two findings here.

use super::{CheckCode, Detail, Finding};
use crate::model::{Estate, Survey};
use crate::rules::fate::{Fate, Judgements, OpenWhy, tally};
use crate::rules::recognition::{Recognised, RecognitionVerdict};

pub(super) fn check(survey: &Survey, judgements: &Judgements) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (list, count) in tally(survey, judgements).lists {
        if !count.adds_up() {
            let detail = Detail::RowsDoNotAddUp {
                rows_in: count.rows_in,
                accounted_for: count.accounted_for(),
            };
            findings.push(Finding::blocks(CheckCode::Rows, detail).of_list(list));
        }
        if count.open > 0 {
            let detail = Detail::OpenRows {
                rows_in: count.rows_in,
                open: count.open,
                unreadable: count.rejected_open,
            };
            findings.push(Finding::blocks(CheckCode::Rows, detail).of_list(list));
        }
    }
    let astray = judgements
        .iter()
        .filter(|(_, judgement)| judgement.fate == Fate::Open(OpenWhy::MergedIntoNothing));
    findings.extend(
        astray
            .map(|(id, _)| Finding::blocks(CheckCode::Rows, Detail::MergedIntoNothing).about(*id)),
    );
    findings
}

/// A complete record that can still not be recognised would be left out of the library in silence.
pub(super) fn undetermined(estate: &Estate, recognised: &Recognised) -> Option<Finding> {
    (recognised.verdict == RecognitionVerdict::Undetermined).then(|| {
        let rules = recognised.deciding();
        Finding::blocks(CheckCode::Rows, Detail::Undetermined { rules }).about(estate.id)
    })
}
