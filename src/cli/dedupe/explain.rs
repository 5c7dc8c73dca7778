//! `jiugai dedupe --explain A B`: the whole account of a pair.

use super::super::console::{Console, Failure, Outcome};
use super::super::origin::{Directory, NotFound};
use crate::dedupe::weights::probability;
use crate::dedupe::{Ledger, Search, compare};
use crate::model::{Coded, EstateId, Pair, Survey};
use crate::words::{dedupe as words, fields, review};
use serde_json::json;

pub(super) fn run(
    console: &Console,
    survey: &Survey,
    search: &Search,
    two: &[String],
    as_json: bool,
) -> Result<Outcome, Failure> {
    let language = console.language;
    let limits = &console.catalogue.rules.dedupe;
    let directory = Directory::of(survey);
    let find = |text: &String| {
        directory.find_said(survey, text).map_err(|why| {
            let key = match why {
                NotFound::Unknown => "cli.dedupe.no_record",
                NotFound::Ambiguous => "cli.dedupe.several_records",
            };
            Failure(language.text_with(key, &[("record", text)]))
        })
    };
    let (a, b) = match two {
        [a, b] => (find(a)?, find(b)?),
        // clap takes two and no other number.
        _ => return Err(Failure(language.text("cli.usage.value_count").into_owned())),
    };
    let found = Pair::new(a, b).and_then(|pair| compare(survey, pair, &search.model, limits));
    let Some(found) = found else {
        let record = &two[0];
        return Err(Failure(
            language.text_with("cli.dedupe.one_record", &[("record", record)]),
        ));
    };
    let ledger = search.model.ledger(found.evidence.to_vec(), limits);
    let decided = survey.decision(found.pair).map(|it| it.verdict);
    if as_json {
        let evidence: Vec<_> = ledger
            .entries
            .iter()
            .map(|entry| {
                json!({
                    "text": words::evidence_text(language, &entry.evidence),
                    "stance": entry.evidence.stance().key(),
                    "log_odds": rounded(entry.weight),
                })
            })
            .collect();
        console.json(&json!({
            "a": a.to_string(),
            "b": b.to_string(),
            "verdict": found.suggestion.key(),
            "confidence": found.confidence,
            "rule": found.rule.key(),
            "decided": decided.map(Coded::key),
            "prior_log_odds": rounded(ledger.prior),
            "evidence": evidence,
            "log_odds": rounded(ledger.total()),
            "probability": rounded(probability(ledger.total())),
            "rule_pack": console.catalogue.rules.id,
        }));
        return Ok(Outcome::Fine);
    }
    print(console, survey, [a, b], &ledger);
    let percent = format!("{:.0}", probability(ledger.total()) * 100.0);
    let total = format!("{:+.2}", ledger.total());
    console.say(
        "cli.dedupe.total",
        &[("sum", &total), ("percent", &percent)],
    );
    let verdict = fields::coded_label(language, found.suggestion);
    let rule = review::rule_text(language, found.rule);
    console.say(
        "cli.dedupe.suggested",
        &[("verdict", &verdict), ("rule", &rule)],
    );
    if let Some(decided) = decided {
        let verdict = fields::coded_label(language, decided);
        console.say("cli.dedupe.decided", &[("verdict", &verdict)]);
    }
    Ok(Outcome::Fine)
}

fn print(console: &Console, survey: &Survey, two: [EstateId; 2], ledger: &Ledger) {
    for id in two {
        if let Some(estate) = survey.estate(id) {
            let name = fields::record_name(console.language, survey, estate);
            console.line(&format!("{name}  {}", estate.address));
        }
    }
    let row = |weight: f64, text: &str| console.line(&format!("  {weight:+6.2}  {text}"));
    row(ledger.prior, &console.language.text("cli.dedupe.prior"));
    for entry in &ledger.entries {
        let text = words::evidence_text(console.language, &entry.evidence);
        row(entry.weight, &text);
    }
}

fn rounded(number: f64) -> f64 {
    (number * 1000.0).round() / 1000.0
}
