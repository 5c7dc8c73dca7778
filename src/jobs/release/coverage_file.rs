//! `reconciliation.json` (覆盖情况): against what the survey was reconciled, what the communities answered,
//! and where somebody looked. It never says that nothing is missing (DOMAIN §8).

use super::folder::Interrupted;
use crate::jobs::gaps::GapSummary;
use crate::model::{
    CommunityCode, CommunityState, ListId, ListKind, Searched, SearchedPlace, Survey,
};
use crate::rules::communities::{Community, CommunityStanding};
use crate::rules::coverage::Coverage;
use crate::rules::fate::{Judgements, RowCount};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::sync::Arc;

pub(super) const NAME: &str = "reconciliation.json";

#[derive(Serialize)]
struct File<'a> {
    reconciled_against: Vec<List<'a>>,
    rows: RowCount,
    drawn_here: RowCount,
    adds_up: bool,
    /// Whose communities have to answer; empty where nobody said.
    answering: &'a BTreeSet<String>,
    communities: BTreeMap<&'static str, usize>,
    answers: Vec<Answer<'a>>,
    /// `null`: nobody looked for gaps.
    gaps: Option<&'a GapSummary>,
    searched: Searches<'a>,
}

#[derive(Serialize)]
struct List<'a> {
    id: ListId,
    kind: Option<ListKind>,
    file_name: Option<&'a str>,
    sha256: Option<&'a str>,
    imported_at: Option<jiff::Timestamp>,
    rows: RowCount,
}

/// A community that has to answer, has answered, or has estates.
#[derive(Serialize)]
struct Answer<'a> {
    code: CommunityCode,
    must_answer: bool,
    estates: u32,
    standing: CommunityStanding,
    state: Option<CommunityState>,
    signed_by: Option<&'a str>,
    signed_on: Option<jiff::civil::Date>,
    note: Option<&'a str>,
    file_name: Option<&'a str>,
    sha256: Option<&'a str>,
}

#[derive(Serialize)]
struct Searches<'a> {
    places: usize,
    cells: usize,
    each: Vec<&'a Searched>,
}

pub(super) fn write(
    out: &mut dyn Write,
    survey: &Survey,
    judgements: &Judgements,
    gaps: Option<&GapSummary>,
) -> Result<(), Interrupted> {
    let coverage = Coverage::of(survey, judgements);
    let reconciliation = &coverage.reconciliation;
    let lists = reconciliation.lists.iter().map(|reconciled| {
        let list = survey.list(reconciled.list);
        List {
            id: reconciled.list,
            kind: list.map(|list| list.kind),
            file_name: list.map(|list| list.file_name.as_str()),
            sha256: list.map(|list| list.sha256.as_str()),
            imported_at: list.map(|list| list.imported_at),
            rows: reconciled.count,
        }
    });
    let standings = coverage.standings(survey).into_iter();
    let of_interest = coverage.communities.iter().filter(|community| {
        let answered = survey.community(community.code).is_some();
        community.must_answer || answered || community.estates > 0
    });
    let file = File {
        reconciled_against: lists.collect(),
        rows: reconciliation.total,
        drawn_here: reconciliation.drawn_here,
        adds_up: reconciliation.adds_up(),
        answering: &survey.settings().answering,
        communities: standings
            .map(|(standing, count)| (standing.key(), count))
            .collect(),
        answers: of_interest
            .map(|community| answer(survey, community))
            .collect(),
        gaps,
        searched: searches(survey),
    };
    serde_json::to_writer_pretty(&mut *out, &file).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}

fn answer<'a>(survey: &'a Survey, community: &Community) -> Answer<'a> {
    let held = survey.community(community.code).map(|held| &**held);
    let filled = |text: &'a str| Some(text).filter(|text| !text.is_empty());
    let paper = held.and_then(|held| held.paper.as_ref());
    Answer {
        code: community.code,
        must_answer: community.must_answer,
        estates: community.estates,
        standing: community.standing(survey),
        state: held.map(|held| held.state),
        signed_by: held.and_then(|held| filled(&held.signed_by)),
        signed_on: held.and_then(|held| held.signed_on),
        note: held.and_then(|held| filled(&held.note)),
        file_name: paper.map(|paper| paper.file_name.as_str()),
        sha256: paper.map(|paper| paper.sha256.as_str()),
    }
}

fn searches(survey: &Survey) -> Searches<'_> {
    let each: Vec<&Searched> = survey.searched().map(Arc::as_ref).collect();
    let cells = each
        .iter()
        .filter(|s| matches!(s.place, SearchedPlace::Cell(_)))
        .count();
    Searches {
        places: each.len() - cells,
        cells,
        each,
    }
}
