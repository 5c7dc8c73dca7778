//! «不漏», 三(三)1: what the commands about completeness change.

use super::command::Refusal;
use super::draft::Draft;
use super::plan::{Ambient, count};
use crate::model::{
    CommunityCode, CommunityReturn, CommunityState, CoverageLabel, EditLabel, ListId, ListKind,
    LonLat, Paper, SearchId, Searched, SearchedPlace,
};
use std::collections::BTreeSet;

/// What a user can mean with what the survey is reconciled against.
#[derive(Clone, Debug, PartialEq)]
pub enum CoverageCommand {
    /// Whose list it is.
    SetListKind {
        list: ListId,
        kind: ListKind,
    },
    /// What communities answered; `None` takes it back to "nothing yet". What is known of an
    /// earlier answer stays.
    Answer {
        communities: Vec<CommunityCode>,
        state: Option<CommunityState>,
    },
    /// Answers with all that is known of them, e.g. from a file.
    AnswerAll {
        answers: Vec<Answer>,
    },
    /// Nothing was found at these, each with its middle. Of a place on somebody's map the reason has
    /// to be said: something is drawn there, after all.
    Search {
        places: Vec<(SearchedPlace, LonLat)>,
        reason: String,
    },
    SearchAgain {
        places: Vec<SearchId>,
    },
    /// Whose communities have to answer, by county, street or community.
    SetAnswering {
        codes: BTreeSet<String>,
    },
}

/// The answer of a community, as somebody hands it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub code: CommunityCode,
    pub state: CommunityState,
    pub signed_by: String,
    pub signed_on: Option<jiff::civil::Date>,
    pub note: String,
    pub paper: Option<Paper>,
}

impl Answer {
    /// An answer of which nothing else is known.
    pub fn new(code: CommunityCode, state: CommunityState) -> Self {
        Self {
            code,
            state,
            signed_by: String::new(),
            signed_on: None,
            note: String::new(),
            paper: None,
        }
    }

    /// What is known of an answer that the survey has.
    pub fn of(held: &CommunityReturn) -> Self {
        Self {
            code: held.code,
            state: held.state,
            signed_by: held.signed_by.clone(),
            signed_on: held.signed_on,
            note: held.note.clone(),
            paper: held.paper.clone(),
        }
    }
}

pub(super) fn plan(
    draft: &mut Draft,
    command: CoverageCommand,
    ambient: &Ambient,
) -> Result<EditLabel, Refusal> {
    let label = match command {
        CoverageCommand::SetListKind { list, kind } => {
            let list = draft.list(list)?;
            list.kind = kind;
            CoverageLabel::ListKind {
                file: list.file_name.clone(),
                kind,
            }
        }
        CoverageCommand::Answer { communities, state } => {
            answer(draft, &communities, state, ambient)?
        }
        CoverageCommand::AnswerAll { answers } => answer_all(draft, answers, ambient)?,
        CoverageCommand::Search { places, reason } => search(draft, places, &reason, ambient)?,
        CoverageCommand::SearchAgain { places } => {
            for id in &places {
                draft.put_searched(*id, None);
            }
            CoverageLabel::SearchAgain {
                places: count(places.len()),
            }
        }
        CoverageCommand::SetAnswering { codes } => {
            let mut settings = draft.settings().clone();
            settings.answering.clone_from(&codes);
            draft.set_settings(settings);
            let codes = codes.into_iter().collect();
            CoverageLabel::Scope { codes }
        }
    };
    Ok(EditLabel::Coverage(label))
}

fn answer(
    draft: &mut Draft,
    communities: &[CommunityCode],
    state: Option<CommunityState>,
    ambient: &Ambient,
) -> Result<CoverageLabel, Refusal> {
    for code in communities {
        let answer = state.map(|state| match draft.community(*code) {
            Some(held) => Answer {
                state,
                ..Answer::of(held)
            },
            None => Answer::new(*code, state),
        });
        put(draft, *code, answer, ambient);
    }
    let code = communities.first().ok_or(Refusal::NothingChanges)?;
    Ok(CoverageLabel::Communities {
        communities: count(communities.len()),
        code: *code,
        state,
    })
}

fn answer_all(
    draft: &mut Draft,
    answers: Vec<Answer>,
    ambient: &Ambient,
) -> Result<CoverageLabel, Refusal> {
    let communities = count(answers.len());
    let first = answers.first().ok_or(Refusal::NothingChanges)?;
    let (code, state) = (first.code, first.state);
    for answer in answers {
        put(draft, answer.code, Some(answer), ambient);
    }
    Ok(match communities {
        1 => CoverageLabel::Return { code },
        _ => CoverageLabel::Communities {
            communities,
            code,
            state: Some(state),
        },
    })
}

/// An answer that says what was known already stays as it was, its time included.
fn put(draft: &mut Draft, code: CommunityCode, answer: Option<Answer>, ambient: &Ambient) {
    let held = draft.community(code).map(Answer::of);
    if held == answer {
        return;
    }
    let answer = answer.map(|answer| CommunityReturn {
        code,
        state: answer.state,
        signed_by: answer.signed_by,
        signed_on: answer.signed_on,
        note: answer.note,
        paper: answer.paper,
        recorded_at: ambient.now,
        recorded_by: ambient.author.clone(),
    });
    draft.put_community(code, answer);
}

fn search(
    draft: &mut Draft,
    places: Vec<(SearchedPlace, LonLat)>,
    reason: &str,
    ambient: &Ambient,
) -> Result<CoverageLabel, Refusal> {
    let reason = reason.trim();
    let is_cell = |(place, _): &(SearchedPlace, LonLat)| matches!(place, SearchedPlace::Cell(_));
    let cells = places.iter().filter(|place| is_cell(place)).count();
    if cells < places.len() && reason.is_empty() {
        return Err(Refusal::ReasonNeeded);
    }
    let label = match count(places.len()) {
        all if cells < places.len() => CoverageLabel::Searched { places: all },
        cells => CoverageLabel::SearchedCells { cells },
    };
    for (place, at) in places {
        let id = place.id();
        // Who was there first stays written down, unless the reason is another one.
        let is_known = draft.searched(id).is_some_and(|held| held.reason == reason);
        if is_known || !at.is_finite() {
            continue;
        }
        draft.put_searched(
            id,
            Some(Searched {
                place,
                at,
                reason: reason.to_owned(),
                searched_by: ambient.author.clone(),
                searched_at: ambient.now,
            }),
        );
    }
    Ok(label)
}
