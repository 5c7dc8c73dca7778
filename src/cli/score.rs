//! `jiugai score`: recognition, subsidy, score and batch of each estate, best first.

use super::args::ScoreArguments;
use super::console::{Console, Failure, Outcome, rules_json};
use super::dedupe::read_survey;
use super::import::this_year;
use crate::catalogue::{Catalogue, RulePack};
use crate::dedupe::{open_duplicates, search};
use crate::jobs::planning::{Planning, PlanningRow, planning};
use crate::jobs::release::source_of;
use crate::model::{Coded, Estate, Survey};
use crate::rules::batches::Placed;
use crate::rules::recognition::{RecognitionVerdict, recognise};
use crate::rules::score::{PartWhy, why};
use crate::rules::subsidy::Subsidy;
use crate::words::fields::{coded_label, record_name};
use crate::words::planning as words;
use crate::words::rules::verdict_text;
use serde_json::{Map, Value, json};

pub(super) fn run(console: &Console, arguments: ScoreArguments) -> Result<Outcome, Failure> {
    let survey = read_survey(console, &arguments.file)?;
    let console = &console.under(survey.settings())?;
    let planning = look(console, &survey)?;
    let year = arguments.year.unwrap_or_else(this_year);
    let weights = planning.weights();
    let placed = planning.standings(&survey, year.into(), &weights);
    let rules = &console.catalogue.rules;
    for (ranked, rank) in planning.ranked(&weights).iter().zip(1..) {
        let (Some(estate), Some(row), Some(placed)) = (
            survey.estate(ranked.estate),
            planning.row(ranked.estate),
            placed.get(&ranked.estate),
        ) else {
            continue;
        };
        let whys = why(estate, &console.catalogue.items, &rules.score, &weights);
        match arguments.json {
            true => console.json(&line(
                &survey,
                estate,
                row,
                placed,
                &whys,
                &console.catalogue,
            )),
            false => print(console, &survey, rank, row, placed, &whys),
        }
    }
    if !arguments.json {
        match planning.rows.is_empty() {
            true => console.say("cli.score.none", &[]),
            false => console.line(&words::pack_text(console.language, &rules.stamp())),
        }
    }
    // It tells and does not judge: what blocks a release is for `check` to say.
    Ok(Outcome::Fine)
}

/// Everything that planning asks of the survey, with the pairs that nobody has decided.
pub(super) fn look(console: &Console, survey: &Survey) -> Result<Planning, Failure> {
    let catalogue = &console.catalogue;
    let cancelled = |_| Failure(console.language.text("notice.cancelled").into_owned());
    let found = console
        .watch("job.evaluate", |progress| {
            search(survey, &catalogue.rules.dedupe, progress)
        })
        .map_err(cancelled)?;
    let open: Vec<_> = open_duplicates(survey, &found.candidates)
        .map(|candidate| candidate.pair)
        .collect();
    console
        .watch("job.planning", |progress| {
            planning(survey, catalogue, &open, progress)
        })
        .map_err(cancelled)
}

fn print(
    console: &Console,
    survey: &Survey,
    rank: usize,
    row: &PlanningRow,
    placed: &Placed,
    whys: &[PartWhy],
) {
    let language = console.language;
    let items = &console.catalogue.items;
    let name = survey.estate(row.estate);
    let name = name.map(|estate| record_name(language, survey, estate));
    console.say(
        "cli.score.estate",
        &[
            ("rank", &rank),
            ("name", &name.unwrap_or_default()),
            ("score", &words::score_text(language, placed.score)),
            ("verdict", &verdict_text(language, row.verdict)),
        ],
    );
    for why in whys {
        console.line(&format!("   {}", words::why_text(language, why, items)));
    }
    if let Some(subsidy) = &row.subsidy {
        let pack = &console.catalogue.rules.subsidy;
        let text = words::subsidy_text(language, subsidy, items, pack);
        console.line(&format!("   {text}"));
    }
    let text = language.text_with(
        "cli.score.batch",
        &[
            ("batch", &coded_label(language, placed.batch)),
            (
                "reason",
                &words::reason_text(language, &placed.reason, items),
            ),
        ],
    );
    console.line(&format!("   {text}"));
    if let Some(text) = words::placement_text(language, placed.placement) {
        console.line(&format!("   {text}"));
    }
}

fn line(
    survey: &Survey,
    estate: &Estate,
    row: &PlanningRow,
    placed: &Placed,
    whys: &[PartWhy],
    catalogue: &Catalogue,
) -> Value {
    let origin = estate.origin.as_ref();
    let parts: Map<String, Value> = whys
        .iter()
        .map(|why| (why.part.key().to_owned(), json!(why)))
        .collect();
    json!({
        "id": estate.id,
        "source": source_of(survey, estate),
        "source_id": origin.map(|origin| &origin.source_id),
        "name": estate.name,
        "county_code": row.county_code,
        "recognition": recognition(estate, row.verdict, catalogue),
        "subsidy": subsidy(row.subsidy.as_ref()),
        "score": { "low": placed.score.low, "high": placed.score.high, "parts": parts },
        "batch": batch(placed, &catalogue.rules),
        "rule_pack": rules_json(&catalogue.rules),
    })
}

fn recognition(estate: &Estate, verdict: RecognitionVerdict, catalogue: &Catalogue) -> Value {
    let rules = &catalogue.rules;
    let recognised = recognise(estate, &catalogue.items, &rules.recognition);
    let reasons = recognised.reasons.iter().map(|reason| {
        let clause = rules.clauses.get(reason.rule.key());
        json!({
            "rule": reason.rule,
            "outcome": reason.outcome,
            "clause": clause.map(|clause| &clause.clause),
            "evidence": reason.evidence,
        })
    });
    json!({ "verdict": verdict.key(), "reasons": reasons.collect::<Vec<_>>() })
}

/// Nothing planned is no outcome.
fn subsidy(subsidy: Option<&Subsidy>) -> Value {
    json!({
        "outcome": subsidy.map(|subsidy| subsidy.outcome.key()),
        "items": subsidy.map(|subsidy| &subsidy.counting[..]).unwrap_or_default(),
        "items_if_configured": subsidy.map(|subsidy| &subsidy.configured[..]).unwrap_or_default(),
    })
}

pub(super) fn batch(placed: &Placed, rules: &RulePack) -> Value {
    let clause = rules.clauses.get(placed.reason.clause_key());
    json!({
        "name": placed.batch.key(),
        "reason": placed.reason.key(),
        "clause": clause.map(|clause| &clause.clause),
        "because": placed.reason,
        "placement": placed.placement,
    })
}
