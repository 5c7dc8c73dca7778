//! E08: «防止将不符合条件的小区及无关建设内容“搭车”申报», 四(三). In an application for central money is no estate that
//! is surely none, no item that is on no list, and no facility outside that nothing links to it.
//!
//! An estate of which that is undetermined is kept from the release by its own must-haves.

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart, asks_central_money};
use crate::model::{CentralMoney, PlanItem};
use crate::rules::content::lacks_link_reason;
use crate::rules::recognition::RecognitionVerdict;

pub(super) fn check(at: &Looked) -> Vec<Finding> {
    if !asks_central_money(at.project) {
        return Vec::new();
    }
    let mut found = Vec::new();
    if at.recognised.verdict == RecognitionVerdict::NotRecognised {
        let rules = at.recognised.deciding();
        found.push(ProjectDetail::NotRecognisedButApplied { rules });
    }
    let content = at.project.content.iter();
    let applied = content.filter(|item| item.central_money == CentralMoney::AppliedFor);
    found.extend(applied.filter_map(|item| unrelated(at, item)));
    found
        .into_iter()
        .map(|detail| super::blocks(at, CheckCode::FreeRider, ProjectPart::Content, detail))
        .collect()
}

/// «无关建设内容»
fn unrelated(at: &Looked, planned: &PlanItem) -> Option<ProjectDetail> {
    let code = planned.item;
    match at.context.catalogue.items.get(code) {
        None => Some(ProjectDetail::ItemNotOnList { item: code }),
        Some(item) if lacks_link_reason(planned, item) => {
            Some(ProjectDetail::LinkNotJustified { item: code })
        }
        Some(_) => None,
    }
}
