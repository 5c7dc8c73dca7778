//! The tables that answer "where is …?": every excluded record, every decision about a pair, every
//! imported row. Raw rows and columns we have no field for stay out: they may name people.

use super::folder::Interrupted;
use super::library::source;
use crate::catalogue::RulePack;
use crate::formats::library::Table;
use crate::model::{Coded, Estate, EstateId, RowProblemKind, Standing, Survey};
use crate::rules::fate::{Fate, Judgements};
use std::collections::BTreeMap;
use std::io::Write;

/// 未纳入: every record that is out, with the rules or the person that took it out.
pub(super) fn excluded(
    out: &mut dyn Write,
    survey: &Survey,
    judgements: &Judgements,
    rules: &RulePack,
) -> Result<(), Interrupted> {
    let mut table = Table::begin(
        out,
        [
            "id",
            "lib_no",
            "name",
            "county_code",
            "street_code",
            "community_code",
            "address",
            "build_year",
            "households",
            "floor_area_m2",
            "buildings",
            "why",
            "rules",
            "clauses",
            "reason",
            "source",
            "source_id",
        ],
    )?;
    for estate in survey.estates() {
        let Some(judgement) = judgements.get(&estate.id) else {
            continue;
        };
        if !matches!(judgement.fate, Fate::Excluded(_)) {
            continue;
        }
        let grounds = judgement.grounds(estate);
        let cited = grounds.rules.iter();
        let clauses: Vec<String> = cited.filter_map(|key| rules.cited(key)).collect();
        let communities: Vec<&str> = estate.community_codes.iter().map(String::as_str).collect();
        table.row([
            &estate.id.to_string(),
            estate.lib_no.as_deref().unwrap_or(""),
            &estate.name,
            &estate.county_code,
            &estate.street_code,
            &communities.join(";"),
            &estate.address,
            &or_empty(estate.build_year),
            &or_empty(estate.households),
            &or_empty(estate.floor_area_m2),
            &or_empty(estate.buildings),
            judgement.fate.why(),
            &grounds.rules.join(";"),
            &clauses.join(";"),
            grounds.reason,
            source(survey, estate),
            source_id(estate),
        ])?;
    }
    Ok(table.end()?)
}

/// 去重说明: each decision, and what became of both records.
pub(super) fn duplicates(
    out: &mut dyn Write,
    survey: &Survey,
    judgements: &Judgements,
) -> Result<(), Interrupted> {
    let mut table = Table::begin(
        out,
        [
            "id_a",
            "source_a",
            "source_id_a",
            "name_a",
            "became_a",
            "into_a",
            "id_b",
            "source_b",
            "source_id_b",
            "name_b",
            "became_b",
            "into_b",
            "verdict",
            "note",
            "decided_by",
            "decided_at",
        ],
    )?;
    for decision in survey.decisions() {
        let [a, b] = [decision.pair.a(), decision.pair.b()];
        let [(became_a, into_a), (became_b, into_b)] = [a, b].map(|id| became(id, judgements));
        let [one, other] = [a, b].map(|id| survey.estate(id));
        let name = |estate: Option<&'_ std::sync::Arc<Estate>>| {
            estate.map(|e| {
                (
                    source(survey, e).to_owned(),
                    source_id(e).to_owned(),
                    e.name.clone(),
                )
            })
        };
        let (source_a, source_id_a, name_a) = name(one).unwrap_or_default();
        let (source_b, source_id_b, name_b) = name(other).unwrap_or_default();
        table.row([
            &a.to_string(),
            &source_a,
            &source_id_a,
            &name_a,
            became_a,
            &into_a,
            &b.to_string(),
            &source_b,
            &source_id_b,
            &name_b,
            became_b,
            &into_b,
            decision.verdict.key(),
            &decision.note,
            &decision.decided_by,
            &decision.decided_at.to_string(),
        ])?;
    }
    Ok(table.end()?)
}

/// «不漏»: every imported row once, list by list and row by row, with its fate.
pub(super) fn rows(
    out: &mut dyn Write,
    survey: &Survey,
    judgements: &Judgements,
) -> Result<(), Interrupted> {
    let mut table = Table::begin(
        out,
        [
            "list",
            "list_sha256",
            "row",
            "source",
            "source_id",
            "id",
            "name",
            "fate",
            "why",
            "into",
            "lib_no",
            "problem",
            "note",
        ],
    )?;
    let mut by_list = BTreeMap::<_, Vec<&Estate>>::new();
    for estate in survey.estates() {
        if let Some(origin) = &estate.origin {
            by_list.entry(origin.list).or_default().push(estate);
        }
    }
    let lists = survey.lists().filter(|list| list.role.gives_estates());
    let lists = lists.map(|list| (list.id, Some(list)));
    let astray = by_list.keys().filter(|id| survey.list(**id).is_none());
    let lists: BTreeMap<_, _> = lists.chain(astray.map(|id| (*id, None))).collect();
    for (id, list) in lists {
        let (file_name, sha256) = list.map_or(("", ""), |l| (&l.file_name, &l.sha256));
        let mut lines = Vec::new();
        for estate in by_list.get(&id).into_iter().flatten() {
            let Some(origin) = &estate.origin else {
                continue;
            };
            let (fate, into) = became(estate.id, judgements);
            let why = judgements.get(&estate.id).map_or("", |j| j.fate.why());
            lines.push((
                origin.row,
                [
                    source(survey, estate).to_owned(),
                    origin.source_id.clone(),
                    estate.id.to_string(),
                    estate.name.clone(),
                    fate.to_owned(),
                    why.to_owned(),
                    into,
                    estate.lib_no.clone().unwrap_or_default(),
                    String::new(),
                    withdrawn_because(estate),
                ],
            ));
        }
        for rejected in list.iter().flat_map(|list| &list.rejected) {
            let (fate, why) = match rejected.set_aside {
                Some(_) => ("excluded", "set_aside"),
                None => ("open", "unreadable"),
            };
            let mut cells: [String; 10] = Default::default();
            cells[4] = fate.to_owned();
            cells[5] = why.to_owned();
            cells[8] = problem_key(rejected.problem.kind);
            cells[9] = rejected.set_aside.clone().unwrap_or_default();
            lines.push((rejected.problem.row, cells));
        }
        lines.sort();
        for (row, cells) in lines {
            let [
                source,
                source_id,
                id,
                name,
                fate,
                why,
                into,
                lib_no,
                problem,
                note,
            ] = &cells;
            table.row([
                file_name,
                sha256,
                &row.to_string(),
                source,
                source_id,
                id,
                name,
                fate,
                why,
                into,
                lib_no,
                problem,
                note,
            ])?;
        }
    }
    Ok(table.end()?)
}

/// The key of a record's fate, and the record that counts it instead.
fn became(id: EstateId, judgements: &Judgements) -> (&'static str, String) {
    match judgements.get(&id).map(|judgement| judgement.fate) {
        Some(fate @ Fate::Merged { into }) => (fate.key(), into.to_string()),
        Some(fate) => (fate.key(), String::new()),
        None => ("", String::new()),
    }
}

fn withdrawn_because(estate: &Estate) -> String {
    match &estate.standing {
        Standing::Withdrawn { reason } => reason.clone(),
        _ => String::new(),
    }
}

fn source_id(estate: &Estate) -> &str {
    estate
        .origin
        .as_ref()
        .map_or("", |origin| &origin.source_id)
}

fn problem_key(kind: RowProblemKind) -> String {
    let value = serde_json::to_value(kind).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

/// "Not surveyed" is an empty cell.
fn or_empty(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
