//! `jiugai dedupe`: the pairs that may be one estate, with a suggestion and the reasons.

mod explain;
mod score;

use super::args::DedupeArguments;
use super::console::{Console, Failure, Outcome};
use super::new::remark_problems;
use super::origin::OriginName;
use crate::dedupe::groups::{self, Group};
use crate::dedupe::{Candidate, Search, open_duplicates, search};
use crate::formats::formula::guarded;
use crate::model::{Coded, Survey, Verdict};
use crate::words::{dedupe as words, fields, store as store_words};
use serde_json::json;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn run(console: &Console, arguments: DedupeArguments) -> Result<Outcome, Failure> {
    let contents = crate::store::read_to_compare(&arguments.file)
        .map_err(|error| Failure(store_words::store_error(console.language, &error)))?;
    remark_problems(console, &contents.problems);
    let survey = contents.survey;
    let console = &console.under(survey.settings())?;
    let limits = &console.catalogue.rules.dedupe;
    let search = console
        .watch("job.evaluate", |progress| search(&survey, limits, progress))
        .map_err(|_| Failure(console.language.text("notice.cancelled").into_owned()))?;
    if let Some(two) = &arguments.explain {
        return explain::run(console, &survey, &search, two, arguments.json);
    }
    if !arguments.score.is_empty() {
        return score::run(console, &survey, &search, &arguments.score, arguments.json);
    }
    list(console, &survey, &search, &arguments)
}

fn list(
    console: &Console,
    survey: &Survey,
    search: &Search,
    arguments: &DedupeArguments,
) -> Result<Outcome, Failure> {
    let found = &search.candidates;
    if let Some(path) = &arguments.pairs {
        write_pairs(console, survey, found, path)?;
    }
    let open = open_duplicates(survey, found).count();
    let groups = groups::groups(survey, found);
    if let Some(path) = &arguments.groups {
        write_groups(console, survey, &groups, path)?;
    }
    let mut by_verdict: BTreeMap<Verdict, usize> = BTreeMap::new();
    for candidate in found {
        *by_verdict.entry(candidate.suggestion).or_default() += 1;
    }
    if arguments.json {
        let by_verdict: BTreeMap<_, _> = by_verdict
            .iter()
            .map(|(v, count)| (v.key(), count))
            .collect();
        console.json(&json!({
            "pairs": found.len(),
            "open": open,
            "by_verdict": by_verdict,
            "groups": groups.len(),
            "pairs_compared": search.compared,
        }));
    } else {
        console.say(
            "cli.dedupe.done",
            &[("pairs", &found.len()), ("open", &open)],
        );
        for (verdict, count) in &by_verdict {
            let verdict = fields::coded_label(console.language, *verdict);
            console.line(&format!("  {verdict}: {count}"));
        }
        if !groups.is_empty() {
            let records: usize = groups.iter().map(|group| group.members.len()).sum();
            let cut: usize = groups.iter().map(|group| group.cut.len()).sum();
            console.say(
                "cli.dedupe.grouped",
                &[
                    ("groups", &groups.len()),
                    ("records", &records),
                    ("cut", &cut),
                ],
            );
        }
        for block in &search.cut {
            console.say(
                "cli.dedupe.cut_block",
                &[("key", &block.key), ("records", &block.records)],
            );
        }
        for path in [&arguments.pairs, &arguments.groups].into_iter().flatten() {
            console.say("cli.dedupe.written", &[("path", &path.display())]);
        }
    }
    Ok(match open {
        0 => Outcome::Fine,
        _ => Outcome::Blocked,
    })
}

/// Reads a survey without touching its file.
pub(super) fn read_survey(console: &Console, path: &Path) -> Result<Survey, Failure> {
    let contents = crate::store::read(path)
        .map_err(|error| Failure(store_words::store_error(console.language, &error)))?;
    remark_problems(console, &contents.problems);
    Ok(contents.survey)
}

/// Writes the pairs, sorted by the names of their records.
fn write_pairs(
    console: &Console,
    survey: &Survey,
    found: &[Candidate],
    path: &Path,
) -> Result<(), Failure> {
    let mut rows: Vec<[String; 7]> = found
        .iter()
        .filter_map(|candidate| pair_row(console, survey, candidate))
        .collect();
    rows.sort();
    let headings = [
        "source_a",
        "id_a",
        "source_b",
        "id_b",
        "verdict",
        "confidence",
        "evidence",
    ];
    write_rows(console, headings, &rows, path)
}

/// Writes the groups, a row a record, and which of its pairs were cut for a decision.
fn write_groups(
    console: &Console,
    survey: &Survey,
    groups: &[Group],
    path: &Path,
) -> Result<(), Failure> {
    let label = |id| {
        let estate = survey.estate(id);
        estate.map_or_else(String::new, |it| {
            let name = OriginName::of(survey, it);
            format!("{}:{}", name.source, name.id)
        })
    };
    let mut rows = Vec::new();
    for (number, group) in (1..).zip(groups) {
        for id in &group.members {
            let Some(estate) = survey.estate(*id) else {
                continue;
            };
            let name = OriginName::of(survey, estate);
            let cut = group.cut.iter().filter(|cut| cut.pair.contains(*id));
            let cut: Vec<_> = cut
                .map(|cut| {
                    let other = match cut.pair.a() == *id {
                        true => cut.pair.b(),
                        false => cut.pair.a(),
                    };
                    label(other)
                })
                .collect();
            let number = format!("{number}");
            rows.push([
                number,
                name.source,
                name.id,
                estate.name.clone(),
                cut.join(" "),
            ]);
        }
    }
    let headings = ["group", "source", "id", "name", "cut_from"];
    write_rows(console, headings, &rows, path)
}

fn write_rows<const N: usize>(
    console: &Console,
    headings: [&str; N],
    rows: &[[String; N]],
    path: &Path,
) -> Result<(), Failure> {
    let write = || -> Result<(), csv::Error> {
        let mut writer = csv::Writer::from_path(path)?;
        writer.write_record(headings)?;
        for row in rows {
            writer.write_record(row.iter().map(|cell| guarded_text(cell).into_owned()))?;
        }
        Ok(writer.flush()?)
    };
    write().map_err(|error| {
        Failure(console.language.text_with(
            "cli.not_written",
            &[("path", &path.display()), ("reason", &error)],
        ))
    })
}

/// Numbers stay as they are: programs match records by them, and they calculate nothing.
fn guarded_text(cell: &str) -> Cow<'_, str> {
    match cell.parse::<f64>() {
        Ok(_) => Cow::Borrowed(cell),
        Err(_) => guarded(cell),
    }
}

fn pair_row(console: &Console, survey: &Survey, candidate: &Candidate) -> Option<[String; 7]> {
    let a = OriginName::of(survey, survey.estate(candidate.pair.a())?);
    let b = OriginName::of(survey, survey.estate(candidate.pair.b())?);
    Some([
        a.source,
        a.id,
        b.source,
        b.id,
        candidate.suggestion.key().to_owned(),
        format!("{:.3}", candidate.confidence),
        words::explanation(console.language, &candidate.evidence),
    ])
}
