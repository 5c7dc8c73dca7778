//! E14: a community in scope without list or nil return (零报告), and a nil return where estates are
//! (三(三)1). In scope is who a person said has to answer; a nil return that is contradicted blocks
//! wherever it is, for one of the two is wrong.

use super::{CheckCode, Detail, Finding};
use crate::model::Survey;
use crate::rules::communities::{CommunityStanding, communities};
use crate::rules::fate::Judgements;

pub(super) fn check(survey: &Survey, judgements: &Judgements) -> Vec<Finding> {
    let waiting = communities(survey, judgements).into_iter();
    let waiting = waiting.filter(|community| community.waits(survey));
    waiting
        .map(|found| {
            let (community, estates) = (found.code, found.estates);
            let detail = match found.standing(survey) {
                CommunityStanding::Contradiction => {
                    Detail::NilReturnButEstates { community, estates }
                }
                _ => Detail::NoReturn { community },
            };
            Finding::blocks(CheckCode::CommunityReturn, detail)
        })
        .collect()
}
