//! W16: nothing but appearance is planned while water, power, road or gas is in a bad way: «防止搞形象工程、政绩
//! 工程», 四(二).

use super::{CheckCode, Finding, Looked, ProjectDetail, ProjectPart};
use crate::rules::content::for_show;

pub(super) fn check(at: &Looked) -> Option<Finding> {
    let catalogue = at.context.catalogue;
    let content = &at.project.content;
    let found = for_show(
        content,
        at.estate,
        &catalogue.items,
        &catalogue.rules.content,
    )?;
    let detail = ProjectDetail::ForShow {
        utility: found.utility,
        severity: found.severity,
    };
    Some(super::warns(
        at,
        CheckCode::ForShow,
        ProjectPart::Content,
        detail,
    ))
}
