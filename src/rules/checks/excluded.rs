//! E02: nothing in the library that does not belong there («防止将不符合条件的小区…“搭车”申报»,
//! 四(三)), and no library number that means two estates.

use super::{CheckCode, Detail, Finding};
use crate::model::{Estate, Survey};
use crate::rules::recognition::{Recognised, RecognitionVerdict};
use std::collections::BTreeMap;

pub(super) fn check(estate: &Estate, recognised: &Recognised) -> Vec<Finding> {
    let Some(lib_no) = estate.lib_no.clone() else {
        return Vec::new();
    };
    let finding = if !estate.standing.is_counted() {
        // A person took it out, so the reason is on record; the province must hear of it.
        Finding::warns(CheckCode::Excluded, Detail::NumberRetired { lib_no })
    } else if recognised.verdict == RecognitionVerdict::NotRecognised {
        let rules = recognised.deciding();
        Finding::blocks(
            CheckCode::Excluded,
            Detail::ReleasedButNotRecognised { lib_no, rules },
        )
    } else {
        return Vec::new();
    };
    vec![finding.about(estate.id)]
}

/// Two survey files that were united may have given one number twice.
pub(super) fn numbers_held_twice(survey: &Survey) -> Vec<Finding> {
    let mut holders = BTreeMap::new();
    let mut findings = Vec::new();
    for estate in survey.estates() {
        let Some(lib_no) = &estate.lib_no else {
            continue;
        };
        if let Some(&other) = holders.get(lib_no) {
            let lib_no = lib_no.clone();
            let detail = Detail::NumberHeldTwice { lib_no, other };
            findings.push(Finding::blocks(CheckCode::Excluded, detail).about(estate.id));
        } else {
            holders.insert(lib_no, estate.id);
        }
    }
    findings
}
