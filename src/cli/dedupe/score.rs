//! `jiugai dedupe --score TRUTH.csv`: how good the suggestions are, against pairs that are known.
//!
//! A file names each pair by `id_a` and `id_b`, with `source_a` and `source_b` (or `src_a`, `src_b`)
//! where ids alone are not enough. A column `label`, `silver_label` or `verdict` says what is true
//! of it; where there is none, every pair is one estate and any other suggestion is wrong, except
//! that a file named after hard negatives lists pairs that are not.

use super::super::console::{Console, Failure, Outcome};
use super::super::origin::{Directory, NotFound, OriginName};
use super::super::table::read_text;
use crate::dedupe::Search;
use crate::dedupe::score::{Counts, Known, Score, Truth, World, score};
use crate::formats::formula::unguarded;
use crate::model::{Coded, EstateId, Pair, Survey, Verdict};
use crate::words::fields;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(super) fn run(
    console: &Console,
    survey: &Survey,
    search: &Search,
    files: &[PathBuf],
    as_json: bool,
) -> Result<Outcome, Failure> {
    let directory = Directory::of(survey);
    let mut known = Vec::new();
    let mut world = World::Closed;
    for file in files {
        let truth = read(console, survey, &directory, file)?;
        if truth.is_labelled {
            world = World::Open;
        }
        if truth.not_found > 0 {
            console.remark(&console.language.text_with(
                "cli.dedupe.not_found",
                &[("path", &file.display()), ("rows", &truth.not_found)],
            ));
        }
        known.extend(truth.known);
    }
    let found = score(survey, &search.candidates, &known, world);
    match as_json {
        true => console.json(&as_value(&found, search, world)),
        false => print(console, &found, search),
    }
    Ok(Outcome::Fine)
}

struct TruthFile {
    known: Vec<Known>,
    is_labelled: bool,
    /// Rows about records that the survey does not hold.
    not_found: usize,
}

/// What a row's label says; `None`: nobody knows.
fn truth_of(label: &str) -> Option<Truth> {
    let label = label.trim().to_ascii_lowercase();
    match label.as_str() {
        "same" | "split" | "pos" | "positive" | "1" | "true" | "yes" | "match" => Some(Truth::One),
        "distinct" | "part_of" | "phases" | "unsure" | "neg" | "negative" | "homonym_neg" | "0"
        | "false" | "no" => Some(Truth::NotOne),
        _ => None,
    }
}

fn read(
    console: &Console,
    survey: &Survey,
    directory: &Directory,
    path: &Path,
) -> Result<TruthFile, Failure> {
    let language = console.language;
    let file = path.display();
    let unreadable = |error: &dyn std::fmt::Display| {
        Failure(language.text_with("cli.not_read", &[("path", &file), ("reason", error)]))
    };
    let text = read_text(console, path)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headings = reader
        .headers()
        .map_err(|error| unreadable(&error))?
        .clone();
    let column = |names: &[&str]| {
        let mut headings = headings.iter();
        headings.position(|heading| names.contains(&heading.trim()))
    };
    let needed = |name: &str| {
        column(&[name]).ok_or_else(|| {
            let values: [(&str, &dyn std::fmt::Display); 2] = [("path", &file), ("column", &name)];
            Failure(language.text_with("cli.dedupe.no_column", &values))
        })
    };
    let (id_a, id_b) = (needed("id_a")?, needed("id_b")?);
    let (source_a, source_b) = (
        column(&["source_a", "src_a"]),
        column(&["source_b", "src_b"]),
    );
    let label = column(&["label", "silver_label", "verdict"]);
    let kind = column(&["kind", "rule", "class"]);
    let are_negatives = path
        .file_stem()
        .is_some_and(|stem| stem.to_string_lossy().starts_with("hardneg"));
    let mut truth = TruthFile {
        known: Vec::new(),
        is_labelled: label.is_some(),
        not_found: 0,
    };
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| record.get(at)).unwrap_or_default();
            unguarded(cell.trim())
        };
        let find = |source: Option<usize>, id: usize| -> Result<EstateId, NotFound> {
            let id = cell(Some(id));
            match cell(source) {
                "" => directory.find_said(survey, id),
                source => directory.find(&OriginName {
                    source: source.to_owned(),
                    id: id.to_owned(),
                }),
            }
        };
        let pair = match (find(source_a, id_a), find(source_b, id_b)) {
            (Ok(a), Ok(b)) => Pair::new(a, b),
            _ => None,
        };
        let Some(pair) = pair else {
            truth.not_found += 1;
            continue;
        };
        let known = match label {
            Some(at) => truth_of(cell(Some(at))),
            None if are_negatives => Some(Truth::NotOne),
            None => Some(Truth::One),
        };
        truth.known.extend(known.map(|truth| Known {
            pair,
            truth,
            kind: cell(kind).to_owned(),
        }));
    }
    Ok(truth)
}

fn print(console: &Console, found: &Score, search: &Search) {
    let raised = search.candidates.len();
    let compared = search.compared;
    console.say(
        "cli.dedupe.scored",
        &[("raised", &raised), ("compared", &compared)],
    );
    for (key, counts) in classes(found) {
        let name = console.language.text(&format!("cli.dedupe.class.{key}"));
        let text = |share: Option<f64>| share.map_or("–".to_owned(), |it| format!("{it:.4}"));
        console.say(
            "cli.dedupe.class_line",
            &[
                ("class", &name),
                ("precision", &text(counts.precision())),
                ("recall", &text(counts.recall())),
                ("f1", &text(counts.f1())),
                ("raised", &text(counts.candidate_recall())),
            ],
        );
    }
    for (kind, suggestions) in &found.by_kind {
        let parts: Vec<_> = suggestions
            .iter()
            .map(|(verdict, count)| format!("{} {count}", verdict_name(console, *verdict)))
            .collect();
        console.line(&format!("  {kind}: {}", console.language.listed(&parts)));
    }
}

fn verdict_name(console: &Console, verdict: Option<Verdict>) -> String {
    match verdict {
        Some(verdict) => fields::coded_label(console.language, verdict).into_owned(),
        None => console.language.text("cli.dedupe.not_raised").into_owned(),
    }
}

fn classes(found: &Score) -> [(&'static str, &Counts); 4] {
    [
        ("merged", &found.merged),
        ("counted_once", &found.counted_once),
        ("equal_names", &found.equal_names),
        ("other_names", &found.other_names),
    ]
}

fn as_value(found: &Score, search: &Search, world: World) -> Value {
    let classes: serde_json::Map<_, _> = classes(found)
        .into_iter()
        .map(|(key, counts)| {
            let value = json!({
                "right": counts.right,
                "wrong": counts.wrong,
                "missed": counts.missed,
                "precision": counts.precision(),
                "recall": counts.recall(),
                "f1": counts.f1(),
                "candidate_recall": counts.candidate_recall(),
            });
            (key.to_owned(), value)
        })
        .collect();
    let kinds: serde_json::Map<_, _> = found
        .by_kind
        .iter()
        .map(|(kind, suggestions)| {
            let suggestions: serde_json::Map<_, _> = suggestions
                .iter()
                .map(|(verdict, count)| {
                    let key = verdict.map_or("NOT_RAISED", Coded::key);
                    (key.to_owned(), json!(count))
                })
                .collect();
            (kind.clone(), Value::Object(suggestions))
        })
        .collect();
    json!({
        "pairs": search.candidates.len(),
        "pairs_compared": search.compared,
        "every_true_pair_is_listed": world == World::Closed,
        "classes": classes,
        "kinds": kinds,
    })
}
