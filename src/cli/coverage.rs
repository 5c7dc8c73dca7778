//! `jiugai coverage`: what the survey was reconciled against, and what is open («不漏»).

use super::answers::read_answers;
use super::args::CoverageArguments;
use super::console::{Console, Failure, Outcome};
use super::dedupe::read_survey;
use super::new::{failure, open_session};
use crate::catalogue::Divisions;
use crate::edit::{Command, CoverageCommand, Refusal};
use crate::jobs::gaps::{self, Gaps};
use crate::model::{Crs, Survey};
use crate::reference;
use crate::rules::coverage::Coverage;
use crate::rules::fate::judge;
use crate::session::SessionError;
use crate::words::coverage as words;
use crate::words::reference::layer_error_text;
use crate::words::release::rows_text;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn run(console: &Console, arguments: CoverageArguments) -> Result<Outcome, Failure> {
    let survey = match (&arguments.answers, arguments.answering.is_empty()) {
        (None, true) => read_survey(console, &arguments.file)?,
        _ => change(console, &arguments)?,
    };
    let console = &console.under(survey.settings())?;
    let judgements = judge(&survey, &console.catalogue);
    let coverage = Coverage::of(&survey, &judgements);
    let gaps = match &arguments.gaps {
        Some(layer) => Some(find_gaps(console, &survey, layer, arguments.crs)?),
        None => None,
    };
    match arguments.json {
        true => console.json(&told(console, &survey, &coverage, gaps.as_ref())),
        false => {
            print(console, &survey, &coverage, &arguments);
            if let Some(gaps) = &gaps {
                print_gaps(console, gaps);
            }
        }
    }
    // It tells and does not judge: what blocks a release is for `check` to say.
    Ok(Outcome::Fine)
}

/// Records who has to answer and what was answered; gives the survey as it is then.
fn change(console: &Console, arguments: &CoverageArguments) -> Result<Survey, Failure> {
    // A bad file changes nothing, so it is read before anything is.
    let answering = answering(console, &arguments.answering)?;
    let answers = match &arguments.answers {
        Some(path) => read_answers(console, path)?,
        None => Vec::new(),
    };
    let mut session = open_session(console, &arguments.file)?;
    let codes = answering.map(|codes| CoverageCommand::SetAnswering { codes });
    let answers = (!answers.is_empty()).then_some(CoverageCommand::AnswerAll { answers });
    for command in codes.into_iter().chain(answers) {
        match session.run(Command::Coverage(command)) {
            // The same file a second time.
            Ok(_) | Err(SessionError::Refused(Refusal::NothingChanges)) => {}
            Err(error) => return Err(failure(console, &error)),
        }
    }
    let survey = session.survey().as_ref().clone();
    session.close().map_err(|error| failure(console, &error))?;
    Ok(survey)
}

/// `none` lets everybody go.
fn answering(console: &Console, codes: &[String]) -> Result<Option<BTreeSet<String>>, Failure> {
    match codes {
        [] => Ok(None),
        [none] if none == "none" => Ok(Some(BTreeSet::new())),
        codes => {
            let unknown = codes.iter().find(|code| !Divisions::shipped().exists(code));
            match unknown {
                Some(code) => {
                    let text = console
                        .language
                        .text_with("cli.coverage.no_code", &[("code", code)]);
                    Err(Failure(text))
                }
                None => Ok(Some(codes.iter().cloned().collect())),
            }
        }
    }
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
    console.line(&words::communities_text(language, survey, coverage));
    for community in coverage.communities.iter().filter(|c| c.waits(survey)) {
        let (code, name) = (community.code, words::community_name(community.code));
        let standing = words::standing_text(language, community.standing(survey));
        console.line(&format!("  {code} {name}: {standing}"));
    }
    if !coverage.shanty.is_empty() {
        console.say("coverage.shanty", &[("count", &coverage.shanty.len())]);
    }
}

/// Places of somebody's map outside every boundary.
pub(super) fn find_gaps(
    console: &Console,
    survey: &Survey,
    path: &Path,
    crs: Option<Crs>,
) -> Result<Gaps, Failure> {
    let language = console.language;
    let layer = console
        .watch("job.preview", |progress| {
            reference::read(path, None, crs, progress)
        })
        .map_err(|error| Failure(layer_error_text(language, &error)))?;
    let features: Vec<_> = layer.polygons().collect();
    if features.is_empty() {
        let text = language.text_with("cli.coverage.no_polygons", &[("path", &path.display())]);
        return Err(Failure(text));
    }
    let name = reference::shared_name(path, None);
    let limits = &console.catalogue.rules.coverage;
    console
        .watch("job.gaps", |progress| {
            gaps::find(survey, &name, &features, limits, progress)
        })
        .map_err(|_| Failure(language.text("notice.cancelled").into_owned()))
}

fn print_gaps(console: &Console, gaps: &Gaps) {
    console.line(&words::gaps_text(console.language, gaps));
    for gap in &gaps.gaps {
        let text = words::gap_text(console.language, gap);
        console.line(&format!("  {:.5}, {:.5}: {text}", gap.at.lon, gap.at.lat));
    }
}

fn gaps_json(gaps: &Gaps) -> Value {
    let each = gaps.gaps.iter().map(|gap| {
        json!({
            "features": gap.features,
            "lon": gap.at.lon,
            "lat": gap.at.lat,
            "area_m2": gap.area_m2.round(),
        })
    });
    json!({
        "layer": gaps.layer,
        "polygons": gaps.polygons,
        "covered": gaps.covered,
        "searched": gaps.searched,
        "too_small": gaps.too_small,
        "gaps": each.collect::<Vec<_>>(),
    })
}

fn told(console: &Console, survey: &Survey, coverage: &Coverage, gaps: Option<&Gaps>) -> Value {
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
        "answering": survey.settings().answering,
        "communities": communities(survey, coverage),
        "searched": survey.searched().map(|searched| &**searched).collect::<Vec<_>>(),
        "gaps": gaps.map(gaps_json),
        "shanty_listed": coverage.shanty.iter().map(|listed| listed.estate).collect::<Vec<_>>(),
    })
}

/// Those that have to answer, have answered, or have estates: a county has hundreds besides.
fn communities(survey: &Survey, coverage: &Coverage) -> Vec<Value> {
    let of_interest = coverage.communities.iter().filter(|community| {
        let answered = survey.community(community.code).is_some();
        community.must_answer || answered || community.estates > 0
    });
    let told = of_interest.map(|community| {
        json!({
            "code": community.code,
            "name": words::community_name(community.code),
            "must_answer": community.must_answer,
            "estates": community.estates,
            "standing": community.standing(survey),
            "answer": survey.community(community.code).map(|answer| &**answer),
        })
    });
    told.collect()
}
