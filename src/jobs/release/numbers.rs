//! 项目库编号: county code (6) + year (4) + sequence (5), given at release and never used again.

use super::ReleaseError;
use super::library::order;
use crate::model::{Change, Estate, Survey};
use crate::rules::fate::{Fate, Judgements};
use std::sync::Arc;

const PREFIX_DIGITS: usize = 10;
const SEQUENCE_DIGITS: usize = 5;
const LAST_SEQUENCE: u32 = 99_999;

/// The changes that give every kept estate its number. The survey remembers the highest number of
/// each county and year, so that one whose estate is gone does not come back; `given_before` are
/// those of the earlier release, which another survey file may have given.
pub(super) fn assign<'a>(
    survey: &'a Survey,
    judgements: &Judgements,
    year: i16,
    given_before: impl Iterator<Item = &'a str>,
) -> Result<Vec<Change>, ReleaseError> {
    let is_kept = |estate: &Estate| {
        let judgement = judgements.get(&estate.id);
        judgement.is_some_and(|judgement| judgement.fate == Fate::Kept)
    };
    let mut fresh: Vec<&Arc<Estate>> = survey
        .estates()
        .filter(|estate| estate.lib_no.is_none() && is_kept(estate))
        .collect();
    if fresh.is_empty() {
        return Ok(Vec::new());
    }
    fresh.sort_by_key(|estate| order(estate));

    let mut settings = survey.settings().clone();
    // Numbers that came with another survey file count as given.
    let held = survey
        .estates()
        .filter_map(|estate| estate.lib_no.as_deref());
    for lib_no in held.chain(given_before) {
        if let Some((prefix, sequence)) = split(lib_no) {
            let highest = settings.numbers_given.entry(prefix.to_owned()).or_default();
            *highest = sequence.max(*highest);
        }
    }
    let mut changes = Vec::with_capacity(fresh.len() + 1);
    for estate in fresh {
        let prefix = format!("{}{year:04}", estate.county_code);
        let highest = settings.numbers_given.entry(prefix.clone()).or_default();
        if *highest >= LAST_SEQUENCE {
            return Err(ReleaseError::NumbersExhausted { prefix });
        }
        *highest += 1;
        let numbered = Estate {
            lib_no: Some(format!("{prefix}{highest:0SEQUENCE_DIGITS$}")),
            ..Estate::clone(estate)
        };
        changes.push(Change::Estate {
            id: estate.id,
            before: Some(Arc::clone(estate)),
            after: Some(Arc::new(numbered)),
        });
    }
    changes.push(Change::Settings {
        before: Box::new(survey.settings().clone()),
        after: Box::new(settings),
    });
    Ok(changes)
}

/// County and year, and the sequence number; `None` where it is no number of ours.
pub(super) fn split(lib_no: &str) -> Option<(&str, u32)> {
    let is_ours = lib_no.len() == PREFIX_DIGITS + SEQUENCE_DIGITS
        && lib_no.bytes().all(|byte| byte.is_ascii_digit());
    if !is_ours {
        return None;
    }
    let (prefix, sequence) = lib_no.split_at(PREFIX_DIGITS);
    Some((prefix, sequence.parse().ok()?))
}
