//! `jiugai check`: everything that stands between the survey and a release.

use super::args::CheckArguments;
use super::console::{Console, Failure, Outcome, rules_json};
use super::dedupe::read_survey;
use super::import::today;
use crate::jobs::evaluate::{Evaluation, evaluate};
use crate::model::Survey;
use crate::rules::checks::Gravity;
use crate::words::release::rows_text;
use crate::words::rules as words;
use serde_json::json;

pub(super) fn run(console: &Console, arguments: CheckArguments) -> Result<Outcome, Failure> {
    let survey = read_survey(console, &arguments.file)?;
    let console = &console.under(survey.settings())?;
    let evaluation = console
        .watch("job.evaluate", |progress| {
            evaluate(&survey, &console.catalogue, today(), progress)
        })
        .map_err(|_| Failure(console.language.text("notice.cancelled").into_owned()))?;
    match arguments.json {
        true => print_json(console, &evaluation),
        false => print(console, &survey, &evaluation),
    }
    Ok(match evaluation.blocking().next() {
        Some(_) => Outcome::Blocked,
        None => Outcome::Fine,
    })
}

fn print(console: &Console, survey: &Survey, evaluation: &Evaluation) {
    let language = console.language;
    for finding in &evaluation.findings {
        let text = words::finding_text(language, finding, survey, &console.catalogue.items);
        let gravity = match finding.gravity {
            Gravity::Blocks => language.text("cli.check.blocks"),
            Gravity::Warns => language.text("cli.check.warns"),
        };
        console.line(&format!("{} {gravity} {text}", finding.code.key()));
    }
    let blocking = evaluation.blocking().len();
    console.say(
        "cli.check.done",
        &[
            ("blocking", &blocking),
            ("warnings", &(evaluation.findings.len() - blocking)),
        ],
    );
    print_rows(console, evaluation);
}

/// The accounting of rows: «不重不漏».
pub(super) fn print_rows(console: &Console, evaluation: &Evaluation) {
    console.line(&rows_text(console.language, &evaluation.tally.total));
}

fn print_json(console: &Console, evaluation: &Evaluation) {
    console.json(&json!({
        "rule_pack": rules_json(&console.catalogue.rules),
        "blocking": evaluation.blocking().len(),
        "findings": evaluation.findings,
        "rows": evaluation.tally.total,
    }));
}
