//! The command line: the same jobs as the window, the same commits, without a display.
//!
//! Exit 0: fine. 1: findings that block. 2: bad input or usage.

mod answers;
mod args;
mod assess;
mod basemap;
mod check;
mod console;
mod coverage;
mod datum;
mod decide;
mod dedupe;
mod demo;
mod export;
mod import;
mod interrupt;
mod layer;
mod ledger;
mod new;
mod open;
mod origin;
mod plan;
mod release;
mod report;
mod score;
mod table;
mod usage;
mod verify;

use args::{Arguments, Subcommands, language_of, subcommand_of};
use console::{Console, Failure, Outcome};

use crate::catalogue::Catalogue;
use std::ffi::OsString;
use std::process::ExitCode;
use std::sync::Arc;

/// Runs the program with these words; the first is the program's own name.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let language = language_of(&words);
    let console = Console {
        language,
        catalogue: Arc::new(Catalogue::shipped()),
    };
    let arguments = match Arguments::parse(&words, language) {
        Ok(arguments) => arguments,
        // Help or version, which were asked for.
        Err(error) if !error.use_stderr() => {
            let _ = error.print();
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            let subcommand = subcommand_of(&words);
            console.remark(&usage::complaint(language, &error, subcommand.as_deref()));
            return ExitCode::from(2);
        }
    };
    let outcome = match arguments.command {
        None => open::run(&console, arguments.file, arguments.language),
        Some(Subcommands::New(arguments)) => new::run(&console, arguments),
        Some(Subcommands::Import(arguments)) => import::run(&console, arguments),
        Some(Subcommands::Dedupe(arguments)) => dedupe::run(&console, arguments),
        Some(Subcommands::Decide(arguments)) => decide::run(&console, arguments),
        Some(Subcommands::Check(arguments)) => check::run(&console, arguments),
        Some(Subcommands::Coverage(arguments)) => coverage::run(&console, arguments),
        Some(Subcommands::Assess(arguments)) => assess::run(&console, arguments),
        Some(Subcommands::Score(arguments)) => score::run(&console, arguments),
        Some(Subcommands::Plan(arguments)) => plan::run(&console, arguments),
        Some(Subcommands::Release(arguments)) => release::run(&console, arguments),
        Some(Subcommands::Report(arguments)) => report::run(&console, arguments),
        Some(Subcommands::Export(arguments)) => export::run(&console, arguments),
        Some(Subcommands::Ledger(arguments)) => ledger::run(&console, arguments),
        Some(Subcommands::Verify(arguments)) => verify::run(&console, arguments),
        Some(Subcommands::Datum(arguments)) => datum::run(&console, arguments),
        Some(Subcommands::Layer(arguments)) => layer::run(&console, arguments),
        Some(Subcommands::Basemap(command)) => basemap::run(&console, command),
        Some(Subcommands::Demo(arguments)) => demo::run(&console, arguments),
    };
    match outcome {
        Ok(Outcome::Fine) => ExitCode::SUCCESS,
        Ok(Outcome::Blocked) => ExitCode::from(1),
        Err(Failure(sentence)) => {
            console.remark(&sentence);
            ExitCode::from(2)
        }
    }
}
