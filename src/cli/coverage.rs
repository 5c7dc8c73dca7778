//! `jiugai coverage`: what the survey was reconciled against, and what is open («不漏»).

use super::args::CoverageArguments;
use super::console::{Console, Failure, Outcome};
use super::dedupe::read_survey;
use crate::model::Survey;
use crate::rules::coverage::Coverage;
use crate::rules::fate::judge;
use crate::words::coverage as words;
use crate::words::release::rows_text;
use serde_json::{Value, json};

pub(super) fn run(console: &Console, arguments: CoverageArguments) -> Result<Outcome, Failure> {
    let survey = read_survey(console, &arguments.file)?;
    let judgements = judge(&survey, &console.catalogue);
    let coverage = Coverage::of(&survey, &judgements);
    match arguments.json {
        true => console.json(&told(console, &survey, &coverage)),
        false => print(console, &survey, &coverage, &arguments),
    }
    // It tells and does not judge: what blocks a release is for `check` to say.
    Ok(Outcome::Fine)
}

fn print(console: &Console, survey: &Survey, coverage: &Coverage, arguments: &CoverageArguments) {
    let language = console.language;
    let reconciliation = &coverage.reconciliation;
    console.line(&words::reconciled_text(language, survey, reconciliation));
    for reconciled in &reconciliation.lists {
        let list = survey.list(reconciled.list).map(|list| &**list);
        let name = match list {
            Some(list) => words::list_text(language, list),
            None => language.text("record.gone").into_owned(),
        };
        console.line(&format!(
            "  {name}: {}",
            rows_text(language, &reconciled.count)
        ));
        if arguments.rows {
            for row in reconciled.open() {
                let name = words::row_name(language, survey, list, row);
                let outcome = words::outcome_text(language, survey, &row.outcome);
                console.line(&format!("    {} {name}: {outcome}", row.number));
            }
        }
    }
    console.line(&rows_text(language, &reconciliation.total));
    console.line(&language.text(match reconciliation.adds_up() {
        true => "coverage.adds_up",
        false => "coverage.does_not_add_up",
    }));
    if !coverage.shanty.is_empty() {
        console.say("coverage.shanty", &[("count", &coverage.shanty.len())]);
    }
}

fn told(console: &Console, survey: &Survey, coverage: &Coverage) -> Value {
    let reconciliation = &coverage.reconciliation;
    let lists = reconciliation.lists.iter().map(|reconciled| {
        let list = survey.list(reconciled.list);
        json!({
            "id": reconciled.list,
            "file": list.map(|list| &list.file_name),
            "kind": list.map(|list| list.kind),
            "imported_at": list.map(|list| list.imported_at),
            "rows": reconciled.count,
            "adds_up": reconciled.count.adds_up(),
            "open": reconciled.open().collect::<Vec<_>>(),
        })
    });
    json!({
        "reconciled": words::reconciled_text(console.language, survey, reconciliation),
        "lists": lists.collect::<Vec<_>>(),
        "total": reconciliation.total,
        "drawn_here": reconciliation.drawn_here,
        "adds_up": reconciliation.adds_up(),
        "shanty_listed": coverage.shanty.iter().map(|listed| listed.estate).collect::<Vec<_>>(),
    })
}
