//! W10, "no photo": an estate on the map of which nothing can be seen. Where a survey holds no
//! photo at all, the team takes none, and a warning for each estate would say nothing.

use super::{CheckCode, Detail, Finding};
use crate::model::Survey;
use crate::rules::fate::{Fate, Judgements, OpenWhy};
use std::collections::BTreeSet;

pub(super) fn check(survey: &Survey, judgements: &Judgements) -> Vec<Finding> {
    if survey.photos().len() == 0 {
        return Vec::new();
    }
    let of_photos = survey.photos().filter_map(|photo| photo.estate);
    let shown: BTreeSet<_> = of_photos.map(|estate| survey.root(estate)).collect();
    judgements
        .iter()
        .filter(|(id, judgement)| {
            let fate = &judgement.fate;
            // A row that waits for its boundary has not been visited yet.
            matches!(fate, Fate::Kept | Fate::Open(OpenWhy::Undetermined)) && !shown.contains(id)
        })
        .map(|(id, _)| Finding::warns(CheckCode::NoPhoto, Detail::NoPhoto).about(*id))
        .collect()
}
