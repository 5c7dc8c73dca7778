//! «按照属地原则，对老旧小区进行全面调查摸底», «不漏», 三(三)1: which communities have to answer, and how they
//! stand. Each hands in a signed list of its old estates, or a nil return (零报告).
//!
//! Who has to answer is said by a person (`Settings::answering`): the guidance reaches cities and
//! county seats alone, and a county's list of divisions has every village. Until then communities
//! are shown, and none is held to anything.

use super::fate::{Fate, Judgements};
use crate::catalogue::Divisions;
use crate::model::{CommunityCode, CommunityState, Estate, EstateId, Survey};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A community that is of interest: of the counties surveyed, of an estate, or with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Community {
    pub code: CommunityCode,
    /// Whether E14 holds it to an answer.
    pub must_answer: bool,
    /// The records there that are old estates or may be some.
    pub estates: u32,
}

/// How a community stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CommunityStanding {
    Signed,
    Nil,
    Nothing,
    /// A nil return, where estates are.
    Contradiction,
}

impl CommunityStanding {
    pub const ALL: [Self; 4] = [Self::Signed, Self::Nil, Self::Nothing, Self::Contradiction];

    pub fn key(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Nil => "nil",
            Self::Nothing => "nothing",
            Self::Contradiction => "contradiction",
        }
    }
}

impl Community {
    /// By what the survey holds now: an answer shows before anything is counted again.
    pub fn standing(&self, survey: &Survey) -> CommunityStanding {
        match survey.community(self.code).map(|answer| answer.state) {
            Some(CommunityState::SignedList) => CommunityStanding::Signed,
            Some(CommunityState::NilReturn) if self.estates > 0 => CommunityStanding::Contradiction,
            Some(CommunityState::NilReturn) => CommunityStanding::Nil,
            None => CommunityStanding::Nothing,
        }
    }

    /// Whether somebody has to do something about it.
    pub fn waits(&self, survey: &Survey) -> bool {
        match self.standing(survey) {
            CommunityStanding::Contradiction => true,
            CommunityStanding::Nothing => self.must_answer,
            CommunityStanding::Signed | CommunityStanding::Nil => false,
        }
    }
}

/// The counties looked at: those of who has to answer, else the survey's own, else those of its
/// records.
pub fn counties(survey: &Survey) -> BTreeSet<String> {
    let settings = survey.settings();
    let answering = settings.answering.iter();
    let mut counties: BTreeSet<String> = answering
        .filter_map(|code| code.get(..6).map(str::to_owned))
        .collect();
    if !settings.county_code.is_empty() {
        counties.insert(settings.county_code.clone());
    }
    if counties.is_empty() {
        let of_records = survey.counted().map(|estate| estate.county_code.clone());
        counties.extend(of_records.filter(|code| code.len() == 6));
    }
    counties
}

/// Every community of interest, by code. `judgements` are of this very survey.
pub fn communities(survey: &Survey, judgements: &Judgements) -> Vec<Community> {
    let divisions = Divisions::shipped();
    let counties = counties(survey);
    let streets = counties.iter().flat_map(|county| divisions.inside(county));
    let listed = streets
        .flat_map(|street| divisions.inside(street.code))
        .filter_map(|community| community.code.parse().ok());
    let answered = survey.communities().map(|answer| answer.code);
    let estates = estates_of(survey, judgements);
    let mut all: BTreeMap<CommunityCode, u32> =
        listed.chain(answered).map(|code| (code, 0)).collect();
    for (code, of_it) in &estates {
        all.insert(*code, u32::try_from(of_it.len()).unwrap_or(u32::MAX));
    }
    let answering = &survey.settings().answering;
    let is_named = |code: CommunityCode| {
        let mut named = answering.iter();
        named.any(|part| code.as_str().starts_with(part.as_str()))
    };
    all.into_iter()
        .map(|(code, estates)| Community {
            code,
            // Where an estate lies somebody has to answer for it, once anybody has to.
            must_answer: !answering.is_empty() && (estates > 0 || is_named(code)),
            estates,
        })
        .collect()
}

/// The records of each community that are old estates or may be some. One that lies in several is
/// in the list of each.
pub fn estates_of(
    survey: &Survey,
    judgements: &Judgements,
) -> BTreeMap<CommunityCode, Vec<EstateId>> {
    let may_be_old = |estate: &&std::sync::Arc<Estate>| {
        let fate = judgements.get(&estate.id).map(|judgement| judgement.fate);
        !matches!(fate, Some(Fate::Excluded(_)))
    };
    let mut estates: BTreeMap<CommunityCode, Vec<EstateId>> = BTreeMap::new();
    for estate in survey.counted().filter(may_be_old) {
        for code in estate.community_codes.iter().filter_map(|c| c.parse().ok()) {
            estates.entry(code).or_default().push(estate.id);
        }
    }
    estates
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::Catalogue;
    use crate::model::{CommunityReturn, Settings};
    use crate::rules::fate::judge;
    use crate::rules::sample::{complete_estate, id};

    const OF_ESTATE: &str = "360102002001";
    const EMPTY: &str = "360102002002";
    const ELSEWHERE: &str = "360103002001";

    fn code(text: &str) -> CommunityCode {
        text.parse().unwrap()
    }

    fn answer(text: &str, state: CommunityState) -> CommunityReturn {
        CommunityReturn {
            code: code(text),
            state,
            signed_by: String::new(),
            signed_on: None,
            note: String::new(),
            paper: None,
            recorded_at: jiff::Timestamp::UNIX_EPOCH,
            recorded_by: String::new(),
        }
    }

    /// One estate in [`OF_ESTATE`], in a county of its own.
    fn survey(answering: &[&str], change: fn(&mut Estate)) -> Survey {
        let mut estate = complete_estate(1);
        change(&mut estate);
        let settings = Settings {
            county_code: "360102".to_owned(),
            answering: answering.iter().map(|code| (*code).to_owned()).collect(),
            ..Settings::default()
        };
        Survey::from_parts([estate], [], [], settings)
    }

    fn of(survey: &Survey) -> BTreeMap<CommunityCode, Community> {
        let judgements = judge(survey, &Catalogue::shipped());
        let all = communities(survey, &judgements);
        all.into_iter().map(|found| (found.code, found)).collect()
    }

    #[test]
    fn who_has_to_answer_is_said_by_a_person_and_by_where_estates_are() {
        let must = |answering: &[&str], text: &str| {
            let found = of(&survey(answering, |_| ()));
            found
                .get(&code(text))
                .map(|community| community.must_answer)
        };
        for (answering, of_estate, empty, elsewhere) in [
            (&[][..], Some(false), Some(false), None),
            (&["360102"][..], Some(true), Some(true), None),
            (&["360102002"], Some(true), Some(true), None),
            (&["360102004"], Some(true), Some(false), None),
            (&["360102002002"], Some(true), Some(true), None),
            (&["360103"], Some(true), Some(false), Some(true)),
        ] {
            assert_eq!(must(answering, OF_ESTATE), of_estate, "{answering:?}");
            assert_eq!(must(answering, EMPTY), empty, "{answering:?}");
            assert_eq!(must(answering, ELSEWHERE), elsewhere, "{answering:?}");
        }
    }

    #[test]
    fn a_nil_return_contradicts_estates_that_are_or_may_be_old() {
        use CommunityStanding::{Contradiction, Nil, Nothing, Signed};
        use CommunityState::{NilReturn, SignedList};
        type Case = (fn(&mut Estate), Option<CommunityState>, CommunityStanding);
        let cases: [Case; 6] = [
            (|_| (), None, Nothing),
            (|_| (), Some(SignedList), Signed),
            (|_| (), Some(NilReturn), Contradiction),
            (|e| e.boundary = None, Some(NilReturn), Contradiction),
            (|e| e.build_year = Some(2008), Some(NilReturn), Nil),
            (|e| e.community_codes.clear(), Some(NilReturn), Nil),
        ];
        for (index, (change, state, expected)) in cases.into_iter().enumerate() {
            let answers = state.map(|state| answer(OF_ESTATE, state));
            let survey = survey(&[], change).with_communities(answers);
            let found = of(&survey)[&code(OF_ESTATE)];
            assert_eq!(found.standing(&survey), expected, "case {index}");
            assert_eq!(found.waits(&survey), expected == Contradiction);
        }
    }

    #[test]
    fn an_estate_in_two_communities_is_in_the_list_of_both() {
        let survey = survey(&[], |estate| {
            estate.community_codes.insert(EMPTY.to_owned());
            estate.community_codes.insert("no code".to_owned());
        });
        let judgements = judge(&survey, &Catalogue::shipped());
        let estates = estates_of(&survey, &judgements);
        let both = [OF_ESTATE, EMPTY].map(|text| (code(text), vec![id(1)]));
        assert_eq!(estates, both.into());
    }
}
