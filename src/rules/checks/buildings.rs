//! W11 and W12: what the optional layer of buildings tells about the estates (DOMAIN §3). Both are
//! a proposal and never block: the guidance asks for the estate's figures alone.

use super::{CheckCode, Detail, Finding};
use crate::model::{Estate, Survey};
use crate::rules::buildings::{differences, row_fates, summary};

/// W11: a figure of the estate that all its buildings together contradict.
pub(super) fn differing(survey: &Survey, estate: &Estate) -> Vec<Finding> {
    let Some(said) = summary(&survey.buildings_of(estate.id)) else {
        return Vec::new();
    };
    differences(estate, &said)
        .into_iter()
        // What the estate does not say is E01's, where it must be said.
        .filter(|difference| difference.estate.is_some())
        .map(|difference| {
            let field = difference.figure.field();
            Finding::warns(CheckCode::BuildingsDiffer, Detail::BuildingsSay(difference))
                .about(estate.id)
                .at(field)
        })
        .collect()
}

/// W12: rows of a list of buildings that became none. Those in no estate may show one that nobody
/// has drawn («不漏»).
pub(super) fn rows(survey: &Survey) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (list, fates) in row_fates(survey) {
        if fates.outside + fates.unreadable > 0 {
            let detail = Detail::BuildingRows {
                rows_in: fates.rows_in,
                outside: fates.outside,
                unreadable: fates.unreadable,
            };
            findings.push(Finding::warns(CheckCode::BuildingRows, detail).of_list(list));
        }
        if !fates.adds_up() {
            let detail = Detail::RowsDoNotAddUp {
                rows_in: fates.rows_in,
                accounted_for: fates.accounted_for(),
            };
            findings.push(Finding::warns(CheckCode::BuildingRows, detail).of_list(list));
        }
    }
    findings
}
