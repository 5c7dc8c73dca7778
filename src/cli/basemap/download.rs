//! `jiugai basemap download`: an area of a map as an MBTiles file.
//!
//! Ctrl-C needs no handler: what is fetched is committed as it comes, so that the part file is
//! sound whenever the program ends, and the same command goes on with it.

use super::super::args::BasemapDownloadArguments;
use super::super::console::{Console, Failure, Outcome};
use super::super::dedupe::read_survey;
use super::sources;
use crate::basemap::address::{self, Grid, TypedSource};
use crate::basemap::{Keeping, Source, SourceId};
use crate::model::Survey;
use crate::tiles::online::Patience;
use crate::tiles::pack::{PackArea, PackJob, PackRefusal, PackReport, PackState, StartError, plan};
use crate::words::{basemap as words, packs};
use geo::{BoundingRect, MultiPoint, Point, Rect};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

/// Where a token is looked for that is not on the command line, which every process may read.
const TOKEN_VARIABLE: &str = "JIUGAI_TOKEN";
const LOOK_AGAIN: Duration = Duration::from_millis(100);

pub(super) fn run(
    console: &Console,
    arguments: BasemapDownloadArguments,
) -> Result<Outcome, Failure> {
    let language = console.language;
    let (mut source, pasted) = source(console, &arguments)?;
    if source.keeping == Keeping::Unknown && arguments.i_may_keep {
        source.keeping = Keeping::Allowed;
    }
    let area = area(console, &arguments)?;
    let (first, last) = arguments.zooms;
    let plan = plan(&source, area, first..=last, None).map_err(|refusal| {
        let sentence = packs::refusal_text(language, &refusal);
        match refusal {
            PackRefusal::NotKnownAllowed => with_hint(console, &sentence, "say_so"),
            _ => Failure(sentence),
        }
    })?;
    let counted = language.text_with(
        "cli.basemap.download.counted",
        &[
            ("tiles", &plan.tile_count()),
            ("size", &packs::estimate_text(language, &plan.estimate)),
        ],
    );
    console.remark(&counted);
    let token = arguments
        .token
        .or(pasted)
        .or_else(|| std::env::var(TOKEN_VARIABLE).ok());
    let job = PackJob::start(
        plan,
        token.as_deref(),
        &arguments.to,
        None,
        Patience::default(),
    );
    let job = job.map_err(|error| {
        let sentence = packs::start_error_text(language, &error);
        match error {
            StartError::NoToken => with_hint(console, &sentence, "token_hint"),
            _ => Failure(sentence),
        }
    })?;
    let report = watch(console, &job);
    let sentence = packs::report_text(language, &report);
    match (&report.state, report.failed) {
        (PackState::Done(path), failed) => {
            match arguments.json {
                true => console.json(&summary(path, &report)),
                false => console.line(&sentence),
            }
            Ok(match failed {
                0 => Outcome::Fine,
                _ => Outcome::Blocked,
            })
        }
        _ => Err(Failure(sentence)),
    }
}

fn with_hint(console: &Console, sentence: &str, hint: &str) -> Failure {
    let hint = console
        .language
        .text(&format!("cli.basemap.download.{hint}"));
    Failure(format!("{sentence}\n{hint}"))
}

fn complaint(console: &Console, key: &str) -> Failure {
    let key = format!("cli.basemap.download.{key}");
    Failure(console.language.text(&key).into_owned())
}

/// The map, and the token that stood in its address.
fn source(
    console: &Console,
    arguments: &BasemapDownloadArguments,
) -> Result<(Source, Option<String>), Failure> {
    match (&arguments.source, &arguments.url) {
        (Some(id), None) => {
            let sources = sources(console, arguments.shared.as_deref())?;
            let found = sources.into_iter().find(|source| source.id.0 == *id);
            let unknown = || {
                let text = console.language;
                Failure(text.text_with("cli.basemap.download.unknown_source", &[("id", id)]))
            };
            Ok((found.ok_or_else(unknown)?, None))
        }
        (None, Some(url)) => {
            let typed = TypedSource {
                name: String::new(),
                address: url.clone(),
                subdomains: String::new(),
                datum: arguments
                    .datum
                    .ok_or_else(|| complaint(console, "no_datum"))?,
                grid: Grid::of_address(url),
                levels: arguments.zooms,
                attribution: String::new(),
                keeping: Keeping::Unknown,
            };
            // The same each time: a download that was stopped is recognised by it.
            let id = SourceId(address::host(url).to_owned());
            let parsed = address::parse(&typed, id);
            let refused = |fault| Failure(words::address_fault_text(console.language, fault));
            let parsed = parsed.map_err(refused)?;
            Ok((parsed.source, parsed.token))
        }
        _ => Err(complaint(console, "which_map")),
    }
}

fn area(console: &Console, arguments: &BasemapDownloadArguments) -> Result<PackArea, Failure> {
    let bounds = match (arguments.area, &arguments.survey) {
        (Some(area), None) => area,
        (None, Some(path)) => survey_bounds(&read_survey(console, path)?)
            .ok_or_else(|| complaint(console, "empty_survey"))?,
        _ => return Err(complaint(console, "which_area")),
    };
    Ok(PackArea::Box(bounds))
}

/// What encloses everything that counts.
fn survey_bounds(survey: &Survey) -> Option<Rect> {
    let extents = survey.counted().filter_map(|estate| estate.extent());
    let corners = extents.flat_map(|extent| [Point(extent.min()), Point(extent.max())]);
    corners.collect::<MultiPoint>().bounding_rect()
}

/// Shows how far it is until it ends: on a terminal as a bar, elsewhere only what goes wrong.
fn watch(console: &Console, job: &PackJob) -> PackReport {
    let language = console.language;
    let bar = ProgressBar::new(job.report().total);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {wide_msg}") {
        bar.set_style(style);
    }
    let is_watched = std::io::stderr().is_terminal();
    if is_watched {
        console.remark(&language.text("cli.basemap.download.may_stop"));
    }
    let mut told = None;
    loop {
        let report = job.report();
        let sentence = packs::report_text(language, &report);
        match &report.state {
            PackState::Running | PackState::Paused => {}
            PackState::Waiting(trouble) => {
                if !is_watched && told.as_ref() != Some(trouble) {
                    console.remark(&sentence);
                }
                told = Some(trouble.clone());
            }
            PackState::Done(_)
            | PackState::Cancelled
            | PackState::GaveUp(_)
            | PackState::Failed(_) => {
                bar.finish_and_clear();
                return report;
            }
        }
        bar.set_position(report.done);
        bar.set_message(sentence);
        std::thread::sleep(LOOK_AGAIN);
    }
}

fn summary(path: &Path, report: &PackReport) -> serde_json::Value {
    json!({
        "file": path,
        "tiles": report.done,
        "wanted": report.total,
        "failed": report.failed,
        "bytes": report.bytes,
    })
}
