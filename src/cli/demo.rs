//! `jiugai demo`: the whole path on the bundled sample, each step the same as by hand.

use super::answers::read_answers;
use super::args::DemoArguments;
use super::check::print_rows;
use super::console::{Console, Failure, Outcome};
use super::decide::read_decisions;
use super::import::{now, today};
use super::new::failure;
use super::origin::{Directory, OriginName};
use super::release::{Refused, print, print_coverage, release, settings};
use crate::demo::{self, Begun, DemoError};
use crate::edit::{Command, CoverageCommand, Decide, PlanCommand};
use crate::jobs::evaluate::{Evaluation, evaluate};
use crate::model::{Estate, Field, Pair, Project, ProjectPart, Verdict};
use crate::rules::coverage::Coverage;
use crate::rules::fate::judge;
use crate::session::{Author, Session};
use crate::words::coverage::communities_text;
use crate::words::demo::demo_error_text;
use crate::words::import as import_words;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const FOLDER: &str = "jiugai-demo";
const RELEASE: &str = "library";

pub(super) fn run(console: &Console, arguments: DemoArguments) -> Result<Outcome, Failure> {
    let folder = arguments.folder.unwrap_or_else(|| PathBuf::from(FOLDER));
    let survey = folder.join(demo::SURVEY);
    remove_earlier(console, &folder, &survey)?;
    console.say("cli.demo.working", &[("path", &folder.display())]);

    let Begun { mut session, lists } =
        demo::begin(&folder, Author::of_system(), &console.catalogue, now())
            .map_err(|error| demo_failure(console, &error))?;
    for list in &lists {
        console.line(&import_words::imported_text(console.language, list));
        for rejected in &list.list.rejected {
            let file = &list.list.file_name;
            console.line(&import_words::rejected_row_text(
                console.language,
                file,
                rejected,
            ));
        }
    }

    let found = evaluation(console, &session)?;
    console.say(
        "cli.demo.found",
        &[
            ("pairs", &found.open_pairs.len()),
            ("blocking", &found.blocking().len()),
        ],
    );
    survey_on_the_ground(console, &mut session, &folder)?;
    set_rows_aside(console, &mut session)?;
    decide(console, &mut session, &folder)?;
    take_answers(console, &mut session, &folder)?;
    take_plans(console, &mut session, &folder)?;

    let checked = evaluation(console, &session)?;
    console.say(
        "cli.check.done",
        &[
            ("blocking", &checked.blocking().len()),
            (
                "warnings",
                &(checked.findings.len() - checked.blocking().len()),
            ),
        ],
    );
    print_rows(console, &checked);

    let settings = settings(folder.join(RELEASE), &[], false);
    let outcome = match release(console, &mut session, &settings) {
        Ok(release) => {
            print(console, &release);
            print_coverage(console, session.survey(), settings.gaps.as_ref());
            Outcome::Fine
        }
        Err(Refused::Blocked) => Outcome::Blocked,
        Err(Refused::Failed(failure)) => return Err(failure),
    };
    session.close().map_err(|error| failure(console, &error))?;
    if arguments.no_window {
        return Ok(outcome);
    }
    if !super::open::has_display() {
        let program = std::env::args_os()
            .next()
            .unwrap_or_else(|| "jiugai".into());
        console.say(
            "cli.demo.no_display",
            &[("program", &program.display()), ("path", &survey.display())],
        );
        return Ok(outcome);
    }
    super::open::run(console, Some(survey), None)?;
    Ok(outcome)
}

/// An earlier demo makes way; a survey that somebody has put there does not.
fn remove_earlier(console: &Console, folder: &Path, survey: &Path) -> Result<(), Failure> {
    if !survey.exists() {
        return Ok(());
    }
    let is_demo = crate::store::read(survey).is_ok_and(|contents| {
        contents
            .survey
            .lists()
            .any(|list| list.file_name == demo::ESTATES)
    });
    if !is_demo {
        return Err(Failure(
            console
                .language
                .text_with("cli.demo.not_a_demo", &[("path", &folder.display())]),
        ));
    }
    demo::remove(folder).map_err(|error| demo_failure(console, &error))
}

/// Fills in what the surveyor found, and draws the boundaries of the rows that waited for one.
fn survey_on_the_ground(
    console: &Console,
    session: &mut Session,
    folder: &Path,
) -> Result<(), Failure> {
    let read = |file| {
        demo::records(folder, file, &console.catalogue, now())
            .map_err(|error| demo_failure(console, &error))
    };
    let (tags, drawn) = (read(demo::TAGS)?, read(demo::DRAWN)?);
    let (drawn_count, tagged_count) = (drawn.len(), tags.len());
    let directory = Directory::of(session.survey());
    for found in drawn.iter().chain(&tags) {
        let Some(estate) = target(&directory, found) else {
            continue;
        };
        let values = values(found);
        if !values.is_empty() {
            run_command(console, session, Command::FillIn { estate, values })?;
        }
        if let Some(boundary) = found.boundary.clone() {
            run_command(console, session, Command::Reshape { estate, boundary })?;
        }
    }
    console.say(
        "cli.demo.surveyed",
        &[("drawn", &drawn_count), ("tagged", &tagged_count)],
    );
    Ok(())
}

/// The record of the survey that a row of the sample's files is about.
fn target(directory: &Directory, found: &Estate) -> Option<crate::model::EstateId> {
    let origin = found.origin.as_ref()?;
    let name = OriginName {
        source: origin.source.clone(),
        id: origin.source_id.clone(),
    };
    directory.find(&name).ok()
}

fn values(found: &Estate) -> Vec<(Field, Option<crate::model::Value>)> {
    let gaps = found.gaps.keys().map(|item| Field::Gap(*item));
    Field::PLAIN
        .iter()
        .copied()
        .filter(|field| *field != Field::Boundary)
        .chain(gaps)
        .filter_map(|field| found.get(&field).map(|value| (field, Some(value))))
        .collect()
}

/// The sample's unreadable rows are left out with a reason, as a person would.
fn set_rows_aside(console: &Console, session: &mut Session) -> Result<(), Failure> {
    let survey = session.survey().clone();
    for list in survey.lists() {
        for rejected in list.rejected.iter().filter(|r| r.set_aside.is_none()) {
            let command = Command::SetAsideRow {
                list: list.id,
                row: rejected.problem.row,
                reason: console.language.text("cli.demo.set_aside").into_owned(),
            };
            run_command(console, session, command)?;
        }
    }
    Ok(())
}

/// What the communities handed in: E14 asks for it once somebody has said who has to answer.
fn take_answers(console: &Console, session: &mut Session, folder: &Path) -> Result<(), Failure> {
    let answers = read_answers(console, &folder.join(demo::COMMUNITIES))?;
    let codes = demo::ANSWERING.map(str::to_owned).into();
    for command in [
        CoverageCommand::SetAnswering { codes },
        CoverageCommand::AnswerAll { answers },
    ] {
        run_command(console, session, Command::Coverage(command))?;
    }
    let judgements = judge(session.survey(), &console.catalogue);
    let coverage = Coverage::of(session.survey(), &judgements);
    let text = communities_text(console.language, session.survey(), &coverage);
    console.line(&text);
    Ok(())
}

/// What the county plans and builds: its budgets and its projects.
fn take_plans(console: &Console, session: &mut Session, folder: &Path) -> Result<(), Failure> {
    let plans = demo::plans(folder).map_err(|error| demo_failure(console, &error))?;
    for (key, budget) in plans.budgets {
        let budget = Some(budget);
        let command = PlanCommand::SetBudget { key, budget };
        run_command(console, session, Command::Plan(command))?;
    }
    let directory = Directory::of(session.survey());
    let survey = session.survey().clone();
    let projects = plans.projects.into_iter().filter_map(|sample| {
        let name = OriginName {
            source: sample.source,
            id: sample.source_id,
        };
        let estate = survey.root(directory.find(&name).ok()?);
        Some(Project {
            estate,
            ..sample.project
        })
    });
    let projects: Vec<_> = projects.collect();
    let count = projects.len();
    let part = ProjectPart::Content;
    let command = PlanCommand::PutProjects { projects, part };
    run_command(console, session, Command::Plan(command))?;
    console.say("cli.demo.planned", &[("count", &count)]);
    Ok(())
}

/// Answers every pair that is raised, as the sample's reviewer knows it; what belongs together
/// first, since what is merged raises no more questions of its own.
fn decide(console: &Console, session: &mut Session, folder: &Path) -> Result<(), Failure> {
    let path = folder.join(demo::DECISIONS);
    let known = read_decisions(console, session.survey(), &path)?;
    let (apart, together): (Vec<Decide>, Vec<Decide>) = known
        .into_iter()
        .partition(|decision| decision.verdict == Verdict::Distinct);
    let mut count = together.len();
    let decisions = together;
    run_command(console, session, Command::DecideMany { decisions })?;
    loop {
        let open: BTreeSet<Pair> = evaluation(console, session)?
            .open_pairs
            .into_iter()
            .collect();
        let decisions: Vec<Decide> = apart
            .iter()
            .filter(|decision| open.contains(&decision.pair))
            .cloned()
            .collect();
        if decisions.is_empty() {
            break;
        }
        count += decisions.len();
        run_command(console, session, Command::DecideMany { decisions })?;
    }
    console.say("cli.decide.done", &[("count", &count)]);
    Ok(())
}

fn evaluation(console: &Console, session: &Session) -> Result<Evaluation, Failure> {
    console
        .watch("job.evaluate", |progress| {
            evaluate(session.survey(), &console.catalogue, today(), progress)
        })
        .map_err(|_| Failure(console.language.text("notice.cancelled").into_owned()))
}

fn run_command(console: &Console, session: &mut Session, command: Command) -> Result<(), Failure> {
    use crate::edit::Refusal::NothingChanges;
    use crate::session::SessionError::Refused;
    match session.run(command) {
        // The surveyor found what the list already said.
        Ok(_) | Err(Refused(NothingChanges)) => Ok(()),
        Err(error) => Err(failure(console, &error)),
    }
}

fn demo_failure(console: &Console, error: &DemoError) -> Failure {
    Failure(demo_error_text(
        console.language,
        error,
        &console.catalogue.items,
    ))
}
