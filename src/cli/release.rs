//! `jiugai release`: the project library as a folder of files, or as a zip.

use super::args::{ProfileName, ReleaseArguments};
use super::console::{Console, Failure, Outcome};
use super::coverage::find_gaps;
use super::import::this_year;
use super::new::{failure, open_session};
use crate::edit::Command;
use crate::jobs::evaluate::stage_release;
use crate::jobs::gaps::GapSummary;
use crate::jobs::release::{Profile, Release, ReleaseError, ReleaseMode, ReleaseSettings};
use crate::model::Survey;
use crate::rules::coverage::Coverage;
use crate::rules::fate::judge;
use crate::session::Session;
use crate::words::coverage::report_lines;
use crate::words::{release as words, rules as rules_words};
use serde_json::json;
use std::path::PathBuf;

pub(super) fn run(console: &Console, arguments: ReleaseArguments) -> Result<Outcome, Failure> {
    let mut session = open_session(console, &arguments.file)?;
    let console = &console.under(session.survey().settings())?;
    let mut settings = settings(arguments.out, &arguments.profile, arguments.draft);
    settings.since = arguments.since;
    if let Some(layer) = &arguments.gaps {
        let gaps = find_gaps(console, session.survey(), layer, arguments.crs)?;
        settings.gaps = Some(GapSummary {
            layer: gaps.layer,
            polygons: gaps.polygons,
            open: gaps.gaps.len(),
        });
    }
    let outcome = match release(console, &mut session, &settings) {
        Ok(release) => {
            match arguments.json {
                true => console.json(&json!({
                    "package": release.package,
                    "manifest": release.manifest,
                })),
                false => {
                    print(console, &release);
                    print_coverage(console, session.survey(), settings.gaps.as_ref());
                }
            }
            Outcome::Fine
        }
        Err(Refused::Blocked) => Outcome::Blocked,
        Err(Refused::Failed(failure)) => return Err(failure),
    };
    session.close().map_err(|error| failure(console, &error))?;
    Ok(outcome)
}

pub(super) fn settings(out: PathBuf, profiles: &[ProfileName], draft: bool) -> ReleaseSettings {
    let profiles = match profiles {
        [] => Profile::ALL.to_vec(),
        named => named.iter().copied().map(profile_of).collect(),
    };
    ReleaseSettings {
        out,
        profiles,
        mode: match draft {
            true => ReleaseMode::Draft,
            false => ReleaseMode::Final,
        },
        year: this_year(),
        gaps: None,
        since: None,
    }
}

pub(super) fn profile_of(name: ProfileName) -> Profile {
    match name {
        ProfileName::Cgcs2000 => Profile::Cgcs2000,
        ProfileName::Rfc7946 => Profile::Rfc7946,
    }
}

/// What the release says of what may be missing.
pub(super) fn print_coverage(console: &Console, survey: &Survey, gaps: Option<&GapSummary>) {
    let judgements = judge(survey, &console.catalogue);
    let coverage = Coverage::of(survey, &judgements);
    for line in report_lines(console.language, survey, &coverage, gaps) {
        console.line(&line);
    }
}

pub(super) enum Refused {
    /// Findings block it; they have been printed.
    Blocked,
    Failed(Failure),
}

/// Stages, commits the numbers given, and puts the release in place.
pub(super) fn release(
    console: &Console,
    session: &mut Session,
    settings: &ReleaseSettings,
) -> Result<Release, Refused> {
    let survey = session.survey().clone();
    let as_of = session.as_of();
    let staged = console.watch("job.release", |progress| {
        stage_release(&survey, &console.catalogue, settings, as_of, progress)
    });
    let staged = match staged {
        Ok(staged) => staged,
        Err(ReleaseError::Blocked(findings)) => {
            for finding in &findings {
                let text = rules_words::finding_text(
                    console.language,
                    finding,
                    &survey,
                    &console.catalogue.items,
                );
                console.line(&format!("{} {text}", finding.code.key()));
            }
            console.say("cli.release.blocked", &[("count", &findings.len())]);
            return Err(Refused::Blocked);
        }
        Err(error) => return Err(Refused::Failed(release_failure(console, &error))),
    };
    if !staged.changes.is_empty() {
        let command = Command::Apply {
            label: staged.label(),
            changes: staged.changes.clone(),
        };
        session
            .run(command)
            .map_err(|error| Refused::Failed(failure(console, &error)))?;
    }
    staged
        .publish()
        .map_err(|error| Refused::Failed(release_failure(console, &error)))
}

fn release_failure(console: &Console, error: &ReleaseError) -> Failure {
    Failure(words::release_error_text(console.language, error))
}

pub(super) fn print(console: &Console, release: &Release) {
    let counts = &release.manifest.counts;
    let key = match release.manifest.draft {
        true => "notice.draft_released",
        false => "notice.released",
    };
    console.say(
        key,
        &[
            ("estates", &counts.estates),
            ("path", &release.package.display()),
        ],
    );
    console.line(&words::counts_text(console.language, counts));
    if let Some(delta) = &release.manifest.delta {
        console.line(&words::delta_text(console.language, delta));
    }
    for file in &release.manifest.files {
        console.line(&format!("  {}  {}", file.sha256, file.name));
    }
}
